/** One run of a verb that changes what stands: who it is, and a name of it that the clouds take. */
import { createHash, randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import { type Life, lifeOf, ownIdentity, type ProcessIdentity } from '../../disk/process-identity';

export interface DeployRun extends Pick<ProcessIdentity, 'pid' | 'host'> {
  /** `20261130T041500Z-4123-1f0c9a5e77b2`: time, pid, machine and pid namespace, chance. */
  readonly id: string;
  /** `deploy`, `destroy`, `etcd replace`. */
  readonly verb: string;
  readonly user: string;
  /** ISO time at which it began. */
  readonly since: string;
  /** Digest of machine, pid namespace and boot: a machine's id is nobody else's business. Empty where the platform does not tell. */
  readonly space: string;
  /** The process's start, clock ticks after the boot. */
  readonly start: string;
}

/** Letters and digits of a machine's pid namespace in a run's id: enough to tell those of one estate's people apart. */
const SPACE_DIGITS = 8;

export function newRun(verb: string): DeployRun {
  const identity = ownIdentity();
  const since = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const chance = randomBytes(2).toString('hex');
  const id = `${since.replace(/[-:]/g, '')}-${identity.pid}-${spaceOf(identity)}${chance}`;
  const { pid, host, start } = identity;
  return { id, pid, host, verb, user: userName(), since, space: machineOf(identity), start: start.split('/')[1] ?? '' };
}

function userName(): string {
  try {
    return userInfo().username.replace(/[^\w.-]/g, '_') || 'unknown';
  } catch {
    // A user without an entry (a container's).
    return 'unknown';
  }
}

function spaceOf(identity: ProcessIdentity): string {
  return digest(`${identity.host}\n${machineOf(identity)}`).slice(0, SPACE_DIGITS);
}

/** What a change set's name says of the run that made it. */
export type NamedRun = Pick<DeployRun, 'id' | 'user' | 'host' | 'pid' | 'since'>;

const NAME = /^meissa-((\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-(\d{1,10})-[0-9a-f]{12})-([0-9a-z]{1,20})-([0-9A-Za-z-]{1,63})$/;

/**
 * Letters, digits and hyphens, at most 128, a letter first (CloudFormation, "CreateChangeSet": ChangeSetName). User and host only as far
 * as these go.
 */
export function changeSetName({ id, user, host }: DeployRun): string {
  const plain =
    user
      .toLowerCase()
      .replace(/[^0-9a-z]/g, '')
      .slice(0, 20) || 'unknown';
  return `meissa-${id}-${plain}-${host.replace(/[^0-9A-Za-z-]/g, '-').slice(0, 63)}`;
}

/** Undefined for names of others: the CDK CLI's, a person's. */
export function runOfChangeSet(name: string): NamedRun | undefined {
  const [, id, year, month, day, hour, minute, second, pid, user, host] = NAME.exec(name) ?? [];
  if (id === undefined) return undefined;
  return { id, user: user!, host: host!, pid: Number(pid), since: `${year}-${month}-${day}T${hour}:${minute}:${second}Z` };
}

/** Whether a run that is only known by its name lives, as far as it can be told from here. A pid that was given again counts as life. */
export function lifeOfNamed({ id, pid }: NamedRun): Life {
  if (machineOf(ownIdentity()) === '' || !id.split('-')[2]!.startsWith(spaceOf(ownIdentity()))) return 'elsewhere';
  return runs(pid) ? 'lives' : 'gone';
}

/**
 * Whether a run lives. Only one of this boot of this machine can be known to be gone: hosts' names, machine ids of images and numbers of
 * namespaces are the same in many places, a boot's id is not.
 */
export function lifeOfRun({ pid, space, start }: Pick<DeployRun, 'pid' | 'space' | 'start'>): Life {
  const here = ownIdentity();
  if (space === '' || space !== machineOf(here)) return 'elsewhere';
  return lifeOf({ ...here, pid, start: `${here.start.split('/')[0]}/${start}` });
}

/** Of machine, pid namespace and boot. Empty where the platform does not tell. */
function machineOf({ space, start }: ProcessIdentity): string {
  const boot = start.split('/')[0]!;
  return space === '' || boot === '' ? '' : digest(`${space}\n${boot}`);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and is another user's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
