/** The network of a region: VPC, vSwitches, the way to the internet, security groups. Routes towards members stand with the members. */
import type { AliyunRegionPlan, NetworkPlan } from '../../plan/model';
import { networkOutput } from '../../plan/output-names';
import { SYSTEM_TABLE } from '../../plan/region/network';
import { subnetLogicalId, vpcLogicalId } from '../names';
import { output, type StackParts } from '../parts';
import { getAtt, ref, resource } from '../ros';
import { tagList } from '../tags';
import { addNat } from './nat';
import { addSecurityGroups } from './security';

export function addNetwork(parts: StackParts, region: AliyunRegionPlan): void {
  const { network } = region;
  const vpcId = ref(vpcLogicalId(parts.generation));
  addVpc(parts, network);
  addSubnets(parts, network);
  addNat(parts, network);
  addSecurityGroups(parts, region.securityGroups, vpcId);
}

/** The VPC's own route table is the region's only one: no other one is told to a transit router. */
function addVpc({ resources, outputs, generation, stackName }: StackParts, { cidr }: NetworkPlan): void {
  const id = vpcLogicalId(generation);
  resources[id] = resource('ALIYUN::ECS::VPC', { CidrBlock: cidr, Tags: tagList({ Name: stackName }), VpcName: stackName });
  outputs[networkOutput.vpcId(generation)] = output(ref(id), 'the VPC');
  const table = networkOutput.routeTable(SYSTEM_TABLE, generation);
  outputs[table] = output(getAtt(id, 'RouteTableId'), 'system route table');
}

/** One after the other: a VPC makes one vSwitch at a time. Source: VPC, "CreateVSwitch" (repeated calls in one VPC). */
function addSubnets({ resources, outputs, generation, stackName }: StackParts, network: NetworkPlan): void {
  let before: string | undefined;
  for (const subnet of network.subnets) {
    const id = subnetLogicalId(subnet.id, generation);
    resources[id] = resource(
      'ALIYUN::ECS::VSwitch',
      {
        CidrBlock: subnet.cidr,
        Tags: tagList({ Name: `${stackName}-${subnet.id}` }),
        VpcId: ref(vpcLogicalId(generation)),
        VSwitchName: `${stackName}-${subnet.id}`,
        ZoneId: subnet.zone,
      },
      before === undefined ? {} : { dependsOn: [before] },
    );
    outputs[networkOutput.subnet(subnet.id, generation)] = output(ref(id), `${subnet.role} vSwitch of ${subnet.zone}`);
    before = id;
  }
}
