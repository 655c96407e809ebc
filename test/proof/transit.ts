/**
 * A transit gateway as a router in a namespace: a port an attachment (VPC attachments: one a subnet), a kernel table a transit
 * table, chosen by the port's association. What lines and VPNs taught it is added by cloud-bgp.ts.
 */
import type { TransitAttachment, TransitGateway, TransitRoute, Vpc, World } from '../../lib/reach/world';
import { type Namespaces, OTHER_END } from './namespaces';
import { text } from './text';

const FIRST_TABLE = 100;

export interface TransitPorts {
  /** Devices of each attachment, by its id; of a VPC one a subnet, of a VPN one a tunnel. */
  readonly devices: ReadonlyMap<string, readonly string[]>;
}

/** Kernel's number of a transit table. */
export const kernelTable = (gateway: TransitGateway, id: string): number =>
  FIRST_TABLE + gateway.tables.findIndex((t) => t.id === id);

/** A route that leads into a VPC, which may come out in several of its subnets. */
export interface Entry {
  readonly router: string;
  readonly table: number;
  readonly destination: string;
  /** Id of the attachment. */
  readonly attachment: string;
}

/** @returns the routes that lead into VPCs; they come out in the first subnet until somebody says another one */
export function addTransitRouting(
  namespaces: Namespaces,
  router: string,
  gateway: TransitGateway,
  ports: TransitPorts,
  world: World,
): Entry[] {
  const entries: Entry[] = [];
  for (const attachment of gateway.attachments) {
    for (const device of ports.devices.get(attachment.id) ?? []) {
      if (attachment.table !== undefined && gateway.tables.some((t) => t.id === attachment.table))
        namespaces.ip(router, `rule add iif ${device} lookup ${kernelTable(gateway, attachment.table)} pref 1000`);
      // No association, or no route: dropped. Sessions of the gateway itself don't come in on a port.
      namespaces.ip(router, `rule add iif ${device} blackhole pref 2000`);
    }
  }
  for (const table of gateway.tables) {
    const routes = new Map(propagatedCidrs(gateway, table.propagated, world).map((r) => [text(r.destination), r]));
    // A static route wins over a propagated one of the same range.
    for (const route of table.routes) routes.set(text(route.destination), route);
    for (const route of routes.values()) {
      const number = kernelTable(gateway, table.id);
      namespaces.ip(router, `route add ${routeLine(route, gateway, ports)} table ${number}`);
      const attachment = gateway.attachments.find((each) => each.id === route.attachment);
      if (attachment?.to.kind === 'vpc')
        entries.push({ router, table: number, destination: text(route.destination), attachment: attachment.id });
    }
  }
  return entries;
}

/** VPC attachments propagate the ranges of their VPC. */
function propagatedCidrs(gateway: TransitGateway, propagated: readonly string[], world: World): TransitRoute[] {
  return gateway.attachments
    .filter((each) => propagated.includes(each.id))
    .flatMap((each) => {
      const cidrs = vpcOf(each, world)?.cidrs ?? [];
      return cidrs.map((destination) => ({ destination, attachment: each.id, from: each.from }));
    });
}

export function vpcOf(attachment: TransitAttachment, world: World): Vpc | undefined {
  const { to } = attachment;
  return to.kind === 'vpc' ? world.vpcs.find((vpc) => vpc.id === to.vpc) : undefined;
}

function routeLine(route: TransitRoute, gateway: TransitGateway, ports: TransitPorts): string {
  const attachment = gateway.attachments.find((each) => each.id === route.attachment);
  const device =
    attachment && attachment.to.kind !== 'line' && attachment.to.kind !== 'vpn'
      ? ports.devices.get(attachment.id)?.[0]
      : undefined;
  const destination = text(route.destination);
  if (device !== undefined) return `${destination} via ${OTHER_END} dev ${device} onlink`;
  // A static route to a line or VPN can't take up what the other end tells: it leads there whether it lives or not.
  const outward = attachment && ports.devices.get(attachment.id)?.[0];
  return outward === undefined ? `blackhole ${destination}` : `${destination} dev ${outward}`;
}
