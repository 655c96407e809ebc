import fc from 'fast-check';
import { collectionFindings, collectionRules } from '../../lib/collection/findings';
import { type PlaceSize, sizePlace } from '../../lib/collection/sizing';
import { refillWarnings } from '../../lib/collection/warnings';
import { placeOf, writtenCollections } from '../../lib/collection/written';
import type { Finding } from '../../lib/estate/findings/finding';
import type { Estate } from '../../lib/estate/model/model';
import { collect } from '../estate/collecting';
import { type Anything, lines, loadChanged } from '../estate/written';
import { runs } from '../runs';
import { DAY, load, placeOfLoad } from './arbitrary-load';

const KAFKA = { device: '/dev/sdf', gb: 500, type: 'gp3', mount: '/var/lib/kafka', filesystem: 'xfs' };
const SPOOL = { device: '/dev/sdf', gb: 500, type: 'gp3', mount: '/var/lib/front-end', filesystem: 'xfs' };

/** Both regions with a small load and its disks, changed. */
function estate(change: (collections: { central: Anything; south: Anything }) => unknown = () => {}): Estate {
  const { estate: loaded } = loadChanged((w) => {
    const both = collect(w);
    for (const { fleets } of Object.values(both)) {
      fleets.brokers.volumes = { kafka: { ...KAFKA, gb: 4000 } };
      fleets.brokers.instanceType = 'r5.xlarge';
      fleets['front-ends'].volumes = { spool: { ...SPOOL, gb: 1000 } };
    }
    change(both);
  });
  return loaded!;
}

/** Codes and severities of sa-east-1. */
function found(change: (collections: { central: Anything; south: Anything }) => unknown, region = 'sa-east-1'): string[] {
  const own = collectionFindings(estate(change)).filter(({ file }) => file.includes(region));
  for (const finding of own) expectTold(finding);
  return own.map(({ code, severity }) => `${code} ${severity}`);
}

