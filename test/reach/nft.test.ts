/** Packet filters as texts: what is read, and what is refused. */
import fc from 'fast-check';
import { parseIpv4 } from '../../lib/estate/addresses/cidr';
import { hostOfInterface, passHost } from '../../lib/reach/host/host';
import { EVERYTHING, portRanges } from '../../lib/reach/host/traffic';
import { HostNetworks } from '../../lib/reach/read/host-network';
import type { NetworkInterface, WorldFault } from '../../lib/reach/world';
import { range } from '../proof/hand-made';
import { chain, cloudConfig, type HostText, INPUT, withTable } from './host-text';

const OWN = '10.1.1.11';

function read(text: HostText) {
  const faults: WorldFault[] = [];
  const network = new HostNetworks(faults).read(cloudConfig(text), 'stack', true);
  const own = {
    host: 'h',
    address: parseIpv4(OWN)!,
    prefixes: [],
    containers: [range('172.16.1.0/24')],
    network,
    from: { stack: 'stack' },
  } as unknown;
  return { host: hostOfInterface(own as NetworkInterface), faults: faults.map(({ what, message }) => `${what}: ${message}`) };
}

/** Ports that the host takes in from somebody. */
function letIn(text: HostText, from = '10.2.0.1', to = OWN): string {
  const { host, faults } = read(text);
  expect(faults).toEqual([]);
  if (host === undefined) return '-1 0-65535';
  const passing = { near: parseIpv4(to)!, far: parseIpv4(from)!, leaves: false, reply: false, masqueraded: false };
  return portRanges(passHost(host, passing).passes)
    .map(({ protocol, fromPort, toPort }) => `${protocol} ${fromPort}-${toPort}`)
    .join(', ');
}

const ONLY = (...rules: string[]) => withTable(chain(`${INPUT}; policy drop`, ...rules));

test.each([
  ['tcp dport 22 accept', 'tcp 22-22'],
  ['tcp dport ssh accept', 'tcp 22-22'],
  ['tcp dport { 80, 443, 9000-9100 } accept', 'tcp 80-80, tcp 443-443, tcp 9000-9100'],
  ['tcp dport != 22-65535 accept', 'tcp 0-21'],
  ['udp dport 53 counter packets 0 bytes 0 accept', 'udp 53-53'],
  ['meta l4proto { tcp, icmp } accept comment "why not"', 'tcp 0-65535, icmp 0-65535'],
  ['ip protocol != udp accept', 'tcp 0-65535, icmp 0-65535'],
  ['ip saddr 10.2.0.0/16 accept', '-1 0-65535'],
  ['ip saddr { 10.3.0.0/16, 10.2.0.1 } tcp dport 1 accept', 'tcp 1-1'],
  ['ip saddr != 10.2.0.0/16 accept', ''],
  ['ip daddr 10.1.1.11 tcp dport 1 accept', 'tcp 1-1'],
  ['iifname "eth0" tcp dport 1 accept', 'tcp 1-1'],
  ['iifname { "docker0", "br-*" } accept', ''],
  ['iifname != "lo" tcp dport 1 accept', 'tcp 1-1'],
  ['ct state new tcp dport 1 accept', 'tcp 1-1'],
  ['ct state established,related accept', ''],
  ['ct state != { established, related } udp dport 1 accept', 'udp 1-1'],
  ['tcp sport 1024-65535 tcp dport 1 accept', 'tcp 1-1'],
  ['tcp sport 1-1023 accept', ''],
  ['log prefix "in: " level info tcp dport 1 accept', 'tcp 1-1'],
  ['ip6 saddr fe80::/10 accept', ''],
  ['icmpv6 type echo-request accept', ''],
  ['meta nfproto ipv4 tcp dport 1 accept', 'tcp 1-1'],
  ['counter', ''],
])('%s', (rule, passes) => {
  expect(letIn(ONLY(rule))).toBe(passes);
});

test.each([
  'meta mark 1 accept',
  'tcp flags syn accept',
  'tcp dport @allowed accept',
  'tcp dport $PORT accept',
  'tcp dport 70000 accept',
  'tcp dport 9-1 accept',
  'tcp dport http-alt accept',
  'udp dport vmap { 53 : accept }',
  'ip saddr @friends accept',
  'ip saddr 10.0.0.1-10.0.0.9 accept',
  'ip saddr vmap { 10.0.0.1 : drop }',
  'iifname "wg0" accept',
  'iif eth0 accept',
  'limit rate 5/second accept',
  'tcp dport 22 accept accept',
  'udp dport 22 tcp dport 22 accept',
  'ct state snat accept',
  'ct mark 3 accept',
  'dnat to 10.1.1.2',
  'snat to 10.1.1.2',
  'redirect to :80',
  'queue num 0',
  'th dport 22 accept',
  '$(some program)',
])('%s is not read: a fault with its line, and nothing comes past it', (rule) => {
  const { host, faults } = read(withTable(chain(INPUT, 'tcp dport 1 accept', rule)));
  expect(faults).toEqual([
    expect.stringMatching(/^\/etc\/guard\.nft line 5: ".*" is not read: packets that come to this rule go nowhere$/),
  ]);
  const passing = { near: parseIpv4(OWN)!, far: parseIpv4('10.2.0.1')!, leaves: false, reply: false, masqueraded: false };
  expect(passHost(host!, passing).passes).toEqual({ tcp: [[1, 1]], udp: [], icmp: false, other: false });
});

