/** The example estate of regions/, as the end-to-end tests read it. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FindingsError } from '../../lib/estate/findings/finding';
import type { Estate } from '../../lib/estate/model/model';
import { loadEstate } from '../../lib/estate/read/load';
import { ROOT } from '../root';

/** A fixed day: how old the images are must not change what a test sees. */
export const TODAY = '2026-11-21';

export function exampleEstate(): Estate {
  const { estate, findings } = loadEstate(ROOT, { today: TODAY });
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (estate === undefined || errors.length > 0) throw new FindingsError(errors);
  return estate;
}

const folders: string[] = [];

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-e2e-'));
  folders.push(folder);
  return folder;
}

export function removeTemporaryFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Paths of the templates in a cloud assembly. */
export function templatesIn(assembly: string): string[] {
  return readdirSync(assembly)
    .filter((name) => name.endsWith('.template.json'))
    .map((name) => join(assembly, name));
}
