/** Leased lines and VPNs on the sheet: what the provider and the cloud's console must show. */
import { CLOUDS } from '../clouds/clouds';
import { type Markdown, md, table } from '../encode/markdown';
import { addressAt, formatIpv4 } from '../estate/addresses/cidr';
import type { IdcPlan, LeasedLineLinkPlan, LinkPlan, NeighborPlan, VpnLinkPlan } from '../plan/model';
import { cloudName } from './cloud-words';

export function lines(idc: IdcPlan, links: readonly LinkPlan[]): Markdown[] {
  return links
    .filter((link): link is LeasedLineLinkPlan => link.kind === 'leased-line')
    .flatMap((link) => {
      const { line } = link;
      const { name, lineEnd, lineRoutes } = CLOUDS[link.cloud];
      const own = neighborsOf(idc, link.id);
      return [
        md`## Leased line ${link.id}`,
        table(
          ['what', idc.name, lineEnd === '' ? name : `${name} (${lineEnd})`],
          [
            ['connection', `router ${line.router}, port ${line.interface}`, line.connection],
            ['VLAN', `${line.vlan}`, `${line.vlan}`],
            ['BGP address', `${formatIpv4(line.idcAddress)}/${line.bits}`, `${formatIpv4(line.cloudAddress)}/${line.bits}`],
            ['AS number', `${idc.asn ?? ''}`, `${line.asn}`],
            ['tells', own.flatMap(({ tells }) => tells).join(', '), link.allowedPrefixes.join(', ')],
            ['prefixes taken at most', `${own[0]?.maxPrefixes ?? ''}`, `${lineRoutes ?? line.maxPrefixes}`],
            ['MTU', `${line.mtu}`, `${line.mtu}`],
          ],
        ),
        takeover(link, own[0]),
      ];
    });
}

function takeover({ fallback }: LeasedLineLinkPlan, neighbor: NeighborPlan | undefined): Markdown {
  if (fallback === undefined) return md`Nothing takes over when it fails: the region is then out of reach.`;
  const bfd = neighbor?.bfd;
  const how = bfd === undefined ? '' : ` (BFD, ${bfd.intervalMs} ms x ${bfd.multiplier})`;
  return md`When it fails, ${fallback.link} takes over: seen within ${fallback.detectMs / 1000} s${how}, then BGP withdraws its routes; about a second in all.`;
}

export function tunnels(idc: IdcPlan, links: readonly LinkPlan[]): Markdown[] {
  return links
    .filter((link): link is VpnLinkPlan => link.kind === 'vpn')
    .flatMap((link) => {
      const { vpn, routerPublic, cloudAsn } = link;
      const own = neighborsOf(idc, link.id);
      return [
        md`## VPN ${link.id}`,
        md`Router ${vpn.router}, public address ${routerPublic} (its uplink is not written here; its packet filter lets UDP 500, UDP 4500 and ESP in from the tunnels’ outside addresses below); keys: secret ${vpn.keyName}. AS ${idc.asn ?? ''} here, AS ${cloudAsn} at ${cloudName(link)}. It is told ${
          own[0]?.tells.join(', ') ?? ''
        } (AS number prepended ${own[0]?.prepends ?? 0} times) and believed ${own[0]?.accepts.join(', ') ?? ''}.`,
        table(
          ['tunnel', 'interface', `${cloudName(link)} outside`, `${cloudName(link)} inside`, `${idc.name} inside`],
          vpn.tunnels.map((network, i) => [
            `${i + 1}`,
            own[i]?.interface ?? '',
            vpn.outside[i] === undefined ? 'known after the first deploy' : formatIpv4(vpn.outside[i]),
            `${formatIpv4(addressAt(network, 1))}/${network.bits}`,
            `${formatIpv4(addressAt(network, 2))}/${network.bits}`,
          ]),
        ),
      ];
    });
}

function neighborsOf({ routers }: IdcPlan, link: string): NeighborPlan[] {
  return routers.flatMap((router) => router.neighbors.filter((neighbor) => neighbor.link === link));
}
