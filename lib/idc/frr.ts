/**
 * A router's `frr.conf`. Source: FRR user guide (release 8.4, Debian 12's), "Basic Commands", "Static", "BGP", "BFD", "Filtering".
 *
 * `frr defaults traditional`, not `datacenter`: the latter switches RFC 8212 off, and a neighbour without policy would then be told
 * everything. What the sessions need of datacenter's haste (timers) is written a neighbour.
 */
import { CLOUDS } from '../clouds/clouds';
import type { FileText } from '../encode/file-text';
import { type FrrLine, frr, frrBlocks, frrFile } from '../encode/frr';
import { rest } from '../encode/template';
import type { IdcPlan, LinkPlan, NeighborPlan, RouterPlan } from '../plan/model';
import { bfd } from './frr-bfd';
import { bgp } from './frr-bgp';
import { policies } from './frr-policies';

/**
 * The same bytes for the same plan; never a secret.
 *
 * @param links those that end at the data centre: of which cloud a line is
 */
export function frrConfig(idc: IdcPlan, router: RouterPlan, links: readonly LinkPlan[] = []): FileText {
  const blocks = [
    head(idc, router, keyed(router, links)),
    statics(router),
    interfaces(router),
    bfd(router),
    idc.asn === undefined ? [] : policies(idc.asn, router),
    bgp(idc, router),
  ];
  return frrFile(frrBlocks(blocks));
}

/** A line's session that has a key: the cloud makes it by itself. */
function keyed({ neighbors }: RouterPlan, links: readonly LinkPlan[]): NeighborPlan | undefined {
  const keyless = new Set(links.flatMap(({ id, cloud }) => (CLOUDS[cloud].keyedLines ? [] : [id])));
  return neighbors.find((n) => n.kind === 'line' && !keyless.has(n.link ?? ''));
}

function head({ name, asn }: IdcPlan, router: RouterPlan, line: NeighborPlan | undefined): FrrLine[] {
  const eachSession =
    line !== undefined && asn !== undefined
      ? [
          frr`! The keys of BGP sessions are secrets and stand in no file of this folder. Keep them on the router in frr.secrets.conf`,
          frr`! (owner frr, mode 0640), with lines like`,
          frr`!   router bgp ${asn}`,
          frr`!    neighbor ${line.address} password <key of the line>`,
          frr`! and install both as one: cat frr.conf frr.secrets.conf > /etc/frr/frr.conf && systemctl reload frr. Loaded apart from each`,
          frr`! other, a reload would take the keys away and the sessions down.`,
          frr`!`,
        ]
      : [];
  return [
    frr`! Router ${rest(router.name)} of ${rest(name)}. Written by meissa synth: change the estate, not this file.`,
    frr`!`,
    ...eachSession,
    frr`frr version 8.4`,
    frr`frr defaults traditional`,
    frr`hostname ${router.name}`,
    frr`log syslog informational`,
    frr`service integrated-vtysh-config`,
    frr`ip forwarding`,
    frr`no ipv6 forwarding`,
  ];
}

function statics({ statics }: RouterPlan): FrrLine[] {
  return statics.flatMap(({ destination, via, distance, why }) => [
    frr`! ${rest(why)}`,
    distance === undefined ? frr`ip route ${destination} ${via}` : frr`ip route ${destination} ${via} ${distance}`,
  ]);
}

function interfaces({ interfaces }: RouterPlan): FrrLine[] {
  return frrBlocks(interfaces.map(({ name, why }) => [frr`interface ${name}`, frr` description ${rest(why)}`, frr`exit`]));
}
