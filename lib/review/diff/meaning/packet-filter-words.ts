/** What another packet filter lets in, lets through and drops from now on. */
import { listChange } from '../model/list-change';
import type { Meaning, Severity, UserDataChange } from './meaning';
import { type Chain, packetFilter } from './packet-filter';

export interface FilterChange {
  /** `security` where less is dropped than before. */
  readonly severity: Extract<Severity, 'security' | 'access'>;
  /** One line each. */
  readonly words: readonly string[];
}

/**
 * One line of hosts: what stands behind the colon keeps those apart that filter otherwise.
 *
 * @param base whose texts they are, and which hosts read them; without hosts the fleet is named
 */
export function filterThatChanges(
  base: Pick<Meaning, 'stack' | 'hosts' | 'explains'>,
  { fleet, before, after }: UserDataChange,
): Meaning[] {
  const change = filterChange(before, after);
  if (change === undefined) return [];
  const [words, { severity }] = [change.words.join('; '), change];
  const whole = { ...base, kind: 'host-filter', severity, details: [] } as const;
  return base.hosts.length > 0
    ? [{ ...whole, what: `get another packet filter: ${words}`, ofHosts: true }]
    : [{ ...whole, what: `hosts of ${fleet} get another packet filter: ${words}` }];
}

/** @param before, after texts that hosts boot with. Undefined where both filter alike. */
export function filterChange(before: string | undefined, after: string | undefined): FilterChange | undefined {
  const [old, now] = [packetFilter(before), packetFilter(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  if (names.every((name) => same(old.get(name), now.get(name)))) return undefined;
  const strange = strangers(now);
  if (old.size === 0)
    return {
      severity: 'access',
      words: ['the first one', ...names.flatMap((name) => chainWords(undefined, now.get(name)!, strange).words)],
    };
  if (now.size === 0) return { severity: 'security', words: ['none, so nothing is dropped'] };
  const changes = names.map((name) => chainWords(old.get(name), now.get(name), strange));
  const severity = changes.some(({ weaker }) => weaker) ? 'security' : 'access';
  return { severity, words: changes.flatMap(({ words }) => words) };
}

function same(one: Chain | undefined, other: Chain | undefined): boolean {
  return one?.rules.join('\n') === other?.rules.join('\n');
}

interface ChainWords {
  readonly words: readonly string[];
  readonly weaker: boolean;
}

function chainWords(old: Chain | undefined, now: Chain | undefined, isStrange: (rule: string) => boolean): ChainWords {
  if (same(old, now)) return { words: [], weaker: false };
  const { name, hook = '' } = (now ?? old)!;
  if (now === undefined) return { words: [`chain ${name} goes: nothing is looked at there any more`], weaker: true };
  const { gone, come } = listChange(old?.rules, now.rules);
  if (gone.length + come.length === 0) return { words: [`chain ${name}: the same rules in another order`], weaker: true };
  const said = (rules: readonly string[], comes: boolean) => rules.map((rule) => ruleWords(rule, { name, hook, comes }));
  return {
    words: [...said(come, true), ...said(gone, false)],
    weaker:
      gone.some((rule) => /\b(?:drop|reject|goto|jump)\b/.test(rule) && !isStrange(rule)) ||
      come.some((rule) => opens(rule, gone)),
  };
}

/** Of rules about interfaces that no rule names any more, where whatever isn't named is dropped on its way in and through. */
function strangers(now: ReadonlyMap<string, Chain>): (rule: string) => boolean {
  const chains = [...now.values()];
  const closed = (hook: string): boolean => {
    const own = chains.filter(({ rules }) => rules.some((rule) => rule.startsWith(`type filter hook ${hook} priority filter`)));
    return own.some(({ rules }) => /^(?:counter )?drop$/.test(rules.at(-1)!));
  };
  if (!closed('input') || !closed('forward')) return () => false;
  const named = new Set(chains.flatMap(({ rules }) => rules.flatMap(interfacesIn)));
  return (rule) => {
    const own = interfacesIn(rule);
    return own.length > 0 && own.every((name) => !named.has(name));
  };
}

function interfacesIn(rule: string): string[] {
  return [...rule.matchAll(/\b[io]ifname "([^"]+)"/g)].map(([, name]) => name!);
}

/** What was taken from somebody is taken from everybody. */
function opens(rule: string, gone: readonly string[]): boolean {
  return /\baccept$/.test(rule) && gone.some((old) => old !== rule && old.replace(/\bip6? saddr \S+ /, '') === rule);
}

/** What comes by a hook, and what no longer does. Source: nft(8), "Verdict statement". */
const VERBS: Readonly<Record<string, readonly [comes: string, goes: string]>> = {
  accept: ['lets through from now on', 'lets through no longer'],
  drop: ['drops from now on', 'drops no longer'],
  reject: ['refuses from now on', 'refuses no longer'],
};

/** At a host's own door people say open and closed. */
const OF_INPUT: readonly [string, string] = ['open from now on', 'closed from now on'];

function ruleWords(rule: string, { name, hook, comes }: { name: string; hook: string; comes: boolean }): string {
  const [, match = '', verdict = ''] = /^(.*?)\s*(?:\bcounter\s+)?\b(accept|drop|reject)$/.exec(rule) ?? [];
  if (verdict === 'accept' && hook === 'input') return `${OF_INPUT[comes ? 0 : 1]} ${matchWords(match)}`;
  const verbs = rule.startsWith('$') ? undefined : VERBS[verdict];
  return `chain ${name} ${verbs === undefined ? `${comes ? '+' : '-'} ${rule}` : `${verbs[comes ? 0 : 1]} ${matchWords(match)}`}`;
}

/** `ip saddr 10.0.0.0/8 tcp dport 22` -> `tcp/22 from 10.0.0.0/8`. What has no words stands as it is. */
function matchWords(match: string): string {
  if (match === '') return 'everything that no rule before takes';
  const parts = { from: '', to: '', port: '' };
  const rest = match
    .replace(/\bip6? saddr (\S+)\s*/, (_all, range) => {
      parts.from = ` from ${range}`;
      return '';
    })
    .replace(/\bip6? daddr (\S+)\s*/, (_all, range) => {
      parts.to = ` to ${range}`;
      return '';
    })
    .replace(/\b(tcp|udp) dport (\S+|\{.*?\})\s*/, (_all, protocol, port) => {
      parts.port = `${protocol}/${port}`;
      return '';
    })
    .trim();
  return `${[parts.port, rest].filter((one) => one !== '').join(' ') || 'everything'}${parts.from}${parts.to}`;
}
