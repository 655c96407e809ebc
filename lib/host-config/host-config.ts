import { cloudAt } from '../clouds/clouds';
import { type Finding, sortFindings } from '../estate/findings/finding';
import type { Profile } from '../estate/model/profile';
import type { FleetContext } from '../plan/model';
import { sharedConfinement } from './confine';
import { filesAreWritable } from './files-are-writable';
import { renderFragment } from './fragment';
import { manifestPath, manifestText } from './manifest';
import { type Merged, mergeFragments } from './merge';
import { ownProfile } from './model';
import { pathsWithTwoOwners } from './one-owner';
import { unitsAreRead } from './units-are-read';
import { withGroups } from './user-groups';

export interface HostConfigResult extends Merged {
  readonly findings: readonly Finding[];
}

/** What the hosts of a fleet shall be: every profile's fragment rendered for the fleet and merged, with the manifest of what it owns. */
export function hostConfig(context: FleetContext, profiles: readonly Profile[]): HostConfigResult {
  const findings: Finding[] = [];
  const { config: own, origins } = mergeFragments(
    profiles.map((profile) => renderFragment(profile, context, findings)),
    findings,
  );
  const reads = cloudAt(context.region)?.reads ?? 'coreos';
  const config = withGroups(reads === 'cloud-init' ? sharedConfinement(own) : own, reads);
  const { name } = context.region;
  const otherwise = { file: `regions/${name}.yaml`, line: 0 };
  findings.push(
    ...pathsWithTwoOwners(config, origins, otherwise),
    ...filesAreWritable(config, reads, origins, otherwise),
    ...unitsAreRead(config, reads, origins, otherwise),
  );
  const manifest = {
    path: manifestPath,
    permissions: '0644',
    owner: 'root',
    content: manifestText(config, reads),
    profile: ownProfile,
  };
  const files = [...config.files.filter((file) => file.path !== manifestPath), manifest];
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { config: { ...config, files }, origins, findings: sortFindings(findings) };
}
