/** The engine is a room of its own: it can be read, and used, without a cloud. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { ROOT } from '../root';

const FOLDER = join(ROOT, 'lib', 'engine');
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

/** A file without its comments: they may say where a manner is from. */
const code = (name: string): string =>
  readFileSync(join(FOLDER, name), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '$1');

test('there is an engine to look at, and its code is what is looked at', () => {
  expect(files).toContain('engine.ts');
  expect(code('engine.ts')).toContain('class Engine');
  expect(code('engine.ts')).not.toContain('/**');
});

test.each(files)('%s imports the engine and facts only', (name) => {
  const imported = [...code(name).matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*'([^']+)'/g)].map((m) => m[1] as string);
  const outside = imported
    .filter((from) => !from.startsWith('node:'))
    .map((from) => (from.startsWith('.') ? normalize(join('lib/engine', dirname(name), from)) : from))
    .filter((from) => !/^lib\/(engine|facts)\//.test(from));
  expect(outside).toEqual([]);
});

test.each(files)('%s names no cloud, nor a stack engine of one', (name) => {
  const clouds = /aws|amazon|aliyun|alibaba|\bros(?![a-z])|cloud ?formation/i;
  expect(
    code(name)
      .split('\n')
      .filter((line) => clouds.test(line)),
  ).toEqual([]);
});
