import type { Json, JsonObject } from '../../../../engine/json';
import { RFC1918 } from '../../../../facts/ranges';
import { bool, num, objs, str } from '../../../properties';
import { AliyunError } from '../../aliyun-error';
import type { AliyunRegion } from '../../world/region';
import type { RouterAttachment, RouterAttachmentKind, TransitRouter } from '../../world/transit';
import { createInterface, deleteInterface, isHop } from '../ecs/interfaces';
import type { Context, Handler } from '../handler';
import { oneTransitTaskAtATime } from '../tasks';
import { aliyunId, found, here, zoneOfRegion } from '../values';
import { borderRouterOf } from '../vpc/leased-lines';
import { vpcOf, vSwitchOf } from '../vpc/vpc';
import { attachmentOf, cenOf, routerOf } from './routers';

/** Ranges that `AutoCreateVpcRoute` sends to the transit router ("CreateTransitRouterVpcAttachment"). */

/** The transit router that is named, or the region's one of the CEN that is. */
function routerFor(c: Context, p: JsonObject): TransitRouter {
  const id = str(p, 'TransitRouterId');
  if (id !== undefined) return routerOf(here(c), id);
  const cen = cenOf(c, str(p, 'CenId')).id;
  const only = Object.values(here(c).transitRouters).find((t) => t.cen === cen);
  if (!only) throw new AliyunError('InvalidTransitRouterId.NotFound', `${cen} has no transit router in ${c.region.name}.`, 404);
  return only;
}

/** Puts an attachment into its router, and where the template asks so into the router's system table. */
function add(
  r: AliyunRegion,
  p: JsonObject,
  router: TransitRouter,
  own: Omit<RouterAttachment, 'id' | 'router' | 'name' | 'autoPublish'>,
) {
  const id = aliyunId('tr-attach');
  const name = str(p, 'TransitRouterAttachmentName') ?? '';
  const made: RouterAttachment = {
    id,
    router: router.id,
    name,
    autoPublish: bool(p, 'AutoPublishRouteEnabled') ?? false,
    ...own,
  };
  r.attachments[id] = made;
  const system = r.routerTables[router.systemTable];
  if (bool(p, 'RouteTableAssociationEnabled')) system?.associations.push(id);
  if (bool(p, 'RouteTablePropagationEnabled')) system?.propagations.push(id);
  return made;
}

function refuseTwice(r: AliyunRegion, kind: RouterAttachmentKind, resource: string): void {
  const standing = Object.values(r.attachments).find((a) => a.kind === kind && a.resource === resource);
  if (standing) throw new AliyunError('InvalidOperation.AttachmentExist', `${resource} is attached already, by ${standing.id}.`);
}

/** Takes an attachment out; without `DeletionForce` only one that nothing refers to. */
function remove(c: Context, id: string, p: JsonObject, region = here(c)): void {
  const gone = region.attachments[id];
  if (!gone) return;
  const tables = Object.values(region.routerTables);
  if (!bool(p, 'DeletionForce')) {
    const uses: [string, boolean][] = [
      ['associated with a route table', tables.some((t) => !t.system && t.associations.includes(id))],
      ['propagated to a route table', tables.some((t) => !t.system && t.propagations.includes(id))],
      ['the next hop of a route of its transit router', tables.some((t) => t.routes.some((x) => x.attachment === id))],
      ['the next hop of a route of its VPC', isHop(region, id)],
    ];
    const left = uses.find(([, yes]) => yes);
    if (left) throw new AliyunError('InvalidOperation.AttachmentInUse', `The attachment ${id} is ${left[0]}.`);
  }
  for (const t of tables) {
    t.associations = t.associations.filter((x) => x !== id);
    t.propagations = t.propagations.filter((x) => x !== id);
    t.routes = t.routes.filter((x) => x.attachment !== id);
  }
  for (const t of Object.values(region.routeTables)) t.routes = t.routes.filter((x) => x.hop.id !== id);
  for (const z of gone.zones) deleteInterface(region, z.interface);
  for (const [key, x] of Object.entries(region.published)) if (x.instance === gone.resource) delete region.published[key];
  delete region.attachments[id];
}

