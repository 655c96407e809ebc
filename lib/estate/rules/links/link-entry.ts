/** What rules about links share: where a link is written, and which links have two ends to speak of. */
import type { Location } from '../../finding';
import { placeOf } from '../../links';
import type { Estate, Idc, Link, LinkEnd, Region } from '../../model';
import { ESTATE_PATH } from '../rule';

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

/** An end of links of one entry, where something is wrong with it. */
export interface WrongEnd {
  readonly link: Link;
  readonly place: Region | Idc;
  /** Names of the other ends. */
  readonly others: readonly string[];
}

/** Ends that something is wrong with, each once an entry: in a mesh of fifty places one mistake is told fifty times, not 2,450 times. */
export function wrongEnds(
  estate: Estate,
  isWrong: (link: Link, end: LinkEnd, place: Region | Idc, other: LinkEnd) => boolean,
): WrongEnd[] {
  const found = new Map<string, { link: Link; place: Region | Idc; others: string[] }>();
  for (const { link, a, b } of joinedLinks(estate)) {
    for (const [end, place, other] of [[link.a, a, link.b] as const, [link.b, b, link.a] as const]) {
      if (!isWrong(link, end, place, other)) continue;
      const key = `${link.group} ${place.name}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { link, place, others: [other.place] });
      else known.others.push(other.place);
    }
  }
  return [...found.values()];
}

/** `a, b and c`, and how many more there are. */
export function some(names: readonly string[], most = 3): string {
  if (names.length > most) return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
