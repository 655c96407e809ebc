/** What stands behind a load balancer: a packet to a node goes on to a host that a listener sends to. */
import { atEdges } from './edges';
import type { Endpoint } from './endpoint';
import { hostOfInterface, passHost } from './host/host';
import { asked, both, isNothing } from './host/traffic';
import type { WorldIndex } from './index-world';
import type { AskedPort } from './judge';
import { type Passage, passages, passing, ruleWords } from './rules';
import type { Crossing, DropCode, Trace } from './walk/outcome';
import type { Topology } from './walk/topology';
import type { Balancer, Listener, NetworkInterface } from './world';

/** Ports that come through to every host behind the node, or why none that was asked for does. */
export type Behind = { readonly ports: readonly string[] } | { readonly stopped: DropCode; readonly ports: readonly string[] };

/** @param open what the node's own rules let in */
export function behind(
  topology: Topology,
  balancer: Balancer,
  node: NetworkInterface,
  from: Endpoint,
  question: AskedPort,
  open: readonly Passage[],
  trace: Trace,
): Behind {
  const all = balancer.listeners.flatMap((listener) => listener.protocols.map((protocol) => ({ listener, protocol })));
  const wanted = all.filter(
    ({ listener, protocol }) => asks(question, listener.port, protocol) && passing(open, protocol, listener.port) !== undefined,
  );
  if (wanted.length === 0) {
    const words = all.map(({ listener, protocol }) => `${listener.port}/${protocol}`);
    return {
      stopped: trace.drop(
        'NO_LISTENER',
        node.host,
        `listens on ${words.length === 0 ? 'nothing' : words.join(', ')} only`,
        balancer.from,
      ),
      ports: words,
    };
  }
  const ports: string[] = [];
  let first: Trace['hops'][number] | undefined;
  let code: DropCode | undefined;
  const mark = trace.hops.length;
  for (const { listener, protocol } of wanted) {
    const at = trace.hops.length;
    const stopped = toTargets(topology, balancer, node, from, listener, protocol, trace);
    if (stopped === undefined) ports.push(`${listener.port}/${protocol}`);
    else {
      code ??= stopped;
      first ??= trace.hops.at(-1);
    }
    // One way through is enough to be told.
    if (stopped !== undefined || ports.length > 1) trace.hops.splice(at);
  }
  if (ports.length > 0) return { ports };
  trace.hops.splice(mark, Number.POSITIVE_INFINITY, first!);
  return { stopped: code!, ports };
}

function asks({ protocol, port }: AskedPort, listens: number, by: 'tcp' | 'udp'): boolean {
  return (protocol === undefined || protocol === by) && (port === undefined || port === listens);
}

/** It may choose any of them: the first that isn't reached stops it. */
function toTargets(
  { index, without }: Topology,
  { crossZone }: Balancer,
  node: NetworkInterface,
  from: Endpoint,
  listener: Listener,
  protocol: 'tcp' | 'udp',
  trace: Trace,
): DropCode | undefined {
  const zoneOf = (id: string) => index.interfaces.get(id)?.subnet?.zone ?? '';
  const where = `listener ${listener.port}/${protocol}`;
  const alive = listener.targets.filter(({ own }) => {
    const zone = zoneOf(own);
    const host = index.interfaces.get(own)?.own;
    const up = host?.up === true && !without.hosts.has(host.host) && !without.zones.has(zone);
    return up && (crossZone || zone === zoneOf(node.id));
  });
  if (alive.length === 0) return trace.drop('NO_TARGET', where, 'no host behind it is up', listener.from);
  // Source: Elastic Load Balancing, "Troubleshoot your Network Load Balancer" (requests from a target to its own load balancer time out).
  const own = from.at.kind === 'interface' ? from.at.own.id : undefined;
  const itself = listener.keepsSource && alive.some((target) => target.own === own);
  if (itself) {
    const words = `may choose the sender itself (1 of ${alive.length} hosts), which none reaches while it sees senders’ addresses`;
    return trace.drop('HAIRPIN', where, words, listener.from);
  }
  const source = listener.keepsSource ? from.address : node.address;
  const seen = listener.keepsSource ? 'the sender’s address' : 'the node’s address';
  trace.pass(where, `sends on to ${alive.length} host${alive.length === 1 ? '' : 's'}, which see ${seen}`, listener.from);
  for (const target of alive) {
    const stopped = toTarget(index, node, index.interfaces.get(target.own)!.own, { source, protocol, port: target.port }, trace);
    if (stopped !== undefined) return stopped;
  }
  return undefined;
}

/**
 * Rules by group look at the node, never at the sender behind it. Source: Elastic Load Balancing, "Target groups for your Network Load
 * Balancers" (target security groups: client addresses, or the load balancer's own group).
 */
function toTarget(
  index: WorldIndex,
  node: NetworkInterface,
  target: NetworkInterface,
  { source, protocol, port }: { readonly source: number; readonly protocol: 'tcp' | 'udp'; readonly port: number },
  trace: Trace,
): DropCode | undefined {
  const byNode = passages(index, target, 'ingress', { address: node.address, own: node }).filter(
    ({ rule }) => rule.peer.kind === 'group',
  );
  const found = passing([...passages(index, target, 'ingress', { address: source }), ...byNode], protocol, port);
  const groups = target.groups.map((id) => index.groups.get(id)?.name ?? id).join(', ') || 'none';
  const from = index.groups.get(target.groups[0] ?? '')?.from;
  if (found === undefined)
    return trace.drop(
      'INGRESS_RULES',
      `security group ${groups} of ${target.host}`,
      `does not let in ${port}/${protocol} from there`,
      from,
    );
  const host = hostOfInterface(target);
  const packet = { near: target.address, far: source, leaves: false, reply: false, masqueraded: false };
  if (host !== undefined && isNothing(both(asked(protocol, port), passHost(host, packet).passes)))
    return trace.drop('HOST_FILTER', `packet filter of ${target.host}`, `does not let in ${port}/${protocol} from there`, {
      stack: host.stack,
      logicalId: 'nft',
    });
  const mark = trace.hops.length;
  const edges = edgesBetween(index, node, target, source);
  for (const reply of [false, true]) {
    const list = reply
      ? edges.map((each): Crossing => ({ ...each, direction: each.direction === 'egress' ? 'ingress' : 'egress' }))
      : edges;
    const passed = atEdges(index, [found], list, { protocol, port }, trace, reply);
    if ('stopped' in passed) return passed.stopped;
  }
  trace.hops.splice(mark);
  const known = trace.hops.some((hop) => hop.words === `lets in ${ruleWords(index, found.rule)}`);
  if (!known) trace.pass(`security group ${groups}`, `lets in ${ruleWords(index, found.rule)}`, found.rule.from);
  return undefined;
}

/** Edges of the node's subnet and of the host's, where they are not one. Aliyun asks those of hosts only ("Network ACL overview"). */
function edgesBetween(index: WorldIndex, node: NetworkInterface, target: NetworkInterface, source: number): Crossing[] {
  const [a, b] = [index.interfaces.get(node.id), index.interfaces.get(target.id)];
  if (a?.subnet === undefined || b?.subnet === undefined || a.subnet.id === b.subnet.id) return [];
  const nodes = a.vpc.vpc.provider === 'aliyun' ? undefined : a.subnet.acl;
  return [
    ...(nodes === undefined ? [] : [{ acl: nodes, subnet: a.subnet.name, direction: 'egress' as const, other: target.address }]),
    ...(b.subnet.acl === undefined
      ? []
      : [{ acl: b.subnet.acl, subnet: b.subnet.name, direction: 'ingress' as const, other: source }]),
  ];
}