const attributesOf = (c: Context, a: RouterAttachment): Record<string, Json> => ({
  TransitRouterAttachmentId: a.id,
  TransitRouterAttachmentName: a.name,
  TransitRouterAttachmentDescription: '',
  TransitRouterId: a.router,
  CenId: here(c).transitRouters[a.router]?.cen ?? '',
  ResourceType: a.kind,
  AutoPublishRouteEnabled: a.autoPublish,
  ClientToken: '',
  ...(a.kind === 'VPC' ? { VpcId: a.resource, VpcOwnerId: c.account.id } : {}),
  ...(a.kind === 'VBR' ? { VbrId: a.resource, VbrOwnerId: c.account.id } : {}),
});

const made = (c: Context, a: RouterAttachment) => ({ physicalId: a.id, attributes: attributesOf(c, a) });

const common: Pick<Handler, 'update' | 'delete' | 'read'> = {
  update(c, id, p) {
    const a = attachmentOf(here(c), id);
    a.name = str(p, 'TransitRouterAttachmentName') ?? '';
    a.autoPublish = bool(p, 'AutoPublishRouteEnabled') ?? false;
    return { attributes: attributesOf(c, a) };
  },
  delete: (c, id, p) => remove(c, id, p),
  read(c, id, p) {
    const a = here(c).attachments[id];
    return a && { ...p, ...(p.AutoPublishRouteEnabled === undefined ? {} : { AutoPublishRouteEnabled: a.autoPublish }) };
  },
};

/** The router that an attachment is made at, and the one at its far end. */
function routersAt(c: Context, p: JsonObject, id?: string): (string | undefined)[] {
  const standing = here(c).attachments[id ?? ''];
  if (id !== undefined) return standing ? [standing.router, standing.kind === 'TR' ? standing.resource : undefined] : [];
  const own = Object.values(here(c).transitRouters).find((t) => t.cen === str(p, 'CenId'));
  return [str(p, 'TransitRouterId') ?? own?.id, str(p, 'PeerTransitRouterId')];
}

const attaching = (handler: Handler): Handler => oneTransitTaskAtATime(routersAt, handler);

/** A vSwitch a zone for a transit router's interfaces. */
function zonesOf(c: Context, p: JsonObject, vpc: string): { zone: string; vSwitch: string }[] {
  const zones = objs(p, 'ZoneMappings').map((m) => ({ zone: str(m, 'ZoneId') ?? '', vSwitch: str(m, 'VSwitchId') ?? '' }));
  if (zones.length === 0) throw new AliyunError('MissingParameter.ZoneMappings', 'ZoneMappings needs at least one vSwitch.');
  for (const z of zones) {
    const s = vSwitchOf(here(c), z.vSwitch);
    if (s.vpc !== vpc) throw new AliyunError('InvalidVSwitchId.NotFound', `vSwitch ${s.id} is not in VPC ${vpc}.`, 404);
    if (s.zone !== z.zone)
      throw new AliyunError('InvalidZoneId.VSwitchMismatch', `vSwitch ${s.id} stands in ${s.zone}, not in ${z.zone}.`);
    if (zones.filter((x) => x.zone === z.zone).length > 1)
      throw new AliyunError('InvalidZoneId.Duplicate', `ZoneMappings names ${z.zone} twice.`);
  }
  return zones;
}

/** ALIYUN::CEN::TransitRouterVpcAttachment: with an interface in a vSwitch of each zone. */
export const transitRouterVpcAttachment: Handler = attaching({
  ...common,
  create(c, p) {
    const r = here(c);
    const router = routerFor(c, p);
    const vpc = vpcOf(r, str(p, 'VpcId')).id;
    refuseTwice(r, 'VPC', vpc);
    const zones = zonesOf(c, p, vpc).map((z) => {
      const vSwitch = vSwitchOf(r, z.vSwitch);
      return { ...z, interface: createInterface(r, { vSwitch, name: router.id, owner: router.id }).id };
    });
    const a = add(r, p, router, { kind: 'VPC', resource: vpc, zones });
    if (bool(p, 'AutoCreateVpcRoute'))
      for (const t of Object.values(r.routeTables))
        if (t.vpc === vpc)
          for (const destination of RFC1918)
            if (!t.routes.some((x) => x.destination === destination))
              t.routes.push({ id: aliyunId('rte'), destination, hop: { type: 'Attachment', id: a.id } });
    return made(c, a);
  },
  update(c, id, p, before, changed) {
    const r = here(c);
    const a = attachmentOf(r, id);
    if (changed.includes('ZoneMappings')) {
      const next = zonesOf(c, p, a.resource);
      const gone = a.zones.filter((z) => !next.some((n) => n.vSwitch === z.vSwitch));
      for (const z of gone) deleteInterface(r, z.interface);
      a.zones = next.map((z) => {
        const standing = a.zones.find((x) => x.vSwitch === z.vSwitch);
        return (
          standing ?? {
            ...z,
            interface: createInterface(r, { vSwitch: vSwitchOf(r, z.vSwitch), name: a.router, owner: a.router }).id,
          }
        );
      });
    }
    return common.update?.(c, id, p, before, changed);
  },
});

