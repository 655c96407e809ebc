import { type Remedy, remove, set } from '../../findings/remedy';
import type { Estate, Link } from '../../model/model';
import type { Problem, Rule } from '../rule';
import { ESTATE_PATH, type RuleContext } from '../rule';
import { entryOf, lineOf } from './link-entry';
import { withoutPair } from './link-remedies';

/**
 * Two places are joined in one way. Source: "VPC peering limitations" (one connection between the same two VPCs at a time);
 * "Route table concepts" (one route a destination).
 */
export const pairsAreJoinedOnce: Rule = {
  code: 'LINK_TWICE',
  title:
    'Two places have at most one peering or transit link; leased lines and VPNs may be several, but not beside a transit link.',
  why: 'a table has one route to a range: of two links, one would carry nothing, and nobody says which',
  check: (estate, context) => {
    const pairs = new Map<string, Link[]>();
    for (const link of estate.links) {
      const key = `${link.a.place}--${link.b.place}`;
      const known = pairs.get(key);
      if (known === undefined) pairs.set(key, [link]);
      else known.push(link);
    }
    return [...pairs.values()].flatMap((links) => problemsOf(estate, context, links));
  },
};

function problemsOf(estate: Estate, context: RuleContext, links: readonly Link[]): Problem[] {
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
        write: [twice ? once(estate, context, link) : withoutPair(estate, context, link)],
        ...(twice ? {} : { fix: `or leave the pair out of links.${first.group}` }),
        ...(twice ? {} : { also: [lineOf(estate, first)] }),
      };
    });
}

/** Kinds that are the only link of a pair. */
function isWhole({ kind }: Link): boolean {
  return kind === 'peering' || kind === 'transit';
}

/** The entry with each of its pairs once. */
function once(estate: Estate, context: RuleContext, link: Link): Remedy {
  const own = estate.links.filter(({ group }) => group === link.group);
  const pairs = [...new Map(own.map(({ a, b }) => [`${a.place}--${b.place}`, [a.place, b.place]])).values()];
  const keys = ['mesh', 'hub', 'spokes'].filter((key) => context.written?.(ESTATE_PATH, [...link.path, key]) !== undefined);
  return [...keys.flatMap((key) => remove([...link.path, key])), ...set([...link.path, 'pairs'], pairs)];
}
