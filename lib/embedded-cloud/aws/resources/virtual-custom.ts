/** Custom resources in virtual time, where no function's code runs: what is known of what a function does, and for the rest that it answers. */
import { str } from '../../properties';
import { validationError } from '../aws-error';
import { acceptTransitPeering } from './ec2/transit-peerings';
import type { Context, Handler, Made } from './handler';

/** `Custom::TransitAttachment` of this toolkit: accepts a peering once, or finds the attachment of a VPN or a Direct Connect gateway. */
function attachment(c: Context, p: Parameters<Handler['create']>[1]): Made {
  const [kind, asked] = [str(p, 'Kind'), str(p, 'AttachmentId')];
  if (kind === 'accept-peering') {
    const found = c.region.transitAttachments[asked ?? ''];
    if (found === undefined) throw validationError('not available in time: there is none');
    if (found.state === 'pendingAcceptance') acceptTransitPeering(c.regionOf, c.region, asked);
    return { physicalId: found.id };
  }
  const wanted = { vpn: 'vpn', 'direct-connect': 'direct-connect-gateway' }[kind ?? ''];
  if (wanted === undefined) throw validationError(`unknown Kind ${kind}`);
  const [gateway, resource] = [str(p, 'TransitGatewayId'), str(p, 'ResourceId')];
  const found = Object.values(c.region.transitAttachments).find(
    (one) => one.kind === wanted && one.gateway === gateway && one.resource === resource,
  );
  if (found === undefined) throw validationError('not available in time: there is none');
  return { physicalId: found.id };
}

const ours: Handler = {
  create: attachment,
  update: (c, _id, p) => attachment(c, p),
  delete: () => undefined,
  read: (_c, _id, p) => p,
};

/** What a stranger's function makes of it nobody knows: it answers, and keeps its id. */
const strange: Handler = {
  create: (c) => ({ physicalId: c.logicalId }),
  update: () => undefined,
  delete: () => undefined,
  read: (_c, _id, p) => p,
};

export const virtualCustom = (type: string): Handler => (type === 'Custom::TransitAttachment' ? ours : strange);
