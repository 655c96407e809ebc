/** Statements of an `frr.conf`, sorted by what they say of whom. Source: FRR user guide, "Static", "BGP", "BFD", "Filtering", "Route Maps". */

/** What a statement says: of a destination, an interface, a policy, a neighbour; of the router itself the subject is empty. */
type Field =
  | 'via'
  | 'why'
  | 'description'
  | 'listed'
  | 'multiplier'
  | 'receive'
  | 'transmit'
  | 'list'
  | 'preference'
  | 'prepend'
  | 'asn'
  | 'routerId'
  | 'network'
  | 'remoteAs'
  | 'what'
  | 'timers'
  | 'profile'
  | 'limit'
  | 'in'
  | 'out'
  | 'option';

export interface FrrFacts {
  /** Values in the order of the file. */
  readonly of: (field: Field, subject?: string) => readonly string[];
  readonly subjects: (field: Field) => readonly string[];
  /** Statements that nothing is read from. */
  readonly rest: readonly string[];
}

const BGP = /^router bgp/;
const POLICY = /^route-map (?<subject>\S+) permit 10$/;
const PROFILE = /^bfd \/ profile (?<subject>\S+)$/;

/** The first that fits. Of whom a statement is stands in it or in the block around it. */
const PATTERNS: readonly (readonly [Field, block: RegExp, text: RegExp])[] = [
  ['via', /^$/, /^ip route (?<subject>\S+) (?<value>\S+(?: \d+)?)$/],
  ['description', /^interface (?<subject>\S+)$/, /^description (?<value>.*)$/],
  ['listed', /^$/, /^ip prefix-list (?<subject>\S+) seq \d+ (?<value>(?:permit|deny) .+)$/],
  ['multiplier', PROFILE, /^detect-multiplier (?<value>\d+)$/],
  ['receive', PROFILE, /^receive-interval (?<value>\d+)$/],
  ['transmit', PROFILE, /^transmit-interval (?<value>\d+)$/],
  ['list', POLICY, /^match ip address prefix-list (?<value>\S+)$/],
  ['preference', POLICY, /^set local-preference (?<value>\d+)$/],
  ['prepend', POLICY, /^set as-path prepend (?<value>.+)$/],
  ['asn', /^$/, /^router bgp (?<value>\d+)$/],
  ['routerId', BGP, /^bgp router-id (?<value>\S+)$/],
  ['network', BGP, /^network (?<value>\S+)$/],
  ['remoteAs', BGP, /^neighbor (?<subject>\S+) remote-as (?<value>.+)$/],
  ['what', BGP, /^neighbor (?<subject>\S+) description (?<value>.+)$/],
  ['timers', BGP, /^neighbor (?<subject>\S+) timers (?<value>\d+ \d+)$/],
  ['profile', BGP, /^neighbor (?<subject>\S+) bfd profile (?<value>\S+)$/],
  ['limit', BGP, /^neighbor (?<subject>\S+) maximum-prefix (?<value>\d+) force$/],
  ['in', BGP, /^neighbor (?<subject>\S+) route-map (?<value>\S+) in$/],
  ['out', BGP, /^neighbor (?<subject>\S+) route-map (?<value>\S+) out$/],
  ['option', BGP, /^neighbor (?<subject>\S+) (?<value>.+)$/],
];

/** What only opens a block whose statements are read. */
const OPENS = /^(?:interface \S+|bfd|bfd \/ profile \S+|route-map \S+ permit 10|router bgp \d+ \/ address-family ipv4 unicast)$/;

/** Never throws. */
export function frrFacts(text: string): FrrFacts {
  const facts = new Map<string, Map<string, string[]>>();
  const rest: string[] = [];
  const add = (field: Field, subject: string, value: string): void => {
    const known = facts.get(field) ?? new Map<string, string[]>();
    facts.set(field, known.set(subject, [...(known.get(subject) ?? []), value]));
  };
  for (const { block, text: words, comment } of statements(text)) {
    const found = factOf(block, words);
    const whole = block === '' ? words : `${block} / ${words}`;
    if (found === undefined && !OPENS.test(whole)) rest.push(whole);
    if (found === undefined) continue;
    add(found.field, found.subject, found.value);
    if (found.field === 'via' && comment !== '') add('why', found.subject, comment);
  }
  return {
    of: (field, subject = '') => facts.get(field)?.get(subject) ?? [],
    subjects: (field) => [...(facts.get(field)?.keys() ?? [])],
    rest,
  };
}

function factOf(block: string, words: string): { field: Field; subject: string; value: string } | undefined {
  for (const [field, around, pattern] of PATTERNS) {
    const [outer, inner] = [around.exec(block), pattern.exec(words)];
    if (outer === null || inner === null) continue;
    return { field, subject: inner.groups?.subject ?? outer.groups?.subject ?? '', value: inner.groups!.value! };
  }
  return undefined;
}

/** With the blocks around it, and the comment right before it. A level is one space. */
function* statements(text: string): Generator<{ readonly block: string; readonly text: string; readonly comment: string }> {
  const open: string[] = [];
  let comment = '';
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line.startsWith('!')) comment = line.slice(1).trim();
    if (line === '' || line.startsWith('!') || /^(?:exit|exit-address-family|end)$/.test(line)) continue;
    open.length = Math.min(open.length, raw.length - raw.trimStart().length);
    yield { block: open.join(' / '), text: line, comment };
    open.push(line);
    comment = '';
  }
}
