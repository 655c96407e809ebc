/** One rule of a packet filter, in the forms that are known; of any other it is said that nobody knows what it does. Source: nft(8), "Rules", "Expressions". */
import type { Either, FilterRule, Verdict } from '../host/model';
import type { Ports } from '../host/traffic';
import { readRange } from '../range';
import type { Range } from '../world';

/** A chain's name where the model has the chain itself. */
export type ReadVerdict =
  | Exclude<Verdict, object>
  | { readonly segment: number }
  | { readonly jump: string }
  | { readonly goto: string };

export type ReadRule = Omit<FilterRule, 'at' | 'verdict'> & { readonly verdict: ReadVerdict };

/** Stands for the host's own container ranges, one rule each. */
export const OWN = '<own>';

/** Whether it is known what a device of that name is; a rule about another one says nothing that is known. */
export type KnownDevice = (name: string) => boolean;

/** Names that devices have on every host. */
const ON_HOSTS = /^(?:lo|eth0|docker0|br-\*|br-[\w-]+|docker\*|veth[\w*-]*)$/;

export const isDeviceOfHosts: KnownDevice = (name) => ON_HOSTS.test(name);

/** What of a rule holds for IPv6 alone: reach speaks of IPv4. */
const IPV6 = /^(?:ip6|icmpv6)$/;

const STATES: ReadonlySet<string> = new Set(['new', 'established', 'related', 'invalid', 'untracked']);

/** Port names that nft prints itself, as they stand in /etc/services. */
const SERVICES: Readonly<Record<string, number>> = {
  ssh: 22,
  domain: 53,
  bootps: 67,
  bootpc: 68,
  http: 80,
  ntp: 123,
  https: 443,
};

/** Undefined for a rule that decides nothing about IPv4; `unread` as its verdict where it isn't known. */
export function readRule(words: readonly string[], isKnown: KnownDevice): ReadRule | undefined {
  const text = words.join(' ').replaceAll(OWN, 'the host’s containers');
  const rest = [...words];
  const rule: Partial<Record<keyof ReadRule, unknown>> = {};
  const unread: ReadRule = { text, verdict: 'unread' };
  let ipv6 = false;
  // It matches by something that isn't known here: that matters only where it decides something.
  let partly = false;
  let opening = false;
  let segment: number | undefined;
  const once = (key: keyof ReadRule, value: unknown): boolean => {
    if (value === undefined || rule[key] !== undefined) return false;
    rule[key] = value;
    return true;
  };
  const protocol = (name: string): boolean => {
    const before = rule.protocols as Either<string> | undefined;
    if (before === undefined) return once('protocols', { not: false, of: [name] });
    return !before.not && before.of.includes(name) && before.of.length === 1;
  };
  while (rest.length > 0) {
    const word = rest.shift()!;
    if (word === 'counter') {
      if (rest[0] === 'packets') rest.splice(0, 4);
    } else if (word === 'comment') rest.shift();
    else if (word === 'log') {
      while (/^(?:prefix|level|group|flags|snaplen)$/.test(rest[0] ?? '')) rest.splice(0, 2);
    } else if (word === 'iifname' || word === 'oifname') {
      const devices = values(rest, (name) => {
        const device = name.replace(/^"(.*)"$/, '$1');
        return isKnown(device) ? device : undefined;
      });
      if (!once(word === 'iifname' ? 'from' : 'to', devices)) return unread;
    } else if (word === 'ip') {
      const what = rest.shift();
      if (what === 'protocol') {
        if (!once('protocols', values(rest, protocolName))) return unread;
      } else if (what !== 'saddr' && what !== 'daddr') return unread;
      else if (!once(what === 'saddr' ? 'source' : 'destination', values(rest, address))) return unread;
    } else if (word === 'ct') {
      if (rest.shift() !== 'state') return unread;
      const states = values(rest, (name) => (STATES.has(name) ? name : undefined));
      if (!once('states', states)) return unread;
    } else if (word === 'meta') {
      const what = rest.shift();
      if (what === 'nfproto' && rest[0] === 'ipv6') {
        rest.shift();
        ipv6 = true;
      } else if (what === 'nfproto' && rest[0] === 'ipv4') rest.shift();
      else if (what !== 'l4proto' || !once('protocols', values(rest, protocolName))) return unread;
    } else if (IPV6.test(word)) {
      ipv6 = true;
      break;
    } else if (word === 'fib') {
      if (
        rest
          .splice(0, rest[2] === '!=' ? 4 : 3)
          .join(' ')
          .replace('!= ', '') !== 'daddr type local'
      )
        return unread;
      partly = true;
    } else if (word === 'notrack') {
      // How the packet is handled later on; where it goes is the same.
    } else if (word === 'tcp' && /^option maxseg size set \d+$/.test(rest.slice(0, 5).join(' '))) {
      segment = Number(rest.splice(0, 5)[4]);
    } else if (word === 'tcp' && rest[0] === 'flags') {
      if (rest.splice(0, 2)[1] === 'syn') opening = true;
      else partly = true;
    } else if (word === 'tcp' || word === 'udp') {
      const side = rest.shift();
      if ((side !== 'dport' && side !== 'sport') || !protocol(word)) return unread;
      if (!once(side === 'dport' ? 'destinationPorts' : 'sourcePorts', values(rest, ports))) return unread;
    } else if (word === 'accept' || word === 'drop' || word === 'return' || word === 'masquerade') {
      if (!once('verdict', word)) return unread;
    } else if (word === 'reject') {
      rest.length = 0;
      if (!once('verdict', 'drop')) return unread;
    } else if (word === 'jump' || word === 'goto') {
      const chain = rest.shift();
      if (chain === undefined || !once('verdict', { [word]: chain })) return unread;
    } else return unread;
  }
  // Source: nft(8), "Payload expressions": an expression of IPv6 matches packets of IPv6 only.
  if (ipv6) return undefined;
  if (rule.verdict === undefined)
    return segment === undefined || partly ? undefined : ({ text, ...rule, verdict: { segment } } as ReadRule);
  return partly || opening ? unread : ({ text, ...rule } as ReadRule);
}

