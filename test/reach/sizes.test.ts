/** Packets by their size: where one is too large, who hears of it, what TCP makes of it. */
import fc from 'fast-check';
import type { Answer } from '../../lib/reach/answer';
import { withoutNames } from '../../lib/reach/cut';
import { parseNetworkFile } from '../../lib/reach/read/networkd';
import { routeSizes } from '../../lib/reach/read/route-sizes';
import { settled, tcpAlong, tooLarge, tooLargeWords } from '../../lib/reach/sizes';
import type { Hop, Limit } from '../../lib/reach/walk/outcome';
import { type Cloud, peered } from './clouds';
import { withDataCentre } from './data-centre';
import { boot } from './host-text';

const hop = (where: string, limits: readonly Limit[], segment?: number): Hop => ({
  where,
  words: '',
  passes: true,
  limits,
  ...(segment === undefined ? {} : { segment }),
});
const told = (mtu: number): Limit => ({ mtu, told: true });
const silent = (mtu: number): Limit => ({ mtu, told: false });
const HOST = hop('host', [told(9001)]);
const RACK = hop('rack', [told(9000)]);

describe('a packet that nobody may cut', () => {
  test('arrives where every hop takes it, and is too large at the first that doesn’t', () => {
    const hops = [HOST, hop('gateway', [told(8500), silent(1400)]), RACK];
    expect(tooLarge(hops, 1400)).toBeUndefined();
    expect(tooLarge(hops, 1401)).toMatchObject({ hop: { where: 'gateway' }, limit: silent(1400) });
    expect(tooLarge(hops, 8501)).toMatchObject({ limit: told(8500) });
    expect(tooLarge(hops, 9002)).toMatchObject({ hop: HOST });
  });

  test('its sender sends smaller ones as it is told, until it is told nothing', () => {
    const hops = [HOST, hop('gateway', [told(8500), silent(1400)])];
    expect(settled([HOST, hop('a', [told(8500)]), hop('b', [told(1500)])], 9001)).toEqual({ size: 1500 });
    expect(settled(hops, 9001)).toMatchObject({ size: 8500, limit: silent(1400) });
    expect(tooLargeWords(hops, tooLarge(hops, 9001)!, true)).toBe(
      'takes packets of 8500 bytes, and 9001 are sent: the sender is told, if its security groups let ICMP in, and then its packets of 8500 bytes are lost at gateway, which takes 1400 and is not known to tell it',
    );
    expect(tooLargeWords(hops, tooLarge(hops, 1500)!, false)).toBe(
      'takes packets of 1400 bytes, and 1500 are sent: nobody is known to tell the sender',
    );
  });

  const hops = fc.array(
    fc
      .array(fc.record({ mtu: fc.integer({ min: 68, max: 9216 }), told: fc.boolean() }), { maxLength: 2 })
      .map((l) => hop('h', l)),
    { maxLength: 6 },
  );

  test('one that arrives: every smaller one does, and every limit takes it; what a sender settles on arrives', () => {
    fc.assert(
      fc.property(hops, fc.integer({ min: 28, max: 9216 }), (list, size) => {
        const least = Math.min(...list.flatMap(({ limits = [] }) => limits.map(({ mtu }) => mtu)));
        expect(tooLarge(list, size) === undefined).toBe(size <= least);
        const end = settled(list, size);
        if ('hop' in end) expect(end.limit.told).toBe(false);
        else expect(end.size).toBe(Math.min(size, least));
      }),
    );
  });

  test('TCP passes exactly where packets of its segments arrive', () => {
    fc.assert(
      fc.property(hops, hops, fc.option(fc.integer({ min: 500, max: 9000 })), (there, back, clamp) => {
        const forward = [HOST, ...there];
        const verdict = tcpAlong(forward, [hop('far', [told(9001)], clamp ?? undefined), ...back])!;
        if (verdict.passes) expect(tooLarge([...forward, ...back], verdict.segment + 40)).toBeUndefined();
        else expect([...there, ...back].some(({ limits }) => limits!.some((each) => !each.told))).toBe(true);
        // A router that lowers segments enough makes any path good.
        const low = hop('router', [], 28);
        expect(tcpAlong([HOST, low, ...there], [RACK, low, ...back])).toMatchObject({ passes: true, segment: 28, told: false });
      }),
    );
  });
});

