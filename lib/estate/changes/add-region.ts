/** `meissa region add <region>`: the text of the next region file. Only that file is new; locks are left to their own commands. */

import type { Cloud, Provider } from '../../clouds/cloud';
import { CLOUDS } from '../../clouds/clouds';
import { parseArn } from '../../facts/aws/arns';
import { type CloudRegionId, cloudRegionId } from '../../facts/region';
import { cidr, formatCidr } from '../addresses/cidr';
import { BLOCK_BITS, zoneLetter, zoneSlot } from '../addresses/layout';
import { nextUsable } from '../addresses/unusable';
import { flow } from '../findings/remedy';
import type { Estate, Region, Told } from '../model/model';
import { tellsSomebody } from '../model/told';
import { regionsOf } from '../regions-of';
import { freeAsNumber } from '../rules/links/as-numbers-are-distinct';
import { ranges } from '../rules/places';
import { silentFleets } from '../rules/regions/whom-alarms-tell';
import { membersPerStack } from '../stacks/stack-size';
import { type Change, refuse } from './change';
import { refusedName } from './refused-name';

export interface AddRegionOptions {
  /** Cloud of the region. @default - AWS where it has a region of this name, else Aliyun */
  readonly provider?: Provider;
  /** The cloud's own id of it, where the estate calls it otherwise. @default - the name */
  readonly cloudRegion?: string;
  /** Region whose clusters are copied, and the text of its file. @default - a core cluster as in the example */
  readonly like?: { readonly region: Region; readonly text: string };
  /** Account of the region; needed where its partition is another than the estate's. @default - the estate's */
  readonly account?: string;
}

export function addRegion(estate: Estate, name: string, options: AddRegionOptions = {}): Change {
  const path = `regions/${name}.yaml`;
  const all = Object.values(CLOUDS);
  const id = cloudRegionId(options.cloudRegion ?? name);
  const holder = all.find((one) => one.regions(estate).includes(id));
  const cloud = options.provider === undefined ? (holder ?? all[0]!) : CLOUDS[options.provider];
  const { provider } = cloud;
  const wrong = refusedName(estate, cloud, name, id, options.provider === undefined ? all : [cloud]);
  if (wrong !== undefined) return wrong;
  const { pool, blockBits } = estate.addressing.hosts;
  const bits = Math.min(Math.max(blockBits, BLOCK_BITS.min), BLOCK_BITS.max);
  const taken = ranges(estate).map((p) => p.range);
  const block = nextUsable(pool, bits, [...taken, ...cloud.forbiddenRanges.map(cidr)]);
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
  const facts = provider === 'aws' ? estate.awsRegions.get(id) : undefined;
  const partition = estatePartition(estate);
  if (facts !== undefined && partition !== facts.partition && options.account === undefined) {
    return refuse(
      'ACCOUNT_MISSING',
      `${name} lies in the partition ${facts.partition}, which has accounts of its own`,
      'give the account with --account',
    );
  }
  const zones = threeZones(cloud.preferredZones(estate, id));
  const account = [
    ...(facts === undefined || partition === facts.partition ? [] : [`partition: ${facts.partition}`]),
    ...(options.account === undefined ? [] : [`account: "${options.account}"`]),
  ];
  const { nat, flowLogDays } = cloud.network;
  const here = {
    id,
    partition: facts?.partition ?? partition,
    ...(options.account !== undefined && { account: options.account }),
  };
  const told = toldLike(estate, provider, options.like?.region, here);
  const head = [
    '# yaml-language-server: $schema=../schemas/region.schema.json',
    `region: ${id}`,
    `provider: ${provider}`,
    ...(account.length === 0 ? [] : [`${provider}: { ${account.join(', ')} }`]),
    `block: ${formatCidr(block)}`,
    'network:',
    `  zones: [${zones.join(', ')}]`,
    `  nat: ${nat}`,
    ...(flowLogDays === 0 ? [] : [`  flowLogDays: ${flowLogDays}`]),
    'containers: { mode: host }',
    ...(told === undefined ? [] : [`alarms: ${flow(told.alarms)}`]),
    ...(cloud.joinsAll && estate.links.some((link) => link.all && link.kind === 'transit')
      ? [`transit: { asn: ${freeAsNumber(estate)} }`]
      : []),
    '',
  ].join('\n');
  const clusters =
    options.like === undefined
      ? core(estate, cloud, zones.length, told !== undefined)
      : copied(options.like, { name, cloudRegion: id }, zones);
  const like = options.like === undefined ? '' : `, its clusters as in ${options.like.region.name}`;
  return {
    files: [{ path, text: head + clusters, isNew: true }],
    words: [
      `${name} has the block ${formatCidr(block)} and the zones ${zones.join(', ')}${like}`,
      ...(told === undefined
        ? options.like === undefined || silentFleets(options.like.region).length > 0
          ? [`nobody is told when a host of it is not well: write \`alarms\``]
          : []
        : [`its alarms tell ${Object.values(told.alarms).join(' and ')}, as those of ${told.as} do: make it before the deploy`]),
      `next: \`meissa pin ${name}\`, then \`meissa validate\``,
    ],
  };
}

