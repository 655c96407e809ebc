/** The gateways that two routers share, as keepalived is told of them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderIdc } from '../../lib/idc/render';
import { planIdc } from '../../lib/plan/idc/idc';
import { planLinks } from '../../lib/plan/links/links';
import { hybrid } from '../plan/linked-fixture';
import { describeWithRealPart } from '../real-parts';
import { paired } from './paired';

const rendered = (estate: ReturnType<typeof hybrid>) => renderIdc(planIdc(estate, estate.idcs[0]!), planLinks(estate), () => '');

test('a rack with one router has none of it', () => {
  expect([...rendered(hybrid()).keys()].filter((path) => path.includes('keepalived'))).toEqual([]);
});

test('both routers have the gateway’s address in common and one of their own; the preferred one waits before it takes it back', () => {
  const files = rendered(paired());
  const [one, two] = ['r1', 'r2'].map((router) => files.get(`routers/${router}/keepalived.conf`)!);
  for (const text of [one!, two!]) {
    expect(text).toContain('vrrp_instance vlan101 {\n  state BACKUP\n  interface vlan101\n');
    expect(text).toContain('  virtual_ipaddress {\n    10.200.1.1/32\n  }\n');
    expect(text).not.toMatch(/auth/);
  }
  expect(one).toMatch(/ {2}priority 200\n.*\n {2}preempt_delay \d+\n/);
  expect(two).toContain('  priority 100\n');
  expect(two).not.toContain('preempt_delay');
  expect(files.get('routers/r1/30-vlan101.network')).toContain('Address=10.200.1.253/24\n');
  expect(files.get('routers/r2/30-vlan101.network')).toContain('Address=10.200.1.254/24\n');
  expect(files.get('sheet.md')).toContain('Routers r1, else r2 (VRRP), VLAN 101');
});

test('the files of its hosts are those of a rack with one router', () => {
  const hosts = (estate: ReturnType<typeof hybrid>) => [...rendered(estate)].filter(([path]) => path.startsWith('hosts/'));
  expect(hosts(paired())).toEqual(hosts(hybrid()));
});

describeWithRealPart('keepalived', 'keepalived itself', (program) => {
  test('understands every line', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'keepalived-')), 'keepalived.conf');
    // Where it is asked there is no such interface.
    const said = (text: string): string[] => {
      writeFileSync(file, text);
      const { stdout, stderr } = spawnSync(program, ['--config-test', '-f', file], { encoding: 'utf8' });
      return `${stdout}${stderr}`
        .split('\n')
        .filter((line) => line !== '' && !/interface .*doesn't exist|^Non-existent interface/.test(line));
    };
    const text = rendered(paired()).get('routers/r1/keepalived.conf')!;
    expect(said(text)).toEqual([]);
    expect(said(text.replace('advert_int', 'advert_itn')).join()).toContain('advert_itn');
  });
});
