/**
 * How long CloudFormation takes for a resource, in seconds: ESTIMATES of 2026-11, none of them promised by a page. They order things and say
 * what lies beside what; a deadline is none of them.
 */
import { type Durations, secondsFrom } from '../durations';

/** From an instance's launch or start until its agent can say that it is well: the system, its network, artifacts, the service. Estimate. */
export const BOOT_SECONDS = 75;

/** Calls of an API that answers at once, and a look whether it is there. */
const USUAL: Durations = { create: 4, update: 4, delete: 4 };

const DURATIONS: Readonly<Record<string, Partial<Durations>>> = {
  'AWS::AutoScaling::AutoScalingGroup': { create: 25, delete: 60 },
  'AWS::CloudFormation::WaitCondition': { create: 1, update: 1, delete: 1 },
  'AWS::DirectConnect::DirectConnectGateway': { create: 30, delete: 60 },
  'AWS::DirectConnect::DirectConnectGatewayAssociation': { create: 600, update: 300, delete: 600 },
  'AWS::DirectConnect::PrivateVirtualInterface': { create: 60, interrupt: 30, delete: 60 },
  'AWS::DirectConnect::TransitVirtualInterface': { create: 60, interrupt: 30, delete: 60 },
  'AWS::EC2::EIP': { create: 16, delete: 4 },
  'AWS::EC2::FlowLog': { create: 5 },
  'AWS::EC2::Instance': { create: 18, interrupt: 60, delete: 45 },
  'AWS::EC2::InternetGateway': { create: 16, delete: 16 },
  'AWS::EC2::NatGateway': { create: 105, delete: 60 },
  'AWS::EC2::NetworkInterface': { create: 6, delete: 6 },
  'AWS::EC2::Subnet': { create: 6, delete: 6 },
  'AWS::EC2::TransitGateway': { create: 150, update: 60, delete: 120 },
  'AWS::EC2::TransitGatewayAttachment': { create: 75, update: 60, delete: 75 },
  'AWS::EC2::TransitGatewayPeeringAttachment': { create: 60, delete: 60 },
  'AWS::EC2::TransitGatewayRouteTable': { create: 75, delete: 75 },
  'AWS::EC2::TransitGatewayVpcAttachment': { create: 75, update: 60, delete: 75 },
  'AWS::EC2::VPC': { create: 14, delete: 6 },
  'AWS::EC2::VPCEndpoint': { create: 60, delete: 60 },
  'AWS::EC2::VPCPeeringConnection': { create: 20, delete: 10 },
  'AWS::EC2::VPNConnection': { create: 240, interrupt: 180, delete: 120 },
  'AWS::EC2::Volume': { create: 12, update: 30, delete: 12 },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': { create: 150, delete: 20 },
  'AWS::ElasticLoadBalancingV2::TargetGroup': { create: 16, delete: 16 },
  'AWS::IAM::InstanceProfile': { create: 125, delete: 4 },
  'AWS::IAM::ManagedPolicy': { create: 16, update: 16 },
  'AWS::IAM::Policy': { create: 16, update: 16 },
  'AWS::IAM::Role': { create: 18, update: 18 },
  'AWS::KMS::Key': { create: 20, update: 10 },
  'AWS::S3::Bucket': { create: 22, update: 22 },
};

export const awsSeconds = secondsFrom(DURATIONS, USUAL);
