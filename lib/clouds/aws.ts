import { instanceType } from '../facts/aws/instance-types';
import {
  STACK_RESOURCES,
  STACK_RESOURCES_FOR_MEMBERS,
  SUBNET_RESERVED,
  TAGS,
  TUNNELS_RESERVED,
  USER_DATA_BYTES,
  VPC_MTU,
} from '../facts/aws/limits';
import { awsZones, dnsSuffix, usualZones } from '../facts/aws/regions';
import { awsEffect } from '../facts/aws/updates';
import { GP3 } from '../facts/aws/volumes';
import { worst } from '../facts/effect';
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
  zoneName: (region, letter) => region + letter,
  stackResources: { all: STACK_RESOURCES, members: STACK_RESOURCES_FOR_MEMBERS },
  // An interface, the volumes and the routes stay while the instance with its gate and alarm is gone.
  memberResources: ({ volumes, gate, recover, routes, absent }) =>
    1 + volumes + routes + (absent ? 0 : 1 + Number(gate) + Number(recover)),
  tags: { all: TAGS, own: 10 },
  reservedLast: SUBNET_RESERVED.last,
  mtu: VPC_MTU,
  oneRouteTable: false,
  instanceType,
  volumeMib: ({ type, throughput }) => (type === 'gp3' ? (throughput ?? GP3.throughput) : Number.POSITIVE_INFINITY),
  volumeUpdate: (before, after) =>
    worst([
      ...(before.type === after.type ? [] : [awsEffect('AWS::EC2::Volume', 'VolumeType', before.type, after.type)]),
      ...(before.iops === after.iops ? [] : [awsEffect('AWS::EC2::Volume', 'Iops', before.iops, after.iops)]),
    ]),
  connectionPrefix: 'dxcon-',
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
  dnsSuffix,
  // "Methods for accessing a general purpose bucket".
  bucketUrl: (bucket, region, suffix) => `https://${bucket}.s3.${region}.${suffix}`,
  types: {
    amd64: { voters: 'm5.large', adserver: 'c5.xlarge', storage: 'r5.xlarge' },
    arm64: { voters: 'm6g.large', adserver: 'c6g.xlarge', storage: 'r6g.xlarge' },
  },
};
