import { clock } from '../../../../engine/clock';
import type { JsonObject } from '../../../../engine/json';
import { obj, str, strs } from '../../../properties';
import type { Region } from '../../../store/world';
import { AwsError } from '../../aws-error';
import { ec2Id } from '../../ids';
import type { Subnet } from '../../world/network';
import type { TransitAttachment } from '../../world/transit';
import type { Handler } from '../handler';
import { tagsOf } from '../values';
import { attach, createInterface, deleteInterface } from './interfaces';
import { attachmentOf, transitGatewayOf, vpcOf } from './lookup';

/** What a new attachment is. */
type NewAttachment = Pick<TransitAttachment, 'gateway' | 'kind' | 'resource' | 'resourceAccount' | 'tags'> &
  Partial<TransitAttachment>;

/** Writes an attachment; one that is available at once goes into its gateway's default tables. */
export function addAttachment(region: Region, given: NewAttachment): TransitAttachment {
  const made: TransitAttachment = {
    id: ec2Id('tgw-attach'),
    state: 'available',
    subnets: [],
    interfaces: [],
    options: {},
    created: clock.now(),
    ...given,
  };
  region.transitAttachments[made.id] = made;
  if (made.state === 'available') joinDefaults(region, made);
  return made;
}

/** Peerings are never propagated ("Transit gateway peering attachments"). */
export function joinDefaults(region: Region, a: TransitAttachment): void {
  const gateway = region.transitGateways[a.gateway];
  region.transitTables[gateway?.associationTable ?? '']?.associations.push(a.id);
  if (a.kind !== 'peering') region.transitTables[gateway?.propagationTable ?? '']?.propagations.push(a.id);
}

/** Takes an attachment away: its associations and propagations go with it, static routes to it stay and drop packets. */
export function removeAttachment(region: Region, id: string): void {
  const found = region.transitAttachments[id];
  if (!found) return;
  for (const i of found.interfaces) deleteInterface(region, i);
  for (const table of Object.values(region.transitTables)) {
    table.associations = table.associations.filter((a) => a !== id);
    table.propagations = table.propagations.filter((a) => a !== id);
  }
  delete region.transitAttachments[id];
}

/** Subnets of the VPC, one a zone at most. */
function subnetsOf(region: Region, vpc: string, ids: string[]): Subnet[] {
  if (ids.length === 0) throw new AwsError('MissingParameter', 'Missing required parameter in request: SubnetIds.');
  const found = ids.map((id) => {
    const subnet = region.subnets[id];
    if (!subnet) throw new AwsError('InvalidSubnetID.NotFound', `Subnet ${id} was deleted or does not exist.`);
    if (subnet.vpc !== vpc) throw new AwsError('InvalidParameter', `Subnet ${id} does not belong to VPC ${vpc}.`);
    return subnet;
  });
  if (new Set(found.map((s) => s.zone)).size < found.length)
    throw new AwsError('DuplicateSubnetsInSameZone', 'Duplicate Subnets for same AZ');
  return found;
}

/** Brings an attachment's interfaces to one a subnet. */
function placeInterfaces(region: Region, a: TransitAttachment, subnets: Subnet[]): void {
  const wanted = subnets.map((s) => s.id);
  for (const id of a.interfaces.filter((i) => !wanted.includes(region.interfaces[i]?.subnet ?? ''))) deleteInterface(region, id);
  a.interfaces = a.interfaces.filter((i) => region.interfaces[i] !== undefined);
  const have = a.interfaces.map((i) => region.interfaces[i]?.subnet);
  for (const subnet of subnets.filter((s) => !have.includes(s.id))) {
    const description = `Network Interface for Transit Gateway Attachment ${a.id}`;
    const made = createInterface(region, { subnet: subnet.id, groups: [], description, sourceDestCheck: false, tags: {} });
    attach(region, made.id, a.id, 1, true);
    a.interfaces.push(made.id);
  }
  a.subnets = wanted;
}

/** `SubnetIds` is the whole list; the two others are changes to it. */
const wantedSubnets = (p: JsonObject): string[] => {
  const without = strs(p, 'RemoveSubnetIds');
  return [...new Set([...strs(p, 'SubnetIds'), ...strs(p, 'AddSubnetIds')])].filter((s) => !without.includes(s));
};

const optionsOf = (p: JsonObject): Record<string, string> => {
  const options = Object.fromEntries(Object.entries(obj(p, 'Options') ?? {}).map(([k, v]) => [k, String(v)]));
  for (const [key, value] of Object.entries(options))
    if (value !== 'enable' && value !== 'disable')
      throw new AwsError('InvalidParameterValue', `Value (${value}) for parameter ${key} is invalid.`);
  return options;
};

/** AWS::EC2::TransitGatewayVpcAttachment, and AWS::EC2::TransitGatewayAttachment, which is the same under an older name. */
export const transitGatewayVpcAttachment: Handler = {
  create(c, p) {
    const { region } = c;
    const gateway = transitGatewayOf(region, str(p, 'TransitGatewayId'));
    const v = vpcOf(region, str(p, 'VpcId'));
    const subnets = subnetsOf(region, v.id, wantedSubnets(p));
    if (Object.values(region.transitAttachments).some((a) => a.gateway === gateway.id && a.resource === v.id))
      throw new AwsError(
        'DuplicateTransitGatewayAttachment',
        `${gateway.id} has non-deleted Transit Gateway Attachments with same VPC ID.`,
      );
    const made = addAttachment(region, {
      gateway: gateway.id,
      kind: 'vpc',
      resource: v.id,
      resourceAccount: region.account,
      options: optionsOf(p),
      tags: tagsOf(c, p.Tags),
    });
    try {
      placeInterfaces(region, made, subnets);
    } catch (e) {
      removeAttachment(region, made.id);
      throw e;
    }
    return { physicalId: made.id, attributes: { Id: made.id } };
  },
  update(c, id, p) {
    const found = attachmentOf(c.region, id);
    const options = optionsOf(p);
    placeInterfaces(c.region, found, subnetsOf(c.region, found.resource, wantedSubnets(p)));
    Object.assign(found, { options, tags: tagsOf(c, p.Tags) });
    return undefined;
  },
  delete: (c, id) => removeAttachment(c.region, id),
  read: (c, id, p) => c.region.transitAttachments[id] && p,
};
