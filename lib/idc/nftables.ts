/**
 * A router's `nftables.conf`: the packet filter of the data centre's edge, in one table, with no names of interfaces but planned ones:
 * whatever else the machine has (its uplink) gets nothing in but the clouds' ends of its VPNs, and nothing through.
 *
 * Between planned interfaces nothing is remembered, because a reply may take another way. Chains drop by their last rule and not by
 * policy: the kernel goes by a policy before the rules hold. Source: nft(8).
 */
import type { FileText } from '../encode/file-text';
import { type NftLine, nft, nftChain, nftFile } from '../encode/nftables';
import { rest } from '../encode/template';
import { byRange, cidr } from '../estate/addresses/cidr';
import { TCP_HEADERS } from '../facts/packet-sizes';
import type { IdcPlan, LinkPlan, RouterInterfacePlan, RouterPlan } from '../plan/model';
import { letIn, letInFromClouds } from './nftables-input';

/** @param links those that end at the data centre */
export function routerFilter(idc: IdcPlan, router: RouterPlan, links: readonly LinkPlan[]): FileText {
  const faces = router.interfaces.filter(({ kind }) => kind !== 'loopback');
  const dropped = nft`counter drop`;
  return nftFile(
    [
      nft`# Packet filter of router ${rest(router.name)}. Written by meissa synth: change the estate, not this file.`,
      nft`# Packets pass between the interfaces named here; any other one (the uplink) gets none through, and in only from VPNs of clouds.`,
    ],
    nft`inet meissa`,
    [
      nftChain(nft`untracked`, nft`type filter hook prerouting priority raw`, untracked(idc)),
      nftChain(
        nft`spoofed`,
        nft`type filter hook prerouting priority raw`,
        faces.flatMap((face) => spoofed(idc, face)),
      ),
      nftChain(nft`segments`, nft`type filter hook forward priority mangle`, segments(idc)),
      nftChain(nft`forward`, nft`type filter hook forward priority filter`, [
        ...faces.map(({ name }) => nft`iifname "${name}" goto onward`),
        dropped,
      ]),
      nftChain(nft`onward`, undefined, [...faces.map(({ name }) => nft`oifname "${name}" accept`), dropped]),
      nftChain(nft`input`, nft`type filter hook input priority filter`, [
        nft`ct state established,related accept`,
        nft`iifname "lo" accept`,
        ...faces.map(({ name }) => nft`iifname "${name}" goto inside`),
        ...letInFromClouds(router, links),
        dropped,
      ]),
      nftChain(nft`inside`, undefined, [...letIn(idc, router), dropped]),
      nftChain(nft`output`, nft`type filter hook output priority filter`, [
        nft`oifname "lo" accept`,
        ...faces.map(({ name }) => nft`oifname "${name}" accept`),
        ...idc.pools.flatMap((pool) => [nft`ip daddr ${pool} counter drop`, nft`ip saddr ${pool} counter drop`]),
      ]),
    ],
  );
}

/** Connections of others are none of the router's: a full table of them would make it drop packets. */
function untracked({ pools }: IdcPlan): NftLine[] {
  return pools.map((pool) => nft`fib daddr type != local ip daddr ${pool} notrack`);
}

/** A rack sends from its own addresses, and nobody beyond a line or tunnel has those of this data centre. */
function spoofed(idc: IdcPlan, { name, kind, sources = [] }: RouterInterfacePlan): NftLine[] {
  if (kind === 'rack')
    return [...sources.map((range) => nft`iifname "${name}" ip saddr ${range} accept`), nft`iifname "${name}" counter drop`];
  if (kind !== 'line' && kind !== 'tunnel') return [];
  const own = idc.containers === undefined ? [idc.cidr] : [idc.cidr, idc.containers];
  return own.map((range) => nft`iifname "${name}" ip saddr ${range} counter drop`);
}

/**
 * Segments of TCP from and to places beyond lines and tunnels are small enough for every way there, also for the one that takes over: not
 * all clouds and networks tell senders of packets that are too large. The kernel only ever lowers the size (net/netfilter/nft_exthdr.c).
 */
function segments({ routers }: IdcPlan): NftLine[] {
  const least = new Map<string, number>();
  for (const { neighbors, interfaces } of routers) {
    for (const { kind, accepts, interface: by } of neighbors) {
      const mtu = interfaces.find(({ name }) => name === by)?.mtu;
      if (kind === 'router' || mtu === undefined) continue;
      for (const range of accepts) least.set(range, Math.min(mtu, least.get(range) ?? mtu));
    }
  }
  const sorted = [...least].map(([range, mtu]) => ({ ...cidr(range), range, mtu }));
  sorted.sort(byRange);
  return sorted.flatMap(({ range, mtu }) => [
    nft`ip daddr ${range} tcp flags syn tcp option maxseg size set ${mtu - TCP_HEADERS}`,
    nft`ip saddr ${range} tcp flags syn tcp option maxseg size set ${mtu - TCP_HEADERS}`,
  ]);
}
