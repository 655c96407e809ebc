import { REMOVED } from '../../encode/echoed-request';
import { classify } from './classify';
import type { Credentials } from './credentials';
import { AliyunError, BadAnswer, ServiceFault, TimedOut, Unreachable } from './errors';
import { secretsOf } from './pop-core-call';
import { scrub } from './scrub';

/** What ali-oss's errors have, as far as we look. */
interface Thrown {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly status?: number;
  readonly requestId?: string;
}

/** A signature V4 by itself; digests of ours stand in the object's name only. */
const SIGNATURE = /\b[0-9a-f]{64}\b/gi;

/** Whatever ali-oss threw, as one of ours; nothing of it is kept but code, status, request id and scrubbed words. */
export function ossFailure(
  thrown: unknown,
  { action, bucket, key, credentials }: { action: string; bucket: string; key: string; credentials: Credentials },
): AliyunError {
  if (thrown instanceof AliyunError) return thrown;
  const { name = '', message = '', code, status, requestId } = (thrown ?? {}) as Thrown;
  const object = `oss://${bucket}/${key}`;
  const known = { action, ...(requestId ? { requestId } : {}), ...(status && status > 0 ? { status } : {}) };
  if (/ResponseTimeout/.test(name)) {
    return new TimedOut({ ...known, code: 'Timeout', message: `${object}: no answer in time`, wayOn: 'try again' });
  }
  if (/ConnectionTimeout|RequestError/.test(name) || status === -1 || status === -2) {
    const begun = /socket hang up|ECONNRESET|aborted/i.test(message);
    const Kind = begun ? TimedOut : Unreachable;
    const what = begun ? 'the connection broke' : 'no connection';
    return new Kind({
      ...known,
      code: begun ? 'ConnectionLost' : 'Unreachable',
      message: `${object}: ${what}`,
      wayOn: 'check network and region',
    });
  }
  if (!code || /[^\w.]/.test(code)) {
    if (status && status >= 500) {
      return new ServiceFault({
        ...known,
        code: `Http${status}`,
        message: `${object}: the service failed without saying why`,
        wayOn: 'try again later',
      });
    }
    return new BadAnswer({
      ...known,
      code: 'BadAnswer',
      message: `${object}: what answered is not object storage`,
      wayOn: 'check MEISSA_ALIYUN_ENDPOINT and whether a proxy stands in between',
      retryable: false,
    });
  }
  const words = scrub(message, {}, secretsOf(credentials)).replaceAll(SIGNATURE, REMOVED);
  return classify({ ...known, code, message: `${object}: ${words}` });
}
