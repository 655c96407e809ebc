/** `meissa artifacts add`: the artifacts lock. One version of an artifact a processor: hosts of one estate run the same. */

import { advised } from '../findings/finding';
import { ARTIFACTS_LOCK, artifactOf, writeArtifactsLock } from '../lock-files/artifacts-lock';
import type { ArtifactEntry } from '../model/locks';
import type { Estate } from '../model/model';
import { ARTIFACTS } from '../schema/files';
import { adviceOf, checkJson } from '../schema/json-check';
import { type Change, refuse } from './change';

export function addArtifact(estate: Estate, entry: ArtifactEntry): Change {
  const problem = checkJson(ARTIFACTS.json, { artifacts: [entry] }).problems[0];
  if (problem)
    return refuse(
      'ARTIFACT_MALFORMED',
      `${String(problem.path.at(-1))}: ${problem.message}`,
      advised('', problem.path, adviceOf(problem)).fix,
    );
  const before = artifactOf(estate.locks.artifacts, entry.name, entry.architecture);
  const others = estate.locks.artifacts.artifacts.filter((a) => a !== before);
  const text = writeArtifactsLock({ artifacts: [...others, entry] });
  const name = `${entry.name} ${entry.version} (${entry.architecture})`;
  if (before && text === writeArtifactsLock(estate.locks.artifacts)) return { files: [], words: [`${name} is locked already`] };
  if (before && before.version === entry.version && before.sha256 !== entry.sha256) {
    return refuse(
      'ARTIFACT_CHANGED',
      `${name} is locked with another digest`,
      'a version never changes: check the source, or give the version another name',
    );
  }
  const instead = before ? `, instead of ${before.version}` : '';
  return {
    files: [{ path: ARTIFACTS_LOCK, text }],
    words: [`${name} is locked${instead}`, 'run `meissa artifacts push` before the next deploy'],
  };
}
