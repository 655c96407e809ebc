/** A value in Markdown is text: told by a reader that others wrote. */
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { code, fenced, folded, type Markdown, md, table } from '../../lib/encode/markdown';
import { visible } from '../../lib/encode/terminal';
import { diffMarkdown, diffStacks, type StackState } from '../../lib/review/diff';
import { runs } from '../runs';

const reader = new MarkdownIt({ html: true, linkify: true });
const HARMLESS = 'harmless';

function shape(text: string): string[] {
  return reader
    .parse(text, {})
    .flatMap((token) => [`${token.type} ${token.tag}`, ...(token.children ?? []).map(({ type }) => type)])
    .filter((type) => !/^(?:text|text_special|code_inline)$/.test(type));
}

function read(text: string): string {
  return reader
    .parse(text, {})
    .flatMap(({ children }) => children ?? [])
    .map(({ content }) => content)
    .join('');
}

const part = fc.constantFrom(
  ...[
    '#',
    '##',
    ' ',
    '-',
    '+',
    '*',
    '1.',
    '1)',
    '>',
    '|',
    '`',
    '```',
    '~~~',
    '_',
    '[',
    ']',
    '(',
    ')',
    '<b>',
    '</details>',
    '<!--',
    '&lt;',
    '\\',
    '\n',
    '\n\n',
    '@root',
    '#12',
    'https://evil.example',
    'www.evil.example',
    '---',
    '===',
    '\t',
    '    ',
    'a',
    '![',
    '$x$',
    '[x]: y',
  ],
);
const nasty = fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));

const places: readonly (readonly [string, (value: string) => Markdown])[] = [
  ['a heading', (value) => md`## ${value}`],
  ['a heading, in the middle', (value) => md`## Router ${value}: more`],
  ['a paragraph of its own', (value) => md`${value}`],
  ['a list', (value) => md`- ${value}\n- ${value}`],
  ['a cell', (value) => table(['a', value], [['x', value]])],
];

test.each(places)('in %s a value opens nothing, and is read as it is', (_place, write) => {
  fc.assert(
    fc.property(nasty, (value) => {
      fc.pre(visible(value).trim() !== '');
      const written = write(value);
      expect(shape(written)).toEqual(shape(write(HARMLESS)));
      const words = (text: string): string => text.replaceAll(/\s+/g, '');
      expect(words(read(written))).toBe(words(read(write(HARMLESS)).replaceAll(HARMLESS, () => visible(value))));
    }),
    { numRuns: runs(1000) },
  );
});

test('in a fence a value does not close it', () => {
  fc.assert(
    fc.property(fc.array(nasty), (lines) => {
      expect(shape(`${fenced('diff', lines)}\n\nafter`)).toEqual(shape(`${fenced('diff', ['a'])}\n\nafter`));
    }),
  );
});

test('folded lines end nothing of the page, and no name in them is pinged', () => {
  for (const value of ['</summary></details><script>', 'a\n\n# b', '<!--', '@root #12']) {
    const written = folded(value, md`inside`);
    expect(shape(written)).toEqual(shape(folded(HARMLESS, md`inside`)));
    expect(written.match(/<(?!\/?(?:details|summary|code)>)/g)).toBeNull();
  }
  expect(folded('by @root', md`x`)).toContain('<code>@root</code>');
});

test('what a reader would make a link of is code', () => {
  expect(md`ask ${'@root about #12 at https://a.b/c'}.`).toBe('ask `@root` about `#12` at `https://a.b/c`.');
  expect(code('a`b')).toBe('`` a`b ``');
});

test('a diff for a pull request keeps its shape, whatever a template holds', () => {
  const state = (value: string): StackState =>
    ({
      path: 'r/network',
      name: 'n',
      provider: 'aws',
      region: 'r',
      template: { Resources: { Sg: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: value } } } },
      parameters: {},
      tags: {},
      configurations: [],
    }) as unknown as StackState;
  const of = (value: string): string => diffMarkdown([diffStacks(state('before'), state(value))]);
  for (const value of ['@root\n\n# h', '</details><img src=x>', '```\n# x', '| a |\n|---|\n', '\u001b[2K\u202e', '##vso[a]b'])
    expect(shape(of(value))).toEqual(shape(of(HARMLESS)));
});
