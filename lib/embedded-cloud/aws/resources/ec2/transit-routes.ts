import type { JsonObject } from '../../../../engine/json';
import { QUOTAS } from '../../../../facts/aws/quotas';
import { block } from '../../../ipv4';
import { bool, str } from '../../../properties';
import type { Region } from '../../../store/world';
import { AwsError } from '../../aws-error';
import type { TransitAttachment, TransitTable } from '../../world/transit';
import type { Context, Handler } from '../handler';
import { attachmentOf, transitTableOf } from './lookup';

/** A table and an attachment of one gateway; the attachment must be available. */
function pairOf(r: Region, p: JsonObject): { table: TransitTable; attachment: TransitAttachment } {
  const table = transitTableOf(r, str(p, 'TransitGatewayRouteTableId'));
  const attachment = attachmentOf(r, str(p, 'TransitGatewayAttachmentId'));
  if (attachment.gateway !== table.gateway)
    throw new AwsError(
      'InvalidParameterValue',
      `Transit Gateway Attachment ${attachment.id} and Transit Gateway Route Table ${table.id} belong to different Transit Gateways.`,
    );
  if (attachment.state !== 'available') throw new AwsError('IncorrectState', `${attachment.id} is in invalid state`);
  return { table, attachment };
}

const key = (p: JsonObject): string => `${str(p, 'TransitGatewayRouteTableId')}|${str(p, 'TransitGatewayAttachmentId')}`;
const tableIn = (c: Context, id: string): TransitTable | undefined => c.region.transitTables[id.split('|')[0] ?? ''];

/** AWS::EC2::TransitGatewayRouteTableAssociation: an attachment's packets are looked up in one table. */
export const transitGatewayRouteTableAssociation: Handler = {
  create(c, p) {
    const { table, attachment } = pairOf(c.region, p);
    if (Object.values(c.region.transitTables).some((t) => t.associations.includes(attachment.id)))
      throw new AwsError(
        'Resource.AlreadyAssociated',
        `Transit Gateway Attachment ${attachment.id} is already associated to a route table.`,
      );
    table.associations.push(attachment.id);
    return { physicalId: key(p) };
  },
  delete(c, id) {
    const table = tableIn(c, id);
    if (table) table.associations = table.associations.filter((a) => a !== id.split('|')[1]);
  },
  read: (c, id, p) => (tableIn(c, id)?.associations.includes(id.split('|')[1] ?? '') ? p : undefined),
};

/** AWS::EC2::TransitGatewayRouteTablePropagation: an attachment writes what it has into a table by itself. */
export const transitGatewayRouteTablePropagation: Handler = {
  create(c, p) {
    const { table, attachment } = pairOf(c.region, p);
    if (attachment.kind === 'peering')
      throw new AwsError(
        'OperationNotPermitted',
        `Propagation is not supported for Transit Gateway Peering Attachment ${attachment.id}.`,
      );
    if (table.propagations.includes(attachment.id))
      throw new AwsError(
        'TransitGatewayRouteTablePropagation.Duplicate',
        `Propagation for Transit Gateway Attachment ${attachment.id} is already enabled in ${table.id}.`,
      );
    table.propagations.push(attachment.id);
    return { physicalId: key(p) };
  },
  delete(c, id) {
    const table = tableIn(c, id);
    if (table) table.propagations = table.propagations.filter((a) => a !== id.split('|')[1]);
  },
  read: (c, id, p) => (tableIn(c, id)?.propagations.includes(id.split('|')[1] ?? '') ? p : undefined),
};

/** Adds a static route with EC2's checks: of a template, or by hand. */
export function addTransitRoute(r: Region, p: JsonObject): { readonly table: TransitTable; readonly destination: string } {
  const table = transitTableOf(r, str(p, 'TransitGatewayRouteTableId'));
  const destination = str(p, 'DestinationCidrBlock') ?? '';
  if (!block(destination))
    throw new AwsError('InvalidParameterValue', `Value (${destination}) for parameter destinationCidrBlock is invalid.`);
  const blackhole = bool(p, 'Blackhole') ?? false;
  // Of a blackhole the attachment is ignored (terraform-provider-aws, issue 9046).
  const given = !blackhole && str(p, 'TransitGatewayAttachmentId') !== undefined;
  if (!blackhole && !given)
    throw new AwsError('MissingParameter', 'Missing required parameter in request: TransitGatewayAttachmentId.');
  const attachment = given ? pairOf(r, p).attachment.id : undefined;
  if (table.routes.some((other) => other.destination === destination))
    throw new AwsError('RouteAlreadyExists', `Route ${destination} already exists in Transit Gateway Route Table ${table.id}.`);
  const tables = Object.values(r.transitTables).filter((t) => t.gateway === table.gateway);
  if (tables.reduce((n, t) => n + t.routes.length, 0) >= QUOTAS.routesPerTransitGateway.usual)
    throw new AwsError('RouteLimitExceeded', 'The maximum number of static routes has been reached.');
  table.routes.push({ destination, ...(attachment === undefined ? {} : { attachment }) });
  return { table, destination };
}

/** AWS::EC2::TransitGatewayRoute: static, to an attachment or to nowhere. */
export const transitGatewayRoute: Handler = {
  create(c, p) {
    const { table, destination } = addTransitRoute(c.region, p);
    return { physicalId: `${table.id}|${destination}` };
  },
  delete(c, id) {
    const table = tableIn(c, id);
    if (table) table.routes = table.routes.filter((r) => r.destination !== id.split('|')[1]);
  },
  read(c, id, p) {
    const found = tableIn(c, id)?.routes.find((r) => r.destination === id.split('|')[1]);
    if (!found) return undefined;
    return {
      ...p,
      ...(p.TransitGatewayAttachmentId === undefined ? {} : { TransitGatewayAttachmentId: found.attachment ?? '' }),
    };
  },
};
