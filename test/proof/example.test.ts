/** The example estate, nine regions of AWS and two of Aliyun with a data centre, as network namespaces. */

import type { Estate, Region } from '../../lib/estate/model/model';
import { withoutNames } from '../../lib/reach/cut';
import { exampleEstate, removeTemporaryFolders, temporaryFolder } from '../e2e/example';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { Agent } from './agent';
import { withOpenGroups } from './broken';
import { compare } from './compare';
import { emit, type ReadBack, readBack } from './emitted';
import type { HostStation } from './hosts';
import { Kernel } from './kernel';
import { removeStale } from './namespaces';
import { PROOF_PROGRAMS } from './programs';

jest.setTimeout(180_000);

/** Collections that stand for all: a collecting and a central region of each cloud. The others differ in addresses only, and pairs grow with the square of the hosts. */
const COLLECTING = ['cn-beijing', 'cn-hangzhou', 'sa-east-1', 'us-east-1'];

function fewerCollections(estate: Estate): Estate {
  const lesser = <R extends Region>(region: R): R =>
    COLLECTING.includes(region.name)
      ? region
      : { ...region, clusters: region.clusters.filter(({ kafka }) => kafka === undefined) };
  return { ...estate, regions: estate.regions.map(lesser) };
}

describeWithRealParts(PROOF_PROGRAMS, lacksNamespaces(), 'the example estate in network namespaces', () => {
  let agent: Agent;
  let kernel: Kernel;
  let read: ReadBack;

  beforeAll(async () => {
    removeStale();
    agent = new Agent();
    read = readBack(emit(fewerCollections(exampleEstate()), temporaryFolder()).files);
    kernel = new Kernel(read.kernelWorld, agent, read);
    await kernel.make();
  });
  afterAll(async () => {
    await kernel.end();
    await agent.end();
    removeTemporaryFolders();
  });

  test('all regions are there, and nothing that was emitted has a fault', () => {
    const of = (provider?: 'aliyun') => read.world.vpcs.filter((vpc) => vpc.provider === provider);
    expect([of().length, of('aliyun').length]).toEqual([9, 2]);
    expect(read.world.faults).toEqual([]);
  });

  test('the kernel and reach agree on every pair of hosts', async () => {
    const { asked, came, differing } = await compare(kernel, { world: read.world });
    process.stdout.write(`example: ${kernel.stations.length} hosts, ${asked} questions, ${came} yes\n`);
    expect(differing).toEqual([]);
    expect(came).toBeGreaterThan(0);
  });

  test('without a link and a zone they agree too', async () => {
    const [link] = read.world.peerings;
    const without = { ...withoutNames(read.world, ['us-east-1a']), links: new Set([link!.id]) };
    // The two ends of the link: what others ask is asked above.
    const regions = [link!.requester, link!.accepter].map((id) => read.world.vpcs.find((vpc) => vpc.id === id)!.region);
    const stations = kernel.stations.filter((station: HostStation) => regions.some((region) => station.id.startsWith(region)));
    const before = await compare(kernel, { world: read.world, stations });
    await kernel.fail(without);
    const { came, differing } = await compare(kernel, { world: read.world, without, stations });
    expect(differing).toEqual([]);
    expect(came).toBeLessThan(before.came);
    await kernel.heal(without);
    expect((await compare(kernel, { world: read.world, stations })).came).toBe(before.came);
  });

  test('with all security groups open they agree on routes, every region of AWS reaches the central one, and nothing of Aliyun or its data centre does', async () => {
    const world = withOpenGroups(read.world);
    const open = new Kernel(withOpenGroups(read.kernelWorld), agent, read);
    await kernel.end();
    try {
      await open.make();
      const { came, differing } = await compare(open, { world });
      expect(differing).toEqual([]);
      const central = open.stations.find((station) => station.id.startsWith('us-east-1'))!;
      const others = open.stations.filter(({ id, kind }) => kind !== 'internet' && !id.startsWith('us-east-1'));
      const joined = others.map(({ id }) => !/^(?:cn|bj)-/.test(id));
      expect(new Set(joined)).toEqual(new Set([true, false]));
      const probe = { to: central.id, protocol: 'udp', port: 7777 } as const;
      expect(await open.probe(others.map(({ id }, n) => ({ ...probe, from: id, expect: joined[n]! })))).toEqual(joined);
      expect(came).toBeGreaterThan(2 * others.length);
    } finally {
      await open.end();
    }
  });
});
