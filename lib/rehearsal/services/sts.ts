import { AwsError } from '../aws-error';
import { AWS_SECRET } from '../aws-key';
import type { CloudRequest } from '../http/exchange';
import { type Form, text } from '../http/form';
import type { XmlValue } from '../http/xml';
import { uuid } from '../ids';

/** An access key that says which account it is of. */
export const keyOf = (account: string): string => `ASIA${account}MEIS`;

/** The account an access key is of; undefined for any other key. */
export const accountOfKey = (key: string): string | undefined => /^ASIA(\d{12})(?:MEIS|F[A-Z0-9]{8})$/.exec(key)?.[1];

/** One STS call. */
export function sts(partition: string, request: CloudRequest, action: string, form: Record<string, Form>): XmlValue {
  if (action === 'GetCallerIdentity') {
    const role = accountOfKey(request.accessKeyId) !== undefined;
    const arn = role
      ? `arn:${partition}:sts::${request.account}:assumed-role/rehearsal/session`
      : `arn:${partition}:iam::${request.account}:user/rehearsal`;
    return { Arn: arn, UserId: role ? 'AROAREHEARSAL:session' : 'AIDAREHEARSAL', Account: request.account };
  }
  if (action === 'AssumeRole') {
    const arn = text(form, 'RoleArn') ?? '';
    const m = /^arn:([^:]+):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn);
    if (!m || m[1] !== partition)
      throw new AwsError('AccessDenied', `User is not authorized to perform: sts:AssumeRole on resource: ${arn}`, 403);
    const session = text(form, 'RoleSessionName') ?? 'session';
    return {
      Credentials: {
        AccessKeyId: keyOf(m[2] as string),
        SecretAccessKey: AWS_SECRET,
        SessionToken: uuid(),
        Expiration: new Date(Date.now() + 3_600_000),
      },
      AssumedRoleUser: {
        AssumedRoleId: `AROAREHEARSAL:${session}`,
        Arn: `arn:${partition}:sts::${m[2]}:assumed-role/${m[3]}/${session}`,
      },
    };
  }
  throw new AwsError('InvalidAction', `${action} is not in the embedded cloud`);
}
