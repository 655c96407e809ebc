/**
 * Acknowledged means kept: the spool and the forwarder on a disk that fails, dies and forgets, with a Kafka that refuses, and a clock that jumps. The
 * judge knows only what was acknowledged, what Kafka got, and what the program tells of itself.
 */
import fc from 'fast-check';
import { Forwarder } from '../../../../lib/host-programs/front-end/forward/forwarder';
import { type Link, LinkError, type Message } from '../../../../lib/host-programs/front-end/forward/link';
import { Spool, SpoolRefusal } from '../../../../lib/host-programs/front-end/spool/spool';
import { runs } from '../../../runs';
import { CALLS, type Call, FaultyFiles, type Trouble } from './faulty-files';

const FOLDER = '/spool';
const TOPICS = ['logs', 'audit'];

/** Takes what it is given, unless it is told to refuse. */
class Kafka implements Link {
  readonly got: { readonly key: string; readonly value: string }[] = [];
  refuses = new Map<string, string>();
  /** Refuses by the record's time, as brokers do whose clock is right. */
  now = (): number => Date.now();

  async partitions(topic: string): Promise<number> {
    this.check(topic);
    return 3;
  }

  async produce(topic: string, _partition: number, messages: Message[]): Promise<void> {
    await Promise.resolve();
    this.check(topic);
    const { timestamp } = messages[0]!;
    if (timestamp !== -1n && Number(timestamp) > this.now() + 3_600_000) throw new LinkError('INVALID_TIMESTAMP', 'too new');
    for (const { key, value } of messages) this.got.push({ key: String(key), value: String(value) });
    if (this.refuses.get(topic) === 'LOST_ANSWER') throw new LinkError('NETWORK', 'no answer');
  }

  async reset(): Promise<void> {}

  private check(topic: string): void {
    const code = this.refuses.get(topic);
    if (code !== undefined && code !== 'LOST_ANSWER') throw new LinkError(code, `${topic}: ${code}`);
  }
}

type Step =
  | { readonly do: 'lines'; readonly topic: string; readonly count: number }
  | { readonly do: 'fail'; readonly call: Call; readonly trouble: Trouble; readonly nth: number }
  | { readonly do: 'refuse'; readonly topic: string; readonly code: string }
  | { readonly do: 'accept' }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'jump'; readonly ms: number }
  | { readonly do: 'kill' | 'stop' }
  | { readonly do: 'slow'; readonly seed: number }
  | { readonly do: 'cut-power'; readonly seed: number }
  | { readonly do: 'damage'; readonly file: number; readonly at: number; readonly how: 'flip' | 'shorten' | 'remove' };

const harmless: fc.Arbitrary<Step>[] = [
  fc.record({ do: fc.constant('lines' as const), topic: fc.constantFrom(...TOPICS), count: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ do: fc.constant('lines' as const), topic: fc.constantFrom(...TOPICS), count: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    do: fc.constant('fail' as const),
    call: fc.constantFrom(...CALLS),
    trouble: fc.constantFrom<Trouble>('EIO', 'ENOSPC', 'short', 'late', 'hang', 'die', 'die-late'),
    nth: fc.integer({ min: 1, max: 6 }),
  }),
  fc.record({
    do: fc.constant('refuse' as const),
    topic: fc.constantFrom(...TOPICS),
    code: fc.constantFrom('UNKNOWN_TOPIC_OR_PARTITION', 'NETWORK', 'LOST_ANSWER', 'NOT_ENOUGH_REPLICAS'),
  }),
  fc.record({ do: fc.constant('accept' as const) }),
  fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(5, 300, 1500, 12_000) }),
  fc.record({ do: fc.constant('jump' as const), ms: fc.constantFrom(-3_600_000, 7_200_000, -1) }),
  fc.record({ do: fc.constantFrom('kill' as const, 'stop' as const) }),
  fc.record({ do: fc.constant('slow' as const), seed: fc.nat({ max: 10_000 }) }),
  fc.record({ do: fc.constant('cut-power' as const), seed: fc.nat() }),
];
const damage: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('damage' as const),
  file: fc.nat(),
  at: fc.nat(),
  how: fc.constantFrom('flip' as const, 'shorten' as const, 'remove' as const),
});

