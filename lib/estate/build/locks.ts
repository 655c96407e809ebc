/** Reads the lock files that stand beside the regions. A lock that isn't there yet is empty; one that can't be read is findings. */
import type { Finding } from '../findings/finding';
import { ARTIFACTS_LOCK, noArtifacts } from '../lock-files/artifacts-lock';
import { IMAGES_LOCK, noImages } from '../lock-files/images-lock';
import { membersLockPath, readMembersLock } from '../lock-files/members-lock';
import { noTokens, TOKENS_LOCK } from '../lock-files/tokens-lock';
import type { MembersLock } from '../model/locks';
import type { Locks } from '../model/model';
import { parseYaml } from '../read/yaml-file';
import { checkSchema } from '../schema/check';
import { ARTIFACTS, type FileSchema, IMAGES, TOKENS } from '../schema/files';

export interface ReadLocks {
  readonly locks: Locks;
  readonly findings: readonly Finding[];
}

/** @param regions names whose members locks are read */
export function readLocks(read: (path: string) => string | undefined, regions: readonly string[]): ReadLocks {
  const findings: Finding[] = [];
  const lock = <T>(path: string, schema: FileSchema<T>, absent: T): T => {
    const text = read(path);
    if (text === undefined) return absent;
    const source = parseYaml(path, text);
    const checked = checkSchema(schema, source);
    findings.push(...source.findings, ...checked.findings);
    return checked.value ?? absent;
  };
  const members = new Map<string, MembersLock>();
  for (const region of regions) {
    const file = membersLockPath(region);
    const text = read(file);
    if (text === undefined) continue;
    const found = readMembersLock(file, text);
    findings.push(...found.findings);
    if (found.lock) members.set(region, found.lock);
  }
  return {
    findings,
    locks: {
      images: lock(IMAGES_LOCK, IMAGES, noImages),
      tokens: lock(TOKENS_LOCK, TOKENS, noTokens),
      artifacts: lock(ARTIFACTS_LOCK, ARTIFACTS, noArtifacts),
      members,
    },
  };
}
