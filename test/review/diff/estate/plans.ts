/** The estates of this repository as plans, before and after an edit of their files; nothing is written. */
import { join } from 'node:path';
import { pinMembers } from '../../../../lib/estate/changes/pin-members';
import { diskSource, packageRoot } from '../../../../lib/estate/files/disk-source';
import type { Estate } from '../../../../lib/estate/model/model';
import { readEstate } from '../../../../lib/estate/read/read';
import type { EstateSource } from '../../../../lib/estate/read/source';
import type { EstatePlan } from '../../../../lib/plan/model';
import { planEstate } from '../../../../lib/plan/plan';
import type { Meaning } from '../../../../lib/review/diff';
import type { Edit } from '../edit';

const FOLDERS = {
  example: '',
  aliyun: 'test/estates/aliyun',
  collection: 'test/estates/collection',
  hybrid: 'test/estates/hybrid',
};
export type EstateName = keyof typeof FOLDERS;

export interface Plans {
  readonly before: EstatePlan;
  readonly after: EstatePlan;
}

/** What may be wanted, and is accepted by name then: the diff says what becomes of it. */
const WANTED = ['GENERATION_RAISED', 'MEMBER_MOVED', 'PARTITIONS_LOWERED', 'TOPIC_REMOVED', 'TOPIC_REPLICATION', 'VOLUME_SHRUNK'];

const known = new Map<EstateName, EstatePlan>();

/**
 * @param edits by file below the root; undefined: the file goes
 * @param expected codes of the findings that the edit may have: what the diff says must hold for what was accepted, too
 */
export function plans(
  estate: EstateName,
  edits: Readonly<Record<string, Edit | undefined>>,
  expected: readonly string[] = [],
): Plans {
  const source = diskSource(join(packageRoot(), FOLDERS[estate]));
  const before = known.get(estate) ?? planOf(source, []);
  known.set(estate, before);
  return { before, after: planOf(overlaid(source, edits), expected) };
}

function overlaid(source: EstateSource, edits: Readonly<Record<string, Edit | undefined>>): EstateSource {
  return {
    list: (folder) =>
      source.list(folder)?.filter((name) => !(`${folder}/${name}` in edits) || edits[`${folder}/${name}`] !== undefined),
    read: (path) => (path in edits ? edits[path]?.(source.read(path) ?? '') : source.read(path)),
  };
}

/** What `meissa pin` would write: new members need a place in the lock. */
function pinned(source: EstateSource, estate: Estate | undefined): EstateSource {
  const files = (estate?.regions ?? []).flatMap(({ name }) => {
    const change = pinMembers(estate!, name);
    return change.refused === undefined ? change.files : [];
  });
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return { list: source.list, read: (path) => texts.get(path) ?? source.read(path) };
}

function planOf(source: EstateSource, expected: readonly string[]): EstatePlan {
  const read = (from: EstateSource) => readEstate(from, { packaged: diskSource(packageRoot()), today: '2026-11-25' });
  let { estate, findings } = read(source);
  if (findings.some(({ code }) => code === 'MEMBER_NOT_PINNED')) ({ estate, findings } = read(pinned(source, estate)));
  const accepted = [...WANTED, ...expected];
  const errors = findings.filter(({ severity, code }) => severity === 'error' && !accepted.includes(code));
  if (estate === undefined || errors.length > 0) throw new Error(JSON.stringify(errors, undefined, 1));
  return planEstate(estate);
}

/** What is said, without the details. */
export function said(meanings: readonly Meaning[]): string[] {
  return meanings.map(({ severity, what }) => `${severity}: ${what}`);
}
