import fc from 'fast-check';
import { type HostSaid, type RollHosts, type RollMember, type RollOptions, rollMembers } from '../../lib/deploy/aliyun/roll';

const NEW = 'n'.repeat(64);
const OLD = 'o'.repeat(64);

interface Host {
  applied: string;
  well: boolean;
  /** Time at which it answers again after a restart, and then is well. */
  back?: number;
  restarts: number;
}

/** Thrown in the middle of a roll, as `kill -9` ends a process: what the hosts do goes on. */
class Killed extends Error {}

/** Hosts that take time to restart, on a clock of their own. */
class Simulated implements RollHosts<RollMember> {
  time = 0;
  readonly hosts = new Map<number, Host>();
  /** Restarted, and who else was down at that moment. */
  readonly restarted: { number: number; down: number[] }[] = [];
  asked = 0;
  /** Calls until the process is killed. */
  left = Number.POSITIVE_INFINITY;

  constructor(
    readonly members: readonly RollMember[],
    /** A host that never gets well with the new configuration. */
    readonly broken?: number,
  ) {
    for (const { number } of members) this.hosts.set(number, { applied: OLD, well: true, restarts: 0 });
  }

  async ask({ number }: RollMember): Promise<HostSaid> {
    this.call();
    this.asked++;
    return this.said(number);
  }

  async reboot({ number }: RollMember): Promise<void> {
    this.call();
    const down = [...this.hosts.keys()].filter((other) => other !== number && !this.said(other).healthy);
    this.restarted.push({ number, down });
    const host = this.hosts.get(number)!;
    host.restarts++;
    host.back = this.time + 20_000;
  }

  async sleep(milliseconds: number): Promise<void> {
    this.call();
    this.time += milliseconds;
  }

  now(): number {
    return this.time;
  }

  private call(): void {
    if (this.left-- <= 0) throw new Killed();
  }

  private said(number: number): HostSaid {
    const host = this.hosts.get(number)!;
    if (host.back !== undefined && this.time < host.back) return { healthy: false };
    if (host.back !== undefined) {
      delete host.back;
      host.applied = NEW;
      host.well = number !== this.broken;
    }
    return { applied: host.applied, healthy: host.well };
  }
}

const members = (count: number): RollMember[] =>
  Array.from({ length: count }, (_, at) => ({ number: at + 1, name: `m-${at + 1}` }));

const QUORUM: RollOptions = { fleet: 'core/voters', digest: NEW, maxUnavailable: 1, quorum: true, timeout: 120_000 };
const FLEET: RollOptions = { ...QUORUM, fleet: 'core/storage', maxUnavailable: 2, quorum: false };

test('voters restart one at a time, lowest number first, each when all others are well', async () => {
  const hosts = new Simulated(members(5));
  await rollMembers(hosts.members, hosts, QUORUM);
  expect(hosts.restarted).toEqual([1, 2, 3, 4, 5].map((number) => ({ number, down: [] })));
});

describe('a member of a zone that is lost', () => {
  const fleet = (count: number, lost: number) =>
    members(count).map((one) => (one.number === lost ? { ...one, lost: true } : one));
  const withLost = (count: number, lost: number, applied: string) => {
    const hosts = new Simulated(fleet(count, lost));
    for (const host of hosts.hosts.values()) host.applied = applied;
    Object.assign(hosts.hosts.get(lost)!, { well: false, back: Number.POSITIVE_INFINITY });
    return hosts;
  };

  test('is waited for by nobody where the others run with what is described', async () => {
    const hosts = withLost(3, 1, NEW);
    expect(await rollMembers(hosts.members, hosts, QUORUM)).toEqual([]);
    expect(hosts.time).toBe(0);
  });

  test('counts as down: no voter restarts beside it, and that is said at once', async () => {
    const hosts = withLost(3, 1, OLD);
    await expect(rollMembers(hosts.members, hosts, QUORUM)).rejects.toMatchObject({
      code: 'ZONE_LOST',
      message: 'core/voters: m-1 is in a zone that is lost, and no further member may be down: none was restarted',
    });
    expect([hosts.restarted, hosts.time]).toEqual([[], 0]);
  });

  test('of another fleet takes one from those that may be down together', async () => {
    const hosts = withLost(4, 1, OLD);
    await rollMembers(hosts.members, hosts, FLEET);
    expect(hosts.restarted).toEqual([2, 3, 4].map((number) => ({ number, down: [1] })));
  });
});

