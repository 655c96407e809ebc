/** DISK_FREED: something that holds data is deleted: a volume, a disk, a bucket, a key. */
import type { Loss, Step } from '../model';
import type { Rehearsal } from '../rehearse';
import type { LedgerFacts } from './facts';
import { membersByThing } from './places';
import { accepting, count, few } from './words';

/** What is gone for good with what it holds, and what it is called. */
const HOLDS: Readonly<Record<string, string>> = {
  'AWS::EC2::Volume': 'volume',
  'AWS::KMS::Key': 'key',
  'AWS::S3::Bucket': 'bucket',
  'AWS::SecretsManager::Secret': 'secret',
  'ALIYUN::ECS::Disk': 'disk',
  'ALIYUN::KMS::Key': 'key',
  'ALIYUN::OSS::Bucket': 'bucket',
};

export function disks(rehearsal: Rehearsal, _facts: LedgerFacts): Loss[] {
  const made = new Set(rehearsal.steps.flatMap(({ act, after }) => (after !== undefined && act === 'create' ? [after] : [])));
  const freed = rehearsal.steps.filter(
    ({ type, act, before, failed }) =>
      Object.hasOwn(HOLDS, type) && act === 'delete' && failed === undefined && before !== undefined && !made.has(before),
  );
  const groups = new Map<string, Step[]>();
  for (const step of freed) groups.set(step.stack, [...(groups.get(step.stack) ?? []), step]);
  const memberOf = membersByThing(rehearsal);
  return [...groups].map(([stack, steps]) => {
    const name = `DISK_FREED:${stack}`;
    const ids = steps.map(({ logicalId }) => logicalId);
    const kinds = [...new Set(steps.map(({ type }) => HOLDS[type]!))].join(' and ');
    const replacing = rehearsal.steps.some(
      ({ stack: at, act, logicalId }) => at === stack && act === 'replace' && ids.includes(logicalId),
    );
    return {
      code: 'DISK_FREED',
      severity: 'error',
      name,
      stack,
      ...(steps.length === 1 ? { resource: ids[0]! } : {}),
      from: steps[0]!.from,
      to: rehearsal.seconds,
      hosts: [...new Set(steps.flatMap(({ before }) => memberOf.get(before!) ?? []))].sort(),
      what: `${count(steps.length, kinds)} deleted with what ${steps.length === 1 ? 'it holds' : 'they hold'}: ${few(ids)}`,
      why: replacing
        ? 'another one takes its place, and nothing keeps the old one (UpdateReplacePolicy)'
        : 'it is no longer described, and nothing keeps it (DeletionPolicy)',
      fix: `deploy it with DeletionPolicy and UpdateReplacePolicy Retain first, and this change after that; ${accepting(name)}`,
    };
  });
}
