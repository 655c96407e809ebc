/** What the sizing says of a written collection is what its hosts are rendered with. */
import fc from 'fast-check';
import { kafkaBytes } from '../../lib/collection/framing';
import { PROFILE_SETTINGS } from '../../lib/collection/host-settings';
import { sizePlace } from '../../lib/collection/sizing';
import { carriedStream } from '../../lib/collection/stream';
import { placeOf, type WrittenCollection, writtenCollection, writtenCollections } from '../../lib/collection/written';
import type { Estate, Region } from '../../lib/estate/model/model';
import { planFlows, planKafka } from '../../lib/plan/collection/kafka';
import { collect } from '../estate/collecting';
import { type Anything, loadChanged } from '../estate/written';
import { runs } from '../runs';
import { DAY } from './arbitrary-load';
import { collecting } from './estate';

function estateOf(change: (collections: { central: Anything; south: Anything }) => unknown): Estate {
  return loadChanged((w) => void change(collect(w))).estate!;
}

function collectionOf(estate: Estate, region: string): WrittenCollection & { region: Region } {
  return writtenCollections(estate).find((written) => written.region.name === region)!;
}

const topic = fc.record({ partitions: fc.integer({ min: 1, max: 300 }), mirrored: fc.boolean() });

test('mirror tasks and the quota of mirrors are those of the plan, for any load and any topics', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500_000_000 }),
      fc.double({ min: 1, max: 10, noNaN: true }),
      fc.array(topic, { minLength: 1, maxLength: 4 }),
      (peak, growth, topics) => {
        const estate = estateOf(({ south }) => {
          south.kafka.load = { peak: `${peak}B/s`, average: `${peak}B/s`, growth };
          south.kafka.topics = Object.fromEntries(topics.map((one, i) => [`logs-${i}`, one]));
        });
        const central = collectionOf(estate, 'us-east-1');
        const { mirrors } = sizePlace(placeOf(central, DAY));
        const planned = planFlows(estate, central.region);
        expect(mirrors.flows.map(({ region, tasks }) => [region, tasks])).toEqual(
          planned.map(({ region, tasks }) => [region, tasks]),
        );
        const south = collectionOf(estate, 'sa-east-1');
        const { mirrorRate } = planKafka(estate, south.region, south.cluster, south.brokers.fleet)!;
        for (const { quota } of mirrors.flows) expect(kafkaBytes(quota, 500) / mirrorRate).toBeCloseTo(1, 9);
        expect(sizePlace(placeOf(south, DAY)).input.leaves).toBe(planned.length > 0);
      },
    ),
    { numRuns: runs(30) },
  );
});

test('partitions and copies are those of the file, in the region and where they are carried', () => {
  const estate = estateOf(({ south }) => {
    south.kafka.topics = { logs: { partitions: 7, replication: 2 }, own: { partitions: 5, mirrored: false } };
  });
  const south = sizePlace(placeOf(collectionOf(estate, 'sa-east-1'), DAY));
  expect(south.cluster.partitions).toEqual([12]);
  expect(south.cluster.replicas).toBeCloseTo(7 * 2 + 5 * 3, 9);
  const central = collectionOf(estate, 'us-east-1');
  expect(sizePlace(placeOf(central, DAY)).cluster.partitions).toEqual([6, 7]);
  expect(central.carried).toEqual([
    carriedStream(collectionOf(estate, 'sa-east-1').region, collectionOf(estate, 'sa-east-1').kafka),
  ]);
});

test('heaps, segments and the part of a disk that spools may fill are the parameters of the fleets', () => {
  const parameters = {
    kafka: { heapMb: 4096 },
    'kafka-mirror': { heapMb: 1024 },
    'front-end': { segmentMb: 16, spoolPercent: 80 },
  };
  const estate = collecting();
  const of = (region: string, over: object): WrittenCollection => {
    const one = collectionOf(estate, region);
    const cluster = { ...one.cluster, fleets: one.cluster.fleets.map((fleet) => ({ ...fleet, ...over })) };
    return writtenCollection(estate, one.region, cluster)!;
  };
  expect(placeOf(of('us-east-1', {}), DAY).settings).toEqual(PROFILE_SETTINGS);
  const written = of('us-east-1', { parameters });
  const { settings, cluster, frontEnds } = sizePlace(placeOf(written, DAY));
  expect(settings).toEqual({ brokerHeapGib: 4, mirrorHeapGib: 1, spoolFill: 0.8, segmentBytes: 16_000_000 });
  const plain = sizePlace({ ...placeOf(written, DAY), settings: undefined });
  expect(cluster.memoryGib - plain.cluster.memoryGib).toBeCloseTo(2, 9);
  expect(frontEnds.segments).toBeGreaterThan(3 * plain.frontEnds.segments);
  expect(frontEnds.volume.gib).toBeGreaterThan(plain.frontEnds.volume.gib);
});
