/** What a data centre’s files say where the cloud's end is Aliyun's: test/estates/aliyun. */
import { parseIpv4 } from '../../lib/estate/addresses/cidr';
import { renderIdc } from '../../lib/idc/render';
import { planEstate } from '../../lib/plan/plan';
import { inland } from '../aliyun/links/fixture';
import { expectGolden } from '../golden';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { checkFrrConfig, FRR_PROGRAMS } from './frr';

const plan = planEstate(inland());
const files = renderIdc(plan.idcs[0]!, plan.links, () => '#cloud-config\n');
const file = (path: string): string => files.get(path)!;

test.each([
  ['routers/r1/frr.conf', 'inland-bj-idc-r1.frr.conf'],
  ['routers/r2/frr.conf', 'inland-bj-idc-r2.frr.conf'],
  ['routers/r2/swanctl.conf', 'inland-bj-idc-r2.swanctl.conf'],
  ['sheet.md', 'inland-bj-idc-sheet.md'],
])('%s is as a person last read it', (path, golden) => expectGolden(golden, file(path)));

describe('a router with a line to Aliyun', () => {
  const frr = file('routers/r1/frr.conf');

  test('speaks with AS 45104, without a key, and keeps no file of keys', () => {
    expect(frr).toContain(' neighbor 192.168.255.1 remote-as 45104\n');
    expect(frr).not.toMatch(/password|frr\.secrets/);
  });

  test('answers Aliyun’s health checks over the line', () => {
    expect(frr).toContain('! health checks of leased line bj-idc--cn-beijing/line\nip route 100.96.0.0/16 192.168.255.1\n');
    expect(frr).not.toMatch(/network 100\.96|permit 100\.96/);
    expect(file('routers/r2/frr.conf')).not.toContain('100.96.');
  });

  test('believes what the transit router carries to it, and nothing else that its table holds', () => {
    const believed = [...frr.matchAll(/ip prefix-list line-1-in seq \d+ permit (\S+)/g)].map(([, range]) => range);
    expect(believed).toEqual(['10.32.0.0/16', '172.24.0.0/16']);
  });
});

describe('a router with a VPN to Aliyun', () => {
  const swanctl = file('routers/r2/swanctl.conf');

  test('offers what Aliyun takes, and answers one caller until the addresses are known', () => {
    expect(swanctl).toContain('    proposals = aes256-sha256-modp2048\n');
    expect(swanctl).toContain('        esp_proposals = aes256-sha256-modp2048\n');
    expect(swanctl.match(/remote_addrs = %any/g)).toHaveLength(1);
  });

  test('says how to find the addresses and the keys, in Aliyun’s words', () => {
    const ask =
      'aliyun vpc DescribeVpnConnection --RegionId cn-beijing --VpnConnectionId <output VpnConnectionIdG0x1 of links-bj-idc--cn-beijing-vpn-fallback>';
    expect(swanctl).toContain(`# "${ask}" after the first deploy.`);
    expect(swanctl).toContain(`TunnelIkeConfig.Psk into that secret once: ${ask}`);
    expect(swanctl).not.toMatch(/AWS|aws /);
  });

  test('dials both tunnels once their addresses are written', () => {
    const outside = ['39.96.0.1', '39.96.0.2'].map((text) => parseIpv4(text)!);
    const known = plan.links.map((link) => (link.kind === 'vpn' ? { ...link, vpn: { ...link.vpn, outside } } : link));
    const text = renderIdc(plan.idcs[0]!, known, () => '').get('routers/r2/swanctl.conf')!;
    expect(text.match(/remote_addrs = 39\.96\.0\.[12]$/gm)).toHaveLength(2);
    expect(text).not.toContain('%any');
  });
});

test('the sheet has Aliyun’s words where Aliyun’s end is meant', () => {
  expect(file('sheet.md')).not.toContain('AWS');
  expect(file('sheet.md')).toMatch(/\| connection +\| router r1, port \S+ +\| pc-2zeexample +\|/);
  expect(file('sheet.md')).toContain('AS 45104 at Aliyun.');
});

describeWithRealParts(FRR_PROGRAMS, lacksNamespaces(), 'FRR itself', () => {
  test.each(['r1', 'r2'])('understands every line of %s', (router) => {
    expect(checkFrrConfig(file(`routers/${router}/frr.conf`))).toBe('');
  });
});
