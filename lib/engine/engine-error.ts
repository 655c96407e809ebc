/** What an operation is refused or fails for, as its caller sees it: a code and a text. Each cloud's own errors are kinds of it. */
export class EngineError extends Error {
  /**
   * @param code the service's own error code (`InvalidSubnet.Conflict`)
   * @param message the service's own text
   * @param status the HTTP status, default 400
   */
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = code;
  }
}

/** What the engine itself refuses. A cloud that words it otherwise does so in its dialect. */
export const refused = (message: string): EngineError => new EngineError('ValidationError', message);
