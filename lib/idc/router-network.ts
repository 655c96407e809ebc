/** Network of a router: loopback, VLANs on trunk and line ports, tunnels. The ports themselves (a bond's members) are the machine's own. */
import { type FilePath, type FileText, filePath } from '../encode/file-text';
import { networkUnit } from '../encode/networkd';
import { settings } from '../encode/settings';
import { rest } from '../encode/template';
import type { IdcPlan, RouterInterfacePlan, RouterPlan } from '../plan/model';
import { ONLY_PLANNED, trunkNetwork, vlanNetdev } from './network-unit';

/** Files for `/etc/systemd/network/` of the router. */
export function routerNetwork(router: RouterPlan): ReadonlyMap<FilePath, FileText> {
  const files = new Map<FilePath, FileText>();
  const file = (of: string): FilePath => filePath('routers', router.name, of);
  for (const [port, vlans] of ports(router)) {
    const mtu = Math.max(...vlans.map((vlan) => vlan.mtu));
    const names = vlans.map((vlan) => vlan.name);
    files.set(file(`10-${port}.network`), trunkNetwork(`Port ${port} of router ${router.name}`, port, mtu, names));
  }
  for (const face of router.interfaces) {
    const { name, vlan, mtu, why } = face;
    if (vlan !== undefined) files.set(file(`20-${name}.netdev`), vlanNetdev(why, name, vlan.id, mtu));
    if (face.kind === 'tunnel') files.set(file(`20-${name}.netdev`), tunnelNetdev(face, tunnelId(face)));
    files.set(file(`30-${name}.network`), addressNetwork(face));
  }
  return files;
}

/** Ports that VLANs stand on, in order of name. */
export function ports({ interfaces }: RouterPlan): [string, RouterInterfacePlan[]][] {
  const byPort = new Map<string, RouterInterfacePlan[]>();
  for (const face of interfaces) {
    if (face.vlan === undefined) continue;
    const known = byPort.get(face.vlan.parent);
    if (known === undefined) byPort.set(face.vlan.parent, [face]);
    else known.push(face);
  }
  return [...byPort].sort(([x], [y]) => (x < y ? -1 : 1));
}

/** Number that joins a tunnel's interface with its IPsec policies (`if_id` in swanctl.conf): the k of `vpn-<k>`. */
export function tunnelId({ name }: Pick<RouterInterfacePlan, 'name'>): number {
  return Number(name.slice(name.lastIndexOf('-') + 1));
}

/** An XFRM interface: what is routed into it is encrypted, whatever the addresses; no policy has to know the prefixes. */
function tunnelNetdev({ name, why, mtu }: RouterInterfacePlan, id: number): FileText {
  return networkUnit(why, [
    [
      'NetDev',
      [
        ['Name', name],
        ['Kind', 'xfrm'],
        ['MTUBytes', mtu],
      ],
    ],
    [
      'Xfrm',
      [
        ['InterfaceId', id],
        ['Independent', 'yes'],
      ],
    ],
  ]);
}

function addressNetwork({ name, kind, address, why }: RouterInterfacePlan): FileText {
  return networkUnit(why, [
    ['Match', [['Name', name]]],
    [
      'Network',
      // Nothing carries a loopback's or an XFRM interface's signal.
      [['Address', address], ...ONLY_PLANNED, ...(kind === 'tunnel' ? ([['ConfigureWithoutCarrier', 'yes']] as const) : [])],
    ],
  ]);
}

/** `/etc/systemd/networkd.conf.d/`: networkd would otherwise take FRR's routes away whenever it starts (networkd.conf(5)). */
export function networkdConfig(): FileText {
  return networkUnit('Routes that FRR writes stay', [
    [
      'Network',
      [
        ['ManageForeignRoutes', 'no'],
        ['ManageForeignRoutingPolicyRules', 'no'],
      ],
    ],
  ]);
}

/**
 * `/etc/sysctl.d/`: packets come in by the line and go out by the VPN and the other way round, so the reverse path is checked
 * loosely; hosts of one rack reach each other's containers by the router and need no redirects.
 */
export function routerSysctl({ name }: IdcPlan, router: RouterPlan): FileText {
  return settings`# Router ${rest(router.name)} of ${rest(name)}. Written by meissa synth: change the estate, not this file.
net.ipv4.ip_forward = 1
net.ipv4.conf.all.rp_filter = 2
net.ipv4.conf.default.rp_filter = 2
net.ipv4.conf.all.send_redirects = 0
net.ipv4.conf.default.send_redirects = 0
`;
}
