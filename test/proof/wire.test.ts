/** On the wire between hosts: what containers send is there as they sent it, in the hybrid estate, seen by tcpdump. */
import { join } from 'node:path';
import { diskSource } from '../../lib/estate/files/disk-source';
import { removeTemporaryFolders, temporaryFolder } from '../e2e/example';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { ROOT } from '../root';
import { Agent, type Probe } from './agent';
import { withoutSizes } from './broken';
import { type Capture, capture, type Seen } from './capture';
import { emit, loadEstate, readBack } from './emitted';
import { Kernel } from './kernel';
import { removeStale } from './namespaces';
import { PROOF_PROGRAMS } from './programs';

jest.setTimeout(60_000);

/** IPv4 and UDP headers, bytes. */
const HEADERS = 28;

describeWithRealParts([...PROOF_PROGRAMS, 'tcpdump'], lacksNamespaces(), 'packets of containers on the wire', () => {
  let agent: Agent;
  let kernel: Kernel;

  beforeAll(async () => {
    removeStale();
    agent = new Agent();
    // Containers send what the wires take, larger packets than their bridges would: nothing may be added to them.
    const read = withoutSizes(readBack(emit(loadEstate(diskSource(join(ROOT, 'test/estates/hybrid'))), temporaryFolder()).files));
    kernel = new Kernel(read.world, agent, read);
    await kernel.make();
  });
  afterAll(async () => {
    await kernel.end();
    await agent.end();
    removeTemporaryFolders();
  });

  /** Two containers talk over UDP, with packets of a size, and over TCP; tells what every device on their way saw. */
  async function talk(from: string, to: string, bytes: number, wires: readonly string[]): Promise<Seen[][]> {
    const devices = wires.flatMap((name) => kernel.wire(name));
    const captures: Capture[] = await Promise.all(devices.map(([namespace, device]) => capture(namespace, device)));
    const probes: Probe[] = [
      { from, to, protocol: 'udp', port: 7777, expect: true, bytes: bytes - HEADERS },
      { from, to, protocol: 'tcp', port: 7778, expect: true },
    ];
    expect(await kernel.probe(probes)).toEqual([true, true]);
    return Promise.all(captures.map((each) => each.stop()));
  }

  const worker = (region: string, n: number, range: string): string => `${region}-core-worker-${n} ${range}`;
  const first = worker('us-east-1', 1, '172.16.48.0/24');
  const second = worker('us-east-1', 2, '172.16.49.0/24');
  const european = worker('eu-west-1', 1, '172.17.48.0/24');
  const racked = 'beijing-a01-1 172.20.0.0/24';
  const addressOf = (id: string): string => kernel.stations.find((station) => station.id === id)!.address;

  /** Nothing but the containers' own packets, whole, and both directions of both protocols. */
  function expectPlain(seen: readonly Seen[], from: string, to: string, bytes: number): void {
    const [a, b] = [addressOf(from), addressOf(to)];
    for (const packet of seen) {
      expect([`${a} ${b}`, `${b} ${a}`]).toContain(`${packet.source} ${packet.destination}`);
      expect(['UDP (17)', 'TCP (6)']).toContain(packet.protocol);
      expect([packet.offset, packet.flags]).toEqual([0, 'DF']);
      expect([7777, 7778]).toContain(packet.source === a ? packet.destinationPort : packet.sourcePort);
    }
    for (const [source, destination] of [
      [a, b],
      [b, a],
    ] as const) {
      const way = seen.filter((packet) => packet.source === source && packet.destination === destination);
      expect(way.filter((packet) => packet.protocol === 'UDP (17)').map((packet) => packet.length)).toEqual([bytes]);
      expect(way.some((packet) => packet.protocol === 'TCP (6)')).toBe(true);
    }
  }

  test('inside a VPC they carry the containers’ own addresses, unwrapped, with the whole MTU of 9001', async () => {
    const seen = await talk(first, second, 9001, ['host us-east-1-core-worker-1', 'host us-east-1-core-worker-2']);
    for (const each of seen) expectPlain(each, first, second, 9001);
  });

  test('between regions the same, with the 8500 bytes that transit gateways take', async () => {
    const peering = kernel.cables.find((name) => name.startsWith('transit-peering '))!;
    const seen = await talk(first, european, 8500, ['host us-east-1-core-worker-1', peering, 'host eu-west-1-core-worker-1']);
    for (const each of seen) expectPlain(each, first, european, 8500);
  });

  test('on the leased line the same, beside BGP and BFD of the routers', async () => {
    const line = kernel.cables.find((name) => name.startsWith('line '))!;
    const seen = await talk(first, racked, 8500, [line]);
    for (const each of seen) {
      const routers = each.filter((packet) => packet.source.startsWith('169.254.'));
      for (const { sourcePort, destinationPort } of routers) expect([179, 3784]).toContain(Math.min(sourcePort, destinationPort));
      expectPlain(
        each.filter((packet) => !routers.includes(packet)),
        first,
        racked,
        8500,
      );
    }
  });
});
