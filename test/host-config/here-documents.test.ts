/** bash is the judge: a script does the same with and without what is taken out of it, whatever here-documents it has. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { hostConfig } from '../../lib/host-config/host-config';
import { context, profile } from './fixtures';

const folder = mkdtempSync(join(tmpdir(), 'meissa-here-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What bash prints of each script, in one process. */
function printed(scripts: readonly string[]): string[] {
  scripts.forEach((script, index) => void writeFileSync(join(folder, `${index}`), script));
  const all = `for ((i = 0; i < ${scripts.length}; i++)); do bash "$i" 2>/dev/null </dev/null; printf '\\0%s\\0' "$?"; done`;
  const { stdout } = spawnSync('bash', ['-c', all], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 });
  const parts = stdout.split('\0');
  return scripts.map((_, index) => `${parts[2 * index]}|${parts[2 * index + 1]}`);
}

/** The script as a host gets it. */
function onHost(script: string, parameters: Readonly<Record<string, unknown>> = {}) {
  const template = Object.keys(parameters).length > 0;
  const fragment = `files: [{ path: /opt/x, source: x.sh, template: ${template} }]`;
  const { config, findings } = hostConfig(context({ parameters: { p: parameters } }), [
    profile('p', fragment, { 'x.sh': script }),
  ]);
  return { text: config.files.find(({ path }) => path === '/opt/x')!.content, findings };
}

const BODY = '  two\n\n# no comment\n    four\n\tEOF \n EOF\n\\EOF\nEOFX\n$x $(echo y) {{\n';
/** Every form that begins a here-document, and the line that ends it. */
const forms: readonly (readonly [string, string])[] = [
  ['cat <<EOF', 'EOF'],
  ['cat << EOF', 'EOF'],
  ["cat <<'EOF'", 'EOF'],
  ['cat <<"EOF"', 'EOF'],
  ['cat <<\\EOF', 'EOF'],
  ['cat <<E"O"F', 'EOF'],
  ["cat <<'END OF IT'", 'END OF IT'],
  ['cat <<END-OF.IT', 'END-OF.IT'],
  ['cat <<!', '!'],
  ['cat <<-EOF', '\t\tEOF'],
  ["cat <<-'EOF'", 'EOF'],
  ['cat 0<<EOF', 'EOF'],
  ['cat <<- EOF', '\tEOF'],
  ['cat <<~EOF', '~EOF'],
  ['cat <<$EOF', '$EOF'],
  ["cat <<$'EOF'", 'EOF'],
  ['cat <<$"EOF"', 'EOF'],
  ["cat <<''", ''],
  ['cat <<E\\ F', 'E F'],
  ['cat <<EOF& wait', 'EOF'],
  ['cat <<EOF;echo x', 'EOF'],
  ['cat <<EOF>&1', 'EOF'],
  ['cat<<EOF', 'EOF'],
  ['cat <<EOF \\\n  -', 'EOF'],
  ['(cat <<EOF', 'EOF\n  )'],
  ['if cat <<EOF', 'EOF\n  then echo y; fi'],
  ['cat <(cat <<EOF', 'EOF\n  )'],
  ['cat <<EOF | sed s/a/b/ && echo "<<NOT"', 'EOF'],
  ["cat <<EOF # and 'more", 'EOF'],
  ['{ cat <<EOF; }', 'EOF'],
  ['f() { cat <<EOF', 'EOF\n    }\n    f'],
  ['y=$(cat <<EOF', 'EOF\n  ); echo "$y"'],
  ['echo "$(cat <<EOF', 'EOF\n  )"'],
  ['while read -r l; do echo "$l"; done <<EOF', 'EOF'],
  ['bash -s <<EOF\necho', 'EOF'],
];
const two = 'cat <<A - <<\'B C\' <<-"D"\n  a\n# a\nA\n  b\n\nB C\n  d\n\tD\n';
const others = [
  two,
  'cat <<<EOF\n  # gone\n',
  "cat <<<'a\n  b\n\n# c'\n",
  'x=\'a\n    b\n# c\n\n  d\'; echo "$x"\n',
  'x="a\n    b\n# c\n"; echo "$x"\n',
  'x=$\'a\n    b\'; echo "$x"\n',
  'echo "${x-a\n    b}"\n',
  'echo $((1<<2\n    +1)); echo EOF\n',
  'echo a \\\n# no comment of its own\n',
  'echo a \\\n\necho b\n',
  'x=(a\n  # gone\n\n  b "c\n    d"); printf "%s\\n" "${x[@]}"\n',
  'case a in\n  # gone\n  a) cat <<EOF\n  a)\nEOF\n    ;;\nesac\n',
  'if true; then\n    cat <<EOF\n    deep\nEOF\nfi\n',
  '# cat <<EOF\necho one\n    # gone\n',
  'echo "<<EOF"\n    # gone\necho two\n',
  "echo 'it''s <<EOF'\n",
  'cat <<A\n$(cat <<B\n  in\nB\n)\n  out\nA\n',
  'cat <<EOF\n  a\\\nEOF\n  b\nEOF\n',
  'cat <<EOF\n  never ends\n\n# c\n',
  'cat <<EOF\n  nearly\nEOF ',
];

