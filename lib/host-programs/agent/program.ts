/** The agent as a whole: sources, what sends, metrics. */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { hostPath, ROOT } from '../shared/configuration';
import { reason, say, sayOften } from '../shared/log';
import { stamp } from '../shared/steady';
import { Agent } from './agent';
import { type AgentMetrics, agentMetrics } from './agent-metrics';
import { type Checkpoint, CheckpointFile, readCheckpoint } from './checkpoint';
import type { AgentConfig } from './config';
import { Connection } from './connection';
import { containerDecoder, dockerLogs } from './containers';
import { DeadLetters } from './dead-letters';
import type { Feed } from './feed';
import { FileSource } from './file-source';
import { JournalFeed } from './journal-feed';
import { RateLimit } from './rate-limit';
import { Sender } from './sender';

/** Milliseconds between two looks at the folders. */
const SCAN_MS = 1000;
/** A file that grew so long ago is looked at with its folder only. */
const ACTIVE_MS = 60_000;
/** Without a look at the folders for so long, the agent isn't well. */
const ILL_MS = 60_000;

/** Where the host's own root is for this program. In a root of its own it is bound to a folder. */
export interface HostView {
  /** In front of every path that is read. */
  readonly prefix: string;
  readonly journalctl: readonly [string, ...string[]];
}

/** As the unit says it: with MEISSA_HOST the host's own journalctl is run in the host's root. */
export function hostView(): HostView {
  const folder = process.env.MEISSA_HOST;
  return folder === undefined
    ? { prefix: ROOT, journalctl: ['journalctl'] }
    : { prefix: folder, journalctl: ['chroot', folder, '/usr/bin/journalctl'] };
}

export class Program {
  readonly #config: AgentConfig;
  readonly #files: FileSource[];
  readonly #journals: JournalFeed[];
  readonly #deadLetters: DeadLetters;
  readonly #connections: Connection[];
  readonly #checkpoint: CheckpointFile;
  readonly #agent: Agent;
  readonly #metrics: AgentMetrics;
  #server: Server | undefined;
  #scanned = stamp();
  #unwritten = '';
  #stopped = false;
  #looking: Promise<void> = Promise.resolve();

