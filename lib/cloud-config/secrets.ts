/**
 * Finds secrets in rendered text. Rules of our own: secretlint (the well-kept library of this kind) is asynchronous,
 * loads a rule package each and reads files, while this runs over 16 KB for every fleet of every synth.
 * User-data can be read by every process of a host, so what is found here is refused, never masked.
 */
export interface SecretFound {
  /** What it is, for people. */
  readonly kind: string;
  /** Line in the text, from 1. The secret itself is never told. */
  readonly line: number;
}

/** What gives itself away by its own form. */
const forms: readonly { readonly kind: string; readonly pattern: RegExp }[] = [
  { kind: 'a private key', pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|^PuTTY-User-Key-File-\d/m },
  { kind: 'an AWS access key id', pattern: /(?<![A-Za-z0-9/+])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9/+])/ },
  { kind: 'an Aliyun access key id', pattern: /(?<![A-Za-z0-9/+])LTAI[A-Za-z0-9]{12,26}(?![A-Za-z0-9/+])/ },
  { kind: 'a GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{36,})/ },
  { kind: 'a GitLab token', pattern: /\bglpat-[A-Za-z0-9_-]{20,}/ },
  { kind: 'a Slack token', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}|hooks\.slack\.com\/services\/T\w+\/B\w+\/\w+/ },
  { kind: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
  { kind: 'a live Stripe key', pattern: /\b[rs]k_live_[A-Za-z0-9]{16,}/ },
  { kind: 'a signed token (JWT)', pattern: /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/ },
  { kind: 'a password in a URL', pattern: /\b[a-z][a-z0-9+]{1,15}:\/\/[^\s/:@"'$<{]{0,80}:[^\s/:@"'$<{][^\s/@"'$<{]{0,200}@/i },
  { kind: 'a password', pattern: /^[a-z_][\w-]*:\$(?:1|2[aby]|5|6|y|argon2id?)\$/m },
];

/** `name = value`, `name: value`, `"name": "value"`, `--name value`. Lengths are bounded: a file of one word must not take seconds; values are only looked ahead at, they may be assignments themselves. */
const assignment =
  /(?<![\w.-])(?<name>[\w.-]{1,80})["']?(?:[ \t]*(?::=|=>|[:=])[ \t]*|(?<=--[\w.-]{1,80}) +)(?=(?:"(?<double>[^"\n]{0,500})|'(?<single>[^'\n]{0,500})|(?<bare>[^\s"',;)\]}]{1,500})))/g;

const passwordName = /(?:^|[_.-])(?:password|passwd|passphrase|pwd)$/i;
const keyName =
  /(?:secret|token|credentials?|auth|api[_.-]?key|access[_.-]?key|private[_.-]?key|encryption[_.-]?key|signing[_.-]?key|(?:^|[_.-])key)(?:[_.-]?(?:id|value|data))?$/i;
/** Names of what may look random and is public. */
const publicName = /(?:sha\d*|digest|fingerprint|checksum|hash|public|pub|authorized|known)/i;

/** Texts that were looked through: the same script stands in every fleet's user-data. Bounded, so that a long-lived process stays small. */
const seen = new Map<string, readonly SecretFound[]>();
const SEEN_AT_MOST = 500;

/** Finds what must not stand in user-data. Public keys, certificates, digests and discovery URLs are none of it. */
export function findSecrets(text: string): readonly SecretFound[] {
  const known = seen.get(text);
  if (known !== undefined) return known;
  const found = lookForSecrets(text);
  if (seen.size >= SEEN_AT_MOST) seen.clear();
  seen.set(text, found);
  return found;
}

function lookForSecrets(text: string): SecretFound[] {
  const found = new Map<string, SecretFound>();
  const add = (kind: string, index: number): void => {
    const line = text.slice(0, index).split('\n').length;
    found.set(`${line} ${kind}`, { kind, line });
  };
  for (const { kind, pattern } of forms) {
    const match = pattern.exec(text);
    if (match) add(kind, match.index);
  }
  for (const match of text.matchAll(assignment)) {
    const { name, double, single, bare } = match.groups as Record<string, string | undefined>;
    const value = double ?? single ?? bare ?? '';
    const words = name!.replace(/([a-z0-9])([A-Z])/g, '$1_$2');
    if (isReference(value)) continue;
    if (passwordName.test(words) && value.length >= 3 && !/^(?:true|false|yes|no|none|null|prohibit-password|\d)$/i.test(value))
      add('a password', match.index);
    else if (keyName.test(words) && !publicName.test(words) && isRandom(value)) add(`a value of ${name}`, match.index);
  }
  return [...found.values()].sort((a, b) => a.line - b.line);
}

/** A variable, a command, a template, a path or a place to read from: not the secret itself. */
function isReference(value: string): boolean {
  return /^[$`%<({[\\/*.~@-]|^(?:file|env|ssm|https?):/.test(value) || /\$[{(A-Za-z_]/.test(value);
}

/** Whether some stretch of the value is as mixed as a key: words, names with hyphens, numbers and versions are not. */
function isRandom(value: string): boolean {
  for (const [run] of value.matchAll(/[A-Za-z0-9+/_=]{16,}/g)) {
    if (/^[0-9]+$/.test(run) || /^[a-z_]+$/i.test(run)) continue;
    if (
      /^[0-9a-f]+$/i.test(run)
        ? run.length >= 20 && entropy(run) > 2.8
        : /\d/.test(run) && /[A-Za-z]/.test(run) && entropy(run) > 3.4
    )
      return true;
  }
  return false;
}

/** Shannon's, bits a character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
