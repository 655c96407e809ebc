/** Transit between regions: the connection of two transit routers, and static routes over it. */
import type { LinkEndPlan, LinkPlan, TransitLinkPlan } from '../../plan/model';
import { both, linkOutput } from '../../plan/output-names';
import { oneByOne } from '../fleet/one-by-one';
import { output } from '../parts';
import { getAtt, type RosResourceJson, resource } from '../ros';
import { addTransitRoutes } from './link-routes';
import { endOutput, type LinkStackSource, linkStackOutput } from './link-source';
import { transitAssociation, transitRoute } from './transit';

/**
 * Region a joins the routers; in one account nobody has to accept. The connection is paid by what it carries: a bandwidth package would
 * have to be bought first, and without one the connection carries 1 kbit/s. Nothing is told, associated or propagated by itself.
 * Source: ROS, "ALIYUN::CEN::TransitRouterPeerAttachment" (BandwidthType, CenBandwidthPackageId).
 */
export function addTransitRequest({ own, other, stack, parts }: LinkStackSource, link: TransitLinkPlan): void {
  const id = `PeeringAttachment${both(link)}`;
  parts.resources[id] = resource('ALIYUN::CEN::TransitRouterPeerAttachment', {
    AutoPublishRouteEnabled: false,
    BandwidthType: 'DataTransfer',
    PeerTransitRouterId: endOutput.transitRouter(parts, other),
    PeerTransitRouterRegionId: other.cloudRegion,
    RouteTableAssociationEnabled: false,
    RouteTablePropagationEnabled: false,
    TransitRouterAttachmentName: stack.name,
    TransitRouterId: endOutput.transitRouter(parts, own),
  });
  parts.outputs[linkOutput.peeringAttachment(link)] = output(
    getAtt(id, 'TransitRouterAttachmentId'),
    `connection of the transit routers of ${link.a.place} and ${link.b.place}`,
  );
}

/**
 * Routes of one end. Without `through` it is also where the connection, which has one id at both ends, is associated with the end's table.
 */
export function addTransitLinkRoutes({ own, other, links, parts }: LinkStackSource, link: TransitLinkPlan): void {
  const leg = link.through === undefined ? link : legOf(link, own, links);
  const attachment = parts.inputs.read(linkStackOutput(leg.path, 'request', leg.a, linkOutput.peeringAttachment(leg)));
  const table = endOutput.transitTable(parts, own);
  const { generation } = own;
  const made: Record<string, RosResourceJson> = {};
  if (leg === link) made[`TransitAssociationG${generation}`] = transitAssociation(attachment, table);
  for (const range of other.gives) made[`TransitRoute${range.id}G${generation}`] = transitRoute(range.cidr, attachment, table);
  Object.assign(parts.resources, oneByOne(made));
  addTransitRoutes(parts, own, other.gives);
}

/** The link whose connection joins this end with the region that the link goes through. */
function legOf(link: TransitLinkPlan, own: LinkEndPlan, links: readonly LinkPlan[]): LinkPlan {
  const id = own.place === link.a.place ? link.legs?.a : link.legs?.b;
  const leg = links.find((l) => l.id === id);
  if (leg === undefined) throw new RangeError(`${link.id}: ${own.place} has no transit link with ${link.through}`);
  return leg;
}
