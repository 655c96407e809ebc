/** Writes what FRR learned in a transit gateway's namespace into the transit tables that the attachment propagates to, as it comes and goes. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { TransitGateway } from '../../lib/reach/world';
import { type CloudSession, propagatesTo } from './cloud-bgp';
import { change } from './namespaces';
import { text } from './text';
import { kernelTable } from './transit';

const MOST_TRIES = 10;

/** So many looks in a row must find nothing new. */
const QUIET = 3;

interface KernelRoute {
  readonly dst: string;
  readonly dev?: string;
  readonly gateway?: string;
  readonly nexthops?: readonly Hop[];
}

export class LearnedRoutes {
  readonly #namespace: string;
  readonly #gateway: TransitGateway;
  readonly #byDevice: ReadonlyMap<string, CloudSession>;
  readonly #monitor: ChildProcess;
  #working: Promise<void> = Promise.resolve();
  #asked = false;
  /** How many routes were written or taken away. */
  #written = 0;
  #failure: Error | undefined;

  constructor(namespace: string, gateway: TransitGateway, sessions: readonly CloudSession[]) {
    this.#namespace = namespace;
    this.#gateway = gateway;
    this.#byDevice = new Map(sessions.map((session) => [session.device, session]));
    this.#monitor = spawn('setpriv', ['--pdeathsig', 'KILL', 'ip', '-n', namespace, 'monitor', 'route'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#monitor.stdout!.on('data', () => this.#ask());
    this.#ask();
  }

  /** Resolves when everything that the kernel knows is written: it tells of a route a while after FRR has it, on a busy machine. */
  async settled(): Promise<void> {
    for (let quiet = 0; quiet < QUIET; ) {
      const before = this.#written;
      this.#ask();
      await this.#working;
      if (this.#failure !== undefined) throw this.#failure;
      quiet = this.#written === before ? quiet + 1 : 0;
      if (quiet < QUIET) await sleep(50);
    }
  }

  async end(): Promise<void> {
    this.#monitor.kill();
    await this.#working;
  }

  #ask(): void {
    if (this.#asked) return;
    this.#asked = true;
    this.#working = this.#working.then(async () => {
      this.#asked = false;
      await this.#writeAgain().catch((error: Error) => {
        this.#failure ??= error;
      });
    });
  }

  /** A device may go down between the look and the writing: the next look tells so. */
  async #writeAgain(): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await this.#write();
        return;
      } catch (error) {
        if (tries === MOST_TRIES) throw error;
        await sleep(50);
      }
    }
  }

  async #write(): Promise<void> {
    const learned = new Map<string, string>();
    for (const route of await this.#show('main', 'bgp')) {
      for (const [key, words] of this.#wanted(route)) learned.set(key, words);
    }
    // What stands is asked each time: the kernel takes routes away itself when a device goes down.
    const standing = new Map<string, string>();
    for (const table of this.#gateway.tables) {
      const number = kernelTable(this.#gateway, table.id);
      for (const route of await this.#show(String(number), OWN))
        standing.set(`${number} ${rangeOf(route)}`, hopWords(hopsOf(route)));
    }
    const lines = [...learned]
      .filter(([key, words]) => standing.get(key) !== words)
      .map(([key, words]) => `route replace ${key.split(' ')[1]} table ${key.split(' ')[0]} proto ${OWN} ${words}`);
    for (const key of standing.keys())
      if (!learned.has(key)) lines.push(`route flush exact ${key.split(' ')[1]} table ${key.split(' ')[0]} proto ${OWN}`);
    if (lines.length > 0) await change(this.#namespace, ...lines);
    this.#written += lines.length;
  }

  async #show(table: string, protocol: string): Promise<KernelRoute[]> {
    const args = ['-n', this.#namespace, '-j', 'route', 'show', 'table', table, 'proto', protocol];
    try {
      const { stdout } = await promisify(execFile)('ip', args);
      return JSON.parse(stdout || '[]') as KernelRoute[];
    } catch (error) {
      // A table that never had a route is none.
      if (/FIB table does not exist/.test((error as Error).message)) return [];
      throw error;
    }
  }

  /** Routes that a learned one becomes: one a table that its attachment propagates to. */
  #wanted(route: KernelRoute): [key: string, words: string][] {
    const range = rangeOf(route);
    return this.#gateway.tables.flatMap((table): [string, string][] => {
      // A static route of the same range wins.
      if (table.routes.some((each) => text(each.destination) === range)) return [];
      const through = hopsOf(route).filter((hop) => {
        const session = this.#byDevice.get(hop.dev);
        return session !== undefined && propagatesTo(this.#gateway, session.attachment).includes(table.id);
      });
      return through.length === 0 ? [] : [[`${kernelTable(this.#gateway, table.id)} ${range}`, hopWords(through)]];
    });
  }
}

/** Routing protocol that marks what this writes. */
const OWN = '99';

interface Hop {
  readonly gateway: string;
  readonly dev: string;
}

const rangeOf = ({ dst }: KernelRoute): string => (dst.includes('/') ? dst : `${dst}/32`);

const hopsOf = ({ nexthops, gateway, dev }: KernelRoute): readonly Hop[] =>
  nexthops ?? (gateway === undefined ? [] : [{ gateway, dev: dev! }]);

const hopWords = (hops: readonly Hop[]): string =>
  hops
    .map((hop) => `nexthop via ${hop.gateway} dev ${hop.dev} onlink`)
    .sort()
    .join(' ');
