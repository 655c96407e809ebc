import { CONNECTION_ID, IMAGE_ID, KEY_PAIR } from '../facts/aws/ids';
import { instanceType, nitroLike, storeless } from '../facts/aws/instance-types';
import {
  SERVICES_RANGE,
  STACK_RESOURCES,
  STACK_RESOURCES_FOR_MEMBERS,
  SUBNET_RESERVED,
  TUNNELS_RESERVED,
  USER_DATA_BYTES,
  VPC_BITS,
  VPC_FORBIDDEN,
  VPC_MTU,
  VPN_ROUTES,
} from '../facts/aws/limits';
import { awsZones, dnsSuffix, isIsolated, otherZone, usualZones } from '../facts/aws/regions';
import { AWS_TAGS } from '../facts/aws/tags';
import { awsEffect } from '../facts/aws/updates';
import { ebsFaults, GP3, ROOT_GIB } from '../facts/aws/volumes';
import { worst } from '../facts/effect';
import { AWS_HOST_SERVICES } from '../facts/host-services';
import { LINK_LOCAL } from '../facts/ranges';
import type { Cloud } from './cloud';

export const AWS: Cloud = {
  provider: 'aws',
  name: 'AWS',
  engine: 'CloudFormation',
  transit: 'transit gateway',
  lineEnd: '',
  staysOfMember: 'interface and volumes',
  accountDigits: 12,
  exampleRegion: 'eu-central-1',
  newerRegions: 'declare one that is newer than this table in `awsRegions` of estate.yaml',
  imagesLocked: true,
  imageFix: 'run `meissa images update`; `meissa images copy` brings the image to a region that the feed has not',
  regions: ({ awsRegions }) => [...awsRegions.keys()],
  zones: ({ awsRegions }, region) => awsZones(awsRegions, region),
  preferredZones: ({ awsRegions }, region) => usualZones(awsRegions, region),
  apart: (region) =>
    isIsolated(region)
      ? "a region of an isolated or sovereign partition of AWS, whose endpoints this version doesn't know"
      : undefined,
  otherZone(zone, zones) {
    const what = otherZone(zone);
    if (what === undefined) return undefined;
    const fix = `write zones of the region by name: ${zones.join(', ')}`;
    if (what === 'the id of a zone')
      return {
        what,
        why: 'it stands for another name in every account ("AZ IDs for your AWS resources"), and subnets are made by name',
        fix: `write the name that it has in the account (aws ec2 describe-availability-zones --zone-ids ${zone}), one of ${zones.join(', ')}`,
      };
    return {
      what,
      why: 'NAT gateways, transit gateway attachments and network load balancers of an estate stand in availability zones ("Local Zones", "Wavelength Zones": supported resources)',
      fix,
    };
  },
  zoneName: (region, letter) => region + letter,
  engineRolls: true,
  stackResources: { all: STACK_RESOURCES, members: STACK_RESOURCES_FOR_MEMBERS },
  // An interface, the volumes and the routes stay while the instance with its gate and alarm is gone.
  memberResources: ({ volumes, gate, recover, heartbeat = false, routes, absent }) =>
    1 + volumes + routes + (absent ? 0 : 1 + Number(gate) + Number(recover) + Number(heartbeat)),
  forbiddenRanges: VPC_FORBIDDEN,
  serviceRanges: [SERVICES_RANGE],
  leastBits: { network: VPC_BITS.least, subnet: VPC_BITS.least },
  tags: AWS_TAGS,
  // Name; on instances beside it the fleet's, and the gate's or the number's.
  ownTags: { place: 1, elastic: 3, member: 3 },
  reservedLast: SUBNET_RESERVED.last,
  mtu: VPC_MTU,
  oneRouteTable: false,
  // CloudFormation, "UpdatePolicy attribute": a rolling update follows a change of VPCZoneIdentifier.
  groupZonesInPlace: false,
  instanceType,
  insteadOfNoSerials: (type) => (instanceType(type)?.nitro === false ? nitroLike(type) : undefined),
  insteadOfLocalDisks: (type) => (instanceType(type)?.instanceStore === true ? storeless(type) : undefined),
  localDisksEnd: 'stops',
  volumeMib: ({ type, throughput }) => (type === 'gp3' ? (throughput ?? GP3.throughput) : Number.POSITIVE_INFINITY),
  volumeFaults: ebsFaults,
  rootGib: () => ROOT_GIB,
  volumeUpdate: (before, after) =>
    worst([
      ...(before.type === after.type ? [] : [awsEffect('AWS::EC2::Volume', 'VolumeType', before.type, after.type)]),
      ...(before.iops === after.iops ? [] : [awsEffect('AWS::EC2::Volume', 'Iops', before.iops, after.iops)]),
    ]),
  connectionId: CONNECTION_ID,
  imageId: IMAGE_ID,
  keyPair: KEY_PAIR,
  vpnRoutes: VPN_ROUTES,
  keyedLines: true,
  tunnelsReserved: TUNNELS_RESERVED,
  accepts: true,
  cdk: true,
  localBySubnet: false,
  exchangesDisks: false,
  joinsAll: true,
  network: { nat: 'per-zone', flowLogDays: 30 },
  privateContainers: false,
  containerModes: ['host', 'host-gw', 'prefix'],
  drains: true,
  reads: 'coreos',
  userDataIsBase64: true,
  userDataBytes: USER_DATA_BYTES,
  // The resolver: "a reserved IP address at the base of the VPC IPv4 network range plus two" (VPC User Guide, DNS attributes for your VPC).
  services: (second) => [second, LINK_LOCAL],
  hostServices: AWS_HOST_SERVICES,
  timeServers: [],
  resolverInside: true,
  // "Control traffic to your AWS resources using security groups": resolver, metadata and time are not filtered, nor by network ACLs.
  servicesFiltered: false,
  natInZone: true,
  dnsSuffix,
  // "Methods for accessing a general purpose bucket".
  bucketUrl: (bucket, region, suffix) => `https://${bucket}.s3.${region}.${suffix}`,
  types: {
    amd64: { voters: 'm5.large', adserver: 'c5.xlarge', storage: 'r5.xlarge' },
    arm64: { voters: 'm6g.large', adserver: 'c6g.xlarge', storage: 'r6g.xlarge' },
  },
};
