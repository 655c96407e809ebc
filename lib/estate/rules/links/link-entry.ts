/** What rules about links share: where a link is written, and which links have two ends to speak of. */
import type { Location } from '../../findings/finding';
import type { Estate, Idc, Link, Region } from '../../model/model';
import { linksIn, type ResolvedEnd, type ResolvedLink } from '../../model/resolved-links';
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

export type JoinedEnd = ResolvedEnd & { readonly at: Region | Idc };
export type JoinedLink = ResolvedLink & { readonly a: JoinedEnd; readonly b: JoinedEnd };

/** Links whose ends are two places that exist; other rules tell of the rest. */
export function joinedLinks(estate: Estate): JoinedLink[] {
  return linksIn(estate).filter(
    (link): link is JoinedLink => link.a.at !== undefined && link.b.at !== undefined && link.a.at !== link.b.at,
  );
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
export function wrongEnds(estate: Estate, isWrong: (end: JoinedEnd, other: JoinedEnd, link: JoinedLink) => boolean): WrongEnd[] {
  const found = new Map<string, { link: Link; place: Region | Idc; others: string[] }>();
  for (const link of joinedLinks(estate)) {
    for (const [end, other] of [[link.a, link.b] as const, [link.b, link.a] as const]) {
      if (!isWrong(end, other, link)) continue;
      const key = `${link.group} ${end.place}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { link, place: end.at, others: [other.place] });
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
