/** Writes what FRR learned in a transit gateway's namespace into the transit tables that the attachment propagates to, as it comes and goes. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import type { TransitGateway } from '../../lib/reach/world';
import { type CloudSession, propagatesTo } from './cloud-bgp';
import { change } from './namespaces';
import { text } from './text';
import { kernelTable } from './transit';

interface KernelRoute {
  readonly dst: string;
  readonly dev?: string;
  readonly gateway?: string;
  readonly nexthops?: readonly { readonly gateway: string; readonly dev: string }[];
}

export class LearnedRoutes {
  readonly #namespace: string;
  readonly #gateway: TransitGateway;
  readonly #byDevice: ReadonlyMap<string, CloudSession>;
  readonly #monitor: ChildProcess;
  /** What stands in the tables, `<table> <range>` to the route's words. */
  #standing = new Map<string, string>();
  #working: Promise<void> = Promise.resolve();
  #asked = false;
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

  /** Resolves when everything that the kernel has told is written. */
  async settled(): Promise<void> {
    await this.#working;
    if (this.#failure !== undefined) throw this.#failure;
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
      await this.#write().catch((error: Error) => {
        // The namespace may go while this works.
        this.#failure ??= error;
      });
    });
  }

  async #write(): Promise<void> {
    const { stdout } = await promisify(execFile)('ip', [
      '-n',
      this.#namespace,
      '-j',
      'route',
      'show',
      'table',
      'main',
      'proto',
      'bgp',
    ]);
    const learned = new Map<string, string>();
    for (const route of JSON.parse(stdout || '[]') as KernelRoute[]) {
      for (const [key, words] of this.#lines(route)) learned.set(key, words);
    }
    const lines = [...learned]
      .filter(([key, words]) => this.#standing.get(key) !== words)
      .map(([, words]) => `route replace ${words}`);
    for (const key of this.#standing.keys())
      if (!learned.has(key)) lines.push(`route del ${key.split(' ')[1]} table ${key.split(' ')[0]}`);
    this.#standing = learned;
    if (lines.length > 0) await change(this.#namespace, ...lines);
  }

  #lines(route: KernelRoute): [key: string, words: string][] {
    const hops = route.nexthops ?? (route.gateway === undefined ? [] : [{ gateway: route.gateway, dev: route.dev! }]);
    const range = route.dst.includes('/') ? route.dst : `${route.dst}/32`;
    return this.#gateway.tables.flatMap((table) => {
      // A static route of the same range wins.
      if (table.routes.some((each) => text(each.destination) === range)) return [];
      const through = hops.filter((hop) => {
        const session = this.#byDevice.get(hop.dev);
        return session !== undefined && propagatesTo(this.#gateway, session.attachment).includes(table.id);
      });
      if (through.length === 0) return [];
      const number = kernelTable(this.#gateway, table.id);
      const words = through.map((hop) => `nexthop via ${hop.gateway} dev ${hop.dev} onlink`).join(' ');
      return [[`${number} ${range}`, `${range} table ${number} ${words}`]];
    });
  }
}
