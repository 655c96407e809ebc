/** Readers of what hosts get, that share no code with what wrote it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Sections and keys of a unit, in their order: systemd.syntax(7), as much as tells whether a line was added. */
export function unitKeys(text: string): string[] {
  const logical = text.replace(/\\\n/g, ' ').split(/[\n\r]/);
  return logical.flatMap((line) => {
    const bare = line.trim();
    if (bare === '' || /^[#;]/.test(bare)) return [];
    return [/^\[.*\]$/.test(bare) ? bare : bare.slice(0, bare.indexOf('='))];
  });
}

/** java.util.Properties, as its documentation tells. */
export function readProperties(text: string): Record<string, string> {
  const lines: string[] = [];
  let open = '';
  for (const line of text.split(/\r\n|\n|\r/)) {
    const part = line.replace(/^[ \t\f]+/, '');
    if (open === '' && (part === '' || /^[#!]/.test(part))) continue;
    const slashes = /\\*$/.exec(part)![0].length;
    open += slashes % 2 === 1 ? part.slice(0, -1) : part;
    if (slashes % 2 === 1) continue;
    lines.push(open);
    open = '';
  }
  const plain = (escaped: string): string =>
    escaped.replace(/\\(u([0-9a-f]{4})|[\s\S])/g, (_, what: string, hex?: string) =>
      hex === undefined
        ? (({ n: '\n', t: '\t', r: '\r', f: '\f' } as Record<string, string>)[what] ?? what)
        : String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return Object.fromEntries(
    lines.map((line) => {
      const [all, key] = /^((?:\\[\s\S]|[^\\ \t\f=:])*)[ \t\f]*[=:]?[ \t\f]*/.exec(line)!;
      return [plain(key!), plain(line.slice(all.length))];
    }),
  );
}

/** The texts of a value, changed. */
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [change(key), mapTexts(inner, change)]));
}

/**
 * Parses scripts, runs all that they say outside of functions and then each function, each by itself, in a folder where nothing but bash's own commands
 * can run: no program is found, and `touch` tells. Returns what went wrong, by script.
 */
export function runScripts(scripts: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-canary-'));
  for (const each of ['bin', 'cwd', 'root', 'scripts']) mkdirSync(join(folder, each));
  for (const program of ['meissa-cloud', 'meissa-artifact', 'meissa-manifest', 'etcdctl'])
    symlinkSync('/bin/true', join(folder, 'bin', program));
  writeFileSync(join(folder, 'env'), '');
  writeFileSync(
    join(folder, 'lib.sh'),
    `root=${folder}/root bin=${folder}/bin
PATH=/none
die() { :; }
keep() { :; }
healthy() { :; }
sleep() { exit 0; }
touch() { [[ $* != *CANARY* ]] || echo "$script ran $*" >>${folder}/ran; }
command_not_found_handle() { return 0; }
`,
  );
  scripts.forEach((script, index) => {
    writeFileSync(join(folder, 'scripts', String(index)), script);
  });
  // The functions are those that the script has made, beside those above.
  writeFileSync(
    join(folder, 'bin/all'),
    `cd ${folder}/cwd
bash=$(command -v bash)
for ((script = 0; script < ${scripts.length}; script++)); do
  "$bash" -n ../scripts/$script || echo "$script does not parse" >>${folder}/ran
  (
    ulimit -t 1
    . "\${0%/*}/../lib.sh"
    before=" $(compgen -A function | while read -r f; do echo -n "$f "; done)"
    . ../scripts/$script
    for f in $(compgen -A function); do [[ $before == *" $f "* || $(declare -f "$f") != *CANARY* ]] || ("$f" a b); done
  ) </dev/null &>/dev/null
done
`,
  );
  spawnSync('bash', [join(folder, 'bin/all')], { cwd: folder, encoding: 'utf8' });
  const ran = spawnSync('cat', [join(folder, 'ran')], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter(Boolean);
  const left = readdirSync(join(folder, 'cwd'))
    .filter((name) => name.includes('CANARY'))
    .map((name) => `a script left ${name}`);
  rmSync(folder, { recursive: true });
  return [...ran.map((line) => line.replace(/^\d+/, (index) => `${scripts[Number(index)]}\n---`)), ...left];
}

/** The variables that bash has after sourcing each file, but for its own. */
export function sourced(files: readonly string[]): Record<string, string>[] {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-sourced-'));
  files.forEach((text, index) => {
    writeFileSync(join(folder, `f${index}`), text);
  });
  const names = files.map((text) => [...text.matchAll(/^(?:export )?([A-Za-z_]\w*)=/gm)].map(([, name]) => name!));
  const script = files.map(
    (_, index) =>
      `( . ./f${index}; for n in ${names[index]!.join(' ')}; do printf '%s\\0' "$n" "\${!n}"; done; printf '\\1\\0' )\n`,
  );
  writeFileSync(join(folder, 'f'), `PATH=/none\n${script.join('')}`);
  const { stdout } = spawnSync('bash', ['f'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  const left = readdirSync(folder).filter((name) => !/^f\d*$/.test(name));
  rmSync(folder, { recursive: true });
  if (left.length > 0) throw new Error(`sourcing left ${left}`);
  return stdout
    .split('\u0001\0')
    .slice(0, -1)
    .map((part) => {
      const words = part.split('\0');
      return Object.fromEntries(words.slice(0, -1).flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1]!]] : [])));
    });
}
