/**
 * What can go wrong between us and Aliyun, each with a code, whose fault it is, whether the same call may be sent again, and a way on.
 * Nothing of the request is in them: no URL, key, signature or parameter. Aliyun's clients put all of these into their errors, so none of
 * theirs is ever kept, not as `cause` either; and whatever words an error is made with, what looks like a signed request is left out.
 */
import { withoutRequest } from '../../encode/echoed-request';

/** Who must act: who called, the service, or whoever keeps the network. */
export type Fault = 'user' | 'service' | 'network';

/** What is known about a failure. */
export interface AliyunErrorProps {
  /** Aliyun's own code (`Throttling.User`), or one of ours in its style (`Timeout`). */
  readonly code: string;
  /** What happened, in a sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly wayOn: string;
  /** `CreateStack`, `PutObject`. */
  readonly action?: string;
  /** What Aliyun's support asks for. @default - the answer named none */
  readonly requestId?: string;
  /** HTTP status. @default - no answer came */
  readonly status?: number;
  /** How long the service asks to wait (Retry-After), in milliseconds. @default - it doesn't say */
  readonly retryAfterMs?: number;
}

/** A word of the service that is one by its pattern, and holds no key. */
function wordLike(said: string | undefined, pattern: RegExp): string | undefined {
  return said !== undefined && pattern.test(said) && withoutRequest(said) === said ? said : undefined;
}

/** Every failure of a call to Aliyun. */
export class AliyunError extends Error {
  readonly code: string;
  readonly wayOn: string;
  readonly action?: string;
  readonly requestId?: string;
  readonly status?: number;
  readonly retryAfterMs?: number;
  /** Who must act. */
  readonly fault: Fault = 'user';
  /** The same call may succeed if it is sent again as it is. */
  readonly retryable: boolean = false;
  /** It is certain that nothing was done. */
  readonly untouched: boolean = true;

  /** @param props what is known; values of what was sent must have been taken out of its words already (`scrub`) */
  constructor(props: AliyunErrorProps) {
    const action = wordLike(props.action, /^\w{1,64}$/);
    const code = wordLike(props.code, /^[\w.:-]{1,100}$/) ?? 'UnreadableCode';
    const requestId = wordLike(props.requestId, /^[\w-]{1,64}$/);
    const wayOn = withoutRequest(props.wayOn);
    super(
      `${action ? `${action}: ` : ''}${withoutRequest(props.message)} (${code}${requestId ? `, request ${requestId}` : ''}); ${wayOn}`,
    );
    this.name = new.target.name;
    this.code = code;
    this.wayOn = wayOn;
    this.action = action;
    this.requestId = requestId;
    this.status = props.status;
    this.retryAfterMs = props.retryAfterMs;
  }
}

/** No credentials were found in any of the places that Aliyun's tools look at. */
export class NoCredentials extends AliyunError {}

/** The keys are wrong, expired, or don't fit together. */
export class CredentialsRefused extends AliyunError {
  /** A session that ran out: the source of the credentials may have newer ones. */
  get expired(): boolean {
    return /Expired$/.test(this.code) && this.code.startsWith('InvalidSecurityToken');
  }
}

/** The keys are right, and may not do this. */
export class Forbidden extends AliyunError {}

/** The service refuses what was asked. */
export class Refused extends AliyunError {}

/** What was asked about isn't there. */
export class NotFound extends AliyunError {}

/** Something of this name is there already. */
export class AlreadyExists extends AliyunError {}

/** Another operation holds the thing: wait for it and ask again. */
export class Busy extends AliyunError {}

/** An update that would change nothing. */
export class NothingToChange extends AliyunError {}

/** Too many calls: nothing was done. */
export class Throttled extends AliyunError {
  override readonly fault: Fault = 'service';
  override readonly retryable: boolean = true;
}

/** The service failed; whether it did what was asked isn't known. */
export class ServiceFault extends AliyunError {
  override readonly fault: Fault = 'service';
  override readonly retryable: boolean = true;
  override readonly untouched: boolean = false;
}

/** No connection: nothing was sent. */
export class Unreachable extends AliyunError {
  override readonly fault: Fault = 'network';
  override readonly retryable: boolean = true;
}

/** The connection broke, or no answer came in time; whether the service did what was asked isn't known. */
export class TimedOut extends AliyunError {
  override readonly fault: Fault = 'network';
  override readonly retryable: boolean = true;
  override readonly untouched: boolean = false;
}

/** What answered isn't the API: HTML from a proxy, half a JSON. */
export class BadAnswer extends AliyunError {
  override readonly fault: Fault = 'network';
  override readonly retryable: boolean;
  override readonly untouched: boolean = false;

  /** @param props what is known; `retryable` when the same question may get a whole answer */
  constructor(props: AliyunErrorProps & { readonly retryable: boolean }) {
    super(props);
    this.retryable = props.retryable;
  }
}
