import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hostConfig } from '../../../lib/host-config/host-config';
import type { FleetContext } from '../../../lib/plan/model';
import { context, defaults, ownProfiles } from '../fixtures';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A root folder with the files that a fleet's user-data writes, in which the scripts run for real; system commands are stubs. */
export class Sandbox {
  readonly root = mkdtempSync(join(tmpdir(), 'meissa-host-'));
  readonly #environment: Record<string, string> = {};
  readonly #running: ChildProcess[] = [];
  #before: readonly string[] = [];

  constructor(environment: Record<string, string> = {}) {
    Object.assign(this.#environment, environment);
  }

  /** Writes what user-data of these profiles would write. */
  install(profiles: readonly string[], changes: Partial<FleetContext> = {}): this {
    const loaded = ownProfiles(...profiles);
    const { config, findings } = hostConfig(context({ parameters: defaults(loaded), ...changes }), loaded);
    if (findings.length > 0) throw new Error(JSON.stringify(findings));
    for (const file of config.files) this.write(file.path, file.content, file.permissions);
    // As on a host whose reader has done its work: without it none is well.
    this.write('/run/meissa/applied', '');
    return this;
  }

  /** Scripts run in this network namespace from now on. */
  inside(namespace: string): this {
    this.#before = ['ip', 'netns', 'exec', namespace];
    return this;
  }

  write(path: string, content: string, permissions = '0644'): this {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), content);
    chmodSync(join(this.root, path), Number.parseInt(permissions, 8));
    return this;
  }

  /** A stub of a system command, which notes its call in `calls` before its body runs. */
  stub(name: string, body = ''): this {
    return this.write(`/stubs/${name}`, `#!/bin/bash\necho "${name} $*" >>"${this.root}/calls"\n${body}\n`, '0755');
  }

  read(path: string): string | undefined {
    const file = join(this.root, path);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  }

  /** Calls of stubs since the last time. */
  calls(): string[] {
    const calls = this.read('calls') ?? '';
    rmSync(join(this.root, 'calls'), { force: true });
    return calls.split('\n').filter((line) => line !== '');
  }

  /** Runs a script of /opt/meissa/bin to its end. */
  run(script: string, args: readonly string[] = [], environment: Record<string, string> = {}): Promise<Ran> {
    const child = this.start(script, args, environment);
    let [out, err] = ['', ''];
    child.stdout!.on('data', (data) => (out += data));
    child.stderr!.on('data', (data) => (err += data));
    return new Promise((done) => child.on('close', (code) => done({ code, out, err })));
  }

  /** Starts a script that stays. */
  start(script: string, args: readonly string[] = [], environment: Record<string, string> = {}): ChildProcess {
    const env = { PATH: `${this.root}/stubs:${process.env.PATH}`, MEISSA_ROOT: this.root, ...this.#environment, ...environment };
    const [program, ...rest] = [...this.#before, join(this.root, 'opt/meissa/bin', script), ...args];
    const child = spawn(program!, rest, { env, detached: true });
    this.#running.push(child);
    return child;
  }

  /** Ends what still runs, and removes the root. */
  end(): void {
    for (const child of this.#running) {
      if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL');
    }
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Waits until something holds. */
export async function eventually(holds: () => boolean, what: string, seconds = 15): Promise<void> {
  const until = Date.now() + seconds * 1000;
  while (!holds()) {
    if (Date.now() > until) throw new Error(`not in ${seconds} s: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
