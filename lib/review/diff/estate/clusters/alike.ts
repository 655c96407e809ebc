/** The same change of several clusters, said once: a base change in eleven regions is one. */
import type { Meaning } from '../../meaning/meaning';

/** What a rule said of a cluster. */
export interface Said {
  /** `<region>/<cluster>`. */
  readonly place: string;
  readonly region: string;
  readonly meaning: Meaning;
}

/** In the order in which each was first said. The names of regions give way to `<region>` where more than one is meant. */
export function alikeOnce(said: readonly Said[]): Meaning[] {
  const groups = new Map<string, Said[]>();
  for (const one of said) {
    const { kind, severity, what, details } = without(one);
    const key = JSON.stringify([kind, severity, what, details]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => (group.length === 1 ? group[0]!.meaning : together(group)));
}

function together(group: readonly Said[]): Meaning {
  const { what, details, ...rest } = without(group[0]!);
  const places = group.map(({ place }) => place);
  return {
    ...rest,
    what: what.replaceAll(PLACE, `${places.length} clusters`),
    hosts: group.flatMap(({ meaning }) => meaning.hosts),
    details: [places.join(', '), ...details],
  };
}

const PLACE = '<cluster>';

function without({ place, region, meaning }: Said): Meaning {
  const plain = (text: string) => text.replaceAll(named(place), PLACE).replaceAll(named(region), '<region>');
  return { ...meaning, what: plain(meaning.what), details: meaning.details.map(plain) };
}

/** Not within another name: `us-east-1/core` is no part of `us-east-1/core-voters`; `us-east-1` is one of `us-east-1-core-voters-1`. */
function named(place: string): RegExp {
  return new RegExp(`(?<![\\w-])${place}(?![\\w]${place.includes('/') ? '|-' : ''})`, 'g');
}
