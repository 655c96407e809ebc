/** NAT gateways, and public addresses of hosts. */
import type { Drafts, InterfaceDraft } from './drafts';
import type { Found } from './references';
import { type Emitted, isTrue, originOf, plannedName } from './resources';
import { vpcOf } from './vpcs';

export function readGateways(emitted: Emitted, drafts: Drafts): void {
  for (const found of emitted.all('AWS::EC2::NatGateway')) readNat(emitted, drafts, found);
  for (const found of emitted.all('AWS::EC2::EIPAssociation')) {
    const own = interfaceOf(
      emitted,
      drafts,
      found,
      emitted.property(found, 'NetworkInterfaceId') ?? emitted.property(found, 'InstanceId'),
    );
    if (own !== undefined) own.publicAddress = originOf(found);
  }
  for (const found of emitted.all('AWS::EC2::EIP')) {
    if (emitted.property(found, 'InstanceId') === undefined) continue;
    const own = interfaceOf(emitted, drafts, found, emitted.property(found, 'InstanceId'));
    if (own !== undefined) own.publicAddress = originOf(found);
  }
}

/**
 * A zonal gateway stands in a subnet and has an address of its own there; a regional one is everywhere and gets addresses by itself. A
 * private one has none. Source: VPC user guide, "NAT gateways", "Regional NAT gateways".
 */
function readNat(emitted: Emitted, drafts: Drafts, found: Found): void {
  const name = plannedName(found.logicalId, 'Nat');
  const base = { id: found.id, name, from: originOf(found) };
  if (emitted.text(found, 'AvailabilityMode') === 'regional') {
    vpcOf(emitted, drafts, found)?.nats.push({ ...base, public: true });
    return;
  }
  const subnet = emitted.among(drafts.subnets, found, emitted.property(found, 'SubnetId'), 'AWS::EC2::Subnet');
  const address = emitted.property(found, 'AllocationId');
  // An address that no template makes may be there all the same.
  const has =
    typeof address === 'string' || (address !== undefined && emitted.target(found, address, 'AWS::EC2::EIP') !== undefined);
  const open = (emitted.text(found, 'ConnectivityType') ?? 'public') === 'public' && has;
  subnet?.vpc.nats.push({ ...base, subnet: subnet.id, public: open });
}

/** The interface that an id of it, or of the instance on it, means; its first where an instance has several. */
export function interfaceOf(emitted: Emitted, drafts: Drafts, found: Found, value: unknown): InterfaceDraft | undefined {
  const types = ['AWS::EC2::NetworkInterface', 'AWS::EC2::Instance', 'ALIYUN::ECS::Instance'];
  const target = emitted.target(found, value, ...types);
  if (target?.resource.Type !== 'AWS::EC2::Instance') return target === undefined ? undefined : drafts.interfaces.get(target.id);
  const list = emitted.property(target, 'NetworkInterfaces') as {
    NetworkInterfaceId?: unknown;
    AssociatePublicIpAddress?: unknown;
  }[];
  return emitted.among(drafts.interfaces, target, list?.[0]?.NetworkInterfaceId, 'AWS::EC2::NetworkInterface');
}

/** Aliyun: an address of its own, or one bound to it. Sources: ROS, `ALIYUN::ECS::Instance` (InternetMaxBandwidthOut, AllocatePublicIP). */
export function readAliyunAddresses(emitted: Emitted, drafts: Drafts): void {
  for (const found of emitted.all('ALIYUN::VPC::EIPAssociation')) {
    const types = ['ALIYUN::ECS::Instance', 'ALIYUN::VPC::NatGateway', 'ALIYUN::NLB::LoadBalancer', 'ALIYUN::SLB::LoadBalancer'];
    const own = emitted.among(drafts.interfaces, found, emitted.property(found, 'InstanceId'), ...types);
    if (own !== undefined) own.publicAddress = originOf(found);
  }
  for (const found of emitted.all('ALIYUN::ECS::Instance')) {
    const own = drafts.interfaces.get(found.id);
    if (own !== undefined && boughtAddress(emitted, found)) own.publicAddress = originOf(found);
  }
}

/** Whether a host is given a public address with its bandwidth. */
export function boughtAddress(emitted: Emitted, found: Found): boolean {
  const allocated = emitted.property(found, 'AllocatePublicIP');
  return Number(emitted.text(found, 'InternetMaxBandwidthOut') ?? 0) > 0 && (allocated === undefined || isTrue(allocated));
}
