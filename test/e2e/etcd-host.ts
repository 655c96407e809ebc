/** A host that runs what its user-data says: the rendered files under a root of its own, the commands of its units for real. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HostConfig } from '../../lib/cloud-config/model';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface HostOptions {
  readonly name: string;
  readonly address: string;
  readonly namespace: string;
  readonly root: string;
  /** Folder of the cloud that `meissa-cloud` asks: markers, artifacts. */
  readonly cloud: string;
}

/**
 * `meissa-cloud` backed by files. `unreadable` beside the markers is an outage; the same with the host's name one of
 * this host alone.
 */
const cloudStub = (cloud: string): string => `#!/bin/bash
marker=${cloud}/marker\${2//\\//_}
case $1 in
marker-get) [[ ! -e ${cloud}/unreadable ]] || exit 1; cat "$marker" 2>/dev/null || exit 3 ;;
marker-put) [[ ! -e ${cloud}/unwritable ]] || exit 1; [[ -e $marker ]] || echo "$3" >"$marker" ;;
fetch) mkdir -p "\${3%/*}"; ln -f "${cloud}/$2" "$3" ;;
*) exit 1 ;;
esac
`;

export class EtcdHost {
  readonly name: string;
  readonly address: string;
  readonly root: string;
  readonly #namespace: string;
  readonly #log: string;
  readonly #cloud: string;
  readonly #running = new Set<ChildProcess>();
  #units: HostConfig['units'] = [];

  constructor({ name, address, namespace, root, cloud }: HostOptions) {
    this.name = name;
    this.address = address;
    this.root = root;
    this.#namespace = namespace;
    this.#cloud = cloud;
    this.#log = join(root, 'journal');
    mkdirSync(root, { recursive: true });
    writeFileSync(this.#log, '');
  }

  /** Writes what the user-data writes; the cloud is a stub, and the host knows its name as meissa-host.service would tell it. */
  install(config: HostConfig): void {
    for (const file of config.files) this.#write(file.path, file.content, Number.parseInt(file.permissions, 8));
    this.#write('/opt/meissa/bin/meissa-cloud', cloudStub(this.#cloud), 0o755);
    this.#write('/run/meissa/host.env', `MEISSA_ADDRESS=${this.address}\nMEISSA_NAME=${this.name}\n`, 0o644);
    this.#units = config.units;
  }

  /** Runs a unit's commands before the start, then starts it and returns at once, like systemd with `Type=simple`. */
  async start(unit = 'etcd.service'): Promise<ChildProcess> {
    for (const command of this.#commands(unit, 'ExecStartPre')) {
      const { code, err } = await this.run(...command);
      if (code !== 0) throw new Error(`${unit} of ${this.name}: ${err}`);
    }
    const [command] = this.#commands(unit, 'ExecStart');
    return this.spawn(...command!);
  }

  /** Runs a unit to its end: for one that is to refuse. */
  async startAndWait(unit = 'etcd.service'): Promise<Ran> {
    return this.run(...this.#commands(unit, 'ExecStart')[0]!);
  }

  /** Runs what a unit does when it is stopped. */
  stopping(unit: string): Promise<Ran> {
    return this.run(...this.#commands(unit, 'ExecStop')[0]!);
  }

  health(check = 'etcd'): Promise<Ran> {
    return this.run(`${this.root}/opt/meissa/health.d/${check}`);
  }

  /** The client as somebody on this host uses it: without an address. */
  etcdctl(...args: string[]): Promise<Ran> {
    return this.run(`${this.root}/opt/meissa/bin/etcdctl`, '--command-timeout=2s', ...args);
  }

  /** Whether a quorum answers through this host; asked of its own port, which says no at once where etcdctl would wait. */
  async serves(): Promise<boolean> {
    return (await this.run('curl', '-fs', '-m', '2', 'http://127.0.0.1:2379/health')).code === 0;
  }

  /** A line of shell in which etcdctl is this host's. */
  shell(line: string): Promise<Ran> {
    return this.run('bash', '-c', `PATH="${this.root}/opt/meissa/bin:$PATH"; ${line}`);
  }

  /** Starts a command on this host that stays; its words go to the journal. */
  spawn(...command: string[]): ChildProcess {
    const log = openSync(this.#log, 'a');
    const child = this.#spawn(command, ['ignore', log, log]);
    closeSync(log);
    return child;
  }

  async run(...command: string[]): Promise<Ran> {
    const child = this.#spawn(command, ['ignore', 'pipe', 'pipe']);
    let [out, err] = ['', ''];
    child.stdout!.on('data', (data) => (out += data));
    child.stderr!.on('data', (data) => (err += data));
    return new Promise((done) => child.on('close', (code) => done({ code, out, err })));
  }

  /** Ends everything on this host, as a power cut does. */
  async cut(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await Promise.all(
      [...this.#running].map(
        (child) =>
          new Promise<void>((done) => {
            child.on('exit', () => done());
            // Each is a process group of its own: what a script started goes with it.
            process.kill(-child.pid!, signal);
          }),
      ),
    );
  }

  journal(): string {
    return readFileSync(this.#log, 'utf8');
  }

  #spawn(command: string[], stdio: ('ignore' | 'pipe' | number)[]): ChildProcess {
    const env = { PATH: process.env.PATH, HOME: this.root, MEISSA_ROOT: this.root };
    const child = spawn('ip', ['netns', 'exec', this.#namespace, ...command], { env, stdio, detached: true });
    this.#running.add(child);
    child.on('exit', () => this.#running.delete(child));
    return child;
  }

  #commands(unit: string, key: string): string[][] {
    const content = this.#units.find((each) => each.name === unit)?.content;
    if (content === undefined) throw new Error(`${this.name} has no ${unit}`);
    const lines = content.split('\n').filter((line) => line.startsWith(`${key}=`));
    return lines.map((line) => `${this.root}${line.slice(key.length + 1)}`.split(' '));
  }

  #write(path: string, content: string, mode: number): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, mode);
  }
}
