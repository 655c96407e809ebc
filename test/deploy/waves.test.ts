import fc from 'fast-check';
import { changedBefore, inForce, inOrder, reversed, unitOf } from '../../lib/deploy/order';
import {
  givenUp,
  regionsOf,
  type Scheduled,
  startable,
  tooManyFailed,
  type WaveOptions,
  type WaveState,
} from '../../lib/deploy/waves';

const OPTIONS: WaveOptions = { concurrency: 4, regionsAtOnce: 1, failureTolerance: 0 };

const scheduled = (path: string, dependsOn: string[] = [], exclusive: string[] = []): Scheduled => ({
  path,
  dependsOn,
  exclusive,
});

/** Regions with stacks that depend on earlier ones of their own region, and sometimes of the first region; links over pairs of regions. */
const estates = fc
  .record({
    regions: fc.array(fc.array(fc.array(fc.nat(9), { maxLength: 3 }), { minLength: 1, maxLength: 6 }), {
      minLength: 1,
      maxLength: 5,
    }),
    links: fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 4 }),
    hub: fc.nat(9),
  })
  .map(({ regions, links, hub }): Scheduled[] => {
    const center = hub % regions.length;
    const stacks = regions.flatMap((own, r) =>
      own.map((before, s) =>
        scheduled(
          `r${r}/s${s}`,
          [...before.filter((b) => b < s).map((b) => `r${r}/s${b}`), ...(s > 0 && before.includes(9) ? [`r${center}/s0`] : [])],
          before.includes(8) ? [`routes:r${r}`] : [],
        ),
      ),
    );
    const pairs = links.map(([a, b], l) => {
      const [x, y] = [a % regions.length, b % regions.length];
      return [
        scheduled(`links/r${x}--r${y}-${l}/request`, [`r${x}/s0`, `r${y}/s0`]),
        scheduled(`links/r${x}--r${y}-${l}/routes`, [`links/r${x}--r${y}-${l}/request`], [`routes:r${x}`]),
      ];
    });
    return inOrder([...stacks, ...pairs.flat()]);
  });

const options = fc.record({
  concurrency: fc.integer({ min: 1, max: 5 }),
  regionsAtOnce: fc.integer({ min: 1, max: 3 }),
  failureTolerance: fc.integer({ min: 0, max: 2 }),
});

interface Step {
  readonly path: string;
  readonly running: readonly string[];
  readonly done: ReadonlySet<string>;
}

/** Plays a deploy: which running stack ends next, and how, is drawn. */
function play(stacks: readonly Scheduled[], given: WaveOptions, draws: readonly { pick: number; fails: boolean }[]) {
  const state = { done: new Set<string>(), failed: new Set<string>(), running: new Set<string>(), stopped: false };
  const steps: Step[] = [];
  for (let turn = 0; ; turn++) {
    for (const path of startable(stacks, regionsOf(stacks), state, given)) {
      steps.push({ path, running: [...state.running], done: new Set(state.done) });
      state.running.add(path);
    }
    const running = [...state.running];
    if (running.length === 0) return { steps, state: state as WaveState };
    const { pick, fails } = draws[turn] ?? { pick: 0, fails: false };
    const ended = running[pick % running.length]!;
    state.running.delete(ended);
    (fails ? state.failed : state.done).add(ended);
  }
}

const draws = (chanceOfFailure: boolean) =>
  fc.array(fc.record({ pick: fc.nat(9), fails: chanceOfFailure ? fc.nat(9).map((n) => n === 0) : fc.constant(false) }), {
    minLength: 60,
    maxLength: 60,
  });

