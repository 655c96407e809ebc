/** Keys that open a shell on hosts: those that user-data gives from now on. */
import { createHash } from 'node:crypto';
import type { Meaning } from '../meaning';
import { valueWords } from '../references';
import { userDataChanges } from '../user-data';
import type { SecurityRule } from './weakness';

/** As `authorized_keys` has them ("sshd", AUTHORIZED_KEYS FILE FORMAT): kind, base64, comment. */
const KEY =
  /\b((?:sk-)?(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d+)(?:@openssh\.com)?) (AAAA[A-Za-z0-9+/]+=*)(?: ([^\n"']+))?/g;

/** One meaning a fleet. Who has the private half of a key gets a shell as that user, on hosts that restart and on new ones. */
export const sshKeysAreKnown: SecurityRule = (context) => {
  if (context.change.kind !== 'changed') return [];
  return userDataChanges(context).flatMap(({ fleet, before, after }): Meaning[] => {
    const [old, now] = [keysOf(before), keysOf(after)];
    const come = [...now].filter(([key]) => !old.has(key)).map(([, words]) => words);
    const go = [...old].filter(([key]) => !now.has(key)).map(([, words]) => words);
    const base = { stack: context.change.path, hosts: [], explains: [] };
    const plural = (n: number) => (n === 1 ? 'ssh key' : 'ssh keys');
    return [
      ...(come.length === 0
        ? []
        : [
            {
              ...base,
              kind: 'ssh-key-comes',
              severity: 'security',
              what: `${fleet}: ${come.length} more ${plural(come.length)} may log in`,
              details: come,
            } as const,
          ]),
      ...(go.length === 0
        ? []
        : [
            {
              ...base,
              kind: 'ssh-key-goes',
              severity: 'access',
              what: `${fleet}: ${go.length} ${plural(go.length)} may no longer log in`,
              details: go,
            } as const,
          ]),
    ];
  });
};

/** By kind and base64: the fingerprint as `ssh-keygen -l` writes it, and the comment. */
function keysOf(text: string | undefined): Map<string, string> {
  return new Map(
    [...(text ?? '').matchAll(KEY)].map(([, kind, key, comment]): [string, string] => {
      const print = createHash('sha256').update(Buffer.from(key!, 'base64')).digest('base64').replace(/=+$/, '');
      return [`${kind} ${key}`, `${kind} SHA256:${print}${comment === undefined ? '' : ` ${valueWords(comment.trim())}`}`];
    }),
  );
}