test('here-documents of every form come out as they went in, and so does every text over several lines', () => {
  const scripts = [...forms.map(([head, end]) => `x=1\n  ${head}\n${BODY}${end}\necho done\n    # gone\n\n`), ...others];
  const now = scripts.map((script) => onHost(`#!/bin/bash\n${script}`));
  expect(now.flatMap(({ findings }) => findings)).toEqual([]);
  const is = printed(now.map(({ text }) => text));
  for (const [index, was] of printed(scripts).entries()) expect([scripts[index], is[index]]).toEqual([scripts[index], was]);
  expect(now.filter(({ text }) => text.includes('gone'))).toEqual([]);
});

test('any of them one after the other', () => {
  const any = fc.array(
    fc.oneof(
      fc.constantFrom(...forms).map(([head, end]) => `${head}\n${BODY}${end}\n`),
      fc.constantFrom(...others),
    ),
    {
      maxLength: 4,
    },
  );
  const scripts = fc.sample(any, { numRuns: 60, seed: 22 }).map((parts) => `#!/bin/bash\n${parts.join('    # gone\n\n')}`);
  const is = printed(scripts.map((script) => onHost(script).text));
  for (const [index, was] of printed(scripts).entries()) expect([scripts[index], is[index]]).toEqual([scripts[index], was]);
});

test('a value stays in the here-document that it stands in, or is refused', () => {
  const value = '$(touch broken) `touch broken` \\ \'q\' "d" $x EOF';
  const refused: string[] = [];
  for (const [head, end] of forms) {
    const { text, findings } = onHost(`#!/bin/bash\nx=1\n  ${head}\n  v={{params.v}}\n${end}\n`, { v: value });
    if (findings.length === 0) expect([head, printed([text])[0]]).toEqual([head, expect.stringContaining(`v=${value}\n`)]);
    else refused.push(head);
  }
  // Where an interpreter stands on the line, the document may be its program.
  expect(refused.filter((head) => !/\b(bash|sed|read)\b/.test(head))).toEqual([]);
  expect(readdirSync(folder)).not.toContain('broken');
});

test('a value in a script whose here-document never ends is refused: bash ends it where it likes', () => {
  const { findings } = onHost('#!/bin/bash\n# c\nx=$(cat <<EOF\na\nEOF)\necho {{params.v}}\n', { v: '; touch broken' });
  expect(findings).toMatchObject([
    { code: 'VALUE_UNENCODABLE', file: 'cloud-config/p/x.sh', line: 3, fix: 'End it by a line that is exactly EOF.' },
  ]);
});
