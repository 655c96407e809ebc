/** Whether a name says that its value is a secret, and whether the value then is one. */
import { isMixed, isName, isReference, looksMade, withoutReferences } from './value';

/** Kinds of names: of what people choose (any value counts), and of what is made at random (a value must look so). */
const PASSWORD =
  /(?:passw(?:or)?d|passwort|passphrase|passcode|pass_?phrase|pwd|pword|(?:^|_)pw|bindpw|rootpw|userpw|ldappw|psk|pre_?shared_?key|presharedkey|shared_?secret|(?:^|_)sshpass|rediscli_auth|requirepass|masterauth|(?:user|so|card|sim|token)_pin)$/;
/** `pass` is a word of many others: `bypass`, `proxy_pass`. */
const PASS =
  /(?:^|_)(?:pass|dbpass|pgpass|mysqlpass|storepass|keypass|srcstorepass|deststorepass|userpass|rootpass|adminpass|smtppass|mailpass)$/;
const NO_PASS = /(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached|first|use|try|by|one|two|second|single|multi)_pass$/;
const SECRET =
  /(?:secret|secret_?value|secretstring|token|api_?key|apikey|access_?key|accesskey|private_?key|privatekey|secret_?key|secretkey|signing_?key|encryption_?key|license_?key|account_?key|accountkey|shared_?key|shared_?access_?key|master_?key|auth_?key|authkey|client_?key|app_?key|appkey|application_?key|service_?key|deploy_?key|host_?key|session_?key|key_?secret|credentials?|creds|webhook|bearer|(?:^|_)(?:cookie|community|seed|salt|pat|otp|totp|jwt|sas|sig)|conn(?:ection)?_?str(?:ing)?)$/;
const KEY = /(?:^|_)(?:key|auth|authorization)$/;
/** What may follow the word that says it: `DB_PASSWORD_PROD`, `password2`, `token.value`. */
const TRAILING =
  /_(?:value|data|plain|plaintext|text|string|raw|old|new|current|prod|production|staging|stage|dev|test|default|primary|secondary|backup|master|root|admin|base64|b64|encoded|[a-z])$|_?\d{1,3}$/;
/** Names of what may look random and is public. */
const PUBLIC =
  /(?:sha_?\d+|digest|fingerprint|checksum|(?:^|_)hash|public|(?:^|_)pub(?:_|$)|authorized|known|etag|kms|key_?arn|partition|sort|cache|hash|(?:object|manifest|asset|s3|routing|row|item|map|state|lock)_key)/;

export function plainName(name: string): string {
  return name
    .replace(/^[-.]+/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/_+$/, '');
}

/** Cheaper than the question itself: most names have none of it. */
export const MAY =
  /pass|pwd|pw|psk|pre.?shared|pin|key|secret|token|cred|auth|webhook|bearer|cookie|community|seed|salt|pat|otp|jwt|sas|sig|conn|word/i;

const CONTENT_NAME = /^(?:[\w.-]{1,80}\/){0,8}[0-9a-f]{64}\.[a-z]{2,8}(?:\.[a-z]{2,4})?$/;

type Family = 'password' | 'pass' | 'secret' | 'key';

const known = new Map<string, Family | undefined>();

/** What a name says of its value; undefined where it says nothing. */
export function familyOf(name: string): Family | undefined {
  if (known.has(name)) return known.get(name);
  if (known.size > 20_000) known.clear();
  const family = MAY.test(name) ? judgeName(plainName(name)) : undefined;
  known.set(name, family);
  return family;
}

function judgeName(plain: string): Family | undefined {
  if (/(?:^|_)no_?passw(?:or)?d$/.test(plain)) return undefined;
  for (let rest = plain, cut = 0; rest !== '' && cut < 3; cut++) {
    if (PASSWORD.test(rest)) return 'password';
    if (PASS.test(rest) && !NO_PASS.test(rest)) return 'pass';
    if (SECRET.test(rest) && !PUBLIC.test(plain)) return 'secret';
    if (KEY.test(rest) && !PUBLIC.test(plain)) return 'key';
    const shorter = rest.replace(TRAILING, '');
    if (shorter === rest) return undefined;
    rest = shorter;
  }
  return undefined;
}

/** Kind of the secret that stands under a name; undefined where it is none. */
export function secretUnder(name: string, written: string): string | undefined {
  const family = familyOf(name);
  if (family === undefined) return undefined;
  const trimmed = written.trim();
  if (trimmed.length < 3 || isReference(trimmed)) return undefined;
  const value = withoutReferences(trimmed);
  if (family === 'password') return /^\d$/.test(value) ? undefined : 'a password';
  if (family === 'pass') return /^(?:\d{1,4}|ok|fail(?:ed)?)$/i.test(value) ? undefined : 'a password';
  const kind = `a value of ${name.replace(/^-+/, '')}`;
  // A bucket's object is named by its content.
  if (family === 'key' && CONTENT_NAME.test(value)) return undefined;
  if (family === 'key') return looksMade(value, 16) || isMixed(value) || isBasic(value) ? kind : undefined;
  if (looksMade(value, 8) || isMixed(value) || isBasic(value) || isUuidOfKey(value)) return kind;
  // A shared secret that a person chose: no name of something, and more than a word.
  return /(?:^|_)secret$/.test(plainName(name)) && value.length >= 6 && /[\dA-Z!#$%^&*+=? ]/.test(value) && !namesThing(value)
    ? kind
    : undefined;
}

function isUuidOfKey(value: string): boolean {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value);
}

function namesThing(value: string): boolean {
  return isName(value) && (/[-_./:]/.test(value) || !/\d/.test(value));
}

/** `user:password` in base64, as Docker and HTTP keep it. */
function isBasic(value: string): boolean {
  if (!/^[A-Za-z0-9+/]{8,}={0,2}$/.test(value)) return false;
  return /^[\x21-\x39\x3b-\x7e]{1,80}:[\x20-\x7e]{3,}$/.test(Buffer.from(value.slice(0, 1000), 'base64').toString('latin1'));
}
