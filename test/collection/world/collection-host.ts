/** A host of a collection: its programs and certificates in place, its own units run as systemd would run them. */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HostConfig } from '../../../lib/host-config/model';
import { type HostOptions, type Ran, UnitHost } from '../../hosts/unit-host';
import { REAL_PARTS } from '../../real-parts';
import { ROOT } from '../../root';
import { Service } from './service';

export interface CollectionHostOptions extends HostOptions {
  readonly region: string;
  readonly fleet: string;
  readonly number: number;
  /** Milliseconds until a service that ended is started again; systemd takes RestartSec. */
  readonly restartMs: number;
}

export class CollectionHost extends UnitHost {
  readonly region: string;
  readonly fleet: string;
  readonly number: number;
  readonly #restartMs: number;
  readonly #services = new Map<string, Service>();

  constructor(options: CollectionHostOptions) {
    super(options);
    this.region = options.region;
    this.fleet = options.fleet;
    this.number = options.number;
    this.#restartMs = options.restartMs;
  }

  /** Lays the files; programs that hosts unpack from the artifact are links to the ones that are here. */
  override install(config: HostConfig): void {
    super.install(config);
    this.write('/opt/kafka/version', '4.3.1\n', 0o644);
    this.#link(join(REAL_PARTS, 'kafka-4.3.1/libs'), '/opt/kafka/libs');
    this.#link(join(ROOT, 'dist/host-programs'), '/opt/meissa-programs');
  }

  protected override writeHostEnv(): void {
    const lines = {
      ADDRESS: this.address,
      INSTANCE_ID: `i-${this.name}`,
      NAME: this.name,
      REGION: this.region,
      MEMBER: this.number,
    };
    const text = Object.entries(lines).map(([key, value]) => `MEISSA_${key}=${value}\n`);
    this.write('/run/meissa/host.env', text.join(''), 0o644);
  }

  /** Names of what its boot starts, in order. What base brings, and the unpacking of the programs, isn't run here. */
  services(): string[] {
    return this.units
      .filter(({ profile, command, name }) => profile !== 'base' && command === 'start' && name.endsWith('.service'))
      .map(({ name }) => name)
      .filter((name) => name !== 'collection-install.service');
  }

  /** What a boot starts; what was running goes on. */
  async start(...names: string[]): Promise<void> {
    for (const name of names.length > 0 ? names : this.services()) await this.service(name).start();
  }

  /** Stops its services in the opposite order, each in its own way. */
  async stop(...names: string[]): Promise<void> {
    for (const name of (names.length > 0 ? names : this.services()).reverse()) await this.service(name).stop();
  }

  /** kill -9 of a service, which systemd starts again; without a name, a power cut: everything is dead and stays so until `start`. */
  async kill(name?: string): Promise<void> {
    if (name !== undefined) return this.service(name).kill();
    await Promise.all([...this.#services.values()].map((service) => service.cut()));
    await this.cut();
    // What /run held is gone with the power.
    rmSync(join(this.root, 'run'), { recursive: true, force: true });
    this.writeHostEnv();
  }

  /** A signal to a service and all that it started; nothing where it doesn't run. */
  signal(name: string, signal: NodeJS.Signals): void {
    const { pid } = this.service(name);
    if (pid !== undefined) process.kill(-pid, signal);
  }

  /** Stops it, and starts it with nothing in `/run`: a reboot. */
  async reboot(): Promise<void> {
    await this.stop();
    await this.kill();
    await this.start();
  }

  service(name: string): Service {
    const known = this.#services.get(name) ?? new Service(this, this.unit(name), this.#restartMs);
    this.#services.set(name, known);
    return known;
  }

  /** Runs a unit that a timer starts, once, to its end. */
  async fire(name: string): Promise<Ran> {
    let last: Ran = { code: 0, out: '', err: '' };
    const unit = this.unit(name);
    for (const command of [...unit.commands('ExecStartPre'), ...unit.commands('ExecStart')]) {
      last = await this.run(...command);
      if (last.code !== 0) return last;
    }
    return last;
  }

  /** One of its scripts, as `meissa-kafka`. */
  script(name: string, ...args: string[]): Promise<Ran> {
    return this.run(`${this.root}/opt/meissa/bin/${name}`, ...args);
  }

  override health(check = 'kafka'): Promise<Ran> {
    return super.health(check);
  }

  async well(check?: string): Promise<boolean> {
    return (await this.health(check)).code === 0;
  }

  /** Its data volume is lost, by the path where it is mounted. */
  wipe(mount: string): void {
    rmSync(join(this.root, mount), { recursive: true, force: true });
  }

  #link(target: string, path: string): void {
    const link = join(this.root, path);
    rmSync(link, { force: true });
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(target, link);
  }
}
