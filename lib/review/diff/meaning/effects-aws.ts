/**
 * Effects on the types that `lib/aws` emits. Source: AWS CloudFormation Template Reference, the page of each type, "Update requires". What
 * members are made of stands in `lib/aws/fleet/interrupting-properties.ts`.
 */
import { INTERRUPTING_INSTANCE_PROPERTIES, REPLACING_PROPERTIES } from '../../../aws/fleet/interrupting-properties';
import type { TypeEffects } from './effects';

/** Volumes are changed in place, but the disk goes away from the host: the one list counts it as interrupting. */
export const AWS_EFFECTS: Readonly<Record<string, TypeEffects>> = {
  'AWS::EC2::Instance': {
    others: 'in-place',
    interrupts: INTERRUPTING_INSTANCE_PROPERTIES,
    replaces: REPLACING_PROPERTIES['AWS::EC2::Instance'],
  },
  'AWS::EC2::NetworkInterface': { others: 'in-place', replaces: REPLACING_PROPERTIES['AWS::EC2::NetworkInterface'] },
  // "Updates are not supported": the deploy fails.
  'AWS::EC2::Volume': { others: 'in-place', refused: REPLACING_PROPERTIES['AWS::EC2::Volume'] },
  'AWS::EC2::Route': { others: 'in-place', replaces: REPLACING_PROPERTIES['AWS::EC2::Route'] },
  'AWS::EC2::VPC': { others: 'in-place', replaces: ['CidrBlock', 'InstanceTenancy'] },
  'AWS::EC2::Subnet': { others: 'in-place', replaces: ['AvailabilityZone', 'CidrBlock', 'VpcId'] },
  'AWS::EC2::RouteTable': { others: 'in-place', replaces: ['VpcId'] },
  'AWS::EC2::SubnetRouteTableAssociation': { others: 'replaces' },
  'AWS::EC2::EIP': { others: 'in-place', replaces: ['Domain', 'NetworkBorderGroup', 'PublicIpv4Pool'] },
  'AWS::EC2::NatGateway': { others: 'in-place', replaces: ['AllocationId', 'ConnectivityType', 'PrivateIpAddress', 'SubnetId'] },
  'AWS::EC2::VPCEndpoint': { others: 'in-place', replaces: ['ServiceName', 'VpcEndpointType', 'VpcId'] },
  'AWS::EC2::SecurityGroup': { others: 'in-place', replaces: ['GroupDescription', 'GroupName', 'VpcId'] },
  'AWS::EC2::VPCPeeringConnection': { others: 'replaces' },
  'AWS::EC2::TransitGateway': { others: 'in-place', replaces: ['AmazonSideAsn', 'MulticastSupport'] },
  'AWS::EC2::TransitGatewayRouteTable': { others: 'in-place', replaces: ['TransitGatewayId'] },
  'AWS::EC2::TransitGatewayAttachment': { others: 'in-place', replaces: ['TransitGatewayId', 'VpcId'] },
  'AWS::EC2::TransitGatewayVpcAttachment': { others: 'in-place', replaces: ['SubnetIds', 'TransitGatewayId', 'VpcId'] },
  'AWS::EC2::TransitGatewayPeeringAttachment': { others: 'replaces', inPlace: ['Options'] },
  'AWS::EC2::TransitGatewayRouteTableAssociation': { others: 'replaces' },
  'AWS::EC2::TransitGatewayRouteTablePropagation': { others: 'replaces' },
  'AWS::EC2::CustomerGateway': { others: 'replaces' },
  'AWS::EC2::VPNConnection': { others: 'replaces' },
  'AWS::DirectConnect::DirectConnectGateway': { others: 'in-place', replaces: ['AmazonSideAsn'] },
  'AWS::DirectConnect::TransitVirtualInterface': { others: 'in-place', replaces: ['DirectConnectGatewayId', 'Vlan'] },
  'AWS::DirectConnect::DirectConnectGatewayAssociation': {
    others: 'in-place',
    replaces: ['AssociatedGatewayId', 'DirectConnectGatewayId'],
  },
  'AWS::S3::Bucket': { others: 'in-place', replaces: ['BucketName', 'ObjectLockEnabled'] },
  'AWS::KMS::Key': { others: 'in-place', refused: ['KeySpec', 'KeyUsage'] },
  'AWS::SSM::Parameter': { others: 'in-place', replaces: ['Name'] },
  'AWS::Logs::LogGroup': { others: 'in-place', replaces: ['LogGroupName'] },
  'AWS::IAM::Role': { others: 'in-place', replaces: ['Path', 'RoleName'] },
  'AWS::IAM::InstanceProfile': { others: 'in-place', replaces: ['InstanceProfileName', 'Path'] },
  'AWS::CloudFormation::WaitCondition': { others: 'refused' },
};
