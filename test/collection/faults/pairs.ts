/** Two faults at the same time. */
import type { Fault } from './faults';

/** Every pair of two different faults, in their order. */
export function allPairs(faults: readonly Fault[]): [Fault, Fault][] {
  return faults.flatMap((a, i) => faults.slice(i + 1).map((b): [Fault, Fault] => [a, b]));
}

/** So many pairs, chosen by a seed: the same seed, the same pairs. */
export function seededPairs(faults: readonly Fault[], count: number, seed: number): [Fault, Fault][] {
  const left = allPairs(faults);
  let state = seed >>> 0;
  const chosen: [Fault, Fault][] = [];
  while (chosen.length < count && left.length > 0) {
    // Numerical Recipes' generator: enough to choose with.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    chosen.push(left.splice(Math.floor((state / 2 ** 32) * left.length), 1)[0]!);
  }
  return chosen;
}
