/** Routes of VPC route tables, wherever they stand: networks, members' shards, link stacks. */
import { sameCidr } from '../../estate/addresses/cidr';
import { formatRange, holdsRange, rangeKey } from '../range';
import type { Range, RouteTarget } from '../world';
import type { Drafts, TableDraft, VpcDraft } from './drafts';
import type { Found } from './references';
import { type Emitted, originOf } from './resources';

export function readRoutes(emitted: Emitted, drafts: Drafts): void {
  const attached = attachedGateways(emitted);
  for (const found of emitted.all('AWS::EC2::Route')) {
    const read = readEntry(emitted, drafts, found, 'AWS::EC2::RouteTable');
    if (read === undefined) continue;
    const { draft, destination } = read;
    if (!takenInside(draft.vpc, destination)) {
      emitted.fault(found, `inside the VPC only a route to a whole subnet is taken, and ${formatRange(destination)} is none`);
      continue;
    }
    draft.routes.push({ destination, target: targetOf(emitted, found, draft, drafts, attached), from: originOf(found) });
  }
}

/** Table and destination of a route; undefined where either can't be read, or the table has a route there already. */
export function readEntry(
  emitted: Emitted,
  drafts: Drafts,
  found: Found,
  tableType: string,
): { readonly draft: TableDraft; readonly destination: Range } | undefined {
  const draft = emitted.among(drafts.tables, found, emitted.property(found, 'RouteTableId'), tableType);
  const destination = emitted.range(found, 'DestinationCidrBlock');
  if (destination === undefined) emitted.fault(found, 'its DestinationCidrBlock is no range');
  if (draft === undefined || destination === undefined) return undefined;
  const same = seen(draft, rangeKey(destination), found);
  if (same === undefined) return { draft, destination };
  emitted.fault(found, `the table ${draft.name} has a route to ${formatRange(destination)} already: ${same}`);
  return undefined;
}

const destinations = new WeakMap<TableDraft, Map<number, string>>();

/** Logical id of the route that the table has to this destination already: the cloud refuses a second one. */
export function seen(table: TableDraft, key: number, found: Found): string | undefined {
  let known = destinations.get(table);
  if (known === undefined) {
    known = new Map();
    destinations.set(table, known);
  }
  const before = known.get(key);
  if (before === undefined) known.set(key, `${found.stack.path} ${found.logicalId}`);
  return before;
}

/** Source: VPC user guide, "Subnet route tables" (routes more specific than the local route). */
function takenInside({ cidrs, subnets }: VpcDraft, destination: Range): boolean {
  if (!cidrs.some((c) => holdsRange(c, destination))) return true;
  return subnets.some((s) => sameCidr(s.range, destination));
}

/** `<gateway> <vpc>` of every internet gateway that is attached. */
function attachedGateways(emitted: Emitted): Set<string> {
  const attached = new Set<string>();
  for (const found of emitted.all('AWS::EC2::VPCGatewayAttachment')) {
    if (emitted.property(found, 'InternetGatewayId') === undefined) continue;
    const gateway = emitted.target(found, emitted.property(found, 'InternetGatewayId'), 'AWS::EC2::InternetGateway');
    const vpc = emitted.target(found, emitted.property(found, 'VpcId'), 'AWS::EC2::VPC');
    if (gateway !== undefined && vpc !== undefined) attached.add(`${gateway.id} ${vpc.id}`);
  }
  return attached;
}

/** Properties of `AWS::EC2::Route` that name a target, the type that each names, and the kind that it is here. */
const TARGETS = [
  ['NetworkInterfaceId', 'AWS::EC2::NetworkInterface', 'interface'],
  ['VpcPeeringConnectionId', 'AWS::EC2::VPCPeeringConnection', 'peering'],
  ['TransitGatewayId', 'AWS::EC2::TransitGateway', 'transit'],
  ['GatewayId', 'AWS::EC2::InternetGateway', 'internet'],
  ['NatGatewayId', 'AWS::EC2::NatGateway', 'nat'],
] as const;

function targetOf(emitted: Emitted, found: Found, table: TableDraft, drafts: Drafts, attached: ReadonlySet<string>): RouteTarget {
  const nothing = (words: string): RouteTarget => {
    emitted.fault(found, words);
    return { kind: 'nothing', words };
  };
  const properties = found.resource.Properties ?? {};
  const given = TARGETS.filter(([property]) => properties[property] !== undefined);
  if (given.length !== 1)
    return nothing(given.length === 0 ? 'it names no target that can be read' : 'it names more than one target');
  const [property, type, kind] = given[0]!;
  const value = emitted.property(found, property);
  const before = emitted.faults.length;
  const target = emitted.target(found, value, type);
  if (target === undefined) return { kind: 'nothing', words: emitted.faults[before]?.message ?? 'it refers to nothing' };
  if (kind === 'internet' && !attached.has(`${target.id} ${table.vpc.id}`))
    return nothing('its internet gateway is not attached to the VPC');
  if (kind === 'interface') {
    const draft = drafts.interfaces.get(target.id);
    if (draft === undefined || draft.vpc !== table.vpc) return nothing('its interface stands in another VPC');
  }
  if (target.stack.region !== found.stack.region && kind !== 'peering') return nothing('its target stands in another region');
  return { kind, id: target.id };
}
