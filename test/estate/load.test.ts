import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withFolderLock } from '../../lib/disk/folder-lock';
import { writeFiles } from '../../lib/disk/write-files';
import { packageRoot } from '../../lib/estate/files/disk-source';
import type { AwsRegion, MembersFleet } from '../../lib/estate/model/model';
import { jsonSchemas } from '../../lib/estate/read/json-schema';
import { loadEstate } from '../../lib/estate/read/load';
import { withoutClusters } from '../../lib/estate/read/outline';
import { filesOf, loadChanged, written } from './written';

const ROOT = packageRoot();

describe('the example estate', () => {
  const { estate, findings } = loadEstate(ROOT, { today: '2026-11-21' });

  test('has nine regions of AWS and two of Aliyun, each with a core cluster of voters and a collection', () => {
    expect(estate!.regions.map((r) => r.name)).toEqual([
      'ap-northeast-1',
      'ap-south-1',
      'ap-southeast-1',
      'ap-southeast-2',
      'cn-beijing',
      'cn-hangzhou',
      'eu-west-1',
      'sa-east-1',
      'us-east-1',
      'us-west-1',
      'us-west-2',
    ]);
    for (const region of estate!.regions) {
      expect(region.clusters.map((c) => c.name)).toEqual(['collection', 'core']);
      const [collection, core] = region.clusters;
      const central = region.provider === 'aws' ? 'us-east-1' : 'cn-beijing';
      expect(collection!.kafka).toMatchObject({ size: 'standard', frontEnds: 'front-ends', into: central });
      expect(collection!.kafka!.mirrors).toBe(region.name === central ? 'mirrors' : undefined);
      const fleets = core!.fleets.map((f) => `${f.name} ${f.kind}`);
      expect(fleets).toContain('voters members');
      if (region.provider === 'aws') expect(fleets).toEqual(['adserver elastic', 'storage members', 'voters members']);
    }
    expect(estate!.central).toBe('us-east-1');
  });

  test('has no error, and says what two zones cost, what packets a leased line takes', () => {
    expect(findings).toMatchObject([
      { file: 'regions/bj-idc.yaml', severity: 'warning', code: 'LINK_MTU' },
      { file: 'regions/bj-idc.yaml', severity: 'warning', code: 'SINGLE_GATEWAY', accepted: expect.stringContaining('rack') },
      { file: 'regions/cn-beijing.yaml', severity: 'warning', code: 'LINK_MTU' },
      {
        file: 'regions/us-west-1.yaml',
        severity: 'warning',
        code: 'VOTERS_NOT_SPREAD',
        path: 'clusters.core.fleets.voters.zones',
      },
      { file: 'regions/us-west-1.yaml', severity: 'warning', code: 'KAFKA_ZONES' },
      {
        file: 'regions/us-west-1.yaml',
        severity: 'warning',
        path: 'clusters.collection.fleets.controllers.zones',
        message: 'losing zone us-west-1a loses the quorum: 2 of 3 voters stand there (1, 3)',
      },
    ]);
  });

  test('names the schema in the first line of every file that people write', () => {
    for (const name of ['estate', ...estate!.regions.map((r) => r.name)]) {
      const first = readFileSync(join(ROOT, `regions/${name}.yaml`), 'utf8').split('\n')[0];
      expect(first).toBe(`# yaml-language-server: $schema=../schemas/${name === 'estate' ? 'estate' : 'region'}.schema.json`);
    }
  });
});

test('an estate without profiles of its own has those of this package', async () => {
  const root = mkdtempSync(join(tmpdir(), 'meissa-'));
  await withFolderLock(root, { verb: 'test' }, (lock) =>
    writeFiles(
      lock,
      Object.entries(filesOf(written())).map(([path, text]) => ({ path, text })),
    ),
  );
  const { estate } = loadEstate(root);
  expect([...estate!.profiles.keys()]).toEqual(['base', 'docker', 'etcd', 'updates']);
});

test('a folder without an estate is a finding', () => {
  expect(loadEstate(mkdtempSync(join(tmpdir(), 'meissa-'))).findings.map((f) => f.code)).toEqual(['ESTATE_MISSING']);
});

test('the committed JSON Schemas are current', () => {
  for (const [path, text] of Object.entries(jsonSchemas())) expect(readFileSync(join(ROOT, path), 'utf8')).toBe(text);
});

