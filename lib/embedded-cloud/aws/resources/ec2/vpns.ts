import { randomInt } from 'node:crypto';
import type { JsonObject } from '../../../../engine/json';
import { TUNNELS_RESERVED } from '../../../../facts/aws/limits';
import { CUSTOMER_AS_NUMBERS, VPN_TUNNELS } from '../../../../facts/aws/requests';
import { LINK_LOCAL } from '../../../../facts/ranges';
import { address, type Block, block, overlaps } from '../../../ipv4';
import { bool, num, objs, str } from '../../../properties';
import { AwsError } from '../../aws-error';
import { ec2Id } from '../../ids';
import type { CustomerGateway, Vpn, VpnTunnel } from '../../world/transit';
import type { Handler } from '../handler';
import { must, tagsOf } from '../values';
import { customerGatewayOf, transitGatewayOf } from './lookup';
import { addAttachment, removeAttachment } from './transit-attachments';

const bad = (value: unknown, parameter: string, why = '') =>
  new AwsError('InvalidParameterValue', `Value (${String(value)}) for parameter ${parameter} is invalid.${why && ` ${why}`}`);

/** AWS::EC2::CustomerGateway */
export const customerGateway: Handler = {
  create(c, p) {
    const asn = num(p, 'BgpAsnExtended') ?? num(p, 'BgpAsn') ?? 65000;
    const ip = str(p, 'IpAddress') ?? '';
    const device = str(p, 'DeviceName');
    if (str(p, 'Type') !== 'ipsec.1') throw bad(str(p, 'Type'), 'type');
    if (address(ip) === undefined) throw bad(ip, 'ipAddress', 'Invalid IPv4 address.');
    if (asn < 1 || asn > (p.BgpAsnExtended === undefined ? CUSTOMER_AS_NUMBERS.short : CUSTOMER_AS_NUMBERS.most))
      throw bad(asn, 'bgpAsn');
    // "CreateCustomerGateway": a second one with the same address, AS number and device name is the first one again.
    const same = (g: CustomerGateway) => g.address === ip && g.asn === asn && g.device === device;
    const found = Object.values(c.region.customerGateways).find(same);
    const made = found ?? { id: ec2Id('cgw'), address: ip, asn, device, tags: tagsOf(c, p.Tags) };
    c.region.customerGateways[made.id] = made;
    return { physicalId: made.id, attributes: { CustomerGatewayId: made.id } };
  },
  update(c, id, p) {
    customerGatewayOf(c.region, id).tags = tagsOf(c, p.Tags);
    return undefined;
  },
  delete(c, id) {
    if (Object.values(c.region.vpns).some((v) => v.customerGateway === id))
      throw new AwsError('IncorrectState', 'The customer gateway is in use.');
    delete c.region.customerGateways[id];
  },
  read: (c, id, p) => c.region.customerGateways[id] && p,
};

function insideOf(text: string | undefined, taken: string[]): string {
  const given = text ?? `169.254.${randomInt(16, 160)}.${randomInt(0, 64) * 4}/30`;
  const range = block(given);
  if (range?.bits !== 30 || !overlaps(block(LINK_LOCAL) as Block, range))
    throw bad(given, 'TunnelInsideCidr', `It must be a size /30 CIDR block from the ${LINK_LOCAL} range.`);
  if (TUNNELS_RESERVED.includes(given)) throw bad(given, 'TunnelInsideCidr', 'The CIDR block is reserved.');
  if (taken.includes(given)) throw bad(given, 'TunnelInsideCidr', 'The CIDR blocks of the two tunnels must differ.');
  return given;
}

function tunnelsOf(p: JsonObject): VpnTunnel[] {
  const given = objs(p, 'VpnTunnelOptionsSpecifications');
  if (given.length > VPN_TUNNELS.most) throw bad(given.length, 'TunnelOptions', 'A VPN connection has two tunnels.');
  const tunnels: VpnTunnel[] = [];
  for (const options of [given[0] ?? {}, given[1] ?? {}]) {
    const startup = str(options, 'StartupAction') ?? 'add';
    if (startup !== 'add' && startup !== 'start') throw bad(startup, 'StartupAction');
    const key = str(options, 'PreSharedKey');
    if (key !== undefined && !VPN_TUNNELS.key.test(key)) throw bad('***', 'PreSharedKey');
    const inside = insideOf(
      str(options, 'TunnelInsideCidr'),
      tunnels.map((t) => t.inside),
    );
    tunnels.push({ outside: `198.51.${randomInt(100, 200)}.${randomInt(1, 255)}`, inside, startup });
  }
  return tunnels;
}

/** AWS::EC2::VPNConnection: on a transit gateway it is an attachment of it. */
export const vpnConnection: Handler = {
  create(c, p) {
    if (str(p, 'Type') !== 'ipsec.1') throw bad(str(p, 'Type'), 'type');
    const customer = customerGatewayOf(c.region, str(p, 'CustomerGatewayId'));
    if (p.VpnGatewayId !== undefined)
      throw new AwsError('InvalidVpnGatewayID.NotFound', `The vpnGateway ID '${str(p, 'VpnGatewayId')}' does not exist`);
    const gateway = transitGatewayOf(c.region, str(p, 'TransitGatewayId'));
    if (customer.asn === gateway.asn)
      throw bad(gateway.asn, 'bgpAsn', 'The customer gateway and the transit gateway must have different ASNs.');
    const storage = str(p, 'PreSharedKeyStorage') ?? 'Standard';
    if (storage !== 'Standard' && storage !== 'SecretsManager') throw bad(storage, 'PreSharedKeyStorage');
    const tunnels = tunnelsOf(p);
    const id = ec2Id('vpn');
    const attachment = addAttachment(c.region, {
      gateway: gateway.id,
      kind: 'vpn',
      resource: id,
      resourceAccount: c.region.account,
      tags: {},
    });
    const made: Vpn = {
      id,
      customerGateway: customer.id,
      gateway: gateway.id,
      attachment: attachment.id,
      staticRoutesOnly: bool(p, 'StaticRoutesOnly') ?? false,
      keyStorage: storage,
      tunnels,
      tags: tagsOf(c, p.Tags),
    };
    c.region.vpns[id] = made;
    return { physicalId: id, attributes: { VpnConnectionId: id } };
  },
  update(c, id, p) {
    must(c.region.vpns, id, 'InvalidVpnConnectionID.NotFound', `The vpnConnection ID '${id}' does not exist`).tags = tagsOf(
      c,
      p.Tags,
    );
    return undefined;
  },
  delete(c, id) {
    removeAttachment(c.region, c.region.vpns[id]?.attachment ?? '');
    delete c.region.vpns[id];
  },
  read: (c, id, p) => c.region.vpns[id] && p,
};
