/** VPCs, their subnets, and which table each subnet has. */
import { readRange } from '../range';
import { addSubnet, addTable, addVpc, type Drafts, type VpcDraft } from './drafts';
import type { Found } from './references';
import { type Emitted, isFalse, isTrue, originOf, plannedName } from './resources';

export function readVpcs(emitted: Emitted, drafts: Drafts): void {
  for (const found of emitted.all('AWS::EC2::VPC')) {
    const vpc = addVpc(emitted, drafts, found);
    // Source: CloudFormation, `AWS::EC2::VPC` (EnableDnsSupport: on by default).
    if (isFalse(emitted.property(found, 'EnableDnsSupport'))) vpc.resolver = false;
  }
  for (const found of emitted.all('AWS::EC2::VPCCidrBlock')) {
    const vpc = vpcOf(emitted, drafts, found);
    const range = readRange(emitted.text(found, 'CidrBlock'));
    if (range !== undefined) vpc?.cidrs.push(range);
    else if (vpc !== undefined && SIXES.some((name) => emitted.property(found, name) !== undefined)) vpc.ipv6 = originOf(found);
  }
  for (const found of emitted.all('AWS::EC2::Subnet'))
    addSubnet(emitted, drafts, found, vpcOf(emitted, drafts, found), 'AvailabilityZone', ': the cloud would choose one');
  for (const found of emitted.all('AWS::EC2::RouteTable')) {
    const vpc = vpcOf(emitted, drafts, found);
    const name = plannedName(found.logicalId, 'RouteTable');
    if (vpc !== undefined) addTable(drafts, vpc, { id: found.id, name, from: originOf(found) });
  }
  readAssociations(emitted, drafts);
  for (const found of emitted.all('AWS::EC2::Subnet')) {
    const subnet = drafts.subnets.get(found.id);
    if (subnet !== undefined && isTrue(emitted.property(found, 'MapPublicIpOnLaunch'))) subnet.publicAddresses = true;
  }
}

/** Properties of `AWS::EC2::VPCCidrBlock` that give a VPC IPv6 addresses. */
const SIXES = ['AmazonProvidedIpv6CidrBlock', 'Ipv6CidrBlock', 'Ipv6IpamPoolId', 'Ipv6Pool'] as const;

/** The VPC that its `VpcId` names. */
export function vpcOf(emitted: Emitted, drafts: Drafts, found: Found): VpcDraft | undefined {
  const type = found.resource.Type.startsWith('ALIYUN::') ? 'ALIYUN::ECS::VPC' : 'AWS::EC2::VPC';
  return emitted.among(drafts.vpcs, found, emitted.property(found, 'VpcId'), type);
}

function readAssociations(emitted: Emitted, drafts: Drafts): void {
  for (const found of emitted.all('AWS::EC2::SubnetRouteTableAssociation')) {
    const subnet = emitted.target(found, emitted.property(found, 'SubnetId'), 'AWS::EC2::Subnet');
    const table = emitted.target(found, emitted.property(found, 'RouteTableId'), 'AWS::EC2::RouteTable');
    if (subnet === undefined || table === undefined) continue;
    const draft = drafts.subnets.get(subnet.id);
    if (draft === undefined) continue;
    if (draft.vpc !== drafts.tables.get(table.id)?.vpc) emitted.fault(found, 'its subnet and its table stand in different VPCs');
    else if (draft.table !== undefined) emitted.fault(found, `the subnet ${draft.name} has a table already`);
    else draft.table = table.id;
  }
  for (const subnet of drafts.subnets.values()) {
    if (subnet.table === undefined)
      emitted.faults.push({
        where: subnet.from.stack,
        what: subnet.from.logicalId,
        message: 'no association gives it a route table: it has the main table of its VPC, which holds the local route only',
      });
  }
}
