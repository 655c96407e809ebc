/** Keys that open a shell on hosts: those that user-data gives from now on. */
import { createHash } from 'node:crypto';
import { type Json, objectOf, sameJson } from '../../model/json';
import type { Meaning } from '../meaning';
import { valueWords } from '../references';
import { userDataChanges } from '../user-data';
import { type SecurityRule, type Standing, standing, weakness } from './weakness';

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

/** Where a type names a key pair, whose private half opens a shell as well. */
const PAIRS: Readonly<
  Record<string, readonly [property: string, name: (properties: Standing['after']['Properties']) => unknown]>
> = {
  'AWS::EC2::Instance': ['KeyName', ({ KeyName }) => KeyName],
  'AWS::EC2::LaunchTemplate': ['LaunchTemplateData', ({ LaunchTemplateData }) => objectOf(LaunchTemplateData).KeyName],
  'ALIYUN::ECS::Instance': ['KeyPairName', ({ KeyPairName }) => KeyPairName],
  'ALIYUN::ESS::ScalingConfiguration': ['KeyPairName', ({ KeyPairName }) => KeyPairName],
};
const TYPES: ReadonlySet<string> = new Set(Object.keys(PAIRS));

/** Of what stands: a fleet that comes brings its own. */
export const keyPairsAreKnown: SecurityRule = (context) =>
  standing(context, TYPES).flatMap((resource) => {
    const [property, nameOf] = PAIRS[resource.type]!;
    const [old, now] = [resource.before && nameOf(resource.before.Properties), nameOf(resource.after.Properties)];
    if (resource.before === undefined || now === undefined || sameJson(old as Json, now as Json)) return [];
    const name = `key pair ${valueWords(now as Json, context)}: whoever has its private half may log in`;
    return [weakness(context, resource, property, 'key-pair-comes', { hosts: `get ${name}`, thing: `gives hosts ${name}` })];
  });
