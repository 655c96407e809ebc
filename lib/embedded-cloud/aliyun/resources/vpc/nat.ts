import { randomInt } from 'node:crypto';
import type { JsonObject } from '../../../../engine/json';
import { block } from '../../../ipv4';
import { str, strs } from '../../../properties';
import { AliyunError } from '../../aliyun-error';
import type { AliyunEip, AliyunNatGateway } from '../../world/network';
import type { AliyunRegion } from '../../world/region';
import { createInterface, deleteInterface, isHop } from '../ecs/interfaces';
import type { Handler } from '../handler';
import { aliyunId, found, here, tagsOf } from '../values';
import { vSwitchOf } from './vpc';

export const natOf = (r: AliyunRegion, id: string | undefined): AliyunNatGateway =>
  found(r.natGateways, id, 'InvalidNatGatewayId.NotFound', 'NAT gateway');
const eipOf = (r: AliyunRegion, id: string | undefined): AliyunEip => found(r.eips, id, 'InvalidAllocationId.NotFound', 'EIP');

/** A public address, of the range kept for documentation (RFC 5737). */
export function publicAddress(taken: string[]): string {
  for (;;) {
    const [net, host] = [randomInt(2), randomInt(1, 255)];
    const candidate = `${net === 0 ? '198.51.100' : '203.0.113'}.${host}`;
    if (taken.length >= 400) return `192.0.2.${host}`;
    if (!taken.includes(candidate)) return candidate;
  }
}

/** ALIYUN::VPC::EIP */
export const eip: Handler = {
  create(c, p) {
    const r = here(c);
    const bandwidth = str(p, 'Bandwidth') ?? '5';
    if (!(Number(bandwidth) >= 1 && Number(bandwidth) <= 1000))
      throw new AliyunError('InvalidBandwidth.Malformed', `Specified bandwidth ${bandwidth} is not valid.`);
    const id = aliyunId('eip');
    const address = publicAddress(Object.values(r.eips).map((e) => e.address));
    r.eips[id] = { id, address, bandwidth, tags: tagsOf(c, p.Tags) };
    return { physicalId: id, attributes: { AllocationId: id, EipAddress: address, Isp: str(p, 'Isp') ?? 'BGP', OrderId: '' } };
  },
  update(c, id, p) {
    Object.assign(eipOf(here(c), id), { bandwidth: str(p, 'Bandwidth') ?? '5', tags: tagsOf(c, p.Tags) });
    return undefined;
  },
  delete(c, id) {
    const e = here(c).eips[id];
    if (e?.boundTo) throw new AliyunError('IncorrectEipStatus', `The EIP ${id} is bound to ${e.boundTo}.`);
    delete here(c).eips[id];
  },
  read: (c, id, p) => here(c).eips[id] && p,
};

/** ALIYUN::VPC::EIPAssociation: to a NAT gateway, an instance or a network interface. */
export const eipAssociation: Handler = {
  create(c, p) {
    const r = here(c);
    const e = eipOf(r, str(p, 'AllocationId'));
    const target = str(p, 'InstanceId') ?? '';
    if (e.boundTo) throw new AliyunError('IncorrectEipStatus', `The EIP ${e.id} is bound to ${e.boundTo}.`);
    const things = Object.values(r.things).some((t) => t.id === target);
    if (!r.natGateways[target] && !r.instances[target] && !r.interfaces[target] && !things)
      throw new AliyunError('InvalidInstanceId.NotFound', `The specified instance ${target} does not exist.`, 404);
    e.boundTo = target;
    return { physicalId: `${e.id}:${target}`, attributes: { AllocationId: e.id, EipAddress: e.address } };
  },
  delete(c, id) {
    const [own = '', target] = id.split(':');
    const e = here(c).eips[own];
    const nat = here(c).natGateways[target ?? ''];
    if (e && nat?.snat.some((s) => s.addresses.includes(e.address)))
      throw new AliyunError('IncorrectEipStatus.NatGateway', `The EIP ${own} is used by an SNAT entry.`);
    if (e && e.boundTo === target) e.boundTo = undefined;
  },
  read(c, id, p) {
    const [own = '', target] = id.split(':');
    return here(c).eips[own]?.boundTo === target ? p : undefined;
  },
};

