/** The same questions to lib/reach and to the kernel: what each answers, and where they differ. */
import { type Answer, answerPair } from '../../lib/reach/answer';
import type { Endpoint } from '../../lib/reach/endpoint';
import type { Chain } from '../../lib/reach/host/model';
import { topologyOf } from '../../lib/reach/walk/topology';
import { NOTHING_DOWN, type Without } from '../../lib/reach/without';
import type { SecurityRule, World } from '../../lib/reach/world';
import type { Probe } from './agent';
import { containerOf, type HostStation } from './hosts';
import { INTERNET } from './internet';
import type { Kernel } from './kernel';

export interface Compared {
  readonly asked: number;
  /** How many of them both say yes to. */
  readonly came: number;
  /** One line each. */
  readonly differing: readonly string[];
}

export interface CompareOptions {
  readonly without?: Without;
  /** Endpoints that take part, by id. @default - all */
  readonly stations?: readonly HostStation[];
  /** What reach is asked about. @default - the kernel's own World */
  readonly world?: World;
}

/** Two questions a pair of endpoints: one port that some rule names, one that none does. */
export async function compare(kernel: Kernel, options: CompareOptions = {}): Promise<Compared> {
  const { without = NOTHING_DOWN, stations = kernel.stations, world = kernel.world } = options;
  const topology = topologyOf(world, without);
  const endpoints = endpointsOf(world).set(INTERNET.id, THE_INTERNET);
  const ports = portsOf(world);
  const probes: Probe[] = [];
  const answers: Answer[] = [];
  for (const [i, from] of stations.entries()) {
    for (const [j, to] of stations.entries()) {
      const [a, b] = [endpoints.get(from.id), endpoints.get(to.id)];
      if (a === undefined || b === undefined) throw new Error(`no endpoint ${from.id} or ${to.id}`);
      // Who asks from there is a question of public addresses.
      if (from.kind === 'internet') continue;
      // Containers of one host meet on its bridge.
      if (hostIdOf(from) === hostIdOf(to) && (from === to || from.kind === to.kind)) continue;
      const named = ports[(i * 31 + j * 7) % ports.length]!;
      for (const { protocol, port } of [named, UNNAMED]) {
        const answer = answerPair(topology, { ...a, address: from.value }, { ...b, address: to.value }, { protocol, port });
        probes.push({ from: from.id, to: to.id, protocol, port, expect: answer.yes });
        answers.push(answer);
      }
    }
  }
  const came = await throughEveryEntrance(kernel, probes, without);
  const differing = probes.flatMap(({ from, to, protocol, port, expect }, n) => {
    // What BGP goes on changing, or ends in by chance, is a fault that reach tells, and nobody can be held to it.
    if (came[n] === expect || answers[n]!.code === 'UNSETTLED') return [];
    return [
      `${from} -> ${to} ${port}/${protocol}: reach says ${expect ? 'yes' : 'no'} (${answers[n]!.reason}), the kernel ${came[n] ? 'yes' : 'no'}`,
    ];
  });
  return { asked: probes.length, came: came.filter(Boolean).length, differing };
}

/** What comes out in any of several zones must arrive from each of them. */
async function throughEveryEntrance(kernel: Kernel, probes: readonly Probe[], without: Without): Promise<boolean[]> {
  let came = probes.map(() => true);
  for (let n = 0; n < kernel.entrances(without); n++) {
    await kernel.enterBy(n, without);
    const now = await kernel.probe(probes);
    came = came.map((before, k) => before && now[k]!);
  }
  return came;
}

const THE_INTERNET: Endpoint = {
  name: INTERNET.address,
  place: '',
  address: INTERNET.value,
  container: false,
  at: { kind: 'outside' },
};

/** A port that no rule of this toolkit names: only rules for all protocols let it in. */
const UNNAMED = { protocol: 'udp', port: 7777 } as const;

interface Port {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
}

/** Ends of what rules name, and the first one behind. */
function portsOf(world: World): Port[] {
  const rules = world.vpcs.flatMap((vpc) => vpc.groups.flatMap((group) => [...group.ingress, ...group.egress]));
  const found = new Map<string, Port>();
  for (const rule of [...rules, ...filteredPorts(world)]) {
    for (const port of namedPorts(rule)) found.set(`${port.protocol} ${port.port}`, port);
  }
  if (found.size === 0) found.set('tcp 22', { protocol: 'tcp', port: 22 });
  return [...found.values()];
}

/** What hosts' and routers' own filters name. */
function filteredPorts(world: World): PortRange[] {
  const hosts = [...world.vpcs.flatMap((vpc) => vpc.interfaces), ...world.idcHosts, ...world.routers];
  const chains = new Set<Chain>(hosts.flatMap(({ network }) => network?.hooks ?? []));
  // A set goes on with what is added while it is gone through.
  for (const chain of chains) {
    for (const { verdict } of chain.rules)
      if (typeof verdict === 'object' && !('segment' in verdict)) chains.add('jump' in verdict ? verdict.jump : verdict.goto);
  }
  return [...chains].flatMap(({ rules }) =>
    rules.flatMap(({ protocols, sourcePorts, destinationPorts }) =>
      [...(sourcePorts?.of ?? []), ...(destinationPorts?.of ?? [])].flatMap(([fromPort, toPort]) =>
        (protocols?.of ?? []).map((protocol) => ({ protocol, fromPort, toPort })),
      ),
    ),
  );
}

/** Sources of UDP probes begin here: no server may stand on them. */
const LAST_PORT = 39_999;

interface PortRange extends Pick<SecurityRule, 'fromPort' | 'toPort'> {
  readonly protocol: string;
}

function namedPorts({ protocol, fromPort, toPort }: PortRange): Port[] {
  if (protocol !== 'tcp' && protocol !== 'udp') return [];
  return [fromPort, toPort, toPort + 1].filter((port) => port > 0 && port <= LAST_PORT).map((port) => ({ protocol, port }));
}

export const hostIdOf = (station: HostStation): string => station.id.split(' ')[0]!;

/** Endpoints as lib/reach knows them, by the id of their station. */
export function endpointsOf(world: World): Map<string, Endpoint> {
  const found = new Map<string, Endpoint>();
  const add = (
    id: string,
    place: string,
    address: number,
    at: Endpoint['at'],
    ranges: readonly (readonly [string, number])[],
  ): void => {
    found.set(id, { name: id, place, address, container: false, at });
    for (const [range, value] of ranges)
      found.set(`${id} ${range}`, { name: `${id}:container`, place, address: value, container: true, at });
  };
  for (const vpc of world.vpcs) {
    for (const own of vpc.interfaces)
      add(own.host, vpc.region, own.address, { kind: 'interface', own }, [...own.containers, ...own.prefixes].map(containerOf));
  }
  for (const host of world.idcHosts)
    add(
      host.host,
      host.idc,
      host.address,
      { kind: 'idc-host', host },
      (host.containers === undefined ? [] : [host.containers]).map(containerOf),
    );
  return found;
}
