/** The data centre of test/estates/hybrid, rendered before and after an edit of the files that describe it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idcFiles } from '../../../../lib/cli/idc-out';
import { type IdcSide, idcSides, type Meaning, placesThatChange } from '../../../../lib/review/diff';
import type { PlacesThatChange } from '../../../../lib/review/diff/idc';
import { errors, read } from '../../../flow/in-process';
import { ROOT } from '../../../root';

const HYBRID = join(ROOT, 'test/estates/hybrid/regions');

/** What describes it, by path; profiles are this repository's. */
export const described: Readonly<Record<string, string>> = Object.fromEntries([
  ...readdirSync(HYBRID).map((name) => [`regions/${name}`, readFileSync(join(HYBRID, name), 'utf8')]),
  ...['profile.yaml', 'cloud-config.yaml'].map((name) => [
    `cloud-config/docker/${name}`,
    readFileSync(join(ROOT, 'cloud-config/docker', name), 'utf8'),
  ]),
]);

export type Edit = readonly [file: string, from: string | RegExp, to: string];

/** An edit that finds nothing, or makes an estate with errors, fails its test. */
export function sides(...edits: readonly Edit[]): IdcSide[] {
  if (edits.length === 0 && unchanged !== undefined) return unchanged;
  const files = { ...described };
  for (const [file, from, to] of edits) {
    const edited = files[file]!.replace(from, to);
    if (edited === files[file]) throw new Error(`nothing to edit: ${from}`);
    files[file] = edited;
  }
  const { estate, findings } = read(files);
  if (estate === undefined || errors(findings).length > 0) throw new Error(JSON.stringify(errors(findings), null, 1));
  const made = idcSides(idcFiles(estate));
  if (edits.length === 0) unchanged = made;
  return made;
}

let unchanged: IdcSide[] | undefined;

/** What an edit of the description means. */
export function changed(...edits: readonly Edit[]): PlacesThatChange {
  return placesThatChange(sides(), sides(...edits));
}

/** What an edit of a rendered file means: a mistake of what renders, or of a hand. */
export function editedFile(path: string, from: string | RegExp, to: string): PlacesThatChange {
  const [before] = sides();
  const text = before!.files.get(path);
  const edited = text?.replace(from, to);
  if (edited === undefined || edited === text) throw new Error(`nothing to edit in ${path}: ${from}`);
  return placesThatChange([before!], [{ ...before!, files: new Map([...before!.files, [path, edited]]) }]);
}

/** `<place>: <what>`, without the sheet, which says again what others say. */
export function told({ meanings }: PlacesThatChange): string[] {
  return meanings.filter(({ explains }) => !explains.includes('sheet.md')).map(({ stack, what }) => `${stack}: ${what}`);
}

export function ofKind({ meanings }: PlacesThatChange, kind: string): Meaning {
  const found = meanings.filter((meaning) => meaning.kind === kind);
  if (found.length !== 1) throw new Error(`${found.length} of ${kind}: ${meanings.map((meaning) => meaning.kind).join(', ')}`);
  return found[0]!;
}
