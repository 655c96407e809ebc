/**
 * What a VPC lets through at its ports, as rules of nft: source/destination check and security groups at every host's port (stateful,
 * by conntrack), and the addresses that a peering carries. Independent of lib/reach: only what AWS's pages say.
 */
import type { NetworkInterface, Peering, Range, SecurityRule, Vpc } from '../../lib/reach/world';
import type { NatPort } from './internet';
import { set, text } from './text';

export interface FilteredPorts {
  /** Device of each interface, by id. */
  readonly hosts: ReadonlyMap<string, string>;
  /** Device of each peering and the ranges of the VPC at its other end. */
  readonly nats: readonly NatPort[];
  readonly peerings: readonly { readonly peering: Peering; readonly device: string; readonly farCidrs: readonly Range[] }[];
}

export function vpcFilter(vpc: Vpc, ports: FilteredPorts): string {
  const groups = new Map(vpc.groups.map((group, n) => [group.id, { group, chain: `g${n}` }]));
  const present = vpc.interfaces.filter((i) => ports.hosts.has(i.id));
  const chains: string[] = [];
  for (const { group, chain } of groups.values()) {
    chains.push(
      chainOf(
        `egress_${chain}`,
        group.egress.flatMap((rule) => accept(rule, 'daddr', vpc)),
      ),
    );
    chains.push(
      chainOf(
        `ingress_${chain}`,
        group.ingress.flatMap((rule) => accept(rule, 'saddr', vpc)),
      ),
    );
  }
  for (const each of present) {
    const device = ports.hosts.get(each.id)!;
    const own = set(ownAddresses(each));
    const jumps = (direction: string): string[] =>
      each.groups.filter((id) => groups.has(id)).map((id) => `jump ${direction}_${groups.get(id)!.chain}`);
    chains.push(
      chainOf(`from_${device}`, [
        ...(each.sourceDestCheck ? [`ip saddr != ${own} drop`] : []),
        'ct state established,related accept',
        ...jumps('egress'),
        'drop',
      ]),
      chainOf(`to_${device}`, [
        ...(each.sourceDestCheck ? [`ip daddr != ${own} drop`] : []),
        'ct state established,related accept',
        ...jumps('ingress'),
        'drop',
      ]),
    );
  }
  const verdicts = (direction: string): string[] =>
    present.length === 0
      ? []
      : [
          `${direction === 'from' ? 'iifname' : 'oifname'} vmap { ${present
            .map((i) => ports.hosts.get(i.id)!)
            .map((device) => `"${device}" : jump ${direction}_${device}`)
            .join(', ')} }`,
        ];
  const near = set(vpc.cidrs.map(text));
  const carried = ports.peerings.flatMap(({ device, farCidrs }) => {
    const far = set(farCidrs.map(text));
    return {
      in: [`iifname "${device}" ip saddr != ${far} drop`, `iifname "${device}" ip daddr != ${near} drop`],
      out: [`oifname "${device}" ip saddr != ${near} drop`, `oifname "${device}" ip daddr != ${far} drop`],
    };
  });
  // A NAT gateway takes addresses of its VPC only (NAT gateway basics); what has a private address nobody on the internet has.
  const nats = ports.nats.map(({ device }) => device);
  const out = nats.flatMap((device) => [`oifname "${device}" ip saddr != ${near} drop`]);
  return `table inet vpc {
${chains.join('\n')}
${chainOf('from', ['type filter hook prerouting priority -150; policy accept;', ...carried.flatMap((c) => c.in), ...verdicts('from')])}
${chainOf('to', ['type filter hook forward priority 0; policy accept;', ...carried.flatMap((c) => c.out), ...out, ...verdicts('to')])}
${chainOf('nat', ['type nat hook postrouting priority 100; policy accept;', ...nats.map((device) => `oifname "${device}" masquerade`)])}
}
`;
}

/** What the source/destination check takes as the interface's own, and what a rule by group means: addresses and delegated prefixes. */
function ownAddresses(each: NetworkInterface): string[] {
  return [`${text({ base: each.address, bits: 32 })}`, ...each.prefixes.map(text)];
}

function accept(rule: SecurityRule, side: 'saddr' | 'daddr', vpc: Vpc): string[] {
  const ports = rule.fromPort === rule.toPort ? `${rule.fromPort}` : `${rule.fromPort}-${rule.toPort}`;
  const what = rule.protocol === '-1' ? '' : rule.protocol === 'icmp' ? 'ip protocol icmp ' : `${rule.protocol} dport ${ports} `;
  if (rule.peer.kind === 'range')
    return [`${rule.peer.range.bits === 0 ? '' : `ip ${side} ${text(rule.peer.range)} `}${what}accept`];
  const { id } = rule.peer;
  const members = vpc.interfaces.filter((i) => i.groups.includes(id)).flatMap(ownAddresses);
  return members.length === 0 ? [] : [`ip ${side} ${set(members)} ${what}accept`];
}

function chainOf(name: string, rules: readonly string[]): string {
  return `  chain ${name} {\n${rules.map((rule) => `    ${rule}\n`).join('')}  }`;
}
