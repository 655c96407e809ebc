import type { Backend } from '../../backend';
import { text } from '../../http/form';
import type { XmlValue } from '../../http/xml';
import { type Region, regionOf } from '../../store/world';
import { AwsError } from '../aws-error';
import { transitTableOf } from '../resources/ec2/lookup';
import { acceptPeering } from '../resources/ec2/peerings';
import { acceptTransitPeering, type FindRegion } from '../resources/ec2/transit-peerings';
import { transitRoutes } from '../world/routes';
import type { TransitAttachment } from '../world/transit';
import { type Action, type Fields, gone, listing, lost, paged, passes } from './ec2-filters';
import * as words from './ec2-link-words';

const finder =
  (b: Backend, r: Region): FindRegion =>
  (name, account) =>
    regionOf(b.world, account ?? r.account, name);

const noAttachment = gone('InvalidTransitGatewayAttachmentID.NotFound', 'Transit Gateway Attachment');

/** Attachments of one kind, or of all. */
const attachments = (kind?: TransitAttachment['kind']) =>
  listing(
    (r) => {
      const all = Object.entries(r.transitAttachments);
      return Object.fromEntries(all.filter(([, a]) => kind === undefined || a.kind === kind));
    },
    'TransitGatewayAttachmentIds',
    noAttachment,
    (a, r) => ({
      'transit-gateway-attachment-id': [a.id],
      'transit-gateway-id': [a.gateway],
      'transit-gateway-owner-id': [r.account],
      'resource-id': [a.resource],
      'resource-owner-id': [a.resourceAccount],
      'resource-type': [a.kind],
      'vpc-id': a.kind === 'vpc' ? [a.resource] : [],
      'association.transit-gateway-route-table-id': Object.values(r.transitTables)
        .filter((t) => t.associations.includes(a.id))
        .map((t) => t.id),
      state: [a.state],
    }),
  );
const anyAttachments = attachments();
const vpcAttachments = attachments('vpc');
const peeringAttachments = attachments('peering');

const peerings = listing(
  (r) => r.peerings,
  'VpcPeeringConnectionId',
  lost('InvalidVpcPeeringConnectionID.NotFound', 'vpcPeeringConnection'),
  (p, r) => ({
    'vpc-peering-connection-id': [p.id],
    'status-code': [p.status],
    'requester-vpc-info.vpc-id': [p.requester ? p.vpc : p.peerVpc],
    'requester-vpc-info.owner-id': [p.requester ? r.account : p.peerAccount],
    'accepter-vpc-info.vpc-id': [p.requester ? p.peerVpc : p.vpc],
    'accepter-vpc-info.owner-id': [p.requester ? p.peerAccount : r.account],
  }),
);
const gateways = listing(
  (r) => r.transitGateways,
  'TransitGatewayIds',
  gone('InvalidTransitGatewayID.NotFound', 'Transit Gateway'),
  (g, r) => ({
    'transit-gateway-id': [g.id],
    'owner-id': [r.account],
    'options.amazon-side-asn': [String(g.asn)],
    state: ['available'],
  }),
);
const tables = listing(
  (r) => r.transitTables,
  'TransitGatewayRouteTableIds',
  gone('InvalidRouteTableID.NotFound', 'Transit Gateway Route Table'),
  (t) => ({ 'transit-gateway-route-table-id': [t.id], 'transit-gateway-id': [t.gateway], state: ['available'] }),
);
const vpns = listing(
  (r) => r.vpns,
  'VpnConnectionId',
  lost('InvalidVpnConnectionID.NotFound', 'vpnConnection'),
  (v) => ({
    'vpn-connection-id': [v.id],
    'customer-gateway-id': [v.customerGateway],
    'transit-gateway-id': [v.gateway],
    state: ['available'],
  }),
);
const customerGateways = listing(
  (r) => r.customerGateways,
  'CustomerGatewayId',
  lost('InvalidCustomerGatewayID.NotFound', 'customerGateway'),
  (g) => ({ 'customer-gateway-id': [g.id], 'ip-address': [g.address], 'bgp-asn': [String(g.asn)], state: ['available'] }),
);

