/** `meissa region add <region>`: the text of the next region file. Only that file is new; locks are left to their own commands. */

import { ALIYUN_REGIONS, usualAliyunZones } from '../../facts/aliyun/regions';
import { usualZones } from '../../facts/aws/regions';
import { formatCidr, nextFree } from '../cidr';
import { BLOCK_BITS } from '../layout';
import type { Architecture, Estate, Provider, Region } from '../model';
import { nearest } from '../nearest';
import { freeAsNumber } from '../rules/links/as-numbers-are-distinct';
import { ranges } from '../rules/places';
import { membersPerStack, rosMembersPerStack } from '../stack-size';
import { type Change, refuse } from './change';

export interface AddRegionOptions {
  /** Cloud of the region. @default - AWS where it has a region of this name, else Aliyun */
  readonly provider?: Provider;
  /** Region whose clusters are copied, and the text of its file. @default - a core cluster as in the example */
  readonly like?: { readonly region: Region; readonly text: string };
  /** Account of the region; needed where its partition is another than the estate's. @default - the estate's */
  readonly account?: string;
}

export function addRegion(estate: Estate, name: string, options: AddRegionOptions = {}): Change {
  const facts = estate.awsRegions.get(name);
  const path = `regions/${name}.yaml`;
  const provider = options.provider ?? (facts === undefined && ALIYUN_REGIONS.includes(name) ? 'aliyun' : 'aws');
  if (provider === 'aws' ? facts === undefined : !ALIYUN_REGIONS.includes(name)) {
    const near = nearest(name, provider === 'aws' ? [...estate.awsRegions.keys(), ...ALIYUN_REGIONS] : ALIYUN_REGIONS);
    return refuse(
      'REGION_UNKNOWN',
      `${provider === 'aws' ? 'AWS' : 'Aliyun'} has no region "${name}"`,
      near ? `did you mean ${near}?` : `give a region such as ${provider === 'aws' ? 'eu-central-1' : 'cn-shanghai'}`,
    );
  }
  if ([...estate.regions, ...estate.idcs].some((place) => place.name === name || place.file === path)) {
    return refuse('REGION_EXISTS', `${path} is there already`, 'edit that file, or add another region');
  }
  const { pool, blockBits } = estate.addressing.hosts;
  const bits = Math.min(Math.max(blockBits, BLOCK_BITS.min), BLOCK_BITS.max);
  const taken = ranges(estate).map((p) => p.range);
  const block = nextFree(pool, bits, taken);
  if (block === undefined)
    return refuse(
      'POOL_FULL',
      `no block of /${bits} is free in ${formatCidr(pool)}`,
      'widen `addressing.hosts.pool` in estate.yaml',
    );
  if (options.like !== undefined && options.like.region.provider !== provider)
    return refuse(
      'REGION_OTHER_CLOUD',
      `${options.like.region.name} is a region of ${options.like.region.provider}: its instance types mean nothing to ${provider}`,
      `leave --like out, or name a region of ${provider}`,
    );
  const partition = estatePartition(estate);
  if (facts !== undefined && provider === 'aws' && partition !== facts.partition && options.account === undefined) {
    return refuse(
      'ACCOUNT_MISSING',
      `${name} lies in the partition ${facts.partition}, which has accounts of its own`,
      'give the account with --account',
    );
  }
  const zones = provider === 'aws' ? usualZones(estate.awsRegions, name) : usualAliyunZones(name);
  const account = [
    ...(facts === undefined || provider === 'aliyun' || partition === facts.partition ? [] : [`partition: ${facts.partition}`]),
    ...(options.account === undefined ? [] : [`account: "${options.account}"`]),
  ];
  const network = provider === 'aws' ? ['  nat: per-zone', '  flowLogDays: 30'] : ['  nat: single'];
  const head = [
    '# yaml-language-server: $schema=../schemas/region.schema.json',
    `region: ${name}`,
    `provider: ${provider}`,
    ...(account.length === 0 ? [] : [`${provider}: { ${account.join(', ')} }`]),
    `block: ${formatCidr(block)}`,
    'network:',
    `  zones: [${zones.join(', ')}]`,
    ...network,
    'containers: { mode: host }',
    // Links that join all regions join this one: those of AWS.
    ...(provider === 'aws' && estate.links.some((link) => link.all && link.kind === 'transit')
      ? [`transit: { asn: ${freeAsNumber(estate)} }`]
      : []),
    '',
  ].join('\n');
  const clusters = options.like === undefined ? core(estate, provider, zones.length) : copied(options.like, name, zones);
  const like = options.like === undefined ? '' : `, its clusters as in ${options.like.region.name}`;
  return {
    files: [{ path, text: head + clusters, isNew: true }],
    words: [
      `${name} has the block ${formatCidr(block)} and the zones ${zones.join(', ')}${like}`,
      `next: \`meissa pin ${name}\`, then \`meissa validate\``,
    ],
  };
}

