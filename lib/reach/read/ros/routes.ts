/** Routes of system tables: to hosts, peerings and transit routers, and the default route that a NAT gateway brings. */
import { formatRange, holdsRange, rangeKey } from '../../range';
import type { RouteTarget } from '../../world';
import type { Drafts, TableDraft } from '../drafts';
import { type Found, SYSTEM_TABLE_TYPE } from '../references';
import { type Emitted, originOf } from '../resources';
import { readEntry, seen } from '../routes';
import { vpcOf } from '../vpcs';

export function readAliyunRoutes(emitted: Emitted, drafts: Drafts): void {
  for (const found of emitted.all('ALIYUN::VPC::NatGateway')) readNat(emitted, drafts, found);
  for (const found of emitted.all('ALIYUN::ECS::Route')) {
    const read = readEntry(emitted, drafts, found, SYSTEM_TABLE_TYPE);
    if (read === undefined) continue;
    const { draft, destination } = read;
    // Source: VPC, "CreateRouteEntry" (DestinationCidrBlock).
    const around = draft.vpc.subnets.find((subnet) => holdsRange(subnet.range, destination));
    if (around !== undefined) {
      emitted.fault(found, `${formatRange(destination)} lies in the vSwitch ${around.name}: such a route is not taken`);
      continue;
    }
    draft.routes.push({ destination, target: targetOf(emitted, found, draft, drafts), from: originOf(found) });
  }
}

/**
 * An internet NAT gateway brings 0.0.0.0/0 of the system table, where there is no such route. It passes on only what an SNAT entry
 * names as its source.
 *
 * Sources: NAT Gateway, "Create and manage Internet NAT gateways" (the route 0.0.0.0/0), "SNAT entries".
 */
function readNat(emitted: Emitted, drafts: Drafts, found: Found): void {
  const vpc = vpcOf(emitted, drafts, found);
  if (vpc === undefined || (emitted.text(found, 'NetworkType') ?? 'internet') !== 'internet') return;
  const bound = emitted
    .all('ALIYUN::VPC::EIPAssociation')
    .some((each) => emitted.references.peek(emitted.property(each, 'InstanceId'), each.stack)?.id === found.id);
  vpc.nats.push({
    id: found.id,
    name: emitted.text(found, 'NatGatewayName') ?? found.logicalId,
    public: bound,
    from: originOf(found),
  });
  const destination = { base: 0, bits: 0 };
  const [table] = vpc.tables;
  if (table === undefined || seen(table, rangeKey(destination), found) !== undefined) return;
  const entries = emitted.all('ALIYUN::VPC::SnatEntry').filter((entry) => natOf(emitted, entry)?.id === found.id);
  const whole = vpc.cidrs.every((range) =>
    entries.some((entry) => {
      const source = emitted.range(entry, 'SourceCIDR');
      return source !== undefined && holdsRange(source, range);
    }),
  );
  const words = 'no SNAT entry of its NAT gateway holds the whole VPC';
  if (!whole) emitted.fault(found, words);
  table.routes.push({
    destination,
    target: whole ? { kind: 'nat', id: found.id } : { kind: 'nothing', words },
    from: originOf(found),
  });
}

function natOf(emitted: Emitted, entry: Found): Found | undefined {
  return emitted.target(entry, emitted.property(entry, 'SnatTableId'), 'ALIYUN::VPC::NatGateway');
}

/** Types that a next hop of a kind is, and what it is here. */
const NEXT_HOPS: Readonly<Record<string, readonly [type: string, kind: 'interface' | 'peering' | 'transit']>> = {
  Instance: ['ALIYUN::ECS::Instance', 'interface'],
  VpcPeer: ['ALIYUN::VPC::VpcPeerConnection', 'peering'],
  Attachment: ['ALIYUN::CEN::TransitRouterVpcAttachment', 'transit'],
};

function targetOf(emitted: Emitted, found: Found, table: TableDraft, drafts: Drafts): RouteTarget {
  const nothing = (words: string): RouteTarget => {
    emitted.fault(found, words);
    return { kind: 'nothing', words };
  };
  const type = emitted.text(found, 'NextHopType') ?? 'Instance';
  const known = NEXT_HOPS[type];
  if (known === undefined) return nothing(`the next hop type ${type} is not read`);
  const before = emitted.faults.length;
  const target = emitted.target(found, emitted.property(found, 'NextHopId'), known[0]);
  if (target === undefined) return { kind: 'nothing', words: emitted.faults[before]?.message ?? 'it refers to nothing' };
  if (known[1] === 'interface' && drafts.interfaces.get(target.id)?.vpc !== table.vpc)
    return nothing('its instance stands in another VPC');
  if (known[1] !== 'transit') return { kind: known[1], id: target.id };
  // A VPC's attachment is its way to the router; the World names the router.
  if (vpcOf(emitted, drafts, target) !== table.vpc) return nothing('its attachment is of another VPC');
  const router = emitted.target(target, emitted.property(target, 'TransitRouterId'), 'ALIYUN::CEN::TransitRouter');
  return router === undefined ? nothing('its attachment is of no transit router') : { kind: 'transit', id: router.id };
}
