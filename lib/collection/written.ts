/** The collection that a region's file describes: its hosts, disks and streams. */

import { memberNumbers } from '../estate/addresses/member-number';
import { fleetVolumes } from '../estate/model/fleet-volumes';
import type { Cluster, Estate, Fleet, KafkaConfig, Region, VolumeConfig } from '../estate/model/model';
import { ROOT_SPOOL_FILL } from './assumptions';
import { type HostSettings, PROFILE_SETTINGS } from './host-settings';
import type { PlaceInput } from './sizing';
import { carriedStream, type Stream, streamOf } from './stream';

/** Names of the volumes, as the profiles kafka-broker and front-end ask for them. */
export const KAFKA_VOLUME = 'kafka';
export const SPOOL_VOLUME = 'spool';

export interface WrittenFleet {
  readonly fleet: Fleet;
  /** Hosts that stand; of an elastic fleet the fewest. */
  readonly count: number;
  /** Its data volume; elastic hosts have none, their spool is on the root disk. */
  readonly volume?: VolumeConfig;
}

export interface WrittenCollection {
  readonly region: Region;
  readonly cluster: Cluster;
  readonly kafka: KafkaConfig;
  readonly brokers: WrittenFleet;
  readonly controllers: WrittenFleet;
  readonly frontEnds?: WrittenFleet;
  readonly mirrors?: WrittenFleet;
  readonly own: Stream;
  /** Streams of other regions that its mirrors carry here; outlines of regions don't tell theirs. */
  readonly carried: readonly Stream[];
}

/** Collections of the regions that were read wholly, as far as their fleets exist. */
export function writtenCollections(estate: Estate): WrittenCollection[] {
  return estate.regions
    .filter((region) => region.outline !== true)
    .flatMap((region) => region.clusters.flatMap((cluster) => writtenCollection(estate, region, cluster) ?? []));
}

/** Undefined where the cluster is no collection, or names fleets that it doesn't have. */
export function writtenCollection(estate: Estate, region: Region, cluster: Cluster): WrittenCollection | undefined {
  const { kafka } = cluster;
  if (kafka === undefined) return undefined;
  const fleet = (name: string | undefined, volume?: string) => writtenFleet(estate, cluster, name, volume);
  const brokers = fleet(kafka.brokers, KAFKA_VOLUME);
  const controllers = fleet(kafka.controllers);
  if (brokers === undefined || controllers === undefined) return undefined;
  const frontEnds = fleet(kafka.frontEnds, SPOOL_VOLUME);
  const mirrors = fleet(kafka.mirrors);
  return {
    region,
    cluster,
    kafka,
    brokers,
    controllers,
    ...(frontEnds === undefined ? {} : { frontEnds }),
    ...(mirrors === undefined ? {} : { mirrors }),
    own: streamOf(region, kafka),
    carried: mirrors === undefined ? [] : carriedInto(estate, region),
  };
}

/** What is sized for it: its streams, zones and types. */
export function placeOf(written: WrittenCollection, outage: number): PlaceInput {
  const { region, kafka, own, carried, brokers, controllers, frontEnds, mirrors } = written;
  return {
    place: carried.length === 0 ? region.name : `${region.name} (collects ${carried.length} other regions)`,
    own,
    carried,
    leaves: kafka.into !== region.name && kafka.topics.some(({ mirrored }) => mirrored),
    size: kafka.size,
    whenFull: kafka.spool.whenFull,
    settings: settingsOf(written),
    zones: brokers.fleet.zones.length,
    keep: kafka.spool.keep,
    outage,
    types: {
      brokers: brokers.fleet.instanceType,
      controllers: controllers.fleet.instanceType,
      ...(frontEnds === undefined ? {} : { frontEnds: frontEnds.fleet.instanceType }),
      ...(mirrors === undefined ? {} : { mirrors: mirrors.fleet.instanceType }),
    },
  };
}

function carriedInto(estate: Estate, into: Region): Stream[] {
  return estate.regions
    .filter((region) => region.name !== into.name && region.outline !== true)
    .flatMap((region) =>
      region.clusters.flatMap(({ kafka }) => (kafka?.into === into.name ? [carriedStream(region, kafka)] : [])),
    )
    .filter(({ topics }) => topics.length > 0);
}

function writtenFleet(estate: Estate, cluster: Cluster, name?: string, volumeName?: string): WrittenFleet | undefined {
  const fleet = cluster.fleets.find((f) => f.name === name);
  if (fleet === undefined) return undefined;
  if (fleet.kind === 'elastic') return { fleet, count: fleet.min };
  const volume = fleetVolumes(fleet, false, estate.profiles).find((v) => v.name === volumeName);
  return { fleet, count: memberNumbers(fleet).length, ...(volume === undefined ? {} : { volume }) };
}

/** What the fleets of a collection are started with. */
export function settingsOf({
  brokers,
  mirrors,
  frontEnds,
}: Pick<WrittenCollection, 'brokers' | 'mirrors' | 'frontEnds'>): HostSettings {
  const root = frontEnds !== undefined && frontEnds.volume === undefined;
  const percent = parameter(frontEnds, 'front-end', root ? 'rootPercent' : 'spoolPercent');
  return {
    brokerHeapGib: scaled(parameter(brokers, 'kafka', 'heapMb'), 1 / 1024) ?? PROFILE_SETTINGS.brokerHeapGib,
    mirrorHeapGib: scaled(parameter(mirrors, 'kafka-mirror', 'heapMb'), 1 / 1024) ?? PROFILE_SETTINGS.mirrorHeapGib,
    spoolFill: scaled(percent, 1 / 100) ?? (root ? ROOT_SPOOL_FILL : PROFILE_SETTINGS.spoolFill),
    segmentBytes: scaled(parameter(frontEnds, 'front-end', 'segmentMb'), 1e6) ?? PROFILE_SETTINGS.segmentBytes,
  };
}

function parameter(written: WrittenFleet | undefined, profile: string, name: string): number | undefined {
  const value = written?.fleet.parameters[profile]?.[name];
  return typeof value === 'number' ? value : undefined;
}

function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}
