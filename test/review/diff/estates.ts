/** The example estate, synthesized before and after an edit of its files. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthEstate } from '../../../lib/cli/estate-app';
import { diskSource } from '../../../lib/estate/files/disk-source';
import { loadEstate } from '../../../lib/estate/read/load';
import type { StackState } from '../../../lib/review/diff';
import { assemblyStates } from '../../../lib/review/diff/read/assemblies';
import { exampleCopy, meissa } from '../../cli/run';
import type { Edit } from './edit';

export { type Edit, replaced } from './edit';

export interface Edited {
  readonly before: readonly StackState[];
  readonly after: readonly StackState[];
}

/** @param edits by file below the root */
export async function edited(
  regions: readonly string[],
  edits: Readonly<Record<string, Edit>>,
  links?: readonly string[],
): Promise<Edited> {
  const root = exampleCopy();
  const before = synthesized(root, regions, links);
  for (const [file, edit] of Object.entries(edits)) {
    const path = join(root, file);
    writeFileSync(path, edit(readFileSync(path, 'utf8')));
  }
  await meissa('pin', '--root', root);
  return { before, after: synthesized(root, regions, links) };
}

export function synthesized(root: string, regions: readonly string[], links?: readonly string[]): StackState[] {
  const { estate, findings } = loadEstate(root, { today: '2026-11-25' });
  if (estate === undefined) throw new Error(JSON.stringify(findings));
  const outdir = join(root, 'out/cdk.out');
  rmSync(outdir, { recursive: true, force: true });
  const known = links?.filter((path) => estate.links.some(({ a, b }) => path === `${a.place}--${b.place}`));
  synthEstate(estate, { outdir, regions, ...(known === undefined ? {} : { links: known }) });
  return assemblyStates(diskSource(join(root, 'out')));
}
