/** Programs in network namespaces that send and answer: TCP by the megabyte, datagrams, by Node itself. */
import type { ChildProcess } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import { spawnInNamespace } from '../namespace-process';

const PORT = 5000;

/** Takes `push <bytes>` and that many bytes, or `pull <bytes>`, over and over; answers `done` where it has got everything. */
const SERVER = `require('net').createServer((socket) => {
  let due = 0;
  socket.on('error', () => {});
  socket.on('data', (data) => {
    for (let rest = data; rest.length > 0; ) {
      if (due === 0) {
        const end = rest.indexOf(10);
        const [what, bytes] = rest.subarray(0, end).toString().split(' ');
        rest = rest.subarray(end + 1);
        if (what === 'pull') socket.write(Buffer.alloc(Number(bytes), 1));
        else due = Number(bytes);
      } else {
        const part = Math.min(due, rest.length);
        due -= part;
        rest = rest.subarray(part);
        if (due === 0) socket.write('d');
      }
    }
  });
}).listen(${PORT}, '0.0.0.0', () => console.log('ready'));`;

const CLIENT = `const [host, port] = process.argv.slice(1);
const socket = require('net').connect({ host, port: Number(port) }, () => console.log('ready'));
let due = 0;
socket.on('error', (error) => console.log(error.code));
socket.on('data', (data) => { due -= data.length; if (due === 0) console.log('done'); });
require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const [what, bytes] = line.split(' ');
  due = what === 'pull' ? Number(bytes) : 1;
  socket.write(line + '\\n');
  if (what === 'push') socket.write(Buffer.alloc(Number(bytes), 1));
});`;

const RECEIVER = `const socket = require('dgram').createSocket('udp4');
socket.on('message', (_, { address }) => console.log(address));
socket.bind(Number(process.argv[1]), '0.0.0.0', () => console.log('ready'));`;

const SENDER = `const [from, to, ...ports] = process.argv.slice(1);
const socket = require('dgram').createSocket('udp4');
socket.on('error', () => {});
socket.bind({ address: from, exclusive: true }, () => {
  let left = ports.length * 3;
  for (const port of ports) for (let n = 0; n < 3; n++) socket.send('?', Number(port), to, () => { if (--left === 0) socket.close(); });
});`;

/** A program of this file that runs. */
class Program {
  readonly #child: ChildProcess;
  readonly #lines: Interface;
  readonly heard: string[] = [];
  #waiting: (() => void) | undefined;

  constructor(namespace: string, code: string, args: readonly string[]) {
    const options = { stdio: ['pipe', 'pipe', 'inherit'] } as const;
    this.#child = spawnInNamespace(namespace, process.execPath, ['-e', code, ...args], { ...options, stdio: [...options.stdio] });
    this.#lines = createInterface({ input: this.#child.stdout! });
    this.#lines.on('line', (line) => {
      this.heard.push(line);
      this.#waiting?.();
    });
  }

  say(line: string): void {
    this.#child.stdin!.write(`${line}\n`);
  }

  /** Whether so many lines were heard within a time, milliseconds. */
  hears(count: number, within: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => done(false), within);
      const done = (came: boolean): void => {
        clearTimeout(timer);
        this.#waiting = undefined;
        resolve(came);
      };
      this.#waiting = () => {
        if (this.heard.length >= count) done(true);
      };
      this.#waiting();
    });
  }

  get ended(): Promise<void> {
    if (this.#child.exitCode !== null) return Promise.resolve();
    return new Promise((resolve) => this.#child.once('close', () => resolve()));
  }

  stop(): Promise<void> {
    const { ended } = this;
    this.#child.kill('SIGKILL');
    return ended;
  }
}

/** Everything that one test starts. */
export class Talkers {
  readonly #programs: Program[] = [];

  async stop(): Promise<void> {
    await Promise.all(this.#programs.splice(0).map((program) => program.stop()));
  }

  /** Answers whoever connects. */
  async serve(namespace: string): Promise<void> {
    await this.#start(namespace, SERVER, []).hears(1, 10_000);
  }

  /** A connection to a server; undefined where none comes about in the time, milliseconds. */
  async connect(namespace: string, to: string, within: number, port = PORT): Promise<Connection | undefined> {
    const program = this.#start(namespace, CLIENT, [to, String(port)]);
    const came = (await program.hears(1, within)) && program.heard[0] === 'ready';
    return came ? new Connection(program) : undefined;
  }

  /** Sources of datagrams to a port, as they come. */
  async receive(namespace: string, port: number): Promise<readonly string[]> {
    const program = this.#start(namespace, RECEIVER, [String(port)]);
    await program.hears(1, 10_000);
    return program.heard;
  }

  /** Three datagrams to each port, from an own address. */
  async send(namespace: string, from: string, to: string, ...ports: number[]): Promise<void> {
    await this.#start(namespace, SENDER, [from, to, ...ports.map(String)]).ended;
  }

  #start(namespace: string, code: string, args: readonly string[]): Program {
    const program = new Program(namespace, code, args);
    this.#programs.push(program);
    return program;
  }
}

export class Connection {
  readonly #program: Program;

  constructor(program: Program) {
    this.#program = program;
  }

  /** Sends (`push`) or gets (`pull`) so many bytes; whether all of them came within a time, milliseconds. */
  moves(way: 'push' | 'pull', bytes: number, within: number): Promise<boolean> {
    const before = this.#program.heard.length;
    this.#program.say(`${way} ${bytes}`);
    return this.#program.hears(before + 1, within);
  }
}
