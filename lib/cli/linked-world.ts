/** Links as they stand in the embedded cloud: what was planned for both ends, beside what is there. */

import { CLOUDS } from '../clouds/clouds';
import type { AliyunInventory } from '../embedded-cloud';
import type { EstatePlan, LinkEndPlan, LinkPlan } from '../plan/model';
import { linkStackName, stackName } from '../plan/names';
import { linkOutput, networkOutput, transitOutput } from '../plan/output-names';

/** What of a region links are read from, of whichever cloud. */
export interface LinkedInventory {
  readonly stacks: readonly { readonly name: string; readonly outputs: Readonly<Record<string, string>> }[];
  readonly routeTables: readonly { readonly id: string; readonly routes: readonly RouteEntry[] }[];
  readonly transitGateways: readonly {
    readonly attachments: readonly { readonly id: string; readonly kind: string; readonly state: string }[];
    readonly tables: readonly {
      readonly id: string;
      readonly associations: readonly string[];
      readonly propagations: readonly string[];
      readonly routes: readonly RouteEntry[];
    }[];
  }[];
}

/** A route that a link should have made. */
export interface LinkedRoute {
  /** Id of the VPC's route table, or `transit`. */
  readonly table: string;
  readonly destination: string;
  /** What it leads to. @default - there is no such route */
  readonly target?: string;
  readonly state: 'active' | 'blackhole' | 'missing';
}

/** The attachment by which a link is joined to a transit gateway. */
export interface LinkedAttachment {
  readonly id: string;
  /** As its cloud names it: EC2 `peering`, `vpn`, `direct-connect-gateway`; CEN `TR`, `VPN`, `VBR`. */
  readonly kind: string;
  readonly state: string;
  /** In which tables its packets are looked up, and which learn its routes by BGP. */
  readonly associated: boolean;
  readonly propagated: boolean;
}

export interface LinkedEnd {
  readonly place: string;
  readonly attachments: readonly LinkedAttachment[];
  readonly routes: readonly LinkedRoute[];
}

/** A link with both ends; a data centre's end is no part of the embedded cloud. */
export interface LinkedWorld {
  readonly id: string;
  readonly kind: LinkPlan['kind'];
  readonly path: string;
  readonly ends: readonly LinkedEnd[];
}

/** Links of which every region that they touch is one of these: their stacks can be deployed with them. */
export function linksAmong(plan: EstatePlan, regions: readonly string[]): LinkPlan[] {
  return plan.links.filter((link) => link.stacks.length > 0 && regionsOfLink(link).every((name) => regions.includes(name)));
}

/** Regions that a link joins or goes through: all that its stacks touch. */
export function regionsOfLink(link: LinkPlan): string[] {
  const ends = [link.a, link.b].filter((end) => end.kind === 'region').map((end) => end.place);
  const through = link.kind === 'transit' ? link.through : 'gateway' in link ? link.gateway?.at.place : undefined;
  return [...new Set([...ends, ...(through === undefined ? [] : [through])])];
}

/** An Aliyun region in the same words: an attachment that is listed is attached, and a route to one that isn't drops packets. */
export function linkedAliyun({ stacks, routeTables, transitRouters }: AliyunInventory): LinkedInventory {
  return {
    stacks,
    routeTables: routeTables.map(({ id, routes }) => ({
      id,
      routes: routes.map(({ destination, hop, state }) => ({ destination, target: hop, state })),
    })),
    transitGateways: transitRouters.map(({ attachments, tables }) => ({
      attachments: attachments.map(({ id, kind }) => ({ id, kind, state: 'available' })),
      tables: tables.map((table) => ({
        ...table,
        routes: table.routes.map(({ destination, target, to }) => ({
          destination,
          target,
          state: to === undefined ? ('blackhole' as const) : ('active' as const),
        })),
      })),
    })),
  };
}

/** Reads a link back. */
export function linkedWorld(link: LinkPlan, read: (end: LinkEndPlan) => LinkedInventory): LinkedWorld {
  const pairs: [LinkEndPlan, LinkEndPlan][] = [
    [link.a, link.b],
    [link.b, link.a],
  ];
  const ends = pairs.filter(([own]) => own.kind === 'region').map(([own, other]) => endOf(link, own, other, read));
  return { id: link.id, kind: link.kind, path: link.path, ends };
}

