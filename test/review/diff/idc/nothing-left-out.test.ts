/** Whatever differs between the files of a data centre is told, and nothing is where they are the same. Looks at the texts alone. */
import fc from 'fast-check';
import { type IdcSide, MEANING_KINDS, placesThatChange } from '../../../../lib/review/diff';
import { runs } from '../../../runs';
import { sides } from './sides';

const [whole] = sides() as [IdcSide];

/** A line of any file, and what becomes of it: gone, said twice, or with another digit or word. */
const edits = fc.constantFrom(...whole.files.keys()).chain((path) =>
  fc.record({
    path: fc.constant(path),
    line: fc.integer({ min: 0, max: whole.files.get(path)!.split('\n').length - 2 }),
    how: fc.constantFrom('gone', 'twice', 'other'),
  }),
);

function edited({ path, line, how }: { path: string; line: number; how: string }): IdcSide {
  const lines = whole.files.get(path)!.split('\n');
  const text = lines[line]!;
  const other = /\d/.test(text) ? text.replace(/\d/, (digit) => String((Number(digit) + 1) % 10)) : `${text}x`;
  lines.splice(line, 1, ...(how === 'gone' ? [] : how === 'twice' ? [text, text] : [other]));
  return { ...whole, files: new Map([...whole.files, [path, lines.join('\n')]]) };
}

const said = (before: IdcSide, after: IdcSide): number => {
  const { meanings, userData } = placesThatChange([before], [after]);
  // The schema of the JSON names them all.
  for (const { kind } of meanings) expect(MEANING_KINDS).toContain(kind);
  return meanings.filter(({ what }) => what !== '').length + userData.length;
};

test('a line that goes, stands twice or says otherwise is told, there and back', () => {
  fc.assert(
    fc.property(fc.array(edits, { minLength: 1, maxLength: 1 }), ([edit]) => {
      const side = edited(edit!);
      const [old, now] = [whole, side].map(({ files }) =>
        files
          .get(edit!.path)!
          .split('\n')
          .filter((line) => line.trim() !== ''),
      );
      // Empty lines say nothing in any of these languages.
      fc.pre(old!.join('\n') !== now!.join('\n'));
      expect(said(whole, side)).toBeGreaterThan(0);
      expect(said(side, whole)).toBeGreaterThan(0);
      expect(said(side, { ...side, files: new Map(side.files) })).toBe(0);
    }),
    { numRuns: runs(400) },
  );
});

/** What opens and closes blocks says nothing by itself; FRR and systemd take a block that is closed twice. */
const SAYS_SOMETHING = /^\s*(?![\s#!;[}]|exit|end|-$|$)/;

test('a statement that goes or says otherwise is more than what nobody notices', () => {
  const statements = edits.filter(
    ({ path, line, how }) =>
      how !== 'twice' &&
      path !== 'sheet.md' &&
      !path.startsWith('racks/') &&
      SAYS_SOMETHING.test(whole.files.get(path)!.split('\n')[line]!),
  );
  fc.assert(
    fc.property(statements, (edit) => {
      const { meanings } = placesThatChange([whole], [edited(edit)]);
      expect([edit, meanings.some(({ severity }) => severity !== 'cosmetic')]).toEqual([edit, true]);
    }),
    { numRuns: runs(400) },
  );
});

test('a file that goes or comes is told', () => {
  for (const path of whole.files.keys()) {
    const without = { ...whole, files: new Map([...whole.files].filter(([other]) => other !== path)) };
    expect([path, said(whole, without) > 0, said(without, whole) > 0]).toEqual([path, true, true]);
  }
});

test('the order of files says nothing', () => {
  expect(said(whole, { ...whole, files: new Map([...whole.files].reverse()) })).toBe(0);
});
