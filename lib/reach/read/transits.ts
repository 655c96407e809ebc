/** Transit gateways: their tables, attachments, routes, and the peerings between them. */
import { formatRange, rangeKey, readRange } from '../range';
import type {
  CloudLine,
  CloudVpn,
  TransitAttachment,
  TransitGateway,
  TransitPeering,
  TransitRoute,
  TransitTable,
} from '../world';
import { placeOf } from './assembly';
import type { Draft, Drafts } from './drafts';
import type { Found } from './references';
import { type Emitted, isTrue, originOf } from './resources';

export interface TransitTableDraft extends Omit<TransitTable, 'routes' | 'propagated'> {
  readonly gateway: GatewayDraft;
  readonly routes: TransitRoute[];
  readonly propagated: string[];
}

export interface GatewayDraft extends Omit<TransitGateway, 'tables' | 'attachments'> {
  readonly account: string;
  /** What its cloud calls the region. */
  readonly cloudRegion: string;
  readonly tables: TransitTableDraft[];
  readonly attachments: Draft<TransitAttachment>[];
}

export interface Transits {
  readonly transits: TransitGateway[];
  readonly transitPeerings: TransitPeering[];
}

const ATTACHMENTS = [
  'AWS::EC2::TransitGatewayVpcAttachment',
  'AWS::EC2::TransitGatewayAttachment',
  'AWS::EC2::TransitGatewayPeeringAttachment',
  'Custom::TransitAttachment',
] as const;

/** Source: VPC guide to transit gateways, "How transit gateways work", "Peering attachments". */
export function readTransits(
  emitted: Emitted,
  drafts: Drafts,
  ends: {
    readonly lines: readonly CloudLine[];
    readonly vpns: readonly CloudVpn[];
    readonly lineGateways: ReadonlyMap<string, string>;
  },
): Transits {
  const gateways = new Map<string, GatewayDraft>();
  for (const found of emitted.all('AWS::EC2::TransitGateway')) {
    for (const name of ['DefaultRouteTableAssociation', 'DefaultRouteTablePropagation']) {
      if (emitted.text(found, name) !== 'disable')
        emitted.fault(found, `${name} is on: the cloud would use a table of its own, which stands in no template`);
    }
    gateways.set(found.id, {
      id: found.id,
      region: placeOf(found.stack),
      cloudRegion: found.stack.region,
      account: found.stack.account,
      // Source: CloudFormation, `AWS::EC2::TransitGateway`: the default is 64512.
      asn: Number(emitted.text(found, 'AmazonSideAsn') ?? 64512),
      tables: [],
      attachments: [],
      from: originOf(found),
    });
  }
  const tables = readTables(emitted, gateways, WORDS);
  readVpcAttachments(emitted, drafts, gateways);
  const transitPeerings = readTransitPeerings(emitted, gateways);
  const fellows = readFoundAttachments(emitted, gateways, ends);
  readTableEntries(emitted, tables, WORDS);
  addFellows(gateways, fellows);
  return { transits: [...gateways.values()].map(finishGateway), transitPeerings };
}

function gatewayOf(emitted: Emitted, found: Found, gateways: ReadonlyMap<string, GatewayDraft>, name = 'TransitGatewayId') {
  return gatewayIn(emitted, found, gateways, name, 'AWS::EC2::TransitGateway');
}

/** The gateway that a property names. */
export function gatewayIn(
  emitted: Emitted,
  found: Found,
  gateways: ReadonlyMap<string, GatewayDraft>,
  name: string,
  type: string,
): GatewayDraft | undefined {
  return emitted.among(gateways, found, emitted.property(found, name), type);
}

/** Each cloud's words for the same: types of what stands in transit tables, and the properties that say where. */
export interface TableWords {
  readonly gateway: string;
  readonly gatewayProperty: string;
  readonly table: string;
  readonly tableProperty: string;
  readonly association: string;
  readonly propagation: string;
  readonly route: string;
  readonly destinationProperty: string;
  readonly attachments: readonly string[];
  /** Of associations and propagations. */
  readonly attachmentProperty: string;
  /** Of routes. */
  readonly routeAttachmentProperty: string;
  readonly isBlackhole: (emitted: Emitted, found: Found) => boolean;
}

const WORDS: TableWords = {
  gateway: 'AWS::EC2::TransitGateway',
  gatewayProperty: 'TransitGatewayId',
  table: 'AWS::EC2::TransitGatewayRouteTable',
  tableProperty: 'TransitGatewayRouteTableId',
  association: 'AWS::EC2::TransitGatewayRouteTableAssociation',
  propagation: 'AWS::EC2::TransitGatewayRouteTablePropagation',
  route: 'AWS::EC2::TransitGatewayRoute',
  destinationProperty: 'DestinationCidrBlock',
  attachments: ATTACHMENTS,
  attachmentProperty: 'TransitGatewayAttachmentId',
  routeAttachmentProperty: 'TransitGatewayAttachmentId',
  isBlackhole: (emitted, found) => isTrue(emitted.property(found, 'Blackhole')),
};

