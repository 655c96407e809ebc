/** Regions as network namespaces that hold all addresses of their hosts, and the links between them, which can be cut and mended. */
import { execFileSync } from 'node:child_process';

export class Links {
  readonly #prefix = `meissa-c${process.pid}-${Date.now() % 100_000}`;
  readonly #namespaces: string[] = [];
  readonly #addresses = new Map<string, string>();
  readonly #switch: string;
  #links = 0;

  constructor() {
    this.#switch = this.#add('links');
  }

  /** Makes a region's namespace, with its hosts' addresses on its loopback; returns the namespace's name. */
  region(name: string, addresses: readonly string[]): string {
    const namespace = this.#add(name);
    ip('-n', namespace, 'link', 'set', 'lo', 'up');
    for (const address of addresses) ip('-n', namespace, 'address', 'add', `${address}/32`, 'dev', 'lo');
    this.#addresses.set(name, addresses[0]!);
    return namespace;
  }

  /**
   * Links two regions as a peering does. In the middle stands a bridge of its own: a cut link drops packets silently, and both
   * regions keep their routes.
   */
  join(a: string, blockOfA: string, b: string, blockOfB: string): void {
    const id = this.#links++;
    const bridge = `br${id}`;
    ip('-n', this.#switch, 'link', 'add', bridge, 'type', 'bridge');
    ip('-n', this.#switch, 'link', 'set', bridge, 'up');
    const ends = [a, b].map((name, index) => {
      const port = this.#port(a, b, index);
      const [namespace, device] = [this.#namespace(name), `to${id}`];
      ip('-n', this.#switch, 'link', 'add', port, 'type', 'veth', 'peer', 'name', device, 'netns', namespace);
      ip('-n', this.#switch, 'link', 'set', port, 'master', bridge, 'up');
      ip('-n', namespace, 'address', 'add', `169.254.${id}.${index + 1}/30`, 'dev', device);
      ip('-n', namespace, 'link', 'set', device, 'up');
      return { namespace, device };
    });
    const route = (index: 0 | 1, to: string, from: string): void => {
      const { namespace, device } = ends[index]!;
      ip('-n', namespace, 'route', 'add', to, 'via', `169.254.${id}.${2 - index}`, 'dev', device, 'src', from);
    };
    route(0, blockOfB, this.#addresses.get(a)!);
    route(1, blockOfA, this.#addresses.get(b)!);
  }

  cut(a: string, b: string): void {
    this.#set(a, b, 'down');
  }

  mend(a: string, b: string): void {
    this.#set(a, b, 'up');
  }

  end(): void {
    for (const namespace of this.#namespaces.splice(0)) ip('netns', 'delete', namespace);
  }

  #set(a: string, b: string, state: 'up' | 'down'): void {
    const [first, second] = [a, b].sort() as [string, string];
    for (const index of [0, 1]) ip('-n', this.#switch, 'link', 'set', this.#port(first, second, index), state);
  }

  /** Names of devices have at most 15 characters. */
  #port(a: string, b: string, index: number): string {
    const short = (name: string): string => name.replaceAll('-', '').slice(0, 6);
    const [first, second] = [a, b].sort() as [string, string];
    return `${short(first)}${short(second)}${index}`;
  }

  #namespace(region: string): string {
    return `${this.#prefix}-${region}`;
  }

  #add(name: string): string {
    const namespace = this.#namespace(name);
    ip('netns', 'add', namespace);
    this.#namespaces.push(namespace);
    return namespace;
  }
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
