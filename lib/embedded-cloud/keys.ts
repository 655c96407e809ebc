import { randomBytes } from 'node:crypto';
import { clock } from '../engine/clock';

/**
 * What every secret and token of an embedded cloud begins with. They open nothing but that cloud while its process lives; the mark is
 * there so that logs can be searched for them (`scripts/ci-no-credentials.mjs`).
 */
export const SECRET_MARK = 'rehearsalOnly';

export type Provider = 'aws' | 'aliyun';

/** An access key: an account's own, or a role's for some time. */
export interface AccessKey {
  readonly provider: Provider;
  readonly id: string;
  readonly secret: string;
  readonly account: string;
  /** The role that it is of: a RAM role's name (Aliyun), a role's ARN (AWS); undefined: the account's own key. */
  readonly role?: string;
  /** What a temporary key must be sent with. */
  readonly securityToken?: string;
  /** When a temporary key ends, milliseconds since 1970. */
  expires?: number;
  /** Each call needs the leave of the role's policies: a function's key. */
  readonly bounded?: boolean;
}

/** What a temporary key is asked for. */
export interface Session {
  provider: Provider;
  account: string;
  role: string;
  /** Default 3600. */
  seconds?: number;
  bounded?: boolean | undefined;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const base32 = (length: number): string => [...randomBytes(length)].map((byte) => BASE32[byte % 32]).join('');
const secret = (bytes: number): string => SECRET_MARK + randomBytes(bytes).toString('hex');

/** What ids of keys look like, and what a session's token begins with. */
const FORMS = {
  aws: { own: () => `AKIA${base32(16)}`, temporary: () => `ASIA${base32(16)}`, token: '' },
  aliyun: { own: () => `LTAI${base32(20)}`, temporary: () => `STS.${base32(24)}`, token: 'CAIS' },
};

/** Every access key of one embedded cloud. Made when asked for, from random bytes, kept in memory only: none outlives its process. */
export class Keys {
  private readonly known = new Map<string, AccessKey>();
  private readonly own = new Map<string, AccessKey>();

  /** A secret for this cloud's own address, of no account. */
  control(): string {
    return secret(16);
  }

  /** An account's own key. */
  ownKey(provider: Provider, account: string): AccessKey {
    const name = `${provider} ${account}`;
    const id = FORMS[provider].own();
    const key = this.own.get(name) ?? this.keep({ provider, id, secret: secret(16), account });
    this.own.set(name, key);
    return key;
  }

  /** Gives out a temporary key of a role, as STS does. */
  issue({ provider, account, role, seconds = 3600, bounded = false }: Session): AccessKey {
    const now = clock.milliseconds();
    for (const { id, expires } of this.known.values()) if (expires !== undefined && expires < now - GRACE) this.known.delete(id);
    const id = FORMS[provider].temporary();
    const securityToken = FORMS[provider].token + secret(60);
    return this.keep({ provider, id, secret: secret(16), account, role, securityToken, expires: now + seconds * 1000, bounded });
  }

  /** The key with this id; undefined where this cloud gave none out. */
  find(provider: Provider, id: string): AccessKey | undefined {
    const key = this.known.get(id);
    return key?.provider === provider ? key : undefined;
  }

  /** Whether this very key was given out here. */
  holds(key: AccessKey): boolean {
    return this.known.get(key.id) === key;
  }

  /** Ends a key before its time. */
  revoke(key: AccessKey): void {
    this.known.delete(key.id);
  }

  private keep(key: AccessKey): AccessKey {
    this.known.set(key.id, key);
    return key;
  }
}

/** How long an ended key is told from one that never was, milliseconds. */
const GRACE = 24 * 3_600_000;
