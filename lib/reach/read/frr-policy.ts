/** Prefix lists and route-maps. */
import { readRange } from '../range';
import type { Range, RoutePolicy } from '../world';

interface Entry {
  readonly seq: number;
  readonly permit: boolean;
  readonly range: Range;
  readonly ge?: number;
  readonly le?: number;
}

interface Clause {
  readonly seq: number;
  readonly permit: boolean;
  list?: string;
  /** It asks for something that is not read: it is taken to match nothing. */
  unread?: boolean;
  localPreference?: number;
  prepends: number;
}

export class Policies {
  private readonly lists = new Map<string, Entry[]>();
  private readonly maps = new Map<string, Clause[]>();
  private open: Clause | undefined;

  constructor(private readonly faults: { line: number; message: string }[]) {}

  /** `ip prefix-list <name> [seq <n>] permit|deny <range>|any [ge <n>] [le <n>]`. */
  listLine(words: readonly string[], line: number): void {
    const [name = '', ...rest] = words.slice(2);
    const entries = this.lists.get(name) ?? [];
    this.lists.set(name, entries);
    if (rest[0] === 'description') return;
    let seq = (entries.at(-1)?.seq ?? 0) + 5;
    if (rest[0] === 'seq') seq = Number(rest.splice(0, 2)[1]);
    const any = rest[1] === 'any';
    const range = any ? { base: 0, bits: 0 } : readRange(rest[1]);
    if (range === undefined || (rest[0] !== 'permit' && rest[0] !== 'deny')) {
      this.faults.push({ line, message: `"${words.join(' ')}" is not read` });
      return;
    }
    const number = (word: string) => (rest.includes(word) ? Number(rest[rest.indexOf(word) + 1]) : undefined);
    const ge = number('ge');
    const le = any ? 32 : number('le');
    entries.push({
      seq,
      permit: rest[0] === 'permit',
      range,
      ...(ge === undefined ? {} : { ge }),
      ...(le === undefined ? {} : { le }),
    });
    entries.sort((a, b) => a.seq - b.seq);
  }

  /** `route-map <name> permit|deny <n>`. */
  openClause(words: readonly string[], line: number): void {
    const [, name = '', action, seq] = words;
    this.open = { seq: Number(seq), permit: action === 'permit', prepends: 0 };
    if (action !== 'permit' && action !== 'deny') this.faults.push({ line, message: `"${words.join(' ')}" is not read` });
    this.maps.set(
      name,
      [...(this.maps.get(name) ?? []), this.open].sort((a, b) => a.seq - b.seq),
    );
  }

  clauseLine(words: readonly string[], line: number): void {
    const clause = this.open;
    if (clause === undefined || words[0] === 'description') return;
    const statement = words.join(' ');
    if (statement.startsWith('match ip address prefix-list ') && clause.list === undefined) clause.list = words[4] ?? '';
    else if (statement.startsWith('set local-preference ')) clause.localPreference = Number(words[2]);
    else if (statement.startsWith('set as-path prepend last-as ')) clause.prepends += Number(words[4]);
    else if (statement.startsWith('set as-path prepend ')) clause.prepends += words.length - 3;
    else if (/^set (?:community|large-community|metric|origin|weight 0)/.test(statement)) return;
    else {
      if (words[0] === 'match') clause.unread = true;
      this.faults.push({ line, message: `"${statement}" in a route-map is not read` });
    }
  }

  /**
   * The policy of one direction; undefined without one. A route-map that doesn't exist lets nothing through, and so does
   * a prefix list that doesn't exist.
   */
  policy(map: string | undefined, list: string | undefined, line: number): RoutePolicy | undefined {
    if (map !== undefined && list !== undefined)
      this.faults.push({ line, message: 'a prefix list beside a route-map is not read' });
    if (map !== undefined) return { clauses: (this.maps.get(map) ?? []).map((clause) => this.clause(clause)) };
    if (list !== undefined) return { clauses: [{ permit: true, ...matching(this.entries(list)), prepends: 0 }] };
    return undefined;
  }

  /** FRR takes a list that exists without entries for `any`, and one that doesn't exist for nothing. */
  private entries(list: string): Entry[] | undefined {
    const known = this.lists.get(list);
    return known?.length === 0 ? undefined : (known ?? []);
  }

  private clause({ permit, list, unread, localPreference, prepends }: Clause): RoutePolicy['clauses'][number] {
    const match = unread === true ? [] : list === undefined ? undefined : this.entries(list);
    return {
      permit,
      ...matching(match),
      ...(localPreference === undefined ? {} : { localPreference }),
      prepends,
    };
  }
}

function matching(match: readonly Entry[] | undefined) {
  return match === undefined ? {} : { match };
}
