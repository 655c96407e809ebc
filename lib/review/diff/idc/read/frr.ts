/** A router's `frr.conf` as people talk about it: routes, sessions, and what each takes and tells. */
import { type FrrFacts, frrFacts } from './frr-facts';

export interface FrrRouter {
  /** Of the data centre. @default - everything is static */
  readonly asn?: string;
  readonly routerId?: string;
  /** By destination. */
  readonly statics: ReadonlyMap<string, StaticRoute>;
  /** By address. */
  readonly neighbors: ReadonlyMap<string, Neighbor>;
  /** Prefixes that BGP begins here. */
  readonly originates: readonly string[];
  /** What each interface is for. */
  readonly descriptions: ReadonlyMap<string, string>;
  /** Statements that nothing of the above is read from. */
  readonly rest: readonly string[];
}

export interface StaticRoute {
  /** Address, own interface or `blackhole`, with the distance where it is written; several share the load. */
  readonly via: string;
  /** What the file says it is for. */
  readonly why: string;
}

export interface Neighbor {
  readonly asn?: string;
  /** `leased line <id>`, `tunnel 1 of VPN <id>`, `router r2`. */
  readonly what: string;
  /** Seconds. */
  readonly timers?: { readonly keepalive: number; readonly hold: number };
  /** Milliseconds between packets, and how many may be lost. @default - no BFD */
  readonly bfd?: { readonly intervalMs: number; readonly multiplier: number };
  /** Prefixes that are taken. @default - nothing is filtered */
  readonly takes?: readonly string[];
  /** Prefixes that it is told. @default - nothing is filtered */
  readonly tells?: readonly string[];
  readonly preference?: string;
  /** How often the own AS number is put in front. */
  readonly prepends: number;
  /** Prefixes over which the session goes down. */
  readonly limit?: string;
  /** Further statements about it. */
  readonly options: readonly string[];
}

/** Never throws; what isn't known stands in `rest`. */
export function frrRouter(text = ''): FrrRouter {
  const facts = frrFacts(text);
  const [asn, routerId] = [facts.of('asn')[0], facts.of('routerId')[0]];
  const map = <V>(subjects: readonly string[], value: (subject: string) => V) =>
    new Map(subjects.map((subject) => [subject, value(subject)]));
  return {
    ...(asn === undefined ? {} : { asn }),
    ...(routerId === undefined ? {} : { routerId }),
    statics: map(facts.subjects('via'), (to) => ({ via: facts.of('via', to).join(' and '), why: facts.of('why', to)[0] ?? '' })),
    neighbors: map(neighborsOf(facts), (address) => neighborOf(facts, address)),
    originates: facts.of('network'),
    descriptions: map(facts.subjects('description'), (name) => facts.of('description', name).join(', ')),
    rest: [...facts.rest, ...oddities(facts)],
  };
}

function neighborsOf({ subjects }: FrrFacts): string[] {
  return [...new Set((['remoteAs', 'what', 'timers', 'option', 'in', 'out'] as const).flatMap(subjects))];
}

function neighborOf({ of }: FrrFacts, address: string): Neighbor {
  const one = (field: Parameters<FrrFacts['of']>[0], subject = address): string | undefined => of(field, subject)[0];
  const [inward, outward, profile, timers] = [one('in'), one('out'), one('profile'), one('timers')?.split(' ').map(Number)];
  const prefixes = (policy: string | undefined): string[] | undefined => {
    const list = policy === undefined ? undefined : one('list', policy);
    return list === undefined ? undefined : of('listed', list).flatMap(listedWords);
  };
  const bfd = profile === undefined || !of('option', address).includes('bfd') ? undefined : profile;
  const given = {
    asn: one('remoteAs'),
    timers: timers && { keepalive: timers[0]!, hold: timers[1]! },
    bfd: bfd && { intervalMs: Number(one('receive', bfd)), multiplier: Number(one('multiplier', bfd)) },
    takes: prefixes(inward),
    tells: prefixes(outward),
    preference: inward && one('preference', inward),
    limit: one('limit'),
  };
  return {
    ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<Neighbor>),
    what: one('what') ?? '',
    prepends: (outward && one('prepend', outward)?.split(' ').length) || 0,
    options: of('option', address).filter((words) => bfd === undefined || words !== 'bfd'),
  };
}

/** `deny any` is how an empty list is written. */
function listedWords(entry: string): string[] {
  if (entry === 'deny any') return [];
  return [entry.startsWith('permit ') ? entry.slice('permit '.length) : `not ${entry.slice('deny '.length)}`];
}

/** What was read and stands where it means something else, or nothing: shown as it is. */
function oddities({ of, subjects }: FrrFacts): string[] {
  const used = (way: 'in' | 'out'): Set<string> => new Set(subjects(way).flatMap((address) => of(way, address)));
  const [taken, told] = [used('in'), used('out')];
  return [
    ...subjects('list')
      .filter((name) => !taken.has(name) && !told.has(name))
      .map((name) => `route-map ${name} is used by nobody`),
    ...subjects('preference')
      .filter((name) => !taken.has(name))
      .map((name) => `route-map ${name} sets a preference on what is told`),
    ...subjects('prepend')
      .filter((name) => !told.has(name))
      .map((name) => `route-map ${name} prepends to what is taken`),
    ...subjects('transmit')
      .filter((name) => of('transmit', name)[0] !== of('receive', name)[0])
      .map((name) => `BFD profile ${name} sends every ${of('transmit', name)[0]} ms`),
  ];
}