function expectTold({ message, fix, why, line }: Finding): void {
  expect(line).toBeGreaterThan(0);
  for (const text of [message, fix, why]) expect(text).not.toMatch(/undefined|NaN|Infinity|\[object/);
}

test('a collection with room for its load has no finding', () => {
  expect(lines(collectionFindings(estate()))).toEqual([]);
});

test('codes are distinct, and no rule of the estate has one of them', async () => {
  const { rules } = await import('../../lib/estate/rules');
  const codes = [...rules, ...collectionRules].map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});

describe('disks of brokers', () => {
  const disks = (gb: number) => found(({ south }) => (south.fleets.brokers.volumes.kafka.gb = gb));

  test('that hold not even today’s average are an error', () => {
    // 1 MB/s with 96 B a line of 500 B, a week, three copies: 2.16 TB, which is 2,014 GiB.
    expect(disks(600)).toEqual(['KAFKA_DISKS error']);
  });

  test('that hold it without growth are a warning', () => {
    expect(disks(700)).toEqual(['KAFKA_DISKS warning']);
  });

  test('are told with the size to write, which is then enough', () => {
    const [finding] = collectionFindings(estate(({ south }) => (south.fleets.brokers.volumes.kafka.gb = 700)));
    const needed = Number(/gb: (\d+)/.exec(finding!.fix)![1]);
    expect(disks(needed)).toEqual([]);
    expect(disks(needed - 20)).toEqual(['KAFKA_DISKS warning']);
  });

  test('of the central region hold what is carried there too', () => {
    const small = ({ central }: { central: Anything }) => (central.fleets.brokers.volumes.kafka.gb = 1500);
    expect(found(small, 'us-east-1')).toEqual(['KAFKA_DISKS warning']);
    expect(
      found((both) => {
        small(both);
        both.south.kafka.topics.logs.mirrored = false;
      }, 'us-east-1'),
    ).toEqual([]);
  });
});

describe('the peak', () => {
  const peak = (rate: string, change: (south: Anything) => void = () => {}) =>
    found(({ central, south }) => {
      south.kafka.load.peak = rate;
      south.kafka.into = 'sa-east-1';
      south.kafka.topics.logs.partitions = 60;
      central.kafka.topics.logs.partitions = 60;
      change(south);
    });

  test('that volumes of 125 MiB/s take not even today is an error, and with growth a warning', () => {
    expect(peak('120MB/s')).toContain('KAFKA_PEAK error');
    expect(peak('80MB/s')).toContain('KAFKA_PEAK warning');
    expect(peak('50MB/s')).not.toContain('KAFKA_PEAK warning');
  });

  test('that more throughput takes is told so; that hosts can’t take asks for more of them', () => {
    const fix = (rate: string, throughput: number) =>
      collectionFindings(
        estate(({ south }) => {
          south.kafka.load.peak = rate;
          south.kafka.into = 'sa-east-1';
          south.fleets.brokers.volumes.kafka.throughput = throughput;
        }),
      ).find(({ code }) => code === 'KAFKA_PEAK')?.fix;
    expect(fix('60MB/s', 125)).toMatch(/throughput: \d+/);
    expect(fix('60MB/s', 150)).toBeUndefined();
    expect(fix('120MB/s', 500)).toMatch(/count: [4-9]/);
  });

  test('is not judged on a type that is not known', () => {
    expect(peak('120MB/s', (south) => (south.fleets.brokers.instanceType = 'm4.xlarge'))).not.toContain('KAFKA_PEAK error');
  });

  test('needs partitions: one takes 10 MB/s', () => {
    const few = (partitions: number) =>
      found(({ south }) => {
        south.kafka.load.peak = '40MB/s';
        south.kafka.topics.logs.partitions = partitions;
      });
    expect(few(5)).toContain('KAFKA_PARTITIONS warning');
    expect(few(6)).not.toContain('KAFKA_PARTITIONS warning');
    expect(found(({ south }) => (south.kafka.topics.logs.partitions = 2))).toEqual(['KAFKA_PARTITIONS warning']);
  });

  test('needs memory for what is written in half a minute', () => {
    const memory = (type: string) =>
      peak('120MB/s', (south) => {
        south.fleets.brokers.instanceType = type;
      });
    expect(memory('m5.large')).toContain('KAFKA_MEMORY warning');
    expect(memory('r5.xlarge')).not.toContain('KAFKA_MEMORY warning');
  });

  test('needs front ends that carry it while one is away', () => {
    expect(found(({ south }) => (south.fleets['front-ends'].count = 1))).toContain('FRONT_ENDS_PEAK warning');
    const fronts = (rate: string) => peak(rate).filter((line) => line.startsWith('FRONT_ENDS'));
    expect(fronts('200MB/s')).toEqual(['FRONT_ENDS_PEAK error']);
    expect(fronts('80MB/s')).toEqual(['FRONT_ENDS_PEAK warning']);
    expect(fronts('20MB/s')).toEqual(['FRONT_ENDS_PEAK warning']);
    expect(fronts('10MB/s')).toEqual([]);
  });

  test('needs as many front ends as the CPU that was measured takes, as the finding says', () => {
    const south = (count: number) =>
      collectionFindings(
        estate(({ south }) => {
          south.kafka.load.peak = '20MB/s';
          south.fleets['front-ends'].count = count;
          south.fleets['front-ends'].instanceType = 'c5.4xlarge';
        }),
      ).find(({ code }) => code === 'FRONT_ENDS_PEAK');
    const finding = south(2)!;
    // 40,000 lines a second with growth 60,000; one host is planned with 80 % of 50,883.
    expect(finding.message).toContain('one takes and forwards 40,706 lines/s of 500 B (bench/front-end.mjs');
    expect(finding.fix).toContain('write `count: 3`, or add');
    expect(south(3)).toBeUndefined();
  });

  test('needs volumes of front ends that write it', () => {
    const volumes = (throughput: number) =>
      peak('70MB/s', (south) => {
        // What it takes itself is not known.
        Object.assign(south.fleets['front-ends'], { instanceType: 'm4.2xlarge' });
        Object.assign(south.fleets['front-ends'].volumes.spool, { throughput });
      }).filter((line) => line.startsWith('FRONT_ENDS'));
    expect(volumes(125)).toEqual(['FRONT_ENDS_PEAK warning']);
    expect(volumes(150)).toEqual([]);
  });

  test('of all regions needs mirrors that carry it while one is away', () => {
    expect(found(({ central }) => (central.fleets.mirrors.count = 1), 'us-east-1')).toEqual(['MIRROR_HOSTS warning']);
  });
});

describe('a lost disk', () => {
  /** 20 MB/s a day kept for a week: 43 TB, 14 TB a broker. */
  const much = (change: (brokers: Anything, south: Anything) => void = () => {}) =>
    estate(({ central, south }) => {
      Object.assign(south.kafka, { into: 'sa-east-1', load: { peak: '20MB/s', average: '20MB/s', growth: 1 } });
      for (const { fleets, kafka } of [central, south]) {
        fleets.brokers.volumes.kafka.gb = 20_000;
        Object.assign(fleets['front-ends'], { count: 3, volumes: { spool: { ...SPOOL, gb: 8000 } } });
        kafka.topics.logs.partitions = 60;
      }
      change(south.fleets.brokers, south);
    });
  const told = (of: Estate) =>
    collectionFindings(of).filter(({ file, code }) => file.includes('sa-east-1') && code !== 'CARRIED_RETENTION');
  const written = (fix: string, key: string): number => Number(new RegExp(`${key}: (\\d+)`).exec(fix)![1]);

  test('that is copied for days is a warning, with how long it takes', () => {
    const [finding, ...others] = told(much());
    expectTold(finding!);
    expect([finding!.code, finding!.severity, others]).toEqual(['KAFKA_REFILL', 'warning', []]);
    expect(finding!.message).toContain('takes 2.06 d beside what comes in');
  });

  test('is copied within a day by as many brokers as the finding says, and by no fewer', () => {
    const { fix } = told(much())[0]!;
    const count = written(fix, 'count');
    const with_ = (brokers: number) =>
      much((fleet) =>
        Object.assign(fleet, {
          count: brokers,
          addresses: { first: 100, perZone: 100 },
          volumes: { kafka: { ...KAFKA, gb: 20_000, throughput: written(fix, 'throughput') } },
        }),
      );
    expect(told(with_(count))).toEqual([]);
    expect(told(with_(count - 3)).map(({ code }) => code)).toEqual(['KAFKA_REFILL']);
  });

  test('is copied within a day by faster volumes alone, where hosts have the bandwidth for it', () => {
    const large = (throughput?: number) =>
      much((fleet) =>
        Object.assign(fleet, { instanceType: 'r5.4xlarge', volumes: { kafka: { ...KAFKA, gb: 20_000, throughput } } }),
      );
    const [{ fix, path }] = told(large()) as [Finding];
    expect(fix).not.toContain('count');
    expect(path).toMatch(/volumes\.kafka\.throughput$/);
    expect(told(large(written(fix, 'throughput')))).toEqual([]);
  });

  test('is copied within a day where lines are kept as the finding says', () => {
    const retention = /`retention: (\w+)`/.exec(told(much())[0]!.fix)![1]!;
    expect(told(much((_, south) => (south.kafka.topics.logs.retention = retention)))).toEqual([]);
  });

  test('is not judged on a type whose bandwidth is not known', () => {
    expect(told(much((fleet) => (fleet.instanceType = 'm4.xlarge')))).toEqual([]);
  });
});

describe('spools', () => {
  test('that hold less than is to be kept are an error, and without growth a warning', () => {
    // A week of 1 MB/s with frames is 682 GB: 318 GiB on each of two, which is to be 90 % of the disk at most.
    const spool = (gb: number) => found(({ south }) => (south.fleets['front-ends'].volumes.spool.gb = gb));
    expect(spool(340)).toEqual(['SPOOL_SIZE error']);
    expect(spool(400)).toEqual(['SPOOL_SIZE warning']);
    expect(spool(540)).toEqual([]);
  });

  test('of elastic front ends stand on the root disks of the fewest hosts', () => {
    const elastic = (rootGb: number) =>
      found(({ south }) => {
        const { instanceType, profiles } = south.fleets['front-ends'];
        south.fleets['front-ends'] = { kind: 'elastic', instanceType, profiles, min: 2, max: 4, rootGb };
      });
    expect(elastic(100)).toEqual(['SPOOL_SIZE error']);
    expect(elastic(1000)).toEqual([]);
  });
});

test('a topic that is carried is kept for as long as front ends keep lines, or it is said what is lost', () => {
  const kept = (retention: string, into = 'us-east-1') =>
    found(({ south }) => {
      south.kafka.topics.logs.retention = retention;
      south.kafka.into = into;
    });
  expect(kept('1d')).toEqual(['CARRIED_RETENTION warning']);
  expect(kept('7d')).toEqual([]);
  expect(kept('1d', 'sa-east-1')).toEqual([]);
});

/** The collection of sa-east-1 as a sizing says. */
function write(south: Anything, { input, cluster, frontEnds }: PlaceSize): void {
  const { own } = input;
  const zones = ['sa-east-1a', 'sa-east-1b', 'sa-east-1c'].slice(0, input.zones);
  const [{ retention, replication } = { retention: DAY, replication: 3 }] = own.topics;
  Object.assign(south.kafka, {
    into: 'sa-east-1',
    load: {
      peak: `${own.peak}B/s`,
      average: `${Math.max(1, Math.floor(own.average))}B/s`,
      line: `${own.lineBytes}B`,
      growth: own.growth,
    },
    spool: { keep: `${input.keep}s` },
    topics: {
      logs: {
        partitions: cluster.partitions[0]!,
        replication,
        minInsync: 1,
        retention: `${retention}s`,
      },
    },
  });
  Object.assign(south.fleets.brokers, {
    count: cluster.brokers,
    zones,
    addresses: { first: 100, perZone: 100 },
    volumes: { kafka: { ...KAFKA, gb: cluster.volume.gib, throughput: cluster.volume.throughput, iops: cluster.volume.iops } },
  });
  Object.assign(south.fleets['front-ends'], {
    count: frontEnds.count,
    zones,
    instanceType: 'c5.xlarge',
    addresses: { first: 300, perZone: 100 },
    volumes: { spool: { ...SPOOL, gb: frontEnds.volume.gib, throughput: frontEnds.volume.throughput } },
  });
}

test('a region that is written as the sizing says has no finding but what the sizing has warned of, and is sized the same again', () => {
  const fitting = load.filter(({ zones, growth }) => zones <= 3 && growth >= 1);
  fc.assert(
    fc.property(fitting, (any) => {
      const size = sizePlace(placeOfLoad({ ...any, zones: Math.min(3, any.zones) }));
      fc.pre(size.cluster.brokers <= 60 && size.frontEnds.count <= 60 && size.cluster.partitions[0]! <= 10_000);
      const loaded = estate(({ south }) => write(south, size));
      const found = collectionFindings(loaded).filter(({ file }) => file.includes('sa-east-1'));
      expect(lines(found.filter(({ code }) => code !== 'KAFKA_REFILL'))).toEqual([]);
      expect(found).toHaveLength(refillWarnings(size).length);
      const again = writtenCollections(loaded).find(({ region }) => region.name === 'sa-east-1')!;
      expect(sizePlace(placeOf(again, DAY)).cluster.brokers).toBe(size.cluster.brokers);
    }),
    { numRuns: runs(30) },
  );
});
