/** systemd-networkd's files as text. Sources: systemd.netdev(5), systemd.network(5) of systemd 252 (Debian 12). */

/** Sections in order; a key may stand several times. */
export type UnitSection = readonly [name: string, entries: readonly (readonly [key: string, value: string | number])[]];

/** @param says what the file is for, one line */
export function networkUnit(says: string, sections: readonly UnitSection[]): string {
  const parts = sections.map(([name, entries]) => [`[${name}]`, ...entries.map(([key, value]) => `${key}=${value}`)].join('\n'));
  return `# ${says}. Written by meissa synth: change the estate, not this file.\n${parts.join('\n\n')}\n`;
}

/** No address but those that are planned: no DHCP, no router advertisements, no link-local ones. */
export const ONLY_PLANNED: UnitSection[1] = [
  ['DHCP', 'no'],
  ['IPv6AcceptRA', 'no'],
  ['LinkLocalAddressing', 'no'],
];

/** Neighbours on the wire, so that the cabling can be checked: `networkctl lldp`. */
export const LLDP: UnitSection[1] = [
  ['LLDP', 'yes'],
  ['EmitLLDP', 'nearest-bridge'],
];

/** An interface for one VLAN. */
export function vlanNetdev(says: string, name: string, id: number, mtu: number): string {
  return networkUnit(says, [
    [
      'NetDev',
      [
        ['Name', name],
        ['Kind', 'vlan'],
        ['MTUBytes', mtu],
      ],
    ],
    ['VLAN', [['Id', id]]],
  ]);
}

/** A port or bond that only carries VLANs. */
export function trunkNetwork(says: string, name: string, mtu: number, vlans: readonly string[]): string {
  return networkUnit(says, [
    ['Match', [['Name', name]]],
    ['Link', [['MTUBytes', mtu]]],
    ['Network', [...vlans.map((vlan) => ['VLAN', vlan] as const), ...ONLY_PLANNED, ...LLDP]],
  ]);
}
