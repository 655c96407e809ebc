import { withoutRequest } from '../encode/echoed-request';

/** A deploy that can't go on, in words: what happened, and the way on. Never holds a credential, a signed address or a request. */
export class DeployError extends Error {
  override readonly name = 'DeployError';
  readonly fix: string;

  /**
   * @param code stable, for programs
   * @param fix what to do or write instead
   */
  constructor(
    readonly code: string,
    message: string,
    fix: string,
  ) {
    super(withoutRequest(message));
    this.fix = withoutRequest(fix);
  }
}
