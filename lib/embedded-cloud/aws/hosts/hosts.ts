import type { Clock } from '../../../engine/clock';
import { isOut } from '../../store/outages';
import type { Region } from '../../store/world';
import type { Instance } from '../world/compute';

/** How a simulated host behaves after it started. */
export type HostBehaviour = 'healthy' | 'silent' | 'failed';

/** What a simulated host knows of itself when it is asked how it will behave. */
export interface HostStart {
  /** Its instance id. */
  instanceId: string;
  /** Its `Name` tag. */
  name: string;
  region: string;
  account: string;
  /** Its private address. */
  address: string;
  tags: Readonly<Record<string, string>>;
  /** As the metadata service gives it. */
  userData: string;
  /** How often it was started: 1 at its launch. */
  starts: number;
}

/** A host that became well, or went down. */
export interface HostChange {
  instanceId: string;
  /** Its `Name` tag. */
  name: string;
  up: boolean;
  /** The clock's milliseconds. */
  at: number;
}

/** What stands behind simulated hosts. */
export interface HostOptions {
  /** Asked at every start; default: every host becomes healthy. */
  onStart?(host: HostStart): HostBehaviour;
  /** The clock's milliseconds from a start to the host's first signal; default 50. */
  bootMilliseconds?: number;
  /** How often a host tries again: 1, the default, is tens of milliseconds. */
  pace?: number;
  /** What a host wrote to its console, as EC2 keeps it; default: nothing. */
  console?(host: { instanceId: string; name: string }): string;
  /** Told when a host becomes well, and when it goes down. */
  onChange?(change: HostChange): void;
}

/** How a host signals its gate: `taken`, `later` while the gate isn't open yet, `over` when it has been passed already. */
export type SendSignal = (
  region: Region,
  gate: { stack: string; resource: string },
  instanceId: string,
  status: 'SUCCESS' | 'FAILURE',
) => 'taken' | 'later' | 'over';

/** The tag that names the gate that a host has to open: `<stack>/<logical id>`, the stack by its name on AWS, by its id on Aliyun. */
export const GATE_TAG = 'meissa:gate';

/** The gate that a host's tag names, as it stands there and taken apart; none: the host opens none. */
export function gateOf(tags: Readonly<Record<string, string>>): [gate?: string, to?: { stack: string; resource: string }] {
  const gate = tags[GATE_TAG];
  const slash = gate?.indexOf('/') ?? -1;
  return gate === undefined || slash <= 0 ? [] : [gate, { stack: gate.slice(0, slash), resource: gate.slice(slash + 1) }];
}

/** A host's agent, from a start to the stop after it. */
interface Agent {
  /** It has come up and reads its tag. */
  up: boolean;
  /** It has said that it is well. */
  well: boolean;
  /** The last gate that it opened. */
  opened?: string;
  stop(): void;
  /** Its tag names another gate: it is asked once more, and stays up. */
  ask(): void;
}

const RETRY_MILLISECONDS = 20;
const SLOWEST_RETRY_MILLISECONDS = 250;
const MOST_ATTEMPTS = 400;

/**
 * The simulated hosts: each does what the toolkit's agent does on a real one. After a start it reads its own tag
 * `meissa:gate`, live, and signals that resource until the signal is taken. A tag changed later is a new gate.
 */
export class Hosts {
  private readonly running = new Map<string, Agent>();

  constructor(
    private readonly options: HostOptions,
    private readonly send: SendSignal,
    private readonly clock: Clock,
    /** Told of a host that gave up. */
    private readonly tell: (line: string) => void,
  ) {}

  /** A host came up. */
  started(region: Region, instance: Instance): void {
    const primary = region.interfaces[instance.interfaces[0] ?? ''];
    const volumes = Object.values(instance.volumes);
    const out = isOut(region.outages, { id: instance.id, name: instance.tags.Name ?? '', zone: instance.zone, volumes });
    const behaviour =
      (out ? 'silent' : undefined) ??
      this.options.onStart?.({
        instanceId: instance.id,
        name: instance.tags.Name ?? '',
        region: region.name,
        account: region.account,
        address: primary?.address ?? '',
        tags: { ...instance.tags },
        get userData() {
          return Buffer.from(instance.userData ?? '', 'base64').toString('utf8');
        },
        starts: instance.starts,
      }) ??
      'healthy';
    this.run(region, instance, behaviour);
  }

  /** A host's tags changed while it runs. */
  tagged(region: Region, instance: Instance): void {
    if (instance.state !== 'running') return;
    const host = this.running.get(instance.id);
    // A host from before this process began has no agent yet: it gets one as if it had just come up.
    if (!host) this.started(region, instance);
    // Until it is up it has read no tag yet.
    else if (host.up && instance.tags[GATE_TAG] !== host.opened) host.ask();
  }

  /** A host went down. */
  stopped(instanceId: string): void {
    this.running.get(instanceId)?.stop();
    this.running.delete(instanceId);
  }

  /** What it wrote to its console. */
  consoleOf({ id, tags }: Pick<Instance, 'id' | 'tags'>): string {
    return this.options.console?.({ instanceId: id, name: tags.Name ?? '' }) ?? '';
  }

  /** Stops all of them. */
  close(): void {
    for (const id of [...this.running.keys()]) this.stopped(id);
  }

  private run(region: Region, instance: Instance, behaviour: HostBehaviour): void {
    this.running.get(instance.id)?.stop();
    let forget = (): void => undefined;
    const name = instance.tags.Name ?? '';
    const change = (to: boolean) => {
      const was = host.well;
      host.well = to;
      if (was !== to) this.options.onChange?.({ instanceId: instance.id, name, up: to, at: this.clock.milliseconds() });
    };
    const stop = () => {
      forget();
      change(false);
    };
    const ask = () => {
      attempts = 0;
      forget();
      wait(RETRY_MILLISECONDS * (this.options.pace ?? 1));
    };
    const host: Agent = { up: false, well: false, stop, ask };
    this.running.set(instance.id, host);
    if (behaviour === 'silent') return;
    let attempts = 0;
    const attempt = () => {
      host.up = true;
      if (behaviour === 'healthy') change(true);
      const [gate, to] = gateOf(instance.tags);
      if (!to) return;
      if (++attempts > MOST_ATTEMPTS) {
        this.tell(`${instance.id} gave its gate ${gate} up after ${MOST_ATTEMPTS} signals that nobody took`);
        return;
      }
      const outcome = this.send(region, to, instance.id, behaviour === 'healthy' ? 'SUCCESS' : 'FAILURE');
      const pace = this.options.pace ?? 1;
      if (outcome === 'later') wait(Math.min(RETRY_MILLISECONDS * 1.2 ** attempts, SLOWEST_RETRY_MILLISECONDS) * pace);
      else host.opened = gate;
    };
    const wait = (milliseconds: number) => {
      forget = this.clock.after(milliseconds, attempt);
    };
    wait(this.options.bootMilliseconds ?? 50);
  }
}
