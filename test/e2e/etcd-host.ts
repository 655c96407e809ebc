/** A host of an etcd cluster, voter or not. */
import type { ChildProcess } from 'node:child_process';
import { type Ran, UnitHost } from '../hosts/unit-host';

export class EtcdHost extends UnitHost {
  /** Runs a unit's commands before the start, then starts it and returns at once, like systemd with `Type=simple`. */
  async start(unit = 'etcd.service'): Promise<ChildProcess> {
    for (const command of this.unit(unit).commands('ExecStartPre')) {
      const { code, err } = await this.run(...command);
      if (code !== 0) throw new Error(`${unit} of ${this.name}: ${err}`);
    }
    return this.spawn(this.unit(unit).commands('ExecStart')[0]!);
  }

  /** Runs a unit to its end: for one that is to refuse. */
  async startAndWait(unit = 'etcd.service'): Promise<Ran> {
    return this.run(...this.unit(unit).commands('ExecStart')[0]!);
  }

  /** Runs what a unit does when it is stopped. */
  stopping(unit: string): Promise<Ran> {
    return this.run(...this.unit(unit).commands('ExecStop')[0]!);
  }

  override health(check = 'etcd'): Promise<Ran> {
    return super.health(check);
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
}
