/** A link in words: what each end gives, how large a packet may be, and what happens when a line fails. */
import { CLOUDS } from '../clouds/clouds';
import { formatCidr, formatIpv4 } from '../estate/addresses/cidr';
import type { LeasedLineLinkPlan, LinkEndPlan, LinkPlan } from '../plan/model';

export function linkWords(link: LinkPlan): string[] {
  const stacks = link.stacks.map((stack) => `links/${link.path}/${stack.id} (${stack.region})`);
  return [
    `link ${link.id}  ${kindWords(link)}; MTU ${link.mtu}`,
    endWords(link.a),
    endWords(link.b),
    ...[link.a, link.b].flatMap(admitWords),
    ...detailWords(link),
    ...(stacks.length === 0 ? [] : [`  stacks, in this order  ${stacks.join(', ')}`]),
  ];
}

/** The link with addresses as people write them. */
export function writtenLink(link: LinkPlan): object {
  switch (link.kind) {
    case 'leased-line': {
      const { idcAddress, cloudAddress, allowedPrefixes: _planned, ...line } = link.line;
      return { ...link, line: { ...line, idcAddress: formatIpv4(idcAddress), cloudAddress: formatIpv4(cloudAddress) } };
    }
    case 'vpn': {
      const { tunnels, outside } = link.vpn;
      return { ...link, vpn: { ...link.vpn, tunnels: tunnels.map(formatCidr), outside: outside.map(formatIpv4) } };
    }
    default:
      return link;
  }
}

function kindWords(link: LinkPlan): string {
  switch (link.kind) {
    case 'peering':
      return 'VPC peering';
    case 'transit':
      if (link.through !== undefined) return `transit through ${link.through}`;
      return `${CLOUDS[link.cloud].transit}s, peered`;
    case 'leased-line':
      return `leased line at router ${link.line.router}, ${link.line.connection}, VLAN ${link.line.vlan}${link.gateway === undefined ? '' : `, by the Direct Connect gateway of ${link.gateway.link}`}`;
    case 'association':
      return `Direct Connect gateway of ${link.gateway?.link ?? 'its own'}, over ${link.lines.join(', ')}`;
    case 'vpn':
      return `VPN at router ${link.vpn.router} (${link.routerPublic}), ${link.vpn.tunnels.length} tunnels`;
  }
}

function endWords({ place, gives }: LinkEndPlan): string {
  const what = gives.map((range) => `${range.kind} ${range.cidr}`).join(', ');
  return `  ${place} gives ${what === '' ? 'nothing' : what}`;
}

/** In the words of a security rule: ranges of the other end that this end's containers answer. */
function admitWords({ place, admits }: LinkEndPlan): string[] {
  return admits.flatMap(({ from, why }) => (from.kind === 'cidr' ? [`  ${place} allows ${from.cidr} everything  (${why})`] : []));
}

function detailWords(link: LinkPlan): string[] {
  if (link.kind === 'vpn') return [`  preference ${link.vpn.preference}, own AS ${link.vpn.prepends} times in front`];
  if (link.kind === 'association') return [`  the cloud tells ${link.associates.join(', ')}`];
  if (link.kind !== 'leased-line') return [];
  return [
    `  the cloud tells ${link.allowedPrefixes.join(', ')}; takes ${link.line.maxPrefixes} prefixes at most; preference ${link.line.preference}`,
    failureWords(link),
  ];
}

function failureWords({ fallback }: LeasedLineLinkPlan): string {
  if (fallback === undefined) return '  when it fails nothing takes over';
  const [seen, over] = [fallback.detectMs / 1000, fallback.takenOverMs / 1000];
  return `  when it fails ${fallback.link} takes over: seen after ${seen} s (BFD), other routes in use within ${over} s in all`;
}
