/** Static routes of routers: where the containers of hosts lie, and what is dropped. */
import type { Meaning } from '../meaning/meaning';
import type { StaticRoute } from './read/frr';
import { entriesThatDiffer, fileOf, type RouterChange } from './router';

const MARKS = { 'static-route-added': '+', 'static-route-removed': '-', 'static-route-moved': '~' } as const;

interface Step {
  readonly kind: keyof typeof MARKS;
  readonly line: string;
  /** Whose containers it leads to. */
  readonly host?: string;
}

export function staticRoutesThatChange(router: RouterChange): Meaning[] {
  const { before, after, place } = router;
  if (before === undefined || after === undefined) return [];
  const steps = entriesThatDiffer(before.frr.statics, after.frr.statics).map(step);
  const groups = new Map<string, Step[]>();
  for (const one of steps) {
    const key = one.host === undefined ? one.line : one.kind;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group): Meaning => {
    const { kind, line, host } = group[0]!;
    const many = `${group.length} routes to hosts' containers ${WORDS[kind]}`;
    return {
      kind,
      severity: 'network',
      stack: place,
      what: group.length === 1 || host === undefined ? `${line}` : `${many}`,
      hosts: group.flatMap((one) => one.host ?? []),
      details: group.length === 1 ? [] : group.map((one) => one.line),
      explains: [fileOf(router, 'frr.conf')],
    };
  });
}

const WORDS = { 'static-route-added': 'come', 'static-route-removed': 'go', 'static-route-moved': 'lead elsewhere' } as const;

function step({ key, old, now }: { readonly key: string; readonly old?: StaticRoute; readonly now?: StaticRoute }): Step {
  const { why } = (now ?? old)!;
  const host = /^containers of (\S+)$/.exec(why)?.[1];
  const kind = old === undefined ? 'static-route-added' : now === undefined ? 'static-route-removed' : 'static-route-moved';
  const to =
    old === undefined
      ? `-> ${target(now!)}`
      : now === undefined
        ? `no longer -> ${target(old)}`
        : old.via === now.via
          ? `-> ${target(now)}, which was for ${old.why}`
          : `${target(old)} -> ${target(now)}`;
  const line = `${MARKS[kind]} ${key} ${to}${why === '' ? '' : ` (${why})`}`;
  return { kind, line, ...(host === undefined ? {} : { host }) };
}

function target({ via }: StaticRoute): string {
  if (via === 'blackhole') return 'dropped';
  return via.startsWith('blackhole ') ? 'dropped, unless another route leads there' : via;
}
