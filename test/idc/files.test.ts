/** Everything but FRR's configuration: networks of routers and hosts, VPNs, the sheet. */
import { parseIpv4 } from '../../lib/estate/addresses/cidr';
import { renderIdc } from '../../lib/idc/render';
import { swanctlConfig } from '../../lib/idc/swanctl';
import { planIdc } from '../../lib/plan/idc/idc';
import { planLinks } from '../../lib/plan/links/links';
import type { LinkPlan } from '../../lib/plan/model';
import { expectGolden } from '../golden';
import { hybrid } from '../plan/linked-fixture';
import { describeWithRealParts } from '../real-parts';
import { askNetworkd, lacksNetworkd } from './networkd';

const estate = hybrid();
const beijing = planIdc(estate, estate.idcs[0]!);
const links = planLinks(estate);
const files = renderIdc(beijing, links, (rack) => `#cloud-config of ${rack}\n`);
const file = (path: string): string => files.get(path)!;

/** Files directly below a folder, by name. */
function folder(path: string, of = files): Map<string, string> {
  return new Map(
    [...of].filter(([name]) => name.startsWith(`${path}/`)).map(([name, text]) => [name.slice(path.length + 1), text]),
  );
}

/** With the addresses of AWS's ends filled in, as after the first deploy. */
function deployed(outside: readonly string[]): LinkPlan[] {
  return links.map((link) =>
    link.kind === 'vpn' ? { ...link, vpn: { ...link.vpn, outside: outside.map((a) => parseIpv4(a)!) } } : link,
  );
}

const r2 = beijing.routers.find(({ name }) => name === 'r2')!;

describe('a rack’s host', () => {
  test('has its uplinks in one bond, the rack’s VLAN on it, and the planned address and gateway', () => {
    expect([...folder('hosts/beijing-a01-1').keys()]).toEqual([
      '10-bond0.netdev',
      '20-eno1.network',
      '20-eno2.network',
      '30-bond0.network',
      '40-vlan101.netdev',
      '50-vlan101.network',
    ]);
    expect(file('hosts/beijing-a01-1/10-bond0.netdev')).toContain('Mode=802.3ad\nMIIMonitorSec=100ms\nLACPTransmitRate=fast');
    expect(file('hosts/beijing-a01-1/20-eno2.network')).toContain('Bond=bond0');
    expect(file('hosts/beijing-a01-1/30-bond0.network')).toContain('VLAN=vlan101');
    expect(file('hosts/beijing-a01-1/40-vlan101.netdev')).toContain('[VLAN]\nId=101');
    expect(file('hosts/beijing-a01-1/50-vlan101.network')).toContain('Address=10.200.1.2/24\nGateway=10.200.1.1');
  });

  test('keeps the data centre’s MTU from the port to the VLAN, or large packets would be cut', () => {
    for (const [name, text] of folder('hosts/beijing-a02-1')) {
      if (/bond0|eno|\.netdev/.test(name)) expect(text).toContain('MTUBytes=9000');
    }
  });

  test('sends smaller packets to places that a tunnel may lead to, as its fallback here: nobody would tell it', () => {
    const routes = ['10.1.0.0/16', '10.2.0.0/16', '172.16.0.0/16', '172.17.0.0/16'].map(
      (range) => `\n[Route]\nDestination=${range}\nGateway=10.200.1.1\nMTUBytes=1400\n`,
    );
    expect(file('hosts/beijing-a01-1/50-vlan101.network').split('LinkLocalAddressing=no\n')[1]).toBe(routes.join(''));
    const alone = renderIdc({ ...beijing, hosts: beijing.hosts.map((host) => ({ ...host, narrow: [] })) }, links, () => '');
    expect(alone.get('hosts/beijing-a01-1/50-vlan101.network')).not.toContain('[Route]');
  });

  test('asks nobody for an address', () => {
    expect(file('hosts/beijing-a01-1/50-vlan101.network')).toContain('DHCP=no\nIPv6AcceptRA=no\nLinkLocalAddressing=no');
  });

  test('active-backup has no aggregation settings and tells the switches after a change', () => {
    const hosts = beijing.hosts.map((host) => ({ ...host, bond: { ...host.bond, mode: 'active-backup' as const } }));
    const text = renderIdc({ ...beijing, hosts }, links, () => '').get('hosts/beijing-a01-1/10-bond0.netdev')!;
    expect(text).toContain('Mode=active-backup\nMIIMonitorSec=100ms\nGratuitousARP=3');
    expect(text).not.toContain('LACP');
  });

  test('shares one user-data with its rack', () => {
    expect([...files.keys()].filter((path) => path.startsWith('racks/'))).toEqual([
      'racks/a01/user-data.yaml',
      'racks/a02/user-data.yaml',
    ]);
    expect(file('racks/a02/user-data.yaml')).toBe('#cloud-config of a02\n');
  });
});

