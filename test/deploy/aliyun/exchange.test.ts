import fc from 'fast-check';
import { type ExchangeOptions, exchangeHosts, type Group, type GroupHost } from '../../../lib/deploy/aliyun/exchange';

const DIGEST = 'ab'.repeat(32);
const OLD = 'cd'.repeat(32);

interface Host extends GroupHost {
  applied?: string;
  healthy: boolean;
  /** The time from which it is well. */
  wellAt: number;
}

/** A scaling group in virtual time. New hosts take a minute; `sick` names those, counted from the first, that never get well. */
class FakeGroup implements Group {
  time = 0;
  made = 0;
  readonly members: (Host & { born: number })[] = [];
  /** Hosts that are well, at each moment at which something was changed. */
  readonly well: number[] = [];
  most = 0;

  constructor(
    private readonly limits: { readonly min: number; readonly max: number },
    earlier: readonly Partial<Host>[],
    private readonly sick: ReadonlySet<number> = new Set(),
  ) {
    for (const [at, one] of earlier.entries())
      this.members.push({
        id: `old-${at}`,
        name: 'web',
        age: 0,
        asDescribed: true,
        applied: OLD,
        healthy: true,
        wellAt: 0,
        born: -1e9,
        ...one,
      });
    this.look();
  }

  private look(): void {
    this.most = Math.max(this.most, this.members.length);
    this.well.push(this.members.filter((one) => one.healthy && one.wellAt <= this.time).length);
  }

  private launch(): void {
    const sick = this.sick.has(this.made);
    const wellAt = sick ? Number.POSITIVE_INFINITY : this.time + 60_000;
    this.members.push({
      id: `new-${this.made++}`,
      name: 'web',
      age: 0,
      asDescribed: true,
      applied: DIGEST,
      healthy: true,
      wellAt,
      born: this.time,
    });
  }

  hosts = async () => this.members.map((one) => ({ ...one, age: this.time - one.born }));
  ask = async ({ id }: GroupHost) => {
    const one = this.members.find((member) => member.id === id);
    if (one === undefined || one.wellAt > this.time) return { healthy: false };
    return { ...(one.applied === undefined ? {} : { applied: one.applied }), healthy: one.healthy };
  };
  add = async (count: number) => {
    for (let left = count; left > 0 && this.members.length < this.limits.max; left--) this.launch();
    this.look();
  };
  remove = async (ids: readonly string[]) => {
    if (this.members.length - ids.length < this.limits.min) throw new Error('IncorrectCapacity.MinSize');
    for (const id of ids) this.drop(id);
    this.look();
  };
  exchange = async (ids: readonly string[]) => {
    for (const id of ids) {
      this.drop(id);
      if (this.members.length < this.limits.min) this.launch();
    }
    this.look();
  };
  sleep = async (milliseconds: number) => {
    this.time += milliseconds;
  };
  now = () => this.time;

  private drop(id: string): void {
    this.members.splice(
      this.members.findIndex((one) => one.id === id),
      1,
    );
  }
}

const options = (given: Partial<ExchangeOptions> = {}): ExchangeOptions => ({
  fleet: 'cn-hangzhou/core/web',
  digest: DIGEST,
  min: 2,
  max: 6,
  maxBatch: 1,
  timeout: 15 * 60_000,
  ...given,
});

