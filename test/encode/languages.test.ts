/** Each language's own reader is the judge: what it reads is the value, or the value is refused. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { envFile } from '../../lib/encode/env-file';
import { json } from '../../lib/encode/json';
import { type Language, write } from '../../lib/encode/language';
import { languageOf } from '../../lib/encode/languages';
import { lines, words } from '../../lib/encode/plain';
import { properties } from '../../lib/encode/properties';
import { python } from '../../lib/encode/python';
import { Json, type Value, Words } from '../../lib/encode/value';
import { yaml } from '../../lib/encode/yaml';
import { describeWithRealPart } from '../real-parts';
import { canaries, hostile } from './hostile';

const folder = mkdtempSync(join(tmpdir(), 'meissa-languages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const put = (language: Language<never>, before: string, value: Value, after: string) =>
  write(language as unknown as Language, [before, after], [value]);

/** The values that a place takes, in one text, a line each. */
function written(language: Language<never>, line: (index: number) => readonly [string, string], values = canaries) {
  const all = values.flatMap((value, index) => {
    const { text, problems } = put(language, ...([line(index)[0], value, line(index)[1]] as const));
    return problems.length > 0 ? [] : [{ index, value, text }];
  });
  return { all, text: all.map((each) => each.text).join('') };
}

describe('JSON', () => {
  test('reads the value back, in quotes and without', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const { text } = write(json as Language, ['{"a": "x', 'y", "b": ', ' }'], [value, value]);
        expect(JSON.parse(text)).toEqual({ a: `x${value}y`, b: value });
      }),
    );
    const some = [1, true, null, new Json({ a: ['"'] }), new Words(['a', 'b c'])];
    expect(some.map((value) => JSON.parse(put(json as never, '', value, '').text))).toEqual([
      1,
      true,
      null,
      { a: ['"'] },
      ['a', 'b c'],
    ]);
  });
});

describe('YAML', () => {
  test.each([
    ['a: ', '\n', (value: string) => ({ a: value })],
    ['a: "', '"\n', (value: string) => ({ a: value })],
    ["a: 'x ", "'\n", (value: string) => ({ a: `x ${value}` })],
    ['- ', '\n', (value: string) => [value]],
    ['[ ', ', b ]\n', (value: string) => [value, 'b']],
    ['{ a: ', ' }\n', (value: string) => ({ a: value })],
    ['a: |\n  x: ', '\n', (value: string) => ({ a: `x: ${value}\n` })],
    ['- a: |\n    ', '\n  b: c\n', (value: string) => [{ a: `${value}\n`, b: 'c' }]],
    ['a: x ', '\n', (value: string) => ({ a: `x ${value}` })],
  ])('reads the value back at %j, or it is refused', (before, after, wanted) => {
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(hostile, fc.stringMatching(/^[a-z0-9.]{1,5}$/)), (value) => {
        const { text, problems } = put(yaml as never, before, value, after);
        // Nothing, in a text without quotes, is no value of its own.
        fc.pre(problems.length === 0 && (value !== '' || !/[|x]/.test(before)));
        taken++;
        expect(parse(text)).toEqual(
          before.includes('|') || before === 'a: x ' ? parse(JSON.stringify(wanted(value))) : wanted(value),
        );
      }),
    );
    expect(taken).toBeGreaterThan(10);
  });
});

