/** VPCs, their subnets, and which table each subnet has. */
import { readRange } from '../range';
import { addVpc, type Drafts } from './drafts';
import { type Emitted, originOf, plannedName } from './resources';

export function readVpcs(emitted: Emitted, drafts: Drafts): void {
  for (const found of emitted.all('AWS::EC2::VPC')) addVpc(emitted, drafts, found);
  for (const found of emitted.all('AWS::EC2::VPCCidrBlock')) {
    const vpc = vpcOf(emitted, drafts, found);
    const range = readRange(emitted.text(found, 'CidrBlock'));
    if (range !== undefined) vpc?.cidrs.push(range);
  }
  readSubnets(emitted, drafts);
  readTables(emitted, drafts);
  readAssociations(emitted, drafts);
}

type FoundResource = Parameters<Emitted['fault']>[0];

export function vpcOf(emitted: Emitted, drafts: Drafts, found: FoundResource) {
  const vpc = emitted.target(found, emitted.property(found, 'VpcId'), 'AWS::EC2::VPC');
  return vpc === undefined ? undefined : drafts.vpcs.get(vpc.id);
}

function readSubnets(emitted: Emitted, drafts: Drafts): void {
  for (const found of emitted.all('AWS::EC2::Subnet')) {
    const vpc = vpcOf(emitted, drafts, found);
    const range = readRange(emitted.text(found, 'CidrBlock'));
    if (range === undefined) emitted.fault(found, 'its CidrBlock is no range');
    if (vpc === undefined || range === undefined) continue;
    const zone = emitted.text(found, 'AvailabilityZone');
    if (zone === undefined) emitted.fault(found, 'its AvailabilityZone is not written: the cloud would choose one');
    const subnet = {
      id: found.id,
      name: plannedName(found.logicalId, 'Subnet'),
      zone: zone ?? '',
      range,
      from: originOf(found),
      vpc,
    };
    vpc.subnets.push(subnet);
    drafts.subnets.set(found.id, subnet);
  }
}

function readTables(emitted: Emitted, drafts: Drafts): void {
  for (const found of emitted.all('AWS::EC2::RouteTable')) {
    const vpc = vpcOf(emitted, drafts, found);
    if (vpc === undefined) continue;
    const table = { id: found.id, name: plannedName(found.logicalId, 'RouteTable'), vpc, routes: [], from: originOf(found) };
    vpc.tables.push(table);
    drafts.tables.set(found.id, table);
  }
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