/** The estate's partition: regions that override it are the exception. */
function estatePartition(estate: Estate): string {
  const counts = new Map<string, number>();
  for (const region of estate.regions)
    if (region.provider === 'aws') counts.set(region.aws.partition, (counts.get(region.aws.partition) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'aws';
}

/** The clusters of another region, word for word; names of zones become those in the same place here. */
function copied(like: NonNullable<AddRegionOptions['like']>, name: string, zones: readonly string[]): string {
  const lines = like.text.split('\n');
  const start = lines.findIndex((line) => /^clusters\s*:/.test(line));
  if (start < 0) return 'clusters: {}\n';
  const length = lines.slice(start + 1).findIndex((line) => /^[^\s#-]/.test(line));
  const block = lines.slice(start, length < 0 ? undefined : start + 1 + length).join('\n');
  const there = like.region.network.zones;
  const renamed = there.reduce((text, zone, i) => text.replaceAll(zone, zones[i % zones.length]!), block);
  return `${renamed.replaceAll(like.region.name, name).trimEnd()}\n`;
}

interface Types {
  readonly voters: string;
  readonly adserver: string;
  readonly storage: string;
}

const TYPES: Readonly<Record<Provider, Readonly<Record<Architecture, Types>>>> = {
  aws: {
    amd64: { voters: 'm5.large', adserver: 'c5.xlarge', storage: 'r5.xlarge' },
    arm64: { voters: 'm6g.large', adserver: 'c6g.xlarge', storage: 'r6g.xlarge' },
  },
  aliyun: {
    amd64: { voters: 'ecs.g7.large', adserver: 'ecs.c7.xlarge', storage: 'ecs.r7.xlarge' },
    arm64: { voters: 'ecs.g8y.large', adserver: 'ecs.c8y.xlarge', storage: 'ecs.r8y.xlarge' },
  },
};

function core(estate: Estate, provider: Provider, zones: number): string {
  const types = TYPES[provider][estate.images.architecture];
  const profiles = ['base', 'docker', 'etcd', 'updates'];
  const asked = profiles.flatMap((p) => estate.profiles.get(p)?.volumes ?? []).filter((v) => v.on === 'all').length;
  const shape = { gate: false, recover: false, mode: 'host', routeTables: zones + 1 } as const;
  return `clusters:
  core:
    generation: 1
    etcd: { bootstrap: static, voters: voters }
    fleets:
      adserver:
        kind: elastic
        instanceType: ${types.adserver}
        profiles: [${profiles.join(', ')}]
        min: 2
        max: 40
        metadata: { role: adserver }
      storage:
        kind: members
        count: 3
        instanceType: ${types.storage}
        profiles: [${profiles.join(', ')}]
        addresses: { first: 64, perZone: ${blockRoom(estate)} }
        membersPerStack: ${provider === 'aws' ? membersPerStack({ ...shape, volumes: asked + 1 }) : rosMembersPerStack(asked + 1)}
        volumes:
          data: { device: /dev/sdg, gb: 500, type: gp3, mount: /srv/data }
        metadata: { role: storage }
      voters:
        kind: members
        quorum: etcd
        count: 3
        instanceType: ${types.voters}
        profiles: [${profiles.join(', ')}]
        addresses: { first: 16, perZone: 16 }
        membersPerStack: 5
        metadata: { role: voter }
`;
}

/** Addresses a zone for the storage fleet: 256, fewer where the members subnet of a small block (/25 to /21) has not that many. */
function blockRoom(estate: Estate): number {
  const bits = Math.min(Math.max(estate.addressing.hosts.blockBits, BLOCK_BITS.min), BLOCK_BITS.max);
  const subnet = 2 ** (32 - (bits + 5));
  return Math.min(256, subnet - 64 - 1);
}
