/** The cabling and address sheet of a data centre, to be printed and taken to the racks. */
import { CLOUDS } from '../clouds/clouds';
import type { FileText } from '../encode/file-text';
import { type Markdown, markdownFile, md, table } from '../encode/markdown';
import { BLACKBOX_EXPORTER, FRR_EXPORTER } from '../facts/router-ports';
import type { IdcHostPlan, IdcPlan, LinkPlan } from '../plan/model';
import { ports } from './router-network';
import { lines, tunnels } from './sheet-links';

const NONE = '-';

/** @param links those that end at this data centre */
export function sheet(idc: IdcPlan, links: readonly LinkPlan[]): FileText {
  const asn = idc.asn === undefined ? '' : `, AS ${idc.asn}`;
  return markdownFile([
    md`# ${idc.name}: cabling and addresses`,
    md`Written by meissa synth: change the estate, not this file.`,
    md`Hosts ${idc.cidr}, containers ${idc.containers ?? 'use their hosts’ addresses'}${asn}, MTU ${idc.mtu}.`,
    ...announced(idc),
    ...routers(idc),
    ...lines(idc, links),
    ...tunnels(idc, links),
    ...racks(idc),
    ...install(idc, links),
  ]);
}

function announced({ routers }: IdcPlan): Markdown[] {
  const announces = [...new Set(routers.flatMap((router) => router.announces))];
  return announces.length === 0 ? [] : [md`Every cloud is told ${announces.join(', ')}, and nothing else.`];
}

function routers(idc: IdcPlan): Markdown[] {
  return idc.routers.flatMap((router) => [
    md`## Router ${router.name}`,
    md`Ports: ${
      ports(router)
        .map(([port, vlans]) => `${port} (VLAN ${vlans.map(({ vlan }) => vlan!.id).join(', ')})`)
        .join('; ') || NONE
    }`,
    md`Its packet filter (nftables.conf) forwards between these interfaces and from and to no other, from racks with their own sources only. It lets in: neighbours, ping, and from the estate’s addresses by these interfaces SSH and the exporters of Prometheus (TCP ${FRR_EXPORTER}, ${BLACKBOX_EXPORTER}). Whoever works on it by an interface that is not listed is kept out: use the console, or come over one of these.`,
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

function racks({ hosts }: IdcPlan): Markdown[] {
  const byRack = new Map<string, IdcHostPlan[]>();
  for (const host of hosts) byRack.set(host.rack, [...(byRack.get(host.rack) ?? []), host]);
  return [...byRack].flatMap(([rack, own]) => {
    const { router, vlan, gateway, bond } = own[0]!;
    return [
      md`## Rack ${rack}`,
      md`Router ${router}, VLAN ${vlan} (tagged), gateway ${gateway}; bond ${bond.mode} of ${bond.interfaces.join(', ')}.`,
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

/** Where the files beside this sheet go: no value of the estate stands in it. */
function install({ routers, hosts }: IdcPlan, links: readonly LinkPlan[]): Markdown[] {
  const lines = links.filter(({ kind }) => kind === 'leased-line');
  const keyless = lines.length > 0 && lines.every(({ cloud }) => !CLOUDS[cloud].keyedLines);
  const rows = [
    ...(routers.length === 0
      ? []
      : [
          [md`routers/<router>/*.netdev, *.network`, md`/etc/systemd/network/`, md`networkctl reload`],
          [md`routers/<router>/networkd.conf`, md`/etc/systemd/networkd.conf.d/meissa.conf`, md`before FRR starts`],
          [md`routers/<router>/sysctl.conf`, md`/etc/sysctl.d/60-meissa.conf`, md`sysctl --system`],
          [md`routers/<router>/nftables.conf`, md`/etc/nftables.conf`, md`systemctl enable nftables; systemctl restart nftables`],
          [md`routers/<router>/daemons`, md`/etc/frr/daemons`, md`systemctl restart frr`],
          [
            md`routers/<router>/frr.conf`,
            md`/etc/frr/frr.conf`,
            keyless ? md`systemctl reload frr` : md`with frr.secrets.conf behind it; systemctl reload frr`,
          ],
        ]),
    ...(routers.some((router) => router.neighbors.some(({ kind }) => kind === 'vpn'))
      ? [[md`routers/<router>/swanctl.conf`, md`/etc/swanctl/conf.d/meissa.conf`, md`swanctl --load-all`]]
      : []),
    ...(hosts.length === 0
      ? []
      : [
          [md`hosts/<host>/*.netdev, *.network`, md`/etc/systemd/network/`, md`networkctl reload`],
          [md`racks/<rack>/user-data.yaml`, md`/var/lib/flatcar-install/user_data`, md`the same on every host of the rack`],
        ]),
  ];
  return rows.length === 0
    ? []
    : [
        md`## Files`,
        table(
          ['file', 'goes to', 'then'],
          rows.map((row) => row.map((markdown) => ({ markdown }))),
        ),
      ];
}
