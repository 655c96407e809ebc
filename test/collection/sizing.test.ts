import fc from 'fast-check';
import { CONSUMERS, DISK_FILL, GIB, HEADROOM, MIB } from '../../lib/collection/assumptions';
import { kafkaBytes, SPOOL_SEGMENT_BYTES, spoolBytes } from '../../lib/collection/framing';
import { hostType, isKnown } from '../../lib/collection/host-type';
import { capacityOf } from '../../lib/collection/size/brokers';
import { catchUp } from '../../lib/collection/size/mirror';
import { copiesInOtherZones, otherZone } from '../../lib/collection/size/network';
import { sizePlace } from '../../lib/collection/sizing';
import { segmentSlack } from '../../lib/collection/stream';
import { GP3 } from '../../lib/estate/clouds/aws-limits';
import { DAY, type Load, load, place, placeOfLoad } from './arbitrary-load';

const central = (regions: number) => {
  const own = sizePlace(place());
  const carried = Array.from({ length: regions - 1 }, (_, i) => ({
    ...own.input.own,
    region: `region-${i}`,
    topics: [{ share: 1, retention: 7 * DAY, replication: 3, partitions: own.cluster.partitions[0]! }],
  }));
  return sizePlace(place({}, { carried }));
};

describe('a region with 50 MB/s at the peak and 20 on average', () => {
  const size = sizePlace(place());

  test('keeps average * growth * framing * retention * copies', () => {
    const framed = kafkaBytes(20e6 * 1.5, 500);
    expect(framed).toBeCloseTo(35.76e6, 0);
    expect(size.cluster.demand.kept).toBeCloseTo(framed * 7 * DAY * 3, -3);
  });

  test('has three brokers, whose volumes and network take three copies of 89 MB/s with a fifth to spare', () => {
    expect(size.cluster.demand.written).toBeCloseTo(89.4e6, 0);
    expect(size.cluster.brokers).toBe(3);
    expect(size.cluster.needs.volumes).toBeCloseTo((89.4e6 * 3) / (HEADROOM * 143.75e6), 5);
  });

  test('has three controllers apart, and none apart where it is small', () => {
    expect(size.controllers).toBe(3);
    expect(sizePlace(place({}, { size: 'small' })).controllers).toBe(0);
  });

  test('has twelve partitions: one takes 10 MB/s, and three and six brokers have the same number', () => {
    expect(size.cluster.partitions).toEqual([12]);
  });

  test('has three front ends that keep a week of the average with growth, in whole segments', () => {
    expect(size.frontEnds.count).toBe(3);
    expect(size.frontEnds.spool).toBeCloseTo(spoolBytes(30e6 * 7 * DAY, 500), -3);
    expect(size.frontEnds.segments).toBe(Math.ceil(size.frontEnds.spool / 3 / SPOOL_SEGMENT_BYTES) + 2);
    expect(size.frontEnds.volume.gib * GIB * 3).toBeGreaterThan(size.frontEnds.spool);
  });
});

describe('the central region of nine', () => {
  const size = central(9);

  test('is sized for the sum of all peaks, its own among them', () => {
    expect(size.cluster.demand.peak).toBeCloseTo(9 * 75e6, -1);
    expect(size.cluster.demand.kept).toBeCloseTo(9 * sizePlace(place()).cluster.demand.kept, -6);
  });

  test('has a flow for each of the other eight, with as many tasks as the peak needs', () => {
    expect(size.mirrors.flows).toHaveLength(8);
    expect(new Set(size.mirrors.flows.map(({ tasks }) => tasks))).toEqual(new Set([8]));
  });

  test('has front ends for its own lines only', () => {
    expect(size.frontEnds).toEqual(sizePlace(place()).frontEnds);
  });

  test('a flow has no more tasks than its topics have partitions', () => {
    const [own] = [place().own];
    const thin = { ...own, topics: [{ share: 1, retention: DAY, replication: 3, partitions: 2 }] };
    expect(sizePlace(place({}, { carried: [thin] })).mirrors.flows[0]!.tasks).toBe(2);
  });
});

