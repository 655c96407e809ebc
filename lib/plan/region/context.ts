/** What a fleet's cloud-config is rendered from. Nothing in it may change when the fleet grows. */
import { cloudOf } from '../../clouds/clouds';
import { addressAt, type Cidr, formatCidr, formatIpv4 } from '../../estate/addresses/cidr';
import { zoneLetter, zoneSubnets } from '../../estate/addresses/layout';
import { memberAddress } from '../../estate/addresses/member-number';
import { artifactOf } from '../../estate/lock-files/artifacts-lock';
import { accountOf, partitionOf } from '../../estate/model/account';
import type { Cluster, Estate, Fleet, MembersFleet, Region, Told } from '../../estate/model/model';
import { toldVoters, votersFleet } from '../../estate/model/told-voters';
import { planKafka } from '../collection/kafka';
import { narrowRanges } from '../links/narrow-ranges';
import type { ArtifactContext, EtcdContext, FleetContext, Numbering, VolumePlan } from '../model';
import { artifactBucket, bucketUrl, formedMarker, hostPrefix } from '../names';
import { containerMtu, planHostPorts, planPools } from './container-context';
import { dockerPool } from './docker-pool';
import { linesName, planDrain } from './load-balancers';

export function planContext(
  estate: Estate,
  region: Region,
  cluster: Cluster,
  fleet: Fleet,
  volumes: readonly VolumePlan[],
): FleetContext {
  const etcd = planEtcd(estate, region, cluster, fleet.name);
  const kafka = planKafka(estate, region, cluster, fleet);
  const drain = planDrain(estate, region, cluster, fleet);
  const lines = linesName(estate, region);
  const pool = dockerPool(estate, region, region.containers.mode);
  const narrow = narrowRanges(estate, region, cloudOf(region).mtu);
  return {
    estate: { name: estate.name },
    region: {
      name: region.name,
      id: region.cloudRegion,
      provider: region.provider,
      ...planCloud(region),
      cidr: formatCidr(region.block),
    },
    architecture: estate.images.architecture,
    cluster: {
      name: cluster.name,
      generation: cluster.generation,
      ...(etcd === undefined ? {} : { etcd }),
      ...(kafka === undefined ? {} : { kafka }),
    },
    fleet: {
      name: fleet.name,
      kind: fleet.kind,
      ...(fleet.kind === 'members' && fleet.quorum !== undefined ? { quorum: fleet.quorum } : {}),
      metadata: fleet.metadata,
      hostPrefix: hostPrefix(region.name, cluster.name, fleet.name),
      ...(tellsSomebody({ ...region.alarms, ...fleet.alarms }) ? { heartbeat: true } : {}),
      ...(drain === undefined ? {} : { drain }),
    },
    ...(fleet.kind === 'members' ? { numbering: planNumbering(region, fleet) } : {}),
    containers: {
      mode: region.containers.mode,
      ...(region.containers.block === undefined
        ? {}
        : { block: formatCidr(region.containers.block), hostBits: region.containers.hostBits }),
      pools: planPools(estate),
      ...(pool === undefined ? {} : { dockerPool: pool }),
      mtu: containerMtu(estate, region, cloudOf(region).mtu),
      hostPorts: planHostPorts(
        estate,
        region,
        fleet.profiles,
        cluster.etcd?.voters === fleet.name,
        joinedBlocks(estate, region, cluster),
        collectorBlock(estate, region, cluster),
      ),
    },
    ...(narrow.length === 0 ? {} : { narrow }),
    ...(lines === undefined ? {} : { lines }),
    artifacts: {
      url: bucketUrl(artifactBucket(estate.name, region), region),
      items: planArtifacts(estate, fleet.profiles),
    },
    volumes,
    parameters: fleet.parameters,
  };
}

/** Whether alarms tell anybody. */
function tellsSomebody({ topicArn, contactGroup }: Told): boolean {
  return topicArn !== undefined || contactGroup !== undefined;
}

/** Host block of the region that a cluster's collection is carried into. */
function collectorBlock(estate: Estate, region: Region, { kafka }: Cluster): Cidr | undefined {
  return estate.regions.find(({ name }) => name === kafka?.into && name !== region.name)?.block;
}

/** Host blocks of data centres whose racks belong to a cluster. */
function joinedBlocks(estate: Estate, region: Region, cluster: Cluster): Cidr[] {
  return estate.idcs
    .filter((idc) => idc.racks.some((rack) => rack.cluster?.region === region.name && rack.cluster.cluster === cluster.name))
    .map((idc) => idc.block);
}

/** What of a region's cloud stands in its context. */
export function planCloud(region: Region): Pick<FleetContext['region'], 'partition' | 'account' | 'dnsSuffix'> {
  const account = accountOf(region);
  const partition = partitionOf(region);
  return { partition, account, dnsSuffix: cloudOf(region).dnsSuffix(partition) };
}

/** @param fleet name of the fleet whose hosts it is for; empty for hosts outside of the region, which never vote */
export function planEtcd(estate: Estate, region: Region, cluster: Cluster, fleet: string): EtcdContext | undefined {
  if (cluster.etcd === undefined) return undefined;
  const voters = votersFleet(cluster);
  if (voters === undefined) return undefined;
  const numbers = toldVoters(estate, region, cluster, voters);
  const token = estate.locks.tokens.tokens.find(
    (t) =>
      t.region === region.name && t.cluster === cluster.name && t.generation === cluster.generation && t.size === numbers.length,
  );
  const prefix = hostPrefix(region.name, cluster.name, voters.name);
  return {
    bootstrap: cluster.etcd.bootstrap,
    token: `${estate.name}-${region.name}-${cluster.name}-g${cluster.generation}`,
    voter: fleet === voters.name,
    size: numbers.length,
    ...(cluster.etcd.bootstrap === 'discovery' && token !== undefined ? { discoveryUrl: token.url } : {}),
    voters: numbers.map((number) => ({
      number,
      name: `${prefix}-${number}`,
      address: formatIpv4(memberAddress(region, voters, number)),
    })),
    formedMarker: formedMarker(estate.name, region.name, cluster.name, cluster.generation),
  };
}

function planNumbering(region: Region, fleet: MembersFleet): Numbering {
  return {
    zones: fleet.zones.map((name) => ({
      name,
      base: formatIpv4(addressAt(zoneSubnets(region.block, zoneLetter(name)).members, fleet.addresses.first)),
    })),
    perZone: fleet.addresses.perZone,
    firstRange: fleet.addresses.firstRange,
  };
}

/** Artifacts that the profiles ask for, as the lock has them for the image's architecture. */
export function planArtifacts(estate: Estate, profiles: readonly string[]): Record<string, ArtifactContext> {
  const wanted = new Set(profiles.flatMap((name) => estate.profiles.get(name)?.needs.artifacts ?? []));
  return Object.fromEntries(
    [...wanted].sort().flatMap((name) => {
      const entry = artifactOf(estate.locks.artifacts, name, estate.images.architecture);
      return entry === undefined ? [] : [[name, { version: entry.version, file: entry.file, sha256: entry.sha256 }]];
    }),
  );
}
