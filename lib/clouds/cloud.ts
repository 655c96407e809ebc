/**
 * What differs between clouds and is known before anything is emitted. Data and arithmetic over lib/facts: emitters, readers and engines
 * are maps by provider where they are used.
 */
import type { VolumeClass } from '../facts/aliyun/disks';
import type { Architecture } from '../facts/architecture';
import type { InstanceTypeFacts } from '../facts/aws/instance-types';
import type { AwsRegions } from '../facts/aws/regions';
import type { KnownEffect } from '../facts/effect';
import type { HostService } from '../facts/host-services';
import type { CloudRegionId } from '../facts/region';
import type { TagRules } from '../facts/tags';
import type { AskedVolume, Gib, VolumeFault } from '../facts/volume';

/** How ids or names of a kind of thing are written. */
export interface IdForm {
  readonly form: RegExp;
  /** The same in words. */
  readonly words: string;
}

export type Provider = 'aws' | 'aliyun';

/** What an estate says about regions beyond the tables of this version. */
export interface Known {
  readonly awsRegions: AwsRegions;
}

/** What a member of a fleet is made of. */
export interface MemberShape {
  readonly volumes: number;
  /** It comes up behind a gate. */
  readonly gate: boolean;
  /** It has an alarm that recovers it. */
  readonly recover: boolean;
  /** It has an alarm for its heartbeat. @default false */
  readonly heartbeat?: boolean;
  /** Routes that lead to its containers. */
  readonly routes: number;
  /** Its instance and what goes with it is not there. @default false */
  readonly absent?: boolean;
}

/** What a zone is that is refused as such. */
export interface OtherZone {
  /** `a local zone`. */
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

export interface Cloud {
  readonly provider: Provider;
  readonly name: string;
  /** What keeps its stacks. */
  readonly engine: string;
  /** What a region's router to other places is called. */
  readonly transit: string;
  /** What a line's end is called beside the cloud's name; empty where there is nothing to say. */
  readonly lineEnd: string;
  /** What stays of a member whose instance goes. */
  readonly staysOfMember: string;
  /** Digits of an account's number. */
  readonly accountDigits: number;
  readonly exampleRegion: string;
  /** What to do for a region that the table doesn't hold; empty where nothing can be done. */
  readonly newerRegions: string;
  /** Images of new hosts stand in the images lock, otherwise in the region's file. */
  readonly imagesLocked: boolean;
  /** What to do where new hosts have no image. */
  readonly imageFix: string;

  regions(known: Known): readonly CloudRegionId[];
  /** Empty for a region that isn't known. */
  zones(known: Known, region: CloudRegionId): readonly string[];
  /** The same, those that a new region takes first in front. */
  preferredZones(known: Known, region: CloudRegionId): readonly string[];
  /** What a region is that no estate can have, and why; undefined for one that is merely not known. */
  apart(region: string): string | undefined;
  /** What a name of a zone stands for that is none in which hosts of an estate stand. @param zones those that the region has */
  otherZone(zone: string, zones: readonly string[]): OtherZone | undefined;
  /** Name of a region's zone by its letter. */
  zoneName(region: CloudRegionId, letter: string): string;

  /** Whether the cloud's engine goes from member to member by itself, so that gates alone hold it; else `meissa deploy` rolls, and waits. */
  readonly engineRolls: boolean;

