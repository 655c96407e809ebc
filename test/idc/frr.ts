/** The real FRR as the router of one network namespace: zebra, staticd, bgpd and bfdd with their sockets in a folder of their own. */
import { type ChildProcess, spawnSync } from 'node:child_process';
import { chmodSync, closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnInNamespace } from '../namespace-process';
import { findRealPart } from '../real-parts';

/** Programs that tests with FRR need, as `describeWithRealParts` names them. */
export const FRR_PROGRAMS = ['frr-zebra', 'frr-staticd', 'frr-bgpd', 'frr-bfdd', 'frr-vtysh'] as const;

/** Zebra first: the others come up by asking it. */
const DAEMONS = ['zebra', 'staticd', 'bgpd', 'bfdd'] as const;
export type Daemon = (typeof DAEMONS)[number];

export interface Frr {
  readonly namespace: string;
  /** Folder of the daemons' sockets. */
  readonly sockets: string;
  /** Process id of a daemon, to kill or pause it. */
  pid(daemon: Daemon): number;
  /** Where the daemons have their sockets and process ids, as `/run/frr` elsewhere. */
  readonly folder: string;
  /** What a person would type at the router; several commands run one after another (`configure`, `router bgp 65010`, ...). */
  vtysh(...commands: string[]): string;
  /** The answer of a `show ... json`. */
  json<T>(command: string): T;
  /** Log of all daemons so far. */
  log(): string;
  /** Ends the daemons and takes their folder away. Routes that they wrote go with the namespace. */
  stop(): Promise<void>;
}

/** Sessions of BFD that are up. They come up after BGP's, and until then only the hold time ends a session of BGP. */
export function bfdSessions(frr: Frr): number {
  return frr.json<readonly { readonly status: string }[]>('show bfd peers json').filter(({ status }) => status === 'up').length;
}

/**
 * Starts FRR's daemons in a namespace and gives them the configuration as Debian's service does (`vtysh -b`).
 *
 * @param config text of frr.conf
 * @throws when a daemon doesn't come up or a line isn't understood, with FRR's own words
 */
export async function startFrr(namespace: string, config: string): Promise<Frr> {
  // Short: the path of a socket has at most 108 bytes.
  const folder = mkdtempSync(join(tmpdir(), 'frr-'));
  chmodSync(folder, 0o755);
  const log = join(folder, 'log');
  writeFileSync(log, '');
  writeFileSync(join(folder, 'vtysh.conf'), 'service integrated-vtysh-config\n');
  writeFileSync(join(folder, 'frr.conf'), config);
  writeFileSync(join(folder, 'none.conf'), '');
  const children = new Map<Daemon, ChildProcess>();
  const vtysh = (...args: string[]): string => run('frr-vtysh', ['--vty_socket', folder, '--config_dir', folder, ...args]);

  const stop = async (): Promise<void> => {
    await Promise.all([...children.values()].map(end));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (const daemon of DAEMONS) {
      children.set(daemon, start(daemon, namespace, folder, log));
      await until(
        () => existsSync(join(folder, daemon === 'zebra' ? 'zserv' : `${daemon}.vty`)),
        `${daemon} to come up`,
        () => readFileSync(log, 'utf8'),
      );
    }
    vtysh('-b');
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    namespace,
    sockets: folder,
    pid: (daemon) => children.get(daemon)!.pid!,
    folder,
    vtysh: (...commands) => vtysh(...commands.flatMap((c) => ['-c', c])),
    json: <T>(command: string): T => JSON.parse(vtysh('-c', command)) as T,
    log: () => readFileSync(log, 'utf8'),
    stop,
  };
}

/** What `vtysh -C` says of a configuration; empty: every line is understood. */
export function checkFrrConfig(config: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'frr-'));
  try {
    writeFileSync(join(folder, 'vtysh.conf'), 'service integrated-vtysh-config\n');
    writeFileSync(join(folder, 'frr.conf'), config);
    return run('frr-vtysh', ['--config_dir', folder, '-C', '-f', join(folder, 'frr.conf')]).trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits until something holds; throws with what it waited for, and more words, after `seconds`. */
export async function until(holds: () => boolean, what: string, words: () => string = () => '', seconds = 20): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s for ${what}\n${words()}`.trimEnd());
    await sleep(20);
  }
}

function start(daemon: Daemon, namespace: string, folder: string, log: string): ChildProcess {
  const options: Record<Daemon, string[]> = {
    zebra: [],
    staticd: [],
    bgpd: ['-p', '179'],
    bfdd: ['--bfdctl', join(folder, 'bfdctl')],
  };
  const program = findRealPart(`frr-${daemon}`);
  if (program === undefined) throw new Error(`frr-${daemon} is not installed: run scripts/real-parts`);
  const files = [
    '-i',
    join(folder, `${daemon}.pid`),
    '-z',
    join(folder, 'zserv'),
    '--vty_socket',
    folder,
    '-f',
    join(folder, 'none.conf'),
  ];
  const out = openSync(log, 'a');
  // Each wrapper replaces itself: the process here is the daemon.
  const args = [...files, '-P', '0', '--log', 'stdout', ...options[daemon]];
  const child = spawnInNamespace(namespace, program, args, { stdio: ['ignore', out, out] });
  closeSync(out);
  child.unref();
  return child;
}

function run(program: string, args: readonly string[]): string {
  const path = findRealPart(program);
  if (path === undefined) throw new Error(`${program} is not installed: run scripts/real-parts`);
  const { status, stdout, stderr } = spawnSync(path, args, { encoding: 'utf8', timeout: 20_000 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`);
  return `${stdout}${stderr}`;
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
