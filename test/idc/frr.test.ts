import { execFileSync } from 'node:child_process';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { checkFrrConfig, FRR_PROGRAMS, type Frr, startFrr, until } from './frr';

const ip = (...args: string[]): string => execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

describeWithRealParts(FRR_PROGRAMS, lacksNamespaces(), 'FRR in network namespaces', () => {
  const [a, b] = [`meissa-${process.pid}-frr-a`, `meissa-${process.pid}-frr-b`];
  const running: Frr[] = [];
  const router = (asn: number, id: string, other: string, prefix: string): string => `frr version 8.4
hostname router
ip route ${prefix} blackhole
router bgp ${asn}
 bgp router-id ${id}
 no bgp default ipv4-unicast
 no bgp ebgp-requires-policy
 neighbor ${other} remote-as external
 address-family ipv4 unicast
  network ${prefix}
  neighbor ${other} activate
 exit-address-family
exit
!
`;

  beforeAll(() => {
    ip('netns', 'add', a);
    ip('netns', 'add', b);
    ip('-n', a, 'link', 'add', 'line-1', 'type', 'veth', 'peer', 'name', 'line-1', 'netns', b);
    for (const [namespace, address] of [
      [a, '169.254.9.1/30'],
      [b, '169.254.9.2/30'],
    ] as const) {
      ip('-n', namespace, 'address', 'add', address, 'dev', 'line-1');
      ip('-n', namespace, 'link', 'set', 'line-1', 'up');
      ip('-n', namespace, 'link', 'set', 'lo', 'up');
    }
  });

  afterAll(async () => {
    await Promise.all(running.map((frr) => frr.stop()));
    for (const namespace of [a, b]) ip('netns', 'delete', namespace);
  });

  test('two routers tell each other their prefixes, and the kernel of each has the route', async () => {
    running.push(await startFrr(a, router(65001, '10.0.0.1', '169.254.9.2', '10.1.0.0/16')));
    running.push(await startFrr(b, router(65002, '10.0.0.2', '169.254.9.1', '10.2.0.0/16')));
    await until(
      () => /10\.2\.0\.0\/16 .*via 169\.254\.9\.2/.test(ip('-n', a, 'route')),
      'the route at a',
      () => running[0]!.log(),
    );
    await until(
      () => /10\.1\.0\.0\/16 .*via 169\.254\.9\.1/.test(ip('-n', b, 'route')),
      'the route at b',
      () => running[1]!.log(),
    );
    expect(running[0]!.json<{ routerId: string }>('show bgp ipv4 unicast json').routerId).toBe('10.0.0.1');
  });

  test('a line that FRR does not know is refused, when it is checked and when it is started with', async () => {
    const wrong = router(65001, '10.0.0.1', '169.254.9.2', '10.1.0.0/16').replace('neighbor', 'nieghbor');
    expect(() => checkFrrConfig(wrong)).toThrow('Unknown command');
    await expect(startFrr(a, wrong)).rejects.toThrow('nieghbor');
  });
});
