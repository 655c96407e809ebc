/**
 * Regions that collect, running for real from their rendered user-data: brokers, controllers, front ends and mirrors with mutual
 * TLS, each region a network namespace, the links between them as the peerings are.
 */
import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Estate } from '../../../lib/estate/model/model';
import { loadEstate } from '../../../lib/estate/read/load';
import type { MembersFleetPlan } from '../../../lib/plan/model';
import { planEstate } from '../../../lib/plan/plan';
import { eventually } from '../../hosts/eventually';
import { end, type Ran } from '../../hosts/unit-host';
import { spawnInNamespace } from '../../namespace-process';
import { findRealPart } from '../../real-parts';
import { ROOT } from '../../root';
import type { CollectionHost } from './collection-host';
import { Links } from './links';
import { Pki } from './pki';
import { TestRegion } from './region';

export interface WorldOptions {
  /** Regions that are made. @default - all of the estate */
  readonly regions?: readonly string[];
  /** Parameters by profile, over the small ones that tests have. @default - none */
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Milliseconds until a service that ended is started again. @default 500 */
  readonly restartMs?: number;
}

/** So small that three clusters fit on a developer's machine; the second compiler costs more than it gives here. */
const SMALL = {
  kafka: { heapMb: 256, jvmOptions: '-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto', guardSeconds: 30 },
} as const;

export class World {
  readonly regions: readonly TestRegion[];
  readonly pki: Pki;
  readonly estate: Estate;
  readonly #folder = mkdtempSync(join(tmpdir(), 'meissa-collection-'));
  readonly #links = new Links();
  readonly #clients = new Map<string, string>();
  readonly #processes = new Set<ChildProcess>();

