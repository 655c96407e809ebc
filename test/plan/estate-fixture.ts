/** A small estate made by hand, so that the plan's tests need no files. */
import { cidr } from '../../lib/estate/addresses/cidr';
import { memberPlace } from '../../lib/estate/addresses/member-number';
import { type MemberEntry, memberKey } from '../../lib/estate/model/locks';
import type { AwsRegion, Cluster, ElasticFleet, Estate, Fleet, MembersFleet, Region } from '../../lib/estate/model/model';
import type { Profile } from '../../lib/estate/model/profile';
import { AWS_REGIONS } from '../../lib/facts/aws/regions';

export function profile(name: string, rest: Partial<Profile> = {}): Profile {
  return {
    name,
    description: name,
    folder: `cloud-config/${name}`,
    parameters: { type: 'object' },
    requires: [],
    ports: [],
    volumes: [],
    needs: { artifacts: [], signal: false, formedMarker: false },
    fragment: '',
    files: {},
    ...rest,
  };
}

export const PROFILES: readonly Profile[] = [
  profile('base', { needs: { artifacts: [], signal: true, formedMarker: false } }),
  profile('etcd', {
    requires: ['base'],
    ports: [
      { name: 'etcd-client', port: 2379, protocol: 'tcp', from: 'cluster', on: 'voters', why: 'hosts of the cluster reach etcd' },
      { name: 'etcd-peer', port: 2380, protocol: 'tcp', from: 'fleet', on: 'voters', why: 'voters replicate' },
    ],
    volumes: [
      { name: 'etcd', device: '/dev/sdf', gb: 20, type: 'gp3', mount: '/var/lib/etcd', filesystem: 'ext4', on: 'voters' },
    ],
    needs: { artifacts: ['etcd'], signal: true, formedMarker: true },
  }),
];

export function members(name: string, rest: Partial<MembersFleet> = {}): MembersFleet {
  return {
    kind: 'members',
    name,
    instanceType: 'r5.xlarge',
    profiles: ['base', 'etcd'],
    parameters: {},
    metadata: {},
    rootGb: 20,
    tags: {},
    compress: 'auto',
    zones: ['sa-east-1a', 'sa-east-1b', 'sa-east-1c'],
    alarms: { recover: false },
    count: 3,
    removed: [],
    addresses: { first: 16, perZone: 16, firstRange: 0 },
    membersPerStack: 90,
    maxUnavailable: 9,
    volumes: [],
    gateTimeout: 900,
    ...rest,
  };
}

export const VOTERS = members('voters', { quorum: 'etcd', maxUnavailable: 1, membersPerStack: 5, instanceType: 'm5.large' });

export const STORAGE = members('storage', {
  addresses: { first: 64, perZone: 1500, firstRange: 8 },
  volumes: [{ name: 'data', device: '/dev/sdg', gb: 500, type: 'gp3', mount: '/srv/data', filesystem: 'ext4' }],
});

export const ADSERVER: ElasticFleet = {
  kind: 'elastic',
  name: 'adserver',
  instanceType: 'c5.xlarge',
  profiles: ['base', 'etcd'],
  parameters: {},
  metadata: { role: 'adserver' },
  rootGb: 20,
  tags: { team: 'ads' },
  compress: 'auto',
  zones: ['sa-east-1a', 'sa-east-1b', 'sa-east-1c'],
  alarms: { recover: false },
  min: 2,
  max: 40,
  maxBatch: 1,
  signalTimeout: 900,
};

export function region(fleets: readonly Fleet[], rest: Partial<AwsRegion> = {}): AwsRegion {
  const core: Cluster = { name: 'core', generation: 1, etcd: { bootstrap: 'static', voters: 'voters' }, fleets, units: [] };
  return {
    name: 'sa-east-1',
    file: 'regions/sa-east-1.yaml',
    provider: 'aws',
    aws: { account: '111111111111', partition: 'aws', bootstrapQualifier: 'hnb659fds' },
    block: cidr('10.9.0.0/16'),
    network: { zones: ['sa-east-1a', 'sa-east-1b', 'sa-east-1c'], nat: 'per-zone', flowLogDays: 30 },
    containers: { mode: 'host', hostBits: 24, prefixesPerHost: 1, openTo: ['containers'] },
    clusters: [core],
    generation: 1,
    tags: {},
    ...rest,
  };
}

export interface EstateFixture {
  readonly regions: readonly Region[];
  readonly lock?: (key: string, entry: MemberEntry) => MemberEntry | undefined;
}

/** An estate whose every member is pinned. */
export function estate({ regions, lock = (_key, entry) => entry }: EstateFixture): Estate {
  return {
    name: 'example',
    addressing: {
      hosts: { pool: cidr('10.0.0.0/8'), blockBits: 16 },
      containers: { pool: cidr('172.16.0.0/12'), blockBits: 16 },
    },
    images: { channel: 'stable', architecture: 'amd64', feed: '', accept: [] },
    discovery: { url: 'https://discovery.example.com' },
    tags: { owner: 'platform' },
    awsRegions: AWS_REGIONS,
    quotas: {
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
      routesPerTransitGateway: 10_000,
      peeringsPerTransitGateway: 50,
      prefixesToDirectConnect: 200,
      prefixesFromIdc: 100,
    },
    regions,
    idcs: [],
    links: [],
    profiles: new Map(PROFILES.map((p) => [p.name, p])),
    locks: {
      images: {
        release: '3510.2.5',
        published: '2023-07-14',
        architecture: 'amd64',
        images: { 'sa-east-1': 'ami-0dbd802e72d0b653d' },
        copies: {},
      },
      tokens: { tokens: [] },
      artifacts: {
        artifacts: [
          {
            name: 'etcd',
            version: '3.5.21',
            architecture: 'amd64',
            file: 'etcd.tar.gz',
            sha256: 'ad'.repeat(32),
            source: 'https://example.com/etcd.tar.gz',
          },
        ],
      },
      members: new Map(
        regions.map((r) => [r.name, { region: r.name, file: `regions/${r.name}.members.lock.yaml`, members: pins(r, lock) }]),
      ),
    },
    locate: (file) => ({ file, line: 0 }),
  };
}

function pins(r: Region, lock: NonNullable<EstateFixture['lock']>): Map<string, MemberEntry> {
  const entries = new Map<string, MemberEntry>();
  for (const cluster of r.clusters) {
    for (const fleet of cluster.fleets) {
      if (fleet.kind !== 'members') continue;
      for (let number = 1; number <= fleet.count; number++) {
        const key = memberKey(cluster.name, fleet.name, number);
        const entry = lock(key, {
          image: 'ami-0dbd802e72d0b653d',
          rootGb: fleet.rootGb,
          zone: memberPlace(fleet, number).zone,
          generation: 1,
        });
        if (entry !== undefined) entries.set(key, entry);
      }
    }
  }
  return entries;
}
