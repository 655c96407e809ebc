/** The estate of test/estates/hybrid as network namespaces: two regions in host-gw, a data centre behind a leased line with a VPN as its fallback. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { diskSource } from '../../lib/estate/files/disk-source';
import { withoutNames } from '../../lib/reach/cut';
import { removeTemporaryFolders, temporaryFolder } from '../e2e/example';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { ROOT } from '../root';
import { Agent } from './agent';
import { withoutSizes } from './broken';
import { compare } from './compare';
import { compareSizes } from './compare-sizes';
import { emit, loadEstate, type ReadBack, readBack } from './emitted';
import { Kernel } from './kernel';
import { removeStale } from './namespaces';
import { PROOF_PROGRAMS } from './programs';

jest.setTimeout(120_000);

describeWithRealParts(PROOF_PROGRAMS, lacksNamespaces(), 'the hybrid estate in network namespaces', () => {
  let agent: Agent;
  let kernel: Kernel;
  let read: ReadBack;
  let sheet: string;

  beforeAll(async () => {
    removeStale();
    agent = new Agent();
    const { files } = emit(loadEstate(diskSource(join(ROOT, 'test/estates/hybrid'))), temporaryFolder());
    sheet = files['idc.out/beijing/sheet.md']!;
    read = readBack(files);
    kernel = new Kernel(read.kernelWorld, agent, read);
    await kernel.make();
  });
  afterAll(async () => {
    await kernel.end();
    await agent.end();
    removeTemporaryFolders();
  });

  test('nothing that was emitted has a fault', () => {
    expect(read.world.faults).toEqual([]);
  });

  test('a line that is cut as soon as BGP has settled is noticed by BFD, and not after the hold time', async () => {
    const without = withoutNames(read.world, ['line']);
    const start = Date.now();
    await kernel.fail(without);
    expect(Date.now() - start).toBeLessThan(25_000);
    await kernel.heal(without);
  });

  test('the kernel holds to what hosts load: where reach knows nothing of it, reach says yes and the kernel no', async () => {
    const bare = <T extends { readonly network?: unknown }>({ network: _, ...rest }: T) => rest;
    const vpcs = read.world.vpcs.map((vpc) => ({ ...vpc, interfaces: vpc.interfaces.map(bare) }));
    const world = { ...read.world, vpcs, idcHosts: read.world.idcHosts.map(bare) };
    const stations = kernel.stations.filter(({ id }) => /^us-east-1-core-worker-[12]( |$)/.test(id) || id === 'internet');
    const { differing } = await compare(kernel, { world, stations });
    const hosts = (from: string, to: string) =>
      expect.stringMatching(new RegExp(`^${from} -> ${to} 7777/udp: reach says yes .*, the kernel no$`));
    expect(differing).toContainEqual(hosts('us-east-1-core-worker-1', 'us-east-1-core-worker-2'));
    // And of masquerade nobody but the hosts knows.
    expect(differing).toContainEqual(expect.stringMatching(/^us-east-1-core-worker-1 172\.\S+ -> internet .*the kernel yes$/));
  });

  /** Asks everybody again with something down, and mends it. */
  async function agreeWithout(...names: string[]): Promise<number> {
    const without = withoutNames(read.world, names);
    await kernel.fail(without);
    try {
      const { came, differing } = await compare(kernel, { world: read.world, without });
      expect(differing).toEqual([]);
      return came;
    } finally {
      await kernel.heal(without);
    }
  }

  test('the kernel and reach agree on every pair of hosts and containers', async () => {
    const { asked, came, differing } = await compare(kernel, { world: read.world });
    process.stdout.write(`hybrid: ${asked} questions, ${came} yes\n`);
    expect(differing).toEqual([]);
    expect(came).toBeGreaterThan(0);
  });

  test('without the peering of the transit gateways they agree, and Europe is cut off', async () => {
    const all = (await compare(kernel, { world: read.world })).came;
    expect(await agreeWithout('eu-west-1--us-east-1')).toBeLessThan(all);
    expect((await compare(kernel, { world: read.world })).came).toBe(all);
  });

  test('without a zone they agree: its hosts are away, packets enter the VPC through the other zones', async () => {
    expect(await agreeWithout('us-east-1a')).toBeGreaterThan(0);
  });

  /** Packets of sizes and transfers, with something down that is mended again. */
  async function sizesWithout(...names: string[]) {
    const without = withoutNames(read.world, names);
    if (names.length > 0) await kernel.fail(without);
    try {
      return await compareSizes(kernel, { world: read.world, without });
    } finally {
      if (names.length > 0) await kernel.heal(without);
    }
  }

  test('kernel and reach agree on packets of every size, who is told, and on TCP: by the line, and by the VPN', async () => {
    for (const down of [[], ['line']]) {
      const { differing, ...counts } = await sizesWithout(...down);
      process.stdout.write(`hybrid without ${down}: ${JSON.stringify(counts)}\n`);
      expect(differing).toEqual([]);
      expect(Math.min(counts.packets - counts.came, counts.came, counts.told, counts.transfers)).toBeGreaterThan(0);
      expect(counts.stalled).toBe(0);
    }
  });

  test('without the network between the routers they agree', async () => {
    expect(await agreeWithout('beijing/core')).toBeGreaterThan(0);
  });

  test('with a host dead in a region and one in a rack they agree', async () => {
    expect(await agreeWithout('us-east-1-core-worker-1', 'beijing-a01-1')).toBeGreaterThan(0);
  });

  const container = { from: 'beijing-a01-1 172.20.0.0/24', to: 'us-east-1-core-worker-1 172.16.48.0/24' };

  test('when the leased line falls silent the VPN takes over within the time that the sheet says', async () => {
    const all = (await compare(kernel, { world: read.world })).came;
    const watching = agent.watch({ ...container, port: 7777, interval: 0.02, steady: 50, deadline: 20 });
    await sleep(500);
    const without = withoutNames(read.world, ['line']);
    await Promise.all(read.world.lines.map(({ id }) => kernel.cut(`line ${id}`)));
    const sent = await watching;
    const lost = sent.filter(([, came]) => !came).map(([at]) => at);
    const seconds = lost.at(-1)! - lost[0]! + 0.02;
    process.stdout.write(`leased line silent: the VPN took over after ${seconds.toFixed(2)} s\n`);
    expect(sent.at(-1)![1]).toBe(true);
    // What the sheet prints is when a quiet machine sees it; BGP's own work, and other work on this machine, comes on top.
    const seen = Number(/takes over: seen within ([\d.]+) s/.exec(sheet)?.[1]);
    expect(seconds).toBeLessThan(seen + 2);
    await kernel.settle(without);
    const { came, differing } = await compare(kernel, { world: read.world, without });
    expect(differing).toEqual([]);
    // Everything that the line carried goes on over the VPN.
    expect(came).toBe(all);
    await kernel.heal(without);
  });

  test('with one tunnel of the VPN down besides the line, the other one carries everything', async () => {
    const all = (await compare(kernel, { world: read.world })).came;
    const without = withoutNames(read.world, ['line']);
    await kernel.fail(without);
    const [tunnel] = kernel.cables.filter((name) => name.startsWith('tunnel '));
    await kernel.unplug(tunnel!);
    await kernel.settle(withoutNames(read.world, ['line', 'fallback']));
    const { came, differing } = await compare(kernel, { world: read.world, without });
    expect(differing).toEqual([]);
    expect(came).toBe(all);
    await kernel.plug(tunnel!);
    await kernel.heal(without);
  });

  test('without line and VPN they agree that nothing reaches the data centre', async () => {
    expect(await agreeWithout('line', 'fallback')).toBeGreaterThan(0);
  });

  test('when BGP of the line’s router is down they agree, and the VPN carries what it can', async () => {
    const without = withoutNames(read.world, ['bgp:r1']);
    await kernel.fail(without);
    const { came, differing } = await compare(kernel, { world: read.world, without });
    expect(differing).toEqual([]);
    expect(came).toBeGreaterThan(0);
  });

  test('where nobody keeps packets small they agree, too: over the VPN what is too large is lost without a word, and TCP stalls', async () => {
    await kernel.end();
    const bare = withoutSizes(read);
    kernel = new Kernel(bare.kernelWorld, agent, bare);
    await kernel.make();
    const without = withoutNames(bare.world, ['line']);
    await kernel.fail(without);
    const { differing, ...counts } = await compareSizes(kernel, { world: bare.world, without });
    process.stdout.write(`hybrid, nobody keeps packets small: ${JSON.stringify(counts)}\n`);
    expect(differing).toEqual([]);
    expect(counts.stalled).toBeGreaterThan(0);
    expect(counts.packets - counts.came - counts.told).toBeGreaterThan(0);
  });
});
