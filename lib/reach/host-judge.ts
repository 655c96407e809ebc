/** What the packet filters of both hosts make of a connection: of its first packet, and of its replies. */
import type { Endpoint } from './endpoint';
import { type Host, type HostVerdict, hostOfInterface, hostOfRack, type Passing, passBridge, passHost } from './host/host';
import { asked, both, EVERYTHING, isNothing, portRanges, type Traffic, without } from './host/traffic';
import type { AskedPort } from './judge';
import { intersect, type Passage, portWords } from './rules';
import type { Arrived, DropCode, Trace } from './walk/outcome';
import { passRouter } from './walk/router-filter';

/** Asks one host; whoever asks of many pairs remembers it. */
export type AskHost = (host: Host, passing: Passing) => HostVerdict;

/** One host on the way, in the order that a connection comes to them. */
interface Step {
  readonly host: Pick<Host, 'name' | 'stack'>;
  readonly leaves: boolean;
  readonly reply: boolean;
  /** It is a router, which packets pass through. @default false */
  readonly through?: true;
  readonly verdict: HostVerdict;
}

export function hostAt({ at }: Endpoint): Host | undefined {
  if (at.kind === 'interface') return hostOfInterface(at.own);
  return at.kind === 'idc-host' ? hostOfRack(at.host) : undefined;
}

/** @param going of the first packet */
export function hostSteps(from: Endpoint, to: Endpoint, going: Arrived, ask: AskHost = passHost): Step[] {
  const [sender, receiver] = [hostAt(from), hostAt(to)];
  const masqueraded = going.source !== undefined;
  const seen = going.source ?? from.address;
  const step = (host: Host | undefined, passing: Passing): Step[] =>
    host === undefined ? [] : [{ host, leaves: passing.leaves, reply: passing.reply, verdict: ask(host, passing) }];
  const near = { near: from.address, far: to.address, masqueraded };
  const far = { near: to.address, far: seen, masqueraded: false };
  return [
    ...step(sender, { ...near, leaves: true, reply: false }),
    ...step(receiver, { ...far, leaves: false, reply: false }),
    ...step(receiver, { ...far, leaves: true, reply: true }),
    ...step(sender, { ...near, leaves: false, reply: true }),
  ];
}

/** Between a host and its own container, or two containers of it: only the host's own chains see it. */
export function bridgeSteps(from: Endpoint, to: Endpoint): Step[] {
  const host = hostAt(from);
  // Containers of one bridge meet there, and no chain of the host sees it.
  if (host === undefined || from.container === to.container) return [];
  const container = from.container ? from.address : to.address;
  return [false, true].map((reply) => ({
    host,
    leaves: false,
    reply,
    verdict: passBridge(host, container, from.container !== reply, reply, EVERYTHING),
  }));
}

/** Routers whose filters let only some of it through. @param reply it goes back */
export function routerSteps({ filtered = [] }: Pick<Arrived, 'filtered'>, reply: boolean): Step[] {
  return filtered.map((at) => ({
    host: { name: at.router.id, stack: at.router.network!.where },
    leaves: false,
    through: true,
    reply,
    verdict: passRouter(at, reply),
  }));
}

export function throughAll(steps: readonly Step[]): Traffic {
  return steps.reduce((all: Traffic, { verdict }) => both(all, verdict.passes), EVERYTHING);
}

/** What of these passages the hosts let through, too. */
export function narrowed(passages: readonly Passage[], traffic: Traffic): readonly Passage[] {
  if (traffic === EVERYTHING) return passages;
  const [first] = passages;
  if (first === undefined) return passages;
  return intersect(
    portRanges(traffic).map((range) => ({ ...first, ...range })),
    passages,
  );
}

/** `icmp, 2379/tcp`, or `all but 22/tcp` where that is shorter; empty for nothing. */
function trafficWords(traffic: Traffic): string {
  const [yes, no] = [traffic, without(EVERYTHING, traffic)].map(portRanges);
  if (yes!.length <= no!.length || !traffic.other) return portWords(yes!).join(', ');
  return `all but ${portWords(no!).join(', ')}`;
}

/** Says on the trace which host stops it. @returns why, where it is stopped */
export function judgeHosts(
  steps: readonly Step[],
  through: readonly Passage[],
  { protocol, port }: AskedPort,
  forward: Trace,
): DropCode | undefined {
  const question = asked(protocol, port);
  let open = through;
  for (const { host, leaves, through: passing, reply, verdict } of steps) {
    const { passes, dropped } = verdict;
    if (passes === EVERYTHING) continue;
    open = narrowed(open, passes);
    const wanted = both(question, passes);
    const where = `packet filter of ${host.name}`;
    const way = passing ? 'lets through' : leaves ? 'lets out' : 'lets in';
    const words = trafficWords(passes);
    if (!isNothing(wanted) && open.length > 0) {
      const at = { stack: host.stack, logicalId: 'nft' };
      const hop = { where, words: `${way} ${words || 'nothing'}`, from: at, passes: true };
      // What leaves is judged first: that stands behind the sender's own hop.
      if (!reply) forward.hops.splice(leaves ? 1 : forward.hops.length, 0, hop);
      continue;
    }
    if (leaves && !reply) forward.hops.splice(1);
    const culprit = dropped.find(({ traffic }) => !isNothing(both(traffic, question)));
    const instead = words === '' ? 'nothing of that' : words.startsWith('all') ? words : `only ${words}`;
    const what =
      protocol === undefined || words.startsWith('all') ? '' : `, not ${port === undefined ? '' : `${port}/`}${protocol}`;
    const rule = culprit === undefined ? '' : `: "${culprit.rule?.text ?? 'policy drop'}" of ${culprit.chain}`;
    const of = reply ? ' of replies' : '';
    return forward.drop('HOST_FILTER', where, `${way}${of} ${instead}${what}${rule}`, {
      stack: host.stack,
      logicalId: culprit?.rule?.at ?? 'nft',
    });
  }
  return undefined;
}
