/** Numbered lines that enter at every region's front ends, and what of them arrives in the central region. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from '../../hosts/eventually';
import { end } from '../../hosts/unit-host';
import type { World } from '../world/world';

export interface TrafficOptions {
  readonly topic: string;
  /** Lines a second and region. */
  readonly rate: number;
  readonly bytes: number;
}

/** What became of the lines of a stretch of time. */
export interface Tally {
  readonly acknowledged: number;
  readonly lost: number;
  /** Lines that arrived more often than once. */
  readonly duplicates: number;
  /** Of those, lines whose copies all have one key: what reading by key removes. */
  readonly removable: number;
  /** Milliseconds from the first attempt of sending to the arrival, over lines that arrived in this stretch. */
  readonly delay: { readonly p50: number; readonly p99: number; readonly most: number };
}

interface Arrival {
  times: number;
  readonly keys: Set<string>;
  readonly delay: number;
}

/** One region's lines. Numbers begin at 1 and have no gaps. */
class Flow {
  readonly acknowledged = new Set<number>();
  readonly arrived = new Map<number, Arrival>();
}

export class Traffic {
  readonly #world: World;
  readonly #options: TrafficOptions;
  readonly #flows = new Map<string, Flow>();
  readonly #senders: ChildProcess[] = [];
  #arrivals: { region: string; number: number }[] = [];
  #strange = 0;

  constructor(world: World, options: TrafficOptions) {
    this.#world = world;
    this.#options = options;
    for (const { name } of world.regions) this.#flows.set(name, new Flow());
  }

  /** Begins to send and to read. */
  start(): void {
    this.#read();
    for (const { name } of this.#world.regions) this.#send(name);
  }

  /** Ends the senders when all that they sent is acknowledged. */
  async stop(): Promise<void> {
    await Promise.all(this.#senders.map((sender) => end(sender, 'SIGTERM')));
  }

  get acknowledged(): number {
    return [...this.#flows.values()].reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
  }

  /**
   * Waits until every line that is acknowledged by now has arrived; what is missing after `seconds` is lost. Tells of the
   * lines since the last call.
   */
  async settle(seconds: number): Promise<Tally> {
    const asked = [...this.#flows.values()].map((flow) => ({ flow, numbers: [...flow.acknowledged] }));
    const missing = (): number =>
      asked.reduce((sum, { flow, numbers }) => sum + numbers.filter((n) => !flow.arrived.has(n)).length, 0);
    await eventually(() => missing() === 0, 'every acknowledged line has arrived', seconds).catch(() => undefined);
    const here = this.#arrivals.splice(0).map(({ region, number }) => this.#flows.get(region)!.arrived.get(number)!);
    const delays = here.map(({ delay }) => delay).sort((a, b) => a - b);
    const at = (part: number): number => delays[Math.min(delays.length - 1, Math.floor(delays.length * part))] ?? 0;
    const copied = here.filter(({ times }) => times > 1);
    return {
      acknowledged: here.length,
      lost: missing(),
      duplicates: copied.length,
      removable: copied.filter(({ keys }) => keys.size === 1).length,
      delay: { p50: at(0.5), p99: at(0.99), most: at(1) },
    };
  }

  /** Lines that nobody sent. */
  get strange(): number {
    return this.#strange;
  }

  #send(region: string): void {
    const { topic, rate, bytes } = this.#options;
    const { namespace, members } = {
      namespace: this.#world.region(region).namespace,
      members: this.#world.region(region).members('front-ends'),
    };
    const endpoints = members.map(({ address }) => `${address}:8080`);
    const args = [process.execPath, join(__dirname, 'sender.cjs'), region, topic, `${rate}`, `${bytes}`, ...endpoints];
    const sender = spawn('ip', ['netns', 'exec', namespace, ...args], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    this.#senders.push(this.#world.watch(sender));
    const { acknowledged } = this.#flows.get(region)!;
    createInterface({ input: sender.stdout! }).on('line', (line) => {
      const [, first, last] = line.split(' ').map(Number);
      for (let n = first!; n <= last!; n++) acknowledged.add(n);
    });
  }

  /** All topics of that name in the central cluster, from their beginning; a member of a group sees topics that come later. */
  #read(): void {
    const { topic } = this.#options;
    const settings = ['auto.offset.reset=earliest', 'topic.metadata.refresh.interval.ms=2000', 'isolation.level=read_committed'];
    const args = [
      '-G',
      `faults-${process.pid}`,
      `^(.*[.])?${topic}$`,
      '-u',
      '-f',
      '%k %s\n',
      ...settings.flatMap((s) => ['-X', s]),
    ];
    const reader = this.#world.kcatProcess(this.#world.estate.central!, args);
    reader.stderr!.resume();
    createInterface({ input: reader.stdout! }).on('line', (line) => this.#arrive(line));
  }

  #arrive(line: string): void {
    const [key = '', region = '', number = '', at = ''] = line.split(' ', 4);
    const flow = this.#flows.get(region);
    if (flow === undefined) {
      this.#strange++;
      return;
    }
    const n = Number(number);
    const known = flow.arrived.get(n);
    if (known !== undefined) {
      known.times++;
      known.keys.add(key);
      return;
    }
    flow.arrived.set(n, { times: 1, keys: new Set([key]), delay: Date.now() - Number(at) });
    this.#arrivals.push({ region, number: n });
  }
}
