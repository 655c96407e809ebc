/** Whose containers a range is: the only place where a template says so are the routes to a host's interface. */
import { byRange } from '../../estate/addresses/cidr';
import { localRanges } from '../index-world';
import { formatRange, holds, holdsRange, rangeKey } from '../range';
import type { Range, WorldFault } from '../world';
import type { Drafts, InterfaceDraft, VpcDraft } from './drafts';

interface Claim {
  readonly range: Range;
  /** Tables that send it to each interface, with the route that says so. */
  readonly votes: Map<string, { count: number; readonly stack: string; readonly logicalId: string }>;
}

/**
 * A range is the containers of the interface that most tables send it to. A table that sends it elsewhere, or a part of it, is
 * a fault: that host has no such containers.
 */
export function readContainers(drafts: Drafts, faults: WorldFault[]): void {
  for (const vpc of drafts.vpcs.values()) {
    const claims = [...claimsOf(vpc).values()].sort((a, b) => byRange(a.range, b.range));
    /** Ranges that hold the one at hand, widest first. */
    const around: { readonly range: Range; readonly owner: string; readonly count: number }[] = [];
    for (const { range, votes } of claims) {
      while (around.length > 0 && !holdsRange(around.at(-1)!.range, range)) around.pop();
      const [owner, most] = [...votes].sort(([, a], [, b]) => b.count - a.count)[0]!;
      const wider = around.find((a) => a.owner !== owner && a.count > most.count);
      if (wider === undefined) {
        drafts.interfaces.get(owner)?.containers.set(rangeKey(range), range);
        around.push({ range, owner, count: most.count });
      }
      for (const [id, { stack, logicalId }] of votes) {
        if (id === owner && wider === undefined) continue;
        const right = drafts.interfaces.get(wider?.owner ?? owner);
        faults.push({
          where: stack,
          what: logicalId,
          message: `it sends ${formatRange(range)} to ${hostOf(drafts.interfaces.get(id))}; most tables send it to ${hostOf(right)}`,
        });
      }
    }
  }
}

function hostOf(draft: InterfaceDraft | undefined): string {
  return draft?.host ?? 'an interface that is not there';
}

function claimsOf(vpc: VpcDraft): Map<number, Claim> {
  const claims = new Map<number, Claim>();
  const locals = localRanges(vpc);
  for (const table of vpc.tables) {
    for (const { destination, target, from } of table.routes) {
      if (target.kind !== 'interface' || locals.some((c) => holds(c, destination.base))) continue;
      const key = rangeKey(destination);
      let claim = claims.get(key);
      if (claim === undefined) {
        claim = { range: destination, votes: new Map() };
        claims.set(key, claim);
      }
      const vote = claim.votes.get(target.id);
      if (vote === undefined) claim.votes.set(target.id, { count: 1, ...from });
      else vote.count++;
    }
  }
  return claims;
}
