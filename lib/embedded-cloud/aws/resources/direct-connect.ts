import { randomBytes } from 'node:crypto';
import { uuid } from '../../../engine/ids';
import type { JsonObject } from '../../../engine/json';
import { CLOUD_AS_NUMBERS, DIRECT_CONNECT_GATEWAY } from '../../../facts/aws/limits';
import { QUOTAS } from '../../../facts/aws/quotas';
import { type Block, block, overlaps } from '../../ipv4';
import { num, objs, str, strs } from '../../properties';
import { AwsError } from '../aws-error';
import type { DirectConnectAssociation, DirectConnectGateway, VirtualInterface } from '../world/transit';
import { transitGatewayOf } from './ec2/lookup';
import { addAttachment, removeAttachment } from './ec2/transit-attachments';
import type { Context, Handler } from './handler';
import { arn, must, tagsOf } from './values';

/** Direct Connect has one code for everything that the caller got wrong. */
const refused = (message: string) => new AwsError('DirectConnectClientException', message);

/** Where an id is asked for, its ARN does as well. */
const bare = (text: string | undefined): string => text?.split('/').pop() ?? '';

function gatewayOf(c: Context, text: string | undefined): DirectConnectGateway {
  const id = bare(text);
  const found = c.account.directConnectGateways[id];
  if (!found) throw refused(`Direct Connect Gateway ${id} does not exist.`);
  return found;
}

/** AWS::DirectConnect::DirectConnectGateway: it stands in no region; `Ref` is its ARN. */
export const directConnectGateway: Handler = {
  create(c, p) {
    const asn = num(p, 'AmazonSideAsn') ?? 64512;
    if (!CLOUD_AS_NUMBERS.some(([least, most]) => asn >= least && asn <= most))
      throw refused(`Amazon Side ASN ${asn} is not a valid private ASN.`);
    const id = uuid();
    const own = arn(c, 'directconnect', `dx-gateway/${id}`, '');
    const name = str(p, 'DirectConnectGatewayName') ?? '';
    c.account.directConnectGateways[id] = { id, arn: own, name, asn, tags: tagsOf(c, p.Tags) };
    return { physicalId: own, attributes: { DirectConnectGatewayArn: own, DirectConnectGatewayId: id } };
  },
  update(c, id, p) {
    Object.assign(gatewayOf(c, id), { name: str(p, 'DirectConnectGatewayName') ?? '', tags: tagsOf(c, p.Tags) });
    return undefined;
  },
  delete(c, text) {
    const id = bare(text);
    const { virtualInterfaces, directConnectAssociations } = c.account;
    if (Object.values(virtualInterfaces).some((v) => v.gateway === id))
      throw refused(`Direct Connect Gateway ${id} has virtual interfaces.`);
    if (Object.values(directConnectAssociations).some((a) => a.gateway === id))
      throw refused(`Direct Connect Gateway ${id} has gateway associations.`);
    delete c.account.directConnectGateways[id];
  },
  read: (c, id, p) => c.account.directConnectGateways[bare(id)] && p,
};

/** What of an interface can change while it stands; the checks are the same when it is made. */
function settings(c: Context, p: JsonObject): Pick<VirtualInterface, 'connection' | 'name' | 'mtu' | 'peers' | 'tags'> {
  const connection = bare(str(p, 'ConnectionId'));
  // Whether a line stands in a meeting room isn't known here: its id must look like one.
  if (!/^dx(con|lag)-[0-9a-z]{8,}$/.test(connection)) throw refused(`Connection ID ${connection} has an invalid format.`);
  const mtu = num(p, 'Mtu') ?? 1500;
  if (mtu !== 1500 && mtu !== 8500) throw refused(`MTU ${mtu} is not supported: a transit virtual interface takes 1500 or 8500.`);
  const peers = objs(p, 'BgpPeers').map((b) => {
    const family = str(b, 'AddressFamily');
    if (family !== 'ipv4' && family !== 'ipv6') throw refused(`Address family ${family} is not valid.`);
    const asn = Number(str(b, 'Asn'));
    if (!(asn >= 1 && asn <= 4_294_967_294)) throw refused(`ASN ${str(b, 'Asn')} is not valid.`);
    return { asn, amazon: str(b, 'AmazonAddress'), customer: str(b, 'CustomerAddress') };
  });
  if (peers.length === 0) throw refused('At least one BGP peer is required.');
  return { connection, name: str(p, 'VirtualInterfaceName') ?? '', mtu, peers, tags: tagsOf(c, p.Tags) };
}

