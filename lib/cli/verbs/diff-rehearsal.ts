/** The deploy behind a diff: from what stands to what is proposed, in virtual time, of those stacks alone that it touches. */

import type { StackOutput } from '../../aliyun/assembly';
import { parameterName } from '../../aliyun/parts';
import { changedBefore } from '../../deploy/order';
import { sameRecord } from '../../deploy/same';
import { cloudRegionId } from '../../facts/region';
import { FLEET_TAG } from '../../plan/names';
import type { Rehearsal } from '../../rehearsal/rehearse';
import type { RehearsedStack } from '../../rehearsal/stack';
import type { StackState } from '../../review/diff';
import { objectOf } from '../../review/diff/model/json';

export interface RehearsedSides {
  readonly before: readonly RehearsedStack[];
  readonly after: readonly RehearsedStack[];
  /** `<path>/<logicalId>` of resources that may be replaced. @default - none */
  readonly replace?: readonly string[];
}

/**
 * Stacks that the deploy touches, those that they need, and all of a fleet of which one is touched: its hosts count together.
 *
 * @returns undefined where nothing is touched
 */
export function touchedSides({ before, after, ...more }: RehearsedSides): RehearsedSides | undefined {
  const stood = new Map(before.map((stack) => [stack.path, stack]));
  const byPath = new Map(after.map((stack) => [stack.path, stack]));
  const touched = after.filter((stack) => !isSame(stood.get(stack.path), stack));
  if (touched.length === 0) return undefined;
  const fleetOf = ({ region, tags }: RehearsedStack) => tags[FLEET_TAG] && `${region} ${tags[FLEET_TAG]}`;
  const fleets = new Set(touched.map(fleetOf));
  const open = [...touched, ...after.filter((stack) => fleetOf(stack) && fleets.has(fleetOf(stack)))];
  const wanted = new Set<string>();
  for (let stack = open.pop(); stack !== undefined; stack = open.pop()) {
    if (wanted.has(stack.path)) continue;
    wanted.add(stack.path);
    // What it needed before must stand before.
    const needs = [stack, stood.get(stack.path) ?? stack].flatMap(changedBefore);
    const given = Object.values(stack.parameters).map(({ path }) => path);
    for (const path of [...needs, ...given]) {
      const needed = byPath.get(path) ?? stood.get(path);
      if (needed !== undefined) open.push(needed);
    }
  }
  const among = (stacks: readonly RehearsedStack[]) => stacks.filter(({ path }) => wanted.has(path));
  return { ...more, before: among(before), after: among(after) };
}

function isSame(before: RehearsedStack | undefined, after: RehearsedStack): boolean {
  if (before === undefined || before.body !== after.body || before.holdsData !== after.holdsData) return false;
  const [old, now] = [before, after].map(({ configurations = new Map() }) => Object.fromEntries(configurations));
  return sameRecord(before.tags, after.tags) && sameRecord(old!, now!);
}

/** Stacks as an engine or a folder has them, with what the emitter says today of the rest: order, roll, policy. */
export function standingStacks(states: readonly StackState[], after: readonly RehearsedStack[]): RehearsedStack[] {
  const stood = new Map(states.map((state) => [state.path, state]));
  const outputs = new Map(states.flatMap((state) => outputsOf(state).map((output) => [parameterName(output), output])));
  return after.flatMap((stack): RehearsedStack[] => {
    const state = stood.get(stack.path);
    if (state === undefined) return [];
    // White space is no change.
    const [was, is] = [JSON.stringify(state.template), JSON.stringify(JSON.parse(stack.body))];
    const configurations = new Map((state.configurations ?? []).map(({ fleet, text }) => [fleet, text]));
    const tags = state.tags ?? stack.tags;
    const stands = { ...stack, tags, configurations, ...(state.away && { away: state.away }) };
    return [was === is ? stands : { ...stands, body: was, parameters: given(state, stack, outputs) }];
  });
}

/** What the template that stands is given: of its parameters those that are other stacks' outputs, as they are named. */
function given(
  { template }: StackState,
  { parameters }: RehearsedStack,
  outputs: ReadonlyMap<string, StackOutput>,
): RehearsedStack['parameters'] {
  return Object.fromEntries(
    Object.keys(objectOf(template.Parameters)).flatMap((name) => {
      const output = parameters[name] ?? outputs.get(name);
      return output === undefined ? [] : [[name, output]];
    }),
  );
}

function outputsOf({ provider, path, name, cloudRegion, template }: StackState): StackOutput[] {
  const region = cloudRegion ?? cloudRegionId(path.split('/')[0]!);
  return Object.keys(objectOf(template.Outputs)).map((output) => ({ provider, path, stack: name, region, output }));
}

/** @returns undefined where nothing is touched. @throws Error where what stands can't be made: it is not what an engine would have taken */
export async function rehearseSides(sides: RehearsedSides): Promise<Rehearsal | undefined> {
  const touched = touchedSides(sides);
  if (touched === undefined) return undefined;
  const { rehearseDeploy } = await import('../../rehearsal/rehearse');
  return rehearseDeploy(touched);
}
