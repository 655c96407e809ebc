/** Transit routers of Aliyun's Cloud Enterprise Network: tables, attachments, routes, the connections between them, and what hangs on them. */
import { rangeKey } from '../../range';
import type { CloudLine, CloudVpn, Range, TransitAttachment, TransitPeering } from '../../world';
import { placeOf } from '../assembly';
import type { Drafts } from '../drafts';
import type { Found } from '../references';
import { type Emitted, isFalse, isTrue, originOf } from '../resources';
import {
  finishGateway,
  type GatewayDraft,
  gatewayIn,
  readTableEntries,
  readTables,
  type TableWords,
  type Transits,
} from '../transits';
import { vpcOf } from '../vpcs';
import { ALIYUN_AS, readBorderRouters, readIpsecConnections } from './ends';

const ROUTER = 'ALIYUN::CEN::TransitRouter';
const VPC = 'ALIYUN::CEN::TransitRouterVpcAttachment';
const PEER = 'ALIYUN::CEN::TransitRouterPeerAttachment';
const LINE = 'ALIYUN::CEN::TransitRouterVbrAttachment';
const VPN = 'ALIYUN::CEN::TransitRouterVpnAttachment';

const WORDS: TableWords = {
  gateway: ROUTER,
  gatewayProperty: 'TransitRouterId',
  table: 'ALIYUN::CEN::TransitRouterRouteTable',
  tableProperty: 'TransitRouterRouteTableId',
  association: 'ALIYUN::CEN::TransitRouterRouteTableAssociation',
  propagation: 'ALIYUN::CEN::TransitRouterRouteTablePropagation',
  route: 'ALIYUN::CEN::TransitRouterRouteEntry',
  destinationProperty: 'TransitRouterRouteEntryDestinationCidrBlock',
  attachments: [VPC, PEER, LINE, VPN],
  attachmentProperty: 'TransitRouterAttachmentId',
  routeAttachmentProperty: 'TransitRouterRouteEntryNextHopId',
  isBlackhole: (emitted, found) => emitted.text(found, 'TransitRouterRouteEntryNextHopType') === 'BlackHole',
};

export interface AliyunTransits extends Transits {
  readonly lines: CloudLine[];
  readonly vpns: CloudVpn[];
}

/** Source: Cloud Enterprise Network, "How transit routers work", "Custom route tables". */
export function readAliyunTransits(emitted: Emitted, drafts: Drafts): AliyunTransits {
  const routers = new Map<string, GatewayDraft>();
  for (const found of emitted.all(ROUTER)) {
    const { region: cloudRegion, account } = found.stack;
    const from = originOf(found);
    routers.set(found.id, {
      provider: 'aliyun',
      id: found.id,
      region: placeOf(found.stack),
      cloudRegion,
      account,
      asn: ALIYUN_AS,
      tables: [],
      attachments: [],
      from,
    });
  }
  const tables = readTables(emitted, routers, WORDS);
  for (const found of emitted.all(VPC)) readVpcAttachment(emitted, drafts, routers, found);
  const transitPeerings = readConnections(emitted, routers);
  const lines = readLines(emitted, routers);
  const vpns = readVpns(emitted, routers);
  readTableEntries(emitted, tables, WORDS);
  return {
    transits: [...routers.values()].map(finishGateway),
    transitPeerings,
    lines: lines.map(({ published, ...line }) => ({ ...line, allowedPrefixes: published ? told(drafts, routers, line) : [] })),
    vpns: vpns.map(({ published, ...vpn }) => ({ ...vpn, allowedPrefixes: published ? told(drafts, routers, vpn) : [] })),
  };
}

function routerOf(emitted: Emitted, routers: ReadonlyMap<string, GatewayDraft>, found: Found, name = 'TransitRouterId') {
  return gatewayIn(emitted, found, routers, name, ROUTER);
}

/** Into the router's own table, which stands in no template, an attachment comes where these are on. */
function warnOfDefaults(emitted: Emitted, found: Found): void {
  for (const name of ['RouteTableAssociationEnabled', 'RouteTablePropagationEnabled', 'AutoCreateVpcRoute']) {
    if (isTrue(emitted.property(found, name)))
      emitted.fault(found, `${name} is on: the cloud would make what stands in no template`);
  }
}

function attach(router: GatewayDraft, found: Found, to: TransitAttachment['to']): void {
  router.attachments.push({ id: found.id, to, from: originOf(found) });
}