  constructor({ regions, parameters = {}, restartMs = 500 }: WorldOptions = {}) {
    cpSync(join(ROOT, 'test/estates/collection'), join(this.#folder, 'estate'), { recursive: true });
    this.pki = new Pki(join(this.#folder, 'pki'), 'collecting');
    this.estate = this.#load();
    const plan = planEstate(this.estate, regions === undefined ? undefined : [...regions]);
    this.regions = plan.regions.map(({ name, fleets }) => {
      const addresses = fleets.flatMap((fleet) => (fleet as MembersFleetPlan).members.map(({ address }) => address));
      const region = new TestRegion({
        ...{ name, estate: this.estate, fleets, restartMs, pki: this.pki, env: {} },
        namespace: this.#links.region(name, addresses),
        folder: join(this.#folder, name),
      });
      region.install({ ...SMALL, ...parameters });
      return region;
    });
    for (const { a, b } of this.#peerings()) this.#links.join(a, this.#block(a), b, this.#block(b));
  }

  region(name: string): TestRegion {
    const found = this.regions.find((region) => region.name === name);
    if (found === undefined) throw new Error(`there is no region ${name} here`);
    return found;
  }

  /** Starts the Kafka clusters of regions and waits until each is marked as formed and all its hosts are well. */
  async form(...names: string[]): Promise<void> {
    const regions = names.length > 0 ? names.map((name) => this.region(name)) : this.regions;
    const hosts = regions.flatMap((region) => [...region.members('controllers'), ...region.members('brokers')]);
    await Promise.all(hosts.map((host) => host.start()));
    for (const region of regions) {
      await eventually(() => region.marker() !== undefined, `the cluster of ${region.name} is marked as formed`, 120);
    }
    await this.allWell(hosts);
  }

  /** Waits until hosts are well, by the health question that gates ask. */
  async allWell(hosts: readonly CollectionHost[], seconds = 60): Promise<void> {
    for (const host of hosts) {
      let said = '';
      const well = async (): Promise<boolean> => {
        const { code, err } = await host.health();
        said = err;
        return code === 0;
      };
      await eventually(well, `${host.name} is well`, seconds).catch((error: Error) => {
        throw new Error(`${error.message}: ${said}${host.journal().slice(-4000)}`);
      });
    }
  }

  /** kcat in a region's network, with the certificate of a role; bootstraps from the region's brokers. */
  kcat(
    region: string,
    args: readonly string[],
    { as = 'kafka-broker', input }: { as?: string; input?: string } = {},
  ): Promise<Ran> {
    const from = this.region(region);
    return from.hosts[0]!.runWith({}, this.#kcat(from, as, args), input);
  }

  /** The same, staying; returns its process, whose standard input and output are pipes. It ends with the world. */
  kcatProcess(region: string, args: readonly string[], as = 'kafka-broker'): ChildProcess {
    const from = this.region(region);
    const [program, ...rest] = this.#kcat(from, as, args) as [string, ...string[]];
    return this.watch(spawnInNamespace(from.namespace, program, rest, { stdio: ['pipe', 'pipe', 'pipe'], detached: true }));
  }

  /**
   * One of Kafka's own tools in a region's network as a super user, by the name of its script or main class:
   * `['kafka-topics', '--describe']`. Takes 2 s and more: a JVM starts.
   */
  admin(region: string, [tool, ...args]: readonly string[], as = 'kafka-broker'): Promise<Ran> {
    const from = this.region(region);
    const config = `${this.#client(from, as)}/client.properties`;
    const main = MAINS[tool!] ?? { main: tool!, config: '--command-config' };
    const bootstrap = args.some((arg) => arg.startsWith('--bootstrap-')) ? [] : ['--bootstrap-server', from.kafka().bootstrap];
    const java = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xmx128m', '-Dorg.slf4j.simpleLogger.defaultLogLevel=error'];
    return from.hosts[0]!.run(findRealPart('kafka-java')!, ...java, main.main, ...bootstrap, main.config, config, ...args);
  }

  /** Drops all packets between two regions; both keep their routes, as after a cut line. */
  cutLink(a: string, b: string): void {
    this.#links.cut(a, b);
  }

  mendLink(a: string, b: string): void {
    this.#links.mend(a, b);
  }

  /** A process of a test that ends with the world. */
  watch(child: ChildProcess): ChildProcess {
    this.#processes.add(child);
    return child;
  }

  async end(): Promise<void> {
    await Promise.all(this.regions.flatMap((region) => region.hosts.map((host) => host.kill())));
    await Promise.all([...this.#processes].map((child) => end(child, 'SIGKILL')));
    this.#links.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #kcat(region: TestRegion, as: string, args: readonly string[]): string[] {
    const folder = this.#client(region, as);
    const own =
      as === 'anybody' ? [] : ['-X', `ssl.key.location=${folder}/key.pem`, '-X', `ssl.certificate.location=${folder}/cert.pem`];
    const tls = ['-X', 'security.protocol=ssl', '-X', `ssl.ca.location=${folder}/ca.pem`];
    return [findRealPart('kcat')!, '-b', region.kafka().bootstrap, ...tls, ...own, ...args];
  }

  /** `<role>` or `<role>@<region>`: another region's certificate. */
  #client(region: TestRegion, as: string): string {
    const key = `${region.name} ${as}`;
    const [role = '', of = region.name] = as.split('@');
    const folder = this.#clients.get(key) ?? region.client(role, of);
    this.#clients.set(key, folder);
    return folder;
  }

  #load(): Estate {
    const file = join(this.#folder, 'estate/regions/estate.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/caFingerprint: .*/, `caFingerprint: "${this.pki.fingerprint}" }`));
    const { estate, findings } = loadEstate(join(this.#folder, 'estate'), { today: '2026-11-21' });
    const errors = findings.filter(({ severity }) => severity === 'error');
    if (estate === undefined || errors.length > 0) throw new Error(JSON.stringify(errors));
    return estate;
  }

  #peerings(): { a: string; b: string }[] {
    const here = new Set(this.regions.map(({ name }) => name));
    const central = this.estate.central ?? '';
    return [...here].filter((name) => name !== central && here.has(central)).map((name) => ({ a: central, b: name }));
  }

  #block(region: string): string {
    const block = this.regions
      .find(({ name }) => name === region)!
      .hosts[0]!.address.split('.')
      .slice(0, 2)
      .join('.');
    return `${block}.0.0/16`;
  }
}

/** Main classes of the tools that tests use, and how each is told its client's settings. */
const MAINS: Readonly<Record<string, { readonly main: string; readonly config: string }>> = {
  'kafka-topics': { main: 'org.apache.kafka.tools.TopicCommand', config: '--command-config' },
  'kafka-acls': { main: 'org.apache.kafka.tools.AclCommand', config: '--command-config' },
  'kafka-configs': { main: 'kafka.admin.ConfigCommand', config: '--command-config' },
  'kafka-metadata-quorum': { main: 'org.apache.kafka.tools.MetadataQuorumCommand', config: '--command-config' },
  'kafka-consumer-groups': { main: 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand', config: '--command-config' },
  'kafka-get-offsets': { main: 'org.apache.kafka.tools.GetOffsetShell', config: '--command-config' },
  'kafka-leader-election': { main: 'org.apache.kafka.tools.LeaderElectionCommand', config: '--admin.config' },
};
