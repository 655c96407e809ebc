/**
 * Effects on the types that stand for hosts, disks and links on Aliyun. `ReplacementOption` stays Disabled, so that ROS fails an update of
 * what it can't change in place instead of deleting the resource and making it anew. Source: ROS developer reference, the page of each
 * type, column "Editable" ("ALIYUN::ECS::Instance", "ALIYUN::ECS::Disk", "ALIYUN::ESS::ScalingConfiguration"), and ROS API reference,
 * "UpdateStack". Where the pages of different years differ, the reading that warns is taken.
 */
import { INTERRUPTING_INSTANCE_PROPERTIES, REPLACING_PROPERTIES } from '../../../aliyun/fleet/interrupting-properties';
import type { TypeEffects } from './effects';

/**
 * Never changed on members, and taken by ROS all the same: another image and a larger system disk in place, and another user-data, which a
 * host that stands doesn't run (cloud-init applies it once an instance).
 */
const EDITABLE: readonly string[] = ['ImageId', 'SystemDiskSize', 'UserData'];

const ATTACHMENT = ['TransitRouterAttachmentName', 'TransitRouterAttachmentDescription', 'AutoPublishRouteEnabled'];

export const ALIYUN_EFFECTS: Readonly<Record<string, TypeEffects>> = {
  'ALIYUN::ECS::Instance': {
    others: 'in-place',
    interrupts: INTERRUPTING_INSTANCE_PROPERTIES,
    // Editable, and done by another system disk: what stood on the old one is gone.
    replaces: ['ImageId', 'ImageFamily'],
    refused: REPLACING_PROPERTIES['ALIYUN::ECS::Instance']?.filter((property) => !EDITABLE.includes(property)),
  },
  'ALIYUN::ECS::Disk': { others: 'in-place', refused: REPLACING_PROPERTIES['ALIYUN::ECS::Disk'] },
  'ALIYUN::ECS::DiskAttachment': { others: 'in-place', refused: REPLACING_PROPERTIES['ALIYUN::ECS::DiskAttachment'] },
  'ALIYUN::ECS::Route': { others: 'refused' },
  'ALIYUN::CEN::TransitRouterRouteEntry': {
    others: 'refused',
    inPlace: ['TransitRouterRouteEntryName', 'TransitRouterRouteEntryDescription'],
  },
  'ALIYUN::ECS::VPC': { others: 'refused', inPlace: ['Description', 'VpcName', 'UserCidr'] },
  'ALIYUN::ECS::VSwitch': { others: 'refused', inPlace: ['Description', 'VSwitchName'] },
  'ALIYUN::CEN::CenInstance': { others: 'refused', inPlace: ['Name', 'Description', 'ProtectionLevel'] },
  'ALIYUN::CEN::TransitRouter': { others: 'refused', inPlace: ['TransitRouterName', 'TransitRouterDescription'] },
  'ALIYUN::CEN::TransitRouterVpcAttachment': { others: 'refused', inPlace: [...ATTACHMENT, 'ZoneMappings'] },
  'ALIYUN::CEN::TransitRouterVbrAttachment': { others: 'refused', inPlace: ATTACHMENT },
  'ALIYUN::CEN::TransitRouterVpnAttachment': { others: 'refused', inPlace: ATTACHMENT },
  'ALIYUN::CEN::TransitRouterPeerAttachment': { others: 'refused', inPlace: [...ATTACHMENT, 'Bandwidth'] },
  'ALIYUN::CEN::TransitRouterRouteTableAssociation': { others: 'refused' },
  'ALIYUN::CEN::TransitRouterRouteTablePropagation': { others: 'refused' },
  'ALIYUN::VPC::VirtualBorderRouter': {
    others: 'in-place',
    refused: ['PhysicalConnectionId', 'VbrOwnerId'],
    interrupts: ['VlanId', 'LocalGatewayIp', 'PeerGatewayIp', 'PeeringSubnetMask'],
  },
  'ALIYUN::VPC::BgpGroup': { others: 'in-place', refused: ['RouterId'] },
  'ALIYUN::VPC::BgpPeer': { others: 'in-place', refused: ['BgpGroupId'] },
  'ALIYUN::VPC::BgpNetwork': { others: 'refused' },
  'ALIYUN::VPC::CustomerGateway': { others: 'refused', inPlace: ['Name', 'Description'] },
  'ALIYUN::VPC::VpcPeerConnection': { others: 'refused', inPlace: ['Bandwidth', 'Description', 'Name'] },
  'ALIYUN::OSS::Bucket': { others: 'in-place', refused: ['BucketName'] },
};
