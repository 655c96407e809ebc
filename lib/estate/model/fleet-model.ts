import type { KafkaConfig } from './kafka-model';

/** Clusters and fleets as they are described, with defaults filled in. */
export interface Cluster {
  readonly name: string;
  /** Raised to rebuild the cluster on purpose: a token and a *formed* marker belong to one generation. */
  readonly generation: number;
  readonly etcd?: EtcdConfig;
  /** The region's collection, where this cluster is it. */
  readonly kafka?: KafkaConfig;
  /** Sorted by name. */
  readonly fleets: readonly Fleet[];
  /** Units by name (`rcv@.service`), which choose hosts by metadata. */
  readonly units: readonly UnitConfig[];
}

export interface EtcdConfig {
  readonly bootstrap: 'discovery' | 'static';
  /** Name of the quorum fleet whose members vote. */
  readonly voters: string;
}

/** `etcd`, `kraft`: the members vote, and a majority must stand. `replicas`: they hold copies of what is written (Kafka brokers). */
export type Quorum = 'etcd' | 'kraft' | 'replicas';

/** Whether a majority of the members must stand. */
export function votes(quorum: Quorum | undefined): boolean {
  return quorum === 'etcd' || quorum === 'kraft';
}

export interface UnitConfig {
  readonly name: string;
  readonly instances: number;
  readonly metadata: Readonly<Record<string, string>>;
}

export type Fleet = ElasticFleet | MembersFleet;

interface FleetBase {
  readonly name: string;
  readonly instanceType: string;
  readonly profiles: readonly string[];
  /** Parameters by profile, already merged: profile defaults < estate < region < cluster < fleet. */
  readonly parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Labels that units choose by. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Root disk, GiB. */
  readonly rootGb: number;
  /** Name of an EC2 key pair. @default - none: keys come with the base profile */
  readonly keyName?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** `auto` gzips user-data over 16,384 bytes where the reader takes it. @default 'auto' */
  readonly compress: 'auto' | 'never';
  /** Zones of this fleet. @default - all zones of the region */
  readonly zones: readonly string[];
  readonly alarms: FleetAlarms;
}

export interface FleetAlarms extends Told {
  /** Recover a host whose `StatusCheckFailed_System` is up (members only). @default false */
  readonly recover: boolean;
}

/** Whom alarms tell. */
export interface Told {
  /** ARN of the SNS topic that alarms tell. AWS only. @default - none */
  readonly topicArn?: string;
  /** Name of the contact group that alarms tell. Aliyun only. @default - none */
  readonly contactGroup?: string;
}

/** An Auto Scaling group: scaling owns its size, hosts have no number. */
export interface ElasticFleet extends FleetBase {
  readonly kind: 'elastic';
  readonly min: number;
  readonly max: number;
  /** Hosts replaced at a time in a rolling update. @default 1 */
  readonly maxBatch: number;
  /** How long a new host may take until it signals, seconds. @default 900 */
  readonly signalTimeout: number;
}

/** Numbered hosts, each with its own address, disk and place. */
export interface MembersFleet extends FleetBase {
  readonly kind: 'members';
  /** They come up one at a time, each behind a gate. @default - they don't depend on each other */
  readonly quorum?: Quorum;
  /** Members are numbered 1 to `count`. */
  readonly count: number;
  /** Numbers that are retired: they keep their number and address for nobody else. */
  readonly removed: readonly number[];
  readonly addresses: MemberAddresses;
  /** Members a stack; fixed when the fleet is made, never recomputed. */
  readonly membersPerStack: number;
  /** How many members may be interrupted at once in a stack. @default - 1 in a quorum fleet, else a tenth of count or of membersPerStack, the lesser, at least 1 */
  readonly maxUnavailable: number;
  /** Data volumes beyond those that the profiles ask for, and other sizes for those. Sorted by name. */
  readonly volumes: readonly VolumeConfig[];
  /** How long a gate waits for its member, seconds. @default 900 */
  readonly gateTimeout: number;
}

/** Where a members fleet's addresses lie in the members subnet of each of its zones. Fixed when the fleet is made. */
export interface MemberAddresses {
  /** Offset of the first address from the base of the members subnet; at least 4 (AWS keeps the first four). */
  readonly first: number;
  /** Addresses a zone. */
  readonly perZone: number;
  /** host-gw: index of the fleet's first container range in the region's container block. @default 0 */
  readonly firstRange: number;
}

export interface VolumeConfig {
  readonly name: string;
  /** Device the volume is attached as; letters f to p. Fixed when the volume is made. */
  readonly device: string;
  /** GiB. */
  readonly gb: number;
  readonly type: 'gp3' | 'io2' | 'st1';
  /** Provisioned operations a second. @default - the type's baseline */
  readonly iops?: number;
  /** MB/s, gp3 only. @default - the type's baseline */
  readonly throughput?: number;
  /** Where it is mounted. */
  readonly mount: string;
  /** @default 'ext4' */
  readonly filesystem: 'ext4' | 'xfs';
}
