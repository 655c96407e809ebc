import {
  transitRouterPeerAttachment,
  transitRouterVbrAttachment,
  transitRouterVpcAttachment,
  transitRouterVpnAttachment,
} from './cen/attachments';
import { cenInstance, transitRouter, transitRouterRouteTable } from './cen/routers';
import {
  cenRouteEntry,
  cenVbrHealthCheck,
  transitRouterRouteEntry,
  transitRouterRouteTableAssociation,
  transitRouterRouteTablePropagation,
} from './cen/routes';
import { disk, diskAttachment } from './ecs/disks';
import { instance } from './ecs/instances';
import { networkInterface, networkInterfaceAttachment } from './ecs/interfaces';
import {
  securityGroup,
  securityGroupEgress,
  securityGroupEgresses,
  securityGroupIngress,
  securityGroupIngresses,
} from './ecs/security';
import { lifecycleHook, scalingConfiguration, scalingGroup, scalingGroupEnable, scalingRule } from './ess/groups';
import type { Handler } from './handler';
import { bucket } from './oss';
import { attachPolicyToRole, managedPolicy, role } from './ram';
import { recordHandlers } from './records';
import { rosSleep, waitCondition, waitConditionHandle } from './ros';
import { bgpGroup, bgpNetwork, bgpPeer, virtualBorderRouter } from './vpc/leased-lines';
import { eip, eipAssociation, natGateway, snatEntry } from './vpc/nat';
import { vpcPeerConnection } from './vpc/peerings';
import { routeTable, routeTableAssociation } from './vpc/route-tables';
import { route } from './vpc/routes';
import { vpc, vpcCidrBlockAssociation, vSwitch } from './vpc/vpc';
import { customerGateway, vpnAttachment, vpnConnection, vpnGateway, vpnRouteEntry } from './vpc/vpns';

/** Every ALIYUN::* resource type of the embedded cloud. */
export const aliyunHandlers: Record<string, Handler> = {
  'ALIYUN::CEN::CenInstance': cenInstance,
  'ALIYUN::CEN::CenVbrHealthCheck': cenVbrHealthCheck,
  'ALIYUN::CEN::RouteEntry': cenRouteEntry,
  'ALIYUN::CEN::TransitRouter': transitRouter,
  'ALIYUN::CEN::TransitRouterPeerAttachment': transitRouterPeerAttachment,
  'ALIYUN::CEN::TransitRouterRouteEntry': transitRouterRouteEntry,
  'ALIYUN::CEN::TransitRouterRouteTable': transitRouterRouteTable,
  'ALIYUN::CEN::TransitRouterRouteTableAssociation': transitRouterRouteTableAssociation,
  'ALIYUN::CEN::TransitRouterRouteTablePropagation': transitRouterRouteTablePropagation,
  'ALIYUN::CEN::TransitRouterVbrAttachment': transitRouterVbrAttachment,
  'ALIYUN::CEN::TransitRouterVpcAttachment': transitRouterVpcAttachment,
  'ALIYUN::CEN::TransitRouterVpnAttachment': transitRouterVpnAttachment,
  'ALIYUN::ECS::Disk': disk,
  'ALIYUN::ECS::DiskAttachment': diskAttachment,
  'ALIYUN::ECS::Instance': instance,
  'ALIYUN::ECS::NetworkInterface': networkInterface,
  'ALIYUN::ECS::NetworkInterfaceAttachment': networkInterfaceAttachment,
  'ALIYUN::ECS::Route': route,
  'ALIYUN::ECS::SecurityGroup': securityGroup,
  'ALIYUN::ECS::SecurityGroupEgress': securityGroupEgress,
  'ALIYUN::ECS::SecurityGroupEgresses': securityGroupEgresses,
  'ALIYUN::ECS::SecurityGroupIngress': securityGroupIngress,
  'ALIYUN::ECS::SecurityGroupIngresses': securityGroupIngresses,
  'ALIYUN::ECS::VPC': vpc,
  'ALIYUN::ECS::VSwitch': vSwitch,
  'ALIYUN::ESS::LifecycleHook': lifecycleHook,
  'ALIYUN::ESS::ScalingConfiguration': scalingConfiguration,
  'ALIYUN::ESS::ScalingGroup': scalingGroup,
  'ALIYUN::ESS::ScalingGroupEnable': scalingGroupEnable,
  'ALIYUN::ESS::ScalingRule': scalingRule,
  'ALIYUN::OSS::Bucket': bucket,
  'ALIYUN::RAM::AttachPolicyToRole': attachPolicyToRole,
  'ALIYUN::RAM::ManagedPolicy': managedPolicy,
  'ALIYUN::RAM::Role': role,
  'ALIYUN::ROS::Sleep': rosSleep,
  'ALIYUN::ROS::WaitCondition': waitCondition,
  'ALIYUN::ROS::WaitConditionHandle': waitConditionHandle,
  'ALIYUN::VPC::BgpGroup': bgpGroup,
  'ALIYUN::VPC::BgpNetwork': bgpNetwork,
  'ALIYUN::VPC::BgpPeer': bgpPeer,
  'ALIYUN::VPC::CustomerGateway': customerGateway,
  'ALIYUN::VPC::EIP': eip,
  'ALIYUN::VPC::EIPAssociation': eipAssociation,
  'ALIYUN::VPC::NatGateway': natGateway,
  'ALIYUN::VPC::RouteTable': routeTable,
  'ALIYUN::VPC::RouteTableAssociation': routeTableAssociation,
  'ALIYUN::VPC::SnatEntry': snatEntry,
  'ALIYUN::VPC::VirtualBorderRouter': virtualBorderRouter,
  'ALIYUN::VPC::VpcCidrBlockAssociation': vpcCidrBlockAssociation,
  'ALIYUN::VPC::VpcPeerConnection': vpcPeerConnection,
  'ALIYUN::VPC::VpnAttachment': vpnAttachment,
  'ALIYUN::VPC::VpnConnection': vpnConnection,
  'ALIYUN::VPC::VpnGateway': vpnGateway,
  'ALIYUN::VPC::VpnRouteEntry': vpnRouteEntry,
  ...recordHandlers,
};
