/** What a command that writes to the estate does: the new texts and the words for whoever ran it, or a refusal. Nothing is written here. */

export interface WrittenFile {
  /** Relative to the estate's root. */
  readonly path: string;
  readonly text: string;
  /** It must not be there: what came meanwhile is not written over. @default false */
  readonly isNew?: boolean;
}

export interface Refused {
  /** Stable code in UPPER_SNAKE case. */
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

export type Change =
  | {
      /** Empty when there is nothing to do. */
      readonly files: readonly WrittenFile[];
      /** What was done and what to do next, a sentence a line. */
      readonly words: readonly string[];
      readonly refused?: undefined;
    }
  | { readonly refused: Refused };

export function refuse(code: string, message: string, fix: string): Change {
  return { refused: { code, message, fix } };
}
