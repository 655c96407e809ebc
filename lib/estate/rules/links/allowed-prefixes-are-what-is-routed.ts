import { type Cidr, formatCidr } from '../../addresses/cidr';
import { distinctRanges, uncovered } from '../../addresses/ranges';
import { remove, set } from '../../findings/remedy';
import { linksIn } from '../../model/resolved-links';
import type { Problem, Rule } from '../rule';
import { entryOf } from './link-entry';

/** Allowed prefixes are what is told to a data centre, whatever the gateway can reach. Source: "Allowed prefixes interactions" of Direct Connect (transit gateway associations). */
export const allowedPrefixesAreWhatIsRouted: Rule = {
  code: 'ALLOWED_PREFIXES',
  title: 'The allowed prefixes of a leased line cover exactly what is routed over it.',
  why: 'they are told to the data centre as they stand: what is missing is never reached, what is too much goes into a black hole',
  check: (estate) =>
    linksIn(estate).flatMap((link): Problem[] => {
      if (link.kind !== 'leased-line' || link.line.allowedPrefixes === undefined || link.edge === undefined) return [];
      const { routed } = link.edge;
      const told = distinctRanges(link.line.allowedPrefixes);
      if (routed.length === 0) return [];
      const [missing, more] = [uncovered(routed, told), uncovered(told, routed)];
      const message = [
        ...(missing.length === 0 ? [] : [`${list(missing)} is routed, but not allowed`]),
        ...(more.length === 0 ? [] : [`${list(more)} is allowed, but not routed`]),
      ].join('; ');
      if (message === '') return [];
      const at = entryOf(link, 'allowedPrefixes');
      return [{ ...at, message, write: [remove(at.path), set(at.path, routed.map(formatCidr))] }];
    }),
};

/** Ranges in words, never a screen of them. */
function list(ranges: readonly Cidr[]): string {
  const shown = ranges.slice(0, 8).map(formatCidr).join(', ');
  return ranges.length > 8 ? `${shown} and ${ranges.length - 8} more` : shown;
}
