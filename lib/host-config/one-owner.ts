import type { Finding, Location } from '../estate/findings/finding';
import { applyPath, programsPath } from './cloud-init-writer';
import { manifestPath, sysctlPath, unitFolder } from './manifest';
import type { Origins } from './merge';
import { type HostConfig, ownProfile } from './model';

/** A path that the user-data makes, and what makes it. */
interface Made {
  readonly path: string;
  readonly what: string;
  readonly profile: string;
}

/**
 * Two things that would write one path of a host, or one below the other: a file and a unit, a drop-in and a file, a profile and the
 * configuration itself. Files of two profiles are told by the merge.
 */
export function pathsWithTwoOwners(config: HostConfig, origins: Origins, otherwise: Location): Finding[] {
  const all = [...ours(config), ...made(config)];
  const owners = new Map<string, Made>();
  const findings: Finding[] = [];
  const tell = (first: Made, second: Made, message: string): void => {
    const [from, to] = second.profile === ownProfile ? [second, first] : [first, second];
    const other = origins.get(from.what);
    findings.push({
      ...(origins.get(to.what) ?? otherwise),
      code: 'PROFILE_CONFLICT',
      severity: 'error',
      path: to.what,
      message,
      why: 'A host has a path once; which of the two it got would be chance.',
      fix: from.profile === ownProfile ? `Leave ${to.what} out, or write another path.` : `Leave out ${from.what} or ${to.what}.`,
      ...(other === undefined ? {} : { also: [other] }),
    });
  };
  for (const one of all) {
    const known = owners.get(one.path);
    if (known !== undefined) tell(known, one, `${by(known)} and ${by(one)} are one path: ${one.path}.`);
    else owners.set(one.path, one);
  }
  for (const one of all) {
    for (let end = one.path.lastIndexOf('/'); end > 0; end = one.path.lastIndexOf('/', end - 1)) {
      const above = owners.get(one.path.slice(0, end));
      if (above !== undefined) tell(above, one, `${by(above)} is a file, and ${by(one)} lies below it.`);
    }
  }
  return findings;
}

function by({ what, profile }: Made): string {
  return profile === ownProfile ? what : `${what} of profile ${profile}`;
}

/** What writers add by themselves, whether they do so for these hosts or not: it would change with the hosts' cloud. */
function ours(config: HostConfig): Made[] {
  const paths = [manifestPath, applyPath, programsPath, ...(Object.keys(config.sysctl).length > 0 ? [sysctlPath] : [])];
  return paths.map((path) => ({ path, what: `${path} of the configuration itself`, profile: ownProfile }));
}

function made({ files, units }: HostConfig): Made[] {
  return [
    ...files.map(({ path, profile }) => ({ path, what: `file ${path}`, profile })),
    ...units
      .filter(({ content, mask }) => content !== undefined || mask)
      .map(({ name, profile }) => ({ path: `${unitFolder}/${name}`, what: `unit ${name}`, profile })),
    ...units.flatMap((unit) =>
      unit.dropIns.map(({ name, profile }) => ({
        path: `${unitFolder}/${unit.name}.d/${name}`,
        what: `drop-in ${unit.name}/${name}`,
        profile,
      })),
    ),
  ];
}
