/** One Kafka, broker and controller in one, plain text: what a program is tried against that only needs a Kafka. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../hosts/eventually';
import { exited, freePorts } from './front-end/front-end';

const JAVA = ['-Xmx320m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

export class KafkaNode {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly java: string,
    private readonly folder: string,
    readonly port: number,
  ) {}

  /** Starts a new one. @param java path of kafka-java */
  static async start(java: string): Promise<KafkaNode> {
    const folder = mkdtempSync(join(tmpdir(), 'kafka-'));
    const [port, controller] = await freePorts(2);
    const node = new KafkaNode(java, folder, port!);
    const properties = {
      'process.roles': 'broker,controller',
      'node.id': 1,
      'controller.quorum.voters': `1@127.0.0.1:${controller}`,
      listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
      'controller.listener.names': 'CONTROLLER',
      'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      'log.dirs': join(folder, 'data'),
      'offsets.topic.replication.factor': 1,
      'auto.create.topics.enable': false,
    };
    const lines = Object.entries(properties).map(([key, value]) => `${key}=${value}\n`);
    writeFileSync(join(folder, 'server.properties'), lines.join(''));
    node.run('kafka.tools.StorageTool', 'format', '-t', 'AAAAAAAAAAAAAAAAAAAAAQ', '-c', join(folder, 'server.properties'));
    await node.begin();
    return node;
  }

  get bootstrap(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Starts it again on the same data. */
  async begin(): Promise<void> {
    const log = openSync(join(this.folder, 'log'), 'a');
    this.child = spawn(
      'setpriv',
      ['--pdeathsig', 'KILL', this.java, ...JAVA, 'kafka.Kafka', join(this.folder, 'server.properties')],
      { stdio: ['ignore', log, log] },
    );
    await eventually(() => this.answers(), 'Kafka listens', 60);
  }

  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    child?.kill('SIGKILL');
    if (child !== undefined) await exited(child);
  }

  /** SIGSTOP: it hangs, and its connections stay open. */
  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  createTopic(name: string, partitions: number): void {
    const args = ['--bootstrap-server', this.bootstrap, '--create', '--topic', name, '--partitions', String(partitions)];
    this.run('org.apache.kafka.tools.TopicCommand', ...args);
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private run(main: string, ...args: string[]): void {
    const { status, stdout, stderr } = spawnSync(this.java, [...JAVA, main, ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${main} ended with ${status}\n${stdout}${stderr}`);
  }

  private answers(): Promise<boolean> {
    return new Promise((done) => {
      const socket = createConnection(this.port, '127.0.0.1');
      socket.once('connect', () => done(true)).once('error', () => done(false));
      socket.once('connect', () => socket.destroy());
    });
  }
}

export interface Consumed {
  readonly key: string;
  readonly value: string;
  readonly partition: number;
}

/** Everything that a topic holds. @param kcat path of kcat */
export function consume(kcat: string, bootstrap: string, topic: string): Consumed[] {
  const args = ['-b', bootstrap, '-C', '-t', topic, '-o', 'beginning', '-e', '-q', '-f', '%p %k %s\n'];
  const { status, stdout, stderr } = spawnSync(kcat, args, { encoding: 'latin1', maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`kcat ended with ${status}: ${stderr}`);
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [partition, key, ...value] = line.split(' ');
      return { partition: Number(partition), key: key!, value: value.join(' ') };
    });
}
