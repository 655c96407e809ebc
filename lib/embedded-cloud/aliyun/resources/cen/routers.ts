import { str } from '../../../properties';
import { AliyunError } from '../../aliyun-error';
import type { AliyunRegion } from '../../world/region';
import type { Cen, RouterAttachment, RouterTable, TransitRouter } from '../../world/transit';
import type { Context, Handler } from '../handler';
import { aliyunId, found, here, tagsOf } from '../values';

export const cenOf = (c: Context, id: string | undefined): Cen =>
  found(c.account.aliyun.cens, id, 'ParameterCenInstanceId', 'CEN instance');
export const routerOf = (r: AliyunRegion, id: string | undefined): TransitRouter =>
  found(r.transitRouters, id, 'InvalidTransitRouterId.NotFound', 'transit router');
export const routerTableOf = (r: AliyunRegion, id: string | undefined): RouterTable =>
  found(r.routerTables, id, 'InvalidTransitRouterRouteTableId.NotFound', 'transit router route table');
export const attachmentOf = (r: AliyunRegion, id: string | undefined): RouterAttachment =>
  found(r.attachments, id, 'InvalidTransitRouterAttachmentId.NotFound', 'transit router attachment');

const allRouters = (c: Context): TransitRouter[] =>
  Object.values(c.account.regions).flatMap((r) => Object.values(r.aliyun.transitRouters));

/** ALIYUN::CEN::CenInstance: it stands in no region. */
export const cenInstance: Handler = {
  create(c, p) {
    const id = aliyunId('cen');
    c.account.aliyun.cens[id] = { id, name: str(p, 'Name') ?? '', tags: tagsOf(c, p.Tags) };
    return { physicalId: id, attributes: { CenId: id, Arn: `acs:cen::${c.account.id}:ceninstance/${id}` } };
  },
  update(c, id, p) {
    Object.assign(cenOf(c, id), { name: str(p, 'Name') ?? '', tags: tagsOf(c, p.Tags) });
    return undefined;
  },
  delete(c, id) {
    if (allRouters(c).some((t) => t.cen === id))
      throw new AliyunError('InvalidOperation.CenInstanceStatus', `The CEN instance ${id} has transit routers.`);
    delete c.account.aliyun.cens[id];
  },
  read: (c, id, p) => c.account.aliyun.cens[id] && p,
};

const attributesOf = (c: Context, t: TransitRouter) => ({
  AliUid: c.account.id,
  CenId: t.cen,
  SystemTransitRouterRouteTableId: t.systemTable,
  TransitRouterDescription: '',
  TransitRouterId: t.id,
  TransitRouterName: t.name,
  Type: 'Enterprise',
});

const blankTable = (id: string, router: string, system: boolean, name: string): RouterTable => ({
  id,
  router,
  system,
  name,
  routes: [],
  associations: [],
  propagations: [],
});

/** ALIYUN::CEN::TransitRouter: one a region and CEN. */
export const transitRouter: Handler = {
  create(c, p) {
    const r = here(c);
    const cen = cenOf(c, str(p, 'CenId')).id;
    if (Object.values(r.transitRouters).some((t) => t.cen === cen))
      throw new AliyunError('InvalidOperation.TransitRouterExist', `${cen} has a transit router in ${c.region.name} already.`);
    const id = aliyunId('tr');
    const made: TransitRouter = { id, cen, name: str(p, 'TransitRouterName') ?? '', systemTable: aliyunId('vtb') };
    r.transitRouters[id] = made;
    r.routerTables[made.systemTable] = blankTable(made.systemTable, id, true, '');
    return { physicalId: id, attributes: attributesOf(c, made) };
  },
  update(c, id, p) {
    const t = routerOf(here(c), id);
    t.name = str(p, 'TransitRouterName') ?? '';
    return { attributes: attributesOf(c, t) };
  },
  delete(c, id) {
    const r = here(c);
    const t = r.transitRouters[id];
    if (!t) return;
    if (Object.values(r.attachments).some((a) => a.router === id))
      throw new AliyunError('InvalidOperation.TransitRouterAttachmentExist', `The transit router ${id} has attachments.`);
    if (Object.values(r.routerTables).some((x) => x.router === id && !x.system))
      throw new AliyunError('InvalidOperation.TransitRouterRouteTableExist', `The transit router ${id} has route tables.`);
    delete r.routerTables[t.systemTable];
    delete r.transitRouters[id];
  },
  read: (c, id, p) => here(c).transitRouters[id] && p,
};

const tableAttributes = (t: RouterTable) => ({
  ClientToken: '',
  TransitRouterId: t.router,
  TransitRouterRouteTableId: t.id,
  TransitRouterRouteTableName: t.name,
  TransitRouterRouteTableDescription: '',
  TransitRouterRouteTableType: 'Custom',
});

/** ALIYUN::CEN::TransitRouterRouteTable: a custom one. */
export const transitRouterRouteTable: Handler = {
  create(c, p) {
    const r = here(c);
    const router = routerOf(r, str(p, 'TransitRouterId')).id;
    const id = aliyunId('vtb');
    const made = blankTable(id, router, false, str(p, 'TransitRouterRouteTableName') ?? '');
    r.routerTables[id] = made;
    return { physicalId: id, attributes: tableAttributes(made) };
  },
  update(c, id, p) {
    const t = routerTableOf(here(c), id);
    t.name = str(p, 'TransitRouterRouteTableName') ?? '';
    return { attributes: tableAttributes(t) };
  },
  delete(c, id) {
    const t = here(c).routerTables[id];
    const left =
      t &&
      (t.associations.length > 0
        ? 'associations'
        : t.propagations.length > 0
          ? 'propagations'
          : t.routes.length > 0
            ? 'routes'
            : undefined);
    if (left) throw new AliyunError('InvalidOperation.RouteTableHasDependency', `The route table ${id} has ${left}.`);
    delete here(c).routerTables[id];
  },
  read: (c, id, p) => here(c).routerTables[id] && p,
};
