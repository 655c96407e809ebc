/**
 * Exchanges the hosts of an elastic fleet, a batch at a time, until each runs with what is described: more come first where the group has
 * room for them, and the earlier ones go when those are well. ESS can refresh a group itself ("StartInstanceRefresh"), but only one whose
 * MultiAZPolicy is PRIORITY: ours are spread over their zones; it takes a host for well as soon as it runs, too. Nothing is remembered: every
 * decision is made from what the hosts answer now.
 */
import { DeployError } from '../deploy-error';
import { each } from '../each';
import type { HostSaid } from './roll';

export interface GroupHost {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since it was made. */
  readonly age: number;
  /** It has the image and the type that are described. */
  readonly asDescribed: boolean;
}

export interface Group {
  /** All of its hosts, those that start among them. */
  hosts(): Promise<readonly GroupHost[]>;
  ask(host: GroupHost): Promise<HostSaid>;
  add(count: number): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** For new ones, each: of a group that may have neither more nor fewer. */
  exchange(ids: readonly string[]): Promise<void>;
  sleep(milliseconds: number): Promise<void>;
  /** Milliseconds. */
  now(): number;
}

export interface ExchangeOptions {
  readonly fleet: string;
  readonly digest: string;
  readonly min: number;
  readonly max: number;
  readonly maxBatch: number;
  /** In which a new host must be well, milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
  /** Awaited right before anything is changed: what it throws ends it. @default - nothing is asked */
  readonly hold?: () => Promise<void>;
  readonly onStep?: (host: GroupHost, step: 'goes' | 'is well') => void;
}

/** Each question is a command on a host, with two or three calls. */
const ASKED_AT_ONCE = 10;

/** Between two questions, milliseconds: short while hosts may answer at any moment, longer later. */
const PAUSE = { first: 500, longest: 10_000 };

interface State {
  readonly host: GroupHost;
  /** It is to go. */
  readonly due: boolean;
  readonly healthy: boolean;
}

/**
 * @returns how many hosts were exchanged
 * @throws DeployError HOST_NOT_WELL at the first that doesn't get well; no further host goes then
 */
export async function exchangeHosts(group: Group, options: ExchangeOptions): Promise<number> {
  const { min, max, maxBatch, hold } = options;
  let exchanged = 0;
  for (;;) {
    const states = await groupStates(group, options);
    const due = dueOf(states);
    if (due.length === 0) return exchanged;
    await wellHosts(group, options, states.length - due.length);
    if (options.signal?.aborted === true) throw interrupted(options, due.length);
    const batch = due.slice(0, maxBatch);
    const room = Math.min(batch.length, max - states.length);
    const current = states.length - due.length;
    const go = async (hosts: readonly GroupHost[], how: (ids: readonly string[]) => Promise<void>): Promise<void> => {
      await hold?.();
      for (const host of hosts) options.onStep?.(host, 'goes');
      await how(hosts.map(({ id }) => id));
      exchanged += hosts.length;
    };
    if (room > 0) {
      await hold?.();
      await group.add(room);
      await wellHosts(group, options, current + room);
      await go(batch.slice(0, room), (ids) => group.remove(ids));
    } else if (states.length > min) {
      const first = batch.slice(0, states.length - min);
      await go(first, (ids) => group.remove(ids));
      await group.add(first.length);
      await wellHosts(group, options, current + first.length);
    } else {
      await go(batch, (ids) => group.exchange(ids));
      await wellHosts(group, options, current + batch.length);
    }
  }
}

/** Who is to go, those that aren't well first. */
function dueOf(states: readonly State[]): GroupHost[] {
  const due = states.filter((state) => state.due);
  return due.sort((a, b) => Number(a.healthy) - Number(b.healthy) || b.host.age - a.host.age).map(({ host }) => host);
}

/** Until so many run with what is described, and every one of those is well. */
async function wellHosts(group: Group, options: ExchangeOptions, count: number): Promise<void> {
  const until = group.now() + options.timeout;
  for (let pause = PAUSE.first; ; pause = Math.min(PAUSE.longest, pause * 1.5)) {
    const fresh = (await groupStates(group, options)).filter(({ due }) => !due);
    const open = fresh.filter(({ healthy }) => !healthy);
    if (open.length === 0 && fresh.length >= count) {
      for (const { host } of fresh) options.onStep?.(host, 'is well');
      return;
    }
    if (group.now() >= until) throw notWell(open, count - fresh.length, options);
    await group.sleep(pause);
  }
}

/** The hosts of a group, and which of them are to go. */
export async function groupStates(
  group: Pick<Group, 'hosts' | 'ask'>,
  { digest, timeout }: Pick<ExchangeOptions, 'digest' | 'timeout'>,
): Promise<State[]> {
  return each(await group.hosts(), ASKED_AT_ONCE, async (host) => {
    const { applied, healthy } = await group.ask(host);
    // Who doesn't say what it runs with may be starting; one that is older than any that is waited for never will.
    const other = applied === undefined ? host.age > 2 * timeout : applied !== digest;
    return { host, due: !host.asDescribed || other, healthy };
  });
}

function notWell(open: readonly State[], missing: number, { fleet, timeout }: ExchangeOptions): DeployError {
  const which = open.map(({ host }) => `${host.name} (${host.id}) is not well`);
  const words = [...which, ...(missing > 0 ? [`${missing} new hosts did not come`] : [])].join(', ');
  return new DeployError(
    'HOST_NOT_WELL',
    `${fleet}: after ${Math.round(timeout / 1000)} s ${words}; no further host was taken away`,
    'look at that host (journalctl -u meissa-units, cloud-init status) and at the scaling activities of its group; mend what new hosts get, then run the same command: it goes on there',
  );
}

function interrupted({ fleet }: ExchangeOptions, left: number): DeployError {
  return new DeployError(
    'ROLL_INTERRUPTED',
    `${fleet}: ${left} hosts still run with what was described before`,
    'run the same command: it goes on with them',
  );
}
