/** Which pairs lose or gain reachability during a deploy, and for how long. */
import { emptySource } from '../../../estate/read/source';
import { type PairChange, type ReachChange, reachChange, SAME } from '../../../reach/change';
import { PATH_TYPES } from '../../../reach/read/path-part';
import { type ReachSummary, reachSummary } from '../../../reach/summary';
import type { Rehearsal } from '../../rehearse';
import type { LedgerFacts } from '../facts';
import { Standing, type Turn } from './standing';

/** Looks at most: each reads the whole estate's paths anew. */
export const MOST_LOOKS = 24;

/** A pair, while it has less or more than before the deploy. */
export interface PairOverTime {
  readonly pair: PairChange;
  readonly from: number;
  readonly to: number;
  /** It is so at the end. */
  readonly stays: boolean;
  /** It is so at the end, until the data centres' routers have the files that are proposed. */
  readonly untilRouters: boolean;
  /** What turned right before it began: `<stack>` and logical ids. */
  readonly by: readonly Turn[];
}

export interface ReachOverTime {
  readonly lost: readonly PairOverTime[];
  readonly gained: readonly PairOverTime[];
  /** The world before, and at the end. */
  readonly had: ReachSummary;
  readonly has: ReachSummary;
  /** Turns that were looked at only together with others, because of MOST_LOOKS. */
  readonly unseen: number;
}

/** @returns undefined where no step turns a path */
export function reachOverTime({ steps, seconds }: Rehearsal, facts: LedgerFacts): ReachOverTime | undefined {
  if (facts.before.length === 0) return undefined;
  if (!steps.some(({ type }) => PATH_TYPES.has(type))) return undefined;
  const standing = new Standing(facts.before, facts.after);
  const turns = standing.turns(steps);
  if (turns.length === 0) return undefined;
  const { before: idc = emptySource, after: proposed = emptySource } = facts.idc ?? {};
  const had = reachSummary(standing.world(idc));
  const looks = lookTimes(turns, touchesStanding(facts));
  let has = had;
  const lost = new Pairs('lost');
  const gained = new Pairs('gained');
  for (const [at, group] of looks.groups.entries()) {
    for (const turn of group) standing.turn(turn);
    has = reachSummary(standing.world(idc));
    const change = reachChange(had, has);
    const next = looks.groups[at + 1];
    const to = next === undefined ? seconds : momentOf(next);
    for (const pairs of [lost, gained]) pairs.look(change, momentOf(group), to, group);
  }
  const end = reachSummary(standing.world(proposed));
  const last = reachChange(had, end);
  return { lost: lost.over(last, seconds), gained: gained.over(last, seconds), had, has: end, unseen: looks.unseen };
}

/** A stack that is new and knows nothing of what stood before leads no packet of it anywhere: a new region builds up unseen. */
function touchesStanding({ before, after }: LedgerFacts): (turn: Turn) => boolean {
  const stood = new Set(before.map(({ path }) => path));
  const names = before.map(({ name }) => name);
  const alone = new Set(
    after
      .filter(({ path, body, ros }) => {
        const read = Object.values(ros?.parameters ?? {}).some((parameter) => stood.has(parameter.path));
        return !stood.has(path) && !read && !names.some((name) => body.includes(name));
      })
      .map(({ path }) => path),
  );
  return ({ stack }) => !alone.has(stack);
}

/** Turns of one moment are one look; beyond the bound those that follow each other closest are one, too. */
function lookTimes(turns: readonly Turn[], matters: (turn: Turn) => boolean): { groups: Turn[][]; unseen: number } {
  const groups: Turn[][] = [];
  for (const turn of turns) {
    const last = groups.at(-1);
    if (last !== undefined && (last.at(-1)!.at === turn.at || !last.some(matters))) last.push(turn);
    else groups.push([turn]);
  }
  let unseen = 0;
  while (groups.length > MOST_LOOKS) {
    let closest = 1;
    for (let i = 2; i < groups.length; i++) if (gap(groups, i) < gap(groups, closest)) closest = i;
    unseen += groups[closest - 1]!.length;
    groups.splice(closest - 1, 2, [...groups[closest - 1]!, ...groups[closest]!]);
  }
  return { groups, unseen };
}

/** A look is at its last turn: what came before it and doesn't matter is not waited for. */
const momentOf = (group: readonly Turn[]): number => group.at(-1)!.at;

const gap = (groups: readonly Turn[][], i: number): number => momentOf(groups[i]!) - momentOf(groups[i - 1]!);

class Pairs {
  private readonly open = new Map<string, Omit<PairOverTime, 'stays' | 'untilRouters'>>();
  private readonly closed: PairOverTime[] = [];

  constructor(private readonly side: 'lost' | 'gained') {}

  look(change: ReachChange, from: number, to: number, by: readonly Turn[]): void {
    const now = this.byKey(change);
    for (const [key, known] of this.open) {
      if (now.has(key)) continue;
      this.closed.push({ ...known, stays: false, untilRouters: false });
      this.open.delete(key);
    }
    for (const [key, pair] of now) {
      const known = this.open.get(key);
      this.open.set(key, known === undefined ? { pair, from, to, by } : { ...known, to });
    }
  }

  over(last: ReachChange, seconds: number): PairOverTime[] {
    const end = this.byKey(last);
    const open = [...this.open].map(([key, known]) => ({ ...known, to: seconds, stays: true, untilRouters: !end.has(key) }));
    const routers = [...end].filter(([key]) => !this.open.has(key));
    return [
      ...this.closed,
      ...open,
      ...routers.map(([, pair]) => ({ pair, from: seconds, to: seconds, by: [], stays: true, untilRouters: false })),
    ];
  }

  private byKey(change: ReachChange = SAME): Map<string, PairChange> {
    return new Map(change[this.side].map((pair) => [`${pair.from.fleet} ${pair.to.fleet}`, pair]));
  }
}
