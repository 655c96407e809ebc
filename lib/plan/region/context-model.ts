import type { Architecture, ContainerMode, EtcdConfig, Partition, Provider, Quorum, RegionName } from '../../estate/model/model';
import type { KafkaContext } from '../collection/kafka-model';
import type { NarrowRange } from '../links/narrow-ranges';
import type { VolumePlan } from '../model';
import type { DrainPlan } from './load-balancer-model';

/**
 * What a fleet's cloud-config is rendered from. One text a fleet: nothing in here may differ between the hosts of a
 * fleet or change when it grows, or every host of the fleet would stop and start.
 */
export interface FleetContext {
  readonly estate: { readonly name: string };
  readonly region: {
    /** What the estate calls it; a data centre's rack: the data centre. */
    readonly name: RegionName;
    /** What its cloud calls it, for APIs and endpoints; in a data centre its name. */
    readonly id: string;
    /** `idc`: a rack of a data centre; the other fields are those of the region that its artifacts come from. */
    readonly provider: Provider | 'idc';
    readonly partition: Partition | 'aliyun';
    readonly account: string;
    /** `amazonaws.com`, in China `amazonaws.com.cn`; on Aliyun `aliyuncs.com`. */
    readonly dnsSuffix: string;
    readonly cidr: string;
  };
  readonly architecture: Architecture;
  readonly cluster: {
    readonly name: string;
    readonly generation: number;
    readonly etcd?: EtcdContext;
    /** What the fleet is to the cluster's collection. @default - the cluster has none */
    readonly kafka?: KafkaContext;
  };
  readonly fleet: {
    readonly name: string;
    readonly kind: 'elastic' | 'members';
    readonly quorum?: Quorum;
    readonly metadata: Readonly<Record<string, string>>;
    /** Name prefix of its hosts: `<region>-<cluster>-<fleet>`. */
    readonly hostPrefix: string;
    /** Whether its hosts send heartbeats: somebody is told when they don't. @default false */
    readonly heartbeat?: boolean;
    /** How a host leaves. @default - at once */
    readonly drain?: DrainPlan;
  };
  /** Members only: how a host computes its number from its address. */
  readonly numbering?: Numbering;
  readonly containers: {
    readonly mode: ContainerMode;
    /** The region's container block (host-gw). */
    readonly block?: string;
    readonly hostBits?: number;
    /**
     * The estate's address pools (hosts, containers), never single places: a tenth region must not restart the hosts of nine.
     * Containers reach these with their own address; everything else is masqueraded.
     */
    readonly pools: readonly string[];
    /** Where networks of docker get addresses on these hosts. @default - docker's own choice */
    readonly dockerPool?: string;
    /** MTU of the container network: the least of the links that carry containers of this region, at most the cloud's own. */
    readonly mtu: number;
    /** What the host itself answers to, from the estate's addresses; the host's nft table drops the rest. Sorted. */
    readonly hostPorts: readonly HostPort[];
  };
  /** Ranges behind a tunnel, which hosts have routes of their own to. @default - none; racks have them in their network's files */
  readonly narrow?: readonly NarrowRange[];
  /** DNS name at which senders of the region reach its front ends: `lines.<cluster>.<region>.<estate>.internal`. @default - it has none */
  readonly lines?: string;
  readonly artifacts: {
    /**
     * `https://<bucket>.s3.<region>.<dnsSuffix>`, on Aliyun `https://<bucket>.oss-<region>-internal.aliyuncs.com`, in a data centre its
     * own mirror, empty where it has none; the path is the digest.
     */
    readonly url: string;
    /** By name. */
    readonly items: Readonly<Record<string, ArtifactContext>>;
  };
  readonly volumes: readonly VolumePlan[];
  /** Parameters by profile, defaults filled in. */
  readonly parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface HostPort {
  readonly protocol: 'tcp' | 'udp';
  readonly fromPort: number;
  readonly toPort: number;
  /** Host block of the place, for ports that are not open to the whole estate: containers and other places get no answer. Empty: the pools. */
  readonly from: string;
}

export interface ArtifactContext {
  readonly version: string;
  readonly file: string;
  readonly sha256: string;
}

export interface EtcdContext {
  readonly bootstrap: EtcdConfig['bootstrap'];
  /** `<estate>-<region>-<cluster>-g<generation>`: static bootstrap's cluster token. */
  readonly token: string;
  /** Whether the hosts of this fleet vote; the others run a gateway. */
  readonly voter: boolean;
  readonly size: number;
  /** Discovery bootstrap: the whole URL from the tokens lock. */
  readonly discoveryUrl?: string;
  /** Voters by number, as hosts are told of them: those of the day on which others began to come or go. */
  readonly voters: readonly { readonly number: number; readonly name: string; readonly address: string }[];
  /** Name of the generation's *formed* marker: `/meissa/<estate>/<region>/<cluster>/g<generation>/formed`. */
  readonly formedMarker: string;
}

/**
 * Member n stands in zone (n - 1) mod Z at offset first + floor((n - 1) / Z) of that zone's members subnet. So a host
 * in zone z at index i is member i * Z + z + 1, and owns container range firstRange + n - 1.
 */
export interface Numbering {
  /** In the order of the arithmetic. `base` is the address of the zone's first member. */
  readonly zones: readonly { readonly name: string; readonly base: string }[];
  /** Addresses a zone. */
  readonly perZone: number;
  readonly firstRange: number;
}
