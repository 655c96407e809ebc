/** A host that runs what its user-data says: the rendered files under a root of its own, the commands of its units for real. */
import type { ChildProcess } from 'node:child_process';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HostConfig } from '../../lib/host-config/model';
import { spawnInNamespace } from '../namespace-process';
import type { CloudStub } from './cloud-stub';
import { UnitFile } from './unit-file';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface HostOptions {
  readonly name: string;
  readonly address: string;
  /** Network namespace that everything on this host runs in. */
  readonly namespace: string;
  readonly root: string;
  readonly cloud: CloudStub;
  /** What its programs get beside PATH, HOME and MEISSA_ROOT. @default - nothing */
  readonly env?: Readonly<Record<string, string>>;
}

export class UnitHost {
  readonly name: string;
  readonly address: string;
  readonly root: string;
  readonly namespace: string;
  readonly cloud: CloudStub;
  readonly #log: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #running = new Set<ChildProcess>();
  protected units: HostConfig['units'] = [];

  constructor({ name, address, namespace, root, cloud, env = {} }: HostOptions) {
    this.name = name;
    this.address = address;
    this.root = root;
    this.namespace = namespace;
    this.cloud = cloud;
    this.#env = env;
    this.#log = join(root, 'journal');
    mkdirSync(root, { recursive: true });
    writeFileSync(this.#log, '');
  }

  /** Writes what the user-data writes; the cloud is a stub, and the host knows its name as meissa-host.service would tell it. */
  install(config: HostConfig): void {
    for (const file of config.files) this.write(file.path, file.content, Number.parseInt(file.permissions, 8));
    this.write('/opt/meissa/bin/meissa-cloud', this.cloud.program(), 0o755);
    this.writeHostEnv();
    this.units = config.units;
  }

  /** What meissa-host.service writes at each boot. */
  protected writeHostEnv(): void {
    this.write('/run/meissa/host.env', `MEISSA_ADDRESS=${this.address}\nMEISSA_NAME=${this.name}\n`, 0o644);
  }

  unit(name: string): UnitFile {
    const content = this.units.find((each) => each.name === name)?.content;
    if (content === undefined) throw new Error(`${this.name} has no ${name}`);
    return new UnitFile(name, content, this.root);
  }

  health(check: string): Promise<Ran> {
    return this.run(`${this.root}/opt/meissa/health.d/${check}`);
  }

  /** Starts a command on this host that stays; its words go to the journal. */
  spawn(command: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
    const log = openSync(this.#log, 'a');
    const child = this.#spawn(command, ['ignore', log, log], env);
    closeSync(log);
    return child;
  }

  run(...command: string[]): Promise<Ran> {
    return this.runWith({}, command);
  }

  /** Runs a command to its end, with more in its environment. */
  async runWith(env: Readonly<Record<string, string>>, command: readonly string[], input?: string): Promise<Ran> {
    const child = this.#spawn(command, [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'], env);
    let [out, err] = ['', ''];
    child.stdout!.on('data', (data) => (out += data));
    child.stderr!.on('data', (data) => (err += data));
    child.stdin?.end(input);
    return new Promise((done) => child.on('close', (code) => done({ code, out, err })));
  }

  /** Ends everything on this host, as a power cut does. */
  async cut(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await Promise.all([...this.#running].map((child) => end(child, signal)));
  }

  /** Everything that its services said. */
  journal(): string {
    return readFileSync(this.#log, 'utf8');
  }

  exists(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  write(path: string, content: string, mode: number): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, mode);
  }

  #spawn(
    command: readonly string[],
    stdio: ('ignore' | 'pipe' | number)[],
    more: Readonly<Record<string, string>>,
  ): ChildProcess {
    const env = { PATH: process.env.PATH, HOME: this.root, ...this.#env, ...more, MEISSA_ROOT: this.root };
    const child = spawnInNamespace(this.namespace, command[0]!, command.slice(1), { env, stdio, detached: true });
    this.#running.add(child);
    child.on('exit', () => this.#running.delete(child));
    return child;
  }
}

/** Signals a process and all that it started: each is a process group of its own. Returns when it has ended. */
export function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done();
    child.on('exit', () => done());
    try {
      process.kill(-child.pid!, signal);
    } catch {
      // It has just ended.
    }
  });
}
