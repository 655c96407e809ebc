import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readOutline, readPlain, withoutClusters } from '../../lib/estate/outline';
import { parseYaml } from '../../lib/estate/yaml-file';

const NO_REGION = ['estate.yaml', 'beijing.yaml', 'bj-idc.yaml'];
const files = ['regions', 'test/estates/hybrid/regions'].flatMap((folder) =>
  readdirSync(join(__dirname, '../..', folder))
    .filter((f) => f.endsWith('.yaml') && !f.endsWith('.lock.yaml') && !NO_REGION.includes(f))
    .map((f) => `${folder}/${f}`),
);

test.each(files)('the plain reader takes the outline of %s and gives what YAML gives', (file) => {
  const text = withoutClusters(readFileSync(join(__dirname, '../..', file), 'utf8'));
  expect(readPlain(text.trimEnd())).toEqual(parseYaml(file, text).value);
});

test('whatever the plain reader takes, YAML reads as the same value', () => {
  const word = fc.constantFrom(
    'a',
    '07',
    '1_000',
    '0x1f',
    'true',
    'No',
    '~',
    '10.0.0.0/16',
    '1.5',
    '"q"',
    'a b',
    'a: b',
    '[a, b]',
    '[a, [b]]',
    '{ a: b, c: [d, 1] }',
    '{ a: {} }',
    '[]',
    '{}',
    '&x a',
    '*x',
    '|',
    '- a',
    '.inf',
    '1e3',
    '',
  );
  const line = fc
    .tuple(
      fc.constantFrom('', '  ', '    ', '# '),
      fc.constantFrom('a', 'b', 'c', 'constructor', '__proto__', 'x y'),
      fc.constantFrom(':', ': ', ' : '),
      word,
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
      const text = lines.join('\n').trimEnd();
      const value = readPlain(text);
      if (value !== undefined) expect(value).toEqual(parseYaml('f.yaml', text).value);
    }),
    { numRuns: 2000 },
  );
});

test('a finding in an outline has its line', () => {
  const text = '# a comment\nregion: sa-east-1\nblock: 10.9.0.0/16\nclusters:\n  core: {}\n';
  expect(readOutline('regions/sa-east-1.yaml', text).locate(['block'])).toMatchObject({ line: 3 });
});