function readVpcAttachment(emitted: Emitted, drafts: Drafts, routers: ReadonlyMap<string, GatewayDraft>, found: Found): void {
  warnOfDefaults(emitted, found);
  const router = routerOf(emitted, routers, found);
  const vpc = vpcOf(emitted, drafts, found);
  if (router === undefined || vpc === undefined) return;
  if (vpc.region !== router.region) {
    emitted.fault(found, 'its VPC and its transit router stand in different regions');
    return;
  }
  const mappings = (emitted.property(found, 'ZoneMappings') as { VSwitchId?: unknown; ZoneId?: unknown }[] | undefined) ?? [];
  const subnets = mappings.flatMap(({ VSwitchId, ZoneId }) => {
    const subnet = emitted.among(drafts.subnets, found, VSwitchId, 'ALIYUN::ECS::VSwitch');
    if (subnet === undefined) return [];
    const zone = emitted.references.text(ZoneId, found.stack);
    if (subnet.vpc === vpc && zone === subnet.zone) return [subnet.id];
    emitted.fault(found, `the vSwitch ${subnet.name} is not one of its VPC in ${zone}`);
    return [];
  });
  attach(router, found, { kind: 'vpc', vpc: vpc.id, subnets });
}

/** In one account nobody has to accept. Source: Cloud Enterprise Network, "CreateTransitRouterPeerAttachment". */
function readConnections(emitted: Emitted, routers: ReadonlyMap<string, GatewayDraft>): TransitPeering[] {
  const peerings: TransitPeering[] = [];
  for (const found of emitted.all(PEER)) {
    warnOfDefaults(emitted, found);
    const requester = routerOf(emitted, routers, found);
    const accepter = routerOf(emitted, routers, found, 'PeerTransitRouterId');
    if (requester === undefined || accepter === undefined) continue;
    const region = emitted.text(found, 'PeerTransitRouterRegionId');
    if (region !== accepter.cloudRegion) {
      emitted.fault(found, `it names ${region}, but the other router stands in ${accepter.cloudRegion}`);
      continue;
    }
    peerings.push({ id: found.id, requester: requester.id, accepter: accepter.id, accepted: true, from: originOf(found) });
    for (const router of [requester, accepter]) attach(router, found, { kind: 'peering', peering: found.id });
  }
  return peerings;
}

function readLines(emitted: Emitted, routers: ReadonlyMap<string, GatewayDraft>) {
  const border = readBorderRouters(emitted);
  return emitted.all(LINE).flatMap((found) => {
    const router = routerOf(emitted, routers, found);
    const line = emitted.among(border, found, emitted.property(found, 'VbrId'), 'ALIYUN::VPC::VirtualBorderRouter');
    if (router === undefined || line === undefined) return [];
    attach(router, found, { kind: 'line', line: line.id });
    return [{ ...line, transit: router.id, published: isPublished(emitted, found) }];
  });
}

function readVpns(emitted: Emitted, routers: ReadonlyMap<string, GatewayDraft>) {
  const connections = readIpsecConnections(emitted);
  return emitted.all(VPN).flatMap((found) => {
    warnOfDefaults(emitted, found);
    const router = routerOf(emitted, routers, found);
    const vpn = emitted.among(connections, found, emitted.property(found, 'VpnId'), 'ALIYUN::VPC::VpnAttachment');
    if (router === undefined || vpn === undefined) return [];
    attach(router, found, { kind: 'vpn', vpn: vpn.id });
    return [{ ...vpn, transit: router.id, published: isPublished(emitted, found) }];
  });
}

/** Whether the router tells the other end what it knows. Source: Cloud Enterprise Network, "Route synchronization" (AutoPublishRouteEnabled). */
function isPublished(emitted: Emitted, found: Found): boolean {
  const value = emitted.property(found, 'AutoPublishRouteEnabled');
  if (isFalse(value) || value === undefined)
    emitted.fault(found, 'AutoPublishRouteEnabled is off: the other end is told nothing');
  return isTrue(value);
}

/**
 * What is told: static routes that lead somewhere and VPCs' ranges of the table that the attachment is associated with. Not what lines
 * and VPNs taught it: the router refuses by itself to tell one of them of another.
 *
 * Source: Cloud Enterprise Network, "Attach an IPsec-VPN connection to a transit router" (routing policy of priority 5000).
 */
function told(
  drafts: Drafts,
  routers: ReadonlyMap<string, GatewayDraft>,
  end: { readonly id: string; readonly transit: string },
): Range[] {
  const router = routers.get(end.transit);
  const own = router?.attachments.find(
    ({ to }) => (to.kind === 'line' && to.line === end.id) || (to.kind === 'vpn' && to.vpn === end.id),
  );
  const table = router?.tables.find((t) => t.id === own?.table);
  if (router === undefined || own === undefined || table === undefined) return [];
  const outward = (id: string | undefined) => {
    const kind = router.attachments.find((a) => a.id === id)?.to.kind;
    return kind === 'line' || kind === 'vpn';
  };
  const statics = table.routes.filter((r) => r.attachment !== undefined && !outward(r.attachment)).map((r) => r.destination);
  const vpcs = router.attachments.flatMap(({ id, to }) =>
    to.kind === 'vpc' && table.propagated.includes(id) ? (drafts.vpcs.get(to.vpc)?.cidrs ?? []) : [],
  );
  return [...new Map([...statics, ...vpcs].map((range) => [rangeKey(range), range])).values()];
}
