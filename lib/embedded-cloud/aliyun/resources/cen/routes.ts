import type { JsonObject } from '../../../../engine/json';
import { SHARED } from '../../../../facts/ranges';
import { type Block, block, within } from '../../../ipv4';
import { num, str } from '../../../properties';
import { AliyunError } from '../../aliyun-error';
import type { RouterTable } from '../../world/transit';
import type { Context, Handler } from '../handler';
import { oneTransitTaskAtATime } from '../tasks';
import { aliyunId, here } from '../values';
import { tableOf } from '../vpc/route-tables';
import { attachmentOf, cenOf, routerTableOf } from './routers';

/** The router whose table something is written to. */
const atTable = (c: Context, p: JsonObject): (string | undefined)[] => [
  here(c).routerTables[str(p, 'TransitRouterRouteTableId') ?? '']?.router,
];

/** An association or a propagation: an attachment and a table of one router. */
const tie = (list: 'associations' | 'propagations'): Handler =>
  oneTransitTaskAtATime(atTable, {
    create(c, p) {
      const r = here(c);
      const t = routerTableOf(r, str(p, 'TransitRouterRouteTableId'));
      const a = attachmentOf(r, str(p, 'TransitRouterAttachmentId'));
      if (a.router !== t.router)
        throw new AliyunError('InvalidOperation.NotInSameTransitRouter', `${a.id} and ${t.id} are of different transit routers.`);
      const all: RouterTable[] = Object.values(r.routerTables);
      if (list === 'associations' && all.some((x) => x.associations.includes(a.id)))
        throw new AliyunError('AssociationExist.TransitRouterTable', 'The specified association already exists.');
      if (t[list].includes(a.id))
        throw new AliyunError('PropagationExist.TransitRouterTable', 'The specified propagation already exists.');
      t[list].push(a.id);
      const ids = { TransitRouterAttachmentId: a.id, TransitRouterRouteTableId: t.id };
      return { physicalId: `${t.id}:${a.id}`, attributes: { ...ids, ResourceId: a.resource, ResourceType: a.kind } };
    },
    delete(c, id) {
      const [table = '', own] = id.split(':');
      const t = here(c).routerTables[table];
      if (t) t[list] = t[list].filter((x) => x !== own);
    },
    read(c, id, p) {
      const [table = '', own = ''] = id.split(':');
      return here(c).routerTables[table]?.[list].includes(own) ? p : undefined;
    },
  });

/** ALIYUN::CEN::TransitRouterRouteTableAssociation: where an attachment's packets are looked up; one table an attachment. */
export const transitRouterRouteTableAssociation = tie('associations');
/** ALIYUN::CEN::TransitRouterRouteTablePropagation: where an attachment's ranges are written. */
export const transitRouterRouteTablePropagation = tie('propagations');

const PREFIX = 'TransitRouterRouteEntry';

/** ALIYUN::CEN::TransitRouterRouteEntry: a static route. */
export const transitRouterRouteEntry: Handler = oneTransitTaskAtATime(atTable, {
  create(c, p) {
    const r = here(c);
    const t = routerTableOf(r, str(p, 'TransitRouterRouteTableId'));
    const destination = str(p, `${PREFIX}DestinationCidrBlock`) ?? '';
    const range = block(destination);
    if (!range) throw new AliyunError('InvalidDestinationCidrBlock', `The destination ${destination} is not valid.`);
    if (within(block(SHARED) as Block, range))
      throw new AliyunError('InvalidDestinationCidrBlock', `The destination ${destination} can't be in 100.64.0.0/10.`);
    const type = str(p, `${PREFIX}NextHopType`);
    const hop = str(p, `${PREFIX}NextHopId`);
    if (type !== 'Attachment' && type !== 'BlackHole')
      throw new AliyunError('InvalidNextHopType', `${PREFIX}NextHopType ${type} is not Attachment or BlackHole.`);
    if (type === 'BlackHole' && hop !== undefined)
      throw new AliyunError('InvalidNextHopId', 'A BlackHole route has no next hop.');
    if (type === 'Attachment' && attachmentOf(r, hop).router !== t.router)
      throw new AliyunError('InvalidNextHopId', `The attachment ${hop} is not of the transit router of ${t.id}.`);
    if (t.routes.some((x) => x.destination === destination))
      throw new AliyunError('InvalidDestinationCidrBlock.Duplicate', `The route ${destination} already exists in ${t.id}.`);
    const id = aliyunId('rte');
    const name = str(p, `${PREFIX}Name`) ?? '';
    t.routes.push({ id, destination, name, ...(type === 'Attachment' ? { attachment: hop } : {}) });
    return {
      physicalId: id,
      attributes: {
        [`${PREFIX}Id`]: id,
        [`${PREFIX}Name`]: name,
        [`${PREFIX}Description`]: str(p, `${PREFIX}Description`) ?? '',
        [`${PREFIX}DestinationCidrBlock`]: destination,
        [`${PREFIX}NextHopType`]: type,
        [`${PREFIX}NextHopId`]: hop ?? '',
        [`${PREFIX}Type`]: 'Static',
        TransitRouterRouteTableId: t.id,
      },
    };
  },
  update(c, id, p) {
    const entry = routerTableOf(here(c), str(p, 'TransitRouterRouteTableId')).routes.find((x) => x.id === id);
    if (entry) entry.name = str(p, `${PREFIX}Name`) ?? '';
    return undefined;
  },
  delete(c, id, p) {
    const t = here(c).routerTables[str(p, 'TransitRouterRouteTableId') ?? ''];
    if (t) t.routes = t.routes.filter((x) => x.id !== id);
  },
  read(c, id, p) {
    const now = here(c).routerTables[str(p, 'TransitRouterRouteTableId') ?? '']?.routes.find((x) => x.id === id);
    return now && { ...p, ...(now.attachment === undefined ? {} : { [`${PREFIX}NextHopId`]: now.attachment }) };
  },
});

