/** Packet filters in the text that hosts boot with: nftables' tables, wherever in it they stand. Source: nft(8), "Tables", "Chains". */

export interface Chain {
  /** `inet meissa / planned`. */
  readonly name: string;
  /** Where packets come by it: `input`, `forward`; of a chain that others go on with, theirs. @default - nobody goes there */
  readonly hook?: string;
  /** In order, the chain's own type and policy among them. */
  readonly rules: readonly string[];
}

const TABLE = /^table ((?:inet|ip6?|arp|bridge|netdev) \S+) \{$/;
const CHAIN = /^(?:chain|set|map) (\S+) \{$/;

/** By name. A line of a shell's script inside of a table stands for the rules that it writes. */
export function packetFilter(text = ''): ReadonlyMap<string, Chain> {
  const found = new Map<string, string[]>();
  let [table, chain] = ['', ''];
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (table === '') table = TABLE.exec(line)?.[1] ?? '';
    else if (line === '}') [table, chain] = chain === '' ? ['', ''] : [table, ''];
    else if (chain === '') chain = CHAIN.exec(line)?.[1] ?? '';
    else if (line !== '' && !line.startsWith('#')) add(found, `${table} / ${chain}`, line);
  }
  return new Map([...found].map(([name, rules]) => [name, { name, rules, ...hookOf(found, name, new Set()) }]));
}

function add(found: Map<string, string[]>, name: string, line: string): void {
  found.set(name, [...(found.get(name) ?? []), line]);
}

function hookOf(chains: ReadonlyMap<string, readonly string[]>, name: string, seen: Set<string>): { hook?: string } {
  const own = chains.get(name)!.flatMap((rule) => /\bhook (\w+)/.exec(rule)?.[1] ?? [])[0];
  if (own !== undefined) return { hook: own };
  seen.add(name);
  const [table, chain] = name.split(' / ') as [string, string];
  for (const [other, rules] of chains) {
    if (seen.has(other) || !other.startsWith(`${table} / `)) continue;
    if (rules.some((rule) => new RegExp(`\\b(?:goto|jump) ${escaped(chain)}\\b`).test(rule))) {
      const through = hookOf(chains, other, seen);
      if (through.hook !== undefined) return through;
    }
  }
  return {};
}

function escaped(name: string): string {
  return name.replace(/[^\w]/g, '\\$&');
}
