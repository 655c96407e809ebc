/**
 * nftables' tables as text, in the forms that hosts here load: tables with base chains and chains of rules. Whatever else stands there
 * is a fault, and packets that come to it go nowhere. No library reads this language; `nft -j` does, and the proof in network
 * namespaces holds this reader against the kernel. Source: nft(8).
 */
import type { BaseChain, Chain, FilterRule, Hook, Verdict } from '../host/model';
import { isDeviceOfHosts, type KnownDevice, readRule } from './nft-rule';
import { END, type Words } from './nft-words';

export interface NftFault {
  readonly line: number;
  readonly message: string;
}

/** Chains by `<family> <table> / <chain>`, growing while the files of a host are read. */
export class Tables {
  private readonly chains = new Map<string, ChainDraft>();

  /** In the order that the kernel asks them in. */
  get hooks(): BaseChain[] {
    const bases = [...this.chains.values()].filter((chain) => chain.hook !== undefined) as BaseChain[];
    return bases.sort((a, b) => a.priority - b.priority);
  }

  get(name: string): ChainDraft {
    const found = this.chains.get(name) ?? { name, rules: [] };
    this.chains.set(name, found);
    return found;
  }

  /** @param prefix of the chains' names; all of them where it is empty */
  remove(prefix = ''): void {
    for (const name of this.chains.keys()) if (name.startsWith(prefix)) this.chains.delete(name);
  }
}

interface ChainDraft extends Chain {
  readonly rules: FilterRule[];
  hook?: Hook;
  priority?: number;
  nat?: boolean;
  policy?: BaseChain['policy'];
}

/** Families whose chains see packets of IPv4. Source: nft(8), "Address families". */
const FAMILIES: ReadonlySet<string> = new Set(['inet', 'ip']);
const HOOKS: ReadonlySet<string> = new Set(['prerouting', 'input', 'forward', 'output', 'postrouting']);

/** Source: nft(8), "Standard priority names, family and hook compatibility matrix". */
const PRIORITIES: Readonly<Record<string, number>> = {
  raw: -300,
  mangle: -150,
  dstnat: -100,
  filter: 0,
  security: 50,
  srcnat: 100,
};

/**
 * @param file where the text stands on the host, which rules are told by; empty: by their lines alone
 * @param alone no other text of the host loads tables
 * @param isKnown devices that rules may name. @default - those of hosts
 */
export function readNft(
  words: Words,
  file: string,
  tables: Tables,
  alone: boolean,
  fault: (found: NftFault) => void,
  isKnown: KnownDevice = isDeviceOfHosts,
): void {
  const reading: Reading = { words, file, tables, fault, isKnown };
  while (words.next !== undefined) {
    if (words.taken(END) || words.taken('}')) continue;
    const { line } = words;
    const verb = words.take();
    if (verb === 'flush' && words.next === 'ruleset') {
      if (alone) tables.remove();
      else fault({ line, message: 'flush ruleset takes away what others load, or not, by who comes last' });
    } else if ((verb === 'delete' || verb === 'destroy' || verb === 'flush') && words.taken('table')) {
      const [family, name] = named(words.statement());
      tables.remove(`${family} ${name} / `);
      continue;
    } else if (verb === 'table' || (verb === 'add' && words.taken('table'))) {
      readTable(reading);
      continue;
    } else fault({ line, message: `${verb} is not read: what it changes in the packet filter is not known` });
    words.statement();
  }
}

/** Without a family a table is one of IPv4. */
function named(words: readonly string[]): [family: string, name: string] {
  return words.length > 1 ? [words[0]!, words[1]!] : ['ip', words[0] ?? ''];
}

interface Reading {
  readonly words: Words;
  readonly file: string;
  readonly tables: Tables;
  readonly fault: (found: NftFault) => void;
  readonly isKnown: KnownDevice;
}

function readTable(reading: Reading): void {
  const { words, fault } = reading;
  const head: string[] = [];
  while (words.next !== undefined && words.next !== '{' && words.next !== END) head.push(words.take()!);
  if (!words.taken('{')) return;
  const [family, name] = named(head);
  const known = FAMILIES.has(family);
  if (!known && family !== 'ip6') fault({ line: words.line, message: `tables of family ${family} are not read` });
  while (words.next !== undefined && !words.taken('}')) {
    if (words.taken(END)) continue;
    const { line } = words;
    if (words.taken('chain')) readChain(reading, `${family} ${name}`, known);
    else {
      const [what = ''] = words.statement();
      if (known && what !== 'comment') fault({ line, message: `${what} of the table ${name} is not read` });
    }
  }
}

function readChain({ words, file, tables, fault, isKnown }: Reading, table: string, known: boolean): void {
  const chain = tables.get(`${table} / ${words.take()}`);
  if (!known) tables.remove(chain.name);
  if (!words.taken('{')) return;
  while (words.next !== undefined && !words.taken('}')) {
    if (words.taken(END)) continue;
    const { line } = words;
    const statement = words.statement();
    const text = statement.join(' ');
    if (!known) continue;
    if (statement[0] === 'type') {
      if (!readHook(chain, statement)) fault({ line, message: `"${text}" of the chain ${chain.name} is not read` });
    } else if (statement[0] === 'policy') chain.policy = statement[1] === 'drop' ? 'drop' : 'accept';
    else if (statement[0] !== 'comment') {
      const rule = readRule(statement, isKnown);
      if (rule === undefined) continue;
      const byPort = (rule.protocols ?? rule.sourcePorts ?? rule.destinationPorts) !== undefined;
      // Which address a packet has would depend on the port: one question is answered for all ports.
      const verdict = rule.verdict === 'masquerade' && byPort ? 'unread' : rule.verdict;
      if (verdict === 'unread') fault({ line, message: `"${rule.text}" is not read: packets that come to this rule go nowhere` });
      chain.rules.push({ ...rule, at: `${file} line ${line}`.trim(), verdict: pointed(verdict, table, tables) });
    }
  }
}

function pointed(verdict: NonNullable<ReturnType<typeof readRule>>['verdict'], table: string, tables: Tables): Verdict {
  if (typeof verdict !== 'object' || 'segment' in verdict) return verdict;
  return 'jump' in verdict
    ? { jump: tables.get(`${table} / ${verdict.jump}`) }
    : { goto: tables.get(`${table} / ${verdict.goto}`) };
}

/** `type filter hook input priority filter - 5`. */
function readHook(chain: ChainDraft, [, type = '', , hook = '', , ...priority]: readonly string[]): boolean {
  const [, name = '', sign = '+', more = '0'] = /^(-?\w+)(?: ?([+-]) ?(\d+))?$/.exec(priority.join(' ')) ?? [];
  const base = PRIORITIES[name] ?? (/^-?\d+$/.test(name) ? Number(name) : undefined);
  if (!/^(?:filter|nat|route)$/.test(type) || !HOOKS.has(hook) || base === undefined) return false;
  chain.hook = hook as Hook;
  chain.nat = type === 'nat';
  chain.priority = base + (sign === '-' ? -1 : 1) * Number(more);
  chain.policy ??= 'accept';
  return true;
}
