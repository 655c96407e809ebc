import { type Cidr, formatCidr } from '../../addresses/cidr';
import { uncovered } from '../../addresses/ranges';
import type { Advice } from '../../findings/finding';
import { set } from '../../findings/remedy';
import { endAt, isRegion } from '../../model/links';
import type { Estate, Region, TransitLink } from '../../model/model';
import { joinsIdc, linksBetween, placeOf, type ResolvedEnd, type ResolvedLink } from '../../model/resolved-links';
import type { Problem, Rule, RuleContext } from '../rule';
import { entryOf, type JoinedLink, joinedLinks, lineOf } from './link-entry';
import { carrying, withoutPair } from './link-remedies';

/** Packets go through a region only by its transit gateway. Source: "VPC peering limitations" (transitive peering, edge to edge routing). */
export const throughJoinsBothEnds: Rule = {
  code: 'LINK_THROUGH',
  title: 'A link goes through a third region whose transit gateway is joined with both ends.',
  why: 'peering carries packets of its own two VPCs only: what comes from a third place is dropped there without a word',
  check: (estate, context) =>
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
            ...otherwise(estate, context, link),
          },
        ];
      if (through.name === link.a.place || through.name === link.b.place)
        return [{ ...at, message: `${through.name} is an end of the link`, ...otherwise(estate, context, link) }];
      return [link.a, link.b].flatMap((end) => leg(estate, context, link, end, through));
    }),
};

/** What is wrong between an end and the region in the middle. */
function leg(estate: Estate, context: RuleContext, link: JoinedLink & TransitLink, end: ResolvedEnd, through: Region): Problem[] {
  const at = entryOf(link, 'through');
  const between = linksBetween(estate, through.name, end.place);
  const region = isRegion(end.at);
  const legs = between.filter((l) => (region ? l.kind === 'transit' && l.through === undefined : joinsIdc(l)));
  if (legs.length > 0) return region ? gaps(estate, link, end, legs[0]!, through) : [];
  const peering = between.find((l) => l.kind === 'peering');
  if (peering !== undefined)
    return [
      {
        ...at,
        message: `${end.place} is joined with ${through.name} by peering, which carries nothing of a third place`,
        ...otherwise(estate, context, link),
        also: [lineOf(estate, peering)],
      },
    ];
  const kinds = region ? 'transit link' : 'leased line or VPN';
  return [
    {
      ...at,
      message: `${end.place} has no ${kinds} with ${through.name}`,
      ...otherwise(estate, context, link),
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
      ...carried(estate, link, end, over, missing),
      also: [lineOf(estate, over, 'carries')],
    },
  ];
}

/** A region that is joined with both ends as it must be; where there is none, the pair can't be joined so. */
function otherwise(estate: Estate, context: RuleContext, link: JoinedLink): Advice {
  const joins = (region: Region, end: JoinedLink['a']): boolean =>
    linksBetween(estate, region.name, end.place).some((l) =>
      isRegion(end.at) ? l.kind === 'transit' && l.through === undefined : joinsIdc(l),
    );
  const other = estate.regions.find(
    (region) => region.name !== link.a.place && region.name !== link.b.place && joins(region, link.a) && joins(region, link.b),
  );
  const fix =
    'a transit link to a region, a leased line or VPN to a data centre, each to the region in the middle, would carry it';
  return { write: [other === undefined ? withoutPair(estate, context, link) : set([...link.path, 'through'], other.name)], fix };
}

/** Containers that the leg doesn't carry are carried nowhere; hosts are carried there too. */
function carried(estate: Estate, link: TransitLink, end: ResolvedEnd, over: ResolvedLink, missing: readonly Cidr[]): Advice {
  const containers = end.ranges.filter((range) => range.kind === 'containers').map((range) => range.cidr);
  if (uncovered(missing, containers).length === 0)
    return { write: [set([...link.path, 'carries'], ['hosts'])], fix: `or carry them in links.${over.group} too` };
  const gives = [...endAt(over, end.place).gives, ...end.gives].map((given) =>
    typeof given === 'string' ? given : formatCidr(given),
  );
  return { write: [carrying(estate, over, end.place, [...new Set(gives)])] };
}