/** ALIYUN::CEN::CenVbrHealthCheck: what tells a broken leased line ("EnableCenVbrHealthCheck"). */
export const cenVbrHealthCheck: Handler = {
  create(c, p) {
    const cen = cenOf(c, str(p, 'CenId')).id;
    const [vbr, regionId] = [str(p, 'VbrInstanceId') ?? '', str(p, 'VbrInstanceRegionId') ?? ''];
    const region = c.regionOf(regionId).aliyun;
    const attached = Object.values(region.attachments).find((a) => a.kind === 'VBR' && a.resource === vbr);
    if (!attached || region.transitRouters[attached.router]?.cen !== cen)
      throw new AliyunError('InvalidOperation.VbrNotAttached', `The VBR ${vbr} of ${regionId} is not attached to ${cen}.`);
    const [interval, threshold] = [num(p, 'HealthCheckInterval') ?? 2, num(p, 'HealthyThreshold') ?? 8];
    if (interval < 2 || interval > 3)
      throw new AliyunError('InvalidHealthCheckInterval', `HealthCheckInterval ${interval} is not valid: 2 or 3 seconds.`);
    if (threshold < 3 || threshold > 8)
      throw new AliyunError('InvalidHealthyThreshold', `HealthyThreshold ${threshold} is not valid: 3 to 8.`);
    const target = str(p, 'HealthCheckTargetIp') ?? '';
    if (target !== region.borderRouters[vbr]?.peer)
      throw new AliyunError('InvalidHealthCheckTargetIp', `HealthCheckTargetIp ${target} is not the customer's end of ${vbr}.`);
    const source = str(p, 'HealthCheckSourceIp');
    const id = `${cen}:${vbr}`;
    c.account.aliyun.healthChecks[id] = { cen, vbr, source, target, interval, threshold };
    const own = { CenId: cen, VbrInstanceId: vbr, VbrInstanceRegionId: regionId, VbrInstanceOwnerId: c.account.id };
    const asked = { HealthCheckInterval: interval, HealthyThreshold: threshold, HealthCheckTargetIp: target };
    return { physicalId: id, attributes: { ...own, ...asked, HealthCheckSourceIp: source ?? '' } };
  },
  update(c, id, p) {
    const check = c.account.aliyun.healthChecks[id];
    if (check) Object.assign(check, { interval: num(p, 'HealthCheckInterval') ?? 2, threshold: num(p, 'HealthyThreshold') ?? 8 });
    return undefined;
  },
  delete(c, id) {
    delete c.account.aliyun.healthChecks[id];
  },
  read: (c, id, p) => c.account.aliyun.healthChecks[id] && p,
};

/** ALIYUN::CEN::RouteEntry: publishes a route of a VPC's system table ("Advertise routes to a transit router"). */
export const cenRouteEntry: Handler = {
  create(c, p) {
    const cen = cenOf(c, str(p, 'CenId')).id;
    const instance = str(p, 'ChildInstanceId') ?? '';
    const region = c.regionOf(str(p, 'ChildInstanceRegionId') ?? '').aliyun;
    const type = str(p, 'ChildInstanceType');
    if (type !== 'VPC') throw new AliyunError('UnsupportedFeature', `Routes of a ${type} are published by themselves.`);
    const attached = Object.values(region.attachments).find((a) => a.resource === instance);
    if (!attached || region.transitRouters[attached.router]?.cen !== cen)
      throw new AliyunError('InvalidOperation.ChildInstanceNotAttached', `${instance} is not attached to ${cen}.`);
    const table = tableOf(region, str(p, 'ChildInstanceRouteTableId'));
    if (!table.system)
      throw new AliyunError('InvalidOperation.CustomRouteTable', `Routes of the custom table ${table.id} can't be published.`);
    const destination = str(p, 'DestinationCidrBlock') ?? '';
    const entry = table.routes.find((x) => x.destination === destination);
    if (!entry) throw new AliyunError('InvalidRouteEntry.NotFound', `${table.id} has no route ${destination}.`, 404);
    if (['Attachment', 'RouterInterface', 'VpcPeer'].includes(entry.hop.type))
      throw new AliyunError('InvalidOperation.NextHopType', `A route to a ${entry.hop.type} can't be published.`);
    const id = `${cen}:${instance}:${table.id}:${destination}`;
    if (region.published[id])
      throw new AliyunError('InvalidOperation.RouteEntryPublished', `${destination} is published already.`);
    region.published[id] = { cen, instance, table: table.id, destination };
    return { physicalId: id };
  },
  delete(c, id, p) {
    delete c.regionOf(str(p, 'ChildInstanceRegionId') ?? '').aliyun.published[id];
  },
  read: (c, id, p) => (c.regionOf(str(p, 'ChildInstanceRegionId') ?? '').aliyun.published[id] ? p : undefined),
};
