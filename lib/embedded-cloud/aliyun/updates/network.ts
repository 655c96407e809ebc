import { type EditTable, edits } from './table';

/** What an update edits of networks. */
export const networkEdits: Record<string, EditTable> = {
  ...edits('ALIYUN::ECS::VPC', ['Description', 'VpcName', 'UserCidr']),
  ...edits('ALIYUN::ECS::VSwitch', ['Description', 'VSwitchName']),
  ...edits('ALIYUN::VPC::VpcCidrBlockAssociation', []),
  ...edits('ALIYUN::VPC::RouteTable', ['Description', 'RouteTableName']),
  ...edits('ALIYUN::VPC::RouteTableAssociation', []),
  ...edits('ALIYUN::ECS::Route', []),
  ...edits('ALIYUN::ECS::SecurityGroup', ['Description', 'SecurityGroupName', 'SecurityGroupIngress', 'SecurityGroupEgress']),
  ...edits('ALIYUN::ECS::SecurityGroupIngress', []),
  ...edits('ALIYUN::ECS::SecurityGroupIngresses', ['Permissions']),
  ...edits('ALIYUN::ECS::SecurityGroupEgress', []),
  ...edits('ALIYUN::ECS::SecurityGroupEgresses', ['Permissions']),
  ...edits('ALIYUN::VPC::EIP', ['Bandwidth', 'Name', 'Description']),
  ...edits('ALIYUN::VPC::EIPAssociation', []),
  ...edits('ALIYUN::VPC::NatGateway', ['Description', 'NatGatewayName']),
  ...edits('ALIYUN::VPC::SnatEntry', ['SnatIp', 'SnatEntryName']),
  ...edits('ALIYUN::VPC::FlowLog', ['Description', 'FlowLogName']),
  ...edits('ALIYUN::ECS::NetworkInterface', ['Description', 'NetworkInterfaceName', 'SecurityGroupId', 'SecurityGroupIds']),
  ...edits('ALIYUN::ECS::NetworkInterfaceAttachment', []),
};
