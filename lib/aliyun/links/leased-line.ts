/**
 * A leased line's cloud end: virtual border router (VBR), its BGP session, the health check, and the attachment to the region's transit
 * router.
 */
import { formatIpv4, sizeOfBits } from '../../estate/addresses/cidr';
import { AS_NUMBER } from '../../facts/aliyun/limits';
import { LINE_BFD } from '../../plan/idc/neighbors';
import { isProbed } from '../../plan/links/line-probes';
import type { IdcPlan, LeasedLineLinkPlan } from '../../plan/model';
import { linkOutput } from '../../plan/output-names';
import type { BorderRouterTimers } from '../assembly';
import { oneByOne } from '../fleet/one-by-one';
import { output } from '../parts';
import { getAtt, type RosResourceJson, ref, resource } from '../ros';
import { lineAlarms } from './alarms';
import { cenId, endOutput, type LinkStackSource } from './link-source';
import { transitAssociation, transitPropagation } from './transit';

const ROUTER = 'BorderRouter';
const GROUP = 'BorderGroup';
const PEER = 'BorderPeer';

/**
 * Towards the data centre only learned routes: a static one would outrank them and lead into nothing when the line is down. The transit
 * table's routes are told to the border router, and by it over BGP to the data centre, by themselves; a BgpNetwork would tell a range
 * whether the table has it or not. Of two learned routes the line's goes before the VPN's, whose path is longer besides.
 *
 * The session has no key: the line is a wire of its own, and a key in the template would be readable by whoever may read the stack.
 *
 * Sources: Express Connect, "Virtual border routers" and "Configure BGP"; Cloud Enterprise Network, "Route synchronization", "Advertise
 * routes to a transit router" (a VBR's BGP routes are told by default), "Configure health checks"; VPN Gateway, "Active/standby connection
 * with IPsec-VPN and Express Connect" (which route goes first); "CreateBgpPeer" (BfdMultiHop: 1, for FRR asks for one hop on a wire).
 */
export function addLeasedLine(source: LinkStackSource, link: LeasedLineLinkPlan): BorderRouterTimers {
  const { own, other, stack, idcs, parts } = source;
  const { line } = link;
  const idc = idcs.find(({ name }) => name === other.place);
  if (idc?.asn === undefined) throw new RangeError(`${link.id}: ${other.place} has no AS number`);
  const { generation } = own;
  const vbr = getAtt(ROUTER, 'VbrId');
  const table = endOutput.transitTable(parts, own);
  const attachment = `LineAttachmentG${generation}`;
  const attachmentId = getAtt(attachment, 'TransitRouterAttachmentId');
  const made: Record<string, RosResourceJson> = {
    [ROUTER]: resource('ALIYUN::VPC::VirtualBorderRouter', {
      Description: `leased line ${link.id}`,
      LocalGatewayIp: formatIpv4(line.cloudAddress),
      Name: stack.name,
      PeerGatewayIp: formatIpv4(line.idcAddress),
      PeeringSubnetMask: mask(line.bits),
      PhysicalConnectionId: line.connection,
      VlanId: line.vlan,
    }),
    [GROUP]: resource('ALIYUN::VPC::BgpGroup', {
      // Without a number of its own the session has Aliyun's.
      ...(line.asn === AS_NUMBER ? {} : { LocalAsn: line.asn }),
      Name: stack.name,
      PeerAsn: idc.asn,
      RouterId: vbr,
    }),
    [PEER]: resource('ALIYUN::VPC::BgpPeer', {
      BfdMultiHop: 1,
      BgpGroupId: getAtt(GROUP, 'BgpGroupId'),
      EnableBfd: true,
      PeerIpAddress: formatIpv4(line.idcAddress),
    }),
    [attachment]: resource('ALIYUN::CEN::TransitRouterVbrAttachment', {
      AutoPublishRouteEnabled: true,
      TransitRouterAttachmentName: stack.name,
      TransitRouterId: endOutput.transitRouter(parts, own),
      VbrId: vbr,
    }),
    [`TransitAssociationG${generation}`]: transitAssociation(attachmentId, table),
    [`TransitPropagationG${generation}`]: transitPropagation(attachmentId, table),
    ...healthCheck(source, link, idc),
    ...lineAlarms(link, own, idc, { router: ROUTER, name: stack.name }),
  };
  Object.assign(parts.resources, oneByOne(made));
  parts.outputs[linkOutput.lineAttachment(link)] = output(attachmentId, `transit attachment of ${link.id}`);
  parts.outputs[linkOutput.borderRouter(link)] = output(vbr, `virtual border router of ${link.id}`);
  return {
    resource: ROUTER,
    minTxInterval: LINE_BFD.intervalMs,
    minRxInterval: LINE_BFD.intervalMs,
    detectMultiplier: LINE_BFD.multiplier,
  };
}

/**
 * Pings the data centre's end every two seconds: a second judge beside BFD, of a line that lives and carries nothing. Only where the
 * answers come back over this line; a router with two lines could send them over the other one, and that counts as a fault.
 */
function healthCheck(source: LinkStackSource, link: LeasedLineLinkPlan, idc: IdcPlan): Record<string, RosResourceJson> {
  if (!isProbed(idc, link)) return {};
  return {
    HealthCheck: resource('ALIYUN::CEN::CenVbrHealthCheck', {
      CenId: cenId(source),
      HealthCheckTargetIp: formatIpv4(link.line.idcAddress),
      VbrInstanceId: ref(ROUTER),
      VbrInstanceRegionId: source.own.cloudRegion,
    }),
  };
}

/** `30` as `255.255.255.252`. */
function mask(bits: number): string {
  return formatIpv4(2 ** 32 - sizeOfBits(bits));
}
