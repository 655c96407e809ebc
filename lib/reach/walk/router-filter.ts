/** What a router's own packet filter makes of packets that pass through it, or end at it. */
import { type HookPacket, type Passed, passChain } from '../host/filter';
import type { Hook } from '../host/model';
import { EVERYTHING, isEverything, isNothing, type Traffic } from '../host/traffic';
import type { Router } from '../world';

/** A packet at a router that has a filter. */
export interface AtRouter {
  readonly router: Router;
  /** Interface that it came in by. @default - not known: rules about one don't match */
  readonly from?: string;
  /** Interface that it leaves by. @default - the router takes it itself */
  readonly to?: string;
  readonly source: number;
  readonly destination: number;
}

export interface RouterVerdict {
  readonly passes: Traffic;
  readonly dropped: Passed['dropped'];
}

/** @param reply it belongs to a connection that the other one has opened */
export function passRouter({ router, from, to, source, destination }: AtRouter, reply: boolean): RouterVerdict {
  const hooks: readonly Hook[] = to === undefined ? ['prerouting', 'input'] : ['prerouting', 'forward', 'postrouting'];
  let passes = EVERYTHING;
  const dropped: RouterVerdict['dropped'][number][] = [];
  for (const hook of hooks) {
    for (const chain of router.network?.hooks ?? []) {
      if (chain.hook !== hook) continue;
      const packet: HookPacket = {
        ...(from === undefined || hook === 'postrouting' ? {} : { from }),
        ...(to === undefined || hook === 'prerouting' ? {} : { to }),
        source,
        destination,
        reply,
        own: [],
      };
      const found = passChain(chain, packet, passes);
      passes = found.passes;
      dropped.push(...found.dropped);
      if (isNothing(passes)) return { passes, dropped };
    }
  }
  return { passes: isEverything(passes) ? EVERYTHING : passes, dropped };
}
