/** Routes of a VPC towards the other end of a link. */
import type { GivenRange, LinkEndPlan } from '../plan/model';
import { regionOutput } from './link-source';
import type { TemplateResource, Value } from './template';

export type LinkTarget = { readonly VpcPeeringConnectionId: Value } | { readonly TransitGatewayId: Value };

/**
 * One route a host table and range. Its logical id holds the table, the range and the own generation, not what it leads
 * to: a new target changes the route in place.
 */
export function linkRoutes(
  own: LinkEndPlan,
  ranges: readonly GivenRange[],
  target: LinkTarget,
): Record<string, TemplateResource> {
  const routes: Record<string, TemplateResource> = {};
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
