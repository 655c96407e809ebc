/** Routers of a data centre with two lines by one Direct Connect gateway: what both ends hear of which goes first. */
import { frrConfig } from '../../lib/idc/frr';
import { renderIdc } from '../../lib/idc/render';
import { planIdc } from '../../lib/plan/idc/idc';
import { planLinks } from '../../lib/plan/links/links';
import { SECOND_LINE, withSecondLine } from '../plan/second-line';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { checkFrrConfig, FRR_PROGRAMS } from './frr';

function configs(estate = withSecondLine()): Record<string, string> {
  const idc = planIdc(estate, estate.idcs[0]!);
  return Object.fromEntries(idc.routers.map((router) => [router.name, frrConfig(idc, router, planLinks(estate))]));
}

/** A route-map, as it stands. */
const map = (text: string, name: string) => {
  const block = text.slice(text.indexOf(`route-map ${name} permit`));
  return block.slice(0, block.indexOf('exit'));
};

test('main and spare are told apart at both ends: local preference here, path and community there', () => {
  const { r1, r2 } = configs();
  expect(map(r1!, 'line-1-in')).toContain('set local-preference 200');
  expect(map(r1!, 'line-1-out')).toContain('set community 7224:7300');
  expect(map(r1!, 'line-1-out')).not.toContain('prepend');
  expect(map(r2!, 'line-1-in')).toContain('set local-preference 150');
  expect(map(r2!, 'line-1-out')).toContain('set as-path prepend 65010\n set community 7224:7200');
});

test('lines that share the load say the same', () => {
  const shared = { ...SECOND_LINE.second, preference: 200 };
  const first = {
    kind: 'leased-line',
    between: ['beijing', 'us-east-1'],
    carries: ['hosts', 'containers'],
    router: 'r1',
    connection: 'dxcon-fg5678gh',
    vlan: 301,
    network: '169.254.100.0/30',
    asn: 64600,
    mtu: 8500,
    preference: 200,
  };
  const { r1, r2 } = configs(withSecondLine({ ...SECOND_LINE, second: shared, line: first }));
  for (const way of ['in', 'out']) expect(map(r2!, `line-1-${way}`)).toBe(map(r1!, `line-1-${way}`));
});

test('each line takes what both regions tell, and nothing else', () => {
  for (const text of Object.values(configs())) {
    const taken = [...text.matchAll(/^ip prefix-list line-1-in seq \d+ permit (\S+)$/gm)].map(([, prefix]) => prefix);
    expect(taken).toEqual(['10.1.0.0/16', '10.2.0.0/16', '172.16.0.0/16', '172.17.0.0/16']);
  }
});

test('the VPN of a region takes what that region tells alone', () => {
  const taken = [...configs().r2!.matchAll(/^ip prefix-list vpn-([13])-in seq \d+ permit (\S+)$/gm)].map(
    ([, n, p]) => `${n} ${p}`,
  );
  expect(taken.sort()).toEqual(['1 10.2.0.0/16', '1 172.17.0.0/16', '3 10.1.0.0/16', '3 172.16.0.0/16']);
});

test('the sheet says what takes over from each line', () => {
  const estate = withSecondLine();
  const sheet = renderIdc(planIdc(estate, estate.idcs[0]!), planLinks(estate), () => '').get('sheet.md')!;
  const after = (line: string) =>
    sheet.slice(sheet.indexOf(`## Leased line ${line}`)).match(/When it fails, (\S+) takes over/)?.[1];
  expect(after('beijing--us-east-1/line')).toBe('beijing--us-east-1/second');
  expect(after('beijing--us-east-1/second')).toBe('beijing--us-east-1/line');
});

describeWithRealParts(FRR_PROGRAMS, lacksNamespaces(), 'FRR itself', () => {
  test('FRR takes both routers’ files', () => {
    for (const text of Object.values(configs())) expect(checkFrrConfig(text)).toBe('');
  });
});

test('racks are told to a region that one router reaches by another one’s line and the other by a VPN', () => {
  const estate = withSecondLine({ europe: SECOND_LINE.europe, 'europe-vpn': SECOND_LINE['europe-vpn'], fallback: undefined });
  const idc = planIdc(estate, estate.idcs[0]!);
  for (const { tells } of idc.routers.flatMap(({ neighbors }) => neighbors).filter(({ kind }) => kind !== 'router'))
    expect(tells).toEqual(expect.arrayContaining(['10.200.0.0/16', '10.200.1.0/24', '10.200.2.0/24']));
});
