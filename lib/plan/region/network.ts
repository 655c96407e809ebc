/** Subnets, route tables and routes of a region. */
import { cloudOf } from '../../clouds/clouds';
import { formatCidr } from '../../estate/addresses/cidr';
import { zoneLetter, zoneSubnets } from '../../estate/addresses/layout';
import type { Region } from '../../estate/model/model';
import type { MembersFleetPlan, NetworkPlan, RoutePlan, RouteTablePlan, SubnetPlan, ZonePlan } from '../model';

const ANYWHERE = '0.0.0.0/0';

/** Route table of the attachment subnets: it says where packets go that come from other places. */
const ATTACHMENT_TABLE = 'Attachment';

/** Route table of an Aliyun VPC: its own one, because only that is told to a transit router ("Advertise routes to a transit router"). */
export const SYSTEM_TABLE = 'System';

/** Ids of the route tables that hosts, NAT gateways and load balancers use; links give these their routes. */
export function hostTables(region: Pick<Region, 'network' | 'provider'>): string[] {
  if (cloudOf(region).oneRouteTable) return [SYSTEM_TABLE];
  return ['Public', ...region.network.zones.map((name) => `Private${zoneLetter(name).toUpperCase()}`).sort()];
}

/** Ids of the transit gateway's subnets, one a zone. */
export function attachmentSubnets(region: Pick<Region, 'network'>): string[] {
  return region.network.zones.map((name) => `Attachment${zoneLetter(name).toUpperCase()}`).sort();
}

/**
 * A zone has three subnets: public, elastic and members. Members have one of their own because the cloud hands out any
 * free address of a subnet, and a fixed address may be taken before its member comes. With a transit gateway there is a
 * fourth, for its interface: packets from other places enter the VPC there, so its table has the members' routes too.
 *
 * @param lost zones that are lost: a NAT gateway that all zones share doesn't stand there
 */
export function planNetwork(
  region: Region,
  lost: readonly string[],
  members: readonly MembersFleetPlan[],
  transit: boolean,
): NetworkPlan {
  const zones = region.network.zones.map((name): ZonePlan => ({ name, letter: zoneLetter(name).toUpperCase() }));
  const byName = [...zones].sort((a, b) => (a.name < b.name ? -1 : 1));
  const hostRoutes = planHostRoutes(members);
  return {
    cidr: formatCidr(region.block),
    zones: byName,
    subnets: byName.flatMap((zone) => planSubnets(region, zone, transit)),
    routeTables: cloudOf(region).oneRouteTable
      ? [systemTable(region, natZone(region, lost), hostRoutes)]
      : awsTables(region, byName, natZone(region, lost), hostRoutes, transit),
    nat: region.network.nat,
    ...(lost.length === 0 ? {} : { lostZones: lost }),
    flowLogDays: region.network.flowLogDays,
  };
}

/** The default route of a VPC's only table leads to its only NAT gateway. */
function systemTable(region: Region, shared: string, hostRoutes: readonly RoutePlan[]): RouteTablePlan {
  return { id: SYSTEM_TABLE, routes: [...planNatRoute(region, region.network.zones[0]!, shared), ...hostRoutes] };
}

function awsTables(
  region: Region,
  byName: readonly ZonePlan[],
  shared: string,
  hostRoutes: readonly RoutePlan[],
  transit: boolean,
): RouteTablePlan[] {
  return [
    {
      id: 'Public',
      routes: [
        {
          id: 'Internet',
          destination: ANYWHERE,
          target: { kind: 'internet-gateway' },
          why: 'NAT gateways and load balancers reach the internet',
        },
        ...hostRoutes,
      ],
    },
    ...byName.map(
      (zone): RouteTablePlan => ({
        id: `Private${zone.letter}`,
        zone: zone.name,
        routes: [...planNatRoute(region, zone.name, shared), ...hostRoutes],
      }),
    ),
    ...(transit ? [{ id: ATTACHMENT_TABLE, routes: hostRoutes }] : []),
  ];
}

function planSubnets(region: Region, zone: ZonePlan, transit: boolean): SubnetPlan[] {
  const ranges = zoneSubnets(region.block, zone.letter.toLowerCase());
  const subnet = (role: SubnetPlan['role'], routeTable: string, range: (typeof ranges)['public']): SubnetPlan => ({
    id: `${role[0]?.toUpperCase()}${role.slice(1)}${zone.letter}`,
    role,
    zone: zone.name,
    cidr: formatCidr(range),
    routeTable: cloudOf(region).oneRouteTable ? SYSTEM_TABLE : routeTable,
  });
  return [
    subnet('public', 'Public', ranges.public),
    subnet('elastic', `Private${zone.letter}`, ranges.elastic),
    subnet('members', `Private${zone.letter}`, ranges.members),
    ...(transit ? [subnet('attachment', ATTACHMENT_TABLE, ranges.attachment)] : []),
  ];
}

/**
 * A single NAT gateway stands in the zone written first: a zone added later does not move it. Where that zone is lost the others have
 * none, unless the cloud moves it by itself.
 */
function natZone(region: Region, lost: readonly string[]): string {
  const { zones } = region.network;
  const well = cloudOf(region).natInZone ? zones.find((zone) => !lost.includes(zone)) : undefined;
  return well ?? zones[0]!;
}

/** @param shared zone of the NAT gateway where there is one for all */
function planNatRoute(region: Region, zone: string, shared: string): RoutePlan[] {
  if (region.network.nat === 'none') return [];
  const through = region.network.nat === 'single' ? shared : zone;
  return [
    {
      id: 'Internet',
      destination: ANYWHERE,
      target: { kind: 'nat', zone: through },
      why: `hosts of ${zone} reach the internet through ${through}`,
    },
  ];
}

/** host-gw: one route a member in every table, because any host of the VPC may send to any container. */
function planHostRoutes(fleets: readonly MembersFleetPlan[]): RoutePlan[] {
  return fleets.flatMap((fleet) =>
    fleet.members.flatMap((member): RoutePlan[] =>
      member.containerRange === undefined
        ? []
        : [
            {
              id: `${fleet.id}${member.number}`,
              destination: member.containerRange,
              target: { kind: 'member', cluster: fleet.cluster, fleet: fleet.name, number: member.number },
              why: `containers of ${member.name}`,
            },
          ],
    ),
  );
}
