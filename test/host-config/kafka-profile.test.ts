/** What the collection's own profiles ask of brokers and controllers; that it works is shown by real Kafka in test/collection. */
import { join } from 'node:path';
import type { Estate } from '../../lib/estate/model/model';
import { loadEstate } from '../../lib/estate/read/load';
import { userDataOf } from '../../lib/host-config/fleet-user-data';
import { hostConfig } from '../../lib/host-config/host-config';
import type { HostConfig } from '../../lib/host-config/model';
import type { FleetPlan } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { repository } from './fixtures';

const estate = loadEstate(join(repository, 'test/estates/collection'), { today: '2026-11-21' }).estate as Estate;
const plan = planEstate(estate);

function fleet(region: string, name: string): FleetPlan {
  return plan.regions.find((each) => each.name === region)!.fleets.find((each) => each.name === name)!;
}

function host(region: string, name: string): HostConfig {
  const { context, profiles } = fleet(region, name);
  const { config, findings } = hostConfig(
    context,
    profiles.map((profile) => estate.profiles.get(profile)!),
  );
  expect(findings).toEqual([]);
  return config;
}

const [broker, controller, combined] = [
  host('sa-east-1', 'brokers'),
  host('sa-east-1', 'controllers'),
  host('ap-south-1', 'brokers'),
];
const file = (config: HostConfig, path: string): string => config.files.find((each) => each.path === path)!.content;
const unit = (config: HostConfig, name: string): string => config.units.find((each) => each.name === name)!.content!;
const script = (config: HostConfig): string => file(config, '/opt/meissa/bin/meissa-kafka');
const properties = (config: HostConfig): string => file(config, '/etc/meissa/kafka.properties');

test('the estate of the collection`s tests has no findings', () => {
  const { findings } = loadEstate(join(repository, 'test/estates/collection'), { today: '2026-11-21' });
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('without the fingerprint of a root no host of a collection is planned', () => {
  const { parameters } = estate.profiles.get('collection')!;
  expect(parameters).toMatchObject({ required: ['caFingerprint'] });
});

test('brokers, controllers and those that are both have their roles, listeners and ids', () => {
  expect(script(broker)).toContain('roles=broker listen=BROKER://$me:9092 meta=$logs base=100');
  expect(script(controller)).toContain('roles=controller logs=$kraft listen=CONTROLLER://$me:9093');
  expect(script(combined)).toContain('roles=broker,controller listen=BROKER://$me:9092,CONTROLLER://$me:9093');
});

test('the quorum is a dynamic one: no static voters, and only hosts that vote may begin one', () => {
  for (const config of [broker, controller, combined]) {
    expect(properties(config)).toContain('controller.quorum.bootstrap.servers=');
    expect(properties(config)).not.toContain('controller.quorum.voters');
  }
  expect(script(controller)).toMatch(/--initial-controllers=1@10\.9\.8\.16:9093:\S{22},2@10\.9\.40\.16:9093:\S{22},3@/);
  expect(script(broker)).not.toContain('--initial-controllers');
});

test('everybody shows a certificate, rights are checked on both roles, and nobody has any without being told', () => {
  for (const config of [broker, controller, combined]) {
    const text = properties(config);
    expect(text).toContain('ssl.client.auth=required');
    expect(text).toContain('listener.security.protocol.map=CONTROLLER:SSL,BROKER:SSL');
    expect(text).toContain('authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer');
    expect(text).toContain('allow.everyone.if.no.acl.found=false');
    expect(text).toMatch(/^super\.users=User:([a-z0-9-]+)\.kafka-broker;User:\1\.kafka-controller$/m);
    expect(text).toContain('O=collecting$/$2.$1/,DEFAULT');
  }
});

test('what is acknowledged is on two of three brokers, also what Kafka keeps for itself', () => {
  expect(properties(broker)).toContain('min.insync.replicas=2');
  for (const topic of ['offsets.topic', 'transaction.state.log', 'share.coordinator.state.topic'])
    expect(properties(broker)).toContain(`${topic}.replication.factor=3`);
  expect(properties(broker)).toContain('unclean.leader.election.enable=false');
  expect(properties(broker)).toContain('auto.create.topics.enable=false');
});

test('Kafka waits for its volume, is never given up, and has long to stop', () => {
  expect(unit(broker, 'kafka.service')).toMatch(/^Requires=meissa-host\.service meissa-volume-kafka\.service$/m);
  expect(unit(controller, 'kafka.service')).toMatch(/^Requires=meissa-host\.service meissa-volume-kraft\.service$/m);
  expect(unit(combined, 'kafka.service')).toMatch(/^Requires=.* meissa-volume-kafka\.service meissa-volume-kraft\.service$/m);
  for (const line of ['Restart=always', 'StartLimitIntervalSec=0', 'TimeoutStopSec=600', 'LimitNOFILE=1048576'])
    expect(unit(broker, 'kafka.service')).toContain(line);
});

test('the guard stops before Kafka does, and systemd is more patient than it', () => {
  const guard = unit(broker, 'kafka-guard.service');
  expect(guard).toContain('After=kafka.service');
  expect(guard).toContain('ExecStop=/opt/meissa/bin/meissa-kafka yield');
  const asked = Number(/yield\?seconds=(\d+)/.exec(script(broker))![1]);
  expect(Number(/TimeoutStopSec=(\d+)/.exec(guard)![1])).toBeGreaterThan(asked);
});

test('a changed topic restarts brokers only', () => {
  expect(file(controller, '/etc/meissa/kafka-guard.json')).toContain('"topics": []');
  expect(JSON.parse(file(broker, '/etc/meissa/kafka-guard.json')).kafka.topics).toMatchObject([{ name: 'logs' }]);
});

test('the user-data of brokers and controllers take at most 13 of 16 KiB', () => {
  for (const [region, name] of [
    ['sa-east-1', 'brokers'],
    ['sa-east-1', 'controllers'],
    ['ap-south-1', 'brokers'],
  ] as const)
    expect(userDataOf(estate)(fleet(region, name)).bytes).toBeLessThanOrEqual(13_312);
});

test('Kafka starts by a clock that is right: it deletes by age', () => {
  for (const { units } of [broker, controller]) {
    const before = units.find(({ name }) => name === 'kafka.service')!.content!.match(/^ExecStartPre=.*$/gm);
    expect(before).toEqual([
      'ExecStartPre=/opt/meissa/bin/meissa-clock before',
      'ExecStartPre=!/opt/meissa/bin/meissa-kafka decide',
    ]);
  }
});

test('only hosts with certificates can ask for a secret', () => {
  expect(file(broker, '/opt/meissa/bin/meissa-cloud')).toContain('secret-get)');
  expect(file(broker, '/opt/meissa/bin/collection-certificates')).toContain(
    'name=/meissa/collecting/sa-east-1/collection/brokers/tls/$MEISSA_MEMBER',
  );
});
