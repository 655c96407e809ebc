import { type HostReport, SILENT_AFTER } from '../../deploy/host-reports/host-reports';
import { regionReports } from '../../deploy/host-reports/region-reports';
import { sshReports } from '../../deploy/host-reports/ssh-reports';
import type { Estate } from '../../estate/model/model';
import { rackUserDataOf, userDataOf } from '../../host-config/fleet-user-data';
import { rackContext } from '../../plan/idc/context';
import type { EstatePlan } from '../../plan/model';
import {
  artifactVersions,
  type DescribedHost,
  describedHosts,
  type HostVersions,
  hostVersions,
  labelOf,
  programVersions,
  readDigest,
} from '../../review/versions';
import type { Verb } from '../verb';
import { EXIT, type Output } from '../words/output';
import { type VersionsJson, versionsJson } from '../words/versions-json';
import { deployTarget } from './deploy-target';
import { bareAddress } from './idc-targets';

/** `meissa versions [place...]`: program, version, hosts; what waits for a restart; who has not been heard. Changes nothing. */
export const versions: Verb = async (context, args) => {
  const names = args[0] as string[];
  const target = deployTarget(context, names.length === 0 ? 'all' : names, ['none'], { idcs: true });
  const { estate, plan, regions, idcs = [] } = target;
  const render = userDataOf(estate);
  const described = [
    ...describedHosts(plan, regions, (fleet) => readDigest(fleet.context.region, render(fleet))),
    ...idcs.flatMap((idc) => rackHosts(estate, plan, idc)),
  ];
  const { reports, unread } = await heard(plan, regions, idcs);
  const hosts = hostVersions(described, reports, SILENT_AFTER);
  if (context.json) context.output.json(versionsJson(hosts, unread));
  else say(context.output, hosts, unread);
  return EXIT.ok;
};

function rackHosts(estate: Estate, plan: EstatePlan, name: string): DescribedHost[] {
  const idc = estate.idcs.find((one) => one.name === name)!;
  const render = rackUserDataOf(estate);
  const hosts = plan.idcs.find((one) => one.name === name)?.hosts ?? [];
  return idc.racks.flatMap((rack) => {
    const { digest } = render(name, rack.name);
    const programs = artifactVersions(rackContext(estate, idc, rack));
    return hosts
      .filter((host) => host.rack === rack.name)
      .map((host) => ({ place: name, fleet: `rack ${rack.name}`, name: host.name, elastic: false, digest, programs }));
  });
}

/** Of regions from their buckets, of data centres over ssh. A place that can't be read is named, and its hosts are told as described. */
async function heard(
  plan: EstatePlan,
  regions: readonly string[],
  idcs: readonly string[],
): Promise<{ readonly reports: HostReport[]; readonly unread: VersionsJson['unread'] }> {
  const unread: { place: string; why: string }[] = [];
  const asked = [
    ...plan.regions
      .filter(({ name }) => regions.includes(name))
      .map((region) => ({ name: `${region.name}`, ask: () => regionReports(region) })),
    ...plan.idcs
      .filter(({ name }) => idcs.includes(name))
      .map(({ name, hosts }) => ({
        name,
        ask: () => sshReports(hosts.map((host) => ({ name: host.name, address: bareAddress(host.address) }))),
      })),
  ];
  const reports = await Promise.all(
    asked.map(async ({ name, ask }) => {
      try {
        const found = await ask();
        if (found.length === 0) unread.push({ place: name, why: 'none of its hosts has said anything' });
        return found;
      } catch (error) {
        unread.push({ place: name, why: (error as Error).message });
        return [];
      }
    }),
  );
  return { reports: reports.flat(), unread };
}

/** Names that a line holds; `--json` has all. */
const MOST_NAMES = 6;

function say(output: Output, hosts: readonly HostVersions[], unread: VersionsJson['unread']): void {
  let program = '';
  for (const one of programVersions(hosts)) {
    if (one.program !== program) output.print(output.style('bold', one.program));
    program = one.program;
    const rest = one.hosts.length - MOST_NAMES;
    const names = `${one.hosts.slice(0, MOST_NAMES).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
    const source = one.source === 'after a restart' ? output.style('yellow', one.source) : one.source;
    output.print(`  ${one.version}  ${source}  ${one.hosts.length}: ${names}`);
  }
  for (const host of hosts.filter(({ state }) => state === 'restart due')) {
    const runs = host.applied === undefined ? 'something else' : host.applied.slice(0, 12);
    output.print(
      output.style('yellow', `${labelOf(host, hosts)} waits for a restart`) +
        `: it runs with ${runs}, ${host.described.slice(0, 12)} is described`,
    );
  }
  const silent = hosts.filter(({ state }) => state === 'silent');
  for (const host of silent) output.print(output.style('red', `${labelOf(host, hosts)} is silent`));
  for (const { place, why } of unread) output.say(`${place}: its hosts are told as they are described: ${why}`);
}
