/**
 * What must be remembered, is not secret and stands in git. Locks are written only by named commands (`images update`,
 * `token`, `pin`, `replace`, `artifacts add`), never by synth.
 */
import type { VolumeConfig } from './fleet-model';
import type { TopicConfig } from './kafka-model';

/** `regions/images.lock.yaml`: image ids for new members and elastic fleets. */
export interface ImagesLock {
  /** By release name: when it was published, from the feed (ISO date). */
  readonly release: string;
  /** ISO date of the release. */
  readonly published: string;
  readonly architecture: string;
  /** Official image id by region, as its cloud calls it. */
  readonly images: Readonly<Record<string, string>>;
  /** Copies in the own account, likewise. They win over `images`. */
  readonly copies: Readonly<Record<string, string>>;
}

/** `regions/tokens.lock.yaml`: discovery tokens, one a cluster and generation. */
export interface TokensLock {
  readonly tokens: readonly TokenEntry[];
}

export interface TokenEntry {
  readonly region: string;
  readonly cluster: string;
  readonly size: number;
  readonly generation: number;
  /** The whole discovery URL: service and token. */
  readonly url: string;
  /** `issued`: nobody may have joined yet. `formed`: the cluster stands; kept so that it is never used again. */
  readonly state: 'issued' | 'formed';
}

/** `regions/artifacts.lock.yaml`: public files that hosts fetch from their region's own object storage. */
export interface ArtifactsLock {
  readonly artifacts: readonly ArtifactEntry[];
}

export interface ArtifactEntry {
  /** Name that profiles ask for, for example `etcd`. */
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  /** File name, for people. */
  readonly file: string;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Where it came from. */
  readonly source: string;
}

/** `regions/<region>.members.lock.yaml`: what of a member can't change without replacing it. */
export interface MembersLock {
  readonly region: string;
  readonly file: string;
  /** By `<cluster>/<fleet>/<number>`. */
  readonly members: ReadonlyMap<string, MemberEntry>;
  /** What the members stand on and hold. @default - nothing is remembered: the lock is older */
  readonly standing?: Standing;
}

/** What a region's members stand on and hold, as it was when `meissa pin` last wrote it. A part that is not there isn't remembered. */
export interface Standing {
  /** The region's block of host addresses. */
  readonly block?: string;
  /** The region's generation. */
  readonly generation?: number;
  /** Zones of the region that are lost, by `meissa zone lost`, sorted. @default - none */
  readonly lostZones?: readonly string[];
  /** Clusters whose members hold etcd or Kafka, by name. */
  readonly clusters: ReadonlyMap<string, ClusterEntry>;
  /** Data volumes of every member of a fleet, by `<cluster>/<fleet>/<volume>`. */
  readonly volumes: ReadonlyMap<string, VolumeEntry>;
  /** Topics of collections, by `<cluster>/<topic>`. */
  readonly topics: ReadonlyMap<string, TopicEntry>;
}

export interface ClusterEntry {
  readonly generation: number;
  /**
   * Numbers of the etcd voters that hosts are told of, in order. Another one that comes is told to nobody: it joins those, and nobody
   * restarts for it. @default - the voters that are described
   */
  readonly voters?: readonly number[];
}

/** What of a data volume can't become anything else. */
export type VolumeEntry = Pick<VolumeConfig, 'device' | 'gb' | 'type' | 'iops'>;

export type TopicEntry = Pick<TopicConfig, 'partitions' | 'replication'>;

export interface MemberEntry {
  /** The image that the member was created with; the operating system updates itself. */
  readonly image: string;
  /** GiB. */
  readonly rootGb: number;
  /** @default - no key pair */
  readonly key?: string;
  readonly zone: string;
  /** Raised by `meissa replace`; stands in the instance's logical id. */
  readonly generation: number;
  /** The instance is gone, its interface and volumes stay: the first half of a replacement. */
  readonly absent?: boolean;
  /** Its fixed address. @default - not remembered: the entry is older */
  readonly address?: string;
  /** Its container range; in mode prefix the lowest of its prefixes. @default - not remembered, or there is none */
  readonly containers?: string;
  /** Stack that it stands in, below the region. @default - not remembered: the entry is older */
  readonly stack?: string;
  /**
   * Generations of volumes that were made anew (`meissa replace --disk`), by name: that of the instance which was the first to have it.
   * Stands in the volume's logical id. @default - those that it was made with
   */
  readonly volumes?: Readonly<Record<string, number>>;
}

/** Key of a member in its lock. */
export function memberKey(cluster: string, fleet: string, number: number): string {
  return `${cluster}/${fleet}/${number}`;
}