/** Routes of a transit table; EC2 wants a filter, for a table may be long. */
function searchRoutes(r: Region, f: Fields): XmlValue {
  if (f.Filter === undefined) throw new AwsError('MissingParameter', 'Missing required parameter in request: Filters.');
  const table = transitTableOf(r, text(f, 'TransitGatewayRouteTableId'));
  const found = transitRoutes(r, table).filter((x) => {
    const to = r.transitAttachments[x.attachment ?? ''];
    return passes(f, {
      type: [x.kind],
      state: [x.state],
      'route-search.exact-match': [x.destination],
      'attachment.transit-gateway-attachment-id': [x.attachment],
      'attachment.resource-id': [to?.resource],
      'attachment.resource-type': [to?.kind],
    });
  });
  return { routeSet: found.map((x) => words.transitRoute(r, x)), additionalRoutesAvailable: false };
}

/** Calls about links: transit gateways, peerings, VPNs. */
export const linkActions: Record<string, Action> = {
  DescribeVpcPeeringConnections: (b, r, f) =>
    paged(f, 'vpcPeeringConnectionSet', peerings(r, f), (p) => words.peering(r, finder(b, r)(p.peerRegion, p.peerAccount), p)),
  AcceptVpcPeeringConnection(b, r, f) {
    const find = finder(b, r);
    const p = acceptPeering(find, r, text(f, 'VpcPeeringConnectionId') ?? '');
    b.changed();
    return { vpcPeeringConnection: words.peering(r, find(p.peerRegion, p.peerAccount), p) };
  },
  DescribeTransitGateways: (_b, r, f) => paged(f, 'transitGatewaySet', gateways(r, f), (g) => words.transitGateway(r, g)),
  DescribeTransitGatewayRouteTables: (_b, r, f) =>
    paged(f, 'transitGatewayRouteTables', tables(r, f), (t) => words.transitTable(r, t)),
  DescribeTransitGatewayAttachments: (_b, r, f) =>
    paged(f, 'transitGatewayAttachments', anyAttachments(r, f), (a) => words.attachment(r, a)),
  DescribeTransitGatewayVpcAttachments: (_b, r, f) =>
    paged(f, 'transitGatewayVpcAttachments', vpcAttachments(r, f), (a) => words.vpcAttachment(r, a)),
  DescribeTransitGatewayPeeringAttachments: (_b, r, f) =>
    paged(f, 'transitGatewayPeeringAttachments', peeringAttachments(r, f), (a) => words.peeringAttachment(r, a)),
  AcceptTransitGatewayPeeringAttachment(b, r, f) {
    const accepted = acceptTransitPeering(finder(b, r), r, text(f, 'TransitGatewayAttachmentId'));
    b.changed();
    return { transitGatewayPeeringAttachment: words.peeringAttachment(r, accepted) };
  },
  SearchTransitGatewayRoutes: (_b, r, f) => searchRoutes(r, f),
  GetTransitGatewayRouteTableAssociations: (_b, r, f) => ({
    associations: transitTableOf(r, text(f, 'TransitGatewayRouteTableId')).associations.map((a) =>
      words.inTable(r, a, 'associated'),
    ),
  }),
  GetTransitGatewayRouteTablePropagations: (_b, r, f) => ({
    transitGatewayRouteTablePropagations: transitTableOf(r, text(f, 'TransitGatewayRouteTableId')).propagations.map((a) =>
      words.inTable(r, a, 'enabled'),
    ),
  }),
  DescribeVpnConnections: (_b, r, f) => paged(f, 'vpnConnectionSet', vpns(r, f), words.vpn),
  DescribeCustomerGateways: (_b, r, f) => paged(f, 'customerGatewaySet', customerGateways(r, f), words.customerGateway),
};
