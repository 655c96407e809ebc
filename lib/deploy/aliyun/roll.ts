/**
 * Restarts members one after the other until each runs with the configuration that is published. Nothing is remembered: every decision is
 * made from what the hosts answer now, so a roll that was killed is finished by the next deploy. A voter is restarted only while all other
 * voters answer that they are well.
 */
import { DeployError } from '../deploy-error';
import { each } from '../each';

export interface RollMember {
  readonly number: number;
  readonly name: string;
  /** Its zone is lost: it counts as down, and nobody waits for it. @default false */
  readonly lost?: boolean;
}

/** What a host says of itself. */
export interface HostSaid {
  /** Digest of the configuration that it applied at this boot. @default - it did not answer */
  readonly applied?: string;
  readonly healthy: boolean;
}

export interface RollHosts<M extends RollMember> {
  ask(member: M): Promise<HostSaid>;
  reboot(member: M): Promise<void>;
  sleep(milliseconds: number): Promise<void>;
  /** Milliseconds. */
  now(): number;
}

export interface RollOptions {
  readonly fleet: string;
  readonly digest: string;
  /** Members that may be down at once; of voters always one. */
  readonly maxUnavailable: number;
  readonly quorum: boolean;
  /** In which a member must be well again, milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
  /** Awaited right before every restart: what it throws ends the roll. @default - nothing is asked */
  readonly hold?: () => Promise<void>;
  /** Told of every step. */
  readonly onStep?: (member: RollMember, step: 'restarts' | 'is well') => void;
}

/** Each question is a command on a host, with two or three calls. */
const ASKED_AT_ONCE = 10;

/** Between two questions, milliseconds: short while hosts may answer at any moment, longer later. */
const PAUSE = { first: 500, longest: 10_000 };

/** A fleet that doesn't vote is asked whole this often, milliseconds; in between only who is down, due next or was just restarted. */
const WHOLE_EVERY = 5 * 60_000;

type State<M> = HostSaid & { readonly member: M; readonly due: boolean };

/**
 * @param members of one fleet, all that stand in any stack of it
 * @returns members that were restarted
 * @throws DeployError at the first that does not come back; no further member is touched then
 */
export async function rollMembers<M extends RollMember>(
  members: readonly M[],
  hosts: RollHosts<M>,
  options: RollOptions,
): Promise<M[]> {
  const rolled: M[] = [];
  let states: State<M>[] = [];
  let touched: M[] = [];
  let whole = Number.NEGATIVE_INFINITY;
  for (;;) {
    if (options.quorum || hosts.now() - whole >= WHOLE_EVERY) {
      whole = hosts.now();
      states = await statesOf(members, hosts, options);
    } else states = await askedAgain(states, touched, hosts, options);
    const due = states.filter((state) => state.due);
    const coming = states.filter((state) => !state.due && !state.healthy && state.member.lost !== true);
    if (due.length === 0 && coming.length === 0) return rolled;
    // Hosts of other fleets come up by themselves; the last that an earlier deploy restarted is waited for where members vote.
    if (due.length === 0 && rolled.length === 0 && !options.quorum) return rolled;
    if (options.signal?.aborted === true) throw interrupted(options, due.length);
    const next = nextOf(states, options);
    touched = next;
    const waited = next.length === 0 ? waitedFor(states) : [];
    if (next.length === 0 && waited.length === 0) throw zoneLost(states, options);
    if (next.length === 0) await untilWell(waited, hosts, options);
    else {
      for (const member of next) {
        await options.hold?.();
        options.onStep?.(member, 'restarts');
        await hosts.reboot(member);
        rolled.push(member);
      }
      await untilWell(next, hosts, options);
    }
  }
}

/** A large fleet asked whole for every restart would be asked a hundred times over: each question is a command on a host. */
async function askedAgain<M extends RollMember>(
  states: readonly State<M>[],
  touched: readonly M[],
  hosts: RollHosts<M>,
  options: RollOptions,
): Promise<State<M>[]> {
  const before = new Set([...states.filter((state) => !state.healthy).map((state) => state.member), ...touched]);
  // With those out of the way, who would be next.
  const well = states.map((state) => (before.has(state.member) ? { ...state, healthy: true, due: false } : state));
  const again = [...before, ...nextOf(well, options)];
  const news = new Map((await statesOf(again, hosts, options)).map((state) => [state.member, state]));
  return states.map((state) => news.get(state.member) ?? state);
}

