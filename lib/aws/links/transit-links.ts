/** Transit between regions: the peering of two transit gateways, and static routes over it. */
import type { LinkEndPlan, LinkPlan, TransitLinkPlan } from '../../plan/model';
import { linkStackName } from '../../plan/names';
import { both, linkOutput } from '../names';
import { exported, ref, type TemplateFragment, type TemplateResource, tagList, type Value } from '../template';
import { linkRoutes } from './link-routes';
import { type LinkStackSource, linkBoundary, linkPlace, readOutput, regionOutput } from './link-source';
import { transitAssociation, transitRoute } from './transit';
import { transitAttachment } from './transit-attachment';

/** Region a asks for the peering of the gateways. */
export function transitRequest({ own, other, stack }: LinkStackSource, link: TransitLinkPlan): TemplateFragment {
  const id = `PeeringAttachment${both(link)}`;
  const output = linkOutput.peeringAttachment(link);
  return {
    Resources: {
      [id]: {
        Type: 'AWS::EC2::TransitGatewayPeeringAttachment',
        Properties: {
          PeerAccountId: linkPlace(other).account,
          PeerRegion: other.cloudRegion,
          PeerTransitGatewayId: regionOutput.transitGateway(own, other),
          Tags: tagList({ Name: stack.name }),
          TransitGatewayId: regionOutput.transitGateway(own, own),
        },
      },
    },
    Outputs: { [output]: exported(stack.name, output, ref(id), `transit peering of ${link.a.place} and ${link.b.place}`) },
  };
}

/** Region b accepts it, which is asked for even in one account; the attachment has the same id at both ends. */
export function transitAccept({ own, stack }: LinkStackSource, link: TransitLinkPlan): TemplateFragment {
  const id = `PeeringAccepted${both(link)}`;
  const output = linkOutput.peeringAttachment(link);
  const attachmentId = readOutput(own, link.a, linkStackName(link.path, 'request'), output);
  return {
    Resources: transitAttachment(
      id,
      { kind: 'accept-peering', attachmentId },
      { place: linkPlace(own), permissionsBoundary: linkBoundary(own) },
    ),
    Outputs: { [output]: exported(stack.name, output, ref(id), `transit peering of ${link.a.place} and ${link.b.place}`) },
  };
}

/** Routes of one end. Without `through` it is also where the attachment is associated with the end's transit table. */
export function transitRoutes({ own, other, links }: LinkStackSource, link: TransitLinkPlan): TemplateFragment {
  const leg = link.through === undefined ? link : legOf(link, own, links);
  const attachment = peeringAttachment(own, leg);
  const table = regionOutput.transitTable(own);
  const { generation } = own;
  const resources: Record<string, TemplateResource> = {};
  if (leg === link) resources[`TransitAssociationG${generation}`] = transitAssociation(attachment, table);
  for (const range of other.gives) {
    resources[`TransitRoute${range.id}G${generation}`] = transitRoute(range.cidr, attachment, table);
  }
  const target = { TransitGatewayId: regionOutput.transitGateway(own, own) };
  return { Resources: { ...resources, ...linkRoutes(own, other.gives, target) } };
}

/** The link whose peering attachment joins this end with the region that the link goes through. */
function legOf(link: TransitLinkPlan, own: LinkEndPlan, links: readonly LinkPlan[]): LinkPlan {
  const id = own.place === link.a.place ? link.legs?.a : link.legs?.b;
  const leg = links.find((l) => l.id === id);
  if (leg === undefined) throw new RangeError(`${link.id}: ${own.place} has no transit link with ${link.through}`);
  return leg;
}

/** In the end's own region: from the request at a, from the acceptance at b. */
function peeringAttachment(own: LinkEndPlan, leg: LinkPlan): Value {
  const stack = linkStackName(leg.path, own.place === leg.a.place ? 'request' : 'accept');
  return readOutput(own, own, stack, linkOutput.peeringAttachment(leg));
}