test('another fleet restarts as many at a time as may be down', async () => {
  const hosts = new Simulated(members(5));
  await rollMembers(hosts.members, hosts, FLEET);
  expect(hosts.restarted.map(({ number, down }) => [number, down.length])).toEqual([
    [1, 0],
    [2, 1],
    [3, 0],
    [4, 1],
    [5, 0],
  ]);
});

test('a large fleet is not asked whole for every restart; one of it that goes down meanwhile is seen within five minutes', async () => {
  const large = new Simulated(members(60));
  await rollMembers(large.members, large, { ...FLEET, maxUnavailable: 1 });
  expect(large.restarted.map(({ number }) => number)).toEqual(large.members.map(({ number }) => number));
  expect(large.asked).toBeLessThan(60 * 20);

  const failing = new Simulated(members(60));
  const onStep = () => {
    if (failing.restarted.length === 3) failing.hosts.get(60)!.well = false;
  };
  await rollMembers(failing.members, failing, { ...FLEET, maxUnavailable: 1, onStep });
  // Seen down, it is the one that may be restarted.
  const place = failing.restarted.findIndex(({ number }) => number === 60);
  expect(place).toBeGreaterThan(2);
  expect(place).toBeLessThan(20);
});

test('the first that does not come back stops the roll, is named, and nobody else is touched', async () => {
  const hosts = new Simulated(members(3), 2);
  await expect(rollMembers(hosts.members, hosts, QUORUM)).rejects.toMatchObject({
    code: 'MEMBER_NOT_BACK',
    message: 'core/voters: after 120 s m-2 is not well; no further member was touched',
  });
  expect(hosts.restarted.map(({ number }) => number)).toEqual([1, 2]);
});

test('while a voter is down none other is restarted; a voter that is down itself may be', async () => {
  const hosts = new Simulated(members(3));
  hosts.hosts.set(3, { applied: NEW, well: false, restarts: 0 });
  await expect(rollMembers(hosts.members, hosts, QUORUM)).rejects.toMatchObject({ code: 'MEMBER_NOT_BACK' });
  expect(hosts.restarted).toEqual([]);
  hosts.hosts.set(3, { applied: OLD, well: false, restarts: 0 });
  await rollMembers(hosts.members, hosts, QUORUM);
  expect(hosts.restarted.map(({ number, down }) => [number, down])).toEqual([
    [3, []],
    [1, []],
    [2, []],
  ]);
});

test('nothing to do is done without a restart, and hosts that still come up do not hold a fleet up', async () => {
  const hosts = new Simulated(members(3));
  for (const host of hosts.hosts.values()) host.applied = NEW;
  expect(await rollMembers(hosts.members, hosts, QUORUM)).toEqual([]);
  hosts.hosts.get(2)!.well = false;
  expect(await rollMembers(hosts.members, hosts, FLEET)).toEqual([]);
  expect(hosts.restarted).toEqual([]);
});

test('interrupted, no further member is restarted, and what is left is said', async () => {
  const hosts = new Simulated(members(3));
  const abort = new AbortController();
  const onStep = () => abort.abort();
  await expect(rollMembers(hosts.members, hosts, { ...QUORUM, signal: abort.signal, onStep })).rejects.toMatchObject({
    code: 'ROLL_INTERRUPTED',
    message: 'core/voters: 2 members still run with the earlier configuration',
  });
  expect(hosts.restarted.map(({ number }) => number)).toEqual([1]);
});

test('killed at any moments, the next deploys finish it: never more down than may be, nobody restarted without need', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 3, max: 7 }),
      fc.boolean(),
      fc.array(fc.nat(60), { maxLength: 6 }),
      async (count, quorum, kills) => {
        const hosts = new Simulated(members(count));
        const options = quorum ? QUORUM : FLEET;
        for (const left of kills) {
          hosts.left = left;
          await rollMembers(hosts.members, hosts, options).catch((error) => {
            if (!(error instanceof Killed)) throw error;
          });
          // Who starts it again takes a moment.
          hosts.time += 1000;
        }
        hosts.left = Number.POSITIVE_INFINITY;
        await rollMembers(hosts.members, hosts, options);
        // A host of another fleet that an earlier deploy restarted may still come up.
        hosts.time += 30_000;
        for (const member of hosts.members) expect(await hosts.ask(member)).toEqual({ applied: NEW, healthy: true });
        for (const { down } of hosts.restarted) expect(down.length).toBeLessThan(quorum ? 1 : 2);
        for (const { restarts } of hosts.hosts.values()) expect(restarts).toBe(1);
      },
    ),
  );
});