describe('TCP', () => {
  const tunnel = [HOST, hop('gateway', [told(8500), silent(1400)], 8460)];

  test('stalls where a tunnel takes less than the ends, and nobody tells them', () => {
    expect(tcpAlong(tunnel, [RACK, hop('router', [told(1400)])])).toEqual({
      passes: false,
      reason: 'packets of 8500 bytes are lost at gateway, which takes 1400 and is not known to tell the sender',
    });
  });

  test('passes where a router on the way lowers what the ends agree on, with either end’s first packet', () => {
    const router = hop('router', [told(1400)], 1360);
    expect(tcpAlong([...tunnel, hop('router', [told(9000)], 1360)], [RACK, router])).toEqual({
      passes: true,
      segment: 1360,
      told: false,
    });
  });

  test('passes where routes of the hosts keep to the size', () => {
    expect(tcpAlong([hop('host', [told(1400)]), ...tunnel.slice(1)], [RACK, hop('router', [told(1400)])])).toMatchObject({
      passes: true,
      segment: 1360,
    });
  });

  test('passes by being told, and says so', () => {
    expect(tcpAlong([HOST, hop('peering', [told(8500)])], [HOST, hop('peering', [told(8500)])])).toEqual({
      passes: true,
      segment: 8460,
      told: true,
    });
  });

  test('nothing is claimed of an end whose size is not known', () => {
    expect(tcpAlong([{ where: 'host', words: '', passes: true }], [RACK])).toBeUndefined();
  });
});

/** Two routers with interfaces of 9000 and a VPN of 1400, hosts of racks with 9000. */
function sized(): Cloud {
  const cloud = withDataCentre();
  const netdev = (path: string, name: string, mtu: number) => {
    cloud.files[path] = `[NetDev]\nName=${name}\nKind=vlan\nMTUBytes=${mtu}\n\n[VLAN]\nId=${name === 'line' ? 301 : 2}\n`;
  };
  for (const router of ['r1', 'r2'])
    for (const name of ['core', 'rack', 'line'])
      netdev(`idc/routers/${router}/20-${name}.netdev`, name, name === 'line' ? 1500 : 9000);
  for (const name of ['vpn-1', 'vpn-2'])
    cloud.files[`idc/routers/r2/30-${name}.netdev`] =
      `[NetDev]\nName=${name}\nKind=xfrm\nMTUBytes=1400\n\n[Xfrm]\nInterfaceId=1\n`;
  for (const rack of ['a', 'b']) netdev(`idc/hosts/idc-${rack}-1/40.netdev`, 'vlan', 9000);
  return cloud;
}

function ask(cloud: Cloud, from: string, to: string, size?: number, ...down: string[]): Answer {
  const without = withoutNames(cloud.read(), down);
  return cloud.ask(from, to, { without, ...(size === undefined ? {} : { size }) });
}

describe('a transit gateway', () => {
  test('tells who sends by a VPC, that its own size is smaller; of a line or VPN behind it nobody is told', () => {
    const cloud = sized();
    expect(ask(cloud, 'r1-h-1', 'idc-a-1', 8501)).toMatchObject({ code: 'TOO_BIG', told: true });
    const answer = ask(cloud, 'r1-h-1', 'idc-a-1', 1501);
    expect(answer).toMatchObject({ code: 'TOO_BIG', told: false });
    expect(answer.reason).toContain('r1 transit gateway: takes packets of 1500 bytes, and 1501 are sent: nobody is known');
    expect(ask(cloud, 'r1-h-1', 'idc-a-1', 1500).yes).toBe(true);
    expect(ask(cloud, 'r1-h-1', 'idc-a-1', 1401, cloud.read().lines[0]!.id).reason).toMatch(
      /nobody is known to tell the sender$/,
    );
  });

  test('a router of the data centre tells its own hosts', () => {
    const answer = ask(sized(), 'idc-a-1', 'r1-h-1', 9000);
    expect(answer).toMatchObject({ code: 'TOO_BIG', told: true });
    expect(answer.reason).toMatch(
      /^idc\/r1: takes packets of 1500 bytes, and 9000 are sent: the sender is told, and packets of 1500/,
    );
  });

  test('between TCP’s ends it lowers segments to its own size, and the line is smaller: TCP stalls', () => {
    const { tcp, yes } = ask(sized(), 'r1-h-1', 'idc-a-1');
    expect(yes).toBe(true);
    expect(tcp).toEqual({
      passes: false,
      reason: 'packets of 8500 bytes are lost at r1 transit gateway, which takes 1500 and is not known to tell the sender',
    });
  });
});

