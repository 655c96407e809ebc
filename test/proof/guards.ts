/** Packet filters that a profile of the estate's own brings: tables that drop ports, in ways that people write them. */

/** The profile; fleets and racks that have it load its table. */
export const GUARD = 'guard';

const PORT = 7777;
/** A port that groups let in somewhere. */
const SERVICE = 2379;

/** Tables by what they do. */
const TABLES: Readonly<Record<string, string>> = {
  'drops a port of the host': `table inet guard {
 chain in {
  type filter hook input priority -10; policy accept;
  tcp dport ${SERVICE} drop
 }
}`,
  'drops a port of containers': `table inet guard {
 chain through {
  type filter hook forward priority filter - 5
  udp dport { ${PORT}, 9000-9100 } counter drop
 }
}`,
  'lets only planned ports in': `table ip guard
delete table ip guard
table ip guard {
 chain in {
  type filter hook input priority 0; policy drop;
  ct state { established, related } accept
  iifname "lo" accept
  meta l4proto icmp accept
  tcp dport { ssh, ${SERVICE} } accept
 }
}`,
  'keeps a region out': `table inet guard {
 chain early {
  type filter hook prerouting priority raw; policy accept;
  ip saddr 10.2.0.0/16 jump refused
 }
 chain refused {
  tcp dport 1-1023 return
  ip saddr != 10.2.255.0/24 drop
 }
}`,
  'drops what goes out': `table inet guard {
 chain out {
  type filter hook output priority 0
  udp dport != 53 ip daddr 10.0.0.0/8 reject
 }
}`,
  'drops replies': `table inet guard {
 chain out {
  type filter hook output priority 0
  tcp sport ${SERVICE} drop
 }
 chain through {
  type filter hook forward priority -1
  iifname "docker0" udp sport ${PORT} drop
 }
}`,
  'hides containers from everybody': `table inet guard {
 chain hide {
  type nat hook postrouting priority srcnat - 1
  ip saddr 172.16.0.0/12 oifname "eth0" masquerade
 }
}`,
  'takes new connections from clients’ ports only': `table inet guard {
 chain in {
  type filter hook input priority filter + 10
  ct state new tcp sport != 1024-65535 drop
  ct state != new accept
  udp sport 1024-65535 udp dport ${PORT} accept
  udp dport 1-65535 drop
 }
}`,
};

export interface Guard {
  readonly what: string;
  /** Files of the profile, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Whether the n-th place has it. */
  readonly at: (n: number) => boolean;
}

/** Every third estate has none. */
export function chooseGuard(choose: number): Guard | undefined {
  const names = Object.keys(TABLES);
  const which = choose % Math.ceil(names.length * 1.5);
  const what = names[which];
  if (what === undefined) return undefined;
  const places = Math.floor(choose / 64);
  return { what, at: (n) => (places >> n) % 2 === 0, files: guardFiles(TABLES[what]!) };
}

const indented = (text: string): string => text.replace(/^/gm, '      ');

function guardFiles(table: string): Guard['files'] {
  return {
    [`cloud-config/${GUARD}/profile.yaml`]: `profile: ${GUARD}\ndescription: A packet filter of the estate's own.\nrequires: [base]\n`,
    [`cloud-config/${GUARD}/cloud-config.yaml`]: `files:
  - path: /etc/guard.nft
    content: |
${indented(table)}
units:
  - name: guard.service
    command: start
    content: |
      [Unit]
      Description=Packet filter of the estate's own
      Requires=meissa-host.service
      After=meissa-host.service
      [Service]
      Type=oneshot
      RemainAfterExit=yes
      ExecStart=/usr/sbin/nft -f /etc/guard.nft
`,
  };
}
