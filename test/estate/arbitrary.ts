/**
 * Estates for property tests: `estateFiles()` makes valid ones as files by path, `mutate()` breaks one somewhere.
 * Profiles are those of test/estate/fixtures unless the reader gives others.
 */
import fc from 'fast-check';
import { stringify } from 'yaml';
import { AWS } from '../../lib/clouds/aws';
import { pinMembers } from '../../lib/estate/changes/pin-members';
import { writeArtifactsLock } from '../../lib/estate/lock-files/artifacts-lock';
import { writeImagesLock } from '../../lib/estate/lock-files/images-lock';
import { membersPerStack } from '../../lib/estate/stacks/stack-size';
import { AWS_REGIONS, awsZones } from '../../lib/facts/aws/regions';
import { cloudRegionId } from '../../lib/facts/region';
import { join, joining } from './arbitrary-links';
import { type Anything, estateOf, filesOfChange } from './written';

export type Files = Record<string, string>;

const PROFILES = ['base', 'docker', 'etcd', 'updates'];
const PUBLIC = [...AWS_REGIONS].filter(([, facts]) => facts.partition === 'aws').map(([name]) => name);
const TYPES = ['t3.medium', 'm5.large', 'm5.xlarge', 'c5.2xlarge', 'r5.xlarge', 'm6i.large', 'c6a.4xlarge', 'm4.large'];

const name = fc.stringMatching(/^[a-z][a-z]{1,7}$/);
const labels = fc.dictionary(fc.constantFrom('role', 'location', 'tier'), fc.constantFrom('a', 'b', 'c'), {
  maxKeys: 2,
  noNullPrototype: true,
});
const type = fc.constantFrom(...TYPES);
/** Disks of the others have no serial number. */
const typeWithSerials = fc.constantFrom(...TYPES.filter((one) => one !== 'm4.large'));

const elastic = fc
  .record({
    instanceType: type,
    metadata: labels,
    min: fc.integer({ min: 0, max: 5 }),
    more: fc.integer({ min: 1, max: 20 }),
    maxBatch: fc.constantFrom(1, 1),
  })
  .map(({ more, ...rest }) => ({ kind: 'elastic', profiles: PROFILES, ...rest, max: rest.min + more }));

const volumes = fc
  .uniqueArray(name, { maxLength: 3 })
  .chain((names) => fc.tuple(...names.map(() => fc.integer({ min: 10, max: 2000 }))).map((sizes) => ({ names, sizes })))
  .map(({ names, sizes }) =>
    Object.fromEntries(
      names.map((n, i) => [`${n}-v`, { device: `/dev/sd${'ghijk'[i]}`, gb: sizes[i], type: 'gp3', mount: `/srv/${n}-${i}` }]),
    ),
  );

const members = fc
  .record({
    instanceType: typeWithSerials,
    metadata: labels,
    count: fc.integer({ min: 1, max: 24 }),
    removed: fc.uniqueArray(fc.integer({ min: 1, max: 24 }), { maxLength: 3 }),
    volumes,
    rootGb: fc.integer({ min: 20, max: 60 }),
    recover: fc.boolean(),
  })
  .map(({ removed, recover, ...rest }) => ({
    kind: 'members',
    profiles: PROFILES,
    ...rest,
    removed: removed.filter((n) => n < rest.count).sort((a, b) => a - b),
    alarms: { recover },
    membersPerStack: membersPerStack(AWS, {
      volumes: Object.keys(rest.volumes).length,
      gate: false,
      recover,
      mode: 'host',
      routeTables: 4,
    }),
  }));

const cluster = fc
  .record({
    generation: fc.integer({ min: 1, max: 3 }),
    voters: fc.constantFrom(3, 3, 5),
    elastic: fc.dictionary(
      name.map((n) => `e-${n}`),
      elastic,
      { maxKeys: 3, noNullPrototype: true },
    ),
    members: fc.dictionary(
      name.map((n) => `m-${n}`),
      members,
      { maxKeys: 3, noNullPrototype: true },
    ),
  })
  .map(({ generation, voters, elastic: elasticFleets, members: membersFleets }) => ({
    generation,
    etcd: { bootstrap: 'static', voters: 'voters' },
    fleets: {
      voters: {
        kind: 'members',
        quorum: 'etcd',
        count: voters,
        instanceType: 'm5.large',
        profiles: PROFILES,
        membersPerStack: 5,
      } as Anything,
      ...elasticFleets,
      ...membersFleets,
    } as Record<string, Anything>,
  }));

export interface RegionSeed {
  readonly bits: number;
  readonly zoneCount: number;
  readonly nat: string;
  readonly clusters: Record<string, Anything>;
  readonly containers?: Anything;
  readonly transit?: { readonly asn: number };
}

export type NamedSeed = readonly [string, RegionSeed];