describe('a host', () => {
  const MTU = {
    files: { '/opt/mtu.sh': '#!/bin/bash\n  ip route replace 10.200.0.0/16 via "$gateway" dev "$device" mtu 1300\n' },
  };

  test('keeps to the size of its own route, and TCP with it', () => {
    const cloud = boot(sized(), 1, 1, MTU);
    expect(ask(cloud, 'r1-h-1', 'idc-a-1')).toMatchObject({ mtu: 1300, tcp: { passes: true, segment: 1260, told: false } });
    expect(ask(cloud, 'r1-h-1', 'idc-a-1', 1301)).toMatchObject({ code: 'TOO_BIG', told: true });
    // Others and other places are none of that route's.
    expect(ask(cloud, 'r1-h-1', 'r1-h-2').mtu).toBe(9001);
    expect(ask(cloud, 'r1-h-2', 'idc-a-1').tcp?.passes).toBe(false);
  });

  test('of a rack keeps to its [Route] sections', () => {
    const cloud = sized();
    cloud.files['idc/hosts/idc-a-1/50.network'] += '[Route]\nDestination=10.1.0.0/16\nGateway=10.200.1.1\nMTUBytes=1350\n';
    expect(ask(cloud, 'idc-a-1', 'r1-h-1')).toMatchObject({ mtu: 1350, tcp: { passes: true, segment: 1310 } });
  });

  test('sends what its containers’ bridge takes, and tells who sends them more', () => {
    const docker = { files: { '/etc/docker/daemon.json': '{"iptables": false, "mtu": 1200}' } };
    const cloud = boot(sized(), 1, 1, docker);
    expect(ask(cloud, 'r1-h-1:container', 'r1-h-2')).toMatchObject({ mtu: 1200, tcp: { passes: true, segment: 1160 } });
    const answer = ask(cloud, 'r1-h-2', 'r1-h-1:container', 1201);
    expect(answer).toMatchObject({ code: 'TOO_BIG', told: true });
    expect(answer.reason).toContain('r1-h-1: takes packets of 1200 bytes');
    expect(ask(cloud, 'r1-h-2', 'r1-h-1').mtu).toBe(9001);
  });
});

