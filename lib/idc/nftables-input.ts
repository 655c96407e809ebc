/** Who is let in to a router itself. */
import { type NftLine, nft } from '../encode/nftables';
import { rest } from '../encode/template';
import { formatIpv4 } from '../estate/addresses/cidr';
import { BFD, BGP, BLACKBOX_EXPORTER, FRR_EXPORTER, IKE, NAT_TRAVERSAL, NTP, SSH } from '../facts/router-ports';
import type { IdcPlan, LinkPlan, NeighborPlan, RouterInterfacePlan, RouterPlan } from '../plan/model';

/** By planned interfaces: whoever asks whether it is there, its neighbours, from the estate's pools people and Prometheus, and where it keeps the time hosts. */
export function letIn({ pools, time }: IdcPlan, { neighbors, interfaces }: RouterPlan): NftLine[] {
  const keepsTime = interfaces.some(({ address, vrrp }) =>
    time.some((server) => server === address.split('/')[0] || server === vrrp?.address),
  );
  return [
    nft`meta l4proto icmp accept`,
    ...neighbors.flatMap(fromNeighbor),
    ...interfaces.flatMap(fromPair),
    ...pools.flatMap((pool) =>
      [SSH, FRR_EXPORTER, BLACKBOX_EXPORTER].map((port) => nft`ip saddr ${pool} tcp dport ${port} accept`),
    ),
    ...(keepsTime ? pools.map((pool) => nft`ip saddr ${pool} udp dport ${NTP} accept`) : []),
  ];
}

function fromNeighbor({ address, interface: by, bfd, why }: NeighborPlan): NftLine[] {
  return [
    nft`# ${rest(why)}`,
    nft`iifname "${by}" ip saddr ${address} tcp dport ${BGP} accept`,
    ...(bfd === undefined
      ? []
      : [
          nft`iifname "${by}" ip saddr ${address} udp dport ${BFD.oneHop[0]}-${BFD.oneHop[1]} accept`,
          nft`iifname "${by}" ip saddr ${address} udp dport ${BFD.moreHops} accept`,
        ]),
  ];
}

/** The other router of a pair says that it has the rack's gateway. Source: RFC 5798, 5.1.1.4 (protocol 112). */
function fromPair({ name, vrrp }: RouterInterfacePlan): NftLine[] {
  return (vrrp?.peers ?? []).map((peer) => nft`iifname "${name}" ip saddr ${peer} meta l4proto ${VRRP} accept`);
}

const VRRP = 112;

/** By whatever interface has the public address; nobody while the addresses of the clouds' ends are unknown. */
export function letInFromClouds({ name }: RouterPlan, links: readonly LinkPlan[]): NftLine[] {
  return links.flatMap((link) => {
    if (link.kind !== 'vpn' || link.vpn.router !== name) return [];
    const ends = link.vpn.outside.map(formatIpv4);
    const words =
      ends.length === 0 ? 'nobody, until links.*.outside names the addresses of its tunnels' : 'IKE and ESP of its tunnels';
    return [
      nft`# VPN ${rest(`${link.id}: ${words}`)}`,
      ...ends.flatMap((end) => [
        nft`ip saddr ${end} ip daddr ${link.routerPublic} udp dport ${IKE} accept`,
        nft`ip saddr ${end} ip daddr ${link.routerPublic} udp dport ${NAT_TRAVERSAL} accept`,
        nft`ip saddr ${end} ip daddr ${link.routerPublic} meta l4proto esp accept`,
      ]),
    ];
  });
}
