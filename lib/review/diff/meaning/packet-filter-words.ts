/** What another packet filter lets in, lets through and drops from now on. */
import type { Severity } from './meaning';
import { type Chain, packetFilter } from './packet-filter';

export interface FilterChange {
  /** `security` where less is dropped than before. */
  readonly severity: Extract<Severity, 'security' | 'access'>;
  /** One line each. */
  readonly words: readonly string[];
}

/** @param before, after texts that hosts boot with. Undefined where both filter alike. */
export function filterChange(before: string | undefined, after: string | undefined): FilterChange | undefined {
  const [old, now] = [packetFilter(before), packetFilter(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  if (names.every((name) => same(old.get(name), now.get(name)))) return undefined;
  if (old.size === 0)
    return {
      severity: 'access',
      words: ['from now on they have a packet filter', ...names.flatMap((name) => chainWords(undefined, now.get(name)!).words)],
    };
  if (now.size === 0) return { severity: 'security', words: ['they have no packet filter any more: nothing is dropped'] };
  const changes = names.map((name) => chainWords(old.get(name), now.get(name)));
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

function chainWords(old: Chain | undefined, now: Chain | undefined): ChainWords {
  if (same(old, now)) return { words: [], weaker: false };
  const { name, hook = '' } = (now ?? old)!;
  if (now === undefined) return { words: [`chain ${name} goes: nothing is looked at there any more`], weaker: true };
  const [gone, come] = [without(old?.rules ?? [], now.rules), without(now.rules, old?.rules ?? [])];
  if (gone.length + come.length === 0) return { words: [`chain ${name}: the same rules in another order`], weaker: true };
  const words = [...come.map((rule) => ruleWords(rule, hook, true)), ...gone.map((rule) => ruleWords(rule, hook, false))];
  return {
    words: words.map((said) => `chain ${name}: ${said}`),
    weaker: gone.some((rule) => /\b(?:drop|reject|goto|jump)\b/.test(rule)),
  };
}

function without(rules: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return rules.filter((rule) => !known.has(rule));
}

/** What comes by a hook, and what no longer does. Source: nft(8), "Verdict statement". */
const VERBS: Readonly<Record<string, readonly [comes: string, goes: string]>> = {
  accept: ['lets through from now on', 'lets through no longer'],
  drop: ['drops from now on', 'drops no longer'],
  reject: ['refuses from now on', 'refuses no longer'],
};

/** At a host's own door people say open and closed. */
const OF_INPUT: readonly [string, string] = ['open from now on', 'closed from now on'];

function ruleWords(rule: string, hook: string, comes: boolean): string {
  const [, match = '', verdict = ''] = /^(.*?)\s*(?:\bcounter\s+)?\b(accept|drop|reject)$/.exec(rule) ?? [];
  const verbs = verdict === 'accept' && hook === 'input' ? OF_INPUT : VERBS[verdict];
  if (verbs === undefined || rule.startsWith('$')) return `${comes ? '+' : '-'} ${rule}`;
  return `${verbs[comes ? 0 : 1]}: ${matchWords(match)}`;
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