test('JSON Schemas describe every key', () => {
  for (const text of Object.values(jsonSchemas())) {
    const undescribed: string[] = [];
    const walk = (node: Record<string, unknown>, path: string): void => {
      for (const [key, inner] of Object.entries((node.properties ?? {}) as Record<string, Record<string, unknown>>)) {
        if (inner.description === undefined) undescribed.push(`${path}.${key}`);
        walk(inner, `${path}.${key}`);
      }
    };
    walk(JSON.parse(text), '');
    expect(undescribed).toEqual([]);
  }
});

describe('what a file leaves out', () => {
  test('has its default', () => {
    const { estate } = loadChanged(() => {});
    expect(estate!.quotas).toEqual({
      routesPerTable: 500,
      aliyunRoutesPerTable: 200,
      aliyunElasticIps: 20,
      elasticIps: 5,
      interfaces: 5000,
      vpnConnections: 50,
      subnetsPerVpc: 200,
      routeTablesPerVpc: 200,
      rulesPerSecurityGroup: 60,
      peeringsPerVpc: 50,
      routesPerTransitGateway: 10000,
      peeringsPerTransitGateway: 50,
      prefixesToDirectConnect: 200,
      prefixesFromIdc: 100,
    });
    expect(estate!.images).toMatchObject({ channel: 'stable', architecture: 'amd64', accept: [] });
    expect(estate!.discovery.url).toBe('https://discovery.etcd.io');
    const region = estate!.regions[0]! as AwsRegion;
    expect(region.aws).toEqual({ account: '111111111111', partition: 'aws', bootstrapQualifier: 'hnb659fds' });
    expect(region.network).toMatchObject({ nat: 'per-zone', flowLogDays: 30 });
    const [adserver, storage, voters] = region.clusters[0]!.fleets;
    expect(adserver).toMatchObject({
      rootGb: 20,
      maxBatch: 1,
      signalTimeout: 900,
      compress: 'auto',
      alarms: { recover: false },
      zones: region.network.zones,
    });
    expect(storage).toMatchObject({ maxUnavailable: 1, removed: [], gateTimeout: 900 });
    expect((voters as MembersFleet).maxUnavailable).toBe(1);
  });

  test.each([
    [3, 90, 1],
    [40, 90, 4],
    [400, 90, 9],
  ])('of %i members, %i a stack, %i may be interrupted at once', (count, membersPerStack, most) => {
    const { estate } = loadChanged((w) => {
      const { storage } = w.places['sa-east-1'].clusters.core.fleets;
      Object.assign(storage, { count, membersPerStack, addresses: { first: 64, perZone: 190 } });
    });
    const [sa] = estate!.regions;
    expect(sa!.clusters[0]!.fleets.find((f) => f.name === 'storage')).toMatchObject({ maxUnavailable: most });
  });

  test('of the account comes from the estate, and the region wins', () => {
    const { estate } = loadChanged((w) => {
      w.estate.aws.permissionsBoundary = 'Boundary';
      w.places['sa-east-1'].aws = { account: '222222222222' };
    });
    const regions = estate!.regions as AwsRegion[];
    expect(regions.map((r) => r.aws.account)).toEqual(['222222222222', '111111111111']);
    expect(regions[0]!.aws.permissionsBoundary).toBe('Boundary');
  });

  test('of a volume comes from the profile', () => {
    const { estate } = loadChanged((w) => (w.places['sa-east-1'].clusters.core.fleets.voters.volumes = { etcd: { gb: 50 } }));
    const voters = estate!.regions[0]!.clusters[0]!.fleets[2] as MembersFleet;
    expect(voters.volumes).toEqual([
      { name: 'etcd', device: '/dev/sdf', gb: 50, type: 'gp3', mount: '/var/lib/etcd', filesystem: 'ext4' },
    ]);
  });
});

test('an outline keeps every line in its place and leaves the clusters out', () => {
  const text = 'region: a\nclusters:\n  core:\n    x: 1\n# end\nblock: 10.0.0.0/16\n';
  expect(withoutClusters(text)).toBe('region: a\n\n\n\n# end\nblock: 10.0.0.0/16\n'.replace('# end', ''));
});
