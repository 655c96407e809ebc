/** VPCs of Aliyun: vSwitches, and the system route table that all of them have. */
import { readRange } from '../../range';
import { addVpc, type Drafts } from '../drafts';
import type { Found } from '../references';
import { type Emitted, originOf, plannedName } from '../resources';

export function readAliyunVpcs(emitted: Emitted, drafts: Drafts): void {
  for (const found of emitted.all('ALIYUN::ECS::VPC')) {
    const vpc = addVpc(emitted, drafts, found, 'aliyun');
    const table = { id: `${found.id}.RouteTableId`, name: 'System', vpc, routes: [], from: vpc.from };
    vpc.tables.push(table);
    drafts.tables.set(table.id, table);
  }
  for (const found of emitted.all('ALIYUN::ECS::VSwitch')) readVSwitch(emitted, drafts, found);
}

export function aliyunVpcOf(emitted: Emitted, drafts: Drafts, found: Found) {
  const vpc = emitted.target(found, emitted.property(found, 'VpcId'), 'ALIYUN::ECS::VPC');
  return vpc === undefined ? undefined : drafts.vpcs.get(vpc.id);
}

/** A vSwitch has the system table until a custom one is bound to it, and no emitter makes one. Source: VPC, "Route tables". */
function readVSwitch(emitted: Emitted, drafts: Drafts, found: Found): void {
  const vpc = aliyunVpcOf(emitted, drafts, found);
  const range = readRange(emitted.text(found, 'CidrBlock'));
  if (range === undefined) emitted.fault(found, 'its CidrBlock is no range');
  if (vpc === undefined || range === undefined) return;
  const zone = emitted.text(found, 'ZoneId');
  if (zone === undefined) emitted.fault(found, 'its ZoneId is not written');
  const subnet = {
    id: found.id,
    name: plannedName(found.logicalId, 'Subnet'),
    zone: zone ?? '',
    range,
    table: vpc.tables[0]!.id,
    from: originOf(found),
    vpc,
  };
  vpc.subnets.push(subnet);
  drafts.subnets.set(found.id, subnet);
}
