/** What is read says the same as `yaml`, another reader of the same language, and where it stands. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar } from 'yaml';
import { parseYaml } from '../../lib/estate/read/yaml-file';
import { yamlTree } from '../../lib/estate/read/yaml-tree';

const OPTIONS = { schema: 'core', logLevel: 'error', prettyErrors: false, uniqueKeys: false } as const;
const root = join(__dirname, '../..');
const written = ['regions', 'test/estates', 'cloud-config'].flatMap((folder) =>
  (readdirSync(join(root, folder), { recursive: true }) as string[])
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `${folder}/${name}`),
);

/** Every path of a document by `yaml`, with its value where it is no list or mapping, and the place of its key or item. */
function places(text: string): [path: (string | number)[], value: unknown, line: number, column: number][] {
  const lines = new LineCounter();
  const found: ReturnType<typeof places> = [];
  const walk = (node: unknown, path: (string | number)[], at: number): void => {
    const { line, col } = lines.linePos(at);
    found.push([path, isScalar(node) ? node.value : undefined, line, col]);
    if (isMap(node))
      for (const { key, value } of node.items) walk(value, [...path, (key as Scalar).source!], (key as Node).range![0]);
    if (isSeq(node)) for (const [i, item] of node.items.entries()) walk(item, [...path, i], (item as Node).range![0]);
  };
  const { contents } = parseDocument(text, { ...OPTIONS, lineCounter: lines });
  walk(contents, [], 0);
  return found;
}

function value(root: unknown, path: readonly (string | number)[]): unknown {
  const found = path.reduce((at, step) => (at as Record<string | number, unknown>)[step], root);
  return typeof found === 'object' && found !== null ? undefined : found;
}

function holds(text: string): void {
  const { value: read, findings, locate } = parseYaml('f.yaml', text);
  expect(findings).toEqual([]);
  for (const [path, expected, line, column] of places(text)) {
    expect([path, value(read, path)]).toEqual([path, expected]);
    expect([path, locate(path)]).toEqual([path, { file: 'f.yaml', line, column }]);
  }
}

test.each(written)('%s: every value and every place', (name) => {
  const text = readFileSync(join(root, name), 'utf8');
  if (/^(#.*\n)*$/.test(text)) expect(parseYaml(name, text).findings).toMatchObject([{ code: 'FILE_EMPTY' }]);
  else holds(text);
});

const scalar = fc.constantFrom(
  ...[
    'a',
    '07',
    '1_000',
    '0x1f',
    '0o17',
    '+1',
    '-0',
    '.5',
    '5.',
    '1e3',
    '1.5',
    '10.0.0.0/16',
    '1:30',
    '2020-01-01',
    'true',
    'True',
  ],
  ...[
    'No',
    'yes',
    '~',
    'null',
    '"q\\n\\u00e9"',
    "'it''s'",
    '"07"',
    'a b',
    'a#b',
    '[]',
    '{}',
    '[a, "b", {c: 1}]',
    '{ a: b, "c": [d, 1] }',
  ],
  ...['!!str 5', '!!int "5"', '|\n      two\n       lines', '>-\n      folded\n      text', '# nothing', '&x a'],
);
const file = fc
  .array(fc.tuple(fc.constantFrom('a', '"b"', "'c d'", '07', 'true', '<<'), fc.array(scalar, { minLength: 1, maxLength: 3 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((entries) => new Map(entries))
  .map((entries) =>
    [...entries].map(([key, items]) => `${key}: # list\n${items.map((item) => `    - ${item}\n`).join('')}`).join(''),
  );

test('whatever is written, values and places are those of another reader', () => {
  fc.assert(fc.property(file, holds), { numRuns: 500 });
});

test('a number that no float holds is refused, and no text', () => {
  expect(parseYaml('f.yaml', `a: 1${'0'.repeat(400)}\n`).findings).toMatchObject([
    { code: 'NUMBER_TOO_LARGE', path: 'a', line: 1 },
  ]);
});

const broken = fc
  .tuple(fc.constantFrom(...written), fc.nat(2000), fc.constantFrom('[', '}', '"', ': ', '\n  x', '- ', '&', '*', '\t', '%', '|'))
  .map(([name, at, bit]) => {
    const text = readFileSync(join(root, name), 'utf8');
    return text.slice(0, at % text.length) + bit + text.slice(at % text.length);
  });

test('all mistakes of a text that is refused are told, each with its place', () => {
  fc.assert(
    fc.property(broken, (text) => {
      const { problems, place, root } = yamlTree(text);
      fc.pre(problems.length > 0);
      expect(root).toBeUndefined();
      const expected = parseDocument(text, OPTIONS).errors;
      // `yaml` lets pass what js-yaml refuses, and then js-yaml's words are told.
      if (expected.length === 0) expect(problems).toHaveLength(1);
      else expect(problems.map(({ offset, message }) => [offset, message])).toEqual(expected.map((e) => [e.pos[0], e.message]));
      for (const { offset } of problems) {
        const { line, column } = place(offset);
        expect(
          text
            .split('\n')
            .slice(0, line - 1)
            .join('\n').length +
            (line > 1 ? 1 : 0) +
            column -
            1,
        ).toBe(offset);
      }
    }),
    { numRuns: 300 },
  );
});
