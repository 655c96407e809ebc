/** Packet filters of a data centre's routers, as reach reads and judges them. */
import { answer } from '../../lib/reach/answer';
import { reachMatrix } from '../../lib/reach/matrix';
import type { Cloud } from './clouds';
import { withDataCentre } from './data-centre';

const FILE = 'idc/routers/r1/nftables.conf';
const SHOWN = `idc.out/${FILE}`;

/** r1 with a table of these chains. */
function filtered(...chains: string[]): Cloud {
  const cloud = withDataCentre();
  cloud.files[FILE] = `table inet meissa\ndelete table inet meissa\ntable inet meissa {\n${chains.join('\n')}\n}\n`;
  return cloud;
}

const chain = (hook: string, ...rules: string[]): string =>
  ` chain ${hook} {\n  type filter hook ${hook} priority filter\n${rules.map((rule) => `  ${rule}\n`).join('')} }`;

const ask = (cloud: Cloud, from: string, to: string, port?: { protocol: 'tcp'; port: number }) =>
  answer(cloud.read(), from, to, port ?? {});

const RACKS = ['iifname "rack" oifname "core" accept', 'iifname "core" oifname "rack" accept'];

test('what no rule forwards goes no further, and the hop says by which interfaces and which line', () => {
  const cloud = filtered(chain('forward', ...RACKS, 'counter drop'));
  expect(cloud.read().faults).toEqual([]);
  expect(ask(cloud, 'idc-a-1', 'idc-b-1').yes).toBe(true);
  const { code, forward } = ask(cloud, 'idc-a-1', 'r1-h-1');
  expect(code).toBe('HOST_FILTER');
  expect(forward.at(-1)).toMatchObject({
    where: 'idc/r1',
    words: 'its packet filter lets nothing of that through from rack to line: "counter drop" of inet meissa / forward',
    from: { stack: SHOWN, logicalId: 'line 8' },
  });
});

test('the reply is judged by the router that it comes to', () => {
  const cloud = filtered(chain('forward', 'iifname "line" drop'));
  const { code, back } = ask(cloud, 'idc-a-1', 'r1-h-1');
  expect(code).toBe('HOST_FILTER');
  expect(back.at(-1)!.words).toContain('from line to rack: "iifname "line" drop"');
});

test('a port that is dropped is dropped for that port alone, in the matrix as well', () => {
  const cloud = filtered(chain('forward', 'tcp dport 22 drop'));
  expect(ask(cloud, 'idc-a-1', 'idc-b-1', { protocol: 'tcp', port: 22 })).toMatchObject({
    yes: false,
    code: 'HOST_FILTER',
    reason: 'packet filter of idc/r1: lets through all but 22/tcp: "tcp dport 22 drop" of inet meissa / forward',
  });
  expect(ask(cloud, 'idc-a-1', 'idc-b-1', { protocol: 'tcp', port: 23 }).yes).toBe(true);
  const { classes, cells } = reachMatrix(cloud.read());
  const [a, b] = ['idc-a-*', 'idc-b-*'].map((name) => classes.findIndex((each) => each.name === name));
  expect(cells[a!]![b!]).toMatchObject({ yes: true, ports: expect.not.arrayContaining(['all']) });
});

test('a source that a router refuses before it routes goes nowhere', () => {
  const cloud = filtered(
    ' chain spoofed {\n  type filter hook prerouting priority raw\n  iifname "rack" ip saddr 10.200.9.0/24 accept\n  iifname "rack" counter drop\n }',
  );
  expect(ask(cloud, 'idc-a-1', 'idc-b-1').code).toBe('HOST_FILTER');
  expect(ask(cloud, 'idc-b-1', 'idc-a-1').code).toBe('HOST_FILTER');
});

test('of a router itself it is said what it lets in', () => {
  const cloud = filtered(chain('input', 'meta l4proto icmp accept', 'ip saddr 10.0.0.0/8 tcp dport 22 accept', 'drop'));
  expect(ask(cloud, 'idc-a-1', '10.200.1.1').reason).toContain('10.200.1.1 is the router itself, which lets in icmp, 22/tcp');
});

test('segments, untracked packets and flags decide nothing of the way; a rule that is not read is a fault', () => {
  const silent = filtered(
    chain('forward', 'ip daddr 10.1.0.0/16 tcp flags syn tcp option maxseg size set 1360'),
    ' chain untracked {\n  type filter hook prerouting priority raw\n  fib daddr type != local ip daddr 10.0.0.0/8 notrack\n }',
  );
  expect(silent.read().faults).toEqual([]);
  expect(ask(silent, 'idc-a-1', 'r1-h-1').yes).toBe(true);
  for (const rule of ['tcp flags syn drop', 'fib daddr type local drop', 'iifname "eth0" accept', 'ip ttl 1 drop'])
    expect(filtered(chain('forward', rule)).read().faults).toMatchObject([
      { where: SHOWN, what: 'line 6', message: `"${rule}" is not read: packets that come to this rule go nowhere` },
    ]);
  expect(filtered(' chain nat {\n  type nat hook postrouting priority srcnat\n  masquerade\n }').read().faults).toMatchObject([
    { where: SHOWN, what: 'inet meissa / nat' },
  ]);
});
