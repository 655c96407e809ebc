/** The cluster `core` of the example's sa-east-1, running for real from its rendered user-data. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Estate } from '../../lib/estate/model/model';
import { hostConfig } from '../../lib/host-config/host-config';
import type { HostConfig } from '../../lib/host-config/model';
import type { EtcdContext, FleetPlan, MembersFleetPlan } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { CloudStub, type Outage } from '../hosts/cloud-stub';
import { eventually } from '../hosts/eventually';
import { findRealPart } from '../real-parts';
import { EtcdHost } from './etcd-host';
import { Network } from './etcd-network';
import { exampleEstate } from './example';

export class EtcdTestCluster {
  readonly voters: readonly EtcdHost[];
  /** A host that doesn't vote. */
  readonly gateway: EtcdHost;
  readonly network = new Network();
  readonly #folder = mkdtempSync(join(tmpdir(), 'meissa-etcd-'));
  readonly #estate: Estate = exampleEstate();
  readonly #fleets: readonly FleetPlan[] = planEstate(this.#estate, ['sa-east-1']).regions[0]!.fleets;
  readonly #cloud = new CloudStub(join(this.#folder, 'cloud'));
  readonly #comers: EtcdHost[] = [];
  #changes: Partial<EtcdContext> = {};
  /** Parameter of the profile: how long a voter waits before it stops. */
  guardSeconds = 20;
  /** Parameter of the profile. @default - the profile's */
  quotaBytes: number | undefined;

  constructor() {
    const cloud = this.#cloud;
    const host = (name: string, address: string): EtcdHost =>
      new EtcdHost({ name, address, namespace: this.network.host(address), root: join(this.#folder, name), cloud });
    this.voters = this.#fleet<MembersFleetPlan>('voters').members.map((member) => host(member.name, member.address));
    const storage = this.#fleet<MembersFleetPlan>('storage').members[0]!;
    this.gateway = host(storage.name, storage.address);
  }

  /** Renders every host's files. Called again with another release or generation, it is what a deploy changes. */
  install({ release = '3.5', generation = 1, hosts = [...this.voters, this.gateway] } = {}): void {
    const etcd = this.#archive(release);
    for (const [fleet, members] of [['voters', this.voters] as const, ['storage', [this.gateway]] as const]) {
      const config = this.#config(this.#fleet(fleet), etcd, generation);
      for (const host of members) if (hosts.includes(host)) host.install(config);
    }
  }

  /** A voter that comes later: it gets the text that the others have, which doesn't name it. */
  comer(number: number, address: string): EtcdHost {
    const name = `sa-east-1-core-voters-${number}`;
    const host = new EtcdHost({
      name,
      address,
      namespace: this.network.host(address),
      root: join(this.#folder, name),
      cloud: this.#cloud,
    });
    host.install(this.#config(this.#fleet('voters'), this.#archive('3.5'), 1));
    this.#comers.push(host);
    return host;
  }

  /** Discovery bootstrap with this token. */
  discover(url: string): void {
    this.#changes = { bootstrap: 'discovery', discoveryUrl: url };
  }

  /** Installs all hosts, starts the voters with their guards, and waits until the cluster is marked as formed. */
  async form(): Promise<void> {
    this.install();
    for (const voter of this.voters) await this.boot(voter);
    await eventually(() => this.marker() !== undefined, 'the cluster is marked as formed');
    await this.allWell();
  }

  /** What a voter's boot starts; `/run` is empty but for what was written at this boot. */
  async boot(voter: EtcdHost): Promise<void> {
    rmSync(join(voter.root, 'run/meissa/etcd'), { force: true });
    await voter.start();
    await voter.start('etcd-quorum-guard.service');
  }

  async allWell(voters: readonly EtcdHost[] = this.voters): Promise<void> {
    for (const voter of voters) await eventually(async () => (await voter.health()).code === 0, `${voter.name} is well`);
  }

  /** The formed marker of the cluster's first generation, or of another. */
  marker(generation = 1): string | undefined {
    return this.#cloud.marker(`/meissa/example/sa-east-1/core/g${generation}/formed`);
  }

  /** An outage of what keeps the marker. */
  outage(kind: Outage, on: boolean): void {
    this.#cloud.outage(kind, on);
  }

  /** The voter's volume is lost. */
  wipe(voter: EtcdHost): void {
    rmSync(join(voter.root, 'var/lib/etcd'), { recursive: true, force: true });
  }

  hasData(voter: EtcdHost, generation = 1): boolean {
    const folder = join(voter.root, `var/lib/etcd/g${generation}/member/wal`);
    return existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.wal'));
  }

  /** Takes the voter's volume away, or puts it back. */
  detach(voter: EtcdHost): void {
    renameSync(join(voter.root, 'var/lib/etcd'), join(voter.root, 'volume'));
  }

  attach(voter: EtcdHost): void {
    this.wipe(voter);
    renameSync(join(voter.root, 'volume'), join(voter.root, 'var/lib/etcd'));
  }

  async end(): Promise<void> {
    for (const host of [...this.voters, this.gateway, ...this.#comers]) await host.cut();
    this.network.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #fleet<F extends FleetPlan = FleetPlan>(name: string): F {
    return this.#fleets.find((fleet) => fleet.name === name) as F;
  }

  #config(fleet: FleetPlan, etcd: { readonly version: string; readonly sha256: string }, generation: number): HostConfig {
    const { context } = fleet;
    const profiles = ['base', 'etcd'].map((name) => this.#estate.profiles.get(name)!);
    const marker = context.cluster.etcd!.formedMarker.replace('/g1/', `/g${generation}/`);
    const token = context.cluster.etcd!.token.replace(/-g1$/, `-g${generation}`);
    const { config, findings } = hostConfig(
      {
        ...context,
        cluster: {
          ...context.cluster,
          generation,
          etcd: { ...context.cluster.etcd!, token, formedMarker: marker, ...this.#changes },
        },
        artifacts: { ...context.artifacts, items: { etcd: { ...context.artifacts.items.etcd!, ...etcd } } },
        parameters: {
          ...context.parameters,
          etcd: {
            ...context.parameters.etcd,
            guardSeconds: this.guardSeconds,
            ...(this.quotaBytes === undefined ? {} : { quotaBytes: this.quotaBytes }),
          },
        },
      },
      profiles,
    );
    if (findings.length > 0) throw new Error(JSON.stringify(findings));
    return config;
  }

  /** The release's archive as its makers pack it, in the region's bucket. */
  #archive(release: string): { version: string; sha256: string } {
    const version = release === '3.6' ? '3.6.10' : '3.5.21';
    const digest = `digest-of-${version}`;
    const archive = join(this.#cloud.folder, digest);
    if (!existsSync(archive)) {
      const folder = join(this.#folder, `etcd-v${version}-linux-amd64`);
      mkdirSync(folder);
      for (const program of ['etcd', 'etcdctl']) cpSync(findRealPart(`${program}-${release}`)!, join(folder, program));
      execFileSync('tar', ['-I', 'gzip -1', '-cf', archive, '-C', this.#folder, `etcd-v${version}-linux-amd64`]);
      rmSync(folder, { recursive: true });
    }
    return { version, sha256: digest };
  }
}
