/** When a file grew to what size, so that the age of its oldest unsent line is known. */
export class Growth {
  /** Size as it was last seen. */
  size = 0;
  /** When it last changed its size, ms since the epoch. */
  at: number;
  /** Ends of what was noticed, oldest first. */
  #marks: { readonly at: number; end: number }[] = [];
  #passed = 0;

  constructor(now: number) {
    this.at = now;
  }

  /** When the oldest byte after the position was noticed; undefined: there is none. */
  get since(): number | undefined {
    return this.#marks[0]?.at;
  }

  noticed(size: number, now: number): void {
    if (size === this.size && (size <= this.#passed || this.#marks.length > 0)) return;
    if (size !== this.size) this.at = now;
    this.size = size;
    const last = this.#marks.at(-1);
    if (size <= this.#passed) return;
    // A mark a second is enough, and a thousand: beyond that lines count as older than they are.
    if (last && (now - last.at < 1000 || this.#marks.length >= 1000)) last.end = size;
    else this.#marks.push({ at: now, end: size });
  }

  /** Everything before the offset is acknowledged. */
  passed(offset: number, now?: number): void {
    this.#passed = offset;
    while (this.#marks.length > 0 && this.#marks[0]!.end <= offset) this.#marks.shift();
    if (this.size < offset) {
      this.size = offset;
      if (now !== undefined) this.at = now;
    }
  }

  restart(): void {
    this.#passed = 0;
    this.#marks = [];
  }
}
