import type { Clock } from './clock';
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
