/** The real program, bundled as hosts have it, on a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DISK } from '../../../lib/host-programs/front-end/spool/files';
import { SegmentReader } from '../../../lib/host-programs/front-end/spool/reader';
import { listSegments } from '../../../lib/host-programs/front-end/spool/segment';
import { eventually } from '../../hosts/eventually';
import { ROOT } from '../../root';

export const PROGRAM = join(ROOT, 'dist/host-programs/front-end.js');

export interface FrontEndOptions {
  /** @default - a port where nobody listens: brokers are away */
  readonly bootstrap?: string;
  readonly topics?: readonly string[];
  readonly spool?: Record<string, unknown>;
  readonly kafka?: Record<string, unknown>;
  readonly stop?: Record<string, unknown>;
  readonly http?: Record<string, unknown>;
  /** Of requests. @default - the program's own */
  readonly memoryBytes?: number;
  /** @default - one of its own below the temporary folder */
  readonly root?: string;
}

export class FrontEnd {
  child: ChildProcess | undefined;

  private constructor(
    readonly root: string,
    readonly ports: { http: number; relp: number; syslog: number; metrics: number },
  ) {}

  static async make(options: FrontEndOptions = {}): Promise<FrontEnd> {
    const root = options.root ?? mkdtempSync(join(tmpdir(), 'front-end-'));
    const [http, relp, syslog, metrics, nobody] = await freePorts(5);
    const frontEnd = new FrontEnd(root, { http: http!, relp: relp!, syslog: syslog!, metrics: metrics! });
    mkdirSync(join(root, 'run/meissa'), { recursive: true });
    writeFileSync(join(root, 'run/meissa/host.env'), 'MEISSA_NAME=fe-1\n');
    writeFileSync(
      join(root, 'front-end.json'),
      JSON.stringify({
        region: 'here',
        listen: '127.0.0.1',
        topics: (options.topics ?? ['logs']).map((name) => ({ name })),
        spool: { folder: '/spool', whenFull: 'refuse', sharePercent: 90, ...options.spool },
        kafka: { bootstrap: options.bootstrap ?? `127.0.0.1:${nobody}`, compression: 'lz4', ...options.kafka },
        http: { port: http, ...options.http },
        ...(options.memoryBytes !== undefined && { memoryBytes: options.memoryBytes }),
        relp: { port: relp },
        syslog: { tcpPort: syslog, udpPort: syslog },
        metrics: { port: metrics },
        heartbeat: { seconds: 1 },
        stop: { leaveSeconds: 0, forwardSeconds: 0, ...options.stop },
      }),
    );
    return frontEnd;
  }

  /** Returns when it is well. */
  async start(): Promise<void> {
    this.spawn();
    await eventually(async () => (await this.get('/health')).status === 200, 'the front end is well');
  }

  /** @param more environment */
  spawn(more: Readonly<Record<string, string>> = {}): ChildProcess {
    const log = openSync(join(this.root, 'log'), 'a');
    this.child = spawn('setpriv', ['--pdeathsig', 'KILL', process.execPath, PROGRAM, '/front-end.json'], {
      env: { ...process.env, MEISSA_ROOT: this.root, ...more },
      stdio: ['ignore', log, log],
    });
    return this.child;
  }

  /** Ends it by a signal. @returns its exit code; null where the signal ended it */
  async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    const { child } = this;
    this.child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    child.kill(signal);
    return exited(child);
  }

  async remove(): Promise<void> {
    await this.end();
    rmSync(this.root, { recursive: true, force: true });
  }

  get url(): string {
    return `http://127.0.0.1:${this.ports.http}`;
  }

  get log(): string {
    return readFileSync(join(this.root, 'log'), 'utf8');
  }

  async get(path: string): Promise<{ status: number; text: string }> {
    try {
      const response = await fetch(`${this.url}${path}`);
      return { status: response.status, text: await response.text() };
    } catch {
      return { status: 0, text: '' };
    }
  }

  async post(topic: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}/lines/${topic}`, { method: 'POST', body, headers });
  }

  /** All metrics, as Prometheus reads them. */
  async metrics(): Promise<string> {
    return (await fetch(`http://127.0.0.1:${this.ports.metrics}/metrics`)).text();
  }

  /** A metric's value, with its labels or without; of the first line where labels aren't said. */
  async metric(name: string): Promise<number> {
    const text = await this.metrics();
    const line = text.split('\n').find((each) => each.startsWith(`${name} `) || each.startsWith(`${name}{`));
    return line === undefined ? Number.NaN : Number(line.slice(line.lastIndexOf(' ') + 1));
  }

  /** Lines of a topic in the spool, in order. */
  async spooled(topic = 'logs'): Promise<string[]> {
    return (await spooledFrames(join(this.root, 'spool'))).flatMap((frame) =>
      frame.topic === topic ? frame.body.toString('latin1').split('\n').slice(0, -1) : [],
    );
  }
}

export async function spooledFrames(folder: string) {
  const frames = [];
  for (const segment of await listSegments(DISK, folder)) {
    const reader = await SegmentReader.open(DISK, segment);
    for (let read = await reader.next(); read !== undefined; read = await reader.next()) frames.push(read.frame);
    await reader.close();
  }
  return frames;
}

export function exited(child: ChildProcess): Promise<number | null> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done(child.exitCode);
    child.once('exit', (code) => done(code));
  });
}

/** Ports where nobody listens at this moment. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((done) => server.listen(0, '127.0.0.1', () => done((server.address() as { port: number }).port))),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
