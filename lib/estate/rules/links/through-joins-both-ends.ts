import { formatCidr } from '../../addresses/cidr';
import { uncovered } from '../../addresses/ranges';
import { endAt, isRegion } from '../../model/links';
import type { Estate, Region, TransitLink } from '../../model/model';
import { linksBetween, placeOf, type ResolvedEnd, type ResolvedLink } from '../../model/resolved-links';
import type { Problem, Rule } from '../rule';
import { entryOf, joinedLinks, lineOf } from './link-entry';

/** Packets go through a region only by its transit gateway. Source: "VPC peering limitations" (transitive peering, edge to edge routing). */
export const throughJoinsBothEnds: Rule = {
  code: 'LINK_THROUGH',
  title: 'A link goes through a third region whose transit gateway is joined with both ends.',
  why: 'peering carries packets of its own two VPCs only: what comes from a third place is dropped there without a word',
  check: (estate) =>
    joinedLinks(estate).flatMap((link) => {
      if (link.kind !== 'transit' || link.through === undefined) return [];
      const at = entryOf(link, 'through');
      const through = placeOf(estate, link.through);
      if (through === undefined) return [];
      if (!isRegion(through))
        return [
          {
            ...at,
            message: `${through.name} is a data centre, not a region`,
            fix: 'write a region that both ends are joined with',
          },
        ];
      if (through.name === link.a.place || through.name === link.b.place)
        return [{ ...at, message: `${through.name} is an end of the link`, fix: 'leave `through` out, or write a third region' }];
      return [link.a, link.b].flatMap((end) => leg(estate, link, end, through));
    }),
};

/** What is wrong between an end and the region in the middle. */
function leg(estate: Estate, link: TransitLink, end: ResolvedEnd, through: Region): Problem[] {
  const at = entryOf(link, 'through');
  const between = linksBetween(estate, through.name, end.place);
  const region = isRegion(end.at);
  const legs = between.filter((l) =>
    region ? l.kind === 'transit' && l.through === undefined : l.kind === 'leased-line' || l.kind === 'vpn',
  );
  if (legs.length > 0) return region ? gaps(estate, link, end, legs[0]!, through) : [];
  const peering = between.find((l) => l.kind === 'peering');
  if (peering !== undefined)
    return [
      {
        ...at,
        message: `${end.place} is joined with ${through.name} by peering, which carries nothing of a third place`,
        fix: `write \`kind: transit\` in links.${peering.group}`,
        also: [lineOf(estate, peering)],
      },
    ];
  const kinds = region ? 'transit link' : 'leased line or VPN';
  return [
    {
      ...at,
      message: `${end.place} has no ${kinds} with ${through.name}`,
      fix: `write a ${kinds} \`between: [${[end.place, through.name].sort().join(', ')}]\``,
    },
  ];
}

/** The gateway in the middle has routes to what the end gives to its own region, and to nothing else. */
function gaps(estate: Estate, link: TransitLink, end: ResolvedEnd, over: ResolvedLink, through: Region): Problem[] {
  const cidrs = ({ ranges }: ResolvedEnd) => ranges.map((r) => r.cidr);
  const missing = uncovered(cidrs(end), cidrs(endAt(over, end.place)));
  if (missing.length === 0) return [];
  return [
    {
      ...entryOf(link, 'carries'),
      message: `${end.place} gives ${missing.map(formatCidr).join(', ')} here, but not to ${through.name}, whose gateway needs the route`,
      fix: `carry it in links.${over.group} too`,
      also: [lineOf(estate, over, 'carries')],
    },
  ];
}