describe('waves', () => {
  test('whatever ends in whichever order, every stack is started once, after what it depends on', () => {
    fc.assert(
      fc.property(estates, options, draws(false), (stacks, given, drawn) => {
        const { steps, state } = play(stacks, given, drawn);
        expect(steps.map((s) => s.path).sort()).toEqual(stacks.map((s) => s.path).sort());
        expect(state.done.size).toBe(stacks.length);
        for (const { path, done } of steps)
          for (const before of stacks.find((s) => s.path === path)!.dependsOn) expect(done.has(before)).toBe(true);
      }),
    );
  });

  test('what changes after another waits for it where one of the two stands, and for nothing where neither does', () => {
    fc.assert(
      fc.property(estates, options, draws(false), fc.func(fc.boolean()), (stacks, given, drawn, stands) => {
        // What a stack needs apart from the first becomes what it changes after.
        const loose = stacks.map((one) => ({
          ...one,
          dependsOn: one.dependsOn.slice(0, 1),
          changesAfter: one.dependsOn.slice(1),
        }));
        const standing = new Set(loose.flatMap(({ path }) => (stands(path) ? [path] : [])));
        const { steps } = play(inForce(loose, standing), given, drawn);
        for (const { path, done } of steps) {
          const { dependsOn, changesAfter } = loose.find((one) => one.path === path)!;
          for (const before of dependsOn) expect(done.has(before)).toBe(true);
          for (const before of changesAfter) if (standing.has(path) || standing.has(before)) expect(done.has(before)).toBe(true);
        }
        expect(inForce(loose, new Set()).map(({ dependsOn }) => dependsOn)).toEqual(loose.map(({ dependsOn }) => dependsOn));
      }),
    );
  });

  test('taken down, what changes after another goes before it', () => {
    const stacks = [scheduled('a/brokers'), { ...scheduled('a/front-ends'), changesAfter: ['a/brokers'] }];
    expect(reversed(stacks).map(({ path, ...order }) => [path, changedBefore(order)])).toEqual([
      ['a/front-ends', []],
      ['a/brokers', ['a/front-ends']],
    ]);
  });

  test('never more at once than asked for, and never two that exclude each other', () => {
    fc.assert(
      fc.property(estates, options, draws(true), (stacks, given, drawn) => {
        const words = (path: string) => stacks.find((s) => s.path === path)!.exclusive;
        for (const { path, running } of play(stacks, given, drawn).steps) {
          expect(running.length).toBeLessThan(given.concurrency);
          expect(running.flatMap(words).filter((word) => words(path).includes(word))).toEqual([]);
        }
      }),
    );
  });

  test('never more than the tolerated units had failed when one was started, and a failed unit starts nothing more', () => {
    fc.assert(
      fc.property(estates, options, draws(true), (stacks, given, drawn) => {
        const { steps, state } = play(stacks, given, drawn);
        const lost = givenUp(stacks, state);
        for (const { path } of stacks) {
          const started = steps.some((s) => s.path === path);
          if (started || tooManyFailed(state, given)) continue;
          expect(lost.has(path)).toBe(true);
        }
        for (const path of lost) if (!state.failed.has(path)) expect(steps.map((s) => s.path)).not.toContain(path);
      }),
    );
  });

  test('a region begins when those before it are done, links as soon as what they join stands', () => {
    const stacks = inOrder([
      scheduled('b/network'),
      scheduled('b/fleet', ['b/network']),
      scheduled('a/network'),
      scheduled('links/a--b/request', ['a/network', 'b/network']),
    ]);
    const state = (done: string[]): WaveState => ({ done: new Set(done), failed: new Set(), running: new Set(), stopped: false });
    expect(startable(stacks, ['b', 'a'], state([]), OPTIONS)).toEqual(['b/network']);
    expect(startable(stacks, ['b', 'a'], state(['b/network']), OPTIONS)).toEqual(['b/fleet']);
    expect(startable(stacks, ['b', 'a'], state(['b/network', 'b/fleet']), OPTIONS)).toEqual(['a/network']);
    expect(startable(stacks, ['b', 'a'], state(['b/network']), { ...OPTIONS, regionsAtOnce: 2 })).toEqual([
      'b/fleet',
      'a/network',
    ]);
    expect(startable(stacks, ['b', 'a'], state(['b/network', 'a/network']), OPTIONS)).toEqual(['b/fleet', 'links/a--b/request']);
  });

  test('what an open region needs of a later one is not waited for in vain', () => {
    const stacks = inOrder([scheduled('a/transit', ['z/base']), scheduled('z/base'), scheduled('z/network')]);
    const state = { done: new Set<string>(), failed: new Set<string>(), running: new Set<string>(), stopped: false };
    expect(startable(stacks, ['a', 'z'], state, OPTIONS)).toEqual(['z/base']);
  });
});

test('taken down, every stack goes before what it depends on', () => {
  fc.assert(
    fc.property(estates, (stacks) => {
      const order = reversed(stacks);
      expect(order.map((s) => s.path).sort()).toEqual(stacks.map((s) => s.path).sort());
      const at = new Map(order.map((s, i) => [s.path, i]));
      for (const { path, dependsOn } of stacks)
        for (const before of dependsOn) expect(at.get(path)!).toBeLessThan(at.get(before)!);
    }),
  );
});

test('stacks that wait for each other in a circle are an error that names them', () => {
  expect(() => inOrder([scheduled('a/x', ['a/y']), scheduled('a/y', ['a/x'])])).toThrow('a/x -> a/y -> a/x');
});

test('a stack belongs to its region, or to the links between two places', () => {
  expect([unitOf('us-east-1/core-storage-2'), unitOf('links/a--b/routes-a')]).toEqual(['us-east-1', 'links/a--b']);
});
