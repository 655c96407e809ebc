/** Private keys and hashes of passwords, by their own form. */
import { matches, type Rule, type Span, spanOf } from './model';
import { runsOf } from './packed';
import { isMixed } from './value';

/** From its first line to its last, or to where the text ends: a part of a key is refused too. */
const PRIVATE =
  /-----? ?BEGIN [A-Za-z0-9 ]{0,40}(?:PRIVATE KEY(?: BLOCK)?|Static key V1) ?-?----(?:[\s\S]{0,20000}?-----? ?END [A-Za-z0-9 ]{0,40}(?:PRIVATE KEY(?: BLOCK)?|Static key V1) ?-?----|(?:\s{0,8}[A-Za-z0-9+/=]{16,}){0,200})/g;
const PUTTY = /PuTTY-User-Key-File-\d[\s\S]{0,20000}/g;
/** JSON Web Key: `d` is the private exponent. */
const JWK = /"kty"[\s\S]{0,2000}?"d"\s{0,8}:\s{0,8}"(?<secret>[\w-]{20,})"/g;

export const privateKeys: Rule = { may: (text) => /PRIVATE KEY|Static key|PuTTY-User-Key|"kty"/.test(text), find: privateIn };

function* privateIn(text: string): Iterable<Span> {
  if (/PRIVATE KEY|Static key/.test(text))
    for (const match of matches(PRIVATE, text)) yield spanOf(match, 'a private key', match[0]);
  if (text.includes('PuTTY-User-Key')) for (const match of matches(PUTTY, text)) yield spanOf(match, 'a private key', match[0]);
  if (text.includes('"kty"')) for (const match of matches(JWK, text)) yield spanOf(match, 'a private key');
}

/** crypt(3), as /etc/shadow and htpasswd keep it, and what LDAP and PostgreSQL do. */
const CRYPT = [
  /\$(?:2[abxy])\$\d\d\$[./A-Za-z0-9]{53}/g,
  /\$(?:1|5|6|7|apr1|sha1|md5)\$(?:rounds=\d{1,9}\$)?[./A-Za-z0-9]{0,40}\$[./A-Za-z0-9]{20,}/g,
  /\$(?:y|gy|7)\$[./A-Za-z0-9]{1,10}\$[./A-Za-z0-9]{1,90}\$[./A-Za-z0-9]{20,}/g,
  /\$(?:argon2(?:id|i|d)|scrypt|pbkdf2[\w-]{0,20})\$[\w=,$./+-]{20,}/g,
  /\{(?:SSHA\d*|SHA\d*|SMD5|MD5|CRYPT|PBKDF2[\w-]*)\}[A-Za-z0-9+/=$.]{16,}/gi,
  /SCRAM-SHA-\d+\$\d+:[A-Za-z0-9+/=]{8,}\$[A-Za-z0-9+/=]{20,}:[A-Za-z0-9+/=]{20,}/g,
  /(?<=^["']?[a-z_][\w-]{0,40}:)\$(?:1|2[aby]|5|6|y|argon2id?)\$[^\s:]{3,}/gm,
];

/** What one of these patterns needs: scripts are full of `$`, and not of two of them around a name. */
const HASH = /\$[\w-]+\$|\{(?:SSHA|SHA|SMD5|MD5|CRYPT|PBKDF2)|SCRAM-SHA/i;

export const passwordHashes: Rule = {
  may: (text) => HASH.test(text),
  *find(text) {
    for (const pattern of CRYPT) for (const match of matches(pattern, text)) yield spanOf(match, 'a password', match[0]);
  },
};

/** Words with a capital, and numbers: a logical id. Of secrets, which are made by chance, one in 480,000 reads so. */
const IDENTIFIER = /^(?:[A-Z](?:[a-z]+|\d{1,5})|\d{1,5}(?=[A-Z]|$))+$/;

/** The secret of an AWS access key has no mark of its own: 40 characters of base64, as mixed as chance makes them. */
export const bareKeys: Rule = { may: (text) => /(?<![\w+/-])[\w+/-]{40}/.test(text), find: bareIn };

function* bareIn(text: string): Iterable<Span> {
  for (const { start, end } of runsOf(text, 40)) {
    const run = text.slice(start, end);
    // A part of a longer text, or of a name with dots, is meant by nobody.
    if (
      run.length !== 40 ||
      /[=~.]/.test(text[start - 1] === '=' ? '' : (text[start - 1] ?? '')) ||
      /^(?:[=~]|\.\w)/.test(text.slice(end, end + 2))
    )
      continue;
    if (!/[_-]/.test(run) && isMixed(run) && !IDENTIFIER.test(run)) yield { kind: 'a secret access key', start, end };
  }
}