/** A front end's spool and forwarder over their lives. */
class House {
  readonly files = new FaultyFiles();
  readonly kafka = new Kafka();
  readonly acknowledged = new Set<string>();
  /** Told as damaged in lives that have ended. */
  damagedLines = 0;
  damagedSegments = 0;
  strange = false;
  clock = 0;
  spool!: Spool;
  forwarder!: Forwarder;
  kept = 0;
  private number = 0;

  async start(): Promise<void> {
    for (;;) {
      try {
        this.spool = await Spool.open({
          folder: FOLDER,
          host: 'fe-1',
          segmentBytes: 2000,
          share: 1,
          reserveBytes: 0,
          pendingBytes: 1 << 20,
          whenFull: 'refuse',
          files: this.files.attach(),
        });
        break;
      } catch {
        // As systemd does: it is started again.
        this.files.clear();
      }
    }
    this.kept = 0;
    const options = { folder: FOLDER, host: 'fe-1', batchBytes: 500, lingerMs: 5, inFlight: 2, pieceLines: 4 };
    this.forwarder = Forwarder.start(this.spool, this.kafka, options);
  }

  async act(step: Step): Promise<void> {
    await this.tryStep(step);
    if (this.files.died) await this.restart(() => this.files.kill());
  }

  private async tryStep(step: Step): Promise<void> {
    switch (step.do) {
      case 'lines':
        return this.lines(step.topic, step.count);
      case 'fail':
        return this.files.plan(step.call, step.trouble, step.nth);
      case 'refuse':
        this.kafka.refuses.set(step.topic, step.code);
        return;
      case 'slow':
        this.files.slowness = step.seed;
        return;
      case 'accept':
        return this.kafka.refuses.clear();
      case 'pass':
        return pass(step.ms);
      case 'jump':
        this.clock += step.ms;
        jest.setSystemTime(Date.now() + step.ms);
        return;
      case 'stop':
        this.files.release();
        await Promise.race([this.end(), pass(40_000)]);
        return this.restart(() => this.files.kill());
      case 'kill':
        return this.restart(() => this.files.kill());
      case 'cut-power': {
        let { seed } = step;
        return this.restart(() =>
          this.files.cutPower(() => {
            seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
            return seed / 2_147_483_648;
          }),
        );
      }
      case 'damage': {
        const paths = this.files.paths.filter((path) => path.endsWith('.segment'));
        const path = paths[step.file % Math.max(1, paths.length)];
        if (path === undefined) return;
        // What nobody could know by then isn't asked for.
        this.files.clear();
        await pass(2500);
        // One that died meanwhile is started again first: until then it knows nothing, either.
        if (this.files.died) await this.restart(() => this.files.kill());
        await pass(2500);
        if (!this.files.paths.includes(path)) return;
        return this.restart(() => {
          this.files.kill();
          const bytes = Buffer.from(this.files.bytes(path));
          const at = step.at % bytes.length;
          if (step.how === 'flip') bytes[at] = bytes[at]! ^ 0x55;
          this.files.put(path, step.how === 'remove' ? undefined : step.how === 'shorten' ? bytes.subarray(0, at) : bytes);
        });
      }
    }
  }

  async lines(topic: string, count: number): Promise<void> {
    const values = Array.from({ length: count }, () => `line ${this.number++}`);
    const body = Buffer.from(values.map((value) => `${value}\n`).join(''));
    const spool = this.spool;
    const kept = spool.append({ topic, body: [body], bytes: body.length, count }).then(
      () => {
        if (this.spool === spool) this.kept += count;
        for (const value of values) this.acknowledged.add(value);
      },
      (error) => {
        if (!(error instanceof SpoolRefusal)) throw error;
      },
    );
    await Promise.race([kept, pass(20)]);
  }

  async restart(between: () => void): Promise<void> {
    this.damagedLines += this.spool.counts.damagedLines;
    this.damagedSegments += this.spool.counts.damagedSegments;
    between();
    // The dead one gets no answer, and does nothing more.
    void this.forwarder.stop().catch(() => undefined);
    await pass(200);
    const { slowness } = this.files;
    this.files.slowness = 0;
    await this.start();
    this.files.slowness = slowness;
  }

  async end(): Promise<void> {
    await this.spool.close();
    await this.forwarder.stop();
  }
}

async function pass(ms: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(ms);
}