export function readTables(
  emitted: Emitted,
  gateways: ReadonlyMap<string, GatewayDraft>,
  words: TableWords,
): Map<string, TransitTableDraft> {
  const tables = new Map<string, TransitTableDraft>();
  for (const found of emitted.all(words.table)) {
    const gateway = gatewayIn(emitted, found, gateways, words.gatewayProperty, words.gateway);
    if (gateway === undefined) continue;
    const table = { id: found.id, gateway, routes: [], propagated: [], from: originOf(found) };
    gateway.tables.push(table);
    tables.set(found.id, table);
  }
  return tables;
}

/** Without what only the reading needs. */
export function finishGateway({ account: _, cloudRegion: __, tables, ...gateway }: GatewayDraft): TransitGateway {
  return { ...gateway, tables: tables.map(({ gateway: ___, ...table }) => table) };
}

function readVpcAttachments(emitted: Emitted, drafts: Drafts, gateways: ReadonlyMap<string, GatewayDraft>): void {
  for (const found of [...emitted.all(ATTACHMENTS[0]), ...emitted.all(ATTACHMENTS[1])]) {
    const gateway = gatewayOf(emitted, found, gateways);
    const vpc = emitted.target(found, emitted.property(found, 'VpcId'), 'AWS::EC2::VPC');
    const subnets = ((emitted.property(found, 'SubnetIds') as unknown[] | undefined) ?? [])
      .map((value) => emitted.target(found, value, 'AWS::EC2::Subnet'))
      .map((subnet) => (subnet === undefined ? undefined : drafts.subnets.get(subnet.id)))
      .filter((subnet) => subnet !== undefined);
    if (gateway === undefined || vpc === undefined) continue;
    if (vpc.stack.region !== gateway.cloudRegion) {
      emitted.fault(found, 'its VPC and its transit gateway stand in different regions');
      continue;
    }
    const foreign = subnets.find((subnet) => subnet.vpc.id !== vpc.id);
    if (foreign !== undefined) emitted.fault(found, `the subnet ${foreign.name} belongs to another VPC`);
    const zones = subnets.map((s) => s.zone);
    if (new Set(zones).size !== zones.length) emitted.fault(found, 'it names two subnets of one zone: one a zone is possible');
    const own = subnets.filter((subnet) => subnet.vpc.id === vpc.id).map((subnet) => subnet.id);
    gateway.attachments.push({ id: found.id, to: { kind: 'vpc', vpc: vpc.id, subnets: own }, from: originOf(found) });
  }
}

function readTransitPeerings(emitted: Emitted, gateways: ReadonlyMap<string, GatewayDraft>): TransitPeering[] {
  const peerings: TransitPeering[] = [];
  const accepted = acceptedPeerings(emitted);
  for (const found of emitted.all(ATTACHMENTS[2])) {
    const requester = gatewayOf(emitted, found, gateways);
    const accepter = gatewayOf(emitted, found, gateways, 'PeerTransitGatewayId');
    if (requester === undefined || accepter === undefined) continue;
    const region = emitted.text(found, 'PeerRegion');
    const account = emitted.text(found, 'PeerAccountId');
    if (region !== accepter.cloudRegion || account !== accepter.account) {
      emitted.fault(
        found,
        `it names ${region} of ${account}, but the other gateway stands in ${accepter.cloudRegion} of ${accepter.account}`,
      );
      continue;
    }
    const where = accepted.get(found.id);
    if (where === undefined) emitted.fault(found, 'nothing accepts it, and without that it carries nothing');
    else if (where.stack.region !== accepter.cloudRegion || where.stack.account !== accepter.account)
      emitted.fault(where, `it accepts in ${where.stack.region}, but only ${accepter.cloudRegion} can`);
    const peering = {
      id: found.id,
      requester: requester.id,
      accepter: accepter.id,
      accepted: where !== undefined && where.stack.region === accepter.cloudRegion && where.stack.account === accepter.account,
      from: originOf(found),
    };
    peerings.push(peering);
    for (const gateway of [requester, accepter])
      gateway.attachments.push({ id: found.id, to: { kind: 'peering', peering: found.id }, from: originOf(found) });
  }
  return peerings;
}

/** By id of the request: the custom resource that accepts it. */
function acceptedPeerings(emitted: Emitted): Map<string, Found> {
  const accepted = new Map<string, Found>();
  for (const found of emitted.all(ATTACHMENTS[3])) {
    if (emitted.text(found, 'Kind') !== 'accept-peering') continue;
    const request = emitted.target(found, emitted.property(found, 'AttachmentId'), ATTACHMENTS[2]);
    if (request !== undefined) accepted.set(request.id, found);
  }
  return accepted;
}

/** By id of a Direct Connect gateway's attachment: its other lines. */
type Fellows = ReadonlyMap<string, readonly CloudLine[]>;

