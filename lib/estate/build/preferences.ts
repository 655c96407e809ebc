/**
 * Which of several lines, or of several VPNs, between the same two places is used: never two by accident, and in both directions the same.
 * Those with the same written preference share the load.
 */
import type { LeasedLineLink, Link, VpnLink } from '../model/model';

/** What a line or VPN has that is the first of its places and says no preference: 200 lets lines go before VPNs. */
const FIRST = { 'leased-line': 200, vpn: 100 } as const;

type Way = LeasedLineLink | VpnLink;

/**
 * Links with their preferences: one that says none has the highest free number from the first one's down, in order of id. A VPN's own AS
 * number stands in front once more than of those before it, so that the cloud prefers as the data centre does.
 *
 * @param written preferences by id of the link
 */
export function prefer(links: readonly Link[], written: ReadonlyMap<string, number>): Link[] {
  const ways = links.filter((link): link is Way => link.kind === 'leased-line' || link.kind === 'vpn');
  const preferences = new Map(groups(ways, (way) => `${way.kind} ${placesOf(way)}`).flatMap((own) => inTurn(own, written)));
  const prepends = new Map(groups(ways, placesOf).flatMap((own) => inFront(own, preferences)));
  return links.map((link): Link => {
    const preference = preferences.get(link.id);
    if (preference === undefined) return link;
    if (link.kind === 'leased-line') return { ...link, line: { ...link.line, preference } };
    return link.kind === 'vpn' ? { ...link, vpn: { ...link.vpn, preference, prepends: prepends.get(link.id)! } } : link;
  });
}

function placesOf({ a, b }: Pick<Link, 'a' | 'b'>): string {
  return `${a.place} ${b.place}`;
}

function groups<T>(items: readonly T[], key: (item: T) => string): T[][] {
  const known = new Map<string, T[]>();
  for (const item of items) known.set(key(item), [...(known.get(key(item)) ?? []), item]);
  return [...known.values()];
}

function inTurn(ways: readonly Way[], written: ReadonlyMap<string, number>): [string, number][] {
  const taken = new Set(ways.flatMap(({ id }) => written.get(id) ?? []));
  return [...ways]
    .sort((x, y) => (x.id < y.id ? -1 : 1))
    .map(({ id, kind }) => {
      const own = written.get(id);
      if (own !== undefined) return [id, own];
      let free: number = FIRST[kind];
      while (taken.has(free)) free--;
      taken.add(free);
      return [id, free];
    });
}

/** Of VPNs: lines stand before them, each preference once more in front than the better one. */
function inFront(ways: readonly Way[], preferences: ReadonlyMap<string, number>): [string, number][] {
  const lines = new Set(ways.flatMap(({ kind, id }) => (kind === 'vpn' ? [] : [preferences.get(id)])));
  const vpns = ways.filter((way): way is VpnLink => way.kind === 'vpn');
  const best = [...new Set(vpns.map(({ id }) => preferences.get(id)!))].sort((x, y) => y - x);
  let least = lines.size;
  return best.flatMap((preference) => {
    const alike = vpns.filter(({ id }) => preferences.get(id) === preference);
    const times = Math.max(least, ...alike.map(({ vpn }) => vpn.prepends));
    least = times + 1;
    return alike.map(({ id }): [string, number] => [id, times]);
  });
}
