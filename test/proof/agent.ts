/** The process that sends and answers packets in every namespace of a proof: agent.py, spoken to in lines of JSON. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Where packets come from and go to. */
export interface Station {
  readonly id: string;
  readonly namespace: string;
  readonly address: string;
}

export interface Probe {
  readonly from: string;
  readonly to: string;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  /** What is waited for; what is not expected has a grace to come all the same. */
  readonly expect: boolean;
  /** Payload of a UDP probe, bytes. @default 4 */
  readonly bytes?: number;
}

/** A packet of a size, bytes of IP. */
export interface SizeProbe {
  readonly from: string;
  readonly to: string;
  readonly protocol: 'udp' | 'icmp';
  /** Of UDP. */
  readonly port: number;
  readonly size: number;
  /** That it comes, or that its sender is told: what is waited for. */
  readonly expect: boolean;
  readonly told: boolean;
}

export interface Transfer {
  readonly from: string;
  readonly to: string;
  readonly port: number;
}

/** After everything expected came, so long the rest may still come, seconds. Packets of one machine take microseconds. */
const GRACE = 0.12;
const DEADLINE = 2.5;

/** At once: each TCP probe is a socket, and a process has only so many files. */
const MOST_PROBES = 6_000;

export class Agent {
  readonly #child: ChildProcess;
  readonly #waiting: { readonly resolve: (answer: never) => void; readonly reject: (error: Error) => void }[] = [];
  #words = '';
  #round = 0;

  constructor() {
    // It dies with the tests, however they end.
    this.#child = spawn('setpriv', ['--pdeathsig', 'KILL', 'python3', join(__dirname, 'agent.py')], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    createInterface({ input: this.#child.stdout! }).on('line', (line) => {
      const answer = JSON.parse(line) as { error?: string };
      const waiting = this.#waiting.shift()!;
      if (answer.error === undefined) waiting.resolve(answer as never);
      else waiting.reject(new Error(`agent.py: ${answer.error}`));
    });
    this.#child.stderr!.on('data', (data) => {
      this.#words += data;
    });
    this.#child.on('exit', () => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error(`agent.py ended: ${this.#words}`));
    });
    this.#child.stdin!.on('error', () => {});
  }

  /** Settings below net.ipv4, by namespace. */
  async sysctl(settings: Readonly<Record<string, Readonly<Record<string, number | string>>>>): Promise<void> {
    await this.#ask('sysctl', { settings });
  }

  async open(endpoints: readonly Station[]): Promise<void> {
    await this.#ask('open', { endpoints });
  }

  /** Closes all sockets, so that their namespaces can go. */
  async close(): Promise<void> {
    await this.#ask('close', {});
  }

  /** Whether each probe's answer came back: a UDP packet there and its echo, or a TCP connection. */
  async probe(probes: readonly Probe[], deadline = DEADLINE): Promise<boolean[]> {
    const answered: boolean[] = [];
    for (let first = 0; first < probes.length; first += MOST_PROBES) {
      const some = probes.slice(first, first + MOST_PROBES);
      const asked = { probes: some, grace: GRACE, deadline, round: this.#nextRound() };
      const came = new Set((await this.#ask<{ came: number[] }>('probe', asked)).came);
      answered.push(...some.map((_, n) => came.has(n)));
    }
    return answered;
  }

  /** Which packets came back, of those that nobody may cut, and whose senders were told that theirs is too large. */
  async sizes(probes: readonly SizeProbe[], deadline = DEADLINE): Promise<{ readonly came: boolean; readonly told: boolean }[]> {
    const { came, told } = await this.#ask<{ came: number[]; told: number[] }>('sizes', { probes, grace: GRACE, deadline });
    const [back, heard] = [new Set(came), new Set(told)];
    return probes.map((_, n) => ({ came: back.has(n), told: heard.has(n) }));
  }

  /** Which TCP connections carried so many bytes there, and then back. */
  async transfer(probes: readonly Transfer[], bytes = 200_000, deadline = 1): Promise<boolean[]> {
    const came = new Set((await this.#ask<{ came: number[] }>('transfer', { probes, bytes, deadline })).came);
    return probes.map((_, n) => came.has(n));
  }

  /** A UDP probe every `interval` seconds: when each was sent, in seconds, and whether it came back. */
  async watch(options: {
    readonly from: string;
    readonly to: string;
    readonly port: number;
    readonly interval: number;
    readonly steady: number;
    readonly deadline: number;
  }): Promise<[at: number, came: boolean][]> {
    return (await this.#ask<{ sent: [number, boolean][] }>('watch', { ...options, round: this.#nextRound() })).sent;
  }

  end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      this.#child.once('exit', () => resolve());
      this.#child.stdin!.end();
    });
  }

  /** UDP probes of each round have a source port of their own: no router remembers what it let through in the last one. */
  #nextRound(): number {
    this.#round = (this.#round + 1) % 10_000;
    return this.#round;
  }

  #ask<T>(command: string, rest: object): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ resolve: resolve as (answer: never) => void, reject });
      this.#child.stdin!.write(`${JSON.stringify({ do: command, ...rest })}\n`);
    });
  }
}
