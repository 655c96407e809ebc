/** A deploy in virtual time as a person reads it: what, in which order, what beside what, and which hosts stop. */
import type { Loss, StackRun, Step } from '../../rehearsal/model';
import { type HostStops, hostStops } from '../../rehearsal/outages';
import type { Rehearsal } from '../../rehearsal/rehearse';
import type { Output } from './output';
import { count } from './output';

export interface LineOptions {
  /** What it begins from. @default - nothing stands */
  readonly from: string | undefined;
  readonly style: Output['style'];
  /** How many things were asked of the clouds. */
  readonly steps: number;
  /** What the deploy takes away, errors first. */
  readonly losses: readonly Loss[];
}

const isSkipped = ({ outcome }: StackRun): boolean => outcome === 'skipped';

/** Columns of the bars. */
const BAR = 40;
/** Hosts that stop, and steps of a stack, that are listed: what is more is counted. `--json` has all. */
const MOST = 40;

export function rehearsalLines(rehearsal: Rehearsal, { from, style, steps, losses }: LineOptions): string[] {
  const { stacks, seconds, killed } = rehearsal;
  const touched = stacks.filter(({ outcome }) => outcome !== 'unchanged');
  const inTime = [...touched].sort((a, b) => Number(isSkipped(a)) - Number(isSkipped(b)) || a.from - b.from || a.to - b.to);
  const start = from === undefined ? 'nothing' : from === 'live' ? 'what stands' : from;
  if (touched.length === 0) return [`From ${start}: nothing to do (${count(stacks.length, 'stack')} unchanged).`];
  return [
    style('bold', `The deploy in time, from ${start}: ${clock(seconds)} in all`),
    `${count(steps, 'step')} (create, update or delete), ${count(touched.length, 'stack')} of ${stacks.length}. Times are estimates (minutes:seconds); nothing was touched.`,
    ...(killed === undefined ? [] : [`Killed at ${clock(killed)} and run again: what was begun went on without it.`]),
    '',
    ...gantt(inTime, rehearsal, style),
    ...inTime.flatMap((run) => stackLines(run, rehearsal.steps, style)),
    ...hostLines(hostStops(rehearsal)),
    ...newHosts(rehearsal),
    ...losses.flatMap((loss) => lossLines(loss, style)),
  ];
}

function lossLines({ severity, name, what, why, fix, hosts, from, to }: Loss, style: Output['style']): string[] {
  const when = to > from ? `${clock(from)} to ${clock(to)}` : clock(from);
  const mark = severity === 'error' ? style('red', `x ${name}`) : style('yellow', `! ${name}`);
  const whom = hosts.length === 0 ? [] : [`    hosts: ${hosts.join(', ')}`];
  return ['', `${mark}  ${when}`, `    ${what}`, ...whom, `    why: ${why}`, `    way out: ${fix}`];
}

/** `4:05`, `1:02:33`. */
export function clock(seconds: number): string {
  const all = Math.round(seconds);
  const [h, m, s] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

const two = (n: number): string => String(n).padStart(2, '0');

function gantt(runs: readonly StackRun[], { seconds, steps }: Rehearsal, style: Output['style']): string[] {
  const wide = Math.max(...runs.map(({ path }) => path.length), 5);
  const time = clock(seconds).length;
  const column = (at: number) => Math.min(BAR, Math.round((at / Math.max(seconds, 1)) * BAR));
  const head = `${'begin'.padStart(time)}  ${'end'.padStart(time)}  ${'stack'.padEnd(wide)}`;
  return [
    style('dim', head),
    ...[...runs]
      .sort((a, b) => a.from - b.from || a.to - b.to)
      .map(({ path, from, to, outcome }) => {
        if (outcome === 'skipped') return `${'-'.padStart(time)}  ${'-'.padStart(time)}  ${path.padEnd(wide)}  skipped`;
        const begin = Math.min(column(from), BAR - 1);
        const bar = `${' '.repeat(begin)}${'#'.repeat(Math.max(1, column(to) - begin))}`.padEnd(BAR);
        const word = outcome === 'failed' ? style('red', outcome) : outcome;
        return `${clock(from).padStart(time)}  ${clock(to).padStart(time)}  ${path.padEnd(wide)}  ${bar}  ${word}${longest(steps.filter(({ stack }) => stack === path))}`;
      }),
  ];
}

/** What takes longest says where the time goes. */
function longest(steps: readonly Step[]): string {
  const [most] = [...steps].sort((a, b) => b.to - b.from - (a.to - a.from));
  return most === undefined ? '' : `, longest ${most.logicalId} ${clock(most.to - most.from)}`;
}

/** What is done in a stack that is updated or fails. Of one that is made, what takes longest: the rest is its template. */
function stackLines({ path, outcome, status, reason }: StackRun, all: readonly Step[], style: Output['style']): string[] {
  const steps = all.filter(({ stack }) => stack === path);
  if (outcome === 'skipped' || (steps.length === 0 && outcome !== 'failed')) return [];
  if (outcome === 'created') return [];
  const groups = grouped(steps);
  const failed =
    outcome === 'failed'
      ? [`  ${style('red', 'x')} ${status ?? 'failed'}: ${reason?.replace(`${path}: `, '') ?? 'no reason is told'}`]
      : [];
  const more = groups.length > MOST ? [`  and ${groups.length - MOST} more (--json)`] : [];
  return ['', `${path}: ${outcome}`, ...failed, ...groups.slice(0, MOST).map(groupLine), ...more];
}

interface Group {
  readonly first: Step;
  readonly ids: string[];
  to: number;
}

/** Steps of one kind that follow each other are one line. */
function grouped(steps: readonly Step[]): Group[] {
  const groups: Group[] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last !== undefined && kindOf(last.first) === kindOf(step)) {
      last.ids.push(step.logicalId);
      last.to = Math.max(last.to, step.to);
    } else groups.push({ first: step, ids: [step.logicalId], to: step.to });
  }
  return groups;
}

