import fc from 'fast-check';
import { CONSUMERS, DISK_FILL, GIB, HEADROOM, MIB } from '../../lib/collection/assumptions';
import { figuresOf } from '../../lib/collection/figures';
import { kafkaBytes, SPOOL_SEGMENT_BYTES, spoolBytes } from '../../lib/collection/framing';
import { hostType, isKnown } from '../../lib/collection/host-type';
import { capacityOf } from '../../lib/collection/size/brokers';
import { frontEndTime } from '../../lib/collection/size/front-ends';
import { deletedUncarried, overSpools, waitingToBeCarried } from '../../lib/collection/size/losses';
import { catchUp } from '../../lib/collection/size/mirror';
import { copiesInOtherZones, otherZone } from '../../lib/collection/size/network';
import { refillAdvice, refillSeconds } from '../../lib/collection/size/refill';
import { sizePlace } from '../../lib/collection/sizing';
import { segmentSlack } from '../../lib/collection/stream';
import { lossWarnings, refillWarnings } from '../../lib/collection/warnings';
import { valueWords } from '../../lib/collection/words';
import { parseDuration } from '../../lib/estate/units';
import { GP3 } from '../../lib/facts/aws/volumes';
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

  test('has six front ends that keep a week of the average with growth, in whole segments', () => {
    expect(size.frontEnds.count).toBe(6);
    expect(size.frontEnds.spool).toBeCloseTo(spoolBytes(30e6 * 7 * DAY, 500), -3);
    expect(size.frontEnds.segments).toBe(Math.ceil(size.frontEnds.spool / 6 / SPOOL_SEGMENT_BYTES) + 2);
    expect(size.frontEnds.volume.gib * GIB * 6).toBeGreaterThan(size.frontEnds.spool);
  });
});

