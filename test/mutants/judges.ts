/** Who catches a mutant: the diff by a meaning that names it, the rehearsal by a loss. */
import { type EstateSource, memorySource } from '../../lib/estate/read/source';
import { fleetFacts } from '../../lib/rehearsal/ledger/facts';
import { timelineOf } from '../../lib/rehearsal/ledger/ledger';
import type { Loss, Step, Timeline } from '../../lib/rehearsal/model';
import { type RehearsalInput, rehearseDeploy } from '../../lib/rehearsal/rehearse';
import { diffStates, idcSides, type Meaning, placesThatChange, type StackState } from '../../lib/review/diff';
import { reachabilityChange } from '../../lib/review/diff/reach/reachability-change';
import { assemblyStates } from '../../lib/review/diff/read/assemblies';
import type { Emission } from './emission';
import type { Mutant } from './mutant';

export interface Sides {
  readonly before: Emission;
  readonly after: Emission;
}

export interface Verdict {
  /** Codes of losses. */
  readonly rehearse: readonly string[];
  /** `<kind> (<severity>)`. */
  readonly diff: readonly string[];
}

function statesOf({ files }: Emission): StackState[] {
  return assemblyStates(memorySource(files as Record<string, string>));
}

function idcsOf({ files }: Emission) {
  const own = Object.entries(files).filter(([path]) => path.startsWith('idc.out/'));
  return idcSides(new Map(own.map(([path, text]) => [path.slice('idc.out/'.length), text])));
}

/** All that `meissa diff` says of stacks and data centres. @param steps of the deploy in virtual time */
export function meaningsOf({ before, after }: Sides, steps: readonly Step[] = []): Meaning[] {
  const stacks = diffStates(statesOf(before), statesOf(after), steps).flatMap(({ meanings }) => meanings);
  const [old, now] = [before, after].map(({ files }) => memorySource(files as Record<string, string>)) as [
    EstateSource,
    EstateSource,
  ];
  return [...stacks, ...placesThatChange(idcsOf(before), idcsOf(after)).meanings, ...reachabilityChange(old, now)];
}

/** Everything that a person reads of it. */
export function wordsOf({ stack, what, hosts, details, pace }: Meaning): string {
  return [stack, what, ...hosts, ...details, pace ?? ''].join('\n');
}

export interface Rehearsed extends Timeline {
  /** With what engines plan for stacks whose deploy does not come that far. */
  readonly asked: readonly Step[];
}

/** The deploy in virtual time, with what it loses. @param prepare what is known to be otherwise than it was deployed */
export async function rehearsed({ before, after }: Sides, prepare?: RehearsalInput['prepare']): Promise<Rehearsed> {
  const rehearsal = await rehearseDeploy({ before: before.stacks, after: after.stacks, ...(prepare && { prepare }) });
  const [old, now] = [before, after].map(({ files }) => memorySource(files as Record<string, string>)) as [
    EstateSource,
    EstateSource,
  ];
  const timeline = timelineOf(rehearsal, {
    before: before.stacks,
    after: after.stacks,
    fleets: fleetFacts(after.plan, before.plan),
    idc: { before: old, after: now },
  });
  return { ...timeline, asked: rehearsal.asked };
}

/**
 * What is said of the mutant and not of the same change without it.
 *
 * @param control the same change without the mistake
 */
export async function judge({ names }: Mutant, mutated: Sides, control: Judged): Promise<Verdict> {
  const { meanings, losses } = await judged(mutated);
  const [known, lost] = [new Set(control.meanings.map(wordsOf)), new Set(control.losses.map(({ name }) => name))];
  const told = meanings.filter((one) => one.severity !== 'cosmetic' && !known.has(wordsOf(one)) && names.test(wordsOf(one)));
  const unique = (words: readonly string[]) => [...new Set(words)];
  return {
    rehearse: unique(losses.filter(({ name }) => !lost.has(name)).map(({ code }) => code)),
    diff: unique(told.map(({ kind, severity }) => `${kind} (${severity})`)),
  };
}

export interface Judged {
  readonly meanings: readonly Meaning[];
  readonly losses: readonly Loss[];
}

export async function judged(sides: Sides): Promise<Judged> {
  const { asked, losses } = await rehearsed(sides);
  return { meanings: meaningsOf(sides, asked), losses };
}
