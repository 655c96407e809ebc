import type { UpdateTables } from '../../effect';

/** Networks of a region, and what lies in them. */
export const networkUpdates: UpdateTables = {
  'ALIYUN::ECS::VPC': { none: 'Description UserCidr VpcName' },
  'ALIYUN::ECS::VSwitch': { none: 'Description VSwitchName' },
  'ALIYUN::VPC::VpcCidrBlockAssociation': {},
  'ALIYUN::VPC::RouteTable': { none: 'Description RouteTableName' },
  'ALIYUN::VPC::RouteTableAssociation': {},
  'ALIYUN::ECS::Route': {},
  'ALIYUN::ECS::SecurityGroup': { none: 'Description SecurityGroupEgress SecurityGroupIngress SecurityGroupName' },
  'ALIYUN::ECS::SecurityGroupIngress': {},
  'ALIYUN::ECS::SecurityGroupIngresses': { none: 'Permissions' },
  'ALIYUN::ECS::SecurityGroupEgress': {},
  'ALIYUN::ECS::SecurityGroupEgresses': { none: 'Permissions' },
  'ALIYUN::VPC::EIP': { none: 'Bandwidth Description Name' },
  'ALIYUN::VPC::EIPAssociation': {},
  'ALIYUN::VPC::NatGateway': { none: 'Description NatGatewayName' },
  'ALIYUN::VPC::SnatEntry': { none: 'SnatEntryName SnatIp' },
  'ALIYUN::VPC::FlowLog': { none: 'Description FlowLogName' },
  'ALIYUN::ECS::NetworkInterface': { none: 'Description NetworkInterfaceName SecurityGroupId SecurityGroupIds' },
  'ALIYUN::ECS::NetworkInterfaceAttachment': {},
};