describe('the central region of nine', () => {
  const size = central(9);

  test('is sized for the sum of all peaks, its own among them', () => {
    expect(size.cluster.demand.peak).toBeCloseTo(9 * 75e6, -1);
    expect(size.cluster.demand.kept).toBeCloseTo(9 * sizePlace(place()).cluster.demand.kept, -6);
  });

  test('has a flow for each of the other eight, with as many tasks as four times the peak needs and partitions take', () => {
    expect(size.mirrors.flows).toHaveLength(8);
    expect(new Set(size.mirrors.flows.map(({ tasks }) => tasks))).toEqual(new Set([12]));
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
    expect(catchUp(80, 20, 20 * 3600)).toBe((20 * 3600) / 60);
    expect(catchUp(20, 20, 0)).toBe(0);
  });

  test('never ends where the live lines take everything', () => {
    expect(catchUp(20, 20, 20 * 3600)).toBe(Number.POSITIVE_INFINITY);
    expect(catchUp(10, 20, 20 * 3600)).toBe(Number.POSITIVE_INFINITY);
  });

  test('carries exactly backlog and live lines in its time', () => {
    const positive = fc.double({ min: 1, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(positive, positive, fc.integer({ min: 1, max: 30 * DAY }), (live, spare, outage) => {
        const seconds = catchUp(live + spare, live, live * outage);
        expect((live + spare) * seconds).toBeCloseTo(live * (outage + seconds), -Math.log10(live * (outage + seconds)) + 4);
      }),
    );
  });
});

describe('a front end', () => {
  test('is busy for what the bench measured, taking and forwarding', () => {
    expect(frontEndTime(131_306 * 500, 0, 500)).toBeCloseTo(1, 9);
    expect(frontEndTime(0, 83_076 * 500, 500)).toBeCloseTo(1, 9);
  });

  test('costs a line as much however short it is, and a byte as much however long its line is', () => {
    expect(frontEndTime(50e6, 50e6, 100)).toBeCloseTo(5 * frontEndTime(50e6, 50e6, 500), 9);
    expect(frontEndTime(50e6, 50e6, 5000)).toBeCloseTo(frontEndTime(50e6, 50e6, 500), 9);
  });

  test('that carries the peak has time to spare, also with one of them away', () => {
    fc.assert(
      fc.property(load, (any) => {
        const { input, frontEnds } = sizePlace(placeOfLoad(any));
        const peak = input.own.peak * input.own.growth;
        expect(frontEndTime(peak, peak, input.own.lineBytes)).toBeLessThanOrEqual((frontEnds.count - 1) * HEADROOM * (1 + 1e-9));
      }),
    );
  });

  test('is counted by what decides, and the figure says which', () => {
    const said = (over: Parameters<typeof place>[0], more: Parameters<typeof place>[1] = {}) =>
      figuresOf(sizePlace(place(over, more))).figures.find(({ name }) => name === 'front ends')!.because.formula;
    expect(said({})).toContain('the CPU decides');
    expect(said({ peak: 1e6, average: 1e6 }, { keep: 3650 * DAY })).toContain('the size of disks decides');
  });
});

describe('an outage', () => {
  const topic = (retention: number, mirrored?: boolean) => ({ share: 0.5, retention, replication: 3, mirrored });

  test('that is longer than the retention loses what is between, of the topics that are carried', () => {
    const size = sizePlace(place({ topics: [topic(3600), topic(3600, false)] }, { leaves: true, outage: DAY }));
    const [warning, ...others] = lossWarnings(size);
    const lost = figuresOf(size).figures.find(({ name }) => name === 'lost while the central region is away')!.value;
    expect(lost).toBeCloseTo(10e6 * 23 * 3600, 3);
    expect(warning).toMatchObject({ code: 'LINES_DELETED', place: 'the region' });
    expect(warning!.message).toContain('828 GB');
    expect(warning!.message).toContain('1,656,000,000 lines');
    expect(others).toEqual([]);
  });

  test('that is longer than spools are made for is refused or dropped, as the file says', () => {
    const codes = (whenFull: 'refuse' | 'drop-oldest') =>
      lossWarnings(sizePlace(place({}, { keep: 3600, whenFull }))).map(({ code, message }) => [
        code,
        message.includes('1.66 TB'),
      ]);
    expect(codes('refuse')).toEqual([['LINES_REFUSED', true]]);
    expect(codes('drop-oldest')).toEqual([['LINES_DROPPED', true]]);
  });

  test('that all of it is kept for is said to lose nothing, and following what is written for a loss loses nothing', () => {
    const span = fc.integer({ min: 1, max: 30 * DAY });
    fc.assert(
      fc.property(load, span, (any, outage) => {
        const asked = { ...placeOfLoad(any), leaves: true, outage };
        const warnings = lossWarnings(sizePlace(asked));
        const codes = warnings.map(({ code }) => code);
        expect(codes.includes('LINES_DELETED')).toBe(any.retention < outage);
        expect(codes.includes('LINES_REFUSED')).toBe(any.keep < outage);
        const write = (option: string) =>
          warnings
            .flatMap(({ fix }) => new RegExp(`--${option} (\\w+)`).exec(fix)?.[1] ?? [])
            .map((text) => parseDuration(text)!)[0];
        const retention = write('retention') ?? any.retention;
        const followed = { ...placeOfLoad({ ...any, retention, keep: write('keep') ?? any.keep }), leaves: true, outage };
        expect(lossWarnings(sizePlace(followed))).toEqual([]);
      }),
    );
  });

  test('divides what comes meanwhile into what is deleted and what waits, and what is over the spools and in them', () => {
    fc.assert(
      fc.property(load, fc.integer({ min: 1, max: 30 * DAY }), (any, outage) => {
        const { own, keep } = placeOfLoad(any);
        const all = own.average * outage;
        expect((deletedUncarried([own], outage) + waitingToBeCarried([own], outage)) / all).toBeCloseTo(1, 9);
        expect(overSpools(own, keep, outage) / all).toBeCloseTo(Math.max(0, 1 - keep / outage), 9);
      }),
    );
  });
});

describe('a lost disk', () => {
  test('that is copied for days is told first, with brokers and a retention that shorten it to a day', () => {
    const size = central(9);
    const [warning] = refillWarnings(size);
    expect(warning!.message).toContain('4.66 d');
    const [, brokers, throughput] = /^(\d+) brokers with (\d+) MiB/.exec(warning!.fix)!.map(Number);
    const { demand } = size.cluster;
    expect(refillSeconds(demand, brokers!, size.types.brokers, throughput! * MIB)).toBeLessThanOrEqual(DAY * (1 + 1e-9));
    const { rate } = refillAdvice(demand, size.cluster.brokers, size.types.brokers, size.cluster.volume.throughput * MIB, 3);
    expect(warning!.fix).toContain(`so are 21 on a type that has ${valueWords(rate, 'B/s')}`);
    const wide = { memoryGib: 32, volumes: rate, network: rate };
    expect(refillSeconds(demand, 21, wide, rate)).toBeCloseTo(DAY, 3);
    expect(refillSeconds(demand, brokers! - 3, size.types.brokers, throughput! * MIB)).toBeGreaterThan(DAY);
  });

  test('of which there is no copy is not copied', () => {
    const topics = (replication: number) => [{ share: 1, retention: 30 * DAY, replication }];
    expect(refillWarnings(sizePlace(place({ topics: topics(2) })))).toHaveLength(1);
    expect(refillWarnings(sizePlace(place({ topics: topics(1) })))).toEqual([]);
  });

  test('is copied within a day where that retention is written, and is not told then', () => {
    fc.assert(
      fc.property(load, (any) => {
        const [warning] = refillWarnings(sizePlace(placeOfLoad(any)));
        const written = /--retention (\w+)/.exec(warning?.fix ?? '')?.[1];
        fc.pre(written !== undefined);
        expect(refillWarnings(sizePlace(placeOfLoad({ ...any, retention: parseDuration(written!)! })))).toEqual([]);
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
