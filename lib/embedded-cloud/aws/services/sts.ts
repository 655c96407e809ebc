import type { Backend } from '../../backend';
import type { CloudRequest } from '../../http/exchange';
import { type Form, text } from '../../http/form';
import type { XmlValue } from '../../http/xml';
import { AwsError } from '../aws-error';

/** One STS call. */
export function sts({ world, keys }: Backend, request: CloudRequest, action: string, form: Record<string, Form>): XmlValue {
  const { partition } = world;
  if (action === 'GetCallerIdentity') {
    const { role } = request.key;
    const arn = role
      ? `arn:${partition}:sts::${request.account}:assumed-role/${role.split('/').pop()}/session`
      : `arn:${partition}:iam::${request.account}:user/rehearsal`;
    return { Arn: arn, UserId: role ? 'AROAREHEARSAL:session' : 'AIDAREHEARSAL', Account: request.account };
  }
  if (action === 'AssumeRole') {
    const arn = text(form, 'RoleArn') ?? '';
    const m = /^arn:([^:]+):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn);
    if (!m || m[1] !== partition)
      throw new AwsError('AccessDenied', `User is not authorized to perform: sts:AssumeRole on resource: ${arn}`, 403);
    const seconds = Number(text(form, 'DurationSeconds') ?? 3600);
    if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200)
      throw new AwsError(
        'ValidationError',
        `DurationSeconds must be between 900 and 43200, not ${text(form, 'DurationSeconds')}`,
      );
    // Whoever is held to a role's policies is held to those of the next one too.
    const { bounded } = request.key;
    const key = keys.issue({ provider: 'aws', account: m[2] as string, role: arn, seconds, bounded });
    const session = text(form, 'RoleSessionName') ?? 'session';
    return {
      Credentials: {
        AccessKeyId: key.id,
        SecretAccessKey: key.secret,
        SessionToken: key.securityToken,
        Expiration: new Date(key.expires ?? 0),
      },
      AssumedRoleUser: {
        AssumedRoleId: `AROAREHEARSAL:${session}`,
        Arn: `arn:${partition}:sts::${m[2]}:assumed-role/${m[3]}/${session}`,
      },
    };
  }
  throw new AwsError('InvalidAction', `${action} is not in the embedded cloud`);
}
