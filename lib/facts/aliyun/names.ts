/**
 * Characters that names may have, as of 2026-11-30, by type and property: what the calls behind ROS's types say, where their schema says less.
 * Names of one character are left out: this toolkit makes none.
 */

/** "CreateRole" of RAM (RoleName). */
export const ROLE_NAME = 64;

/** "CreateCustomerGateway" and "CreateVpnAttachment" (Name). */
export const VPN_NAME = 100;

/** Of most names ("CreateVpc", "CreateInstance", "CreateSecurityGroup", "CreateLoadBalancer" of NLB, "CreateCen" and others: 1 or 2 to 128). */
const USUAL = 128;

export const NAME_LENGTHS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'ALIYUN::CEN::CenInstance': { Name: USUAL },
  'ALIYUN::CEN::TransitRouter': { TransitRouterName: USUAL },
  'ALIYUN::CEN::TransitRouterPeerAttachment': { TransitRouterAttachmentName: USUAL },
  'ALIYUN::CEN::TransitRouterRouteTable': { TransitRouterRouteTableName: USUAL },
  'ALIYUN::CEN::TransitRouterVbrAttachment': { TransitRouterAttachmentName: USUAL },
  'ALIYUN::CEN::TransitRouterVpcAttachment': { TransitRouterAttachmentName: USUAL },
  'ALIYUN::CEN::TransitRouterVpnAttachment': { TransitRouterAttachmentName: USUAL },
  'ALIYUN::ECS::Disk': { DiskName: USUAL },
  'ALIYUN::ECS::Instance': { InstanceName: USUAL, KeyPairName: USUAL, RamRoleName: ROLE_NAME },
  'ALIYUN::ECS::SecurityGroup': { SecurityGroupName: USUAL },
  'ALIYUN::ECS::VPC': { VpcName: USUAL },
  'ALIYUN::ECS::VSwitch': { VSwitchName: USUAL },
  // "CreateScalingConfiguration" (2 to 64).
  'ALIYUN::ESS::ScalingConfiguration': {
    InstanceName: USUAL,
    KeyPairName: USUAL,
    RamRoleName: ROLE_NAME,
    ScalingConfigurationName: 64,
  },
  // "CreateScalingGroup" (2 to 64).
  'ALIYUN::ESS::ScalingGroup': { ScalingGroupName: 64 },
  'ALIYUN::NLB::LoadBalancer': { LoadBalancerName: USUAL },
  'ALIYUN::NLB::ServerGroup': { ServerGroupName: USUAL },
  // OSS, "Bucket naming conventions" (3 to 63).
  'ALIYUN::OSS::Bucket': { BucketName: 63 },
  // A name of DNS (RFC 1035, section 2.3.4), and a label of it.
  'ALIYUN::PVTZ::Zone': { ZoneName: 253 },
  'ALIYUN::PVTZ::ZoneRecord': { Rr: 63 },
  'ALIYUN::RAM::Role': { RoleName: ROLE_NAME },
  'ALIYUN::VPC::BgpGroup': { Name: USUAL },
  'ALIYUN::VPC::CustomerGateway': { Name: VPN_NAME },
  'ALIYUN::VPC::EIP': { Name: USUAL },
  'ALIYUN::VPC::NatGateway': { NatGatewayName: USUAL },
  'ALIYUN::VPC::SnatEntry': { SnatEntryName: USUAL },
  'ALIYUN::VPC::VirtualBorderRouter': { Name: USUAL },
  'ALIYUN::VPC::VpcPeerConnection': { Name: USUAL },
  'ALIYUN::VPC::VpnAttachment': { Name: VPN_NAME },
};
