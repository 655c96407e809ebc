import type { JsonObject } from '../../../../engine/json';
import { AS_NUMBER } from '../../../../facts/aliyun/limits';
import { address, block } from '../../../ipv4';
import { bool, num, obj, objs, str } from '../../../properties';
import { AliyunError } from '../../aliyun-error';
import type { AliyunRegion } from '../../world/region';
import type { AliyunCustomerGateway, AliyunVpnGateway, IpsecAttachment } from '../../world/transit';
import { isHop } from '../ecs/interfaces';
import type { Context, Handler } from '../handler';
import { aliyunId, found, here } from '../values';
import { publicAddress } from './nat';
import { vpcOf } from './vpc';

const customerGatewayOf = (r: AliyunRegion, id: string | undefined): AliyunCustomerGateway =>
  found(r.customerGateways, id, 'InvalidCustomerGatewayInstanceId.NotFound', 'customer gateway');

/** Whether an AS number may stand at either end of a BGP session here. */
export const asnOf = (text: string | undefined, what: string): number => {
  const asn = Number(text);
  if (!Number.isInteger(asn) || asn < 1 || asn > 4_294_967_295)
    throw new AliyunError('InvalidAsn.Malformed', `${what} ${text} is not a valid AS number.`);
  return asn;
};

/** ALIYUN::VPC::CustomerGateway: a router of one's own. */
export const customerGateway: Handler = {
  create(c, p) {
    const r = here(c);
    const ip = str(p, 'IpAddress') ?? '';
    if (address(ip) === undefined) throw new AliyunError('InvalidIpAddress.Malformed', `The address ${ip} is not valid.`);
    if (Object.values(r.customerGateways).some((g) => g.address === ip))
      throw new AliyunError('InvalidIpAddress.AlreadyExist', `A customer gateway with the address ${ip} already exists.`);
    const asn = p.Asn === undefined ? undefined : asnOf(str(p, 'Asn'), 'Asn');
    const id = aliyunId('cgw');
    r.customerGateways[id] = { id, address: ip, asn, name: str(p, 'Name') ?? '' };
    return { physicalId: id, attributes: { CustomerGatewayId: id } };
  },
  update(c, id, p) {
    customerGatewayOf(here(c), id).name = str(p, 'Name') ?? '';
    return undefined;
  },
  delete(c, id) {
    const r = here(c);
    const users = [...Object.values(r.ipsecAttachments), ...Object.values(r.vpnConnections)];
    if (users.some((v) => v.customerGateways.includes(id)))
      throw new AliyunError('CustomerGateway.ConnRelated', `Customer gateway ${id} has IPsec connections.`);
    delete r.customerGateways[id];
  },
  read: (c, id, p) => here(c).customerGateways[id] && p,
};

/** Ranges of a side of a tunnel, comma separated. */
function subnetsOf(p: JsonObject, key: string): string[] {
  const ranges = (str(p, key) ?? '').split(',').filter(Boolean);
  const bad = ranges.find((x) => !block(x));
  if (ranges.length === 0 || bad !== undefined)
    throw new AliyunError('InvalidSubnet.Malformed', `${key} ${bad ?? ''} is not a valid CIDR block.`);
  return ranges;
}

/** BGP over a tunnel: a /30 of 169.254/16, and an address of it for the cloud. */
function checkBgp(config: JsonObject, gateway: AliyunCustomerGateway): void {
  if (gateway.asn === undefined)
    throw new AliyunError('CustomerGateway.AsnMissing', `Customer gateway ${gateway.id} has no Asn: BGP needs one.`);
  asnOf(str(config, 'LocalAsn') ?? `${AS_NUMBER}`, 'LocalAsn');
  const cidr = str(config, 'TunnelCidr') ?? '';
  const tunnel = block(cidr);
  const own = address(str(config, 'LocalBgpIp') ?? '');
  if (tunnel?.bits !== 30 || !cidr.startsWith('169.254.'))
    throw new AliyunError('InvalidTunnelCidr.Malformed', `TunnelCidr ${cidr} must be a /30 of 169.254.0.0/16.`);
  if (own === undefined || own <= tunnel.first || own >= tunnel.first + 3)
    throw new AliyunError('InvalidLocalBgpIp.Malformed', `LocalBgpIp ${str(config, 'LocalBgpIp')} must be a host of ${cidr}.`);
}

