/** Links as they stand in the embedded cloud: what was planned for both ends, beside what is there. */
import { linkOutput, networkOutput, transitOutput } from '../aws/names';
import type { EstatePlan, LinkEndPlan, LinkPlan } from '../plan/model';
import { linkStackName, stackName } from '../plan/names';
import type { RegionInventory } from '../rehearsal';

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
  /** As EC2 names it: `peering`, `vpn`, `direct-connect-gateway`. */
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
  const through = link.kind === 'transit' && link.through !== undefined ? [link.through] : [];
  return [...[link.a, link.b].filter((end) => end.kind === 'region').map((end) => end.place), ...through];
}

/** Reads a link back. */
export function linkedWorld(link: LinkPlan, read: (region: string) => RegionInventory): LinkedWorld {
  const pairs: [LinkEndPlan, LinkEndPlan][] = [
    [link.a, link.b],
    [link.b, link.a],
  ];
  const ends = pairs.filter(([own]) => own.kind === 'region').map(([own, other]) => endOf(link, own, other, read(own.place)));
  return { id: link.id, kind: link.kind, path: link.path, ends };
}

/** Whether everything that was planned is there and takes packets. */
export const standsWhole = (link: LinkedWorld): boolean =>
  link.ends.every(
    (end) =>
      end.routes.every((route) => route.state === 'active') &&
      end.attachments.every((a) => a.state === 'available' && a.associated && (a.kind === 'peering' || a.propagated)),
  );

function endOf(link: LinkPlan, own: LinkEndPlan, other: LinkEndPlan, world: RegionInventory): LinkedEnd {
  const towards = link.kind === 'leased-line' || link.kind === 'vpn' ? (link.routes ?? []) : other.gives;
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
  return { place: own.place, attachments: attachmentsOf(link, own, world, table), routes: [...fixed, ...vpc] };
}

const output = (world: RegionInventory, stack: string, name: string): string | undefined =>
  world.stacks.find((s) => s.name === stack)?.outputs[name];

type Found = Pick<LinkedRoute, 'destination' | 'state'> & { readonly target: string };

function found(table: string, destination: string, routes: readonly Found[]): LinkedRoute {
  const route = routes.find((r) => r.destination === destination);
  if (route === undefined) return { table, destination, state: 'missing' };
  return { table, destination, target: route.target, state: route.state };
}

/** The attachment's id stands in an output of the link's own stacks; a link through a third region has none. */
function attachmentsOf(link: LinkPlan, own: LinkEndPlan, world: RegionInventory, table: string | undefined): LinkedAttachment[] {
  const id = attachmentId(link, own, world);
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

function attachmentId(link: LinkPlan, own: LinkEndPlan, world: RegionInventory): string | undefined {
  if (link.kind === 'transit') {
    const stack = linkStackName(link.path, own.place === link.a.place ? 'request' : 'accept');
    return link.through === undefined ? (output(world, stack, linkOutput.peeringAttachment(link)) ?? '') : undefined;
  }
  const name = link.kind === 'vpn' ? linkOutput.vpnAttachment(link) : linkOutput.lineAttachment(link);
  return link.stacks.map((s) => output(world, s.name, name)).find((id) => id !== undefined) ?? '';
}
