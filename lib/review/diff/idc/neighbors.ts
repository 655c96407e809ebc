/** Whom routers speak BGP with: sessions that come and go, what is taken and told, how soon a dead peer is seen. */
import type { Meaning } from '../meaning/meaning';
import { listChange } from '../model/list-change';
import { moved } from './change-words';
import { neighborChanges } from './neighbor-words';
import type { Neighbor } from './read/frr';
import { fileOf, type Router, type RouterChange } from './router';
import { sessionWords } from './session-words';

export function neighborsThatChange(router: RouterChange): Meaning[] {
  const { before, after, place } = router;
  if (before === undefined || after === undefined) return [];
  const base = { severity: 'network', stack: place, hosts: [], explains: [fileOf(router, 'frr.conf')] } as const;
  const sessions = pairs(before, after).flatMap(({ old, now }): Meaning[] => {
    if (old === undefined || now === undefined) {
      const [address, neighbor, side] = now === undefined ? [...old!, before] : ([...now, after] as const);
      const [kind, sign] = now === undefined ? (['bgp-neighbor-goes', '-'] as const) : (['bgp-neighbor-comes', '+'] as const);
      return [
        {
          ...base,
          kind,
          what: `${sign} ${sessionWords(router, side, address, neighbor)}`,
          details: tellsWords(neighbor),
        },
      ];
    }
    const words = [moved('its address', old[0], now[0]), ...neighborChanges(old[1], now[1])].filter((one) => one !== undefined);
    if (words.length === 0) return [];
    const name = sessionWords(router, after, now[0], now[1]);
    const [first, ...more] = words;
    const what = `~ ${name}: ${more.length === 0 ? first : `${words.length} changes`}`;
    return [{ ...base, kind: 'bgp-neighbor-changes', what, details: more.length === 0 ? [] : words }];
  });
  return [...speaker(router, base), ...sessions];
}

/** The router's own part: its numbers, and the prefixes that begin here. */
function speaker({ before, after }: RouterChange, base: Pick<Meaning, 'severity' | 'stack' | 'hosts' | 'explains'>): Meaning[] {
  const [old, now] = [before!.frr, after!.frr];
  const numbers = [moved('AS', old.asn, now.asn), moved('router id', old.routerId, now.routerId)].filter(
    (one) => one !== undefined,
  );
  const { gone, come } = listChange(old.originates, now.originates);
  return [
    ...numbers.map((words): Meaning => {
      const what = `~ BGP: ${words}: every session of this router starts anew`;
      return { ...base, kind: 'bgp-speaker-changes', what, details: [] };
    }),
    ...(come.length === 0 ? [] : [originates(base, `begins to tell of ${come.join(', ')}`)]),
    ...(gone.length === 0 ? [] : [originates(base, `no longer tells of ${gone.join(', ')}`)]),
  ];
}

function originates(base: Pick<Meaning, 'severity' | 'stack' | 'hosts' | 'explains'>, words: string): Meaning {
  return { ...base, kind: 'bgp-networks', what: `~ BGP ${words}`, details: [] };
}

type Entry = readonly [address: string, neighbor: Neighbor];

/** By address; one that has another address and is for the same link or router is the same one. */
function pairs(before: Router, after: Router): { readonly old?: Entry; readonly now?: Entry }[] {
  const [old, now] = [before.frr.neighbors, after.frr.neighbors];
  const gone = [...old].filter(([address]) => !now.has(address));
  const moves = [...now].flatMap((entry) => {
    if (old.has(entry[0])) return [];
    const at = gone.findIndex(([, { what }]) => what !== '' && what === entry[1].what);
    return at < 0 ? [{ now: entry }] : [{ old: gone.splice(at, 1)[0]!, now: entry }];
  });
  const stay = [...now].flatMap((entry) =>
    old.has(entry[0]) ? [{ old: [entry[0], old.get(entry[0])!] as const, now: entry }] : [],
  );
  return [...stay, ...moves, ...gone.map((entry) => ({ old: entry }))];
}

function tellsWords({ takes, tells }: Neighbor): string[] {
  return [`takes ${listWords(takes)}`, `is told ${listWords(tells)}`];
}

function listWords(prefixes: readonly string[] | undefined): string {
  if (prefixes === undefined) return 'everything: nothing filters it';
  return prefixes.length === 0 ? 'nothing' : prefixes.join(', ');
}
