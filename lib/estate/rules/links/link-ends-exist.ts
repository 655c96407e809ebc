import { nearest } from '../../findings/nearest';
import { placeOf } from '../../model/resolved-links';
import type { Rule } from '../rule';
import { entryOf } from './link-entry';

/** A link names places that are described. Source: the design of this toolkit. */
export const linkEndsExist: Rule = {
  code: 'LINK_PLACE_UNKNOWN',
  title: 'The ends of a link, and the region that it goes through, are described.',
  why: 'a link needs the addresses of both its ends, and a gateway at each',
  check: (estate) => {
    const names = [...estate.regions, ...estate.idcs].map((place) => place.name);
    return estate.links.flatMap((link) => {
      const through = link.kind === 'transit' && link.through !== undefined ? [{ name: link.through, key: ['through'] }] : [];
      return [{ name: link.a.place, key: [] }, { name: link.b.place, key: [] }, ...through]
        .filter(({ name }) => placeOf(estate, name) === undefined)
        .map(({ name, key }) => {
          const near = nearest(name, names);
          return {
            ...entryOf(link, ...key),
            message: `no region or data centre is called ${name}`,
            fix: near === undefined ? `describe it in regions/${name}.yaml, or leave it out` : `write ${near}`,
          };
        });
    });
  },
};
