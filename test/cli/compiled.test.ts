/** Code that V8 compiled at the build is used for the very file that it was compiled of: V8 itself compares no more than the length. */
import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptCode, keptMark, keptPath } from '../../lib/cli/compiled';

const file = join(mkdtempSync(join(tmpdir(), 'meissa-compiled-')), 'program.js');
const code = Buffer.from([1, 2, 3]);

/** Written anew at another second. */
function write(text: string, second: number): void {
  writeFileSync(file, text);
  utimesSync(file, second, second);
}

test('kept code is of its very file: of one that was written anew, of the same length, it is not', () => {
  write('one', 1000);
  writeFileSync(keptPath(file), Buffer.concat([keptMark(file), code]));
  expect(keptCode(file)).toEqual(code);
  write('two', 2000);
  expect(keptCode(file)).toBeUndefined();
});

test('where nothing is kept, or something else lies there, the file is compiled', () => {
  write('one', 1000);
  writeFileSync(keptPath(file), 'of nobody');
  expect(keptCode(file)).toBeUndefined();
  writeFileSync(keptPath(file), '');
  expect(keptCode(file)).toBeUndefined();
  expect(keptCode(`${file}.js`)).toBeUndefined();
});
