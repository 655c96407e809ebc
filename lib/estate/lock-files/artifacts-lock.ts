/** `regions/artifacts.lock.yaml`: read and written. */
import type { ArtifactEntry, ArtifactsLock } from '../model/locks';
import { header, scalar } from './canonical';

export const ARTIFACTS_LOCK = 'regions/artifacts.lock.yaml';

export const noArtifacts: ArtifactsLock = { artifacts: [] };

/** The artifact of that name for hosts of the architecture. */
export function artifactOf(lock: ArtifactsLock, name: string, architecture: string): ArtifactEntry | undefined {
  return lock.artifacts.find((a) => a.name === name && a.architecture === architecture);
}

/** One block an artifact, in order of name and architecture. */
export function writeArtifactsLock(lock: ArtifactsLock): string {
  const order = (a: ArtifactEntry): string => `${a.name} ${a.architecture} ${a.version}`;
  const sorted = [...lock.artifacts].sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
  const block = (a: ArtifactEntry): string =>
    (['name', 'architecture', 'file', 'sha256', 'source', 'version'] as const)
      .map((key, i) => `  ${i === 0 ? '-' : ' '} ${key}: ${scalar(a[key])}\n`)
      .join('');
  const list = sorted.length === 0 ? 'artifacts: []\n' : `artifacts:\n${sorted.map(block).join('')}`;
  return `${header('meissa artifacts add')}${list}`;
}
