import type { JsonObject } from '../../../../engine/json';
import { AS_NUMBER } from '../../../../facts/aliyun/limits';
import { address, block } from '../../../ipv4';
import { bool, num, str } from '../../../properties';
import { AliyunError } from '../../aliyun-error';
import type { AliyunRegion } from '../../world/region';
import type { BgpGroup, BorderRouter } from '../../world/transit';
import type { Context, Handler } from '../handler';
import { aliyunId, found, here } from '../values';
import { asnOf } from './vpns';

export const borderRouterOf = (r: AliyunRegion, id: string | undefined): BorderRouter =>
  found(r.borderRouters, id, 'InvalidVbrId.NotFound', 'virtual border router');

/** Both addresses of the line: hosts of one small net ("CreateVirtualBorderRouter"). */
function settings(p: JsonObject): Pick<BorderRouter, 'name' | 'connection' | 'vlan' | 'local' | 'peer' | 'mask'> {
  const connection = str(p, 'PhysicalConnectionId') ?? '';
  // Whether a line stands in a meeting room isn't known here: its id must look like one.
  if (!/^pc-[a-z0-9]{6,}$/.test(connection))
    throw new AliyunError('InvalidPhysicalConnectionId.NotFound', `The physical connection ${connection} does not exist.`, 404);
  const vlan = num(p, 'VlanId') ?? -1;
  if (!Number.isInteger(vlan) || vlan < 0 || vlan > 2999)
    throw new AliyunError('InvalidVlanId.Malformed', `VlanId ${vlan} is not valid: 0 to 2999.`);
  const [local, peer, mask] = [str(p, 'LocalGatewayIp') ?? '', str(p, 'PeerGatewayIp') ?? '', str(p, 'PeeringSubnetMask') ?? ''];
  const bits = { '255.255.255.252': 30, '255.255.255.248': 29 }[mask];
  if (bits === undefined)
    throw new AliyunError('InvalidPeeringSubnetMask.Malformed', `PeeringSubnetMask ${mask} is not a mask of 29 or 30 bits.`);
  const size = 2 ** (32 - bits);
  const [a, b] = [address(local), address(peer)];
  const host = (n: number) => n % size !== 0 && n % size !== size - 1;
  if (a === undefined || b === undefined || a === b || Math.floor(a / size) !== Math.floor(b / size) || !host(a) || !host(b))
    throw new AliyunError('InvalidIpAddress.NotInSameSubnet', `${local} and ${peer} are not two hosts of one /${bits}.`);
  return { name: str(p, 'Name') ?? '', connection, vlan, local, peer, mask };
}

/** A VLAN of a line belongs to one border router. */
function checkVlan(c: Context, own: { connection: string; vlan: number }, id?: string): void {
  const same = (v: BorderRouter) => v.id !== id && v.connection === own.connection && v.vlan === own.vlan;
  if (Object.values(c.account.regions).some((r) => Object.values(r.aliyun.borderRouters).some(same)))
    throw new AliyunError('VlanConflict', `VLAN ${own.vlan} is in use on ${own.connection}.`);
}

const attributesOf = (v: BorderRouter) => ({
  VbrId: v.id,
  Name: v.name,
  RouteTableId: v.routeTable,
  VlanInterfaceId: `ri-${v.id.slice(4)}`,
});

/** ALIYUN::VPC::VirtualBorderRouter */
export const virtualBorderRouter: Handler = {
  create(c, p) {
    const own = settings(p);
    checkVlan(c, own);
    const id = aliyunId('vbr');
    const made = { id, routeTable: aliyunId('vtb'), ...own };
    here(c).borderRouters[id] = made;
    return { physicalId: id, attributes: attributesOf(made) };
  },
  update(c, id, p) {
    const v = borderRouterOf(here(c), id);
    const own = settings(p);
    checkVlan(c, own, id);
    Object.assign(v, own);
    return { attributes: attributesOf(v) };
  },
  delete(c, id) {
    const r = here(c);
    if (Object.values(r.attachments).some((a) => a.resource === id))
      throw new AliyunError(
        'DependencyViolation.CenAttachment',
        `The virtual border router ${id} is attached to a transit router.`,
      );
    if (Object.values(r.bgpGroups).some((g) => g.router === id))
      throw new AliyunError('DependencyViolation.BgpGroup', `The virtual border router ${id} has BGP groups.`);
    for (const key of Object.keys(r.bgpNetworks)) if (key.startsWith(`${id} `)) delete r.bgpNetworks[key];
    delete r.borderRouters[id];
  },
  read(c, id, p) {
    const v = here(c).borderRouters[id];
    return v && { ...p, VlanId: typeof p.VlanId === 'string' ? String(v.vlan) : v.vlan };
  },
};