test('a chain on one line, statements apart by semicolons, comments and long lines', () => {
  const table = `#!/usr/sbin/nft -f
table ip guard # of ours
delete table ip guard
table ip guard { chain c { type filter hook input priority -5; policy drop; tcp dport 1 accept; udp dport \\
  { 2, 3 } accept } }
`;
  expect(letIn(withTable(table))).toBe('tcp 1-1, udp 2-3');
});

test('goto does not come back to where it was said, jump does, return goes back earlier', () => {
  const table = (verb: string) => `table inet t {
 chain c {
  ${INPUT}
  policy drop
  tcp dport 1-9 ${verb} more
  tcp dport 1-5 accept
 }
 chain more {
  tcp dport 2 return
  tcp dport 3 drop
  tcp dport 4 accept
 }
}`;
  expect(letIn(withTable(table('jump')))).toBe('tcp 1-2, tcp 4-5');
  expect(letIn(withTable(table('goto')))).toBe('tcp 4-4');
});

test('every table has its say: what one accepts another still drops, by priority', () => {
  const two = `${chain(INPUT, 'accept')}table inet other {\n chain c {\n  type filter hook input priority 10\n  tcp dport 22 drop\n }\n}\n`;
  expect(letIn(withTable(two))).toBe('tcp 0-21, tcp 23-65535, udp 0-65535, icmp 0-65535');
});

test('before connection tracking no state matches', () => {
  const raw = chain('type filter hook prerouting priority raw; policy drop', 'ct state new accept', 'tcp dport 1 accept');
  expect(letIn(withTable(raw))).toBe('tcp 1-1');
});

test('of other families nothing is asked about IPv4', () => {
  expect(letIn(withTable(`table ip6 t {\n chain c {\n  ${INPUT}; policy drop\n  meta mark 1 accept\n }\n}\n`))).toBe(
    '-1 0-65535',
  );
});

test.each([
  ['add rule inet t c tcp dport 22 drop', 'add is not read'],
  ['include "/etc/more.nft"', 'include is not read'],
  ['define PORT = 22', 'define is not read'],
  ['table bridge t {\n chain c {\n  drop\n }\n}', 'tables of family bridge are not read'],
  ['table inet t {\n set s {\n  type ipv4_addr\n }\n}', 'set of the table t is not read'],
  ['table inet t {\n chain c {\n  type filter hook ingress device eth0 priority 0\n }\n}', 'of the chain inet t / c is not read'],
])('%s is a fault', (text, words) => {
  expect(read(withTable(text)).faults).toEqual([expect.stringContaining(words)]);
});

const script = (line: string): HostText => ({ files: { '/opt/x.sh': `#!/bin/bash\n# iptables -F would be wrong\n${line}\n` } });

test.each([
  'iptables -A INPUT -p tcp --dport 22 -j DROP',
  '/usr/sbin/ip6tables-restore </etc/x',
  'firewall-cmd --add-port=22/tcp',
  'nft add rule inet t c drop',
  'nft -f /etc/somewhere-else.nft',
  'cat /etc/x | nft -f -',
  'nft "$rules"',
])('%s in a script is a fault: what it changes is not known', (line) => {
  expect(read(script(line)).faults).toEqual([expect.stringMatching(/^\/opt\/x\.sh line 3: ".*" is not read: what it changes/)]);
});

test.each(['iptables -L -n', 'nft list ruleset', 'nft -c -f /etc/x.nft', 'command -v nft', 'echo nftables', 'ufw status'])(
  '%s in a script changes nothing',
  (line) => {
    expect(read(script(line)).faults).toEqual([]);
  },
);

test('a here-document is read at its place in the script, and what stands in quotes is as it is', () => {
  const { faults } = read(
    script(`nft -f - <<'EOF'\ntable inet t {\n chain c {\n  meta mark 1 drop\n }\n}\nEOF\nnft list tables`),
  );
  expect(faults).toEqual([expect.stringMatching(/^\/opt\/x\.sh line 6: "meta mark 1 drop" is not read/)]);
});

test('who clears what others load can not be told', () => {
  const both: HostText = { ...withTable(`flush ruleset\n${chain(INPUT, 'drop')}`) };
  expect(read(both).faults).toEqual([]);
  const files = { ...both.files, ...script('nft -f - <<EOF\ntable inet t {\n}\nEOF').files };
  expect(read({ ...both, files }).faults).toEqual([expect.stringContaining('flush ruleset takes away what others load')]);
});

test('no text makes the reader fall: it is read, or a fault', () => {
  const word = fc.oneof(
    fc.constantFrom(
      'table',
      'inet',
      'chain',
      '{',
      '}',
      ';',
      '\n',
      'type',
      'filter',
      'hook',
      'input',
      'priority',
      'tcp',
      'dport',
      '22',
    ),
    fc.constantFrom(
      'drop',
      'accept',
      'goto',
      'c',
      'ip',
      'saddr',
      '!=',
      ',',
      '"',
      '#',
      'jump',
      'ct',
      'state',
      '\\',
      '10.0.0.0/8',
      'delete',
    ),
    fc.string({ maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      const { host } = read(withTable(words.join(' ')));
      if (host === undefined) return;
      const passing = { near: host.address, far: 1, leaves: false, reply: false, masqueraded: false };
      expect(passHost(host, passing, EVERYTHING).passes).toBeDefined();
    }),
    { numRuns: 300 },
  );
});
