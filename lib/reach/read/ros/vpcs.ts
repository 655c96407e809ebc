/** VPCs of Aliyun: vSwitches, and the system route table that all of them have. */
import { addSubnet, addTable, addVpc, type Drafts } from '../drafts';
import { type Emitted, isTrue } from '../resources';
import { vpcOf } from '../vpcs';

export function readAliyunVpcs(emitted: Emitted, drafts: Drafts): void {
  for (const found of emitted.all('ALIYUN::ECS::VPC')) {
    const vpc = addVpc(emitted, drafts, found, 'aliyun');
    addTable(drafts, vpc, { id: `${found.id}.RouteTableId`, name: 'System', from: vpc.from });
    if (isTrue(emitted.property(found, 'EnableIpv6'))) vpc.ipv6 = vpc.from;
  }
  for (const found of emitted.all('ALIYUN::ECS::VSwitch'))
    addSubnet(emitted, drafts, found, vpcOf(emitted, drafts, found), 'ZoneId');
}
