/** A deploy that can't go on, in words: what happened, and the way on. Never holds a credential, a signed address or a parameter. */
export class DeployError extends Error {
  override readonly name = 'DeployError';

  /**
   * @param code stable, for programs
   * @param fix what to do or write instead
   */
  constructor(
    readonly code: string,
    message: string,
    readonly fix: string,
  ) {
    super(message);
  }
}
