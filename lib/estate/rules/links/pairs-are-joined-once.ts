import type { Estate, Link } from '../../model/model';
import type { Problem, Rule } from '../rule';
import { entryOf, lineOf } from './link-entry';

/**
 * Two places are joined in one way. Source: "VPC peering limitations" (one connection between the same two VPCs at a time);
 * "Route table concepts" (one route a destination).
 */
export const pairsAreJoinedOnce: Rule = {
  code: 'LINK_TWICE',
  title:
    'Two places have at most one peering or transit link; leased lines and VPNs may be several, but not beside a transit link.',
  why: 'a table has one route to a range: of two links, one would carry nothing, and nobody says which',
  check: (estate) => {
    const pairs = new Map<string, Link[]>();
    for (const link of estate.links) {
      const key = `${link.a.place}--${link.b.place}`;
      const known = pairs.get(key);
      if (known === undefined) pairs.set(key, [link]);
      else known.push(link);
    }
    return [...pairs.values()].flatMap((links) => problemsOf(estate, links));
  },
};

function problemsOf(estate: Estate, links: readonly Link[]): Problem[] {
  const first = links.find(isWhole);
  if (first === undefined) return [];
  return links
    .filter((link) => link !== first)
    .map((link) => {
      const pair = `${link.a.place} and ${link.b.place}`;
      const twice = link.group === first.group;
      return {
        ...entryOf(link),
        message: twice
          ? `${pair} are joined twice by links.${link.group}`
          : `${pair} are joined by ${link.kind} (links.${link.group}) and by ${first.kind} (links.${first.group})`,
        fix: twice ? 'name the pair once' : `leave the pair out of links.${link.group} or of links.${first.group}`,
        ...(twice ? {} : { also: [lineOf(estate, first)] }),
      };
    });
}

/** Kinds that are the only link of a pair. */
function isWhole({ kind }: Link): boolean {
  return kind === 'peering' || kind === 'transit';
}
