/**
 * The transit router of a region: one route table of its own, with which every attachment is associated by name; nothing is propagated by
 * default. It belongs to the estate's Cloud Enterprise Network (CEN), which stands in the `base` stack of one region.
 *
 * Sources: Cloud Enterprise Network, "Custom route tables", "CreateTransitRouterVpcAttachment", "Advertise routes to a transit router" (of
 * a VPC only its system table can be published, and of that no route to an instance: a static summary a range needs less state).
 */
import type { AliyunRegionPlan, TransitRoutePlan } from '../../plan/model';
import { baseOutput, transitOutput } from '../../plan/output-names';
import { oneByOne } from '../fleet/one-by-one';
import { output, outputOf, regionOutput, type StackParts } from '../parts';
import { getAtt, type Intrinsic, type RosResourceJson, resource } from '../ros';

/** Logical ids. */
const transitId = {
  router: (generation: number) => `TransitRouterG${generation}`,
  routeTable: (generation: number) => `TransitRouteTableG${generation}`,
  vpcAttachment: (generation: number) => `VpcAttachmentG${generation}`,
};

/**
 * Transit router, its route table, the attachment of the VPC, static routes to the VPC's own ranges, and blackholes for the estate's
 * pools, so that no packet for an address that no link carries wanders. Links bring their own associations and routes.
 *
 * @throws RangeError for a region without transit router or CEN: whoever calls has asked the plan
 */
export function addTransit(parts: StackParts, region: AliyunRegionPlan): void {
  const { transit, cen, name, network, generation } = region;
  if (transit === undefined || cen === undefined) throw new RangeError(`${name} has no transit router`);
  const { inputs, outputs, resources, stackName } = parts;
  const [router, table, attachment] = [
    transitId.router(generation),
    transitId.routeTable(generation),
    transitId.vpcAttachment(generation),
  ];
  const routerId = getAtt(router, 'TransitRouterId');
  const tableId = getAtt(table, 'TransitRouterRouteTableId');
  const attachmentId = getAtt(attachment, 'TransitRouterAttachmentId');
  const made: Record<string, RosResourceJson> = {
    [router]: resource('ALIYUN::CEN::TransitRouter', {
      CenId: inputs.read(outputOf(cen, 'base', baseOutput.cen(cen.generation))),
      TransitRouterName: stackName,
    }),
    [table]: resource('ALIYUN::CEN::TransitRouterRouteTable', {
      TransitRouterId: routerId,
      TransitRouterRouteTableName: stackName,
    }),
    [attachment]: resource('ALIYUN::CEN::TransitRouterVpcAttachment', {
      // Routes of the VPC are the estate's, and who is attached is associated and routed by name.
      AutoCreateVpcRoute: false,
      AutoPublishRouteEnabled: false,
      RouteTableAssociationEnabled: false,
      RouteTablePropagationEnabled: false,
      TransitRouterAttachmentName: stackName,
      TransitRouterId: routerId,
      VpcId: inputs.read(regionOutput.vpcId(region)),
      ZoneMappings: transit.subnets.map((id) => ({
        VSwitchId: inputs.read(regionOutput.subnet(region, id)),
        ZoneId: zoneOf(network, id),
      })),
    }),
    [`VpcAssociationG${generation}`]: transitAssociation(attachmentId, tableId),
  };
  for (const route of transit.own)
    made[`Route${route.id}G${generation}`] = transitRoute(route.destination, attachmentId, tableId);
  for (const route of transit.blackholes) made[`Blackhole${route.id}G${generation}`] = blackhole(route, tableId);
  Object.assign(resources, oneByOne(made));
  outputs[transitOutput.gateway(generation)] = output(routerId, 'the transit router');
  outputs[transitOutput.routeTable(generation)] = output(tableId, 'its route table');
  outputs[transitOutput.vpcAttachment(generation)] = output(attachmentId, 'attachment of the VPC');
}

/** The attachment is reached only in zones where it has a vSwitch. */
function zoneOf({ subnets }: AliyunRegionPlan['network'], id: string): string {
  const zone = subnets.find((subnet) => subnet.id === id)?.zone;
  if (zone === undefined) throw new RangeError(`no vSwitch ${id}`);
  return zone;
}

/** Which table looks at packets that come in by the attachment. */
export function transitAssociation(attachment: Intrinsic, routeTable: Intrinsic): RosResourceJson {
  return resource('ALIYUN::CEN::TransitRouterRouteTableAssociation', {
    TransitRouterAttachmentId: attachment,
    TransitRouterRouteTableId: routeTable,
  });
}

/** Lets the routes that the attachment learns by BGP into the table. */
export function transitPropagation(attachment: Intrinsic, routeTable: Intrinsic): RosResourceJson {
  return resource('ALIYUN::CEN::TransitRouterRouteTablePropagation', {
    TransitRouterAttachmentId: attachment,
    TransitRouterRouteTableId: routeTable,
  });
}

/** A static route: it goes before a learned one of the same length. */
export function transitRoute(destination: string, attachment: Intrinsic, routeTable: Intrinsic): RosResourceJson {
  return resource('ALIYUN::CEN::TransitRouterRouteEntry', {
    TransitRouterRouteEntryDestinationCidrBlock: destination,
    TransitRouterRouteEntryNextHopId: attachment,
    TransitRouterRouteEntryNextHopType: 'Attachment',
    TransitRouterRouteTableId: routeTable,
  });
}

function blackhole({ destination }: TransitRoutePlan, routeTable: Intrinsic): RosResourceJson {
  return resource('ALIYUN::CEN::TransitRouterRouteEntry', {
    TransitRouterRouteEntryDestinationCidrBlock: destination,
    TransitRouterRouteEntryNextHopType: 'BlackHole',
    TransitRouterRouteTableId: routeTable,
  });
}