const kindOf = ({ act, type, properties, through, failed, rollback }: Step): string =>
  JSON.stringify([act, type, properties, through, failed, rollback]);

/** Names of one group that are told: the first ones say which. */
const NAMES = 3;

function groupLine({ first, ids, to }: Group): string {
  const { act, type, properties, through, failed, rollback, from } = first;
  const names = ids.length <= NAMES ? ids.join(', ') : `${ids.slice(0, NAMES).join(', ')} and ${ids.length - NAMES} more`;
  const why = [
    ...(properties.length === 0 ? [] : [properties.join(', ')]),
    ...(through.length === 0 ? [] : [`because ${through.join(', ')} is replaced`]),
    ...(rollback === true ? ['way back'] : []),
    ...(failed === undefined ? [] : [`failed: ${failed}`]),
  ];
  return `  ${clock(from)}-${clock(to)}  ${act} ${names} (${type})${why.length === 0 ? '' : `: ${why.join('; ')}`}`;
}

function hostLines({ outages, exchanges }: HostStops): string[] {
  const exchanged = exchanges.map(
    ({ name, hosts, from, to }) =>
      `${count(hosts, 'host')} of ${name} ${hosts === 1 ? 'is' : 'are'} exchanged while others of it are well, ${clock(from)}-${clock(to)}.`,
  );
  if (outages.length === 0) return ['', ...exchanged, exchanged.length === 0 ? 'No host stops.' : 'No other host stops.'];
  const stops = outages
    .slice(0, MOST)
    .map(({ name, from, to }) =>
      to === undefined
        ? `  ${name}  from ${clock(from)}: it is not well again`
        : `  ${name}  ${clock(from)}-${clock(to)} (${Math.round(to - from)} s)`,
    );
  const downAt = (at: number) => outages.filter(({ from, to = Number.POSITIVE_INFINITY }) => from <= at && at < to).length;
  const most = Math.max(...outages.map(({ from }) => downAt(from)));
  const more = outages.length > MOST ? [`  and ${outages.length - MOST} more (--json)`] : [];
  return [
    '',
    `${count(outages.length, 'host')} stop${outages.length === 1 ? 's' : ''}, at most ${most} at once:`,
    ...stops,
    ...more,
    ...exchanged,
  ];
}

/** Hosts that were not there before, and are nobody's successors. */
function newHosts({ hosts }: Rehearsal): string[] {
  const before = new Set(hosts.filter(({ at, up }) => up && at === 0).map(({ name }) => name));
  const made = hosts.filter(({ up, name }) => up && !before.has(name));
  const [first, last] = [made[0], made.at(-1)];
  if (first === undefined || last === undefined) return [];
  const when = made.length === 1 ? `at ${clock(first.at)}` : `the first at ${clock(first.at)}, the last at ${clock(last.at)}`;
  const hostCount = new Set(made.map(({ instanceId }) => instanceId)).size;
  return [`${count(hostCount, 'new host')} ${hostCount === 1 ? 'is' : 'are'} well, ${when}.`];
}
