import { isRegion } from '../../model/links';
import type { Idc, Region } from '../../model/model';
import { entryOf, wrongEnds } from '../links/link-entry';
import { carrying } from '../links/link-remedies';
import type { Rule } from '../rule';

/** `containers` is carried where containers have addresses of their own. Source: the design of this toolkit (container networks). */
export const carriedContainersHaveAddresses: Rule = {
  code: 'LINK_NO_CONTAINERS',
  title: 'A link carries containers of places whose containers have addresses of their own.',
  why: 'in mode host a container uses the address of its host, and `hosts` carries it',
  check: (estate) =>
    wrongEnds(estate, (end) => end.gives.includes('containers') && withoutAddresses(end.at)).map(({ link, place }) => ({
      ...entryOf(link, 'carries'),
      message: `containers of ${place.name} have no addresses of their own: ${isRegion(place) ? 'its mode is host' : 'it has no container block'}`,
      write: [carrying(estate, link, place.name, ['hosts'])],
      fix: `or give its containers addresses in ${place.file}`,
      also: [estate.locate(place.file, isRegion(place) ? ['containers', 'mode'] : ['idc'])],
    })),
};

function withoutAddresses(place: Region | Idc): boolean {
  return isRegion(place) ? place.containers.mode === 'host' : place.containers === undefined;
}
