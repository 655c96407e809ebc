/**
 * Which process on which machine: enough to say later whether it still lives. A pid alone doesn't do: pids are given again, and mean
 * something else on another machine or in another pid namespace (a container with the host's name).
 */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { errorCode } from './disk-refusal';

export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Where pids mean the same: machine and pid namespace. Empty where the platform doesn't tell. */
  readonly space: string;
  /** Boot and the process's start in clock ticks after it. Empty where the platform doesn't tell. Source: proc_pid_stat(5), starttime. */
  readonly start: string;
}

let own: ProcessIdentity | undefined;

/** This process. */
export function ownIdentity(): ProcessIdentity {
  own ??= { pid: process.pid, host: hostname().replace(/[^\w.-]/g, '_'), space: space(), start: startOf(process.pid) ?? '' };
  return own;
}

/** `elsewhere`: it can't be known from here. */
export type Life = 'lives' | 'gone' | 'elsewhere';

export function lifeOf(process_: ProcessIdentity): Life {
  const here = ownIdentity();
  if (process_.host !== here.host || process_.space !== here.space) return 'elsewhere';
  // The same machine after a boot: nothing of before lives.
  if (bootOf(process_.start) !== bootOf(here.start)) return 'gone';
  if (!isRunning(process_.pid)) return 'gone';
  const start = startOf(process_.pid);
  return start === undefined || start === process_.start ? 'lives' : 'gone';
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and is another user's.
    return errorCode(error) !== 'ESRCH';
  }
}

/** Undefined where it isn't told: another platform, or another user's process where those are hidden. */
function startOf(pid: number): string | undefined {
  const stat = text(`/proc/${pid}/stat`);
  if (stat === '') return undefined;
  // The program's name stands in brackets and may hold any character.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended; only its parent doesn't know yet.
  if (fields[0] === 'Z' || fields[0] === 'X') return 'ended';
  return `${text('/proc/sys/kernel/random/boot_id')}/${fields[19]}`;
}

function bootOf(start: string): string {
  return start.split('/')[0]!;
}

function space(): string {
  if (process.platform !== 'linux') return '';
  try {
    return `${text('/etc/machine-id')}/${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
