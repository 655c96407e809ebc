import {
  type AliyunError,
  type AliyunErrorProps,
  AlreadyExists,
  Busy,
  CredentialsRefused,
  Forbidden,
  NotFound,
  NothingToChange,
  Refused,
  ServiceFault,
  Throttled,
} from './errors';

/** A failure as the service answered it, with its words already scrubbed. */
export type Answered = Omit<AliyunErrorProps, 'wayOn'>;

type Kind = new (props: AliyunErrorProps) => AliyunError;

/** Codes by what they mean; the first that fits. */
const KINDS: readonly [RegExp, Kind, string, string?][] = [
  [
    /^InvalidSecurityToken\.Expired/,
    CredentialsRefused,
    'sign in again: the security token has a lifetime (aliyun configure, or a new ALIBABA_CLOUD_SECURITY_TOKEN)',
    'the security token has expired',
  ],
  [
    /^InvalidTimeStamp|^IllegalTimestamp|^RequestTimeTooSkewed/,
    CredentialsRefused,
    "set this machine's clock (timedatectl): it must be within 15 minutes of the service's",
    "this machine's clock and the service's disagree",
  ],
  [
    /^(InvalidAccessKeyId|SignatureDoesNotMatch|IncompleteSignature|InvalidSecurityToken|MissingSecurityToken|Forbidden\.AccessKey|InvalidAccessKeySecret|SecurityTokenMalformed)/,
    CredentialsRefused,
    'check the access key, its secret and the security token: all three belong together, and the key must be active',
    'the access key, its secret or the security token is not accepted',
  ],
  [
    /^(Throttling|ServiceUnavailable\.Throttl|FlowControl|QPS|TooManyRequests|RequestLimitExceeded)/,
    Throttled,
    'fewer calls at once, or wait and go on',
  ],
  [
    /^(Forbidden|NoPermission|Unauthorized|AccessDenied|SubAccountNoPermission)/,
    Forbidden,
    'give this identity the permission in RAM, or use another one',
  ],
  [
    /^(ActionInProgress|LastTokenProcessing|IncorrectInstanceStatus|TaskConflict|OperationConflict|IncorrectStatus)/,
    Busy,
    'wait until the operation that is under way has ended',
  ],
  [
    /^((Stack|ChangeSet)Exists|EntityAlreadyExists|.*\.AlreadyExists?|.*AlreadyExists|.*\.Duplicate|FileAlreadyExists)$/,
    AlreadyExists,
    'use another name, or what is there',
  ],
  [
    /(NotFound|NoSuchKey|NoSuchBucket|EntityNotExist\..*|NotExist)$/,
    NotFound,
    'check name and region: it may have been deleted by hand',
  ],
  [
    /^(ServiceUnavailable|InternalError|InternalServerError|ServerBusy|UnknownError|SystemBusy|SignatureNonceUsed|ServiceTimeout|RequestTimeout|InternalFault)/i,
    ServiceFault,
    'try again later; the request id helps Aliyun to look',
  ],
];

/** ROS answers `NotSupported`, "Update the completely same stack is not supported", to an update that changes nothing. */
const SAME = /completely same/i;

/**
 * The class of a failure that the service put into words: by its code first, then by the HTTP status. What the service says about keys
 * isn't passed on: it holds the string that was signed.
 */
export function classify(answered: Answered): AliyunError {
  if (answered.code === 'NotSupported' && SAME.test(answered.message))
    return new NothingToChange({ ...answered, wayOn: 'nothing is to be done' });
  for (const [codes, Kind, wayOn, message] of KINDS) {
    if (codes.test(answered.code)) return new Kind({ ...answered, wayOn, ...(message ? { message } : {}) });
  }
  const status = answered.status ?? 400;
  if (status === 429) return new Throttled({ ...answered, wayOn: 'fewer calls at once, or wait and go on' });
  if (status >= 500) return new ServiceFault({ ...answered, wayOn: 'try again later; the request id helps Aliyun to look' });
  if (status === 404) return new NotFound({ ...answered, wayOn: 'check name and region: it may have been deleted by hand' });
  if (status === 401 || status === 403)
    return new Forbidden({ ...answered, wayOn: 'give this identity the permission in RAM, or use another one' });
  return new Refused({ ...answered, wayOn: 'correct what the message names' });
}

/** The Retry-After of an answer in milliseconds: seconds or a date (RFC 9110, "Retry-After"); at most five minutes are believed. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (!header) return undefined;
  const milliseconds = /^\d+(\.\d+)?$/.test(header.trim()) ? Number(header) * 1000 : new Date(header).getTime() - now;
  return Number.isFinite(milliseconds) && milliseconds > 0 ? Math.min(milliseconds, 300_000) : undefined;
}
