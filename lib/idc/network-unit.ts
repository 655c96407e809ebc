/** Parts that files of systemd-networkd share. Sources: systemd.netdev(5), systemd.network(5) of systemd 252 (Debian 12). */

import type { FileText } from '../encode/file-text';
import { networkUnit, type UnitSection } from '../encode/networkd';

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
export function vlanNetdev(says: string, name: string, id: number, mtu: number): FileText {
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
export function trunkNetwork(says: string, name: string, mtu: number, vlans: readonly string[]): FileText {
  return networkUnit(says, [
    ['Match', [['Name', name]]],
    ['Link', [['MTUBytes', mtu]]],
    ['Network', [...vlans.map((vlan) => ['VLAN', vlan] as const), ...ONLY_PLANNED, ...LLDP]],
  ]);
}
