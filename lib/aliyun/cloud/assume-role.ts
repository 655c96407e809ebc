import { record, text, time } from './answer';
import type { Clock } from './clock';
import type { Credentials, CredentialsProvider } from './credentials';
import { BadAnswer } from './errors';
import { RpcCaller } from './rpc-caller';
import { Secret } from './secret';

/** Who takes which role. */
export interface AssumeRoleProps {
  readonly with: CredentialsProvider;
  /** `acs:ram::<account>:role/<name>`. */
  readonly roleArn: string;
  /** 2 to 64 characters, in the audit log of the account. */
  readonly sessionName: string;
  /** 900 to the role's longest session. */
  readonly seconds: number;
  readonly region: string;
  readonly source: string;
  readonly clock?: Clock;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Keys of a role, for a while (STS, "AssumeRole"). */
export async function assumeRole(props: AssumeRoleProps): Promise<Credentials> {
  const rpc = new RpcCaller({ credentials: props.with, clock: props.clock, environment: props.environment });
  const answer = await rpc.call({
    product: 'sts',
    region: props.region,
    action: 'AssumeRole',
    // A second session of the same role harms nobody.
    repeatable: true,
    parameters: { RoleArn: props.roleArn, RoleSessionName: props.sessionName, DurationSeconds: props.seconds },
  });
  const given = record(answer.Credentials);
  const expires = time(given.Expiration);
  if (!given.AccessKeyId || !given.AccessKeySecret || !given.SecurityToken || !expires) {
    throw new BadAnswer({
      action: 'AssumeRole',
      code: 'BadAnswer',
      message: 'the answer holds no keys',
      wayOn: 'check the endpoint of STS',
      retryable: false,
    });
  }
  return {
    accessKeyId: new Secret(text(given.AccessKeyId)),
    accessKeySecret: new Secret(text(given.AccessKeySecret)),
    securityToken: new Secret(text(given.SecurityToken)),
    expires,
    source: props.source,
  };
}