/** ALIYUN::CEN::TransitRouterVbrAttachment: a leased line's border router. */
export const transitRouterVbrAttachment: Handler = attaching({
  ...common,
  create(c, p) {
    const r = here(c);
    const router = routerFor(c, p);
    const vbr = borderRouterOf(r, str(p, 'VbrId')).id;
    refuseTwice(r, 'VBR', vbr);
    return made(c, add(r, p, router, { kind: 'VBR', resource: vbr, zones: [] }));
  },
});

/** ALIYUN::CEN::TransitRouterVpnAttachment: an IPsec connection without a VPN gateway. */
export const transitRouterVpnAttachment: Handler = attaching({
  ...common,
  create(c, p) {
    const r = here(c);
    const router = routerFor(c, p);
    const connection = found(r.ipsecAttachments, str(p, 'VpnId'), 'InvalidVpnId.NotFound', 'IPsec connection');
    const vpn = connection.id;
    refuseTwice(r, 'VPN', vpn);
    const zone = str(p, 'ZoneId');
    // A connection of two tunnels stands in two zones by itself; the pages differ on whether one of a single tunnel must name its own.
    if (zone === undefined ? connection.customerGateways.length === 1 : !zoneOfRegion(c.region.name, zone))
      throw new AliyunError('InvalidZoneId.NotFound', `The zone ${zone} does not exist in ${c.region.name}.`, 404);
    return made(c, add(r, p, router, { kind: 'VPN', resource: vpn, zones: [] }));
  },
});

/** ALIYUN::CEN::TransitRouterPeerAttachment: within one account the other side takes it by itself. */
export const transitRouterPeerAttachment: Handler = attaching({
  ...common,
  create(c, p) {
    const router = routerFor(c, p);
    const region = str(p, 'PeerTransitRouterRegionId');
    const other = str(p, 'PeerTransitRouterId') ?? '';
    const name = region ?? Object.values(c.account.regions).find((r) => r.aliyun.transitRouters[other])?.name ?? '';
    const peer = routerOf(c.regionOf(name).aliyun, other);
    if (peer.cen !== router.cen)
      throw new AliyunError('InvalidOperation.NotInSameCen', `${router.id} and ${peer.id} are of different CEN instances.`);
    if (name === c.region.name)
      throw new AliyunError('InvalidPeerTransitRouterRegionId', 'A transit router is peered with one of another region.');
    refuseTwice(here(c), 'TR', peer.id);
    const type = str(p, 'BandwidthType') ?? 'BandwidthPackage';
    if (type !== 'DataTransfer' && type !== 'BandwidthPackage')
      throw new AliyunError('InvalidBandwidthType', `BandwidthType ${type} is not DataTransfer or BandwidthPackage.`);
    if (type === 'BandwidthPackage' && p.CenBandwidthPackageId === undefined)
      throw new AliyunError('MissingParameter.CenBandwidthPackageId', 'BandwidthPackage needs a CenBandwidthPackageId.');
    const bandwidth = num(p, 'Bandwidth');
    const a = add(here(c), p, router, {
      kind: 'TR',
      resource: peer.id,
      zones: [],
      peer: { region: name, requester: true, bandwidth },
    });
    const far = {
      kind: 'TR' as const,
      resource: router.id,
      zones: [],
      peer: { region: c.region.name, requester: false, bandwidth },
    };
    const { name: own, autoPublish } = a;
    c.regionOf(name).aliyun.attachments[a.id] = { id: a.id, router: peer.id, name: own, autoPublish, ...far };
    return made(c, a);
  },
  delete(c, id, p) {
    const far = here(c).attachments[id]?.peer?.region;
    // The far side's tables hold it as well: both are looked at before either goes.
    if (far !== undefined) remove(c, id, p, c.regionOf(far).aliyun);
    remove(c, id, p);
  },
});