/** Whether everything that was planned is there and takes packets. */
export const standsWhole = (link: LinkedWorld): boolean =>
  link.ends.every(
    (end) =>
      end.routes.every((route) => route.state === 'active') &&
      end.attachments.every((a) => a.state === 'available' && a.associated && (joinsRouters(a) || a.propagated)),
  );

/** Between two transit gateways or routers nothing is told by BGP: routes are static. */
const joinsRouters = ({ kind }: LinkedAttachment): boolean => kind === 'peering' || kind === 'TR';

function endOf(link: LinkPlan, own: LinkEndPlan, other: LinkEndPlan, read: (end: LinkEndPlan) => LinkedInventory): LinkedEnd {
  const world = read(own);
  const towards = link.kind === 'transit' || link.kind === 'peering' ? other.gives : (link.routes ?? []);
  const destinations = towards.map((range) => range.cidr);
  const vpc = own.routeTables.flatMap((id) => {
    const table = output(world, stackName(own.place, 'network'), networkOutput.routeTable(id, own.generation));
    const routes = world.routeTables.find((t) => t.id === table)?.routes ?? [];
    return destinations.map((destination) => found(id, destination, routes));
  });
  if (link.kind === 'peering') return { place: own.place, attachments: [], routes: vpc };
  const table = output(world, stackName(own.place, 'transit'), transitOutput.routeTable(own.generation));
  const transit = world.transitGateways.flatMap((g) => g.tables).find((t) => t.id === table)?.routes ?? [];
  // Towards a data centre the table only has what its routers tell, and none answers in a rehearsal.
  const fixed = link.kind === 'transit' ? destinations.map((d) => found('transit', d, transit)) : [];
  return {
    place: own.place,
    attachments: attachmentsOf(attachmentId(link, own, read), link, world, table),
    routes: [...fixed, ...vpc],
  };
}

const output = (world: LinkedInventory, stack: string, name: string): string | undefined =>
  world.stacks.find((s) => s.name === stack)?.outputs[name];

type RouteEntry = Pick<LinkedRoute, 'destination' | 'state'> & { readonly target: string };

function found(table: string, destination: string, routes: readonly RouteEntry[]): LinkedRoute {
  const route = routes.find((r) => r.destination === destination);
  if (route === undefined) return { table, destination, state: 'missing' };
  return { table, destination, target: route.target, state: route.state };
}

/** The attachment's id stands in an output of the link's own stacks; a link through a third region has none. */
function attachmentsOf(
  id: string | undefined,
  link: LinkPlan,
  world: LinkedInventory,
  table: string | undefined,
): LinkedAttachment[] {
  if (id === undefined) return [];
  const [at] = world.transitGateways.flatMap((g) => g.attachments).filter((a) => a.id === id);
  const tables = world.transitGateways.flatMap((g) => g.tables).filter((t) => t.id === table);
  return [
    {
      id,
      kind: at?.kind ?? link.kind,
      state: at?.state ?? 'missing',
      associated: tables.some((t) => t.associations.includes(id)),
      propagated: tables.some((t) => t.propagations.includes(id)),
    },
  ];
}

function attachmentId(link: LinkPlan, own: LinkEndPlan, read: (end: LinkEndPlan) => LinkedInventory): string | undefined {
  if (link.kind === 'transit') {
    if (link.through !== undefined) return undefined;
    // Where nobody accepts it the connection has one id at both ends.
    const [end, id] =
      !CLOUDS[link.cloud].accepts || own.place === link.a.place ? ([link.a, 'request'] as const) : ([own, 'accept'] as const);
    return output(read(end), linkStackName(link.path, id), linkOutput.peeringAttachment(link)) ?? '';
  }
  // A line by another one's gateway has no attachment of its own.
  if (link.kind === 'leased-line' && link.gateway !== undefined) return undefined;
  const name = link.kind === 'vpn' ? linkOutput.vpnAttachment(link) : linkOutput.lineAttachment(link);
  return link.stacks.map((s) => output(read(own), s.name, name)).find((id) => id !== undefined) ?? '';
}
