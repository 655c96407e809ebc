import { givenContainers, givenRanges, isRegion } from '../links';
import type { Estate, Idc, Link, LinkEnd, Region } from '../model';
import { entryOf, joinedLinks } from './link-entry';
import type { Problem, Rule } from './rule';

/** Both ends give something, and containers of one end reach those of the other. Source: "Route tables for VPC peering" (routes on both sides). */
export const linksCarryBothWays: Rule = {
  code: 'LINK_ASYMMETRIC',
  title: 'Both ends of a link give something, and where one gives its containers the other gives its own.',
  why: 'an answer needs a route of its own: without one, packets arrive and nothing comes back',
  check: (estate) =>
    joinedLinks(estate).flatMap(({ link, a, b }) => [
      ...oneWay(estate, link, { end: link.a, place: a }, { end: link.b, place: b }),
      ...oneWay(estate, link, { end: link.b, place: b }, { end: link.a, place: a }),
    ]),
};

interface Side {
  readonly end: LinkEnd;
  readonly place: Region | Idc;
}

/** What `from` leaves out. */
function oneWay(estate: Estate, link: Link, from: Side, to: Side): Problem[] {
  const at = entryOf(link, 'carries');
  const [name, other] = [from.end.place, to.end.place];
  if (from.end.gives.length === 0)
    return [
      {
        ...at,
        message: `${name} gives nothing to ${other}`,
        fix: `write \`${name}: [hosts]\` under \`carries\`, or a list for both ends`,
      },
    ];
  if (givenContainers(estate, to.end).length === 0 || !hasOwnBlock(from.place)) return [];
  if (givenRanges(estate, from.end).some((r) => r.kind === 'containers')) return [];
  return [
    {
      ...at,
      message: `containers of ${other} are carried, those of ${name} are not, and they have addresses of their own`,
      fix: `write \`${name}: [hosts, containers]\` under \`carries\`, or leave out the containers of ${other}`,
      also: [estate.locate(from.place.file, ['containers'])],
    },
  ];
}

/** Containers with addresses beside those of the hosts. */
function hasOwnBlock(place: Region | Idc): boolean {
  return isRegion(place) ? place.containers.mode === 'host-gw' : place.containers !== undefined;
}
