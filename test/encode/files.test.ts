/** The encoders by themselves, without the types of the schema before them. */
import { filePath, filesByPath, fileText } from '../../lib/encode/file-text';
import { type FrrLine, frr, frrFile } from '../../lib/encode/frr';
import { keepalived } from '../../lib/encode/keepalived';
import { networkUnit } from '../../lib/encode/networkd';
import { settings } from '../../lib/encode/settings';
import { swanctlFile } from '../../lib/encode/swanctl';
import { rest } from '../../lib/encode/template';
import { Unencodable } from '../../lib/encode/unencodable';

const NO_WORDS = [
  '',
  ' ',
  'a b',
  'a\nb',
  'a\\',
  '!a',
  '#a',
  '-a',
  '%i',
  '*',
  'a;b',
  '$(id)',
  '"a"',
  "a'",
  'a|b',
  '\u202ea',
  'ä',
  '{',
  '[',
];

test.each(NO_WORDS)('%j is no word of any file', (word) => {
  expect(() => frr`hostname ${word}`).toThrow(Unencodable);
  expect(() => settings`key = ${word}\n`).toThrow(Unencodable);
  expect(() => keepalived`priority ${word}`).toThrow(Unencodable);
  expect(() => networkUnit('x', [['Match', [['Name', word]]]])).toThrow(Unencodable);
  // `%any` is one of strongSwan's own.
  if (word !== '%i') expect(() => swanctlFile([{ key: 'id', value: word }])).toThrow(Unencodable);
  expect(() => swanctlFile([{ section: word, items: [] }])).toThrow(Unencodable);
});

test('free text stays on its line, and no line is longer than a reader of lines takes', () => {
  expect(frr` description ${rest('a\nb')}`).toBe(' description a\\nb');
  expect(frr` description ${rest('  ')}`).toBe(' description -');
  expect(frr`! ${rest('😀'.repeat(5000))}`.length).toBeLessThan(4096);
  expect(networkUnit('a\n[Match]', [])).toMatch(/^# a\\n\[Match\]\. Written/);
  expect(settings`# ${rest('a\nb=c')}\n`).toBe('# a\\nb=c\n');
  expect(keepalived`# ${rest('a\n}')}`).toBe('# a\\n}');
});

test('free text in the middle of a command is a mistake of ours', () => {
  expect(() => frr`neighbor ${rest('a')} activate`).toThrow(TypeError);
});

test.each(['/etc/a*', '/etc/../a', 'a', '/a b', '/a\nb', '/etc/.a', '/a{b}', '/'])(
  'strongSwan is not made to include %j',
  (path) => {
    expect(() => swanctlFile([{ include: path }])).toThrow(Unencodable);
  },
);

test.each(['', '.', '..', '.git', '-x', 'a/b', 'a\\b', 'a\nb', 'con', 'NUL', 'com1.network', 'a.', 'a b', 'ä', 'x'.repeat(101)])(
  '%j is the name of no file',
  (name) => {
    expect(() => filePath('routers', name)).toThrow(Unencodable);
  },
);

test('two paths that differ by their case alone are refused', () => {
  const text = fileText('');
  expect(() =>
    filesByPath([
      [filePath('a', 'b'), text],
      [filePath('A', 'b'), text],
    ]),
  ).toThrow(Unencodable);
});

test('text that was glued together is no line and no file: the compiler refuses it', () => {
  const glued = `hostname ${'r1'}`;
  // @ts-expect-error only `frr` makes a line
  const line: FrrLine = glued;
  // @ts-expect-error only encoders make a file
  const files: Parameters<typeof filesByPath>[0] = [[filePath('a'), frrFile([line]).toUpperCase()]];
  expect(files).toHaveLength(1);
});
