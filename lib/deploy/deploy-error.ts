import { withoutRequest } from '../encode/echoed-request';

/** What a host wrote last. */
export interface Journal {
  readonly host: string;
  readonly lines: readonly string[];
}

/** A deploy that can't go on, in words: what happened, and the way on. Never holds a credential, a signed address or a request. */
export class DeployError extends Error {
  override readonly name = 'DeployError';
  readonly fix: string;
  /** Of the hosts it is about, as far as they could be had. */
  journals: readonly Journal[] = [];

  /**
   * @param code stable, for programs
   * @param fix what to do or write instead
   * @param hosts names of those that did not come back, as their engine knows them
   */
  constructor(
    readonly code: string,
    message: string,
    fix: string,
    readonly hosts: readonly string[] = [],
  ) {
    super(withoutRequest(message));
    this.fix = withoutRequest(fix);
  }
}
