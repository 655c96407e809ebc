/** What a cloud takes as a tag. The clouds' own rules stand beside their other facts. */

/** What the key of a tag may be, or its value. */
export interface TagText {
  readonly most: number;
  /** What `most` counts, in UTF-8. @default 'characters' */
  readonly unit?: 'bytes';
  readonly empty: boolean;
  /** Takes whole text of which every character may stand there. */
  readonly characters: RegExp;
  /** The same in words. */
  readonly words: string;
  /** What it may not hold or be, each with what is said of it. */
  readonly never: readonly (readonly [what: RegExp, said: string])[];
}

export interface TagRules {
  /** Tags a resource. */
  readonly count: number;
  /** Two keys of a resource that differ by case only are refused. */
  readonly caseless: boolean;
  /** Of tags that all of a region's things have. */
  readonly place: { readonly key: TagText; readonly value: TagText };
  /** Of tags that only a fleet's hosts have, and what belongs to them. */
  readonly fleet: { readonly key: TagText; readonly value: TagText };
}

/** Whether a cloud takes the text. */
export function takesTag(text: string, rule: TagText): boolean {
  if (text === '') return rule.empty;
  return rule.characters.test(text) && tagLength(text, rule) <= rule.most && !rule.never.some(([what]) => what.test(text));
}

/** Characters, or bytes, of a text. */
export function tagLength(text: string, { unit }: Pick<TagText, 'unit'>): number {
  return unit === 'bytes' ? Buffer.byteLength(text) : [...text].length;
}
