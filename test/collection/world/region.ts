/** A region's collection: its hosts by fleet and number, its cloud, and clients that work in its network. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Estate } from '../../../lib/estate/model/model';
import { hostConfig } from '../../../lib/host-config/host-config';
import type { KafkaContext } from '../../../lib/plan/collection/kafka-model';
import type { FleetPlan, MembersFleetPlan } from '../../../lib/plan/model';
import { CloudStub } from '../../hosts/cloud-stub';
import { CollectionHost } from './collection-host';
import type { Pki } from './pki';

export interface RegionOptions {
  readonly name: string;
  readonly estate: Estate;
  readonly fleets: readonly FleetPlan[];
  readonly namespace: string;
  readonly folder: string;
  readonly pki: Pki;
  readonly restartMs: number;
  readonly env: Readonly<Record<string, string>>;
}

/** OU of a host's certificate by what its fleet is to the collection. */
const OUS: Readonly<Record<KafkaContext['role'], string>> = {
  controller: 'kafka-controller',
  broker: 'kafka-broker',
  combined: 'kafka-broker',
  'front-end': 'front-end',
  mirror: 'kafka-mirror',
  client: 'client',
};

export class TestRegion {
  readonly name: string;
  readonly namespace: string;
  readonly cloud: CloudStub;
  /** In the order of the plan. */
  readonly hosts: readonly CollectionHost[];
  readonly #options: RegionOptions;

  constructor(options: RegionOptions) {
    const { name, fleets, namespace, folder, restartMs, env } = options;
    this.#options = options;
    this.name = name;
    this.namespace = namespace;
    this.cloud = new CloudStub(join(folder, 'cloud'));
    this.hosts = fleets.flatMap((fleet) =>
      (fleet as MembersFleetPlan).members.map(
        ({ name: host, address, number }) =>
          new CollectionHost({
            ...{ name: host, address, number, namespace, region: name, fleet: fleet.name, restartMs },
            // All hosts of a region are in one namespace.
            env: { ...env, MEISSA_LISTEN: address },
            root: join(folder, host),
            cloud: this.cloud,
          }),
      ),
    );
    for (const host of this.hosts) this.certify(host);
    this.install();
  }

  /** Member `number` of a fleet. */
  host(fleet: string, number: number): CollectionHost {
    const found = this.hosts.find((host) => host.fleet === fleet && host.number === number);
    if (found === undefined) throw new Error(`${this.name} has no ${fleet}/${number}`);
    return found;
  }

  members(fleet: string): CollectionHost[] {
    return this.hosts.filter((host) => host.fleet === fleet);
  }

  /** What the hosts of a fleet know of the collection. */
  kafka(fleet = 'brokers'): KafkaContext {
    return this.#fleet(fleet).context.cluster.kafka!;
  }

  /** The formed marker of the Kafka cluster. */
  marker(): string | undefined {
    return this.cloud.marker(this.kafka().formedMarker);
  }

  /** Renders every host's files. Called again with other parameters, it is what a deploy changes. */
  install(parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {}): void {
    for (const fleet of this.#options.fleets) {
      const { estate } = this.#options;
      const given = Object.entries(fleet.context.parameters).map(([profile, values]) => [
        profile,
        { ...values, ...parameters[profile] },
      ]);
      const context = { ...fleet.context, parameters: Object.fromEntries(given) };
      const profiles = fleet.profiles.map((name) => estate.profiles.get(name)!);
      const { config, findings } = hostConfig(context, profiles);
      if (findings.length > 0) throw new Error(JSON.stringify(findings));
      for (const host of this.members(fleet.name)) host.install(config);
    }
  }

  /** Issues a host's certificate anew and puts it where the host fetches it. */
  certify(host: CollectionHost, days = 30): void {
    const { certificate, role } = this.kafka(host.fleet);
    const subject = { region: this.name, role: OUS[role], host: host.name, address: host.address, days };
    this.cloud.secret(`${certificate}/${host.number}`, this.#options.pki.issue(subject));
  }

  /**
   * Settings of a client, as files below a folder of its own: `client.properties` for Kafka's tools, `key.pem`, `cert.pem`, `ca.pem` for others.
   *
   * @param role OU of its certificate; `anybody` has none
   * @param region L of its certificate
   */
  client(role: string, region = this.name): string {
    const folder = join(this.#options.folder, `client-${role}-${region}`);
    mkdirSync(folder, { recursive: true });
    const { pki } = this.#options;
    const pem = pki.issue({ region, role, host: `client-${role}`, address: '127.0.0.1' });
    const [key = '', ...chain] = pem.split(/(?=-----BEGIN )/);
    writeFileSync(join(folder, 'key.pem'), key);
    writeFileSync(join(folder, 'cert.pem'), chain.slice(0, -1).join(''));
    writeFileSync(join(folder, 'ca.pem'), chain.at(-1)!);
    writeFileSync(join(folder, 'keystore.pem'), key + chain.slice(0, -1).join(''));
    const store = role === 'anybody' ? [] : ['ssl.keystore.type=PEM', `ssl.keystore.location=${folder}/keystore.pem`];
    const trust = ['security.protocol=SSL', 'ssl.truststore.type=PEM', `ssl.truststore.location=${folder}/ca.pem`];
    writeFileSync(join(folder, 'client.properties'), [...trust, ...store, ''].join('\n'));
    return folder;
  }

  #fleet(name: string): FleetPlan {
    return this.#options.fleets.find((fleet) => fleet.name === name)!;
  }
}
