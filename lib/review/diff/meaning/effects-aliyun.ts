/**
 * Effects on the types that stand for hosts, disks and links on Aliyun. `ReplacementOption` stays Disabled, so that ROS fails an update of
 * what it can't change in place instead of deleting the resource and making it anew. Source: ROS developer reference, the page of each
 * type, column "Editable" ("ALIYUN::ECS::Instance", "ALIYUN::ECS::Disk", "ALIYUN::ESS::ScalingConfiguration"), and ROS API reference,
 * "UpdateStack". Where the pages of different years differ, the reading that warns is taken.
 */
import type { TypeEffects } from './effects';

export const ALIYUN_EFFECTS: Readonly<Record<string, TypeEffects>> = {
  'ALIYUN::ECS::Instance': {
    others: 'refused',
    inPlace: ['DeletionProtection', 'Description', 'InstanceName'],
    // ECS takes another type and a larger system disk only while the instance is stopped.
    interrupts: ['InstanceType', 'SystemDiskSize', 'SystemDiskCategory', 'HostName', 'Password'],
    // Editable, and done by another system disk: what stood on the old one is gone.
    replaces: ['ImageId', 'ImageFamily'],
    // Editable on the page, but ECS takes it only from a stopped instance: a member's is one fixed text for that reason.
    refused: ['UserData'],
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
  'ALIYUN::VPC::VirtualBorderRouter': {
    others: 'in-place',
    refused: ['PhysicalConnectionId', 'VbrOwnerId'],
    interrupts: ['VlanId', 'LocalGatewayIp', 'PeerGatewayIp', 'PeeringSubnetMask'],
  },
  'ALIYUN::VPC::BgpGroup': { others: 'in-place', refused: ['RouterId'] },
  'ALIYUN::VPC::BgpPeer': { others: 'in-place', refused: ['BgpGroupId', 'PeerIpAddress'] },
  'ALIYUN::VPC::CustomerGateway': { others: 'refused', inPlace: ['Name', 'Description'] },
  'ALIYUN::VPC::VpcPeerConnection': { others: 'refused', inPlace: ['Bandwidth', 'Description', 'Name'] },
  'ALIYUN::OSS::Bucket': { others: 'in-place', refused: ['BucketName'] },
};
