import { isRegion } from '../links';
import type { Idc, Region } from '../model';
import { entryOf, joinedLinks } from './link-entry';
import type { Rule } from './rule';

/** `containers` is carried where containers have addresses of their own. Source: the design of this toolkit (container networks). */
export const carriedContainersHaveAddresses: Rule = {
  code: 'LINK_NO_CONTAINERS',
  title: 'A link carries containers of places whose containers have addresses of their own.',
  why: 'in mode host a container uses the address of its host, and `hosts` carries it',
  check: (estate) =>
    joinedLinks(estate).flatMap(({ link, a, b }) =>
      [
        { end: link.a, place: a },
        { end: link.b, place: b },
      ]
        .filter(({ end, place }) => end.gives.includes('containers') && withoutAddresses(place))
        .map(({ end, place }) => ({
          ...entryOf(link, 'carries'),
          message: `containers of ${end.place} have no addresses of their own: ${isRegion(place) ? 'its mode is host' : 'it has no container block'}`,
          fix: isRegion(place)
            ? `write \`${end.place}: [hosts]\` under \`carries\`, or \`containers: { mode: prefix }\` in ${place.file}`
            : `write \`${end.place}: [hosts]\` under \`carries\`, or \`containers:\` with a free block in ${place.file}`,
          also: [estate.locate(place.file, isRegion(place) ? ['containers', 'mode'] : ['idc'])],
        })),
    ),
};

function withoutAddresses(place: Region | Idc): boolean {
  return isRegion(place) ? place.containers.mode === 'host' : place.containers === undefined;
}