/** A value, a list with commas, or a set in braces, `!=` before it; undefined where one of them isn't known. */
function values<T>(rest: string[], read: (text: string) => T | undefined): Either<T> | undefined {
  const not = rest[0] === '!=';
  if (not) rest.shift();
  const found: (T | undefined)[] = [];
  if (rest[0] === '{') {
    const end = rest.indexOf('}');
    if (end < 0) return undefined;
    const inside = rest.splice(0, end + 1).slice(1, -1);
    found.push(...inside.filter((word) => word !== ',').map(read));
  } else {
    found.push(read(rest.shift() ?? ''));
    while (rest[0] === ',') {
      rest.shift();
      found.push(read(rest.shift() ?? ''));
    }
  }
  const known = found.filter((value) => value !== undefined);
  return known.length === found.length && known.length > 0 ? { not, of: known } : undefined;
}

function address(text: string): Range | 'own' | undefined {
  return text === OWN ? 'own' : readRange(text);
}

function protocolName(text: string): string | undefined {
  const name = { '1': 'icmp', '6': 'tcp', '17': 'udp', '112': 'vrrp' }[text] ?? text;
  return /^(?:tcp|udp|icmp|sctp|udplite|esp|ah|gre|dccp|vrrp|ipv6-icmp|icmpv6)$/.test(name) ? name : undefined;
}

function ports(text: string): Ports | undefined {
  const [from, to = from, ...more] = text
    .split('-')
    .map((word) => SERVICES[word] ?? (/^\d{1,5}$/.test(word) ? Number(word) : Number.NaN));
  if (more.length > 0 || !(from! >= 0) || !(to! <= 65535) || from! > to!) return undefined;
  return [from!, to!];
}