const groupOf = (r: AliyunRegion, id: string | undefined): BgpGroup =>
  found(r.bgpGroups, id, 'InvalidBgpGroupId.NotFound', 'BGP group');

/** ALIYUN::VPC::BgpGroup */
export const bgpGroup: Handler = {
  create(c, p) {
    const r = here(c);
    const router = borderRouterOf(r, str(p, 'RouterId')).id;
    const [peerAsn, localAsn] = [asnOf(str(p, 'PeerAsn'), 'PeerAsn'), asnOf(str(p, 'LocalAsn') ?? `${AS_NUMBER}`, 'LocalAsn')];
    // "CreateBgpGroup": Alibaba Cloud's own numbers aren't a neighbour's.
    if (peerAsn === AS_NUMBER) throw new AliyunError('InvalidPeerAsn.Malformed', `PeerAsn ${peerAsn} is Alibaba Cloud's own.`);
    const id = aliyunId('bgpg');
    r.bgpGroups[id] = { id, name: str(p, 'Name') ?? '', router, peerAsn, localAsn };
    return { physicalId: id, attributes: { BgpGroupId: id, Name: str(p, 'Name') ?? '' } };
  },
  update(c, id, p) {
    const g = groupOf(here(c), id);
    Object.assign(g, { name: str(p, 'Name') ?? '', peerAsn: asnOf(str(p, 'PeerAsn'), 'PeerAsn') });
    return undefined;
  },
  delete(c, id) {
    if (Object.values(here(c).bgpPeers).some((x) => x.group === id))
      throw new AliyunError('DependencyViolation.BgpPeer', `The BGP group ${id} has peers.`);
    delete here(c).bgpGroups[id];
  },
  read: (c, id, p) => here(c).bgpGroups[id] && p,
};

/** ALIYUN::VPC::BgpPeer */
export const bgpPeer: Handler = {
  create(c, p) {
    const r = here(c);
    const group = groupOf(r, str(p, 'BgpGroupId'));
    const peer = str(p, 'PeerIpAddress');
    const own = r.borderRouters[group.router];
    if (peer !== undefined && own && peer !== own.peer)
      throw new AliyunError('InvalidPeerIpAddress.NotMatch', `PeerIpAddress ${peer} is not the line's far end ${own.peer}.`);
    if (Object.values(r.bgpPeers).some((x) => x.group === group.id && x.address === peer))
      throw new AliyunError('BgpPeer.AlreadyExists', `The BGP peer ${peer} already exists in ${group.id}.`);
    const id = aliyunId('bgp');
    r.bgpPeers[id] = { id, group: group.id, address: peer, bfd: bool(p, 'EnableBfd') ?? false };
    return { physicalId: id, attributes: { BgpPeerId: id } };
  },
  update(c, id, p) {
    const own = found(here(c).bgpPeers, id, 'InvalidBgpPeerId.NotFound', 'BGP peer');
    Object.assign(own, { bfd: bool(p, 'EnableBfd') ?? false, address: str(p, 'PeerIpAddress') });
    return undefined;
  },
  delete(c, id) {
    delete here(c).bgpPeers[id];
  },
  read(c, id, p) {
    const now = here(c).bgpPeers[id];
    return now && { ...p, ...(p.EnableBfd === undefined || bool(p, 'EnableBfd') === now.bfd ? {} : { EnableBfd: now.bfd }) };
  },
};

/** ALIYUN::VPC::BgpNetwork: a range that the border router tells its neighbours. */
export const bgpNetwork: Handler = {
  create(c, p) {
    const r = here(c);
    const router = borderRouterOf(r, str(p, 'RouterId')).id;
    const range = str(p, 'DstCidrBlock') ?? '';
    if (!block(range)) throw new AliyunError('InvalidDstCidrBlock.Malformed', `DstCidrBlock ${range} is not valid.`);
    const id = `${router} ${range}`;
    if (r.bgpNetworks[id]) throw new AliyunError('BgpNetwork.AlreadyExists', `${router} tells ${range} already.`);
    r.bgpNetworks[id] = range;
    return { physicalId: id, attributes: { DstCidrBlock: range, RouterId: router } };
  },
  delete(c, id) {
    delete here(c).bgpNetworks[id];
  },
  read: (c, id, p) => (here(c).bgpNetworks[id] ? p : undefined),
};
