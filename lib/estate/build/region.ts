/** From a region file, checked by the schema, to the Region of the model. */
import { cloudOf } from '../../clouds/clouds';
import { PREFIX_BITS } from '../../facts/aws/limits';
import { cloudRegionId } from '../../facts/region';
import { cidr } from '../addresses/cidr';
import type { Finding } from '../findings/finding';
import type { AliyunAccount, AwsAccount, Cluster, Fleet, Quotas, Region } from '../model/model';
import type { Profile } from '../model/profile';
import type { YamlFile } from '../read/yaml-file';
import type { EstateFile } from '../schema/estate-schema';
import type { ClusterFile, RegionFile } from '../schema/region-schema';
import { buildFleet } from './fleet';
import { buildKafka } from './kafka';
import { mergeParameters, type ParameterLayer, sorted } from './parameters';
import type { WrittenRegion } from './unused-parameters';

/** What a region is built with. */
export interface RegionContext {
  readonly estate: EstateFile;
  readonly estateSource: YamlFile;
  readonly profiles: ReadonlyMap<string, Profile>;
}

export interface BuiltRegion {
  readonly region: Region;
  readonly findings: readonly Finding[];
}

export function buildRegion({ name, file: source, value: written, outline }: WrittenRegion, context: RegionContext): BuiltRegion {
  const findings: Finding[] = [];
  const clusters: Cluster[] = [];
  for (const [cluster, value] of sorted(written.clusters)) {
    const built = buildCluster(cluster, value, { name, file: source, value: written }, context);
    clusters.push(built.cluster);
    findings.push(...built.findings);
  }
  const { block, hostBits, ...containers } = written.containers;
  const { nat, flowLogDays, ...network } = written.network;
  const usual = cloudOf(written).network;
  return {
    findings,
    region: {
      name,
      cloudRegion: cloudRegionId(written.region ?? name),
      file: source.file,
      ...(written.provider === 'aws'
        ? { provider: 'aws', aws: awsAccount(context.estate, written) }
        : { provider: 'aliyun', aliyun: aliyunAccount(context.estate, written) }),
      block: cidr(written.block),
      network: { ...network, nat: nat ?? usual.nat, flowLogDays: flowLogDays ?? usual.flowLogDays },
      containers: {
        ...containers,
        hostBits: hostBits ?? (containers.mode === 'prefix' ? PREFIX_BITS : 24),
        ...(block === undefined ? {} : { block: cidr(block) }),
      },
      ...(written.transit === undefined ? {} : { transit: written.transit }),
      ...(written.alarms === undefined ? {} : { alarms: written.alarms }),
      clusters,
      generation: written.generation,
      tags: written.tags,
      ...(Object.keys(written.quotas).length === 0 ? {} : { quotas: written.quotas as Partial<Quotas> }),
      ...acceptedByName(written.accept),
      ...(outline ? { outline } : {}),
    },
  };
}

/** The estate's account with what the region overrides; an empty account is a finding of AccountIsKnown. */
function awsAccount(estate: EstateFile, region: RegionFile): AwsAccount {
  return { account: '', partition: 'aws', bootstrapQualifier: 'hnb659fds', ...estate.aws, ...region.aws };
}

/** The same for Aliyun; what is empty is a finding of AccountIsKnown or ImagesAreLocked. */
function aliyunAccount({ aliyun: estate }: EstateFile, { aliyun: own }: RegionFile): AliyunAccount {
  return {
    account: own.account ?? estate?.account ?? '',
    image: own.image ?? estate?.image ?? '',
    userDataEncoding: own.userDataEncoding ?? estate?.userDataEncoding ?? 'plain',
  };
}

function buildCluster(
  name: string,
  written: ClusterFile,
  { name: place, file: source, value: region }: Pick<WrittenRegion, 'name' | 'file' | 'value'>,
  context: RegionContext,
): { cluster: Cluster; findings: Finding[] } {
  const findings: Finding[] = [];
  const fleets: Fleet[] = [];
  const outer: ParameterLayer[] = [
    { source: context.estateSource, path: ['profiles'], values: context.estate.profiles },
    { source, path: ['profiles'], values: region.profiles },
    { source, path: ['clusters', name, 'profiles'], values: written.profiles },
  ];
  for (const [fleetName, fleet] of sorted(written.fleets)) {
    const own = { source, path: ['clusters', name, 'fleets', fleetName, 'parameters'], values: fleet.parameters };
    const merged = mergeParameters(fleet.profiles, context.profiles, [...outer, own]);
    findings.push(...merged.findings);
    fleets.push(buildFleet(fleetName, fleet, region.network.zones, merged.parameters, context.profiles));
  }
  const units = sorted(written.units).map(([unit, { instances, metadata }]) => ({ name: unit, instances, metadata }));
  const etcd = written.etcd === undefined ? {} : { etcd: written.etcd };
  const kafka = written.kafka === undefined ? {} : { kafka: buildKafka(written.kafka, place, context.estate.central) };
  return { cluster: { name, generation: written.generation, ...etcd, ...kafka, fleets, units }, findings };
}

function acceptedByName(written: RegionFile['accept']): Pick<Region, 'accept'> {
  const accept = written.flatMap(({ code, name, reason }, index) => (name === undefined ? [] : [{ code, name, reason, index }]));
  return accept.length === 0 ? {} : { accept };
}