describe('a router', () => {
  test('has its VLANs on the trunk and the line’s VLAN on the line’s port, whose MTU holds the largest', () => {
    expect(file('routers/r1/10-bond0.network')).toContain('MTUBytes=9000\n\n[Network]\nVLAN=vlan2\nVLAN=vlan101');
    expect(file('routers/r1/10-eno5.network')).toContain('MTUBytes=8500\n\n[Network]\nVLAN=line-1');
    expect(file('routers/r1/20-line-1.netdev')).toContain('Name=line-1\nKind=vlan\nMTUBytes=8500\n\n[VLAN]\nId=301');
    expect(file('routers/r1/30-line-1.network')).toContain('Address=169.254.100.2/30');
    expect(file('routers/r1/30-lo.network')).toContain('Address=10.200.0.1/32');
  });

  test('lets FRR’s routes stand when networkd starts again, and checks the reverse path loosely', () => {
    expect(file('routers/r1/networkd.conf')).toContain('ManageForeignRoutes=no');
    expect(file('routers/r1/sysctl.conf')).toContain('net.ipv4.conf.all.rp_filter = 2');
  });

  test('runs only the daemons that it needs: bfdd at the line, not at the VPN', () => {
    expect(file('routers/r1/daemons')).toMatch(/^bgpd=yes\nbfdd=yes$/m);
    expect(file('routers/r2/daemons')).toMatch(/^bgpd=yes\nbfdd=no$/m);
  });

  test('joins a tunnel’s interface and its IPsec policies by one number', () => {
    const text = swanctlConfig(r2, deployed(['192.0.2.1', '192.0.2.2']))!;
    for (const k of [1, 2]) {
      expect(file(`routers/r2/20-vpn-${k}.netdev`)).toContain(
        `Name=vpn-${k}\nKind=xfrm\nMTUBytes=1400\n\n[Xfrm]\nInterfaceId=${k}`,
      );
      const block = text.slice(text.indexOf(`  vpn-${k} {`));
      expect(block).toMatch(
        new RegExp(`^ {2}vpn-${k} \\{[^}]*remote_addrs = 192\\.0\\.2\\.${k}\\n[^}]*if_id_in = ${k}\\n *if_id_out = ${k}\\n`),
      );
    }
  });

  test('calls AWS’s ends once they are known, and before that answers one caller alone, because two can’t be told apart', () => {
    const known = swanctlConfig(r2, deployed(['192.0.2.1', '192.0.2.2']))!;
    expect(known.match(/start_action = start/g)).toHaveLength(2);
    expect(known).not.toContain('%any');
    const unknown = file('routers/r2/swanctl.conf');
    expect(unknown.match(/remote_addrs = %any/g)).toHaveLength(1);
    expect(unknown).toContain('# vpn-2 (beijing--us-east-1/fallback) stays down until AWS');
    expect(unknown).not.toContain('  vpn-2 {');
  });

  test('dials for ever: whoever gives up after the first three minutes is no fallback', () => {
    expect(swanctlConfig(r2, deployed(['192.0.2.1', '192.0.2.2']))!.match(/keyingtries = 0$/gm)).toHaveLength(2);
  });

  test('names the keys’ file and holds none', () => {
    const text = swanctlConfig(r2, deployed(['192.0.2.1', '192.0.2.2']))!;
    expect(text).toContain('include /etc/swanctl/meissa/vpn/us-east-1.conf');
    expect(text).not.toMatch(/^[^#]*secret *=/m);
    // Every section is closed.
    expect(text.match(/\{/g)).toHaveLength(text.match(/\}/g)!.length);
  });

  test('without a VPN has no swanctl.conf', () => {
    expect(files.has('routers/r1/swanctl.conf')).toBe(false);
  });
});

describe('the sheet', () => {
  test('of the hybrid estate reads as reviewed', () => {
    expectGolden('hybrid-beijing-sheet.md', file('sheet.md'));
  });

  test('names every host with its unit, ports and switches, and both ends of the line', () => {
    expect(file('sheet.md')).toMatch(
      /\| 12-13 \| beijing-a01-1 \| a01-sw1 \| a01-sw2 \| 10\.200\.1\.2\/24 \| 172\.20\.0\.0\/24 \|/,
    );
    expect(file('sheet.md')).toMatch(/\| connection +\| router r1, port eno5 +\| dxcon-fg5678gh +\|/);
  });

  test('says what takes over when the line fails, and how soon', () => {
    expect(file('sheet.md')).toContain('beijing--us-east-1/fallback takes over: seen within 0.9 s (BFD, 300 ms x 3)');
    const alone = links
      .filter((l) => l.kind !== 'vpn')
      .map((l) => (l.kind === 'leased-line' ? { ...l, fallback: undefined } : l));
    expect(renderIdc(beijing, alone as LinkPlan[], () => '').get('sheet.md')).toContain('Nothing takes over when it fails');
  });

  test('passes over links that end elsewhere', () => {
    const foreign = links.map((l) => ({ ...l, a: { ...l.a, place: 'tokyo' }, b: { ...l.b, place: 'osaka' } }) as LinkPlan);
    expect(renderIdc(beijing, foreign, () => '').get('sheet.md')).not.toContain('dxcon');
  });
});

describeWithRealParts([], lacksNetworkd(), 'systemd-networkd itself', () => {
  test('understands every key of every file, and takes them for the devices that they are meant to be', () => {
    const only = (of: Map<string, string>): Map<string, string> =>
      new Map([...of].filter(([name]) => /\.(?:netdev|network)$/.test(name)));
    const router1 = askNetworkd(only(folder('routers/r1')));
    expect(router1).toMatchObject({ complaints: [], devices: { vlan2: 'vlan', vlan101: 'vlan', 'line-1': 'vlan' } });
    expect(askNetworkd(only(folder('routers/r2')))).toMatchObject({
      complaints: [],
      devices: { 'vpn-1': 'xfrm', 'vpn-2': 'xfrm' },
    });
    expect(askNetworkd(only(folder('hosts/beijing-a01-1')))).toMatchObject({
      complaints: [],
      devices: { bond0: 'bond', vlan101: 'vlan' },
    });
  });

  test('would say so if it did not', () => {
    const wrong = file('hosts/beijing-a01-1/10-bond0.netdev').replace('MIIMonitorSec', 'MiMonitorSec');
    expect(askNetworkd(new Map([['10-bond0.netdev', wrong]])).complaints.join()).toContain("Unknown key 'MiMonitorSec'");
  });
});