describe('a router’s packet filter', () => {
  const filter = (...rules: string[]) =>
    `table inet meissa\ndelete table inet meissa\ntable inet meissa {\n chain segments {\n  type filter hook forward priority mangle\n${rules.map((rule) => `  ${rule}\n`).join('')} }\n}\n`;
  const both = (size: number) => [
    `ip daddr 10.1.0.0/16 tcp flags syn tcp option maxseg size set ${size}`,
    `ip saddr 10.1.0.0/16 tcp flags syn tcp option maxseg size set ${size}`,
  ];
  const clamped = (...rules: string[]) => {
    const cloud = sized();
    for (const router of ['r1', 'r2']) cloud.files[`idc/routers/${router}/nftables.conf`] = filter(...rules);
    return cloud;
  };

  test('lowers segments both ways, and TCP passes with packets that the line takes', () => {
    const cloud = clamped(...both(1360));
    expect(cloud.read().faults).toEqual([]);
    expect(ask(cloud, 'r1-h-1', 'idc-a-1').tcp).toEqual({ passes: true, segment: 1360, told: false });
    expect(ask(cloud, 'idc-a-1', 'r1-h-1').tcp).toEqual({ passes: true, segment: 1360, told: false });
    // The least that any rule says.
    expect(ask(clamped(...both(1360), ...both(1300)), 'r1-h-1', 'idc-a-1').tcp).toMatchObject({ segment: 1300 });
  });

  test('one that lowers one way only leaves the other end as it is', () => {
    const [towards, from] = both(1360) as [string, string];
    // What the rack’s host says on its way to the cloud is what the cloud’s host sends: it hears nothing of packets that are too large.
    expect(ask(clamped(from), 'r1-h-1', 'idc-a-1').tcp).toMatchObject({ passes: false });
    expect(ask(clamped(towards), 'r1-h-1', 'idc-a-1').tcp).toMatchObject({ passes: true });
  });

  test.each([
    ['by the interface that it leaves by', ['oifname "line" tcp flags syn tcp option maxseg size set 1360'], true],
    ['by another one', ['oifname "core" tcp flags syn tcp option maxseg size set 1360'], false],
    ['for other addresses', ['ip daddr 10.9.0.0/16 tcp flags syn tcp option maxseg size set 1360'], false],
    ['behind a rule that has let it pass', ['accept', ...both(1360)], false],
    ['behind one that decides of other ports', ['tcp dport 22 accept', ...both(1360)], true],
    ['larger than what the ends say', both(9100), false],
  ])('%s', (_, rules, passes) => {
    expect(ask(clamped(...rules), 'r1-h-1', 'idc-a-1').tcp?.passes).toBe(passes);
  });
});

test('between regions a peering takes 8500 bytes and tells', () => {
  expect(peered().ask('r1-h-1', 'r2-h-1')).toMatchObject({ mtu: 8500, tcp: { passes: true, segment: 8460, told: true } });
});

test('of gateways, load balancers and ICMP nothing is said of TCP', () => {
  expect(sized().ask('r1-h-1', 'idc-a-1', { protocol: 'icmp' }).tcp).toBeUndefined();
  expect(sized().ask('r1-h-1', 'metadata').tcp).toBeUndefined();
});

describe('routes with a size', () => {
  const read = (script: string) => routeSizes(new Map([['/opt/x', `#!/bin/sh\n${script}\n`]]));

  test.each([
    ['ip route replace 10.200.0.0/16 via 10.1.0.1 dev eth0 mtu 1400', 1400],
    ['  /usr/sbin/ip -4 route replace 10.200.0.0/16 via "$g" dev "$d" proto static mtu lock 1380 # x', 1380],
    ['test -n "$g" && ip route add 10.200.0.0/16 dev eth0 mtu 1399 || exit 1', 1399],
  ])('%s', (line, mtu) => {
    expect(read(line).routes).toMatchObject([{ destination: { bits: 16 }, mtu }]);
  });

  test.each([
    '# ip route replace 10.0.0.0/8 via 10.1.0.1 mtu 1400',
    'ip route replace 10.0.0.0/8 via 10.1.0.1',
    'ip link set eth0 mtu 1400',
  ])('none: %s', (line) => expect(read(line)).toEqual({ routes: [], unread: [] }));

  test('one whose range is not written out is a fault with its line', () => {
    expect(read('ip route replace "$range" via 10.1.0.1 mtu 1400').unread).toEqual([
      { file: '/opt/x', line: 2, words: 'ip route replace "$range" via 10.1.0.1 mtu 1400' },
    ]);
  });

  test('networkd: a route of its own, and the default one', () => {
    const file = '[Match]\nName=e\n[Network]\nAddress=10.0.0.2/24\nGateway=10.0.0.1\n';
    expect(parseNetworkFile(`${file}[Route]\nDestination=10.9.0.0/16\nGateway=10.0.0.3\nMTUBytes=1400\n`).routes).toEqual([
      { destination: { base: 0x0a090000, bits: 16 }, gateway: 0x0a000003, mtu: 1400 },
    ]);
    expect(parseNetworkFile(`${file}[Route]\nGateway=10.0.0.1\nMTUBytes=1450\n`).routes).toMatchObject([
      { destination: { bits: 0 }, mtu: 1450 },
    ]);
  });
});