/** Who may be restarted now: what is down already counts, and who is down itself comes first. */
function nextOf<M extends RollMember>(states: readonly State<M>[], { quorum, maxUnavailable }: RollOptions): M[] {
  const most = quorum ? 1 : Math.max(1, maxUnavailable);
  const due = states
    .filter((state) => state.due)
    .sort((a, b) => Number(a.healthy) - Number(b.healthy) || a.member.number - b.member.number);
  const next: M[] = [];
  for (const { member } of due) {
    const down = new Set([...next, member, ...states.filter((state) => !state.healthy).map((state) => state.member)]);
    if (down.size > most) continue;
    next.push(member);
  }
  return next;
}

/** Nobody may be restarted: these must get well first. Where none of them is on its way only a person can tell why. */
function waitedFor<M extends RollMember>(states: readonly State<M>[]): M[] {
  const down = states.filter((state) => !state.healthy && state.member.lost !== true);
  const coming = down.filter((state) => !state.due);
  return (coming.length > 0 ? coming : down).map((state) => state.member);
}

/** Until each runs with the configuration and is well. */
async function untilWell<M extends RollMember>(members: readonly M[], hosts: RollHosts<M>, options: RollOptions): Promise<void> {
  const until = hosts.now() + options.timeout;
  let open = [...members];
  for (let pause = PAUSE.first; ; pause = Math.min(PAUSE.longest, pause * 1.5)) {
    const states = await statesOf(open, hosts, options);
    for (const { member, healthy, due } of states) if (healthy && !due) options.onStep?.(member, 'is well');
    open = states.filter((state) => state.due || !state.healthy).map((state) => state.member);
    if (open.length === 0) return;
    if (hosts.now() >= until)
      throw notBack(
        states.filter((state) => open.includes(state.member)),
        options,
      );
    await hosts.sleep(pause);
  }
}

async function statesOf<M extends RollMember>(
  members: readonly M[],
  hosts: RollHosts<M>,
  { digest }: RollOptions,
): Promise<State<M>[]> {
  return each(members, ASKED_AT_ONCE, async (member) => {
    const said = await hosts.ask(member);
    // Who does not answer may be starting: it is waited for, not restarted.
    return { ...said, member, due: member.lost !== true && said.applied !== undefined && said.applied !== digest };
  });
}

function notBack<M extends RollMember>(states: readonly State<M>[], { fleet, timeout }: RollOptions): DeployError {
  const words = states.map(({ member, applied, due }) => {
    if (applied === undefined) return `${member.name} does not answer`;
    return due ? `${member.name} runs with another configuration` : `${member.name} is not well`;
  });
  return new DeployError(
    'MEMBER_NOT_BACK',
    `${fleet}: after ${Math.round(timeout / 1000)} s ${words.join(', ')}; no further member was touched`,
    'look at the host (journalctl -u meissa-gate, cloud-init status), mend it, then run the same command: it goes on there',
    states.map(({ member }) => member.name),
  );
}

/** Whoever is due would be one more that is down. */
function zoneLost<M extends RollMember>(states: readonly State<M>[], { fleet }: RollOptions): DeployError {
  const lost = states.filter(({ member }) => member.lost === true).map(({ member }) => member.name);
  return new DeployError(
    'ZONE_LOST',
    `${fleet}: ${lost.join(', ')} ${lost.length === 1 ? 'is' : 'are'} in a zone that is lost, and no further member may be down: none was restarted`,
    'wait until the zone is back (meissa zone back), or give up what is lost: docs/runbooks/incidents/zone-lost.md',
  );
}

function interrupted({ fleet }: RollOptions, left: number): DeployError {
  return new DeployError(
    'ROLL_INTERRUPTED',
    `${fleet}: ${left} members still run with the earlier configuration`,
    'run the same command: it goes on with them',
  );
}
