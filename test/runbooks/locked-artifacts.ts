import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { temporaryFolder } from '../e2e/example';

/** Has an estate's lock name files of a test's own, so that nobody downloads anything. @returns the folder that has them */
export function lockArtifacts(root: string): string {
  const downloads = temporaryFolder();
  const path = join(root, 'regions/artifacts.lock.yaml');
  const document = parseDocument(readFileSync(path, 'utf8'));
  const { artifacts } = document.toJS() as { artifacts: { file: string }[] };
  artifacts.forEach(({ file }, at) => {
    writeFileSync(join(downloads, file), file);
    document.setIn(['artifacts', at, 'sha256'], createHash('sha256').update(file).digest('hex'));
  });
  writeFileSync(path, String(document));
  return downloads;
}
