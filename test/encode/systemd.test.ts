/** systemd's own parser is the judge: what it has read of a unit is what it tells itself (`systemd --test`). */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../lib/encode/language';
import { write } from '../../lib/encode/language';
import { systemd } from '../../lib/encode/systemd';
import { type Value, Words } from '../../lib/encode/value';
import { describeWithRealPart } from '../real-parts';
import { canaries } from './hostile';

const put = (before: string, value: Value, after = '\n') => write(systemd as Language, [before, after], [value]);

const encodable = (before: string, after = '\n') =>
  canaries.flatMap((value) => {
    const { text, problems } = put(before, value, after);
    return problems.length > 0 ? [] : [{ value, text }];
  });

/** `quote_command_line` of systemd, taken back. */
function words(line: string): string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|([^ ]+)/gs)].map(([, quoted, bare]) =>
    quoted === undefined
      ? bare!
      : quoted.replace(/\\(["\\$`nrtabfv]|x[0-9a-f]{2}|[0-7]{3})/g, (_, of: string) =>
          of[0] === 'x'
            ? String.fromCharCode(Number.parseInt(of.slice(1), 16))
            : /\d/.test(of)
              ? String.fromCharCode(Number.parseInt(of, 8))
              : (({ n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b', f: '\f', v: '\v' } as Record<string, string>)[of] ?? of),
        ),
  );
}

/** Without /lib on PATH: systemd's own program stands at one of two places. */
describeWithRealPart('systemd-analyze', 'a value in a unit is what systemd reads', () => {
  // Not in the folder of this run, which nobody else may enter.
  const folder = mkdtempSync('/tmp/meissa-systemd-');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What systemd tells of the units, by their name and its own names for it. */
  function told(units: Readonly<Record<string, string>>): (unit: string, key: string) => string[] {
    const at = mkdtempSync(join(folder, 'units-'));
    const files = { ...units, 'default.target': `[Unit]\nWants=${Object.keys(units).join(' ')}\n` };
    mkdirSync(join(at, 'u'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(at, 'u', name), text, { mode: 0o644 });
    mkdirSync(join(at, 'run'));
    for (const path of [folder, at, join(at, 'u')]) chmodSync(path, 0o755);
    chmodSync(join(at, 'run'), 0o777);
    // It refuses to do this as root.
    const drop = process.getuid?.() === 0 ? ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'] : [];
    const [program, ...args] = [...drop, '/lib/systemd/systemd', '--test', '--user'];
    const env = {
      PATH: process.env.PATH,
      HOME: at,
      XDG_RUNTIME_DIR: join(at, 'run'),
      SYSTEMD_UNIT_PATH: join(at, 'u'),
      SYSTEMD_LOG_LEVEL: 'warning',
    };
    const { stdout, stderr } = spawnSync(program!, args, { env, encoding: 'utf8', maxBuffer: 1e8 });
    const dump = new Map(stdout.split(/^\t?-> Unit /m).map((part) => [part.slice(0, part.indexOf(':')), part]));
    expect(stderr.split('\n').filter((line) => line.includes('.service'))).toEqual([]);
    return (unit, key) => {
      const part = dump.get(unit);
      if (part === undefined) throw new Error(`systemd tells nothing of ${unit}: ${stderr} ${stdout.slice(0, 400)}`);
      return [...part.matchAll(new RegExp(`(?<=\n)\\t+${key}: ([^\\n]*)`, 'g'))].map(([, value]) => value!);
    };
  }

  test.each([
    ['bare', 'ExecStart=/bin/echo first ', ' last\n'],
    ['in double quotes', 'ExecStart=/bin/echo first "', '" last\n'],
    ['in single quotes', "ExecStart=/bin/echo first '", "' last\n"],
    ['on a line that goes on', 'ExecStart=/bin/echo first \\\n  ', ' \\\n last\n'],
  ])('as a word of a command, %s', (_place, before, after) => {
    const all = encodable(before, after);
    expect(all.length).toBeGreaterThan(canaries.length - 6);
    const units = Object.fromEntries(all.map(({ text }, index) => [`u${index}.service`, `[Service]\nType=simple\n${text}`]));
    const read = told(units);
    for (const [index, { value }] of all.entries()) {
      // A variable is looked up when the command runs.
      const line = words(read(`u${index}.service`, 'Command Line')[0]!).map((word) => word.replaceAll('$$', '$'));
      expect(line).toEqual(['/bin/echo', 'first', value, 'last']);
    }
  });

  test('as a variable', () => {
    const all = encodable('Environment=A="', '"\n').filter(({ value }) => !/[\n\r]/.test(value));
    expect(all.length).toBeGreaterThan(40);
    const read = told(
      Object.fromEntries(all.map(({ text }, index) => [`u${index}.service`, `[Service]\n${text}ExecStart=/bin/true\n`])),
    );
    // Controls in an environment are refused by systemd itself, with a word.
    for (const [index, { value }] of all.entries())
      expect([value, read(`u${index}.service`, 'Environment')]).toEqual([value, [`A=${value}`]]);
  });

  test('as a text for people', () => {
    const all = encodable('[Unit]\nDescription=Volume ', '\n').filter(({ value }) => value.trim() === value);
    expect(all.length).toBeGreaterThan(40);
    const read = told(
      Object.fromEntries(all.map(({ text }, index) => [`u${index}.service`, `${text}[Service]\nExecStart=/bin/true\n`])),
    );
    for (const [index, { value }] of all.entries()) expect(read(`u${index}.service`, 'Description')).toEqual([`Volume ${value}`]);
  });

  test('as words of a list, each literal', () => {
    const list = canaries.filter((value) => value !== '');
    const { text } = put('ExecStart=/bin/echo ', new Words(list));
    const read = told({ 'u.service': `[Service]\n${text}` });
    expect(words(read('u.service', 'Command Line')[0]!).map((word) => word.replaceAll('$$', '$'))).toEqual([
      '/bin/echo',
      ...list,
    ]);
  });
});

test.each([
  ['ExecStart=/bin/sh -c "echo ', '"\n'],
  ['ExecStart=-/usr/bin/python3 -c ', '\n'],
  ['User=', '\n'],
  ['After=a.service ', '\n'],
  ['BindPaths=', '\n'],
  ['EnvironmentFile=', '\n'],
  ['', '=x\n'],
  ['[', ']\n'],
])('%s takes harmless characters only', (before, after) => {
  for (const value of canaries.filter((each) => /[^\w./:@+,=~-]/.test(each) && !/^\d+%$/.test(each)))
    expect([value, put(before, value, after).problems.length]).toEqual([value, 1]);
  expect(put(before, 'a-b', after)).toEqual({ text: `${before}a-b${after}`, problems: [] });
});

test('an argument is no option, a command has no prefix, and no line goes on by a value', () => {
  expect(put('ExecStart=/bin/x ', '-o').problems).toHaveLength(1);
  expect(put('ExecStart=/bin/x -- ', '-o').problems).toEqual([]);
  expect(put('ExecStart=/bin/x ', '-5').problems).toEqual([]);
  expect(put('ExecStart=', '+/bin/x').problems).toHaveLength(1);
  expect(put('Description=a ', 'b\\').problems).toHaveLength(1);
  expect(put('ExecStart=/opt/', 'a"b', '/x\n').problems).toHaveLength(1);
  expect(put('CPUQuota=', '20%')).toEqual({ text: 'CPUQuota=20%\n', problems: [] });
  expect(put('# a ', 'b\nUser=x').problems).toHaveLength(1);
});
