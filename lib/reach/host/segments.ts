/** To what a packet filter lowers the segments that ends of TCP agree on. Source: nft(8), "Extension header statement" (tcp option maxseg). */
import { among, onDevice } from './filter';
import type { Chain, FilterRule, HostNetwork } from './model';

/** A first packet of TCP that is passed on. */
export interface PassedOn {
  readonly source: number;
  readonly destination: number;
  /** Devices that it comes in and leaves by. @default - not known */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Hooks that it passes, and none else. */
const PASSED: ReadonlySet<string> = new Set(['prerouting', 'forward', 'postrouting']);

/** Chains go on to others at most so deep; passChain says the same of what is deeper. */
const DEEPEST = 16;

/** Largest segment, bytes; undefined where it stays as it is. The kernel only ever lowers it (net/netfilter/nft_exthdr.c). */
export function segmentsThrough({ hooks }: HostNetwork, packet: PassedOn): number | undefined {
  const found = hooks.filter(({ hook }) => PASSED.has(hook)).flatMap((chain) => sizes(chain, packet, 0).segments);
  return found.length === 0 ? undefined : Math.min(...found);
}

/** @returns ended where nothing of the chain it came from is asked any more */
function sizes(chain: Chain, packet: PassedOn, depth: number): { readonly segments: readonly number[]; readonly ended: boolean } {
  const segments: number[] = [];
  if (depth > DEEPEST) return { segments, ended: false };
  for (const rule of chain.rules) {
    const { verdict } = rule;
    if (!matches(rule, packet)) continue;
    if (typeof verdict !== 'object') {
      // One by ports or states decides of some packets only: of the others the rules behind it are asked.
      if (isForAll(rule)) return { segments, ended: verdict !== 'return' };
    } else if ('segment' in verdict) segments.push(verdict.segment);
    else {
      const further = sizes('jump' in verdict ? verdict.jump : verdict.goto, packet, depth + 1);
      segments.push(...further.segments);
      if (isForAll(rule) && (further.ended || 'goto' in verdict)) return { segments, ended: further.ended };
    }
  }
  return { segments, ended: false };
}

function matches(rule: FilterRule, { source, destination, from, to }: PassedOn): boolean {
  const tcp = rule.protocols === undefined || rule.protocols.of.includes('tcp') !== rule.protocols.not;
  return (
    tcp &&
    onDevice(rule.from, from) &&
    onDevice(rule.to, to) &&
    among(rule.source, source, []) &&
    among(rule.destination, destination, [])
  );
}

function isForAll({ states, sourcePorts, destinationPorts }: FilterRule): boolean {
  return states === undefined && sourcePorts === undefined && destinationPorts === undefined;
}
