/** bash is the judge: whatever the value and wherever it stands, bash prints exactly the value. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Language } from '../../lib/encode/language';
import { write } from '../../lib/encode/language';
import { bash, sh } from '../../lib/encode/shell';
import { readShell, scriptStart } from '../../lib/encode/shell-lexer';
import { type Value, Words } from '../../lib/encode/value';
import { canaries, hostile } from './hostile';

const folder = mkdtempSync(join(tmpdir(), 'meissa-shell-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Before and after the value; what is printed is the value. */
const places: Readonly<Record<string, readonly [string, string]>> = {
  bare: ["printf '%s\\0' ", '\n'],
  'in an assignment': ['x=', '\nprintf \'%s\\0\' "$x"\n'],
  'in an assignment before a command': ['x=', ' bash -c \'printf "%s\\0" "$x"\'\n'],
  'in an assignment that appends': ["x=''; x+=", '; printf \'%s\\0\' "$x"\n'],
  'in a local': ['f() { local y=', '; printf \'%s\\0\' "$y"; }; f\n'],
  'in double quotes': ["printf '%s\\0' \"", '"\n'],
  'in single quotes': ["printf '%s\\0' '", "'\n"],
  'in $quotes': ["printf '%s\\0' $'", "'\n"],
  'in a substitution': ["printf '%s\\0' \"$(printf %s ", '; printf .)" | sed -z "s/\\.$//"\n'],
  'in quotes in a substitution in quotes': ['printf \'%s\\0\' "$(printf %s "', '"; printf .)" | sed -z "s/\\.$//"\n'],
  'in an array': ['x=(', ')\nprintf \'%s\\0\' "${x[0]}"\n'],
  'in a here-string': ['show <<<', '\n'],
  'in a here-document': ['show <<EOF\n', '\nEOF\n'],
  'in a quoted here-document': ["show <<'EOF'\n", '\nEOF\n'],
  'in a here-document with tabs': ['show <<-EOF\n', '\nEOF\n'],
  'in a for': ['for x in ', '; do printf \'%s\\0\' "$x"; done\n'],
  'in a branch of case': ["case a in a) printf '%s\\0' ", ' ;; esac\n'],
  'in case in a substitution': ["printf '%s\\0' \"$(case a in a) printf %s ", '; printf . ;; esac)" | sed -z "s/\\.$//"\n'],
  'after an escaped dollar': ["printf '%s\\0' \"\\$", '" | sed -z "s/^.//"\n'],
  'before a redirection': ["printf '%s\\0' ", '>&1\n'],
  'between other text': ["printf '%s\\0' a", 'b | sed -z "s/^a//; s/b$//"\n'],
  'behind a comment': ["# it's a \"comment `$(\nprintf '%s\\0' ", '\n'],
  'after a test': ["[[ a =~ ^(a|b)$ ]] && printf '%s\\0' ", '\n'],
  'after arithmetic': ["((1 << 2)) && printf '%s\\0' ", '\n'],
};

/** What bash prints for the value at the place; undefined where it was refused. */
function printed(language: Language<never>, values: readonly (readonly [string, Value])[], program = 'bash') {
  const pieces = values.map(([place, value]) => {
    const [before, after] = places[place]!;
    const { text, problems } = write(language, [before, after], [value]);
    return { place, value, text: problems.length > 0 ? undefined : text, problems };
  });
  const show = `show() { t=$(cat; printf .); t=\${t%?}; printf '%s\\0' "\${t%?}"; }\n`;
  const script = show + pieces.flatMap(({ text }) => (text === undefined ? [] : [text])).join('');
  const { stdout, stderr, status } = spawnSync(program, ['-c', script], { cwd: folder, encoding: 'utf8' });
  const left = stdout.split('\0').slice(0, -1);
  return {
    status,
    stderr,
    got: pieces.map(({ text, ...rest }) => ({ ...rest, printed: text === undefined ? undefined : left.shift() })),
  };
}

