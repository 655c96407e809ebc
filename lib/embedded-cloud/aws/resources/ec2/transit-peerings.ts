import { str } from '../../../properties';
import type { Region } from '../../../store/world';
import { AwsError } from '../../aws-error';
import { ec2Id } from '../../ids';
import type { TransitAttachment } from '../../world/transit';
import type { Context, Handler } from '../handler';
import { tagsOf } from '../values';
import { attachmentOf, transitGatewayOf } from './lookup';
import { addAttachment, joinDefaults, removeAttachment } from './transit-attachments';

/** Finds a region; the same for handlers and for EC2's own calls. */
export type FindRegion = (name: string, account?: string) => Region;

/** Accepts a peering attachment, from the region and account that was asked. */
export function acceptTransitPeering(find: FindRegion, region: Region, id: string | undefined): TransitAttachment {
  const own = attachmentOf(region, id);
  if (!own.peer) throw new AwsError('InvalidTransitGatewayAttachmentID.NotFound', `${own.id} is not a peering attachment.`);
  if (own.peer.requester)
    throw new AwsError('OperationNotPermitted', `${own.id} can only be accepted in the region and by the owner of the peer.`);
  if (own.state !== 'pendingAcceptance') throw new AwsError('IncorrectState', `${own.id} is in invalid state`);
  const there = find(own.peer.region, own.peer.account);
  const other = attachmentOf(there, own.id);
  own.state = 'available';
  other.state = 'available';
  joinDefaults(region, own);
  joinDefaults(there, other);
  return own;
}

const attributesOf = (a: TransitAttachment) => ({
  TransitGatewayAttachmentId: a.id,
  State: a.state,
  Status: a.state,
  'Status.Code': a.state,
  'Status.Message': '',
  CreationTime: a.created,
});

/** Both ends go, whichever end asks ("Delete a transit gateway peering attachment"). */
function remove(c: Context, id: string): void {
  const found = c.region.transitAttachments[id];
  if (!found) return;
  if (found.peer) removeAttachment(c.regionOf(found.peer.region, found.peer.account), id);
  removeAttachment(c.region, id);
}

/** AWS::EC2::TransitGatewayPeeringAttachment: there when it waits for the other end; CloudFormation has no type that accepts it. */
export const transitGatewayPeeringAttachment: Handler = {
  create(c, p) {
    const gateway = transitGatewayOf(c.region, str(p, 'TransitGatewayId'));
    const there = c.regionOf(str(p, 'PeerRegion') ?? '', str(p, 'PeerAccountId'));
    const peer = transitGatewayOf(there, str(p, 'PeerTransitGatewayId'));
    if (peer === gateway)
      throw new AwsError('InvalidParameterValue', `Transit Gateway ${gateway.id} cannot be peered with itself.`);
    // "Quotas for your transit gateways": one peering attachment between two transit gateways.
    if (Object.values(c.region.transitAttachments).some((a) => a.gateway === gateway.id && a.resource === peer.id))
      throw new AwsError(
        'DuplicateTransitGatewayAttachment',
        `${gateway.id} has non-deleted Transit Gateway Peering Attachments with ${peer.id}.`,
      );
    if (there === c.region)
      throw new AwsError(
        'InvalidParameterValue',
        'Peering attachments within a region are not in the embedded cloud: its two ends have ids of their own',
      );
    const id = ec2Id('tgw-attach');
    const state = 'pendingAcceptance' as const;
    const made = addAttachment(c.region, {
      id,
      gateway: gateway.id,
      kind: 'peering',
      resource: peer.id,
      resourceAccount: there.account,
      state,
      peer: { region: there.name, account: there.account, requester: true },
      tags: tagsOf(c, p.Tags),
    });
    addAttachment(there, {
      id,
      gateway: peer.id,
      kind: 'peering',
      resource: gateway.id,
      resourceAccount: c.region.account,
      state,
      peer: { region: c.region.name, account: c.region.account, requester: false },
      tags: {},
    });
    return { physicalId: id, attributes: attributesOf(made) };
  },
  update(c, id, p) {
    const found = attachmentOf(c.region, id);
    found.tags = tagsOf(c, p.Tags);
    return { attributes: attributesOf(found) };
  },
  delete: remove,
  read: (c, id, p) => c.region.transitAttachments[id] && p,
};