/** A connection has one tunnel, of its own properties, or two, each with a customer gateway. */
function settings(c: Context, p: JsonObject): Omit<IpsecAttachment, 'id' | 'address'> {
  const two = objs(p, 'TunnelOptionsSpecification');
  if (two.length !== 0 && two.length !== 2)
    throw new AliyunError('InvalidTunnelOptionsSpecification', 'TunnelOptionsSpecification holds two tunnels.');
  const bgp = bool(p, 'EnableTunnelsBgp') ?? bool(obj(p, 'BgpConfig') ?? {}, 'EnableBgp') ?? false;
  const tunnels = (two.length > 0 ? two : [p]).map((t) => ({
    gateway: customerGatewayOf(here(c), str(t, 'CustomerGatewayId') ?? str(p, 'CustomerGatewayId')),
    config: obj(t, 'TunnelBgpConfig') ?? obj(t, 'BgpConfig') ?? {},
  }));
  if (bgp) for (const t of tunnels) checkBgp(t.config, t.gateway);
  return {
    name: str(p, 'Name') ?? '',
    customerGateways: tunnels.map((t) => t.gateway.id),
    local: subnetsOf(p, 'LocalSubnet'),
    remote: subnetsOf(p, 'RemoteSubnet'),
    bgp,
  };
}

const attributesOf = (v: IpsecAttachment, c: Context) => ({
  VpnAttachmentId: v.id,
  InternetIp: v.address,
  PeerVpnAttachmentConfig: {
    Remote: v.address,
    Local: here(c).customerGateways[v.customerGateways[0] ?? '']?.address ?? '',
    LocalSubnet: v.remote.join(','),
    RemoteSubnet: v.local.join(','),
  },
});

/** ALIYUN::VPC::VpnAttachment: an IPsec connection that a transit router attaches. */
export const vpnAttachment: Handler = {
  create(c, p) {
    const r = here(c);
    const own = settings(c, p);
    const id = aliyunId('vco');
    const taken = [...Object.values(r.ipsecAttachments), ...Object.values(r.vpnGateways)].map((x) => x.address);
    r.ipsecAttachments[id] = { id, address: publicAddress(taken), ...own };
    return { physicalId: id, attributes: attributesOf(r.ipsecAttachments[id] as IpsecAttachment, c) };
  },
  update(c, id, p) {
    const v = found(here(c).ipsecAttachments, id, 'InvalidVpnConnectionInstanceId.NotFound', 'IPsec connection');
    Object.assign(v, settings(c, p));
    return { attributes: attributesOf(v, c) };
  },
  delete(c, id) {
    const r = here(c);
    if (Object.values(r.attachments).some((a) => a.resource === id))
      throw new AliyunError('VpnConnection.CenRelated', `IPsec connection ${id} is attached to a transit router.`);
    delete r.ipsecAttachments[id];
  },
  read: (c, id, p) => here(c).ipsecAttachments[id] && p,
};

const gatewayOf = (r: AliyunRegion, id: string | undefined): AliyunVpnGateway =>
  found(r.vpnGateways, id, 'InvalidVpnGatewayInstanceId.NotFound', 'VPN gateway');

/** ALIYUN::VPC::VpnGateway */
export const vpnGateway: Handler = {
  create(c, p) {
    const r = here(c);
    const v = vpcOf(r, str(p, 'VpcId'));
    const bandwidth = num(p, 'Bandwidth') ?? 0;
    if (![5, 10, 20, 50, 100, 200, 500, 1000].includes(bandwidth))
      throw new AliyunError('InvalidBandwidth.Malformed', `Bandwidth ${bandwidth} of a VPN gateway is not valid.`);
    const id = aliyunId('vpn');
    const address = publicAddress(Object.values(r.vpnGateways).map((g) => g.address));
    r.vpnGateways[id] = { id, vpc: v.id, address, routes: [] };
    const own = { VpnGatewayId: id, InternetIp: address, VpcId: v.id, VSwitchId: str(p, 'VSwitchId') ?? '', VpnType: 'Normal' };
    return { physicalId: id, attributes: { ...own, Spec: `${bandwidth}M`, OrderId: '' } };
  },
  update: () => undefined,
  delete(c, id) {
    const r = here(c);
    if (Object.values(r.vpnConnections).some((v) => v.gateway === id))
      throw new AliyunError('VpnGateway.ConnRelated', `VPN gateway ${id} has IPsec connections.`);
    if (isHop(r, id)) throw new AliyunError('DependencyViolation.RouteEntry', `VPN gateway ${id} is used by route entry.`);
    delete r.vpnGateways[id];
  },
  read: (c, id, p) => here(c).vpnGateways[id] && p,
};