describe('a sizing of any load', () => {
  const grows = (_: string, up: (load: Load) => Load) =>
    fc.assert(
      fc.property(load, (small) => {
        const [less, more] = [small, up(small)].map((l) => sizePlace(placeOfLoad(l)));
        expect(more!.cluster.brokers).toBeGreaterThanOrEqual(less!.cluster.brokers);
        expect(more!.cluster.demand.kept).toBeGreaterThanOrEqual(less!.cluster.demand.kept);
        expect(more!.cluster.partitions[0]!).toBeGreaterThanOrEqual(less!.cluster.partitions[0]!);
        expect(more!.frontEnds.count).toBeGreaterThanOrEqual(less!.frontEnds.count);
        expect(more!.frontEnds.spool).toBeGreaterThanOrEqual(less!.frontEnds.spool);
      }),
    );

  test.each<[string, (load: Load) => Load]>([
    ['peak', (l) => ({ ...l, peak: l.peak * 2 })],
    ['retention', (l) => ({ ...l, retention: l.retention * 2 })],
    ['replication', (l) => ({ ...l, replication: l.replication + 1 })],
    ['growth', (l) => ({ ...l, growth: l.growth * 1.5 })],
    ['keep', (l) => ({ ...l, keep: l.keep * 2 })],
  ])('asks for no less when there is more %s', grows);

  test('holds what is kept on its disks, within what a volume may be', () => {
    fc.assert(
      fc.property(load, (any) => {
        const { cluster } = sizePlace(placeOfLoad(any));
        const room = cluster.brokers * cluster.volume.gib * GIB * DISK_FILL;
        expect(room).toBeGreaterThanOrEqual(cluster.demand.kept + segmentSlack(cluster.replicas) - 1);
        expect(cluster.volume.iops).toBeLessThanOrEqual(GP3.mostIops);
        expect(cluster.volume.throughput).toBeLessThanOrEqual(cluster.volume.iops * GP3.throughputPerIops);
      }),
    );
  });

  test('takes its peak with growth within the headroom', () => {
    fc.assert(
      fc.property(load, (any) => {
        const { cluster, types } = sizePlace(placeOfLoad(any));
        const { rate } = capacityOf(cluster.demand, cluster.brokers, types.brokers, cluster.volume.throughput * MIB, CONSUMERS);
        expect(rate * (1 + 1e-9)).toBeGreaterThanOrEqual(cluster.demand.peak);
        expect(cluster.capacity.rate).toBe(rate);
      }),
    );
  });

  test('has whole zones of brokers, and a broker for every copy', () => {
    fc.assert(
      fc.property(load, (any) => {
        const { cluster } = sizePlace(placeOfLoad(any));
        expect(cluster.brokers % any.zones).toBe(0);
        expect(cluster.brokers).toBeGreaterThanOrEqual(any.replication);
      }),
    );
  });
});

describe('catching up', () => {
  test('takes the backlog over what the path has to spare', () => {
    expect(catchUp(80, 20, 3600)).toBe((20 * 3600) / 60);
  });

  test('never ends where the live lines take everything', () => {
    expect(catchUp(20, 20, 3600)).toBe(Number.POSITIVE_INFINITY);
    expect(catchUp(10, 20, 3600)).toBe(Number.POSITIVE_INFINITY);
  });

  test('carries exactly backlog and live lines in its time', () => {
    const positive = fc.double({ min: 1, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(positive, positive, fc.integer({ min: 1, max: 30 * DAY }), (live, spare, outage) => {
        const seconds = catchUp(live + spare, live, outage);
        expect((live + spare) * seconds).toBeCloseTo(live * (outage + seconds), -Math.log10(live * (outage + seconds)) + 4);
      }),
    );
  });
});

describe('copies in other zones', () => {
  test('are two of three over three zones, and all but one wherever there are as many zones as copies', () => {
    expect(copiesInOtherZones(3, 3)).toBe(2);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 3 }), (copies, more) => {
        expect(copiesInOtherZones(copies, copies + more)).toBeCloseTo(copies - 1, 9);
      }),
    );
  });

  test('are four thirds of three over two zones: the leader is as often one of the two as the single one', () => {
    expect(copiesInOtherZones(3, 2)).toBeCloseTo((2 * 1 + 1 * 2) / 3, 9);
    expect(copiesInOtherZones(3, 1)).toBe(0);
    expect(otherZone(1)).toBe(0);
  });
});

describe('types', () => {
  test('are judged by their own numbers, and as the reference type where nothing is known', () => {
    expect(hostType('brokers', 'm5.2xlarge')).toMatchObject({ name: 'm5.2xlarge', memoryGib: 32, hourly: 0.384 });
    expect(hostType('brokers', 'ecs.g6.xlarge')).toEqual(hostType('brokers'));
    expect(isKnown('ecs.g6.xlarge')).toBe(false);
    expect(isKnown('c5.8xlarge')).toBe(false);
  });

  test('with more bandwidth take fewer of them', () => {
    const few = sizePlace(place({ peak: 400e6 }, { types: { brokers: 'r5.4xlarge' } }));
    expect(few.cluster.brokers).toBeLessThan(sizePlace(place({ peak: 400e6 })).cluster.brokers);
  });
});
