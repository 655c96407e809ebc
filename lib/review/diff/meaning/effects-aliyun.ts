/**
 * Effects on the types that stand for hosts, disks and links on Aliyun. `ReplacementOption` stays Disabled, so that ROS fails an update of
 * what it can't change in place instead of deleting the resource and making it anew. Source: ROS developer reference, the page of each
 * type, column "Editable" ("ALIYUN::ECS::Instance", "ALIYUN::ECS::Disk", "ALIYUN::ESS::ScalingConfiguration"), and ROS API reference,
 * "UpdateStack". Where the pages of different years differ, the reading that warns is taken.
 */
import type { TypeEffects } from './effects';

const ATTACHMENT = ['TransitRouterAttachmentName', 'TransitRouterAttachmentDescription', 'AutoPublishRouteEnabled'];

export const ALIYUN_EFFECTS: Readonly<Record<string, TypeEffects>> = {
  'ALIYUN::ECS::Instance': {
    others: 'refused',
    inPlace: [
      'DeletionProtection',
      'Description',
      'HostName',
      'InstanceName',
      'InternetMaxBandwidthOut',
      'KeyPairName',
      'RamRoleName',
      'SecurityGroupId',
      'SecurityGroupIds',
      'SystemDiskSize',
      // Taken, and not run by a host that stands: cloud-init applies it once an instance. What it means is told apart.
      'UserData',
    ],
    // ECS takes another type, and another password, only from a stopped instance.
    interrupts: ['InstanceType', 'Password'],
    // Editable, and done by another system disk: what stood on the old one is gone.
    replaces: ['ImageId', 'ImageFamily'],
  },
  'ALIYUN::ECS::Disk': { others: 'refused', inPlace: ['Description', 'DiskName', 'Size', 'DeleteAutoSnapshot'] },
  'ALIYUN::ECS::DiskAttachment': { others: 'refused', inPlace: ['DeleteWithInstance'] },
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
