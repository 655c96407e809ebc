/** The estates of this repository: their locks remember everything, and no change that would lose something is clean. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pinMembers } from '../../lib/estate/changes/pin-members';
import { diskSource } from '../../lib/estate/files/disk-source';
import { readEstate } from '../../lib/estate/read/read';
import { ROOT } from '../root';

const profiles = diskSource(ROOT);

/** Errors of the example when the text of a region's file is another. */
function errorsOf(region: string, change: (text: string) => string): string[] {
  const path = `regions/${region}.yaml`;
  const disk = diskSource(ROOT);
  const before = disk.read(path)!;
  const after = change(before);
  expect(after).not.toBe(before);
  const source = { list: disk.list, read: (name: string) => (name === path ? after : disk.read(name)) };
  const { findings } = readEstate(source, { packaged: profiles });
  return findings
    .filter((f) => f.severity === 'error')
    .map(({ file, code, path: at, message }) => `${file} ${code} ${at}: ${message}`);
}

const estates = ['.', ...readdirSync(join(ROOT, 'test/estates')).map((name) => `test/estates/${name}`)];

test.each(estates)('the members locks of %s are as meissa pin writes them', (folder) => {
  const { estate } = readEstate(diskSource(join(ROOT, folder)), { packaged: profiles });
  expect(estate!.regions.length).toBeGreaterThan(0);
  for (const { name } of estate!.regions) expect(pinMembers(estate!, name)).toMatchObject({ files: [] });
});

const FILE = 'regions/sa-east-1.yaml';
const replaced = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);
const under = (cluster: string, from: string | RegExp, to: string) => (text: string) => {
  const [head, ...rest] = text.split(`\n  ${cluster}:\n`);
  return [head, rest.join('').replace(from, to)].join(`\n  ${cluster}:\n`);
};

test.each<[string, string, (text: string) => string, string[]]>([
  [
    'a first address that moves',
    'sa-east-1',
    replaced('first: 64', 'first: 700'),
    [
      `${FILE} MEMBER_MOVED clusters.core.fleets.storage.addresses.first: member 1 stands at 10.9.8.64, and would stand at 10.9.10.188 (and 2 more)`,
    ],
  ],
  [
    'a block that moves',
    'sa-east-1',
    replaced('block: 10.9.0.0/16', 'block: 10.99.0.0/16'),
    [`${FILE} BLOCK_MOVED block: 15 members stand in 10.9.0.0/16, and would stand in 10.99.0.0/16`],
  ],
  [
    'a generation of a region that is raised',
    'sa-east-1',
    replaced('provider: aws', 'provider: aws\ngeneration: 2'),
    [`${FILE} REGION_REBUILT generation: generation 2, but 15 members stand in generation 1`],
  ],
  [
    'a generation of a cluster that is raised over its etcd',
    'sa-east-1',
    under('core', 'generation: 1', 'generation: 2'),
    [
      `${FILE} GENERATION_RAISED clusters.core.generation: generation 2, but generation 1 stands: its etcd would form anew and stand empty`,
    ],
  ],
  [
    'a generation of a cluster that is raised over its Kafka',
    'sa-east-1',
    under('collection', 'generation: 1', 'generation: 2'),
    [
      `${FILE} GENERATION_RAISED clusters.collection.generation: generation 2, but generation 1 stands: its Kafka with clicks, impressions would form anew and stand empty`,
    ],
  ],
  [
    'partitions that are lowered and a topic that is removed',
    'sa-east-1',
    (text) => text.replace(/ {8}clicks:.*\n/, '').replace('partitions: 6', 'partitions: 3'),
    [
      `${FILE} TOPIC_REMOVED clusters.collection.kafka.topics.clicks: the topic "clicks" stands with 6 partitions and is no longer described`,
      `${FILE} PARTITIONS_LOWERED clusters.collection.kafka.topics.impressions.partitions: the topic "impressions" has 6 partitions, and would have 3`,
    ],
  ],
  [
    'a data volume that shrinks',
    'sa-east-1',
    replaced('gb: 500', 'gb: 400'),
    [`${FILE} VOLUME_SHRUNK clusters.core.fleets.storage.volumes.data.gb: the volume "data" has 500 GiB, and would have 400`],
  ],
  [
    'a first range of containers that moves on Aliyun',
    'cn-beijing',
    replaced('firstRange: 48', 'firstRange: 230'),
    [
      'regions/cn-beijing.yaml CONTAINERS_MOVED clusters.core.fleets.worker.addresses.firstRange: containers of member 1 of core/worker have 172.24.48.0/24, and would have 172.24.230.0/24 (and 3 more)',
    ],
  ],
])('of the example %s is refused', (_, region, change, errors) => {
  expect(errorsOf(region, change)).toEqual(errors);
});
