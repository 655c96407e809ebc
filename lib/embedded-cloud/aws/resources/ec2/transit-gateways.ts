import { clock } from '../../../../engine/clock';
import type { JsonObject } from '../../../../engine/json';
import { CLOUD_AS_NUMBERS } from '../../../../facts/aws/limits';
import { QUOTAS } from '../../../../facts/aws/quotas';
import { block } from '../../../ipv4';
import { num, str, strs } from '../../../properties';
import type { Region } from '../../../store/world';
import { AwsError } from '../../aws-error';
import { ec2Id } from '../../ids';
import type { AttachmentKind, TransitGateway, TransitTable } from '../../world/transit';
import type { Context, Handler } from '../handler';
import { arn, tagsOf } from '../values';
import { transitGatewayOf, transitTableOf } from './lookup';

/** Gateways an account and region ("Quotas for your transit gateways"). */
const GATEWAYS = 5;

/** `enable` is EC2's default for all options but auto-accept. */
const enabled = (p: JsonObject, key: string, usual = true): boolean => {
  const value = str(p, key);
  if (value !== undefined && value !== 'enable' && value !== 'disable')
    throw new AwsError('InvalidParameterValue', `Value (${value}) for parameter ${key} is invalid.`);
  return value === undefined ? usual : value === 'enable';
};

/** Private AS numbers of 16 and 32 bits ("CreateTransitGateway"). */
function privateAsn(p: JsonObject): number {
  const asn = num(p, 'AmazonSideAsn') ?? 64512;
  if (CLOUD_AS_NUMBERS.some(([least, most]) => asn >= least && asn <= most)) return asn;
  throw new AwsError('InvalidParameterValue', `Value (${asn}) for parameter AmazonSideAsn is invalid. ASN must be private.`);
}

/** Makes a table of a gateway. */
function createTable(region: Region, gateway: string, tags: TransitTable['tags']): TransitTable {
  if (Object.values(region.transitTables).filter((t) => t.gateway === gateway).length >= QUOTAS.tablesPerTransitGateway.usual)
    throw new AwsError('TransitGatewayRouteTableLimitExceeded', 'You have reached the limit of transit gateway route tables.');
  const id = ec2Id('tgw-rtb');
  const made = { id, gateway, routes: [], associations: [], propagations: [], created: clock.now(), tags };
  region.transitTables[id] = made;
  return made;
}

/** The default table comes into being with the first option that needs one. */
function setDefaults(region: Region, gateway: TransitGateway, p: JsonObject): void {
  const association = enabled(p, 'DefaultRouteTableAssociation');
  const propagation = enabled(p, 'DefaultRouteTablePropagation');
  const own = gateway.associationTable ?? gateway.propagationTable;
  const table = association || propagation ? (own ?? createTable(region, gateway.id, {}).id) : undefined;
  gateway.associationTable = association ? (str(p, 'AssociationDefaultRouteTableId') ?? table) : undefined;
  gateway.propagationTable = propagation ? (str(p, 'PropagationDefaultRouteTableId') ?? table) : undefined;
}

function set(c: Context, gateway: TransitGateway, p: JsonObject): void {
  for (const cidr of strs(p, 'TransitGatewayCidrBlocks')) {
    const bits = block(cidr)?.bits;
    if (bits === undefined || bits > 24)
      throw new AwsError('InvalidParameterValue', `Invalid transit gateway CIDR block ${cidr}`);
  }
  Object.assign(gateway, {
    description: str(p, 'Description') ?? '',
    autoAccept: enabled(p, 'AutoAcceptSharedAttachments', false),
    vpnEcmp: enabled(p, 'VpnEcmpSupport'),
    dns: enabled(p, 'DnsSupport'),
    cidrBlocks: strs(p, 'TransitGatewayCidrBlocks'),
    tags: tagsOf(c, p.Tags),
  });
  setDefaults(c.region, gateway, p);
}

const attributesOf = (c: Context, g: TransitGateway) => ({
  Id: g.id,
  TransitGatewayArn: arn(c, 'ec2', `transit-gateway/${g.id}`),
  EncryptionSupportState: 'disabled',
});

const attachmentWords: Record<AttachmentKind, string> = {
  vpc: 'VPC',
  vpn: 'VPN',
  peering: 'Transit Gateway Cross Region Peering',
  'direct-connect-gateway': 'DirectConnect Gateway',
};

/** AWS::EC2::TransitGateway */
export const transitGateway: Handler = {
  create(c, p) {
    const asn = privateAsn(p);
    if (Object.keys(c.region.transitGateways).length >= GATEWAYS)
      throw new AwsError('TransitGatewayLimitExceeded', 'You have reached the limit of transit gateways.');
    const id = ec2Id('tgw');
    const made: TransitGateway = {
      id,
      asn,
      description: '',
      autoAccept: false,
      vpnEcmp: true,
      dns: true,
      cidrBlocks: [],
      created: clock.now(),
      tags: {},
    };
    set(c, made, p);
    c.region.transitGateways[id] = made;
    return { physicalId: id, attributes: attributesOf(c, made) };
  },
  update(c, id, p) {
    const found = transitGatewayOf(c.region, id);
    set(c, found, p);
    return { attributes: attributesOf(c, found) };
  },
  delete(c, id) {
    const found = c.region.transitGateways[id];
    if (!found) return;
    const held = Object.values(c.region.transitAttachments).find((a) => a.gateway === id);
    if (held)
      throw new AwsError('IncorrectState', `${id} has non-deleted ${attachmentWords[held.kind]} Attachments: ${held.id}.`);
    for (const t of Object.values(c.region.transitTables)) if (t.gateway === id) delete c.region.transitTables[t.id];
    delete c.region.transitGateways[id];
  },
  read: (c, id, p) => c.region.transitGateways[id] && p,
};

/** AWS::EC2::TransitGatewayRouteTable */
export const transitGatewayRouteTable: Handler = {
  create(c, p) {
    const gateway = transitGatewayOf(c.region, str(p, 'TransitGatewayId'));
    const made = createTable(c.region, gateway.id, tagsOf(c, p.Tags));
    return { physicalId: made.id, attributes: { TransitGatewayRouteTableId: made.id } };
  },
  update(c, id, p) {
    transitTableOf(c.region, id).tags = tagsOf(c, p.Tags);
    return undefined;
  },
  delete(c, id) {
    const found = c.region.transitTables[id];
    if (!found) return;
    // "DeleteTransitGatewayRouteTable": what is associated must be disassociated first.
    if (found.associations.length > 0)
      throw new AwsError('IncorrectState', `${id} has associated attachments: ${found.associations.join(', ')}.`);
    delete c.region.transitTables[id];
  },
  read: (c, id, p) => c.region.transitTables[id] && p,
};
