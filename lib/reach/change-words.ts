/** Lost and gained pairs in words: whole places where a place is whole, fleets where it isn't. */
import type { PairChange } from './change';
import type { End, ReachSummary } from './summary';

/**
 * A line a sender: `containers of bj-idc -> eu-west-1, hosts of us-east-1`.
 *
 * @param had the world that has what the other doesn't: lost pairs stand in the one before
 */
export function changeLines(changes: readonly PairChange[], had: ReachSummary): string[] {
  const groups = grouped(changes, ({ from, to }) => `${sideOf(from)}|${sideOf(to)}`);
  const all = sizes(had);
  const lines = new Lines();
  for (const [key, group] of groups) {
    const [first] = group;
    const whole = group.every(({ extent }) => extent === 'all') && group.length === all.get(key);
    if (whole) lines.add(placeWords(first!.from), placeWords(first!.to), true);
    else for (const one of group) lines.add(one.from.fleet, `${one.to.fleet}${extentWords(one)}`, false);
  }
  return lines.all();
}

function extentWords({ extent, ports, left }: PairChange): string {
  if (extent === 'all') return '';
  if (extent === 'some') return ' (some of them)';
  return ports.includes('all') ? ` (all but ${left.join(', ')})` : ` (${ports.join(', ')})`;
}

const sideOf = ({ place, container }: End): string => `${place} ${container}`;

function placeWords({ place, container }: End): string {
  return `${container ? 'containers' : 'hosts'} of ${place}`;
}

/** How many pairs of fleets reach each other from one side to another. */
function sizes({ pairs }: ReachSummary): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { from, to, share } of pairs.values()) {
    if (share === 0) continue;
    const key = `${sideOf(from)}|${sideOf(to)}`;
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return found;
}

function grouped<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

/** Targets by sender, then senders with the same targets as one. */
class Lines {
  private readonly targets = new Map<string, { to: Set<string>; whole: boolean }>();

  add(from: string, to: string, whole: boolean): void {
    const key = `${whole} ${from}`;
    const known = this.targets.get(key);
    if (known === undefined) this.targets.set(key, { to: new Set([to]), whole });
    else known.to.add(to);
  }

  all(): string[] {
    const senders = grouped([...this.targets], ([, { to, whole }]) => `${whole} ${joined([...to])}`);
    return [...senders.values()].map((group) => {
      const names = group.map(([key]) => key.replace(/^(true|false) /, ''));
      return `${joined(names)} -> ${joined([...group[0]![1].to])}`;
    });
  }
}

/** `hosts of a`, `containers of a`, `containers of b` are `a, containers of b`: a place without a word is all of it. */
function joined(names: readonly string[]): string {
  const has = new Set(names);
  const words = names.flatMap((name) => {
    const [, kind, place] = /^(hosts|containers) of (.+)$/.exec(name) ?? [];
    if (place === undefined) return [name];
    const both = has.has(`hosts of ${place}`) && has.has(`containers of ${place}`);
    if (!both) return [name];
    return kind === 'hosts' ? [place] : [];
  });
  return words.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).join(', ');
}