/** ALIYUN::VPC::NatGateway: an enhanced one, which takes an address of its vSwitch. */
export const natGateway: Handler = {
  create(c, p) {
    const r = here(c);
    const vSwitch = vSwitchOf(r, str(p, 'VSwitchId'));
    if (vSwitch.vpc !== p.VpcId)
      throw new AliyunError('InvalidVSwitchId.NotFound', `vSwitch ${vSwitch.id} is not in VPC ${String(p.VpcId)}.`, 404);
    if ((str(p, 'NatType') ?? 'Enhanced') !== 'Enhanced')
      throw new AliyunError('OperationUnsupported.NatType', 'Only enhanced NAT gateways are sold.');
    const id = aliyunId('ngw');
    const own = createInterface(r, { vSwitch, name: id, owner: id });
    const made: AliyunNatGateway = {
      id,
      vpc: vSwitch.vpc,
      vSwitch: vSwitch.id,
      snatTable: aliyunId('stb'),
      forwardTable: aliyunId('ftb'),
      interface: own.id,
      snat: [],
      tags: tagsOf(c, p.Tags),
    };
    r.natGateways[id] = made;
    return { physicalId: id, attributes: { NatGatewayId: id, SNatTableId: made.snatTable, ForwardTableId: made.forwardTable } };
  },
  update(c, id, p) {
    natOf(here(c), id).tags = tagsOf(c, p.Tags);
    return undefined;
  },
  delete(c, id) {
    const r = here(c);
    const nat = r.natGateways[id];
    if (!nat) return;
    if (nat.snat.length > 0) throw new AliyunError('DependencyViolation.SnatEntry', `NAT gateway ${id} has SNAT entries.`);
    if (Object.values(r.eips).some((e) => e.boundTo === id))
      throw new AliyunError('DependencyViolation.EIPS', `NAT gateway ${id} has EIPs.`);
    if (isHop(r, id)) throw new AliyunError('DependencyViolation.RouteEntry', `NAT gateway ${id} is used by route entry.`);
    deleteInterface(r, nat.interface);
    delete r.natGateways[id];
  },
  read: (c, id, p) => here(c).natGateways[id] && p,
};

function snatOf(r: AliyunRegion, nat: AliyunNatGateway, p: JsonObject): { addresses: string[]; cidr?: string } {
  const addresses = (str(p, 'SnatIp') ?? '').split(',').filter(Boolean);
  for (const a of addresses)
    if (!Object.values(r.eips).some((e) => e.address === a && e.boundTo === nat.id))
      throw new AliyunError('InvalidIp.NotInNatgw', `The specified SnatIp ${a} is not an EIP of ${nat.id}.`);
  if (addresses.length === 0) throw new AliyunError('MissingParameter.SnatIp', 'The parameter SnatIp is required.');
  const cidr = str(p, 'SourceCIDR');
  if (cidr !== undefined && !block(cidr))
    throw new AliyunError('InvalidSourceCIDR.Malformed', `SourceCIDR ${cidr} is not valid.`);
  return { addresses, ...(cidr === undefined ? {} : { cidr }) };
}

const natWith = (r: AliyunRegion, table: string | undefined): AliyunNatGateway => {
  const nat = Object.values(r.natGateways).find((n) => n.snatTable === table);
  if (!nat) throw new AliyunError('InvalidSnatTableId.NotFound', `The specified SNAT table ${table} does not exist.`, 404);
  return nat;
};

/** ALIYUN::VPC::SnatEntry: for a range, or for vSwitches. */
export const snatEntry: Handler = {
  create(c, p) {
    const r = here(c);
    const nat = natWith(r, str(p, 'SnatTableId'));
    const { addresses, cidr } = snatOf(r, nat, p);
    const vSwitches = strs(p, 'SourceVSwitchIds');
    if ((cidr === undefined) === (vSwitches.length === 0))
      throw new AliyunError('InvalidParameter', 'Exactly one of SourceCIDR and SourceVSwitchIds is required.');
    const sources = cidr === undefined ? vSwitches.map((s) => ({ vSwitch: vSwitchOf(r, s).id })) : [{ cidr }];
    for (const s of sources)
      if (nat.snat.some((x) => ('cidr' in s ? x.cidr === s.cidr : x.vSwitch === s.vSwitch)))
        throw new AliyunError('InvalidSourceCIDR.Duplicate', 'The SNAT entry already exists.');
    const made = sources.map((s) => ({ id: aliyunId('snat'), addresses, ...s }));
    nat.snat.push(...made);
    const ids = made.map((s) => s.id);
    return { physicalId: ids.join(','), attributes: { SnatEntryIds: ids } };
  },
  update(c, id, p) {
    const nat = natWith(here(c), str(p, 'SnatTableId'));
    const { addresses } = snatOf(here(c), nat, p);
    for (const s of nat.snat) if (id.split(',').includes(s.id)) s.addresses = addresses;
    return undefined;
  },
  delete(c, id) {
    for (const nat of Object.values(here(c).natGateways)) nat.snat = nat.snat.filter((s) => !id.split(',').includes(s.id));
  },
  read: (c, id, p) =>
    Object.values(here(c).natGateways).some((n) => n.snat.some((s) => id.split(',').includes(s.id))) ? p : undefined,
};