beforeEach(() => {
  jest.useFakeTimers({ now: 1_800_000_000_000, doNotFake: ['nextTick', 'queueMicrotask'] });
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const RUNS = Number(process.env.MEISSA_SPOOL_RUNS ?? runs(1500));

async function play(steps: readonly Step[]): Promise<House> {
  const house = new House();
  const real = Date.now();
  house.kafka.now = () => real + (performance.now() - started);
  const started = performance.now();
  await house.start();
  for (const step of steps) await house.act(step);
  // Everything is well again.
  house.files.slowness = 0;
  house.files.clear();
  house.kafka.refuses.clear();
  // What was on its way may still end it.
  await house.act({ do: 'pass', ms: 100 });
  await pass(30_000);
  house.strange = house.spool.strange !== undefined;
  return house;
}

/** A key is of one line, and a line has one key. */
function keysAreTrue({ kafka }: House): void {
  const byKey = new Map<string, string>();
  const byValue = new Map<string, string>();
  for (const { key, value } of kafka.got) {
    expect(byKey.get(key) ?? value).toBe(value);
    expect(byValue.get(value) ?? key).toBe(key);
    byKey.set(key, value);
    byValue.set(value, key);
  }
}

function missing({ kafka, acknowledged }: House): string[] {
  const got = new Set(kafka.got.map(({ value }) => value));
  return [...acknowledged].filter((value) => !got.has(value));
}

test('whatever call fails, whoever dies, and whatever the clock says: what was acknowledged arrives, under one key', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(...harmless), { minLength: 1, maxLength: 25 }), async (steps) => {
      const house = await play(steps);
      expect(house.strange).toBe(false);
      expect(missing(house)).toEqual([]);
      expect(house.forwarder.lagLines).toBe(0);
      expect(house.forwarder.imbalance(house.kept)).toBe(0);
      expect(house.forwarder.empty).toBe(true);
      keysAreTrue(house);
      const said = jest.mocked(process.stderr.write).mock.calls.join('\n');
      expect(said).not.toContain('not those that were acknowledged');
      jest.mocked(process.stderr.write).mockClear();
      await house.end();
    }),
    { numRuns: RUNS },
  );
}, 600_000);

test.each(['unlink', 'open', 'rename', 'sync', 'write'] as const)(
  'a process that dies at any %s while segments go',
  async (call) => {
    for (const trouble of ['die', 'die-late'] as const) {
      for (let nth = 1; nth <= 6; nth++) {
        const lines = { do: 'lines', topic: 'logs', count: 20 } as const;
        const house = await play([
          lines,
          { do: 'pass', ms: 1500 },
          lines,
          { do: 'kill' },
          { do: 'fail', call, trouble, nth },
          lines,
          { do: 'pass', ms: 12_000 },
        ]);
        expect({ trouble, nth, strange: house.strange, missing: missing(house) }).toEqual({
          trouble,
          nth,
          strange: false,
          missing: [],
        });
        expect(house.spool.counts.damagedLines).toBe(0);
        await house.end();
      }
    }
  },
  60_000,
);

test('a segment whose first write failed is passed by nobody while it goes', async () => {
  const lines = { do: 'lines', topic: 'logs', count: 20 } as const;
  const fail = (call: Call, trouble: Trouble) => ({ do: 'fail', call, trouble, nth: 1 }) as const;
  const wait = { do: 'pass', ms: 3000 } as const;
  const house = await play([
    lines,
    wait,
    { do: 'kill' },
    fail('writev', 'EIO'),
    fail('truncate', 'hang'),
    lines,
    wait,
    { do: 'stop' },
  ]);
  expect(house.strange).toBe(false);
  expect(missing(house)).toEqual([]);
  await house.end();
});

test('what a disk has damaged is told, line by line; nothing else is missing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(...harmless, damage), { minLength: 1, maxLength: 25 }), async (steps) => {
      const house = await play(steps);
      const lost = missing(house).length;
      // Files are gone or shorter than what was sent of them: nothing is forwarded until somebody has looked.
      if (house.strange) house.files.put(`${FOLDER}/checkpoint`, undefined);
      if (house.strange) await house.restart(() => house.files.kill());
      await pass(30_000);
      const told = house.damagedLines + house.spool.counts.damagedLines;
      const unknown = house.damagedSegments + house.spool.counts.damagedSegments > 0;
      if (!house.strange && !unknown) expect(lost).toBeLessThanOrEqual(told);
      expect(house.forwarder.empty).toBe(true);
      keysAreTrue(house);
      await house.end();
    }),
    { numRuns: RUNS },
  );
}, 600_000);
