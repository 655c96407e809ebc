/** Routes of a VPC towards the other end of a link, and what of it the containers' group lets in. */

import type { GivenRangePlan, LinkEndPlan } from '../../plan/model';
import { CONTAINER_GROUP } from '../../plan/region/container-rules';
import { admittedRules } from '../network/security';
import type { TemplateResource, Value } from '../template';
import { regionOutput } from './link-source';

export type LinkTarget = { readonly VpcPeeringConnectionId: Value } | { readonly TransitGatewayId: Value };

/**
 * One route a host table and range, and the rules that let the other end in to this end's containers. A route's logical id holds
 * the table, the range and the own generation, not what it leads to: a new target changes the route in place.
 */
export function linkRoutes(
  own: LinkEndPlan,
  ranges: readonly GivenRangePlan[],
  target: LinkTarget,
): Record<string, TemplateResource> {
  const group = own.admits.length === 0 ? '' : regionOutput.securityGroup(own, CONTAINER_GROUP);
  const routes: Record<string, TemplateResource> = admittedRules(group, own.admits, own.generation);
  for (const table of own.routeTables) {
    for (const range of ranges) {
      routes[`Route${table}${range.id}G${own.generation}`] = {
        Type: 'AWS::EC2::Route',
        Properties: { DestinationCidrBlock: range.cidr, RouteTableId: regionOutput.routeTable(own, table), ...target },
      };
    }
  }
  return routes;
}