const regionSeed: fc.Arbitrary<RegionSeed> = fc.record({
  bits: fc.constantFrom(16, 16, 17, 18),
  zoneCount: fc.integer({ min: 1, max: 4 }),
  nat: fc.constantFrom('per-zone', 'single', 'none'),
  clusters: fc.dictionary(name, cluster, { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
});

/** Valid estates of one to four regions with everything that a deploy needs: locks, artifacts, images. Nothing joins them: see {@link linkedEstateFiles}. */
export function estateFiles(): fc.Arbitrary<Files> {
  return seeds().map(({ estate, regions, tags }) => assemble(estate, regions, tags));
}

/** The same with links of every kind, a data centre, and containers with addresses of their own. */
export function linkedEstateFiles(): fc.Arbitrary<Files> {
  return fc.tuple(seeds(), joining).map(([{ estate, regions, tags }, joined]) => {
    const { places, links, idcs } = join(regions, joined);
    return assemble(estate, places, tags, { links, idcs });
  });
}

function seeds() {
  return fc.record({
    estate: fc.stringMatching(/^[a-z][a-z0-9]{1,9}$/),
    regions: fc
      .uniqueArray(fc.constantFrom(...PUBLIC), { minLength: 1, maxLength: 4 })
      .chain((names) => fc.tuple(...names.map((n) => fc.tuple(fc.constant(n), regionSeed)))),
    tags: fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9+\-=._@]{0,10}$/), fc.stringMatching(/^[A-Za-z0-9 _./=+@-]{1,12}$/), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  });
}

function assemble(
  estate: string,
  regions: readonly NamedSeed[],
  tags: Record<string, string>,
  joined: { readonly links: Record<string, Anything>; readonly idcs: Record<string, Anything> } = { links: {}, idcs: {} },
): Files {
  const files: Files = {
    'regions/estate.yaml': stringify({
      estate,
      central: regions[0]![0],
      addressing: { hosts: { pool: '10.0.0.0/8', block: 16 }, containers: { pool: '172.16.0.0/12', block: 16 } },
      aws: { account: '111111111111' },
      tags,
      ...(Object.keys(joined.links).length === 0 ? {} : { links: joined.links }),
    }),
    'regions/images.lock.yaml': writeImagesLock({
      release: '3510.2.5',
      published: '2023-07-14',
      architecture: 'amd64',
      images: Object.fromEntries(regions.map(([n], i) => [n, `ami-${String(i).padStart(17, '0')}`])),
      copies: {},
    }),
    'regions/artifacts.lock.yaml': writeArtifactsLock({
      artifacts: [
        {
          name: 'etcd',
          version: '3.5.21',
          architecture: 'amd64',
          file: 'etcd.tar.gz',
          sha256: 'ad'.repeat(32),
          source: 'https://example.com/etcd.tar.gz',
        },
      ],
    }),
  };
  regions.forEach(([region, seed], i) => {
    const zones = awsZones(AWS_REGIONS, cloudRegionId(region)).slice(0, seed.zoneCount);
    let first = 16;
    let firstRange = 0;
    for (const { fleets } of Object.values(seed.clusters)) {
      for (const fleet of Object.values<Anything>(fleets)) {
        if (fleet.kind !== 'members') continue;
        fleet.addresses = { first, perZone: Math.ceil(fleet.count / zones.length) + 2, firstRange };
        first += fleet.addresses.perZone;
        firstRange += fleet.addresses.perZone * zones.length;
      }
    }
    files[`regions/${region}.yaml`] = stringify({
      region,
      provider: 'aws',
      block: `10.${i}.0.0/${seed.bits}`,
      network: { zones, nat: seed.nat },
      ...(seed.containers === undefined ? {} : { containers: seed.containers }),
      ...(seed.transit === undefined ? {} : { transit: seed.transit }),
      clusters: seed.clusters,
    });
  });
  for (const [idc, file] of Object.entries(joined.idcs)) files[`regions/${idc}.yaml`] = stringify(file);
  const unpinned = estateOf(files);
  for (const [region] of regions) Object.assign(files, filesOfChange(pinMembers(unpinned, region)));
  return files;
}

/** What may stand where something else belongs. */
const junk = fc.oneof(
  fc.constantFrom(
    '',
    '~',
    '0',
    '-1',
    '1e400',
    '[]',
    '{}',
    '*a',
    '&a [*a]',
    '"',
    "'",
    '{',
    ': :',
    '\t',
    'aws',
    'true',
    '10.0.0.0/8',
    '1'.repeat(40),
  ),
  fc.string({ maxLength: 20 }),
  fc.integer().map(String),
);

/** Breaks one file of an estate: a value, a key, a line, or the file itself. What comes out may be valid by chance. */
export function mutate(files: Files): fc.Arbitrary<Files> {
  return fc
    .record({
      path: fc.constantFrom(...Object.keys(files)),
      line: fc.nat(),
      kind: fc.constantFrom('value', 'key', 'drop', 'twice', 'swap', 'cut', 'number', 'gone'),
      text: junk,
    })
    .map(({ path, line, kind, text }) => {
      const lines = files[path]!.split('\n');
      const at = line % lines.length;
      const here = lines[at]!;
      const there = (line * 7 + 1) % lines.length;
      if (kind === 'value') lines[at] = here.replace(/: .*$/, `: ${text}`);
      if (kind === 'key') lines[at] = here.replace(/[^\s:-][^:]*:/, `${text}:`);
      if (kind === 'drop') lines.splice(at, 1);
      if (kind === 'twice') lines.splice(at, 0, here);
      if (kind === 'swap') [lines[at], lines[there]] = [lines[there]!, here];
      if (kind === 'cut') lines.length = at;
      if (kind === 'number') lines[at] = here.replace(/\d+/, String((line * 31) % 100_000));
      const { [path]: _, ...rest } = files;
      return kind === 'gone' ? rest : { ...rest, [path]: lines.join('\n') };
    });
}