/** ALIYUN::VPC::VpnConnection: on a VPN gateway, with one tunnel or with two. */
export const vpnConnection: Handler = {
  create(c, p) {
    const r = here(c);
    const gateway = gatewayOf(r, str(p, 'VpnGatewayId'));
    const own = str(p, 'CustomerGatewayId');
    const tunnels = objs(p, 'TunnelOptionsSpecification');
    if (own === undefined && tunnels.length === 0)
      throw new AliyunError('MissingParameter.CustomerGatewayId', 'CustomerGatewayId or TunnelOptionsSpecification is required.');
    const gateways = (tunnels.length > 0 ? tunnels.map((t) => str(t, 'CustomerGatewayId')) : [own]).map(
      (g) => customerGatewayOf(r, g).id,
    );
    subnetsOf(p, 'LocalSubnet');
    subnetsOf(p, 'RemoteSubnet');
    const id = aliyunId('vco');
    r.vpnConnections[id] = { id, gateway: gateway.id, customerGateways: gateways };
    return { physicalId: id, attributes: { VpnConnectionId: id, Status: 'ike_sa_not_established', PeerVpnConnectionConfig: {} } };
  },
  update: () => undefined,
  delete(c, id) {
    for (const g of Object.values(here(c).vpnGateways))
      if (g.routes.some((x) => x.hop === id))
        throw new AliyunError('VpnConnection.RouteRelated', `IPsec connection ${id} is used by routes of ${g.id}.`);
    delete here(c).vpnConnections[id];
  },
  read: (c, id, p) => here(c).vpnConnections[id] && p,
};

/** ALIYUN::VPC::VpnRouteEntry: a destination-based route of a VPN gateway. */
export const vpnRouteEntry: Handler = {
  create(c, p) {
    const r = here(c);
    const gateway = gatewayOf(r, str(p, 'VpnGatewayId'));
    const destination = str(p, 'RouteDest') ?? '';
    const hop = str(p, 'NextHop') ?? '';
    const weight = num(p, 'Weight') ?? 0;
    if (!block(destination)) throw new AliyunError('InvalidRouteDest.Malformed', `RouteDest ${destination} is not valid.`);
    if (r.vpnConnections[hop]?.gateway !== gateway.id)
      throw new AliyunError('InvalidNextHop.NotFound', `NextHop ${hop} is not an IPsec connection of ${gateway.id}.`);
    if (weight !== 0 && weight !== 100) throw new AliyunError('InvalidWeight.Malformed', `Weight ${weight} is not 0 or 100.`);
    if (gateway.routes.some((x) => x.destination === destination && x.weight === weight))
      throw new AliyunError('VpnRouteEntry.AlreadyExists', `The route ${destination} already exists.`);
    gateway.routes.push({ destination, hop, weight, publish: bool(p, 'PublishVpc') ?? false });
    const attributes = { NextHop: hop, RouteDest: destination, VpnGatewayId: gateway.id };
    return { physicalId: `${gateway.id}|${destination}|${weight}`, attributes };
  },
  delete(c, id) {
    const [own = '', destination, weight] = id.split('|');
    const g = here(c).vpnGateways[own];
    if (g) g.routes = g.routes.filter((x) => x.destination !== destination || x.weight !== Number(weight));
  },
  read(c, id, p) {
    const [own = '', destination, weight] = id.split('|');
    const routes = here(c).vpnGateways[own]?.routes ?? [];
    return routes.some((x) => x.destination === destination && x.weight === Number(weight)) ? p : undefined;
  },
};
