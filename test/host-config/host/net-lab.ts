/** Network namespaces around one host whose real scripts run: a container on its bridge, and a router that is everybody else. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Question {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  /** Address to send from. @default - the kernel's choice */
  readonly from?: string;
  /** Bytes of a datagram. @default 1 */
  readonly bytes?: number;
}

/** One echo request and its reply, which need a raw socket. */
const ping = `
import socket, struct, sys
s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
s.settimeout(1)
s.connect((sys.argv[1], 0))
s.send(struct.pack('!BBHHH', 8, 0, 0xffff - 0x0800 - 0x1234 - 1, 0x1234, 1))
while s.recv(2000)[20] != 0: pass
`;

let made = 0;

/** A namespace with an agent in it (net-agent.js). */
export class Place {
  readonly namespace = `mnet-${process.pid}-${++made}`;
  #agent?: ChildProcess;
  readonly #waiting = new Map<number, (answer: unknown) => void>();
  #asked = 0;

  constructor() {
    ip('netns', 'add', this.namespace);
    this.ip('link', 'set', 'lo', 'up');
  }

  /** `ip` inside; returns what it says. */
  ip(...args: string[]): string {
    return ip('-n', this.namespace, ...args);
  }

  /** Any program inside; returns what it says. */
  run(program: string, ...args: string[]): string {
    return ip('netns', 'exec', this.namespace, program, ...args);
  }

  listen(protocol: 'tcp' | 'udp', address: string, port: number): Promise<unknown> {
    return this.#tell({ do: 'listen', protocol, address, port });
  }

  /** The address that the other one saw, `silence`, or the error's code. */
  ask(question: Question): Promise<string> {
    return this.#tell({ do: 'ask', ...question }) as Promise<string>;
  }

  /** Who came since the last time: `protocol caller>address:port`. */
  seen(): Promise<string[]> {
    return this.#tell({ do: 'seen' }) as Promise<string[]>;
  }

  ping(address: string): boolean {
    return spawnSync('ip', ['netns', 'exec', this.namespace, 'python3', '-c', ping, address]).status === 0;
  }

  /** How many fragments were made or put together here. */
  fragments(): string[] {
    const [names, values] = this.run('cat', '/proc/net/snmp')
      .split('\n')
      .filter((line) => line.startsWith('Ip:'))
      .map((line) => line.split(' '));
    return names!.flatMap((name, index) => (/^(Frag|Reasm)/.test(name) ? [`${name} ${values![index]}`] : []));
  }

  async end(): Promise<void> {
    const agent = this.#agent;
    if (agent !== undefined) {
      const gone = new Promise((done) => agent.on('close', done));
      agent.stdin!.end();
      await gone;
    }
    ip('netns', 'delete', this.namespace);
  }

  #tell(order: object): Promise<unknown> {
    this.#agent ??= this.#start();
    const id = ++this.#asked;
    this.#agent.stdin!.write(`${JSON.stringify({ id, ...order })}\n`);
    return new Promise((done) => this.#waiting.set(id, done));
  }

  #start(): ChildProcess {
    const agent = spawn('ip', ['netns', 'exec', this.namespace, process.execPath, join(__dirname, 'net-agent.js')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    createInterface({ input: agent.stdout! }).on('line', (line) => {
      const { id, answer } = JSON.parse(line);
      this.#waiting.get(id)?.(answer);
      this.#waiting.delete(id);
    });
    return agent;
  }
}

/** A wire between two places; both ends up. */
export function wire(a: Place, deviceA: string, b: Place, deviceB: string): void {
  a.ip('link', 'add', deviceA, 'type', 'veth', 'peer', 'name', deviceB, 'netns', b.namespace);
  a.ip('link', 'set', deviceA, 'mtu', '9001', 'up');
  b.ip('link', 'set', deviceB, 'mtu', '9001', 'up');
}

function ip(...args: string[]): string {
  return execFileSync('ip', args, { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
}
