/** What a terminal or a pipeline obeys, and what hides: judged by readers of our own, written from their documentation. */
import fc from 'fast-check';
import { terminalJson, terminalLine, visible } from '../../lib/encode/terminal';
import { say } from '../../lib/host-programs/shared/log';

/** By code point: C0, DEL, C1, bidirectional, zero-width, separators, tags, halves of pairs. */
function unseen(text: string): boolean {
  return [...text].some((character) => {
    const code = character.codePointAt(0)!;
    const ranges = [
      [0, 0x1f],
      [0x7f, 0x9f],
      [0xad, 0xad],
      [0x61c, 0x61c],
      [0x180e, 0x180e],
      [0x200b, 0x200f],
      [0x2028, 0x202e],
      [0x2060, 0x206f],
      [0xd800, 0xdfff],
      [0xfeff, 0xfeff],
      [0xe0000, 0xe007f],
    ];
    return ranges.some(([from, to]) => code >= from! && code <= to!);
  });
}

/** GitHub's runner (ActionCommand), the agents of Azure and TeamCity, GitLab's sections. */
function isCommand(line: string): boolean {
  const signs = ['##[', '##vso[', '##teamcity['];
  const start = line.replace(/^\s+/, '');
  return start.startsWith('::') || start.startsWith('section_') || signs.some((sign) => line.includes(sign));
}

const parts = fc.constantFrom(
  '::',
  '##[',
  '##',
  '#',
  '[',
  'vso[',
  'teamcity[',
  'section_start:1:a',
  '\n',
  '\r',
  '\u001b[2K',
  ' ',
  '\u00a0',
  '\u202e',
  'a',
  '\\',
);
const nasty = fc.oneof(
  fc.array(parts).map((all) => all.join('')),
  fc.string({ unit: 'binary' }),
);

test.each([
  ['\u001b[2K', '\\u001b[2K'],
  ['a\nb\r\tc', 'a\\nb\\r\\tc'],
  ['\u009b1m\u007f', '\\u009b1m\\u007f'],
  ['\u202eabc\u2066\u200f', '\\u202eabc\\u2066\\u200f'],
  ['a\u200bb\ufeff\u2028', 'a\\u200bb\\ufeff\\u2028'],
  ['\u{e0041}', '\\u{e0041}'],
  ['\ud800x', '\\ud800x'],
  ['grün, 北京, 😀, C:\\x', 'grün, 北京, 😀, C:\\x'],
])('%j is shown as %s', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test.each([
  ['::set-output name=a::b', '\\::set-output name=a::b'],
  ['  ::error::x', '  \\::error::x'],
  ['a ::error::x', 'a ::error::x'],
  ['see ##vso[task.x]y', 'see #\\#vso[task.x]y'],
  ['##[group]x', '#\\#[group]x'],
  ['##teamcity[x]', '#\\#teamcity[x]'],
  ['section_start:1:x', '\\section_start:1:x'],
  ['## a heading', '## a heading'],
])('the line %j is written %s', (line, written) => {
  expect(terminalLine(line)).toBe(written);
});

test('no text at all leaves a character unseen or a command whole', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const line = terminalLine(text);
      expect(unseen(line)).toBe(false);
      expect(isCommand(line)).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test('a JSON document means the same, and obeys nobody', () => {
  fc.assert(
    fc.property(fc.dictionary(nasty, fc.oneof(nasty, fc.array(nasty))), (value) => {
      const text = terminalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      for (const line of text.split('\n')) {
        expect(unseen(line)).toBe(false);
        expect(isCommand(line)).toBe(false);
      }
    }),
    { numRuns: 500 },
  );
});

test('a program of a host writes one line, whatever it was told', () => {
  const written: string[] = [];
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    written.push(String(chunk));
    return true;
  });
  try {
    for (const words of ['topic a\nNov 30 sshd: root logged in', '<0>panic', 'a\r\u001b[2Kb\0c', 'y'.repeat(100_000)]) say(words);
  } finally {
    spy.mockRestore();
  }
  for (const line of written) {
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(unseen(line.slice(0, -1))).toBe(false);
    expect(line).not.toMatch(/^<\d/);
    expect(Buffer.byteLength(line)).toBeLessThan(48 * 1024);
  }
});
