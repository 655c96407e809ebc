/** What rules about links share: where a link is written, and which links have two ends to speak of. */
import type { Location } from '../finding';
import { placeOf } from '../links';
import type { Estate, Idc, Link, Region } from '../model';
import { ESTATE_PATH } from './rule';

/** Place of a link's entry, or of something in it. */
export function entryOf(
  link: Link,
  ...inside: (string | number)[]
): { readonly file: string; readonly path: (string | number)[] } {
  return { file: ESTATE_PATH, path: [...link.path, ...inside] };
}

/** Line of a link's entry. */
export function lineOf(estate: Estate, link: Link, ...inside: (string | number)[]): Location {
  return estate.locate(ESTATE_PATH, [...link.path, ...inside]);
}

export interface JoinedLink<L extends Link = Link> {
  readonly link: L;
  readonly a: Region | Idc;
  readonly b: Region | Idc;
}

/** Links whose ends are two places that exist; other rules tell of the rest. */
export function joinedLinks(estate: Estate): JoinedLink[] {
  return estate.links.flatMap((link) => {
    const [a, b] = [placeOf(estate, link.a.place), placeOf(estate, link.b.place)];
    return a === undefined || b === undefined || a === b ? [] : [{ link, a, b }];
  });
}

/** `the region x` or `the data centre x`. */
export function called(place: Region | Idc): string {
  return 'provider' in place ? `the region ${place.name}` : `the data centre ${place.name}`;
}
