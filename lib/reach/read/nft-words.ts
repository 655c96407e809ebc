/** Words of nftables' language, statement by statement. Source: nft(8), "Lexical conventions". */

export interface Word {
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** Ends a statement: a line break or a semicolon. */
export const END = '\n';

/** Comments are left out; a line that ends with a backslash goes on in the next one. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  text.split('\n').forEach((raw, n) => {
    const found = raw.match(/"[^"]*"?|#.*|[{},;]|[^\s{},;"#]+/g) ?? [];
    const kept = found.filter((word) => !word.startsWith('#'));
    const goesOn = kept.at(-1) === '\\';
    for (const word of goesOn ? kept.slice(0, -1) : kept) words.push({ text: word === ';' ? END : word, line: n + 1 });
    if (!goesOn) words.push({ text: END, line: n + 1 });
  });
  return words;
}

/** Takes words one after the other. */
export class Words {
  private at = 0;

  constructor(private readonly words: readonly Word[]) {}

  get next(): string | undefined {
    return this.words[this.at]?.text;
  }

  get line(): number {
    return this.words[Math.min(this.at, this.words.length - 1)]?.line ?? 1;
  }

  take(): string | undefined {
    return this.words[this.at++]?.text;
  }

  /** Takes the word if it comes now. */
  taken(text: string): boolean {
    if (this.next !== text) return false;
    this.at++;
    return true;
  }

  /** The words up to the end of the statement, with the blocks in it. A closing brace that opens nowhere ends it, too. */
  statement(): string[] {
    const found: string[] = [];
    for (let depth = 0; this.next !== undefined; ) {
      if (depth === 0 && (this.next === END || this.next === '}')) break;
      const word = this.take()!;
      depth += word === '{' ? 1 : word === '}' ? -1 : 0;
      if (word !== END) found.push(word);
    }
    this.taken(END);
    return found;
  }
}
