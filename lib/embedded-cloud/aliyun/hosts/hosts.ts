import type { Clock } from '../../../engine/clock';
import { GATE_TAG, gateOf, type HostChange, type HostStart } from '../../aws/hosts/hosts';
import type { ObjectStore } from '../../store/objects';
import { isOut } from '../../store/outages';
import type { Region, World } from '../../store/world';
import { signalHandle } from '../resources/signals';
import type { AliyunInstance } from '../world/compute';
import { fetchConfiguration, placeOf } from './bootstrap';

/**
 * How a simulated host behaves after it started: `healthy`; `slow`: ten times as late; `silent`: it never becomes healthy and
 * never signals; `failed`: never healthy, and it signals FAILURE; `stale`: it applies what it applied before, whatever is published.
 */
export type AliyunHostBehaviour = 'healthy' | 'slow' | 'silent' | 'failed' | 'stale';

/** What stands behind simulated hosts. */
export interface AliyunHostOptions {
  /** Asked at every start; default: every host becomes healthy. */
  onStart?(host: HostStart): AliyunHostBehaviour;
  /** The clock's milliseconds from a start to when the host is healthy; default 50. */
  bootMilliseconds?: number;
  /** How often a host tries again: 1, the default, is tens of milliseconds. */
  pace?: number;
  /** Told when a host becomes well, and when it goes down. */
  onChange?(change: HostChange): void;
}

/** What a host answers to a command of Cloud Assistant; undefined: its agent isn't running. */
export type CommandAnswer = { output: string; exitCode: number } | undefined;

interface Running {
  stop(): void;
  behaviour: AliyunHostBehaviour;
  /** Whether Cloud Assistant's agent answers. */
  agent: boolean;
  /** The gate that it signaled. */
  opened?: string;
}

/** The command that asks a member for its health: the only one that a simulated host knows. */
const HEALTH = /^\/opt\/meissa\/bin\/meissa-healthy ([0-9a-f]{64})$/;
const RETRY_MILLISECONDS = 20;
/** A later boot goes on with the last good configuration after this many tries. */
const PATIENCE = 4;

/**
 * The simulated hosts of Aliyun: each does what a host's bootstrap and agent do. At every start it fetches the manifest and the
 * configuration that its user data names, with its RAM role; applies it; is healthy a moment later; signals its gate.
 */
export class AliyunHosts {
  private readonly running = new Map<string, Running>();
  /** Names of hosts that are well. */
  private readonly up = new Map<string, string>();

  constructor(
    private readonly world: World,
    private readonly objects: ObjectStore,
    private readonly options: AliyunHostOptions,
    private readonly clock: Clock,
    /** Something changed that has to be saved. */
    private readonly changed: () => void,
  ) {}

  /** A host came up. */
  started(region: Region, instance: AliyunInstance): void {
    const { id, name, zone, disks } = instance;
    const behaviour =
      (isOut(region.outages, { id, name, zone, volumes: disks }) ? 'silent' : undefined) ??
      this.options.onStart?.({
        instanceId: instance.id,
        name: instance.name,
        region: region.name,
        account: region.account,
        address: region.aliyun.interfaces[instance.interfaces[0] ?? '']?.address ?? '',
        tags: { ...instance.tags },
        userData: instance.userData,
        starts: instance.starts,
      }) ??
      'healthy';
    this.boot(region, instance, behaviour);
  }

  /** A host's tags changed while it runs: a new gate is a new signal. */
  tagged(region: Region, instance: AliyunInstance): void {
    const host = this.running.get(instance.id);
    if (!host || host.opened === instance.tags[GATE_TAG]) return;
    if (instance.applied.healthy) this.signal(region, instance, host);
  }

  /** A host went down. */
  stopped(id: string): void {
    const host = this.running.get(id);
    host?.stop();
    if (host && this.up.has(id)) this.options.onChange?.({ ...this.change(id, this.up.get(id) ?? ''), up: false });
    this.up.delete(id);
    this.running.delete(id);
  }

  private tell({ id, name }: AliyunInstance, up: true): void {
    this.up.set(id, name);
    this.options.onChange?.({ ...this.change(id, name), up });
  }