/** AWS::DirectConnect::TransitVirtualInterface; `Ref` is its ARN. */
export const transitVirtualInterface: Handler = {
  create(c, p) {
    const gateway = gatewayOf(c, str(p, 'DirectConnectGatewayId'));
    const { virtualInterfaces } = c.account;
    const most = DIRECT_CONNECT_GATEWAY.interfaces;
    if (Object.values(virtualInterfaces).filter((v) => v.gateway === gateway.id).length >= most)
      throw refused(`Direct Connect Gateway ${gateway.id} has ${most} virtual interfaces, the most that it takes.`);
    const vlan = num(p, 'Vlan') ?? 0;
    if (vlan < 1 || vlan > 4094) throw refused(`VLAN ${vlan} is not valid: 1 to 4094.`);
    const own = settings(c, p);
    if (own.peers.some((b) => b.asn === gateway.asn))
      throw refused(`ASN ${gateway.asn} is the Amazon side's: the customer's must be another one.`);
    const same = (v: VirtualInterface) => v.connection === own.connection && v.vlan === vlan;
    if (Object.values(virtualInterfaces).some(same))
      throw refused(`VLAN ${vlan} is already in use on connection ${own.connection}.`);
    const id = `dxvif-${randomBytes(4).toString('hex')}`;
    virtualInterfaces[id] = { id, region: c.region.name, gateway: gateway.id, vlan, ...own };
    const ownArn = arn(c, 'directconnect', `dxvif/${id}`);
    return { physicalId: ownArn, attributes: { VirtualInterfaceArn: ownArn, VirtualInterfaceId: id } };
  },
  update(c, id, p) {
    const message = `Virtual Interface ${bare(id)} does not exist.`;
    const found = must(c.account.virtualInterfaces, bare(id), 'DirectConnectClientException', message);
    Object.assign(found, settings(c, p));
    return undefined;
  },
  delete(c, id) {
    delete c.account.virtualInterfaces[bare(id)];
  },
  read: (c, id, p) => c.account.virtualInterfaces[bare(id)] && p,
};

/** "Allowed prefixes interactions": they are told as they stand, and may not overlap those of another transit gateway. */
function allowedOf(c: Context, p: JsonObject, gateway: string, own: string | undefined): string[] {
  const allowed = strs(p, 'AllowedPrefixesToDirectConnectGateway');
  if (allowed.length === 0) throw refused('Allowed prefixes are required for an association with a transit gateway.');
  const most = QUOTAS.prefixesToDirectConnect.usual;
  if (allowed.length > most) throw refused(`${allowed.length} prefixes are more than the ${most} allowed.`);
  const others = Object.values(c.account.directConnectAssociations).filter((a) => a.gateway === gateway && a.id !== own);
  for (const cidr of allowed) {
    const range = block(cidr);
    if (!range) throw refused(`Prefix ${cidr} is not valid.`);
    const other = others.find((a) => a.allowed.some((x) => overlaps(block(x) as Block, range)));
    if (other) throw refused(`Prefix ${cidr} overlaps with a prefix of ${other.transitGateway}.`);
  }
  return allowed;
}

const associationOf = (c: Context, id: string): DirectConnectAssociation =>
  must(c.account.directConnectAssociations, id, 'DirectConnectClientException', `Association ${id} does not exist.`);

/** AWS::DirectConnect::DirectConnectGatewayAssociation: with a transit gateway it is an attachment of it. */
export const directConnectGatewayAssociation: Handler = {
  create(c, p) {
    const gateway = gatewayOf(c, str(p, 'DirectConnectGatewayId'));
    const transit = transitGatewayOf(c.region, bare(str(p, 'AssociatedGatewayId')));
    if (gateway.asn === transit.asn)
      throw refused(`Direct Connect Gateway ${gateway.id} and transit gateway ${transit.id} have the same ASN ${gateway.asn}.`);
    const all = Object.values(c.account.directConnectAssociations);
    if (all.some((a) => a.gateway === gateway.id && a.transitGateway === transit.id))
      throw refused(`${transit.id} is already associated with Direct Connect Gateway ${gateway.id}.`);
    const { transitGateways, perTransitGateway } = DIRECT_CONNECT_GATEWAY;
    if (all.filter((a) => a.gateway === gateway.id).length >= transitGateways)
      throw refused(`Direct Connect Gateway ${gateway.id} has ${transitGateways} transit gateways, the most that it takes.`);
    if (all.filter((a) => a.transitGateway === transit.id).length >= perTransitGateway)
      throw refused(`${transit.id} has ${perTransitGateway} Direct Connect Gateways, the most that it takes.`);
    const allowed = allowedOf(c, p, gateway.id, undefined);
    const attachment = addAttachment(c.region, {
      gateway: transit.id,
      kind: 'direct-connect-gateway',
      resource: gateway.id,
      resourceAccount: c.region.account,
      tags: {},
    });
    const id = uuid();
    c.account.directConnectAssociations[id] = {
      id,
      gateway: gateway.id,
      transitGateway: transit.id,
      region: c.region.name,
      attachment: attachment.id,
      allowed,
    };
    return { physicalId: id, attributes: { AssociationId: id } };
  },
  update(c, id, p) {
    const found = associationOf(c, id);
    found.allowed = allowedOf(c, p, found.gateway, id);
    return undefined;
  },
  delete(c, id) {
    removeAttachment(c.region, c.account.directConnectAssociations[id]?.attachment ?? '');
    delete c.account.directConnectAssociations[id];
  },
  read: (c, id, p) => c.account.directConnectAssociations[id] && p,
};