  /** Resources that a stack holds, and how many of them its members may fill. */
  readonly stackResources: { readonly all: number; readonly members: number };
  /** Of one member, in the stack that it stands in. */
  memberResources(shape: MemberShape): number;
  /** Ranges that no network of it may have. */
  readonly forbiddenRanges: readonly string[];
  /** Ranges that its services have networks of their own in, and reach nothing else at. */
  readonly serviceRanges: readonly string[];
  /** Inbound rules that a security group takes, whichever account. @default - as many as the account's quota says */
  readonly rulesPerGroup?: number;
  /** Least prefix length of a region's network, and of a subnet in it. */
  readonly leastBits: { readonly network: number; readonly subnet: number };
  /** What it takes as tags. */
  readonly tags: TagRules;
  /** Tags of this toolkit's own: on a region's things, on hosts of elastic fleets, and on members beside one a volume and one for a gate. */
  readonly ownTags: { readonly place: number; readonly elastic: number; readonly member: number };
  /** Addresses at the end of a subnet that the cloud keeps. */
  readonly reservedLast: number;
  /** Largest packet inside of a region, bytes. */
  readonly mtu: number;
  /** A region has one route table, not one a zone and one for what comes in. */
  readonly oneRouteTable: boolean;
  /** The zones of a scaling group change in place; otherwise every host of it is exchanged for that. */
  readonly groupZonesInPlace: boolean;
  /** AS number of its gateways where none is written. @default - one must be written */
  readonly asNumber?: number;
  /** What is known of an instance type. */
  instanceType(type: string): InstanceTypeFacts | undefined;
  /** What a host has instead of a type on which volumes carry no serial number; undefined where they do, or that isn't known. */
  insteadOfNoSerials(type: string): string | undefined;
  /** What a host has instead of a type with disks whose data goes with their machine; undefined where it has none, or that isn't known. */
  insteadOfLocalDisks(type: string): string | undefined;
  /** When such disks lose their data, in words: `the disks are lost when it ...`. */
  readonly localDisksEnd: string;
  /** MiB a second that a volume gives; Infinity where that isn't known. */
  volumeMib(volume: { readonly type: string; readonly throughput?: number }): number;
  /** What of a data volume it refuses, or wouldn't give. */
  volumeFaults(volume: AskedVolume): VolumeFault[];
  /** GiB of a host's root disk. @param image id of its image */
  rootGib(image: string): Gib;
  /** What becoming of another type, or having other operations, does to a volume that stands. */
  volumeUpdate(before: VolumeClass, after: VolumeClass): KnownEffect;
  /** Id of a leased line's connection. */
  readonly connectionId: IdForm;
  /** Id of an image. */
  readonly imageId: IdForm;
  /** Name of a key pair. */
  readonly keyPair: IdForm;
  /** What its end of a leased line takes. @default - anything */
  readonly lineLimits?: { readonly mtu: number; readonly vlan: number; readonly bits: readonly number[] };
  /** Routes that the cloud's end of a leased line takes, whatever the line's own limit is. */
  readonly lineRoutes?: number;
  /** Routes that the cloud's end of a VPN takes. @default - its pages name no limit */
  readonly vpnRoutes?: number;
  /** Where it pings the far end of a leased line from. @default - it doesn't */
  readonly lineProbes?: string;
  /** Each BGP session of a leased line has a key, which the cloud makes. */
  readonly keyedLines: boolean;
  /** Inside networks of tunnels that the cloud keeps for itself. */
  readonly tunnelsReserved: readonly string[];
  /** Who asks for a link between regions is joined at once, otherwise the other end has to accept. */
  readonly accepts: boolean;
  /** The CDK CLI deploys its stacks, otherwise only this toolkit does. */
  readonly cdk: boolean;
  /** Every table of a network reaches each subnet by a route of its own, otherwise the network's ranges by one. */
  readonly localBySubnet: boolean;
  /** An instance of another image keeps its id and gets another system disk, otherwise it is another instance. */
  readonly exchangesDisks: boolean;
  /** Links that name all regions join its regions. */
  readonly joinsAll: boolean;
  /** What a region file without these says. */
  readonly network: { readonly nat: 'per-zone' | 'single'; readonly flowLogDays: number };
  /** Containers have private addresses (RFC 1918): it routes no others. */
  readonly privateContainers: boolean;
  /** Modes in which containers may get addresses. */
  readonly containerModes: readonly ('host' | 'host-gw' | 'prefix')[];
  /** Hosts of an elastic fleet are told that they leave. */
  readonly drains: boolean;

  /** What its images read as user-data. */
  readonly reads: 'coreos' | 'cloud-init';
  /** The property of a template that holds it is base64 by definition, otherwise plain or base64. */
  readonly userDataIsBase64: boolean;
  /** Bytes of user-data that an instance takes. */
  readonly userDataBytes: number;
  /** Bytes of the configuration that members fetch at every boot instead. @default - their user-data is it */
  readonly configurationBytes?: number;
  /** Ranges at which its own services answer hosts of a network. @param second the second address of the network's range */
  services(second: string): string[];
  /** What it answers each host at an address of its own. */
  readonly hostServices: Readonly<Record<string, HostService>>;
  /** Servers of time beside those at addresses of its own, by name. */
  readonly timeServers: readonly string[];
  /** The second address of a network's range is its resolver too. */
  readonly resolverInside: boolean;
  /** Range of its own services that every network has a route to. @default - none */
  readonly servicesRange?: string;
  /** Security groups are asked before a host's packets to these services. */
  readonly servicesFiltered: boolean;
  /** A gateway to the internet by translated addresses stands in one zone, and by that zone's table its packets go on. */
  readonly natInZone: boolean;
  /** Host part of its endpoints. */
  dnsSuffix(partition: string): string;
  /** Where hosts of a region fetch from a bucket of it. @param suffix host part of the endpoints */
  bucketUrl(bucket: string, region: CloudRegionId, suffix: string): string;

  /** Types of a new region's fleets. */
  readonly types: Readonly<
    Record<Architecture, { readonly voters: string; readonly adserver: string; readonly storage: string }>
  >;
}
