import { AliyunError } from '../aliyun-error';
import { needed } from './parameters';
import type { RpcAction } from './request';

const getCallerIdentity: RpcAction = (backend, { account, role }) => {
  const found = role === undefined ? undefined : backend.world.accounts[account]?.aliyun.roles[role];
  return role === undefined
    ? {
        AccountId: account,
        IdentityType: 'Account',
        UserId: account,
        PrincipalId: account,
        Arn: `acs:ram::${account}:root`,
        RoleId: '',
      }
    : {
        AccountId: account,
        IdentityType: 'AssumedRoleUser',
        UserId: found?.id ?? '',
        RoleId: found?.id ?? '',
        PrincipalId: `${found?.id ?? ''}:session`,
        Arn: `acs:ram::${account}:assumed-role/${role}/session`,
      };
};

const assumeRole: RpcAction = (backend, { parameters: p }) => {
  const arn = needed(p, 'RoleArn');
  const session = needed(p, 'RoleSessionName');
  if (!/^[\w.@-]{2,64}$/.test(session))
    throw new AliyunError('InvalidParameter.RoleSessionName', `The parameter RoleSessionName ${session} is not well formed.`);
  const m = /^acs:ram::(\d{16}):role\/([\w.-]{1,64})$/i.exec(arn);
  if (!m) throw new AliyunError('InvalidParameter.RoleArn', `The parameter RoleArn ${arn} is not well formed.`);
  const seconds = Number(p.DurationSeconds ?? 3600);
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200)
    throw new AliyunError('InvalidParameter.DurationSeconds', `DurationSeconds ${p.DurationSeconds} is not valid: 900 to 43200.`);
  const [account, name] = [m[1] as string, m[2] as string];
  // Names in ARNs are in lower case, whatever the role's own is.
  const roles = Object.values(backend.world.accounts[account]?.aliyun.roles ?? {});
  const role = roles.find((r) => r.name.toLowerCase() === name.toLowerCase());
  if (!role) throw new AliyunError('EntityNotExist.Role', `The specified Role not exists: ${arn}.`, 404);
  const key = backend.keys.issue({ provider: 'aliyun', account, role: role.name, seconds });
  return {
    Credentials: {
      AccessKeyId: key.id,
      AccessKeySecret: key.secret,
      SecurityToken: key.securityToken,
      Expiration: `${new Date(key.expires ?? 0).toISOString().slice(0, 19)}Z`,
    },
    AssumedRoleUser: {
      Arn: `acs:ram::${account}:assumed-role/${role.name}/${session}`,
      AssumedRoleId: `${role.id}:${session}`,
    },
  };
};

/** STS's actions (2015-04-01). */
export const stsActions: Record<string, RpcAction> = { GetCallerIdentity: getCallerIdentity, AssumeRole: assumeRole };
