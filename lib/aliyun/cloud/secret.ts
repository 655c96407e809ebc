import { inspect } from 'node:util';

const SHOWN = '[secret]';

/** A value that doesn't print: not by `String`, not by `JSON.stringify`, not by `console.log`. `reveal` is the only way to it. */
export class Secret {
  readonly #value: string;

  /** @param value what must not be shown */
  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself: for a signature, never for a text. */
  reveal(): string {
    return this.#value;
  }

  /** What stands in its place. */
  toString(): string {
    return SHOWN;
  }

  /** What stands in its place in JSON. */
  toJSON(): string {
    return SHOWN;
  }

  [inspect.custom](): string {
    return SHOWN;
  }
}
