/**
 * The estate of test/estates/aliyun as network namespaces: two regions of Aliyun over their transit routers, a data centre behind a leased
 * line with a VPN as its fallback. The kernel is built from the ROS templates by a reader of its own, the routers run their frr.conf.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { diskSource } from '../../lib/estate/files/disk-source';
import { withoutNames } from '../../lib/reach/cut';
import { removeTemporaryFolders, temporaryFolder } from '../e2e/example';
import type { Files } from '../estate/arbitrary';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { ROOT } from '../root';
import { Agent } from './agent';
import { type Compared, compare } from './compare';
import { emit, loadEstate, type ReadBack, readBack } from './emitted';
import { Kernel } from './kernel';
import { removeStale } from './namespaces';
import { PROOF_PROGRAMS } from './programs';

jest.setTimeout(120_000);

describeWithRealParts(PROOF_PROGRAMS, lacksNamespaces(), 'the Aliyun estate in network namespaces', () => {
  let agent: Agent;
  let kernel: Kernel;
  let files: Files;
  let read: ReadBack;
  /** How many questions are answered while all is well. */
  let all: number;

  beforeAll(async () => {
    removeStale();
    agent = new Agent();
    files = emit(loadEstate(diskSource(join(ROOT, 'test/estates/aliyun'))), temporaryFolder()).files;
    read = readBack(files);
    kernel = new Kernel(read.kernelWorld, agent, read);
    await kernel.make();
  });
  afterAll(async () => {
    await kernel.end();
    await agent.end();
    removeTemporaryFolders();
  });

  const asked = (without?: ReturnType<typeof withoutNames>): Promise<Compared> =>
    compare(kernel, { world: read.world, ...(without === undefined ? {} : { without }) });

  test('nothing that was emitted has a fault, and both readers name the same hosts and containers', () => {
    expect(read.world.faults).toEqual([]);
    const named = (world: ReadBack['world']) =>
      world.vpcs.flatMap((vpc) => vpc.interfaces.map((own) => [own.host, own.address, own.containers]));
    expect(named(read.kernelWorld)).toEqual(named(read.world));
    expect(kernel.stations.map((station) => station.id)).toEqual(
      expect.arrayContaining(['bj-idc-a01-1 172.28.0.0/24', 'cn-beijing-core-worker-1 172.24.48.0/24']),
    );
  });

  test('the kernel and reach agree on every pair of hosts and containers', async () => {
    const { asked: questions, came, differing } = await asked();
    process.stdout.write(`aliyun: ${questions} questions, ${came} yes\n`);
    expect(differing.slice(0, 5)).toEqual([]);
    expect(came).toBeGreaterThan(0);
    all = came;
  });

  test('every container of the data centre and of the region reaches each other with its own address, both ways', async () => {
    const containers = kernel.stations.filter((station) => station.kind === 'container');
    const [idc, cloud] = ['bj-idc', 'cn-beijing'].map((place) => containers.filter((each) => each.id.startsWith(place)));
    expect([idc!.length, cloud!.length]).toEqual([5, 7]);
    const pairs = idc!.flatMap((a) => cloud!.flatMap((b) => [[a, b] as const, [b, a] as const]));
    const probes = pairs.map(([a, b]) => ({ from: a.id, to: b.id, protocol: 'tcp' as const, port: 7777, expect: true }));
    expect(await kernel.probe(probes)).toEqual(pairs.map(() => true));
  });

  const container = { from: 'bj-idc-a01-1 172.28.0.0/24', to: 'cn-beijing-core-worker-1 172.24.48.0/24' };

  test('when the leased line falls silent the VPN takes over, and they agree on every pair', async () => {
    const watching = agent.watch({ ...container, port: 7777, interval: 0.02, steady: 50, deadline: 20 });
    await sleep(500);
    const without = withoutNames(read.world, ['line']);
    await Promise.all([...without.links].map((id) => kernel.cut(`line ${id}`)));
    const sent = await watching;
    const lost = sent.filter(([, came]) => !came).map(([at]) => at);
    const seconds = lost.at(-1)! - lost[0]! + 0.02;
    process.stdout.write(`leased line to Aliyun silent: the VPN took over after ${seconds.toFixed(2)} s\n`);
    expect(sent.at(-1)![1]).toBe(true);
    // BFD's 300 ms x 3, and BGP's own work on a machine that does other work too.
    expect(seconds).toBeLessThan(3);
    await kernel.settle(without);
    const { came, differing } = await asked(without);
    expect(differing.slice(0, 5)).toEqual([]);
    expect(came).toBe(all);
    await kernel.heal(without);
  });

  /** Asks everybody again with something down, and mends it. */
  async function agreeWithout(...names: string[]): Promise<number> {
    const without = withoutNames(read.world, names);
    await kernel.fail(without);
    try {
      const { came, differing } = await asked(without);
      expect(differing.slice(0, 5)).toEqual([]);
      return came;
    } finally {
      await kernel.heal(without);
    }
  }

  test('without line and VPN they agree, and nothing of the region reaches the data centre', async () => {
    expect(await agreeWithout('line', 'fallback')).toBeLessThan(all);
    expect((await asked()).came).toBe(all);
  });

  test('without the connection of the transit routers, and without a zone, they agree', async () => {
    expect(await agreeWithout('cn-beijing--cn-hangzhou')).toBeLessThan(all);
    expect(await agreeWithout('cn-beijing-k')).toBeLessThan(all);
  });

  type Change = (template: { Resources: Record<string, { Properties: Record<string, unknown> }> }) => void;

  const inTemplate = (name: string, change: Change): Files => {
    const path = `aliyun.out/${name}.template.json`;
    const template = JSON.parse(files[path]!);
    change(template);
    return { ...files, [path]: JSON.stringify(template) };
  };

  const MISTAKES: readonly (readonly [string, () => Files])[] = [
    [
      'a host-gw route leads to another member',
      () =>
        inTemplate('cn-beijing-core-worker-1', ({ Resources }) => {
          Resources.M2RouteG1!.Properties.NextHopId = { Ref: 'M1InstanceG1' };
        }),
    ],
    [
      'a member’s check stays on, because the manifest does not say otherwise',
      () => {
        const path = 'aliyun.out/manifest.json';
        const manifest = JSON.parse(files[path]!) as { stacks: { path: string; members: { sourceDestCheck: boolean }[] }[] };
        manifest.stacks.find((stack) => stack.path === 'cn-beijing/core-worker-1')!.members[2]!.sourceDestCheck = true;
        return { ...files, [path]: JSON.stringify(manifest) };
      },
    ],
    [
      'the transit router has no route to the containers',
      () =>
        inTemplate('cn-beijing-transit', ({ Resources }) => {
          delete Resources.RouteContainersG1;
        }),
    ],
    [
      'the VPC has no route to the containers of the data centre',
      () =>
        inTemplate('links-bj-idc--cn-beijing-routes', ({ Resources }) => {
          delete Resources.RouteSystemBjIdcContainersG1;
        }),
    ],
    [
      'a router forwards nothing of the other one, which drops a port and a rack’s own containers',
      () => {
        const [r1, r2] = ['r1', 'r2'].map((name) => `idc.out/bj-idc/routers/${name}/nftables.conf`) as [string, string];
        const forward = '  type filter hook forward priority filter\n';
        return {
          ...files,
          [r1]: changed(files[r1]!, forward, `${forward}  iifname "vlan2" counter drop\n`),
          [r2]: changed(
            changed(files[r2]!, forward, `${forward}  tcp dport 2379 drop\n`),
            /^ {2}iifname "vlan\d+" ip saddr 172.* accept\n/m,
            '',
          ),
        };
      },
    ],
  ];

  function changed(text: string, from: string | RegExp, to: string): string {
    const other = text.replace(from, to);
    if (other === text) throw new Error(`nothing is ${from}`);
    return other;
  }

  /** The VPN carries what the line doesn't. */
  const MADE_GOOD: typeof MISTAKES = [
    [
      'the line propagates to no table',
      () =>
        inTemplate('links-bj-idc--cn-beijing-line-line', ({ Resources }) => {
          delete Resources.TransitPropagationG1;
        }),
    ],
    [
      'the router of the line tells no containers',
      () => {
        const path = 'idc.out/bj-idc/routers/r1/frr.conf';
        return { ...files, [path]: files[path]!.replace(/^ip prefix-list line-1-out .* permit 172\.28\.0\.0\/16\n/m, '') };
      },
    ],
  ];

  /** How many questions are answered of a kernel and a reach that both see the mistake. */
  async function agreeWith(broken: Files): Promise<number> {
    const wrong = readBack(broken);
    const own = new Agent();
    const other = new Kernel(wrong.kernelWorld, own, wrong);
    try {
      await other.make();
      const { came, differing } = await compare(other, { world: wrong.world });
      expect(differing.slice(0, 5)).toEqual([]);
      return came;
    } finally {
      await other.end();
      await own.end();
    }
  }

  test.each(MISTAKES)('with a mistake they agree too, and less comes through: %s', async (_, broken) => {
    expect(await agreeWith(broken())).toBeLessThan(all);
  });

  test.each(MADE_GOOD)('with a mistake on the line they agree, and the VPN makes it good: %s', async (_, broken) => {
    expect(await agreeWith(broken())).toBe(all);
  });
});
