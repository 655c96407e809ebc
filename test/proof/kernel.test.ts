/** The kernel model itself, on Worlds written by hand: what it must do stands here in words of the cloud's own pages, not in lib/reach. */
import { readdirSync } from 'node:fs';
import type { World } from '../../lib/reach/world';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { Agent } from './agent';
import { compare } from './compare';
import { ALL, alone, type Changes, hostRoutes, joined, peered, range, route, rule } from './hand-made';
import { Kernel } from './kernel';
import { PREFIX, removeStale, run } from './namespaces';
import { PROOF_PROGRAMS } from './programs';

describeWithRealParts(PROOF_PROGRAMS, lacksNamespaces(), 'a World as network namespaces', () => {
  let agent: Agent;
  let kernel: Kernel | undefined;

  beforeAll(() => {
    removeStale();
    agent = new Agent();
  });
  afterEach(async () => {
    await kernel?.end();
    kernel = undefined;
  });
  afterAll(() => agent.end());

  /** Which of `<from> <to> [port]` come through; hosts are `v1h2`, their containers `c1h2`. */
  async function came(world: World, ...asked: string[]): Promise<string[]> {
    kernel = new Kernel(world, agent, { routerFiles: new Map() });
    await kernel.make();
    const station = (name: string): string =>
      name.startsWith('v') ? name : `v${name.slice(1)} 172.16.${name[1]}${name[3]}.0/24`;
    const probes = asked.map((words) => {
      const [from, to, port = '7777', protocol = 'udp'] = words.split(' ');
      return {
        from: station(from!),
        to: station(to!),
        protocol: protocol as 'udp' | 'tcp',
        port: Number(port),
        expect: true,
      };
    });
    const answers = await kernel.probe(probes.map((probe) => ({ ...probe, expect: false })));
    return asked.filter((_, n) => answers[n]);
  }

  const routed: Changes = { hosts: { vpc1: hostRoutes(1), vpc2: hostRoutes(2) } };

  test('hosts of a VPC reach each other by the local route, containers only by routes to their hosts', async () => {
    const asked = ['v1h1 v1h2', 'v1h1 v1h3', 'c1h1 c1h3', 'c1h1 v1h3', 'v1h3 c1h1'];
    expect(await came(alone(), ...asked)).toEqual(['v1h1 v1h2', 'v1h1 v1h3']);
    await kernel!.end();
    expect(await came(alone(routed), ...asked)).toEqual(asked);
  });

  test('the source/destination check stops what is not the interface’s own, in both directions', async () => {
    const changes: Changes = { ...routed, interfaces: { v1h1: { sourceDestCheck: true } } };
    expect(await came(alone(changes), 'v1h1 v1h2', 'v1h2 v1h1', 'c1h1 v1h2', 'v1h2 c1h1', 'c1h2 c1h3')).toEqual([
      'v1h1 v1h2',
      'v1h2 v1h1',
      'c1h2 c1h3',
    ]);
  });

  test('delegated prefixes are the interface’s own: they pass the check and need no route', async () => {
    const prefixed = { prefixes: [range('10.1.1.32/28')], containers: [], sourceDestCheck: true };
    kernel = new Kernel(alone({ interfaces: { v1h1: prefixed } }), agent, { routerFiles: new Map() });
    await kernel.make();
    const probe = { protocol: 'udp', port: 7777, expect: true } as const;
    const to = { ...probe, from: 'v1h3', to: 'v1h1 10.1.1.32/28' };
    const back = { ...probe, from: 'v1h1 10.1.1.32/28', to: 'v1h3' };
    expect(await kernel.probe([to, back])).toEqual([true, true]);
  });

  test('a security group lets in what a rule names, by range or by group, and answers without a rule', async () => {
    const ingress = [rule('tcp', [2379, 2380], 'vpc1/group'), rule('udp', [53, 53], '10.1.2.0/24')];
    const asked = ['v1h1 v1h2 2380 tcp', 'v1h1 v1h2 2381 tcp', 'v1h1 v1h2 2380 udp', 'v1h3 v1h2 53 udp', 'v1h1 v1h2 53 udp'];
    expect(await came(alone({ ...routed, ingress }), ...asked, 'c1h1 v1h2 2380 tcp')).toEqual([asked[0], asked[3]]);
  });

  test('a security group lets out what a rule names', async () => {
    const egress = [rule('udp', [53, 53], '0.0.0.0/0')];
    expect(await came(alone({ egress }), 'v1h1 v1h2 53', 'v1h1 v1h2 54')).toEqual(['v1h1 v1h2 53']);
  });

  test('an interface without a group takes nothing in', async () => {
    expect(await came(alone({ interfaces: { v1h2: { groups: [] } } }), 'v1h1 v1h2', 'v1h1 v1h3')).toEqual(['v1h1 v1h3']);
  });

  test('a member that is absent answers nobody, and the others do', async () => {
    expect(await came(alone({ interfaces: { v1h2: { up: false } } }), 'v1h1 v1h3')).toEqual(['v1h1 v1h3']);
  });

  test('the longest prefix decides', async () => {
    const wrong = [...hostRoutes(1), route('172.16.12.0/25', { kind: 'internet', id: 'igw' })];
    expect(await came(alone({ hosts: { vpc1: wrong } }), 'c1h1 c1h2', 'c1h1 c1h3')).toEqual(['c1h1 c1h3']);
  });

  const peering = (text: string) => route(text, { kind: 'peering', id: 'pcx' });

  test('a peering carries addresses of its two VPCs only, whatever is routed into it', async () => {
    const world = peered({
      hosts: {
        vpc1: [...hostRoutes(1), peering('10.2.0.0/16'), peering('172.16.21.0/24')],
        vpc2: [...hostRoutes(2), peering('10.1.0.0/16'), peering('172.16.11.0/24')],
      },
    });
    const asked = ['v1h1 v2h3', 'v2h1 v1h2', 'c1h1 c2h1', 'c1h1 v2h1', 'v1h1 c2h1', 'v2h1 c1h1'];
    expect(await came(world, ...asked)).toEqual(['v1h1 v2h3', 'v2h1 v1h2']);
  });

  test('a peering needs a route at both ends', async () => {
    const world = peered({ hosts: { vpc1: [peering('10.2.0.0/16')], vpc2: [] } });
    expect(await came(world, 'v1h1 v2h1', 'v2h1 v1h1')).toEqual([]);
  });

  test('over transit gateways containers reach containers, by the routes of the attachment subnet’s table', async () => {
    const asked = ['v1h1 v2h2', 'c1h1 c2h2', 'c2h2 c1h1', 'c1h1 v2h2', 'v1h1 c2h1', 'c1h2 c1h3'];
    expect(await came(joined(), ...asked)).toEqual(asked);
    await kernel!.end();
    const without = joined({ attachment: { vpc1: hostRoutes(1), vpc2: [] } });
    expect(await came(without, ...asked)).toEqual(['v1h1 v2h2', 'c1h1 v2h2', 'c1h2 c1h3']);
  });

  test('a transit gateway is reached only in zones where it has a subnet; it reaches all zones', async () => {
    expect(await came(joined(), 'v1h3 v2h1', 'v1h1 v2h1', 'v1h1 v1h3')).toEqual(['v1h1 v2h1', 'v1h1 v1h3']);
  });

  test('an attachment without an association drops what comes in on it', async () => {
    const [, second] = joined().transits;
    const attachments = second!.attachments.map(({ table, ...rest }) => (rest.id === 'tpa' ? rest : { ...rest, table: table! }));
    const world = joined({ transit: { tgw2: { attachments } } });
    expect(await came(world, 'v1h1 v2h1', 'v2h1 v1h1')).toEqual([]);
  });

  test('a blackhole in the transit table wins by its length', async () => {
    const [first] = joined().transits;
    const [table] = first!.tables;
    const routes = [...table!.routes, { destination: range('10.2.1.12/32'), from: first!.from }];
    const world = joined({ transit: { tgw1: { tables: [{ ...table!, routes }] } } });
    expect(await came(world, 'v1h1 v2h2', 'v1h1 v2h1')).toEqual(['v1h1 v2h1']);
  });

  test('a cut is silent, and mended again', async () => {
    expect(await came(joined({ ingress: [ALL] }), 'v1h1 v2h1')).toEqual(['v1h1 v2h1']);
    const probe = { from: 'v1h1', to: 'v2h1', protocol: 'udp', port: 7777, expect: false } as const;
    await kernel!.cut('transit-peering tpa');
    expect(await kernel!.probe([probe])).toEqual([false]);
    await kernel!.mend('transit-peering tpa');
    expect(await kernel!.probe([{ ...probe, expect: true }])).toEqual([true]);
  });

  test('where kernel and reach differ, each pair is told with what both say', async () => {
    kernel = new Kernel(alone({ hosts: { vpc1: hostRoutes(1).slice(1) } }), agent, { routerFiles: new Map() });
    await kernel.make();
    const { asked, came, differing } = await compare(kernel, { world: alone(routed) });
    // Six endpoints on three hosts, two questions a pair, of one host and its container too; what the missing route led to is reached by nobody, and reaches nobody.
    expect([asked, came]).toEqual([60, 60 - 16]);
    expect(differing).toHaveLength(16);
    expect(differing[0]).toMatch(/^v1h1 172\.16\.11\.0\/24 -> v1h2 22\/tcp: reach says yes \(.*\), the kernel no$/);
    expect((await compare(kernel)).differing).toEqual([]);
  });

  test('namespaces go when their kernel ends, and those of a process that is no more when the next one starts', async () => {
    const own = (): string[] => readdirSync('/run/netns').filter((name) => name.startsWith(`${PREFIX}-${process.pid}-`));
    await came(alone(), 'v1h1 v1h2');
    expect(own()).not.toEqual([]);
    await kernel!.end();
    expect(own()).toEqual([]);
    // Above every process id that Linux gives.
    const left = `${PREFIX}-4194305-1-0`;
    await run('ip', ['netns', 'add', left]);
    removeStale();
    expect(readdirSync('/run/netns')).not.toContain(left);
  });
});
