/** Hosts as network namespaces on one switch: each has its planned address and a loopback of its own, so every port is the real one. */
import { execFileSync } from 'node:child_process';

export class Network {
  readonly #prefix: string;
  readonly #namespaces: string[] = [];
  readonly #switch: string;

  constructor() {
    this.#prefix = `meissa-${process.pid}-${Date.now() % 100_000}`;
    this.#switch = this.#add('switch');
    ip('-n', this.#switch, 'link', 'add', 'br0', 'type', 'bridge');
    ip('-n', this.#switch, 'link', 'set', 'br0', 'up');
  }

  /** Makes a host; returns its namespace. All addresses are of 10.0.0.0/8. */
  host(address: string): string {
    const port = `p${this.#namespaces.length}`;
    const namespace = this.#add(`h${this.#namespaces.length}`);
    ip('-n', this.#switch, 'link', 'add', port, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace);
    ip('-n', this.#switch, 'link', 'set', port, 'master', 'br0', 'up');
    ip('-n', namespace, 'address', 'add', `${address}/8`, 'dev', 'eth0');
    ip('-n', namespace, 'link', 'set', 'eth0', 'up');
    ip('-n', namespace, 'link', 'set', 'lo', 'up');
    return namespace;
  }

  end(): void {
    for (const namespace of this.#namespaces) ip('netns', 'delete', namespace);
  }

  #add(name: string): string {
    const namespace = `${this.#prefix}-${name}`;
    ip('netns', 'add', namespace);
    this.#namespaces.push(namespace);
    return namespace;
  }
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
