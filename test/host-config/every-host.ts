/**
 * Every kind of host that this repository describes: those of its estates, racks included, the same fleets as elastic ones where their
 * hosts don't vote, and hosts of the profiles that no estate here has. A profile, a unit or an estate that is added is among them.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Estate, Region } from '../../lib/estate/model/model';
import type { Profile } from '../../lib/estate/model/profile';
import { loadEstate } from '../../lib/estate/read/load';
import { hostConfig } from '../../lib/host-config/host-config';
import type { HostConfig, HostUnit } from '../../lib/host-config/model';
import { rackContext } from '../../lib/plan/idc/context';
import type { FleetContext } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { elastic } from '../collection/estate';
import { context, defaults, ownProfiles, repository } from './fixtures';

export interface AnyHost {
  /** For people. */
  readonly name: string;
  readonly profiles: readonly string[];
  readonly config: HostConfig;
}

/** Names of this repository's profiles. */
export const everyProfile: readonly string[] = readdirSync(join(repository, 'cloud-config')).sort();

const SYSTEM = '/etc/systemd/system/';

/** All of a unit as systemd reads it: its own text, then what the host has for names that begin so, then its drop-ins. */
export function wholeUnit({ files }: HostConfig, { name, content, dropIns }: HostUnit): string {
  const shared = files.filter(
    ({ path }) => path.startsWith(SYSTEM) && name.startsWith(path.slice(SYSTEM.length).replace(/\.service\.d\/.*/, '')),
  );
  return [content ?? '', ...[...shared, ...dropIns].map((each) => each.content)].join('');
}

/** A region whose fleets are elastic, but those whose hosts have a quorum. */
function allElastic<R extends Region>(region: R): R {
  const clusters = region.clusters.map((cluster) => ({
    ...cluster,
    fleets: cluster.fleets.map((fleet) => (fleet.kind === 'members' && fleet.quorum === undefined ? elastic(fleet) : fleet)),
  }));
  return { ...region, clusters };
}

export const everyHost: readonly AnyHost[] = described();

function described(): AnyHost[] {
  const hosts: AnyHost[] = [];
  const add = (name: string, given: FleetContext, profiles: readonly Profile[]): void => {
    hosts.push({ name, profiles: profiles.map((each) => each.name), config: hostConfig(given, profiles).config });
  };
  const folders = [repository, ...['aliyun', 'collection', 'hybrid'].map((name) => join(repository, 'test/estates', name))];
  for (const folder of folders) {
    const { estate } = loadEstate(folder) as { estate: Estate };
    const named = (names: readonly string[]): Profile[] => names.map((name) => estate.profiles.get(name)!);
    for (const [kind, given] of [
      ['', estate],
      [', elastic', { ...estate, regions: estate.regions.map(allElastic) }],
    ] as const)
      for (const region of planEstate(given).regions)
        for (const fleet of region.fleets)
          add(`${estate.name}: ${region.name}/${fleet.cluster}/${fleet.name}${kind}`, fleet.context, named(fleet.profiles));
    for (const idc of estate.idcs)
      for (const rack of idc.racks)
        add(`${estate.name}: ${idc.name}/${rack.name}`, rackContext(estate, idc, rack), named(rack.profiles));
  }
  // Profiles that no estate here has: on a host of either reader.
  const met = new Set(hosts.flatMap(({ profiles }) => profiles));
  for (const name of everyProfile.filter((each) => !met.has(each))) {
    const profiles = ownProfiles(...new Set(['base', ...ownProfiles(name)[0]!.requires, name]));
    const parameters = defaults(profiles);
    const item = { version: '1.0.0', file: 'a.tar.gz', sha256: 'a'.repeat(64) };
    const artifacts = { url: 'https://a.example', items: { collection: item, etcd: item } };
    for (const provider of ['aws', 'aliyun'] as const)
      add(`${name} at ${provider}`, context({ region: { ...context().region, provider }, parameters, artifacts }), profiles);
  }
  return hosts;
}
