/** What of a resource decides where packets go: all that the readers of this folder look at. Two equal parts are one to reach. */
import type { TemplateResource } from './assembly';

/** Every property but words about it. */
const ALL = 'all';

/** By type; of hosts only what has to do with the network, so that another user-data is no other path. */
const PARTS: Readonly<Record<string, typeof ALL | readonly string[]>> = {
  'ALIYUN::CEN::TransitRouter': ALL,
  'ALIYUN::CEN::TransitRouterPeerAttachment': ALL,
  'ALIYUN::CEN::TransitRouterRouteEntry': ALL,
  'ALIYUN::CEN::TransitRouterRouteTable': ALL,
  'ALIYUN::CEN::TransitRouterRouteTableAssociation': ALL,
  'ALIYUN::CEN::TransitRouterRouteTablePropagation': ALL,
  'ALIYUN::CEN::TransitRouterVbrAttachment': ALL,
  'ALIYUN::CEN::TransitRouterVpcAttachment': ALL,
  'ALIYUN::CEN::TransitRouterVpnAttachment': ALL,
  'ALIYUN::ECS::Instance': ['InstanceName', 'PrivateIpAddress', 'SecurityGroupIds', 'VSwitchId', 'ZoneId'],
  'ALIYUN::ECS::Route': ALL,
  'ALIYUN::ECS::SecurityGroup': ALL,
  'ALIYUN::ECS::SecurityGroupIngress': ALL,
  'ALIYUN::ECS::SecurityGroupEgress': ALL,
  'ALIYUN::ECS::VPC': ALL,
  'ALIYUN::ECS::VSwitch': ALL,
  'ALIYUN::ESS::ScalingConfiguration': ['InstanceName', 'ScalingGroupId', 'SecurityGroupIds'],
  'ALIYUN::ESS::ScalingGroup': ['MaxSize', 'VSwitchIds'],
  'ALIYUN::ESS::ScalingGroupEnable': ['ScalingGroupId'],
  'ALIYUN::VPC::BgpGroup': ALL,
  'ALIYUN::VPC::BgpPeer': ALL,
  'ALIYUN::VPC::CustomerGateway': ALL,
  'ALIYUN::VPC::NatGateway': ALL,
  'ALIYUN::VPC::NetworkAcl': ALL,
  'ALIYUN::VPC::NetworkAclAssociation': ALL,
  'ALIYUN::VPC::SnatEntry': ALL,
  'ALIYUN::VPC::VirtualBorderRouter': ALL,
  'ALIYUN::VPC::VpcPeerConnection': ALL,
  'ALIYUN::VPC::VpnAttachment': ALL,
  'AWS::AutoScaling::AutoScalingGroup': ['MaxSize', 'VPCZoneIdentifier'],
  'AWS::DirectConnect::DirectConnectGateway': ALL,
  'AWS::DirectConnect::DirectConnectGatewayAssociation': ALL,
  'AWS::DirectConnect::TransitVirtualInterface': ALL,
  'AWS::EC2::CustomerGateway': ALL,
  'AWS::EC2::Instance': ['NetworkInterfaces'],
  'AWS::EC2::InternetGateway': ALL,
  'AWS::EC2::LaunchTemplate': ['NetworkInterfaces', 'SecurityGroupIds'],
  'AWS::EC2::NatGateway': ALL,
  'AWS::EC2::NetworkAcl': ALL,
  'AWS::EC2::NetworkAclEntry': ALL,
  'AWS::EC2::NetworkInterface': ALL,
  'AWS::EC2::Route': ALL,
  'AWS::EC2::RouteTable': ALL,
  'AWS::EC2::SecurityGroup': ALL,
  'AWS::EC2::SecurityGroupEgress': ALL,
  'AWS::EC2::SecurityGroupIngress': ALL,
  'AWS::EC2::Subnet': ALL,
  'AWS::EC2::SubnetNetworkAclAssociation': ALL,
  'AWS::EC2::SubnetRouteTableAssociation': ALL,
  'AWS::EC2::TransitGateway': ALL,
  'AWS::EC2::TransitGatewayAttachment': ALL,
  'AWS::EC2::TransitGatewayPeeringAttachment': ALL,
  'AWS::EC2::TransitGatewayRoute': ALL,
  'AWS::EC2::TransitGatewayRouteTable': ALL,
  'AWS::EC2::TransitGatewayRouteTableAssociation': ALL,
  'AWS::EC2::TransitGatewayRouteTablePropagation': ALL,
  'AWS::EC2::TransitGatewayVpcAttachment': ALL,
  'AWS::EC2::VPC': ALL,
  'AWS::EC2::VPCCidrBlock': ALL,
  'AWS::EC2::VPCGatewayAttachment': ALL,
  'AWS::EC2::VPCPeeringConnection': ALL,
  'AWS::EC2::VPNConnection': ALL,
  'Custom::TransitAttachment': ALL,
};

/** Types whose resources decide where packets go. */
export const PATH_TYPES: ReadonlySet<string> = new Set(Object.keys(PARTS));

/** Types that are read for what hosts reach beside each other: the internet, load balancers, services. Who reaches whom is the same without. */
export const BESIDE_TYPES: ReadonlySet<string> = new Set([
  'ALIYUN::NLB::BackendServerAttachment',
  'ALIYUN::NLB::Listener',
  'ALIYUN::NLB::LoadBalancer',
  'ALIYUN::NLB::ServerGroup',
  'ALIYUN::PVTZ::Zone',
  'ALIYUN::PVTZ::ZoneRecord',
  'ALIYUN::PrivateLink::VpcEndpoint',
  'ALIYUN::SLB::LoadBalancer',
  'ALIYUN::VPC::EIPAssociation',
  'ALIYUN::VPC::ForwardEntry',
  'AWS::EC2::EIP',
  'AWS::EC2::EIPAssociation',
  'AWS::EC2::VPCEndpoint',
  'AWS::ElasticLoadBalancing::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::Route53::RecordSet',
]);

const WORDS: ReadonlySet<string> = new Set(['Tags', 'Description']);

/** As a text; undefined for a resource that decides nothing. */
export function pathPart({ Type, Properties = {} }: TemplateResource): string | undefined {
  const parts = Object.hasOwn(PARTS, Type) ? PARTS[Type] : undefined;
  if (parts === undefined) return undefined;
  // A launch template has everything one level deeper.
  const properties = (Properties.LaunchTemplateData as typeof Properties | undefined) ?? Properties;
  const asked = Object.entries(properties).filter(([name]) => (parts === ALL ? !WORDS.has(name) : parts.includes(name)));
  return JSON.stringify(asked.sort(([a], [b]) => (a < b ? -1 : 1)));
}
