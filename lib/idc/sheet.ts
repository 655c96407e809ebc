/** The cabling and address sheet of a data centre, to be printed and taken to the racks. */
import type { IdcHostPlan, IdcPlan, LinkPlan } from '../plan/model';
import { ports } from './router-network';
import { lines, tunnels } from './sheet-links';
import { table } from './sheet-table';

const NONE = '-';

/** @param links those that end at this data centre */
export function sheet(idc: IdcPlan, links: readonly LinkPlan[]): string {
  const asn = idc.asn === undefined ? '' : `, AS ${idc.asn}`;
  return `${[
    `# ${idc.name}: cabling and addresses`,
    'Written by meissa synth: change the estate, not this file.',
    `Hosts ${idc.cidr}, containers ${idc.containers ?? 'use their hosts’ addresses'}${asn}, MTU ${idc.mtu}.`,
    ...announced(idc),
    ...routers(idc),
    ...lines(idc, links),
    ...tunnels(idc, links),
    ...racks(idc),
    ...install(idc, links),
  ].join('\n\n')}\n`;
}

function announced({ routers }: IdcPlan): string[] {
  const announces = [...new Set(routers.flatMap((router) => router.announces))];
  return announces.length === 0 ? [] : [`Every cloud is told ${announces.join(', ')}, and nothing else.`];
}

function routers(idc: IdcPlan): string[] {
  return idc.routers.flatMap((router) => [
    `## Router ${router.name}`,
    `Ports: ${
      ports(router)
        .map(([port, vlans]) => `${port} (VLAN ${vlans.map(({ vlan }) => vlan!.id).join(', ')})`)
        .join('; ') || NONE
    }`,
    table(
      ['interface', 'port', 'VLAN', 'address', 'MTU', 'what for'],
      router.interfaces.map(({ name, vlan, address, mtu, why }) => [
        name,
        vlan?.parent ?? NONE,
        vlan === undefined ? NONE : `${vlan.id}`,
        address,
        `${mtu}`,
        why,
      ]),
    ),
  ]);
}

function racks({ hosts }: IdcPlan): string[] {
  const byRack = new Map<string, IdcHostPlan[]>();
  for (const host of hosts) byRack.set(host.rack, [...(byRack.get(host.rack) ?? []), host]);
  return [...byRack].flatMap(([rack, own]) => {
    const { router, vlan, gateway, bond } = own[0]!;
    return [
      `## Rack ${rack}`,
      `Router ${router}, VLAN ${vlan} (tagged), gateway ${gateway}; bond ${bond.mode} of ${bond.interfaces.join(', ')}.`,
      table(
        ['unit', 'host', ...bond.interfaces.map((port) => `${port} to`), 'address', 'containers'],
        own.map((host) => [
          host.unit ?? NONE,
          host.name,
          ...host.bond.interfaces.map((_, i) => host.bond.switches[i] ?? NONE),
          host.address,
          host.containerRange ?? NONE,
        ]),
      ),
    ];
  });
}

/** Where the files beside this sheet go. */
function install({ routers, hosts }: IdcPlan, links: readonly LinkPlan[]): string[] {
  const lines = links.filter(({ kind }) => kind === 'leased-line');
  const keyless = lines.length > 0 && lines.every(({ cloud }) => cloud === 'aliyun');
  const rows = [
    ...(routers.length === 0
      ? []
      : [
          ['routers/<router>/*.netdev, *.network', '/etc/systemd/network/', 'networkctl reload'],
          ['routers/<router>/networkd.conf', '/etc/systemd/networkd.conf.d/meissa.conf', 'before FRR starts'],
          ['routers/<router>/sysctl.conf', '/etc/sysctl.d/60-meissa.conf', 'sysctl --system'],
          ['routers/<router>/daemons', '/etc/frr/daemons', 'systemctl restart frr'],
          [
            'routers/<router>/frr.conf',
            '/etc/frr/frr.conf',
            `${keyless ? '' : 'with frr.secrets.conf behind it; '}systemctl reload frr`,
          ],
        ]),
    ...(routers.some((router) => router.neighbors.some(({ kind }) => kind === 'vpn'))
      ? [['routers/<router>/swanctl.conf', '/etc/swanctl/conf.d/meissa.conf', 'swanctl --load-all']]
      : []),
    ...(hosts.length === 0
      ? []
      : [
          ['hosts/<host>/*.netdev, *.network', '/etc/systemd/network/', 'networkctl reload'],
          ['racks/<rack>/user-data.yaml', '/var/lib/flatcar-install/user_data', 'the same on every host of the rack'],
        ]),
  ];
  return rows.length === 0 ? [] : ['## Files', table(['file', 'goes to', 'then'], rows)];
}
