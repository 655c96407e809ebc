import { isObject, type Json, type JsonObject, sameJson } from '../../../engine/json';
import type { UpdateTable } from './effect';

/** Only `DeleteOnTermination` of a mapping that stays can change on a running instance. */
const blockDevices = (before: Json | undefined, after: Json | undefined): 'none' | 'replace' =>
  sameJson(withoutDeleteOnTermination(before), withoutDeleteOnTermination(after)) ? 'none' : 'replace';

const withoutDeleteOnTermination = (mappings: Json | undefined): Json[] =>
  (Array.isArray(mappings) ? mappings : []).map((m) => {
    const mapping = { ...(m as JsonObject) };
    if (isObject(mapping.Ebs)) {
      const { DeleteOnTermination: _, ...rest } = mapping.Ebs;
      mapping.Ebs = rest;
    }
    return mapping;
  });

/** A dedicated instance can become one on a host and back; anything else is another instance. */
const tenancy = (before: Json | undefined, after: Json | undefined): 'interrupt' | 'replace' =>
  [before, after].every((v) => v === 'dedicated' || v === 'host') ? 'interrupt' : 'replace';

/** The primary address makes the interface; further addresses come and go. */
const addresses = (before: Json | undefined, after: Json | undefined): 'none' | 'replace' =>
  sameJson(primaryOf(before), primaryOf(after)) ? 'none' : 'replace';

const primaryOf = (list: Json | undefined): Json => {
  const primary = (Array.isArray(list) ? list : []).find((a) => isObject(a) && String(a.Primary) === 'true');
  return isObject(primary) ? (primary.PrivateIpAddress ?? null) : null;
};

