/** Network of a rack's host: its uplinks in one bond, the rack's VLAN on it, the planned address. */
import { type FilePath, type FileText, filePath } from '../encode/file-text';
import { networkUnit, type UnitSection } from '../encode/networkd';
import { BOND, vlanName } from '../estate/model/interface-names';
import type { IdcHostPlan } from '../plan/model';
import { ONLY_PLANNED, trunkNetwork, vlanNetdev } from './network-unit';

/** Files for `/etc/systemd/network/` of the host. */
export function hostNetwork(host: IdcHostPlan): [FilePath, FileText][] {
  const { name, vlan, mtu, address, gateway, bond, rack, narrow } = host;
  const file = (of: string): FilePath => filePath('hosts', name, of);
  const interfaceName = vlanName(vlan);
  const ports = bond.interfaces.map((port, i): [FilePath, FileText] => [
    file(`20-${port}.network`),
    networkUnit(`Uplink ${i + 1} of ${name}, at ${bond.switches[i] ?? 'a switch'}`, [
      ['Match', [['Name', port]]],
      ['Link', [['MTUBytes', mtu]]],
      [
        'Network',
        [
          ['Bond', BOND],
          ['LLDP', 'yes'],
          ['EmitLLDP', 'nearest-bridge'],
        ],
      ],
    ]),
  ]);
  return [
    [file(`10-${BOND}.netdev`), bondNetdev(host)],
    ...ports,
    [file(`30-${BOND}.network`), trunkNetwork(`Trunk of ${name}`, BOND, mtu, [interfaceName])],
    [file(`40-${interfaceName}.netdev`), vlanNetdev(`Rack ${rack}`, interfaceName, vlan, mtu)],
    [
      file(`50-${interfaceName}.network`),
      networkUnit(`Address of ${name}`, [
        ['Match', [['Name', interfaceName]]],
        ['Network', [['Address', address], ['Gateway', gateway], ...ONLY_PLANNED]],
        // Behind a tunnel: nobody tells who sends larger packets there.
        ...narrow.map(({ range, mtu }): UnitSection => {
          const route = [
            ['Destination', range],
            ['Gateway', gateway],
            ['MTUBytes', mtu],
          ] as const;
          return ['Route', route];
        }),
      ]),
    ],
  ];
}

/** Source: Linux Ethernet Bonding Driver HOWTO. A port without carrier is out after 100 ms. */
function bondNetdev({ name, mtu, bond }: IdcHostPlan): FileText {
  const lacp = bond.mode === '802.3ad';
  return networkUnit(`Uplinks of ${name} as one`, [
    [
      'NetDev',
      [
        ['Name', BOND],
        ['Kind', 'bond'],
        ['MTUBytes', mtu],
      ],
    ],
    [
      'Bond',
      [
        ['Mode', bond.mode],
        ['MIIMonitorSec', '100ms'],
        // Containers of one host talk to many: the ports decide which uplink a connection takes, and it stays there.
        ...(lacp
          ? ([
              ['LACPTransmitRate', 'fast'],
              ['TransmitHashPolicy', 'layer3+4'],
            ] as const)
          : ([['GratuitousARP', 3]] as const)),
      ],
    ],
  ]);
}
