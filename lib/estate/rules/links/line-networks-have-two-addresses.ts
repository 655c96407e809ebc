import { cloudOf } from '../../../clouds/clouds';
import { LINK_LOCAL } from '../../../facts/ranges';
import { cidr, containsAddress, containsCidr, formatCidr, sameCidr } from '../../addresses/cidr';
import { UNUSABLE_RANGES } from '../../addresses/unusable';
import { set } from '../../findings/remedy';
import type { Estate, LeasedLineLink, VpnLink } from '../../model/model';
import { linksIn, type ResolvedLink } from '../../model/resolved-links';
import type { Problem, Rule } from '../rule';
import { entryOf } from './link-entry';
import { freeNetwork } from './link-remedies';

/** Networks of lines and tunnels have the shape that the cloud takes. Source: "Tunnel options for your Site-to-Site VPN connection" (inside tunnel IPv4 CIDR); "Create a transit virtual interface"; Aliyun, "CreateVpnAttachment" (TunnelCidr). */
export const lineNetworksHaveTwoAddresses: Rule = {
  code: 'LINE_NETWORK',
  title: `The network of a line is a /29 to /31, that of a tunnel a /30 of ${LINK_LOCAL} which the cloud has not reserved.`,
  why: 'the two BGP neighbours stand in it, and the cloud refuses other networks',
  check: (estate) =>
    linksIn(estate).flatMap((link) => {
      if (link.kind === 'leased-line') return ofLine(estate, link);
      return link.kind === 'vpn' ? ofTunnels(estate, link) : [];
    }),
};

function ofLine(estate: Estate, link: LeasedLineLink): Problem[] {
  const { bits, cloudAddress } = link.line;
  const at = entryOf(link, 'network');
  const write = [set(at.path, freeNetwork(estate))];
  if (bits < 29 || bits > 31)
    return [{ ...at, message: `a /${bits} is no network of two neighbours`, write, fix: 'or another /30 or /31' }];
  const kept = UNUSABLE_RANGES.find(({ range }) => containsAddress(range, cloudAddress) && !sameCidr(range, cidr(LINK_LOCAL)));
  if (kept === undefined) return [];
  return [{ ...at, message: `its neighbours would stand in ${formatCidr(kept.range)}: ${kept.what}`, write }];
}

function ofTunnels(estate: Estate, link: ResolvedLink<VpnLink>): Problem[] {
  const reserved = link.edge === undefined ? [] : cloudOf(link.edge.region).tunnelsReserved;
  return link.vpn.tunnels.flatMap((tunnel, i) => {
    const at = entryOf(link, 'tunnels', i);
    const write = [set(at.path, freeNetwork(estate, reserved))];
    if (tunnel.bits !== 30 || !containsCidr(cidr(LINK_LOCAL), tunnel))
      return [{ ...at, message: `${formatCidr(tunnel)} is no /30 of ${LINK_LOCAL}`, write }];
    return reserved.includes(formatCidr(tunnel))
      ? [{ ...at, message: `${formatCidr(tunnel)} is one that the cloud keeps for itself`, write }]
      : [];
  });
}
