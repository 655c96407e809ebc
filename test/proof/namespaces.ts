/** Network namespaces of one proof: made all at once, named by this process, gone with it. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { findRealPart } from '../real-parts';

/** The next hop of every port that isn't Ethernet in the cloud: a fixed neighbour entry leads it to the other end of the wire. */
export const OTHER_END = '169.254.0.1';

/** Namespaces are `<prefix>-<process id>-<which>-<n>`. */
export const PREFIX = 'mprf';
let made = 0;

export interface WireEnd {
  readonly namespace: string;
  /** Name of the device, at most 15 bytes. */
  readonly device: string;
  /** @default - that of the wire */
  readonly mtu?: number;
  /** Addresses of this end, so that the other one needs no ARP. */
  readonly addresses?: readonly string[];
}

/** Collects what shall stand, then makes it: a few processes a namespace instead of one a route. */
export class Namespaces {
  readonly #prefix = `${PREFIX}-${process.pid}-${++made}`;
  readonly #names: string[] = [];
  readonly #devices = new Map<string, string[]>();
  readonly #ups = new Map<string, string[]>();
  readonly #lines = new Map<string, string[]>();
  readonly #filters = new Map<string, string>();
  #wires = 0;

  /** @returns the name of a namespace to be made */
  add(): string {
    const name = `${this.#prefix}-${this.#names.length}`;
    this.#names.push(name);
    this.#devices.set(name, []);
    this.#ups.set(name, ['link set lo up']);
    this.#lines.set(name, []);
    return name;
  }

  get names(): readonly string[] {
    return this.#names;
  }

  /** A wire between two namespaces, both ends up. */
  wire(a: WireEnd, b: WireEnd, mtu: number): void {
    const n = ++this.#wires;
    const [macA, macB] = [mac(n, 0), mac(n, 1)];
    this.#devices
      .get(a.namespace)!
      .push(
        `link add ${a.device} address ${macA} mtu ${a.mtu ?? mtu} type veth peer name ${b.device} address ${macB} mtu ${b.mtu ?? mtu} netns ${b.namespace}`,
      );
    for (const [own, other, lladdr] of [
      [a, b, macB],
      [b, a, macA],
    ] as const) {
      const ups = this.#ups.get(own.namespace)!;
      ups.push(`link set ${own.device} up`);
      for (const address of [OTHER_END, ...(other.addresses ?? [])])
        ups.push(`neigh add ${address} lladdr ${lladdr} dev ${own.device} nud permanent`);
    }
  }

  /** A line for `ip -batch`, carried out after all wires stand. */
  ip(namespace: string, line: string): void {
    this.#lines.get(namespace)!.push(line);
  }

  /** The packet filter of a namespace. */
  filter(namespace: string, rules: string): void {
    this.#filters.set(namespace, rules);
  }

  async make(): Promise<void> {
    await run('ip', ['-batch', '-'], this.#names.map((name) => `netns add ${name}`).join('\n'));
    // Wires first, all of them: routes name devices of both ends.
    await each(
      [...this.#devices].filter(([, lines]) => lines.length > 0),
      ([name, lines]) => run('ip', ['-n', name, '-batch', '-'], lines.join('\n')),
    );
    await each([...this.#lines], ([name, lines]) =>
      run('ip', ['-n', name, '-batch', '-'], [...this.#ups.get(name)!, ...lines].join('\n')),
    );
    await each([...this.#filters], ([name, rules]) => setFilter(name, rules));
  }

  end(): void {
    removeNamespaces(this.#names);
  }
}

/** Loads rules into the packet filter of a namespace. By nsenter: `ip netns exec` mounts as well, which takes as long as nft. */
export function setFilter(namespace: string, rules: string): Promise<void> {
  return run('nsenter', [`--net=/run/netns/${namespace}`, findRealPart('nft') ?? 'nft', '-f', '-'], rules);
}

/** Changes a namespace that stands. */
export function change(namespace: string, ...lines: string[]): Promise<void> {
  return run('ip', ['-n', namespace, '-batch', '-'], lines.join('\n'));
}

/** Removes what a process left that is no more. */
export function removeStale(): void {
  const left = existsSync('/run/netns') ? readdirSync('/run/netns') : [];
  removeNamespaces(left.filter((name) => name.startsWith(`${PREFIX}-`) && !existsSync(`/proc/${name.split('-')[1]}`)));
}

/** Also when making them was cut off half-way. */
function removeNamespaces(names: readonly string[]): void {
  const standing = names.filter((name) => existsSync(`/run/netns/${name}`));
  if (standing.length === 0) return;
  execFileSync('ip', ['-force', '-batch', '-'], {
    input: standing.map((name) => `netns delete ${name}`).join('\n'),
    stdio: ['pipe', 'ignore', 'pipe'],
  });
}

async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all([worker(), worker(), worker()]);
}

/** @throws with the program's own words and the line that it stopped at */
export function run(program: string, args: readonly string[], input = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'] });
    let words = '';
    child.stderr.on('data', (data) => {
      words += data;
    });
    child.stdin.on('error', () => {});
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) {
        resolve();
        return;
      }
      const line = /Command failed -:(\d+)/.exec(words)?.[1];
      const at = line === undefined ? input : input.split('\n')[Number(line) - 1];
      reject(new Error(`${program} ${args.join(' ')}: ${words}${at}`));
    });
    child.stdin.end(input);
  });
}

const mac = (wire: number, end: number): string =>
  `02:${end.toString(16).padStart(2, '0')}:${[24, 16, 8, 0].map((shift) => ((wire >> shift) & 255).toString(16).padStart(2, '0')).join(':')}`;
