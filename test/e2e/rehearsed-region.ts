/** A copy of the example's sa-east-1 on an embedded cloud: what a person edits, runs and reads back. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthEstate } from '../../lib/cli/estate-app';
import { loadValid } from '../../lib/cli/loading';
import { type EmbeddedCloud, type HostInventory, type HostOptions, startEmbeddedCloud } from '../../lib/embedded-cloud';
import type { EstatePlan, RegionPlan } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { type Ran, ROOT } from '../child/run';
import { meissa, type Said } from '../cli/run';
import { embeddedCdk, runsOf } from './embedded-cdk';
import { removeTemporaryFolders, TODAY, temporaryFolder } from './example';
import { leaveOutCollection } from './without-collection';

export const REGION = 'sa-east-1';

/** Other regions cost time to read; the central one stays, because the estate names it. */
function copyOfExample(collection: boolean): string {
  const root = temporaryFolder();
  const others = /^(?!sa-east-1|us-east-1)[a-z]{2}-[a-z]+-\d\./;
  for (const name of readdirSync(join(ROOT, 'regions')).filter((n) => !others.test(n)))
    cpSync(join(ROOT, 'regions', name), join(root, 'regions', name));
  if (!collection) leaveOutCollection(root, REGION);
  return root;
}

export class RehearsedRegion {
  private constructor(
    readonly root: string,
    readonly cloud: EmbeddedCloud,
  ) {}

  /** @param collection with its brokers, controllers and front ends @default - its hosts cost time */
  static async start(hosts: HostOptions, collection = false): Promise<RehearsedRegion> {
    return new RehearsedRegion(copyOfExample(collection), await startEmbeddedCloud({ hosts }));
  }

  async stop(): Promise<void> {
    await this.cloud.close();
    removeTemporaryFolders();
  }

  /** Edits the region's file as a person does; a text that isn't there is a mistake of the test. */
  edit(from: string, to: string): void {
    const path = join(this.root, 'regions', `${REGION}.yaml`);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${REGION}.yaml does not hold "${from}"`);
    writeFileSync(path, text.replace(from, to));
  }

  meissa(...args: string[]): Promise<Said> {
    return meissa(...args, '--root', this.root);
  }

  plan(): RegionPlan {
    const { estate } = loadValid({ root: this.root, today: TODAY }, [REGION]);
    const plan: EstatePlan = planEstate(estate, [REGION]);
    return plan.regions.find((region) => region.name === REGION)!;
  }

  /** Synthesizes in process: an app of its own would cost the CDK CLI seconds a call. */
  synth(): string {
    const outdir = join(this.root, 'cdk.out');
    rmSync(outdir, { recursive: true, force: true });
    synthEstate(loadValid({ root: this.root, today: TODAY }, [REGION]).estate, { outdir, regions: [REGION] });
    return outdir;
  }

  /** The unmodified CDK CLI against the embedded cloud. */
  cdk(args: readonly string[], cwd = this.root): Promise<Ran> {
    return embeddedCdk(args, this.cloud.env(REGION), this.root, cwd);
  }

  /** Deploys stacks by id as they are described now; all of them in one call, and so with one rollback setting. */
  deploy(ids: readonly string[], options: { rollback?: boolean } = {}): Promise<Ran> {
    const assembly = this.synth();
    const rollback = options.rollback === false ? ['--no-rollback'] : [];
    const how = ['--exclusively', '--require-approval', 'never', '--concurrency', '4', ...rollback];
    return this.cdk(['deploy', '--app', assembly, ...how, ...ids.map((id) => `${REGION}/${id}`)]);
  }

  /** Deploys every stack, call by call. */
  async deployAll(): Promise<void> {
    for (const { ids, disableRollback } of runsOf(this.plan())) succeeded(await this.deploy(ids, { rollback: !disableRollback }));
  }

  /** `cdk diff` with the repository's own cdk.json and app, on this copy of the example. */
  async diffOfRepository(output: string): Promise<Ran> {
    const settings = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as Record<string, string>;
    const here = (command: string) => command.replace(/^node /, `node ${ROOT}/`);
    const own = { ...settings, app: here(settings.app!), build: here(settings.build!) };
    writeFileSync(join(this.root, 'cdk.json'), JSON.stringify(own));
    try {
      return await this.cdk(['diff', `${REGION}/*`, '-c', `region=${REGION}`, '--fail', '--output', output]);
    } finally {
      rmSync(join(this.root, 'cdk.json'));
    }
  }

  get inventory() {
    return this.cloud.inventory(REGION);
  }

  zoneOfNat(id: string): string | undefined {
    const { natGateways, subnets } = this.cloud.region(REGION);
    return subnets[natGateways[id]?.subnet ?? '']?.zone;
  }

  /** Signals as a host's agent does, which tries again when nobody listens. */
  signal(id: string, gate: string, instanceId: string): void {
    try {
      this.cloud.signal(REGION, `${REGION}-${id}`, gate, instanceId);
    } catch {
      // The gate isn't open yet, or no more.
    }
  }

  /** A host by its cluster, fleet and number, for example `core-voters-2`. */
  host(name: string): HostInventory {
    const found = this.inventory.hosts.filter((host) => host.name === `${REGION}-${name}`);
    if (found.length !== 1) throw new Error(`${found.length} hosts are called ${REGION}-${name}`);
    return found[0]!;
  }

  /** What may not change on a host that nobody meant: by name and instance id. */
  standing(except: readonly string[] = []): Record<string, unknown> {
    const names = except.map((name) => `${REGION}-${name}`);
    const hosts = this.inventory.hosts.filter((host) => !names.includes(host.name ?? ''));
    return Object.fromEntries(
      hosts.map((h) => [`${h.name} ${h.instanceId}`, { ...footing(h), starts: h.starts, stops: h.stops }]),
    );
  }

  /** `Logical STATUS` lines of a stack's history, oldest first; `from` is a count taken before. */
  events(id: string, from = 0): string[] {
    const stack = this.cloud.engine.stack(this.cloud.region(REGION), `${REGION}-${id}`);
    return stack.events.slice(from).map((event) => `${event.logicalId} ${event.status}`);
  }
}

/** What a replaced or restarted member keeps. */
export function footing(host: HostInventory): object {
  return {
    address: host.privateIp,
    zone: host.zone,
    subnet: host.subnet,
    interfaces: host.interfaces.map((i) => i.id),
    // The root disk isn't among them: it goes with its instance.
    volumes: host.volumes,
  };
}

/** Fails with what the CLI said. */
export function succeeded(ran: Ran): Ran {
  if (ran.code !== 0) throw new Error(`exit code ${ran.code}\n${ran.stdout}${ran.stderr}`);
  return ran;
}