/** The attachment stands once a line, with the same table and the same propagations. */
function addFellows(gateways: ReadonlyMap<string, GatewayDraft>, fellows: Fellows): void {
  for (const { attachments, tables } of gateways.values()) {
    for (const attachment of [...attachments]) {
      for (const line of fellows.get(attachment.id) ?? []) {
        const id = `${attachment.id}@${line.id}`;
        attachments.push({ ...attachment, id, to: { kind: 'line', line: line.id } });
        for (const { propagated } of tables) if (propagated.includes(attachment.id)) propagated.push(id);
      }
    }
  }
}

/**
 * Attachments that the cloud makes for a VPN or a Direct Connect gateway, which a custom resource finds.
 *
 * @returns what a Direct Connect gateway's lines beside the first are
 */
function readFoundAttachments(
  emitted: Emitted,
  gateways: ReadonlyMap<string, GatewayDraft>,
  ends: Parameters<typeof readTransits>[2],
): Fellows {
  const fellows = new Map<string, readonly CloudLine[]>();
  for (const found of emitted.all(ATTACHMENTS[3])) {
    const kind = emitted.text(found, 'Kind');
    if (kind === 'accept-peering') continue;
    const gateway = gatewayOf(emitted, found, gateways);
    if (gateway === undefined) continue;
    const from = originOf(found);
    if (kind === 'vpn') {
      const vpn = emitted.target(found, emitted.property(found, 'ResourceId'), 'AWS::EC2::VPNConnection');
      if (vpn === undefined) continue;
      if (ends.vpns.find((v) => v.id === vpn.id)?.transit !== gateway.id)
        emitted.fault(found, 'that VPN is on no such transit gateway');
      else gateway.attachments.push({ id: found.id, to: { kind: 'vpn', vpn: vpn.id }, from });
    } else if (kind === 'direct-connect') {
      const target = emitted.target(found, emitted.property(found, 'ResourceId'), 'AWS::DirectConnect::DirectConnectGateway');
      if (target === undefined) continue;
      const [line, ...others] = ends.lines.filter((l) => ends.lineGateways.get(l.id) === target.id && l.transit === gateway.id);
      if (line === undefined) emitted.fault(found, 'no line of that Direct Connect gateway ends at this transit gateway');
      else gateway.attachments.push({ id: found.id, to: { kind: 'line', line: line.id }, from });
      fellows.set(found.id, others);
    } else emitted.fault(found, `Kind ${kind} is not known`);
  }
  return fellows;
}

/** Associations, propagations and static routes. */
export function readTableEntries(emitted: Emitted, tables: ReadonlyMap<string, TransitTableDraft>, words: TableWords): void {
  const tableOf = (found: Found) => emitted.among(tables, found, emitted.property(found, words.tableProperty), words.table);
  const attachmentOf = (found: Found, table: TransitTableDraft, property = words.attachmentProperty) => {
    const target = emitted.target(found, emitted.property(found, property), ...words.attachments);
    const attachment = target === undefined ? undefined : table.gateway.attachments.find((a) => a.id === target.id);
    if (target !== undefined && attachment === undefined)
      emitted.fault(found, `the attachment ${target.logicalId} is not one of that transit gateway`);
    return attachment;
  };
  for (const found of emitted.all(words.association)) {
    const table = tableOf(found);
    const attachment = table === undefined ? undefined : attachmentOf(found, table);
    if (table === undefined || attachment === undefined) continue;
    if (attachment.table !== undefined) emitted.fault(found, 'its attachment is associated already');
    else attachment.table = table.id;
  }
  for (const found of emitted.all(words.propagation)) {
    const table = tableOf(found);
    const attachment = table === undefined ? undefined : attachmentOf(found, table);
    if (table === undefined || attachment === undefined) continue;
    // Source: VPC guide to transit gateways, "Peering attachments": only static routes.
    if (attachment.to.kind === 'peering') emitted.fault(found, 'a peering attachment propagates nothing');
    else table.propagated.push(attachment.id);
  }
  const seen = new Set<string>();
  for (const found of emitted.all(words.route)) {
    const table = tableOf(found);
    const destination = readRange(emitted.text(found, words.destinationProperty));
    if (destination === undefined) emitted.fault(found, `its ${words.destinationProperty} is no range`);
    if (table === undefined || destination === undefined) continue;
    const key = `${table.id} ${rangeKey(destination)}`;
    if (seen.has(key)) {
      emitted.fault(found, `the table has a static route to ${formatRange(destination)} already`);
      continue;
    }
    seen.add(key);
    const from = originOf(found);
    if (words.isBlackhole(emitted, found)) {
      table.routes.push({ destination, from });
      continue;
    }
    const attachment = attachmentOf(found, table, words.routeAttachmentProperty);
    if (attachment === undefined) table.routes.push({ destination, nothing: 'it names an attachment that is not there', from });
    else table.routes.push({ destination, attachment: attachment.id, from });
  }
}