  private readonly change = (instanceId: string, name: string) => ({ instanceId, name, at: this.clock.milliseconds() });

  /** Hosts that a process before this one left in the middle of a boot come up again; the others stand as they stood. */
  resume(): void {
    for (const account of Object.values(this.world.accounts))
      for (const region of Object.values(account.regions))
        for (const i of Object.values(region.aliyun.instances)) {
          if (i.state !== 'Running' || this.running.has(i.id)) continue;
          if (!i.applied.healthy) this.started(region, i);
          else this.running.set(i.id, { stop: () => undefined, behaviour: 'healthy', agent: true, opened: i.tags[GATE_TAG] });
        }
  }

  /** Stops all of them. */
  close(): void {
    for (const id of [...this.running.keys()]) this.stopped(id);
  }

  /** Runs a shell command on a host. */
  command(instance: AliyunInstance, content: string): CommandAnswer {
    if (!this.running.get(instance.id)?.agent) return undefined;
    const asked = HEALTH.exec(content.trim())?.[1];
    if (asked === undefined) return { output: `sh: ${content.trim().split(/\s/)[0]}: not found\n`, exitCode: 127 };
    const { digest = '', healthy } = instance.applied;
    return { output: `applied=${digest}\n`, exitCode: digest !== asked ? 3 : healthy ? 0 : 1 };
  }

  private boot(region: Region, instance: AliyunInstance, behaviour: AliyunHostBehaviour): void {
    this.stopped(instance.id);
    let forget = (): void => undefined;
    const host: Running = { behaviour, agent: false, stop: () => forget() };
    this.running.set(instance.id, host);
    // What was applied at the boot before this one; the host keeps its bytes on its disk.
    const last = instance.applied.digest;
    instance.applied.healthy = false;
    const after = (milliseconds: number, then: () => void) => {
      forget = this.clock.after(milliseconds, then);
    };
    const half = ((this.options.bootMilliseconds ?? 50) * (behaviour === 'slow' ? 10 : 1)) / 2;
    const well = () => {
      if (behaviour === 'silent') return;
      if (behaviour !== 'failed') {
        instance.applied.healthy = true;
        this.tell(instance, true);
      }
      this.changed();
      this.signal(region, instance, host);
    };
    let tries = 0;
    const fetch = () => {
      host.agent = true;
      const at = placeOf(instance.userData);
      // A host of somebody else's has all of its configuration in its user data.
      if (!at) {
        after(half, well);
        return;
      }
      const stale = behaviour === 'stale' && last !== undefined;
      const got = stale ? undefined : this.fetched(region, instance, at);
      if (got === undefined && !stale && (last === undefined || ++tries < PATIENCE)) {
        after(RETRY_MILLISECONDS * (this.options.pace ?? 1), fetch);
        return;
      }
      instance.applied.digest = got ?? last;
      this.changed();
      after(half, well);
    };
    after(half, fetch);
  }

  /** The bucket answers only to the host's RAM role, and at the endpoint of the host's own region. */
  private fetched(region: Region, instance: AliyunInstance, at: NonNullable<ReturnType<typeof placeOf>>): string | undefined {
    const role = this.world.accounts[region.account]?.aliyun.roles[instance.role ?? ''];
    return role && region.name === at.region ? fetchConfiguration(this.world, this.objects, at) : undefined;
  }

  /** Signals the gate that the host's tag names, until the signal is taken. */
  private signal(region: Region, instance: AliyunInstance, host: Running): void {
    let forget = (): void => undefined;
    host.stop = () => forget();
    const attempt = () => {
      const [gate, to] = gateOf(instance.tags);
      if (!to) return;
      const status = host.behaviour === 'failed' ? 'FAILURE' : 'SUCCESS';
      if (signalHandle(region.aliyun, to.stack, to.resource, instance.id, status) === 'taken') {
        host.opened = gate;
        this.changed();
      } else if (region.stacks[to.stack]) {
        forget = this.clock.after(RETRY_MILLISECONDS * 5 * (this.options.pace ?? 1), attempt);
      }
    };
    attempt();
  }
}
