/** What a change of the estate may touch. */
import type { AwsRegion, Region } from '../../lib/estate/model/model';
import { allResources, FLEETS, HOST_GW, members, plan, region, STORAGE, synth, VOTERS } from './fixtures';

/** Resources of every stack, as text, by `<stack>/<logical id>`. */
function resources(from: Region, lock?: Parameters<typeof plan>[1]): Map<string, string> {
  const found = allResources(synth(plan([from], lock)));
  return new Map([...found].map(([id, resource]) => [id, JSON.stringify(resource)]));
}

/** Ids that differ between two estates. */
function difference(before: Map<string, string>, after: Map<string, string>) {
  return {
    added: [...after.keys()].filter((id) => !before.has(id)),
    removed: [...before.keys()].filter((id) => !after.has(id)),
    changed: [...after.keys()].filter((id) => before.has(id) && before.get(id) !== after.get(id)),
  };
}

const storage = (count: number, rest: Partial<typeof STORAGE> = {}) => ({ ...STORAGE, count, membersPerStack: 90, ...rest });

describe('no other resource changes and none moves between stacks', () => {
  test('when 400 members become 401', () => {
    const before = resources(region([storage(400), VOTERS]));
    const after = resources(region([storage(401), VOTERS]));
    const added = ['M401Interface', 'M401VolumeData', 'M401InstanceG1', expect.stringMatching(/M401Gate/)];
    const found = difference(before, after);
    expect({ ...found, added: found.added.map((id) => id.replace('sa-east-1-core-storage-5/', '')) }).toEqual({
      added,
      removed: [],
      changed: [],
    });
  });

  test('when a shard is full and the next one begins', () => {
    const { added, removed, changed } = difference(
      resources(region([storage(90), VOTERS])),
      resources(region([storage(91), VOTERS])),
    );
    // Its hosts may signal there.
    expect({ removed, changed }).toEqual({ removed: [], changed: ['sa-east-1-base/RoleCoreStorage'] });
    expect(added.every((id) => id.startsWith('sa-east-1-core-storage-2/M91'))).toBe(true);
  });

  test('when a member in the middle is removed', () => {
    const before = resources(region([storage(40), VOTERS]));
    const { added, removed, changed } = difference(before, resources(region([storage(40, { removed: [20] }), VOTERS])));
    expect(added).toEqual([]);
    expect(removed.every((id) => id.startsWith('sa-east-1-core-storage-1/M20'))).toBe(true);
    // The member after it in its lane waits for the one before: an attribute of the resource, none of its properties.
    expect(changed).toEqual(['sa-east-1-core-storage-1/M29InstanceG1']);
    const properties = (from: Map<string, string>) => JSON.parse(from.get('sa-east-1-core-storage-1/M29InstanceG1')!).Properties;
    expect(properties(resources(region([storage(40, { removed: [20] }), VOTERS])))).toEqual(properties(before));
  });

  test('when one volume more is asked for: each instance gets it, behind a gate of its own, and every other resource stays', () => {
    const more = { name: 'log', device: '/dev/sdh', gb: 50, type: 'gp3', mount: '/srv/log', filesystem: 'xfs' } as const;
    const { added, removed, changed } = difference(
      resources(region([storage(100), VOTERS])),
      resources(region([storage(100, { volumes: [...STORAGE.volumes, more] }), VOTERS])),
    );
    expect(added.filter((id) => id.endsWith('VolumeLog'))).toHaveLength(100);
    for (const ids of [added.filter((id) => !id.endsWith('VolumeLog')), removed]) {
      expect(ids).toHaveLength(100);
      expect(ids.every((id) => /M\d+Gate/.test(id))).toBe(true);
    }
    expect(changed).toHaveLength(100);
    expect(changed.every((id) => id.endsWith('InstanceG1'))).toBe(true);
  });

  test('when alarms are added', () => {
    const { added, removed, changed } = difference(
      resources(region([storage(100), VOTERS])),
      resources(region([storage(100, { alarms: { recover: true } }), VOTERS])),
    );
    expect(added).toHaveLength(100);
    expect(added.every((id) => id.endsWith('Recover'))).toBe(true);
    expect({ removed, changed }).toEqual({ removed: [], changed: [] });
  });

  test('when a zone brings one more route table, which every member of a host-gw fleet gets a route in', () => {
    const zones = (names: string[]): Partial<AwsRegion> => ({
      ...HOST_GW,
      network: { zones: names, nat: 'per-zone', flowLogDays: 30 },
    });
    const fleet = storage(40, { zones: ['sa-east-1a', 'sa-east-1b'] });
    const voters = { ...VOTERS, zones: ['sa-east-1a', 'sa-east-1b'] };
    const { added, removed, changed } = difference(
      resources(region([fleet, voters], zones(['sa-east-1a', 'sa-east-1b']))),
      resources(region([fleet, voters], zones(['sa-east-1a', 'sa-east-1b', 'sa-east-1c']))),
    );
    expect(added.filter((id) => id.includes('storage')).every((id) => id.endsWith('RoutePrivateC'))).toBe(true);
    expect(added.filter((id) => id.endsWith('RoutePrivateC')).length).toBe(43);
    expect(removed).toEqual([]);
    // The S3 endpoint takes up the new table.
    expect(changed).toEqual(['sa-east-1-network/S3EndpointG1']);
  });
});

test('an image lock update changes no member', () => {
  const from = plan();
  const images = {
    ...from,
    regions: from.regions.map((r) => ({
      ...r,
      fleets: r.fleets.map((f) => (f.kind === 'elastic' ? { ...f, image: 'ami-0new' } : f)),
    })),
  };
  const text = (of: typeof from) => new Map([...allResources(synth(of))].map(([id, r]) => [id, JSON.stringify(r)]));
  expect(difference(text(from), text(images)).changed).toEqual(['sa-east-1-core-adserver/LaunchTemplate']);
});

test('a member that is replaced keeps its interface, address, volumes and routes', () => {
  const at = (entry: object) =>
    resources(region(FLEETS, HOST_GW), (key, e) => (key === 'core/voters/2' ? { ...e, ...entry } : e));
  const [standing, absent, replaced] = [at({}), at({ absent: true }), at({ generation: 2, image: 'ami-0new' })];
  const first = difference(standing, absent);
  expect(first.removed.map((id) => id.replace(/Gate\w+/, 'Gate'))).toEqual([
    'sa-east-1-core-voters/M2InstanceG1',
    'sa-east-1-core-voters/M2Gate',
  ]);
  expect(first.added).toEqual([]);
  // The next voter waits for the one before, and the alarm watches who is there.
  expect(first.changed).toEqual(['sa-east-1-core-voters/M3InstanceG1', 'sa-east-1-core-voters/HostsFailing']);
  const second = difference(absent, replaced);
  expect(second.added.map((id) => id.replace(/Gate\w+/, 'Gate'))).toEqual([
    'sa-east-1-core-voters/M2InstanceG2',
    'sa-east-1-core-voters/M2Gate',
  ]);
  expect(second.removed).toEqual([]);
});

test('another fleet leaves the resources of the first ones alone', () => {
  const other = members('kafka', { addresses: { first: 1600, perZone: 64, firstRange: 600 }, count: 3 });
  const { removed, changed } = difference(resources(region(FLEETS)), resources(region([...FLEETS, other])));
  expect({ removed, changed }).toEqual({ removed: [], changed: [] });
});
