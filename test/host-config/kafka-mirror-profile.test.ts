/** What the profile of the mirrors asks of its hosts; that it works is shown by real clusters in test/collection. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Estate } from '../../lib/estate/model/model';
import { loadEstate } from '../../lib/estate/read/load';
import { hostConfig } from '../../lib/host-config/host-config';
import type { HostConfig } from '../../lib/host-config/model';
import { renderUserData } from '../../lib/host-config/user-data';
import type { FleetContext, KafkaContext, MirrorFlow } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { expectGolden } from '../golden';
import { repository } from './fixtures';

const { estate } = loadEstate(join(repository, 'test/estates/collection')) as { estate: Estate };
const fleet = planEstate(estate)
  .regions.find(({ name }) => name === 'us-east-1')!
  .fleets.find(({ name }) => name === 'mirrors')!;
const profiles = fleet.profiles.map((name) => estate.profiles.get(name)!);
const planned = fleet.context.cluster.kafka!;

function context(kafka: Partial<KafkaContext> = {}, params: Record<string, unknown> = {}): FleetContext {
  const { parameters, cluster } = fleet.context;
  return {
    ...fleet.context,
    cluster: { ...cluster, kafka: { ...planned, ...kafka } },
    parameters: { ...parameters, 'kafka-mirror': { ...parameters['kafka-mirror'], ...params } },
  };
}

function host(kafka?: Partial<KafkaContext>, params?: Record<string, unknown>): HostConfig {
  const { config, findings } = hostConfig(context(kafka, params), profiles);
  expect(findings).toEqual([]);
  return config;
}

const flow = (region: string, number: number): MirrorFlow => ({ ...planned.flows[0]!, region, number });
const nine = [
  'ap-northeast-1',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'eu-west-1',
  'sa-east-1',
  'us-west-1',
  'us-west-2',
]
  .concat('cn-hangzhou')
  .map(flow);
const own = (config: HostConfig) => [
  ...config.units.filter(({ profile }) => profile === 'kafka-mirror').map(({ name, content }) => [name, content!] as const),
  ...config.files.filter(({ profile }) => profile === 'kafka-mirror').map(({ path, content }) => [path, content] as const),
];

/** The properties that the script gives MirrorMaker on a host, and the arguments of its Java. */
function run(config: HostConfig, region: string): { properties: string; args: string[] } {
  const root = mkdtempSync(join(tmpdir(), 'meissa-mirror-'));
  try {
    const write = (path: string, content: string, mode = 0o644): void => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
      chmodSync(join(root, path), mode);
    };
    for (const { path, content, permissions } of config.files) write(path, content, Number.parseInt(permissions, 8));
    write('/run/meissa/host.env', 'MEISSA_ADDRESS=10.1.0.64\n');
    write('/run/meissa/tls/cert.pem', 'a certificate\n');
    write('/opt/kafka/libs/jmx_prometheus_javaagent-1.0.1.jar', '');
    write('/java/java', '#!/bin/sh\nprintf "%s\\n" "$@"\n', 0o755);
    const env = { PATH: `${root}/java:${process.env.PATH}`, MEISSA_ROOT: root };
    const out = execFileSync(join(root, 'opt/meissa/bin/meissa-mirror'), ['run', region], { env, encoding: 'utf8' });
    const properties = readFileSync(join(root, `run/meissa-mirror-${region}/mirror.properties`), 'utf8');
    const args = out.replaceAll(root, '').trim().split('\n');
    return { properties: properties.replaceAll(root, ''), args };
  } finally {
    rmSync(root, { recursive: true });
  }
}

test('every region has a unit and a file of its own, named by it', () => {
  const names = own(host()).map(([name]) => name);
  for (const region of ['ap-south-1', 'sa-east-1']) {
    expect(names).toContain(`mirror@${region}.service`);
    expect(names).toContain(`/etc/meissa/mirror/${region}`);
  }
  expect(names.filter((name) => name.startsWith('mirror@'))).toHaveLength(2);
});

test('a tenth region adds its unit and its file, and changes nothing else', () => {
  const before = own(host({ flows: nine }));
  const after = own(host({ flows: [...nine, flow('me-south-1', 9)] }));
  expect(
    after.filter(([name, content]) => !before.some((old) => old[0] === name && old[1] === content)).map(([name]) => name),
  ).toEqual(['mirror@me-south-1.service', '/etc/meissa/mirror/me-south-1']);
});

test('ten flows fit into what an instance takes', () => {
  const { userData, findings } = renderUserData(context({ flows: [...nine, flow('me-south-1', 9)] }), profiles, {
    compress: 'auto',
  });
  expect(findings).toEqual([]);
  expect(userData!.bytes).toBeLessThanOrEqual(16_384);
});

test('the properties of a mirror are what test/golden says', () => {
  expectGolden('collection/mirror-sa-east-1.properties', run(host(), 'sa-east-1').properties);
});

test('a mirror only reads in its region: it keeps everything of its own in the central one', () => {
  const { properties } = run(host(), 'sa-east-1');
  expect(properties).toContain('offset-syncs.topic.location = target');
  expect(properties).toContain('us-east-1->sa-east-1.enabled = false');
  expect(properties).toContain('emit.heartbeats.enabled = false');
  expect(properties).toContain('sync.topic.acls.enabled = false');
});

test('it carries the topics that the region says, to the letter, and its heartbeats', () => {
  const flows = [{ ...flow('sa-east-1', 0), topics: ['app.clicks', 'logs'] }];
  expect(run(host({ flows }), 'sa-east-1').properties).toContain('topics = app[.]clicks,logs,meissa-heartbeats\n');
});

test('exactly-once is a parameter, and so is the heap', () => {
  expect(run(host({}, { exactlyOnce: true }), 'sa-east-1').properties).toContain(
    'us-east-1.exactly.once.source.support = enabled',
  );
  expect(run(host({}, { exactlyOnce: false }), 'sa-east-1').properties).not.toContain('exactly.once');
  expect(run(host({}, { heapMb: 1024 }), 'sa-east-1').args).toContain('-Xmx1024m');
});

test('internal topics have as many replicas as there are brokers, three at most', () => {
  const factors = (internalReplication: number): string[] =>
    run(host({ internalReplication }), 'sa-east-1')
      .properties.split('\n')
      .filter((line) => line.includes('replication.factor'));
  expect(factors(3)).toHaveLength(7);
  for (const line of factors(3)) expect(line).toMatch(/= 3$/);
  for (const line of factors(1)) expect(line).toMatch(/= 1$/);
});

test('ports go by the number of the flow: REST from 8083, metrics from 9410, inside of what is open', () => {
  const flows = [flow('sa-east-1', 7)];
  const { properties, args } = run(host({ flows }), 'sa-east-1');
  expect(properties).toContain('listeners = http://10.1.0.64:8090\n');
  expect(args.find((arg) => arg.startsWith('-javaagent:'))).toContain('=10.1.0.64:9417:');
});

test('what nobody has planned is not mirrored', () => {
  expect(() => run(host(), 'eu-west-9')).toThrow('no flow from eu-west-9 is planned');
});
