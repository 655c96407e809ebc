/** The way of hosts to the internet: one NAT gateway with one public address. */
import type { NetworkPlan } from '../../plan/model';
import { subnetLogicalId, vpcLogicalId } from '../names';
import type { StackParts } from '../parts';
import { getAtt, ref, resource } from '../ros';
import { tagList } from '../tags';

/** Mbit/s that the public address may carry; paid by traffic, so the number is only a ceiling ("EIP billing"). */
const BANDWIDTH = 200;

/**
 * No route is written: the first NAT gateway of a VPC brings the default route of the system table with it, and a second one to the
 * same destination would be refused. Source: NAT Gateway, "Create and manage Internet NAT gateways" (route 0.0.0.0/0 is added).
 */
export function addNat({ resources, generation, stackName }: StackParts, network: NetworkPlan): void {
  const zone = natZone(network);
  if (zone === undefined) return;
  const subnet = network.subnets.find((s) => s.role === 'public' && s.zone === zone)!;
  const [nat, address, bound] = [`NatG${generation}`, `NatAddressG${generation}`, `NatAddressBoundG${generation}`];
  const name = `${stackName}-nat`;
  resources[nat] = resource('ALIYUN::VPC::NatGateway', {
    InternetChargeType: 'PayByLcu',
    NatGatewayName: name,
    NatType: 'Enhanced',
    NetworkType: 'internet',
    Tags: tagList({ Name: name }),
    VpcId: ref(vpcLogicalId(generation)),
    VSwitchId: ref(subnetLogicalId(subnet.id, generation)),
  });
  resources[address] = resource('ALIYUN::VPC::EIP', {
    Bandwidth: BANDWIDTH,
    InternetChargeType: 'PayByTraffic',
    Name: name,
    Tags: tagList({ Name: name }),
  });
  resources[bound] = resource('ALIYUN::VPC::EIPAssociation', { AllocationId: ref(address), InstanceId: ref(nat) });
  resources[`NatSourceG${generation}`] = resource(
    'ALIYUN::VPC::SnatEntry',
    {
      SnatEntryName: name,
      SnatIp: getAtt(address, 'EipAddress'),
      SnatTableId: getAtt(nat, 'SNatTableId'),
      SourceCIDR: network.cidr,
    },
    { dependsOn: [bound] },
  );
}

/** Where the plan has the NAT gateway; undefined where hosts don't reach the internet. */
function natZone({ routeTables }: NetworkPlan): string | undefined {
  for (const { routes } of routeTables) for (const { target } of routes) if (target.kind === 'nat') return target.zone;
  return undefined;
}
