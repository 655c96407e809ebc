/** One service of a host, run as systemd would: commands before the start, restarts, its own way to stop. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { UnitFile } from '../../hosts/unit-file';
import { end, type UnitHost } from '../../hosts/unit-host';

export class Service {
  readonly #host: UnitHost;
  readonly #unit: UnitFile;
  readonly #restartMs: number;
  #main: ChildProcess | undefined;
  #wanted = false;
  #ended: Promise<void> = Promise.resolve();
  /** Times that systemd started it again by itself. */
  restarts = 0;

  constructor(host: UnitHost, unit: UnitFile, restartMs: number) {
    this.#host = host;
    this.#unit = unit;
    this.#restartMs = restartMs;
  }

  get name(): string {
    return this.#unit.name;
  }

  /** Process id of what runs; undefined where nothing does. */
  get pid(): number | undefined {
    return this.#runs() ? this.#main!.pid : undefined;
  }

  /** Returns when its first process runs (a oneshot: when it has ended), or when one of its commands before it has failed. */
  async start(): Promise<void> {
    if (this.#wanted) return;
    this.#wanted = true;
    await this.#begin();
  }

  /** Runs the unit's own commands for it, then SIGTERM, and SIGKILL after its TimeoutStopSec. */
  async stop(): Promise<void> {
    this.#wanted = false;
    const patience = Number.parseInt(this.#unit.value('TimeoutStopSec') ?? '90', 10) * 1000;
    const late = new Promise<void>((done) => setTimeout(done, patience).unref());
    const stopping = this.#unit.commands('ExecStop');
    if (this.#runs() || this.#unit.value('RemainAfterExit') === 'yes') {
      for (const command of stopping) await Promise.race([this.#host.runWith(this.#environment(), command), late]);
    }
    const signal = `SIG${(this.#unit.value('KillSignal') ?? 'TERM').replace(/^SIG/, '')}` as NodeJS.Signals;
    if (this.#main) await Promise.race([end(this.#main, signal), late]);
    await this.kill();
    await this.#ended;
  }

  /** kill -9 of it and all that it started. systemd starts it again. */
  async kill(): Promise<void> {
    if (this.#main) await end(this.#main, 'SIGKILL');
  }

  /** What a power cut does: nothing starts it again. */
  async cut(): Promise<void> {
    this.#wanted = false;
    await this.kill();
    await this.#ended;
  }

  async #begin(): Promise<void> {
    let ready: () => void = () => undefined;
    const first = new Promise<void>((done) => (ready = done));
    this.#ended = this.#keep(ready);
    await Promise.race([first, this.#ended]);
  }

  async #keep(ready: () => void): Promise<void> {
    for (let code = await this.#once(ready); this.#wanted && this.#again(code); code = await this.#once(ready)) {
      ready();
      await new Promise((done) => setTimeout(done, this.#restartMs));
      if (!this.#wanted) return;
      this.restarts++;
    }
  }

  /** The exit code; null where a signal ended it. */
  async #once(ready: () => void): Promise<number | null> {
    const commands = this.#unit.commands('ExecStart');
    const oneshot = this.#unit.value('Type') === 'oneshot';
    for (const command of this.#unit.commands('ExecStartPre')) {
      const code = await this.#run(command);
      if (code !== 0 || !this.#wanted) return code;
    }
    for (const command of commands) {
      const ran = this.#run(command);
      if (!oneshot) ready();
      const code = await ran;
      if (code !== 0) return code;
    }
    return 0;
  }

  #run(command: readonly string[]): Promise<number | null> {
    const child = this.#host.spawn(command, this.#environment());
    this.#main = child;
    return new Promise((done) => child.on('exit', (code) => done(code)));
  }

  #runs(): boolean {
    return this.#main !== undefined && this.#main.exitCode === null && this.#main.signalCode === null;
  }

  #again(code: number | null): boolean {
    const restart = this.#unit.value('Restart') ?? 'no';
    return restart === 'always' || (restart === 'on-failure' && code !== 0);
  }

  #environment(): Record<string, string> {
    const { variables, files } = this.#unit.environment();
    const read = files.filter(existsSync).flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'));
    const pairs = read
      .filter((line) => line.includes('='))
      .map((line): [string, string] => {
        const at = line.indexOf('=');
        return [line.slice(0, at), line.slice(at + 1).replace(/^"(.*)"$/, '$1')];
      });
    return { ...variables, ...Object.fromEntries(pairs) };
  }
}