  /** @param host name of this host */
  constructor(config: AgentConfig, host: string, view: HostView) {
    this.#config = config;
    const state = hostPath(config.state);
    const saved = readCheckpoint(state, say);
    this.#checkpoint = new CheckpointFile(state, () => this.#snapshot());
    this.#files = this.#fileSources(saved, view);
    this.#journals = this.#journalFeeds(saved, view);
    this.#deadLetters = new DeadLetters(state, config.deadLetterBytes);
    this.#connections = Array.from({ length: config.connections }, () => new Connection({ endpoints: config.endpoints }));
    this.#metrics = agentMetrics({
      unsentSince: () => this.#agent.unsentSince,
      files: this.#files,
      journals: this.#journals,
      connections: this.#connections,
      deadLetters: this.#deadLetters,
      checkpoint: this.#checkpoint,
    });
    this.#agent = new Agent({
      feeds: () => this.#feeds(),
      senders: this.#connections.map((connection) => new Sender(connection, { host, gzip: config.gzip })),
      deadLetters: this.#deadLetters,
      limit: new RateLimit(config.bytesPerSecond, stamp()),
      batchBytes: config.batchBytes,
      commit: () => this.#commit(),
      count: this.#metrics.counts,
    });
  }

  /** @throws Error where its state can't be written, or its port is taken */
  async start(): Promise<void> {
    await this.#deadLetters.measure();
    await this.#commit();
    this.#server = createServer((request, response) => {
      const ill = this.#ill();
      if (request.url === '/health') response.writeHead(ill === '' ? 200 : 503).end(`${ill}\n`);
      else if (request.url === '/metrics') response.end(this.#metrics.text());
      else response.writeHead(404).end();
    });
    await new Promise<void>((done, fail) => this.#server!.once('error', fail).listen(this.#config.metricsPort, done));
    for (const journal of this.#journals) journal.start();
    this.#agent.start();
    this.#looking = this.#look();
  }

  /** Waits for what is on its way, and no longer. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([this.#looking, this.#agent.stop(), ...this.#journals.map((journal) => journal.stop())]);
    await this.#commit();
    for (const connection of this.#connections) connection.close();
    await Promise.all(this.#files.map((source) => source.close()));
    this.#server?.close();
    this.#server?.closeAllConnections();
  }

  *#feeds(): Iterable<Feed> {
    for (const source of this.#files) yield* source.files;
    yield* this.#journals;
  }

  #snapshot(): Checkpoint {
    const cursors = this.#journals.flatMap(({ name, cursor }) => (cursor === undefined ? [] : [[name, cursor]]));
    return { files: this.#files.flatMap((source) => source.checkpoint), journals: Object.fromEntries(cursors) };
  }

  async #commit(): Promise<void> {
    try {
      await this.#checkpoint.commit();
      this.#unwritten = '';
    } catch (error) {
      this.#unwritten = `the checkpoint can't be written: ${reason(error)}`;
      throw error;
    }
  }

  #ill(): string {
    if (stamp() - this.#scanned > ILL_MS) return 'the folders were not looked at for a minute';
    return this.#unwritten;
  }

  async #look(): Promise<void> {
    let scanned = Number.NEGATIVE_INFINITY;
    while (!this.#stopped) {
      const now = stamp();
      try {
        if (now - scanned >= SCAN_MS) {
          let met = false;
          for (const source of this.#files) met = (await source.scan(now)) || met;
          // So that they are found again if they are renamed before a line of theirs was sent.
          if (met) await this.#commit();
          scanned = now;
          this.#scanned = now;
        } else {
          const active = this.#files.flatMap(({ files }) => files).filter(({ growth }) => now - growth.at < ACTIVE_MS);
          await Promise.all(active.map((file) => file.poll(now)));
        }
      } catch (error) {
        sayOften('scan', `can't look at the files: ${reason(error)}`);
      }
      this.#agent.wake();
      await sleep(Math.max(10, this.#config.batchMilliseconds / 4));
    }
  }

  #fileSources({ files: saved }: Checkpoint, { prefix }: HostView): FileSource[] {
    const { files, docker, maxLineBytes, batchBytes, batchMilliseconds, partialSeconds } = this.#config;
    const commit = (): Promise<void> => this.#commit();
    const source = (name: string, topic: string, patterns: readonly string[], isDocker: boolean): FileSource =>
      new FileSource({
        name,
        patterns: patterns.map((pattern) => `${prefix}${pattern}`),
        host: prefix,
        saved: saved.filter((each) => each.source === name),
        rotatesByNumber: isDocker,
        file: (path, reach) => ({
          ...{ topic, maxLineBytes, batchBytes, batchMilliseconds, commit },
          partialMilliseconds: isDocker ? undefined : partialSeconds * 1000,
          ...(isDocker ? { decoder: containerDecoder(path, reach, maxLineBytes, stamp) } : {}),
        }),
        log: say,
        now: stamp,
      });
    const topics = [...new Set(files.map(({ topic }) => topic))];
    return [
      ...topics.map((topic) => {
        const paths = files.filter((each) => each.topic === topic).flatMap((each) => each.paths);
        return source(`files ${topic}`, topic, paths, false);
      }),
      ...docker.map(({ topic, folder }) => source(`docker ${topic}`, topic, dockerLogs(folder), true)),
    ];
  }

  #journalFeeds({ journals }: Checkpoint, { journalctl }: HostView): JournalFeed[] {
    const { journal, batchBytes, batchMilliseconds, maxLineBytes } = this.#config;
    return journal.map(({ topic, units, fields }) => {
      // Other units are another journal: what they wrote before is wanted, too.
      const name = `journal ${topic} ${createHash('sha256').update(units.join('\n')).digest('hex').slice(0, 12)}`;
      const cursor = journals[name];
      return new JournalFeed({
        ...{ name, topic, units, fields, cursor, batchBytes, batchMilliseconds, maxLineBytes, journalctl },
        log: say,
        now: stamp,
      });
    });
  }
}
