/** Routes of a VPC towards the other end of a link, and what of it the containers' group lets in. */

import type { GivenRangePlan, LinkEndPlan } from '../../plan/model';
import { CONTAINER_GROUP } from '../../plan/region/container-rules';
import { oneByOne } from '../fleet/one-by-one';
import { admittedRules } from '../network/security';
import type { StackParts } from '../parts';
import { type Intrinsic, type RosResourceJson, resource } from '../ros';
import { endOutput } from './link-source';

/** What a route leads to: a peering, or the VPC's attachment to the transit router. Source: VPC, "CreateRouteEntry" (NextHopType). */
export interface LinkTarget {
  readonly type: 'VpcPeer' | 'Attachment';
  readonly id: Intrinsic;
}

/**
 * One route a table and range, made one after the other, and the rules that let the other end in to this end's containers. A route's
 * logical id holds the table, the range and the own generation, not what it leads to. ROS can't change a route in place: a new target
 * is a named replacement.
 */
export function addLinkRoutes(parts: StackParts, own: LinkEndPlan, ranges: readonly GivenRangePlan[], target: LinkTarget): void {
  if (own.admits.length > 0) {
    const group = endOutput.securityGroup(parts, own, CONTAINER_GROUP);
    Object.assign(parts.resources, admittedRules(group, own.admits, own.generation));
  }
  const routes: Record<string, RosResourceJson> = {};
  for (const table of own.routeTables) {
    for (const range of ranges) {
      routes[`Route${table}${range.id}G${own.generation}`] = resource('ALIYUN::ECS::Route', {
        DestinationCidrBlock: range.cidr,
        NextHopId: target.id,
        NextHopType: target.type,
        RouteTableId: endOutput.routeTable(parts, own, table),
      });
    }
  }
  Object.assign(parts.resources, oneByOne(routes));
}

/** The same to the transit router, by the VPC's attachment. */
export function addTransitRoutes(parts: StackParts, own: LinkEndPlan, ranges: readonly GivenRangePlan[]): void {
  addLinkRoutes(parts, own, ranges, { type: 'Attachment', id: endOutput.vpcAttachment(parts, own) });
}
