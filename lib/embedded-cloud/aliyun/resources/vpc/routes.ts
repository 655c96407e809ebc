import type { JsonObject } from '../../../../engine/json';
import { ROUTES_PER_TABLE } from '../../../../facts/aliyun/limits';
import { SHARED } from '../../../../facts/ranges';
import { type Block, block, within } from '../../../ipv4';
import { objs, str } from '../../../properties';
import { AliyunError } from '../../aliyun-error';
import type { AliyunRoute, AliyunRouteTable, NextHopType } from '../../world/network';
import type { AliyunRegion } from '../../world/region';
import type { Context, Handler } from '../handler';
import { oneRouteAtATime } from '../tasks';
import { aliyunId, here } from '../values';
import { tableOf } from './route-tables';

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

const customRoute: Handler = {
  create(c, p) {
    const r = here(c);
    const table = tableOf(r, str(p, 'RouteTableId'));
    const text = str(p, 'DestinationCidrBlock') ?? '';
    // "CreateRouteEntry": without a mask it is one address.
    const destination = text.includes('/') ? text : `${text}/32`;
    const range = block(destination);
    if (!range) throw new AliyunError('InvalidCIDRBlock.Malformed', `The destination ${text} is not a valid CIDR block.`);
    if (within(block(SHARED) as Block, range))
      throw new AliyunError('InvalidCIDRBlock.ValueNotSupported', `The destination ${destination} can't be in 100.64.0.0/10.`);
    const inside = Object.values(r.vSwitches).find((s) => s.vpc === table.vpc && within(block(s.cidr) as Block, range));
    if (inside)
      throw new AliyunError(
        'InvalidCIDRBlock.ValueNotSupported',
        `The destination ${destination} is the same as, or inside, the range of vSwitch ${inside.id} (${inside.cidr}).`,
      );
    const hop = hopOf(c, table, p);
    if (table.routes.some((x) => x.destination === destination))
      throw new AliyunError('InvalidCIDRBlock.Duplicate', `The route entry ${destination} already exists.`);
    if (table.routes.length >= ROUTES_PER_TABLE.usual)
      throw new AliyunError('QuotaExceeded.RouteEntry', `Route entry quota exceeded: ${ROUTES_PER_TABLE.usual} in ${table.id}.`);
    const id = aliyunId('rte');
    table.routes.push({ id, destination, hop });
    return { physicalId: id, attributes: { RouteEntryId: id } };
  },
  delete(c, id, p) {
    const table = here(c).routeTables[str(p, 'RouteTableId') ?? ''];
    if (table) table.routes = table.routes.filter((x) => x.id !== id);
  },
  read(c, id, p) {
    const now = here(c).routeTables[str(p, 'RouteTableId') ?? '']?.routes.find((x) => x.id === id);
    return now && { ...p, NextHopId: now.hop.id, ...(p.NextHopType === undefined ? {} : { NextHopType: now.hop.type }) };
  },
};

/** ALIYUN::ECS::Route: a custom route; nothing of it changes in place, and a VPC takes one task on its routes at a time. */
export const route: Handler = oneRouteAtATime((c, p, id) => {
  const table = here(c).routeTables[str(p, 'RouteTableId') ?? ''];
  // Deleting what is gone already is no task.
  return id !== undefined && !table?.routes.some((x) => x.id === id) ? [] : [table?.vpc];
}, customRoute);
