/** What is told because of another finding alone: one cause is one finding. */
import type { Finding } from '../findings/finding';

/** What is known by the name of a region. */
const OF_REGION = [
  'ACCOUNT_MISSING',
  'ARN_ELSEWHERE',
  'CLOUD_SETTING',
  'CONTAINER_MODE',
  'IMAGE_MISSING',
  'INSTANCE_TYPE',
  'MEMBER_NOT_PINNED',
  'PARTITION',
  'ZONE_UNKNOWN',
];

/**
 * By code, the codes that follow from it: of the same file, or where `inside` of the same fleet. A region that its cloud doesn't have has
 * none of what is known by region.
 */
const FOLLOW: Readonly<Record<string, { readonly codes: readonly string[]; readonly inside?: 'fleet' }>> = {
  FILE_NAME: { codes: ['REGION_UNKNOWN', ...OF_REGION] },
  REGION_UNKNOWN: { codes: OF_REGION },
  ZONE_UNKNOWN: { codes: ['FLEET_ZONE', 'MEMBER_REPLACED'] },
  VOTERS_COUNT: { codes: ['STACK_TOO_LARGE', 'VOTERS_NOT_SPREAD'], inside: 'fleet' },
  GENERATION_RAISED: { codes: ['MEMBER_NOT_PINNED', 'TOKEN_MISSING'] },
  MEMBERS_DONT_FIT: { codes: ['MEMBER_NOT_PINNED', 'STACK_TOO_LARGE'], inside: 'fleet' },
};

/** What is told because a lock can't be read and so holds nothing: by the end of its path, of whichever file. Of members only their region's. */
const OF_LOCK: Readonly<Record<string, string>> = {
  'images.lock.yaml': 'IMAGE_MISSING',
  'tokens.lock.yaml': 'TOKEN_MISSING',
  'artifacts.lock.yaml': 'ARTIFACT_MISSING',
  '.members.lock.yaml': 'MEMBER_NOT_PINNED',
};

/**
 * The findings without those that follow from another one.
 *
 * @param unread paths of locks that are there and could not be read
 */
export function withoutConsequences(findings: readonly Finding[], unread: readonly string[] = []): Finding[] {
  const told = new Set<string>();
  for (const finding of findings.filter(({ severity }) => severity === 'error'))
    for (const code of FOLLOW[finding.code]?.codes ?? []) told.add(key(code, finding, FOLLOW[finding.code]?.inside));
  const ofLock = (finding: Finding): boolean =>
    unread.some((lock) => {
      const [end, code] = Object.entries(OF_LOCK).find(([name]) => lock.endsWith(name)) ?? ['', undefined];
      return finding.code === code && (!end.startsWith('.') || finding.file === `${lock.slice(0, -end.length)}.yaml`);
    });
  return findings.filter(
    (finding) => !told.has(key(finding.code, finding)) && !told.has(key(finding.code, finding, 'fleet')) && !ofLock(finding),
  );
}

function key(code: string, { file, path }: Finding, inside?: 'fleet'): string {
  return inside === undefined ? `${code} ${file}` : `${code} ${file} ${path.split('.').slice(0, 4).join('.')}`;
}
