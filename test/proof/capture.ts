/** What is on a wire, as tcpdump tells it. */
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnInNamespace } from '../namespace-process';
import { findRealPart } from '../real-parts';

/** An IPv4 packet, its outermost header. */
export interface Seen {
  readonly source: string;
  readonly destination: string;
  /** As tcpdump names it: `UDP (17)`, `TCP (6)`, `IPIP (4)`, `GRE (47)`. */
  readonly protocol: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Total length of the packet, bytes. */
  readonly length: number;
  readonly flags: string;
  readonly offset: number;
}

export interface Capture {
  /** Ends and tells all that was seen. @throws when tcpdump says something that this can't read */
  stop(): Promise<Seen[]>;
}

/** Everything of IPv4 on a device of a namespace, from when this resolves on. */
export async function capture(namespace: string, device: string): Promise<Capture> {
  const program = findRealPart('tcpdump') ?? 'tcpdump';
  // Two lines a packet: its header, then addresses and ports. Debian's would change to a user of its own, which isn't here.
  const args = ['-i', device, '-Z', 'root', '-nn', '-v', '-l', '-U', 'ip'];
  const child = spawnInNamespace(namespace, program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  createInterface({ input: child.stdout! }).on('line', (line) => lines.push(line));
  await new Promise<void>((resolve, reject) => {
    let words = '';
    child.stderr!.on('data', (data) => {
      words += data;
      if (words.includes('listening on')) resolve();
    });
    child.on('exit', () => reject(new Error(`tcpdump ended: ${words}`)));
  });
  return {
    async stop() {
      await sleep(300);
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGINT');
      await ended;
      return readPackets(lines);
    },
  };
}

const HEADER = /offset (\d+), flags \[([^\]]*)\], proto (.+? \(\d+\)), length (\d+)/;
const ENDS = /^\s+(\d+\.\d+\.\d+\.\d+)(?:\.(\d+))? > (\d+\.\d+\.\d+\.\d+)(?:\.(\d+))?:/;

function readPackets(lines: readonly string[]): Seen[] {
  const packets: Seen[] = [];
  lines.forEach((line, n) => {
    const header = HEADER.exec(line);
    if (header === null) return;
    const ends = ENDS.exec(lines[n + 1] ?? '');
    if (ends === null) throw new Error(`tcpdump said: ${line} ${lines[n + 1]}`);
    packets.push({
      offset: Number(header[1]),
      flags: header[2]!,
      protocol: header[3]!,
      length: Number(header[4]),
      source: ends[1]!,
      sourcePort: Number(ends[2] ?? 0),
      destination: ends[3]!,
      destinationPort: Number(ends[4] ?? 0),
    });
  });
  return packets;
}
