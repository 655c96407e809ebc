import type { Clock } from './clock';
import { SYSTEM_CLOCK } from './clock';
import { fromEnvironment } from './credentials-environment';
import { fromInstanceRole } from './credentials-instance';
import { fromProfile } from './credentials-profile';
import { NoCredentials } from './errors';
import { Secret } from './secret';

/** One access key, for as long as it lasts. */
export interface Credentials {
  readonly accessKeyId: Secret;
  readonly accessKeySecret: Secret;
  /** Belongs to keys that STS gave out. */
  readonly securityToken?: Secret;
  /** When they end. @default - never */
  readonly expires?: Date;
  /** Where they are from, for people: `environment`, `profile default (~/.aliyun/config.json)`. */
  readonly source: string;
}

/** Where credentials come from; asked before every call. */
export interface CredentialsProvider {
  /** Credentials that last for at least the next minutes. */
  credentials(): Promise<Credentials>;
  /** What was given last was refused as expired: don't give it again. */
  forget(): void;
}

/** What a source says: credentials, or why it has none. */
export type CredentialsOrNone = Credentials | { readonly none: string };

/** What the sources look at; tests bring their own. */
export interface Surroundings {
  /** @default process.env */
  readonly environment?: NodeJS.ProcessEnv;
  /** The folder that holds `.aliyun`. @default - the user's home */
  readonly home?: string;
  /** Name of a profile of `~/.aliyun/config.json`. @default ALIBABA_CLOUD_PROFILE, then the file's current one */
  readonly profile?: string;
  /** The instance's metadata service. @default http://100.100.100.200 */
  readonly metadata?: string;
  readonly clock?: Clock;
}

/** This much before the end they are renewed: longer than any one call with its retries. */
const RENEW_BEFORE_MS = 5 * 60_000;

/**
 * Credentials as Aliyun's own tools find them (Alibaba Cloud, "Manage access credentials", default credential chain): the environment, a
 * profile of the aliyun CLI, the RAM role of the instance. A profile that is asked for by name comes first and alone.
 *
 * Not by `@alicloud/credentials`: it prints the whole `config.json` into an error when that isn't JSON, keeps keys in enumerable fields,
 * and can't be pointed at another metadata service, so it can't be tested here.
 *
 * @throws {@link NoCredentials} naming each place
 */
export function defaultCredentials(surroundings: Surroundings = {}): CredentialsProvider {
  const named = surroundings.profile ?? (surroundings.environment ?? process.env).ALIBABA_CLOUD_PROFILE;
  const sources = surroundings.profile
    ? [() => fromProfile(surroundings, named)]
    : [() => fromEnvironment(surroundings), () => fromProfile(surroundings, named), () => fromInstanceRole(surroundings)];
  return remembered(surroundings.clock ?? SYSTEM_CLOCK, async () => {
    const looked: string[] = [];
    for (const source of sources) {
      const found = await source();
      if (!('none' in found)) return found;
      looked.push(found.none);
    }
    throw new NoCredentials({
      code: 'NoCredentials',
      message: `no Aliyun credentials: ${looked.join('; ')}`,
      wayOn: 'run aliyun configure, or set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET',
    });
  });
}

/** Credentials that the caller has: a Lambda's secret, a test's key. */
export function explicitCredentials(given: {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}): CredentialsProvider {
  const credentials: Credentials = {
    accessKeyId: new Secret(given.accessKeyId),
    accessKeySecret: new Secret(given.accessKeySecret),
    ...(given.securityToken ? { securityToken: new Secret(given.securityToken) } : {}),
    source: 'given by the caller',
  };
  return { credentials: async () => credentials, forget: () => {} };
}

/** Asks the source once, and again shortly before what it gave ends; many callers at once make one question. */
export function remembered(clock: Clock, source: () => Promise<Credentials>): CredentialsProvider {
  let known: Promise<Credentials> | undefined;
  let ends = Number.POSITIVE_INFINITY;
  return {
    credentials: () => {
      if (!known || clock.now() > ends - RENEW_BEFORE_MS) {
        ends = Number.POSITIVE_INFINITY;
        const asked = source().then(
          (credentials) => {
            if (known === asked) ends = credentials.expires?.getTime() ?? Number.POSITIVE_INFINITY;
            return credentials;
          },
          (error) => {
            if (known === asked) known = undefined;
            throw error;
          },
        );
        known = asked;
      }
      return known;
    },
    forget: () => {
      known = undefined;
    },
  };
}