describe('a value in a script of bash', () => {
  test.each(Object.keys(places))('%s is what bash prints, or is refused', (place) => {
    const { got, stderr } = printed(
      bash as never,
      canaries.map((value) => [place, value]),
    );
    expect(stderr).toBe('');
    for (const { value, printed: is } of got) if (is !== undefined) expect([place, is]).toEqual([place, value]);
    // A place that refuses everything would prove nothing.
    expect(got.filter((each) => each.printed !== undefined).length).toBeGreaterThan(20);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is what bash prints, any value at any place', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...Object.keys(places)), hostile), { minLength: 1, maxLength: 12 }),
        (values) => {
          const { got, stderr } = printed(bash as never, values);
          expect(stderr).toBe('');
          for (const { value, printed: is } of got) if (is !== undefined) expect(is).toBe(value);
          expect(existsSync(join(folder, 'CANARY'))).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('is said by every place but those of one line whatever it holds, unless it looks like an option', () => {
    for (const place of ['in an assignment', 'in double quotes', 'in single quotes', 'bare', 'in an array']) {
      const refused = printed(
        bash as never,
        canaries.map((value) => [place, value]),
      ).got.filter((each) => each.printed === undefined);
      expect(refused.map(({ value }) => value)).toEqual(
        place === 'in an array' ? canaries.filter((value) => /^-/.test(value)) : [],
      );
    }
  });

  test('of sh is what dash prints, or is refused', () => {
    const posix = ['bare', 'in an assignment', 'in double quotes', 'in single quotes', 'in a here-document', 'in a substitution'];
    const values = posix.flatMap((place) => canaries.map((value) => [place, value] as const));
    const { got, stderr } = printed(sh as never, values, 'dash');
    expect(stderr).toBe('');
    for (const { place, value, printed: is } of got) if (is !== undefined) expect([place, is]).toEqual([place, value]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('that is a list of words is as many words, each literal', () => {
    const { text } = write(bash as Language, ["printf '%s\\0' ", ' end\n'], [new Words(canaries)]);
    const { stdout } = spawnSync('bash', ['-c', text], { cwd: folder, encoding: 'utf8' });
    expect(stdout.split('\0')).toEqual([...canaries, 'end', '']);
    expect(readdirSync(folder)).toEqual([]);
  });
});

/** Places whose text is a program of its own, or that know no literal. */
test.each([
  ['in arithmetic', 'echo $((', '))'],
  ['in an arithmetic command', '((', ')) || :'],
  ['in an arithmetic for', 'for ((i = 0; i < ', '; i++)); do :; done'],
  ['in a subscript', 'x[', ']=1'],
  ['in a program of its own', "bash -c 'echo ", "'"],
  ['in a program of its own, in double quotes', 'exec /bin/sh -c "echo ', '"'],
  ['in the text of a program in a here-document', 'nft -f - <<EOF\nadd rule ', '\nEOF'],
  ['in a here-document for a shell', 'cat <<EOF | bash\necho ', '\nEOF'],
  ['in a pattern of jq', "jq '.", "'"],
  ['in backticks', 'echo `echo ', '`'],
  ['in an expansion', 'echo "${x:-', '}"'],
  ['in the operator of an expansion', 'echo "${x', '}"'],
  ['in eval', 'eval "', '"'],
  ['in a trap', "trap 'rm ", "' EXIT"],
  ['in a test that calculates', '[[ ', ' -eq 1 ]]'],
  ['in a quoted test that calculates', '[[ "', '" -eq 1 ]]'],
])('a value %s is refused where it is more than a plain word', (_place, before, after) => {
  const { problems } = write(bash as Language, [before, after], ['a[$(touch CANARY)]']);
  expect(problems).toHaveLength(1);
  expect(problems[0]!.problem.fix).not.toBe('');
  expect(write(bash as Language, [before, after], ['1']).problems).toEqual([]);
});

test.each([
  ['after a backslash', 'x=\\', '\n'],
  ['after a dollar', 'x=$', '\n'],
  ['after the name of a variable', 'x=$y', '\n'],
  ['after the name of a variable in quotes', 'x="$y', '"\n'],
  ['as a delimiter', 'cat <<', '\na\nEOF\n'],
  ['as a part of a delimiter', 'cat <<E', '\na\nEOF\n'],
])('a value %s is refused, whatever it is', (_place, before, after) => {
  expect(write(bash as Language, [before, after], ['a']).problems).toHaveLength(1);
});

test('a line break in a comment is refused', () => {
  expect(write(bash as Language, ['# ', '\n'], ['a\ntouch CANARY']).problems).toHaveLength(1);
  expect(write(bash as Language, ['echo a # ', '\n'], ['$(a) `b` "']).text).toBe('echo a # $(a) `b` "\n');
});

test('values can not be put together to the end of a here-document', () => {
  const { problems } = write(bash as Language, ['cat <<EOF\n', '', '\nEOF\n'], ['E', 'OF']);
  expect(problems.length).toBeGreaterThan(0);
  expect(write(bash as Language, ['cat <<EOF\n', 'OF\n', '\nEOF\n'], ['E', 'x']).problems).toHaveLength(1);
});

test('the end of every script of the profiles is the outermost place again', () => {
  const scripts = readdirSync(join(__dirname, '../../cloud-config'), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.sh'));
  expect(scripts.length).toBeGreaterThan(15);
  for (const name of scripts) {
    const text = readFileSync(join(__dirname, '../../cloud-config', name), 'utf8').replace(/\{\{.*?\}\}/g, 'x');
    const { frames, pending } = readShell(scriptStart, text);
    expect([name, frames.map((frame) => frame.in), pending]).toEqual([name, ['code'], []]);
  }
});
