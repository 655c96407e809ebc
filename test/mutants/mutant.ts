/** A mistake that an emitter of ours could make. */
import type { Draft } from './draft';

/** Estates that are mutated: in `estates.ts`. */
export type World = 'overseas' | 'ads' | 'inland';

export interface Mutant {
  /** What the emitter does wrong. */
  readonly what: string;
  readonly world: World;
  readonly apply: (draft: Draft) => void;
  /** Words that whoever catches it must say: which thing it is about. */
  readonly names: RegExp;
  /**
   * Hosts get another user-data: only a deploy that goes over them shows the mistake. `standing`: it was made long ago, on both sides.
   * `arriving`: it comes in with the same change.
   *
   * @default - the mistake is the change
   */
  readonly roll?: 'standing' | 'arriving';
}

/** A mutant of a list, without the world that all of them are of. */
export type Mistake = Omit<Mutant, 'world'>;

export function mutants(world: World, mistakes: readonly Mistake[]): Mutant[] {
  return mistakes.map((one) => ({ ...one, world }));
}