describe('Python', () => {
  test('reads the value back, or it is refused', () => {
    const places = [
      ['print(ascii(', '))\n'],
      ["print(ascii('", "'))\n"],
      ['print(ascii("', '"))\n'],
      ["print(ascii('''", "'''))\n"],
      ["print(ascii(r'", "'))\n"],
      ["print(ascii(f'", "'))\n"],
      ['# it\'s "\nprint(ascii(', '))\n'],
    ] as const;
    for (const [before, after] of places) {
      const { all, text } = written(python as never, () => [before, after]);
      const { stdout, stderr } = spawnSync('python3', ['-'], { input: text, cwd: folder, encoding: 'utf8' });
      expect(stderr).toBe('');
      const read = spawnSync(
        'python3',
        ['-c', 'import sys,ast,json\nfor l in sys.stdin: print(json.dumps(ast.literal_eval(l)))'],
        {
          input: stdout,
          encoding: 'utf8',
        },
      );
      expect(
        read.stdout
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line)),
      ).toEqual(all.map(({ value }) => value));
      expect(all.length).toBeGreaterThan(8);
    }
    expect(put(python as never, 'a = ', true, '').text).toBe('a = True');
    expect(put(python as never, 'a = ', new Json({ a: [null] }), '').text).toBe("a = {'a': [None]}");
    expect(put(python as never, '# ', 'a\nimport os', '').problems).toHaveLength(1);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('an environment file', () => {
  const forms = [
    (index: number) => [`V${index}=`, '\n'] as const,
    (index: number) => [`V${index}="`, '"\n'] as const,
    (index: number) => [`V${index}='`, "'\n"] as const,
    (index: number) => [`# it's "\nV${index}=a`, 'b\n'] as const,
  ];

  test.each([0, 1, 2, 3])('is read by bash as it was meant (form %i)', (form) => {
    const { all, text } = written(envFile as never, forms[form]!);
    expect(all.length).toBeGreaterThan(30);
    writeFileSync(join(folder, 'env'), text);
    const print = all.map(({ index }) => `"$V${index}"`).join(' ');
    const { stdout, stderr } = spawnSync('bash', ['-c', `. ./env; printf '%s\\0' ${print}`], { cwd: folder, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout.split('\0').slice(0, -1)).toEqual(all.map(({ value }) => (form === 3 ? `a${value}b` : value)));
    rmSync(join(folder, 'env'));
    expect(readdirSync(folder)).toEqual([]);
  });

  describeWithRealPart('systemd-analyze', 'read by systemd', (analyze) => {
    test.each([0, 1, 2, 3])('is the same (form %i)', (form) => {
      const { all, text } = written(envFile as never, forms[form]!);
      writeFileSync(join(folder, 'env'), text);
      // The same reader reads os-release, and conditions compare what it read.
      // A condition drops spaces around what it compares with, and takes a second = for its own.
      const comparable = all.filter(({ value }) => form === 3 || !/^[\s=]|\s$/.test(value));
      const conditions = comparable.map(({ index, value }) => {
        const is = form === 3 ? `a${value}b` : value;
        return `ConditionOSRelease="V${index}=${is.replace(/["\\]/g, '\\$&').replaceAll('%', '%%')}"`;
      });
      const env = { ...process.env, SYSTEMD_OS_RELEASE: join(folder, 'env') };
      const { status, stderr } = spawnSync(analyze, ['condition', ...conditions], { env, encoding: 'utf8' });
      expect([status, stderr.split('\n').filter((line) => line.includes('failed'))]).toEqual([0, []]);
      expect(spawnSync(analyze, ['condition', 'ConditionOSRelease="V0=other"'], { env }).status).not.toBe(0);
      rmSync(join(folder, 'env'));
    });
  });

  test('refuses names that are none, or that a shell itself obeys, and what the two read differently', () => {
    for (const name of ['a b', 'A=1;x', '1a', 'PATH', 'LD_PRELOAD', 'BASH_ENV', '']) {
      expect([name, put(envFile as never, '', name, '=x\n').problems.length]).toEqual([name, 1]);
    }
    expect(put(envFile as never, 'export ', 'NAME', '=x\n').problems).toEqual([]);
    for (const before of ['A="x"', "A='x'", 'A=$x', 'A=$(', 'A=\\', 'A=x; B=', 'rm ']) {
      expect([before, put(envFile as never, before, 'a', '\n').problems.length]).toEqual([before, 1]);
    }
    expect(put(envFile as never, 'A=', 'a\nPATH=/evil', '\n').problems).toHaveLength(1);
  });
});

describeWithRealPart('java', "Java's properties", (java) => {
  test('are read back by Java', () => {
    const forms = [
      (index: number) => [`v${index}=`, '\n'],
      (index: number) => [`v${index} : `, '\n'],
      (index: number) => [`v${index}=a\\\n  `, 'b\n'],
      (index: number) => [`! it's a comment \\\nv${index} `, '\n'],
    ] as readonly ((index: number) => readonly [string, string])[];
    const program = join(folder, 'Read.java');
    writeFileSync(
      program,
      `public class Read { public static void main(String[] a) throws Exception { var p = new java.util.Properties(); p.load(System.in);
        for (var k : new java.util.TreeSet<String>(p.stringPropertyNames())) { System.out.println(k + " " + java.util.Base64.getEncoder().encodeToString(p.getProperty(k).getBytes("UTF-8"))); } } }`,
    );
    const texts = forms.map((form, at) => written(properties as never, (index) => form(1000 * (at + 1) + index)));
    const { stdout, stderr } = spawnSync(java, [program], {
      input: Buffer.from(texts.map(({ text }) => text).join(''), 'latin1'),
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    const read = Object.fromEntries(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split(' ')),
    );
    const wanted = texts.flatMap(({ all }, at) =>
      all.map(({ index, value }) => [`v${1000 * (at + 1) + index}`, at === 2 ? `a${value}b` : value]),
    );
    expect(
      Object.fromEntries(Object.entries(read).map(([key, value]) => [key, Buffer.from(value as string, 'base64').toString()])),
    ).toEqual(Object.fromEntries(wanted));
    expect(wanted.length).toBe(4 * canaries.length);
    rmSync(program);
  });
});

test('properties: keys, comments, and what comes after a backslash', () => {
  expect(put(properties as never, '', 'a b=c', '=x\n').text).toBe('a\\ b\\=c=x\n');
  expect(put(properties as never, '# ', 'a\nb=c', '\n').problems).toHaveLength(1);
  expect(put(properties as never, 'a=\\', 'n', '\n').problems).toHaveLength(1);
});

test('words take harmless characters only, lines all of one line', () => {
  for (const value of canaries) {
    expect(put(words as never, '', value, '').problems.length).toBe(/^[A-Za-z0-9_./:@+-]*$/.test(value) ? 0 : 1);
    expect(put(lines as never, '', value, '').problems.length).toBe(/\p{Cc}|\u2028/u.test(value) ? 1 : 0);
  }
});

test.each([
  ['/x', '#!/bin/bash\n', 'bash'],
  ['/x', '#!/usr/bin/env bash\n', 'bash'],
  ['/x', '#!/usr/bin/env -S bash -e\n', 'bash'],
  ['/x', '#! /bin/sh -e\n', 'sh'],
  ['/x.json', '#!/usr/bin/python3\n', 'python'],
  ['/x.sh', '#!/usr/bin/perl\n', undefined],
  ['/x.sh', '', 'bash'],
  ['/etc/docker/daemon.json', '', 'json'],
  ['/etc/meissa/env', '', 'env-file'],
  ['/etc/default/docker', '', 'env-file'],
  ['/etc/x.env', '', 'env-file'],
  ['/etc/systemd/journald.conf.d/x.conf', '', 'systemd'],
  ['/etc/systemd/network/10-x.network', '', 'systemd'],
  ['/etc/sysctl.d/x.conf', '', 'lines'],
  ['/etc/udev/rules.d/x.rules', '', 'words'],
  ['/etc/ssh/sshd_config.d/x.conf', '', 'words'],
  ['/etc/modprobe.d/x.conf', '', 'words'],
  ['/etc/nftables.nft', '', 'words'],
  ['/etc/x.properties', '', 'properties'],
  ['/etc/x.yml', '', 'yaml'],
  ['/etc/x.conf', '', undefined],
  ['/etc/motd', '', undefined],
])('the language of %s that begins with %j is %s', (path, text, name) => {
  expect(languageOf(path, text)?.name).toBe(name);
});
