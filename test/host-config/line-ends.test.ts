import { hostConfig } from '../../lib/host-config/host-config';
import { context, profile } from './fixtures';

const MARK = '\uFEFF';

/** What a host gets of a file that `source` names, and what is wrong. */
function onHost(written: string, item: string, source = 'x') {
  const { config, findings } = hostConfig(context(), [profile('p', item, { [source]: written })]);
  const content = config.files.find(({ path }) => path !== '/etc/meissa/manifest')?.content ?? config.units[0]?.content;
  return { content, dropIn: config.units[0]?.dropIns[0]?.content, findings };
}

const script = '#!/bin/bash\necho "a\n  b"\ncat <<EOF\n\n  # c\nEOF\n';
const windows = (text: string): string => MARK + text.replaceAll('\n', '\r\n');

test.each([
  ['a script', script, 'files: [{ path: /opt/x, source: x }]', 'x'],
  ['a script of a language that is not known', '#!/usr/bin/perl\nprint 1;\n', 'files: [{ path: /opt/x, source: x }]', 'x'],
  ['a script by its name', 'echo 1\n', 'files: [{ path: /opt/x, source: x.sh }]', 'x.sh'],
  ['a template', '#!/bin/bash\necho {{region.name}}\n', 'files: [{ path: /opt/x, source: x, template: true }]', 'x'],
  ['a program of Python', '#!/usr/bin/python3\nx = """\n  a\n\n"""\n', 'files: [{ path: /opt/x, source: x.py }]', 'x.py'],
  ['JSON', '{\n  "a": 1\n}\n', 'files: [{ path: /etc/x.json, source: x }]', 'x'],
  ['a file whose language is told', 'a b\n', 'files: [{ path: /etc/x, source: x, language: words }]', 'x'],
  ['a unit', '[Service]\nExecStart=/bin/x\n', 'units: [{ name: x.service, source: x }]', 'x'],
])('%s from a checkout on Windows is the same on a host as from any other', (_, written, item, name) => {
  const made = onHost(windows(written), item, name);
  expect(made).toEqual(onHost(written, item, name));
  expect(made.findings).toEqual([]);
  expect(made.content).toBeTruthy();
  expect(made.content).not.toMatch(/[\r\uFEFF]/);
});

test('so is a drop-in', () => {
  const { dropIn } = onHost(
    windows('[Service]\nNice=1\n'),
    'units: [{ name: x.service, dropIns: [{ name: a.conf, source: x }] }]',
  );
  expect(dropIn).toBe('[Service]\nNice=1\n');
});

test('a fragment from such a checkout has scripts without carriage returns', () => {
  const { content } = onHost('', windows(`files:\n- path: /opt/x\n  content: |\n    ${script.replaceAll('\n', '\n    ')}\n`));
  expect(content).toBe(script);
});

test.each([
  ['one line with', '#!/bin/bash\necho a\r\necho b\n', 2],
  ['one line without', '#!/bin/bash\r\necho a\r\necho b\n', 3],
  ['a first line that never ends', '#!/bin/bash\recho a\r', 1],
  ['a template', '#!/bin/bash\necho {{region.name}}\r\necho b\n', 2],
  ['carriage returns alone', 'echo a\recho b\r', 1],
])('a script of mixed line ends is refused: %s', (_, written, line) => {
  const { findings } = onHost(written, `files: [{ path: /opt/x.sh, source: x, template: ${written.includes('{{')} }]`);
  expect(findings).toMatchObject([
    { code: 'LINE_ENDS', file: 'cloud-config/p/x', line, fix: expect.stringContaining('* text eol=lf') },
  ]);
});

test('a carriage return within a line is content', () => {
  const written = "#!/bin/bash\nx='a\rb'\n";
  expect(onHost(written, 'files: [{ path: /opt/x, source: x }]')).toMatchObject({ content: written, findings: [] });
});

test.each([
  ['a\nb\r\n', 2],
  ['a\r\nb\r\n', 1],
  [`${MARK}a\n`, 1],
])('a file of which nobody knows who reads it is refused, unless every byte of it is meant: %j', (written, line) => {
  expect(onHost(written, 'files: [{ path: /etc/motd, source: x }]').findings).toMatchObject([
    { code: 'LINE_ENDS', file: 'cloud-config/p/x', line, fix: expect.stringContaining('write `exact: true` beside `source`') },
  ]);
  const exact = onHost(written, 'files: [{ path: /etc/motd, source: x, exact: true }]');
  expect(exact).toMatchObject({ content: written, findings: [] });
});

test('exact bytes are those of a script, too, and of no template', () => {
  const written = '#!/bin/sh\r\n\n# a\n    b\r';
  expect(onHost(written, 'files: [{ path: /opt/x, source: x, exact: true }]')).toMatchObject({ content: written, findings: [] });
  expect(onHost('a\n', 'files: [{ path: /etc/x.json, source: x, exact: true, template: true }]').findings).toMatchObject([
    { code: 'FRAGMENT_VALUE', path: 'files[0].exact' },
  ]);
});

test('other carriage returns and written out ones are content', () => {
  expect(onHost('a\rb\n', 'files: [{ path: /etc/motd, source: x }]')).toMatchObject({ content: 'a\rb\n', findings: [] });
  expect(onHost('', 'files: [{ path: /etc/motd, content: "a\\r\\nb" }]')).toMatchObject({ content: 'a\r\nb', findings: [] });
});

test.each(['"#!/bin/bash\\r\\necho\\r\\n"', '"\\uFEFF#!/bin/bash\\necho\\n"', '"#!/bin/bash\\r\\necho {{region.name}}"'])(
  'a program written out with a first line that no kernel reads is refused: %s',
  (content) => {
    const { findings } = onHost('', `files: [{ path: /opt/x, content: ${content} }]`);
    expect(findings).toMatchObject([{ code: 'FRAGMENT_VALUE', path: 'files[0].content', line: 1 }]);
  },
);