/** What an update does to EC2's resources. */
export const ec2Updates: Record<string, UpdateTable> = {
  'AWS::EC2::Instance': {
    page: 'AWS::EC2::Instance',
    properties: {
      AdditionalInfo: 'interrupt',
      Affinity: 'interrupt',
      AvailabilityZone: 'replace',
      BlockDeviceMappings: blockDevices,
      CpuOptions: 'replace',
      CreditSpecification: 'none',
      DisableApiTermination: 'none',
      EbsOptimized: 'interrupt',
      EnclaveOptions: 'replace',
      HibernationOptions: 'replace',
      HostId: 'interrupt',
      HostResourceGroupArn: 'replace',
      IamInstanceProfile: 'none',
      ImageId: 'replace',
      InstanceInitiatedShutdownBehavior: 'none',
      InstanceType: 'interrupt',
      KernelId: 'interrupt',
      KeyName: 'replace',
      LaunchTemplate: 'replace',
      LicenseSpecifications: 'replace',
      MetadataOptions: 'none',
      Monitoring: 'none',
      NetworkInterfaces: 'replace',
      PlacementGroupName: 'replace',
      PrivateDnsNameOptions: 'interrupt',
      PrivateIpAddress: 'replace',
      PropagateTagsToVolumeOnCreation: 'none',
      RamdiskId: 'interrupt',
      SecurityGroupIds: 'none',
      SecurityGroups: 'replace',
      SourceDestCheck: 'none',
      SsmAssociations: 'none',
      SubnetId: 'replace',
      Tags: 'none',
      Tenancy: tenancy,
      UserData: 'interrupt',
      Volumes: 'none',
    },
  },
  'AWS::EC2::Volume': {
    page: 'AWS::EC2::Volume',
    properties: {
      AutoEnableIO: 'none',
      AvailabilityZone: 'refused',
      Encrypted: 'refused',
      Iops: 'none',
      KmsKeyId: 'refused',
      MultiAttachEnabled: 'none',
      OutpostArn: 'refused',
      Size: 'none',
      SnapshotId: 'refused',
      Tags: 'none',
      Throughput: 'none',
      VolumeType: 'none',
    },
  },
  'AWS::EC2::NetworkInterface': {
    page: 'AWS::EC2::NetworkInterface',
    properties: {
      Description: 'none',
      GroupSet: 'none',
      InterfaceType: 'replace',
      Ipv4PrefixCount: 'none',
      Ipv4Prefixes: 'none',
      PrivateIpAddress: 'replace',
      PrivateIpAddresses: addresses,
      SecondaryPrivateIpAddressCount: 'none',
      SourceDestCheck: 'none',
      SubnetId: 'replace',
      Tags: 'none',
    },
  },
  'AWS::EC2::VPC': {
    page: 'AWS::EC2::VPC',
    properties: {
      CidrBlock: 'replace',
      EnableDnsHostnames: 'none',
      EnableDnsSupport: 'none',
      InstanceTenancy: (before, after) => (before === 'dedicated' && (after ?? 'default') === 'default' ? 'none' : 'replace'),
      Tags: 'none',
    },
  },
  'AWS::EC2::Subnet': {
    page: 'AWS::EC2::Subnet',
    properties: {
      AvailabilityZone: 'replace',
      CidrBlock: 'replace',
      Ipv6CidrBlock: (before, after) => (before !== undefined && after !== undefined ? 'replace' : 'none'),
      MapPublicIpOnLaunch: 'none',
      Tags: 'none',
      VpcId: 'replace',
    },
  },
  'AWS::EC2::Route': {
    page: 'AWS::EC2::Route',
    properties: {
      DestinationCidrBlock: 'replace',
      GatewayId: 'none',
      InstanceId: 'none',
      NatGatewayId: 'none',
      NetworkInterfaceId: 'none',
      RouteTableId: 'replace',
      TransitGatewayId: 'none',
      VpcEndpointId: 'none',
      VpcPeeringConnectionId: 'none',
    },
  },
  'AWS::EC2::RouteTable': { page: 'AWS::EC2::RouteTable', properties: { Tags: 'none', VpcId: 'replace' } },
  'AWS::EC2::SubnetRouteTableAssociation': {
    page: 'AWS::EC2::SubnetRouteTableAssociation',
    properties: { RouteTableId: 'replace', SubnetId: 'replace' },
  },
  'AWS::EC2::InternetGateway': { page: 'AWS::EC2::InternetGateway', properties: { Tags: 'none' } },
  'AWS::EC2::VPCGatewayAttachment': {
    page: 'AWS::EC2::VPCGatewayAttachment',
    properties: { InternetGatewayId: 'none', VpcId: 'replace', VpnGatewayId: 'none' },
  },
  'AWS::EC2::EIP': {
    page: 'AWS::EC2::EIP',
    properties: { Domain: 'replace', InstanceId: 'none', NetworkBorderGroup: 'replace', PublicIpv4Pool: 'replace', Tags: 'none' },
  },
  'AWS::EC2::NatGateway': {
    page: 'AWS::EC2::NatGateway',
    properties: {
      AllocationId: 'replace',
      ConnectivityType: 'replace',
      PrivateIpAddress: 'replace',
      SubnetId: 'replace',
      Tags: 'none',
    },
  },
  'AWS::EC2::VPCEndpoint': {
    page: 'AWS::EC2::VPCEndpoint',
    properties: {
      PolicyDocument: 'none',
      PrivateDnsEnabled: 'none',
      RouteTableIds: 'none',
      SecurityGroupIds: 'none',
      ServiceName: 'replace',
      SubnetIds: 'none',
      Tags: 'none',
      VpcEndpointType: 'replace',
      VpcId: 'replace',
    },
  },
  'AWS::EC2::SecurityGroup': {
    page: 'AWS::EC2::SecurityGroup',
    properties: {
      GroupDescription: 'replace',
      GroupName: 'replace',
      SecurityGroupEgress: 'none',
      SecurityGroupIngress: 'none',
      Tags: 'none',
      VpcId: 'replace',
    },
  },
  'AWS::EC2::SecurityGroupIngress': { page: 'AWS::EC2::SecurityGroupIngress', properties: { Description: 'none' } },
  'AWS::EC2::SecurityGroupEgress': { page: 'AWS::EC2::SecurityGroupEgress', properties: { Description: 'none' } },
  'AWS::EC2::LaunchTemplate': {
    page: 'AWS::EC2::LaunchTemplate',
    properties: {
      LaunchTemplateData: 'none',
      LaunchTemplateName: 'replace',
      TagSpecifications: 'none',
      VersionDescription: 'none',
    },
  },
  'AWS::EC2::FlowLog': { page: 'AWS::EC2::FlowLog', properties: { Tags: 'none' } },
};
