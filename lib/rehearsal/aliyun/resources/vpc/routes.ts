import { type Block, block, overlaps, within } from '../../../ipv4';
import type { JsonObject } from '../../../json';
import type { Context, Handler } from '../../../resources/handler';
import { objs, str } from '../../../resources/values';
import type { AliyunRegion } from '../../../world/aliyun';
import type { AliyunRoute, AliyunRouteTable, NextHopType } from '../../../world/aliyun-network';
import { AliyunError } from '../../aliyun-error';
import { aliyunId, here, moment } from '../common';
import { tableOf } from './route-tables';

/** Custom routes a table ("CreateRouteEntry"). */
const ROUTES = 200;
const SHARED = block('100.64.0.0/10') as Block;
/** Simulated seconds that a route is in the making. */
const TASK_SECONDS = 6;

/** VPCs in which a route is in the making or being deleted. */
const busy = new WeakMap<AliyunRegion, Set<string>>();

/**
 * Does something to a VPC's routes that takes a moment. "CreateRouteEntry": concurrent tasks in one VPC aren't supported;
 * the second one fails with `TaskConflict`, and ROS doesn't try it again.
 */
async function task(c: Context, vpc: string, begin: () => void): Promise<void> {
  const r = here(c);
  const tasks = busy.get(r) ?? new Set<string>();
  busy.set(r, tasks);
  if (tasks.has(vpc))
    throw new AliyunError('TaskConflict', 'The operation is too frequent, please wait a moment and try again.', 409);
  tasks.add(vpc);
  try {
    begin();
    await moment(c, TASK_SECONDS);
  } finally {
    tasks.delete(vpc);
  }
}

/** The VPC that a next hop stands in; undefined: it isn't there. */
const hopVpcs: Record<NextHopType, (r: AliyunRegion, id: string, vpc: string) => string | undefined> = {
  Instance: (r, id) => r.instances[id]?.vpc,
  NetworkInterface: (r, id) => r.interfaces[id]?.vpc,
  NatGateway: (r, id) => r.natGateways[id]?.vpc,
  VpnGateway: (r, id) => r.vpnGateways[id]?.vpc,
  // A peering within one region is one record for both its VPCs.
  VpcPeer: (r, id, vpc) => (r.peerings[id]?.peerVpc === vpc ? vpc : r.peerings[id]?.vpc),
  // A hop of type Attachment is the transit router's attachment of the VPC.
  Attachment: (r, id) => (r.attachments[id]?.kind === 'VPC' ? r.attachments[id]?.resource : undefined),
  // Kept by their ids alone: no type here makes them.
  HaVip: (_r, id, vpc) => (id.startsWith('havip-') ? vpc : undefined),
  RouterInterface: (_r, id, vpc) => (id.startsWith('ri-') ? vpc : undefined),
};

function hopOf(c: Context, table: AliyunRouteTable, p: JsonObject): AliyunRoute['hop'] {
  if (objs(p, 'NextHopList').length > 0)
    throw new AliyunError('UnsupportedFeature.NextHopList', 'Routes with several next hops are not in the embedded cloud.');
  const type = (str(p, 'NextHopType') ?? 'Instance') as NextHopType;
  const id = str(p, 'NextHopId');
  if (id === undefined) throw new AliyunError('MissingParameter.NextHopId', 'The parameter NextHopId is required.');
  if (!(type in hopVpcs)) throw new AliyunError('InvalidNextHopType', `NextHopType ${type} is not in the embedded cloud.`);
  const vpc = hopVpcs[type](here(c), id, table.vpc);
  if (vpc === undefined) throw new AliyunError('InvalidNextHopId.NotFound', `The next hop ${id} (${type}) does not exist.`, 404);
  if (vpc !== table.vpc)
    throw new AliyunError('InvalidNextHopId.NotFound', `The next hop ${id} does not belong to VPC ${table.vpc}.`, 404);
  return { type, id };
}

/** ALIYUN::ECS::Route: a custom route; nothing of it changes in place. */
export const route: Handler = {
  async create(c, p) {
    const r = here(c);
    const table = tableOf(r, str(p, 'RouteTableId'));
    const text = str(p, 'DestinationCidrBlock') ?? '';
    // "CreateRouteEntry": without a mask it is one address.
    const destination = text.includes('/') ? text : `${text}/32`;
    const range = block(destination);
    if (!range) throw new AliyunError('InvalidCIDRBlock.Malformed', `The destination ${text} is not a valid CIDR block.`);
    if (overlaps(SHARED, range) && within(SHARED, range))
      throw new AliyunError('InvalidCIDRBlock.ValueNotSupported', `The destination ${destination} can't be in 100.64.0.0/10.`);
    const inside = Object.values(r.vSwitches).find((s) => s.vpc === table.vpc && within(block(s.cidr) as Block, range));
    if (inside)
      throw new AliyunError(
        'InvalidCIDRBlock.ValueNotSupported',
        `The destination ${destination} is the same as, or inside, the range of vSwitch ${inside.id} (${inside.cidr}).`,
      );
    const hop = hopOf(c, table, p);
    const id = aliyunId('rte');
    await task(c, table.vpc, () => {
      if (table.routes.some((x) => x.destination === destination))
        throw new AliyunError('InvalidCIDRBlock.Duplicate', `The route entry ${destination} already exists.`);
      if (table.routes.length >= ROUTES)
        throw new AliyunError('QuotaExceeded.RouteEntry', `Route entry quota exceeded: ${ROUTES} in ${table.id}.`);
      table.routes.push({ id, destination, hop, status: 'Creating' });
    });
    const made = table.routes.find((x) => x.id === id);
    if (made) made.status = 'Created';
    return { physicalId: id, attributes: { RouteEntryId: id } };
  },
  async delete(c, id, p) {
    const table = here(c).routeTables[str(p, 'RouteTableId') ?? ''];
    const gone = table?.routes.find((x) => x.id === id);
    if (!table || !gone) return;
    await task(c, table.vpc, () => {
      gone.status = 'Deleting';
    });
    table.routes = table.routes.filter((x) => x.id !== id);
  },
  read(c, id, p) {
    const now = here(c).routeTables[str(p, 'RouteTableId') ?? '']?.routes.find((x) => x.id === id);
    return now && { ...p, NextHopId: now.hop.id, ...(p.NextHopType === undefined ? {} : { NextHopType: now.hop.type }) };
  },
};