/** The estate's partition: regions that override it are the exception. */
function estatePartition(estate: Estate): string {
  const counts = new Map<string, number>();
  for (const { aws } of regionsOf(estate, 'aws')) counts.set(aws.partition, (counts.get(aws.partition) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'aws';
}

/** Whom alarms of a region tell, as another region of its cloud has it. Undefined where none tells anybody. */
function toldLike(
  estate: Estate,
  provider: Provider,
  like: Region | undefined,
  { id, partition, account }: { readonly id: CloudRegionId; readonly partition: string; readonly account?: string },
): { readonly alarms: Told; readonly as: string } | undefined {
  const as = [...(like === undefined ? [] : [like]), ...estate.regions.filter((region) => region.provider === provider)].find(
    ({ alarms = {} }) => tellsSomebody(alarms),
  );
  if (as === undefined) return undefined;
  if (as.provider !== 'aws') return { alarms: as.alarms!, as: as.name };
  const topic = parseArn(as.alarms?.topicArn ?? '');
  if (topic === undefined) return undefined;
  // A topic of another account, as one that gathers all alarms, has it here too, but for other partitions.
  const isOwn = topic.account === as.aws.account || topic.partition !== partition;
  const owner = isOwn ? (account ?? as.aws.account) : topic.account;
  return { alarms: { topicArn: `arn:${partition}:sns:${id}:${owner}:${topic.resource}` }, as: as.name };
}

/** The clusters of another region, word for word; names of zones become those in the same place here. */
function copied(
  like: NonNullable<AddRegionOptions['like']>,
  { name, cloudRegion }: Pick<Region, 'name' | 'cloudRegion'>,
  zones: readonly string[],
): string {
  const lines = like.text.split('\n');
  const start = lines.findIndex((line) => /^clusters\s*:/.test(line));
  if (start < 0) return 'clusters: {}\n';
  const length = lines.slice(start + 1).findIndex((line) => /^[^\s#-]/.test(line));
  const block = lines.slice(start, length < 0 ? undefined : start + 1 + length).join('\n');
  const there = like.region.network.zones;
  const renamed = there.reduce((text, zone, i) => text.replaceAll(zone, zones[i % zones.length]!), block);
  const called = replaceWord(renamed, like.region.name, name);
  return `${replaceWord(called, like.region.cloudRegion, cloudRegion).trimEnd()}\n`;
}

/** Where it is no part of a longer word: an estate may call a region `a`. */
function replaceWord(text: string, from: string, to: string): string {
  return text.replace(new RegExp(`(?<![A-Za-z0-9])${from}(?![A-Za-z0-9])`, 'g'), to);
}

/** At most three, none in the place of another (zone i has the addresses of a), in the order of their names. */
function threeZones(preferred: readonly string[]): string[] {
  const slot = (zone: string) => zoneSlot(zoneLetter(zone));
  const apart = preferred.filter(
    (zone, i) => slot(zone) !== undefined && preferred.findIndex((z) => slot(z) === slot(zone)) === i,
  );
  return apart.slice(0, 3).sort();
}

function core(estate: Estate, cloud: Cloud, zones: number, heartbeat: boolean): string {
  const types = cloud.types[estate.images.architecture];
  const profiles = ['base', 'docker', 'etcd', 'updates'];
  const asked = profiles.flatMap((p) => estate.profiles.get(p)?.volumes ?? []).filter((v) => v.on === 'all').length;
  const shape = { gate: cloud.engineRolls, recover: false, heartbeat, mode: 'host', routeTables: zones + 1 } as const;
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
        membersPerStack: ${membersPerStack(cloud, { ...shape, volumes: asked + 1 })}
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
