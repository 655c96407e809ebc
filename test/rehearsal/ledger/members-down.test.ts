/** Fleets of other sizes than an example has: members and the times at which they are down, without an estate. */
import type { Instance } from '../../../lib/embedded-cloud/aws/world/compute';
import { emptyWorld, regionOf, type World } from '../../../lib/embedded-cloud/store/world';
import { crowded } from '../../../lib/rehearsal/ledger/crowded';
import type { FleetFacts, LedgerFacts } from '../../../lib/rehearsal/ledger/facts';
import { quorums } from '../../../lib/rehearsal/ledger/quorum';
import { replicas } from '../../../lib/rehearsal/ledger/replicas';
import type { Rehearsal } from '../../../lib/rehearsal/rehearse';

const NEVER = Number.POSITIVE_INFINITY;

const nameOf = (number: number) => `r-c-f-${number}`;

function worldOf(count: number): World {
  const world = emptyWorld('aws');
  const { instances } = regionOf(world, '1', 'r');
  for (let number = 1; number <= count; number++) {
    const own: Partial<Instance> = {
      id: `i-${number}`,
      state: 'running',
      tags: { Name: nameOf(number) },
      interfaces: [],
      volumes: {},
    };
    instances[`i-${number}`] = { rootVolume: `vol-${number}`, ...own } as Instance;
  }
  return world;
}

/** @param down who is down from when to when */
function rehearsalOf(count: number, down: readonly (readonly [number, number, number])[]): Rehearsal {
  const change = (number: number, up: boolean, at: number) => ({ instanceId: `i-${number}`, name: nameOf(number), up, at });
  const first = Array.from({ length: count }, (_, at) => change(at + 1, true, 0));
  const changes = down.flatMap(([number, from, to]) => [
    change(number, false, from),
    ...(to === NEVER ? [] : [change(number, true, to)]),
  ]);
  const world = worldOf(count);
  return {
    stacks: [],
    steps: [],
    asked: [],
    seconds: 1000,
    hosts: [...first, ...changes.sort((a, b) => a.at - b.at)],
    before: world,
    after: world,
  };
}

const factsOf = (count: number, more: Partial<FleetFacts>): LedgerFacts => ({
  before: [],
  after: [],
  fleets: [
    {
      name: 'r-c-f',
      path: 'r/c-f',
      target: 'r/c/f',
      members: Array.from({ length: count }, (_, at) => ({ name: nameOf(at + 1), zone: 'abc'[at % 3]!, absent: false })),
      topics: [],
      ...more,
    },
  ],
});

const voters = (count: number, down: readonly (readonly [number, number, number])[]) =>
  quorums(rehearsalOf(count, down), factsOf(count, { voters: 'kraft' })).map(({ code, severity, from, to }) => [
    code,
    severity,
    from,
    to,
  ]);

test('two of five voters down at once are a risk, three are a loss', () => {
  expect(voters(5, [[1, 10, 100]])).toEqual([]);
  expect(
    voters(5, [
      [1, 10, 100],
      [2, 50, 150],
    ]),
  ).toEqual([['QUORUM_AT_RISK', 'warning', 50, 100]]);
  expect(
    voters(5, [
      [1, 10, 100],
      [2, 50, 150],
      [3, 60, 70],
    ]),
  ).toEqual([['QUORUM_LOST', 'error', 60, 70]]);
});

test('one of three is a risk only when it is down for longer than restarts take', () => {
  expect(
    voters(3, [
      [1, 10, 150],
      [2, 150, 290],
      [3, 290, 430],
    ]),
  ).toEqual([]);
  expect(voters(3, [[1, 10, 600]])).toEqual([['QUORUM_AT_RISK', 'warning', 10, 600]]);
  expect(voters(3, [[1, 990, NEVER]])).toEqual([['QUORUM_AT_RISK', 'warning', 990, 1000]]);
});

test('a voter that gets well only after the deploy comes back all the same', () => {
  expect(voters(1, [[1, 900, 1100]])).toEqual([['QUORUM_LOST', 'warning', 900, 1100]]);
  expect(voters(3, [[1, 950, 1100]])).toEqual([]);
});

test('one voter alone can only be restarted without its quorum: a warning, unless it never comes back', () => {
  expect(voters(1, [[1, 10, 100]])).toEqual([['QUORUM_LOST', 'warning', 10, 100]]);
  expect(voters(1, [[1, 10, NEVER]])).toEqual([['QUORUM_LOST', 'error', 10, 1000]]);
});

describe('brokers', () => {
  const brokers = (count: number, replication: number, minInsync: number, down: readonly (readonly [number, number, number])[]) =>
    replicas(rehearsalOf(count, down), factsOf(count, { topics: [{ name: 'logs', replication, minInsync }] })).map(
      ({ severity, what }) => `${severity} ${what}`,
    );

  test('as many as replication allows beyond what must be in sync may be down', () => {
    expect(brokers(3, 3, 2, [[1, 10, 100]])).toEqual([]);
    expect(
      brokers(3, 3, 2, [
        [1, 10, 100],
        [2, 20, 50],
      ]),
    ).toEqual(['error brokers of r/c/f are down from 20 s to 50 s: logs take no lines where too few replicas are in sync']);
    expect(
      brokers(6, 3, 2, [
        [1, 10, 100],
        [4, 20, 50],
      ]),
    ).toEqual([]);
  });

  test('where every replica must be in sync a single restart stops the topic, and nothing but more replicas helps: a warning', () => {
    expect(brokers(1, 1, 1, [[1, 10, 100]])[0]).toMatch(/^warning .* can be neither written nor read/);
    expect(
      brokers(2, 1, 1, [
        [1, 10, 100],
        [2, 20, 50],
      ])[0],
    ).toMatch(/^error/);
  });
});

test('of members that neither vote nor hold replicas, more may not be down together than the fleet says', () => {
  const facts = factsOf(3, { maxUnavailable: 1 });
  expect(
    crowded(
      rehearsalOf(3, [
        [1, 0, 135],
        [2, 135, 270],
      ]),
      facts,
    ),
  ).toEqual([]);
  const [loss, ...more] = crowded(
    rehearsalOf(3, [
      [1, 0, 135],
      [2, 60, 195],
    ]),
    facts,
  );
  expect(more).toEqual([]);
  expect(loss).toMatchObject({ code: 'MEMBERS_DOWN', severity: 'warning', from: 60, to: 135, hosts: ['r-c-f-1', 'r-c-f-2'] });
  expect(loss?.what).toBe('2 of 3 members of r/c/f are down together from 60 s to 135 s, and 1 may be (maxUnavailable)');
});
