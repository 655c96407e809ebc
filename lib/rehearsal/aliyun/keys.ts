import { createHash, randomBytes } from 'node:crypto';
import { accountOf, type World } from '../world/world';

/** An access key: an account's own, or a role's for some time. */
export interface AccessKey {
  id: string;
  secret: string;
  account: string;
  /** The name of the RAM role that it is of; undefined: the account's own key. */
  role?: string;
  /** What a temporary key must be sent with. */
  securityToken?: string;
  /** When a temporary key ends, milliseconds since 1970. */
  expires?: number;
}

const OWN = /^LTAI(\d{16})MEIS$/;

/** The one key that every account of the embedded cloud has. */
export function ownKey(account: string): AccessKey {
  const secret = createHash('sha256').update(`embedded cloud ${account}`).digest('hex').slice(0, 30);
  return { id: `LTAI${account}MEIS`, secret, account };
}

/** Gives out a temporary key of a role, as STS does. */
export function issueKey(world: World, account: string, role: string, seconds = 3600): AccessKey {
  const of = accountOf(world, account);
  const now = Date.now();
  for (const key of Object.values(of.temporaryKeys)) if ((key.expires ?? 0) < now) delete of.temporaryKeys[key.id];
  const key: AccessKey = {
    id: `STS.${randomBytes(12).toString('base64url').replace(/[-_]/g, 'x')}`,
    secret: randomBytes(22).toString('hex'),
    account,
    role,
    securityToken: `CAIS${randomBytes(90).toString('base64')}`,
    expires: now + seconds * 1000,
  };
  of.temporaryKeys[key.id] = key;
  return key;
}

/** The key with this id. */
export function findKey(world: World, id: string): AccessKey | undefined {
  const own = OWN.exec(id)?.[1];
  if (own) return ownKey(own);
  for (const account of Object.values(world.accounts)) {
    const key = account.temporaryKeys[id];
    if (key) return key;
  }
  return undefined;
}
