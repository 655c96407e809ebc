/** What stands, for a diff. */
import type { Engines, StackWithMembers } from '../deploy/engine';
import { readBack } from '../deploy/states';
import type { StackState } from '../review/diff';
import type { JsonObject } from '../review/diff/model/json';

/** Stacks of these that stand, as their engines tell them. Changes nothing anywhere. */
export async function liveStates(stacks: readonly StackWithMembers[], engines: Engines): Promise<StackState[]> {
  const states = await readBack(stacks, engines);
  return states.map((state) => ({ ...state, template: state.template as JsonObject }));
}
