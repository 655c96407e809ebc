/** Bytes a second at most, with a burst of one second. */
export class RateLimit {
  #left: number;
  #at: number;

  /** @param bytesPerSecond 0: no limit */
  constructor(
    private readonly bytesPerSecond: number,
    now: number,
  ) {
    this.#left = bytesPerSecond;
    this.#at = now;
  }

  /** Takes what was sent, and tells how many milliseconds to wait before the next is sent. A batch bigger than the burst is paid off later. */
  spend(bytes: number, now: number): number {
    if (this.bytesPerSecond === 0) return 0;
    this.#left = Math.min(this.bytesPerSecond, this.#left + ((now - this.#at) / 1000) * this.bytesPerSecond) - bytes;
    this.#at = now;
    return this.#left >= 0 ? 0 : Math.ceil((-this.#left / this.bytesPerSecond) * 1000);
  }
}