test('every host is exchanged, never more than the group takes nor fewer than a batch below what ran, and as many run as before', async () => {
  const sizes = fc
    .record({
      min: fc.integer({ min: 0, max: 5 }),
      more: fc.integer({ min: 0, max: 5 }),
      maxBatch: fc.integer({ min: 1, max: 4 }),
    })
    .chain(({ min, more, maxBatch }) =>
      fc.record({
        min: fc.constant(min),
        max: fc.constant(min + more),
        maxBatch: fc.constant(maxBatch),
        size: fc.integer({ min, max: min + more }),
      }),
    );
  await fc.assert(
    fc.asyncProperty(sizes, async ({ min, max, maxBatch, size }) => {
      const group = new FakeGroup({ min, max }, Array<object>(size).fill({}));
      expect(await exchangeHosts(group, options({ min, max, maxBatch }))).toBe(size);
      expect(group.members.map(({ applied }) => applied)).toEqual(Array(size).fill(DIGEST));
      expect(group.most).toBeLessThanOrEqual(max);
      const floor = size < max ? size : Math.max(0, size - maxBatch);
      expect(Math.min(...group.well)).toBeGreaterThanOrEqual(floor);
    }),
  );
});

test('where there is room, new hosts are well before an earlier one goes', async () => {
  const group = new FakeGroup({ min: 2, max: 3 }, [{}, {}]);
  const steps: string[] = [];
  await exchangeHosts(group, options({ max: 3, maxBatch: 2, onStep: ({ id }, step) => steps.push(`${id} ${step}`) }));
  expect(steps.filter((one) => one.endsWith('goes'))).toEqual(['old-0 goes', 'old-1 goes']);
  expect(steps.indexOf('new-0 is well')).toBeLessThan(steps.indexOf('old-0 goes'));
  expect(Math.min(...group.well)).toBe(2);
});

test('the first new host that does not get well stops it, is named, and no further one goes', async () => {
  for (const first of [0, 1, 2]) {
    const group = new FakeGroup({ min: 2, max: 6 }, [{}, {}, {}, {}], new Set([first]));
    await expect(exchangeHosts(group, options())).rejects.toMatchObject({
      code: 'HOST_NOT_WELL',
      message: `cn-hangzhou/core/web: after 900 s web (new-${first}) is not well; no further host was taken away`,
    });
    expect(group.members.filter(({ applied }) => applied === OLD)).toHaveLength(4 - first);
  }
});

test('another image or type is exchanged too; a host that runs as described stays', async () => {
  const group = new FakeGroup({ min: 1, max: 4 }, [{ applied: DIGEST }, { applied: DIGEST, asDescribed: false }]);
  expect(await exchangeHosts(group, options({ min: 1, max: 4 }))).toBe(1);
  expect(group.members.map(({ id }) => id)).toEqual(['old-0', 'new-0']);
  expect(await exchangeHosts(group, options({ min: 1, max: 4 }))).toBe(0);
});

test('a host that does not say what it runs with is waited for while it may be starting, and exchanged when it is older', async () => {
  const silent = new FakeGroup({ min: 1, max: 4 }, [{ applied: undefined }, { applied: DIGEST }]);
  expect(await exchangeHosts(silent, options({ min: 1, max: 4 }))).toBe(1);
  const starting = new FakeGroup({ min: 1, max: 4 }, [{ applied: DIGEST, wellAt: 90_000, ...{ born: 0 } } as Partial<Host>, {}]);
  expect(await exchangeHosts(starting, options({ min: 1, max: 4 }))).toBe(1);
  expect(starting.members.map(({ id }) => id)).toEqual(['old-0', 'new-0']);
});

test('an interrupted one touches no further host, and a lost lease none at all', async () => {
  const stop = new AbortController();
  const group = new FakeGroup({ min: 2, max: 6 }, [{}, {}, {}]);
  const onStep: ExchangeOptions['onStep'] = (_host, step) => step === 'goes' && stop.abort();
  await expect(exchangeHosts(group, options({ signal: stop.signal, onStep }))).rejects.toMatchObject({
    code: 'ROLL_INTERRUPTED',
  });
  expect(group.members.map(({ applied }) => applied)).toEqual([OLD, OLD, DIGEST]);
  const hold = async () => {
    throw new Error('lost');
  };
  const held = new FakeGroup({ min: 2, max: 6 }, [{}, {}]);
  await expect(exchangeHosts(held, options({ hold }))).rejects.toThrow('lost');
  expect(held.made).toBe(0);
});
