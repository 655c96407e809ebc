/**
 * How long ROS takes for a resource, in seconds: ESTIMATES of 2026-11, none of them promised by a page. ROS works on so many resources at
 * once as the stack allows, and asks each service until the thing is there.
 */
import { type Durations, secondsFrom } from '../durations';

/** From an instance's start until its agent can say that it is well. Estimate. */
export const BOOT_SECONDS = 60;

const USUAL: Durations = { create: 3, update: 3, delete: 3 };

const DURATIONS: Readonly<Record<string, Partial<Durations>>> = {
  'ALIYUN::CEN::CenInstance': { create: 5, delete: 5 },
  'ALIYUN::CEN::TransitRouter': { create: 60, delete: 60 },
  'ALIYUN::CEN::TransitRouterPeerAttachment': { create: 60, delete: 60 },
  'ALIYUN::CEN::TransitRouterVbrAttachment': { create: 45, delete: 45 },
  'ALIYUN::CEN::TransitRouterVpcAttachment': { create: 60, delete: 60 },
  'ALIYUN::CEN::TransitRouterVpnAttachment': { create: 45, delete: 45 },
  'ALIYUN::ECS::Disk': { create: 5, delete: 5 },
  'ALIYUN::ECS::DiskAttachment': { create: 8, delete: 8 },
  'ALIYUN::ECS::Instance': { create: 40, interrupt: 60, delete: 30 },
  'ALIYUN::ECS::VPC': { create: 5, delete: 5 },
  'ALIYUN::ECS::VSwitch': { create: 5, delete: 5 },
  'ALIYUN::ESS::ScalingGroup': { create: 10, delete: 40 },
  'ALIYUN::ROS::WaitCondition': { create: 0, update: 0, delete: 0 },
  'ALIYUN::ROS::WaitConditionHandle': { create: 0, update: 0, delete: 0 },
  'ALIYUN::ROS::Sleep': { create: 0, update: 0, delete: 0 },
  'ALIYUN::VPC::NatGateway': { create: 60, delete: 60 },
  'ALIYUN::VPC::VpnConnection': { create: 30, delete: 30 },
  'ALIYUN::VPC::VpnGateway': { create: 300, delete: 120 },
  'ALIYUN::VPC::VirtualBorderRouter': { create: 20, interrupt: 20, delete: 20 },
};

export const rosSeconds = secondsFrom(DURATIONS, USUAL);
