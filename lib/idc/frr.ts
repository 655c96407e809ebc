/**
 * A router's `frr.conf`. Source: FRR user guide (release 8.4, Debian 12's), "Basic Commands", "Static", "BGP", "BFD", "Filtering".
 *
 * `frr defaults traditional`, not `datacenter`: the latter switches RFC 8212 off, and a neighbour without policy would then be told
 * everything. What the sessions need of datacenter's haste (timers) is written a neighbour.
 */
import type { IdcPlan, LinkPlan, NeighborPlan, RouterPlan } from '../plan/model';
import { bfd } from './frr-bfd';
import { bgp } from './frr-bgp';
import { policies } from './frr-policies';

/**
 * The same bytes for the same plan; never a secret.
 *
 * @param links those that end at the data centre: of which cloud a line is
 */
export function frrConfig(idc: IdcPlan, router: RouterPlan, links: readonly LinkPlan[] = []): string {
  return `${[
    head(idc, router, keyed(router, links)),
    statics(router),
    interfaces(router),
    bfd(router),
    idc.asn === undefined ? '' : policies(idc.asn, router),
    bgp(idc, router),
  ]
    .filter((part) => part !== '')
    .join('\n!\n')}\n`;
}

/** A line's session that has a key: AWS makes one by itself, at Aliyun there is none. */
function keyed({ neighbors }: RouterPlan, links: readonly LinkPlan[]): NeighborPlan | undefined {
  const cloud = (id: string | undefined) => links.find((link) => link.id === id)?.cloud;
  return neighbors.find((n) => n.kind === 'line' && cloud(n.link) !== 'aliyun');
}

function head({ name, asn }: IdcPlan, router: RouterPlan, line: NeighborPlan | undefined): string {
  const eachSession = line
    ? [
        '! The keys of BGP sessions are secrets and stand in no file of this folder. Keep them on the router in frr.secrets.conf',
        '! (owner frr, mode 0640), with lines like',
        `!   router bgp ${asn}`,
        `!    neighbor ${line.address} password <key of the line>`,
        '! and install both as one: cat frr.conf frr.secrets.conf > /etc/frr/frr.conf && systemctl reload frr. Loaded apart from each',
        '! other, a reload would take the keys away and the sessions down.',
        '!',
      ]
    : [];
  return [
    `! Router ${router.name} of ${name}. Written by meissa synth: change the estate, not this file.`,
    '!',
    ...eachSession,
    'frr version 8.4',
    'frr defaults traditional',
    `hostname ${router.name}`,
    'log syslog informational',
    'service integrated-vtysh-config',
    'ip forwarding',
    'no ipv6 forwarding',
  ].join('\n');
}

function statics({ statics }: RouterPlan): string {
  return statics.flatMap(({ destination, via, why }) => [`! ${why}`, `ip route ${destination} ${via}`]).join('\n');
}

function interfaces({ interfaces }: RouterPlan): string {
  return interfaces.map(({ name, why }) => `interface ${name}\n description ${why}\nexit`).join('\n!\n');
}
