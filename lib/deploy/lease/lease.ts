/**
 * A lease: one run at a time, across machines. It lies in the cloud that is worked on, in a store that writes only over what was read, so
 * that of two that try one gets it. Its holder renews it; one that was not heard of for a while is taken over from. Time is the store's
 * own: clocks of two machines are never compared.
 */
import { DeployError } from '../deploy-error';
import { type LeaseRecord, parseRecord, recordText } from './record';
import { type DeployRun, lifeOfRun } from './run';

/** Where one lease lies. */
export interface LeaseStore {
  /** What was written last; undefined where nothing ever was. */
  read(): Promise<Stored | undefined>;
  /**
   * Writes if what stands is still what was read.
   *
   * @param over the version that was read. @default - nothing stands
   * @returns the new version; undefined where somebody else wrote first
   */
  write(text: string, over?: string): Promise<string | undefined>;
  /** A number of a version that is larger than that of every version before it. @default - the store has none */
  order?(version: string): number;
}

export interface Stored {
  readonly text: string;
  readonly version: string;
  /** Milliseconds since it was written, by the store's clock. */
  readonly age: number;
}

export interface Lease {
  /**
   * Larger than that of every run that held it before: what it writes elsewhere is told by it from what an earlier one writes too late.
   * @default - the store has no order, or the lease was written for the first time: nobody knows what was before
   */
  readonly fence?: number;
  /** Makes sure that it is still ours, now. @throws DeployError LEASE_LOST */
  renew(): Promise<void>;
  /** Gives it back; what fails is left to run out. */
  release(): Promise<void>;
}

export interface LeaseTimes {
  /** A holder that was not heard of for so long is taken over from, milliseconds. */
  readonly runsOut: number;
  /** A holder makes itself heard this often, milliseconds: several may fail before the lease runs out. */
  readonly renewed: number;
}

export const LEASE_TIMES: LeaseTimes = { runsOut: 3 * 60_000, renewed: 30_000 };

/** Others may write between our reading and our writing, but only one of them: the next reading says who. */
const TRIES = 5;

export interface TakeOptions {
  /** What is held, for messages: a region. */
  readonly what: string;
  /** Id of a run that is taken over from, whatever it does. */
  readonly takeOver?: string;
  /** @default LEASE_TIMES */
  readonly times?: LeaseTimes;
}

/** @throws DeployError DEPLOYING_ALREADY with who holds it, since when, and the way on */
export async function takeLease(store: LeaseStore, run: DeployRun, options: TakeOptions): Promise<Lease> {
  const { what, takeOver, times = LEASE_TIMES } = options;
  for (let tried = 0; tried < TRIES; tried++) {
    const stands = await store.read();
    const held = stands && heldBy(stands, times, takeOver);
    if (held) throw alreadyHeld(what, held, stands, times);
    const version = await put(store, { run, beat: 0, released: false }, stands?.version);
    if (version !== undefined) return new Held(store, run, version, options, times, stands && store.order?.(version));
  }
  throw new DeployError('DEPLOYING_ALREADY', `${what}: several runs want it at once`, 'run again in a moment');
}

/** Who holds it; undefined where it is free. */
function heldBy(stands: Stored, { runsOut }: LeaseTimes, takeOver?: string): LeaseRecord | 'unknown' | undefined {
  if (stands.age > runsOut) return undefined;
  const record = parseRecord(stands.text);
  if (record === undefined) return takeOver === 'unknown' ? undefined : 'unknown';
  if (record.released || record.run.id === takeOver) return undefined;
  return lifeOfRun(record.run) === 'gone' ? undefined : record;
}

/** Ours may have been written although the answer was lost: the text says so. */
async function put(store: LeaseStore, record: LeaseRecord, over: string | undefined): Promise<string | undefined> {
  const text = recordText(record);
  const version = await store.write(text, over);
  if (version !== undefined) return version;
  const stands = await store.read();
  return stands?.text.endsWith(text) === true ? stands.version : undefined;
}

class Held implements Lease {
  private beat = 0;
  private last: Promise<unknown> = Promise.resolve();
  private lost?: DeployError;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly store: LeaseStore,
    private readonly run: DeployRun,
    private version: string,
    private readonly options: TakeOptions,
    times: LeaseTimes,
    readonly fence: number | undefined,
  ) {
    // What fails here is found out before the next step.
    this.timer = setInterval(() => void this.renew().catch(() => undefined), times.renewed);
    this.timer.unref();
  }

  renew(): Promise<void> {
    return this.inTurn(() => this.write(false));
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    await this.inTurn(() => this.write(true)).catch(() => undefined);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.last.then(work);
    this.last = next.catch(() => undefined);
    return next;
  }

  private async write(released: boolean): Promise<void> {
    if (this.lost !== undefined) throw this.lost;
    this.beat++;
    const version = await put(this.store, { run: this.run, beat: this.beat, released }, this.version);
    if (version === undefined) {
      clearInterval(this.timer);
      this.lost = leaseLost(this.options.what, await this.store.read());
      throw this.lost;
    }
    this.version = version;
  }
}

/** The same command with older files would take back what the other one has deployed. */
export const LOOK_AGAIN = 'pull what it was deployed from, look at `meissa diff`, and deploy what is still to be done';

function alreadyHeld(what: string, held: LeaseRecord | 'unknown', { age }: Stored, { runsOut }: LeaseTimes): DeployError {
  const heard = `last heard of ${seconds(age)} ago`;
  const dead = `a run that died is taken over from when it was not heard of for ${seconds(runsOut)}`;
  const [who, id] = held === 'unknown' ? ['something that is no run of this version', 'unknown'] : [whoIs(held.run), held.run.id];
  return new DeployError(
    'DEPLOYING_ALREADY',
    `${what}: ${who}, ${heard}; nothing was touched`,
    `wait until it has ended, then ${LOOK_AGAIN}; ${dead}, or at once, when you are sure that it is dead: --take-over ${id}`,
  );
}

function leaseLost(what: string, stands: Stored | undefined): DeployError {
  const record = stands && parseRecord(stands.text);
  return new DeployError(
    'LEASE_LOST',
    `${what}: ${record === undefined ? 'somebody else took over' : `${whoIs(record.run)}, and took over`}; this run changes nothing more`,
    `when that run has ended, ${LOOK_AGAIN}`,
  );
}

/** `meissa deploy of root@host (pid 4123) works since 2026-11-30T04:15:00Z`. */
export function whoIs({
  verb,
  user,
  host,
  pid,
  since,
}: Pick<DeployRun, 'user' | 'host' | 'pid' | 'since'> & { verb?: string }): string {
  return `meissa ${verb ?? 'deploy'} of ${user}@${host} (pid ${pid}) works since ${since}`;
}

const seconds = (milliseconds: number): string => `${Math.max(0, Math.round(milliseconds / 1000))} s`;
