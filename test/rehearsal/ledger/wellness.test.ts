import fc from 'fast-check';
import { downOver, together, wellAtFirst } from '../../../lib/rehearsal/ledger/wellness';

const NAMES = ['a', 'b', 'c'];
const change = fc.record({
  name: fc.constantFrom(...NAMES, 'other'),
  instanceId: fc.constantFrom('i-1', 'i-2'),
  up: fc.boolean(),
  at: fc.integer({ min: 1, max: 50 }),
});
const first = NAMES.map((name) => ({ name, instanceId: `${name} i-1`, up: true, at: 0 }));
const rehearsal = fc.array(change, { maxLength: 30 }).map((changes) => ({
  hosts: [
    ...first,
    ...changes.map((one) => ({ ...one, instanceId: `${one.name} ${one.instanceId}` })).sort((a, b) => a.at - b.at),
  ],
  seconds: 60,
}));

/** Plays all changes anew for one moment. */
function downAt(hosts: readonly { name: string; instanceId: string; up: boolean; at: number }[], moment: number): string[] {
  const up = new Map<string, string>();
  for (const { name, instanceId, up: well, at } of hosts) {
    if (at > moment) continue;
    if (well) up.set(instanceId, name);
    else up.delete(instanceId);
  }
  return NAMES.filter((name) => ![...up.values()].includes(name));
}

test('stretches cover the whole deploy without a gap, and say at each moment who is down', () => {
  fc.assert(
    fc.property(rehearsal, fc.integer({ min: 0, max: 59 }), (r, moment) => {
      const stretches = downOver(r, NAMES);
      expect(stretches[0]!.from).toBe(0);
      expect(stretches.at(-1)!.to).toBe(60);
      for (const [at, { from }] of stretches.entries()) if (at > 0) expect(from).toBe(stretches[at - 1]!.to);
      const now = stretches.find(({ from, to }) => from <= moment && moment < to)!;
      expect(now.down).toEqual(downAt(r.hosts, moment));
    }),
  );
});

test('who goes down in the first moment was well before it', () => {
  const hosts = [...first, { name: 'a', instanceId: 'a i-1', up: false, at: 0 }];
  expect(wellAtFirst({ hosts }, NAMES)).toEqual(NAMES);
  expect(downOver({ hosts, seconds: 5 }, NAMES)).toEqual([{ from: 0, to: 5, down: ['a'] }]);
});

test('stretches that touch are one, with everybody who was down in it', () => {
  const stretches = [
    { from: 0, to: 5, down: ['a'] },
    { from: 5, to: 9, down: ['b'] },
    { from: 9, to: 12, down: [] },
    { from: 12, to: 20, down: ['a'] },
  ];
  expect(together(stretches, ({ down }) => down.length > 0)).toEqual([
    { from: 0, to: 9, down: ['a', 'b'] },
    { from: 12, to: 20, down: ['a'] },
  ]);
});
