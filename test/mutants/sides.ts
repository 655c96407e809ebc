/** A mutant, as it stands before and after. */
import { Draft } from './draft';
import type { Emission } from './emission';
import type { Sides } from './judges';
import type { Mutant } from './mutant';
import type { Emitted } from './worlds';

export function sidesOf(mutant: Mutant, { now, rolled }: Emitted): Sides {
  if (mutant.roll === 'standing') return { before: mutated(now, mutant), after: mutated(rolled, mutant) };
  return { before: now, after: mutated(mutant.roll === 'arriving' ? rolled : now, mutant) };
}

function mutated(emission: Emission, { apply }: Mutant): Emission {
  const draft = new Draft(emission);
  apply(draft);
  return draft.done();
}
