/** What the sizes of a collection are told to be is written to the letter: it is enough, and nothing new is wrong. */
import { collectionFindings, collectionRules } from '../../lib/collection/findings';
import type { Finding } from '../../lib/estate/findings/finding';
import { readEstate } from '../../lib/estate/read/read';
import { memorySource } from '../../lib/estate/read/source';
import { type Files, followed } from '../estate/advice/apply';
import { collect } from '../estate/collecting';
import { type Anything, filesOf, filesWithPins, fixtureProfiles, lines, written } from '../estate/written';

type Change = (collections: { central: Anything; south: Anything }) => unknown;

const KAFKA = { device: '/dev/sdf', gb: 4000, type: 'gp3', mount: '/var/lib/kafka', filesystem: 'xfs' };
const SPOOL = { device: '/dev/sdf', gb: 1000, type: 'gp3', mount: '/var/lib/front-end', filesystem: 'xfs' };

/** A change of the collection of sa-east-1 that a code is told for, with room for everything else. */
const told: Readonly<Record<string, Change>> = {
  KAFKA_DISKS: ({ south }) => (south.fleets.brokers.volumes.kafka.gb = 700),
  KAFKA_PARTITIONS: ({ south }) => (south.kafka.topics.logs.partitions = 2),
  KAFKA_MEMORY: ({ south }) => {
    south.fleets.brokers.instanceType = 'c5.large';
    south.kafka.load = { peak: '200MB/s', average: '1MB/s' };
  },
  SPOOL_SIZE: ({ south }) => (south.fleets['front-ends'].volumes.spool.gb = 100),
  FRONT_ENDS_PEAK: ({ south }) => (south.fleets['front-ends'].count = 1),
  MIRROR_HOSTS: ({ central }) => (central.fleets.mirrors.count = 1),
  CARRIED_RETENTION: ({ south }) => (south.kafka.topics.logs.retention = '1d'),
  KAFKA_PEAK: ({ south }) => (south.kafka.load = { peak: '900MB/s', average: '1MB/s' }),
  KAFKA_REFILL: ({ south }) => (south.kafka.load = { peak: '90MB/s', average: '30MB/s' }),
};

function filesWith(change: Change): Files {
  const w = written();
  const both = collect(w);
  for (const { fleets } of Object.values(both)) {
    Object.assign(fleets.brokers, { volumes: { kafka: { ...KAFKA } }, instanceType: 'r5.xlarge' });
    fleets['front-ends'].volumes = { spool: { ...SPOOL } };
  }
  change(both);
  return filesOf(w);
}

function findingsOf(files: Files): Finding[] {
  const { estate } = readEstate(memorySource(files), { packaged: fixtureProfiles });
  return collectionFindings(estate!);
}

test('every rule of sizes is told for something', () => {
  expect(Object.keys(told).sort()).toEqual(collectionRules.map(({ code }) => code).sort());
});

test.each(Object.entries(told))('%s', async (code, change) => {
  const files = filesWith(change);
  const before = findingsOf(files);
  const found = before.filter((finding) => finding.code === code);
  expect(found.length).toBeGreaterThan(0);
  for (const { file, write = [], fix } of found) {
    const [first] = write;
    expect(first).toBeDefined();
    const after = findingsOf(filesWithPins(await followed(files, file, first!), []));
    const others = new Set(before.filter((finding) => finding.code !== code).map((finding) => finding.code));
    expect({ fix, left: lines(after.filter((finding) => !others.has(finding.code) && finding.file === file)) }).toEqual({
      fix,
      left: [],
    });
  }
});
