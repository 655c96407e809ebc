/**
 * No value that a person writes becomes anything but a value on a host: every profile (of every folder, and one that thinks of nothing) is rendered for
 * every kind of host with hostile texts in every text of its parameters and its context, whatever their types would let through. Each is refused, or
 * the file's own reader gets exactly it, and nothing of it runs.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Finding } from '../../lib/estate/findings/finding';
import type { Profile } from '../../lib/estate/model/profile';
import { parameterDefaults } from '../../lib/estate/read/parameter-schema';
import { checkJson } from '../../lib/estate/schema/json-check';
import { type Fragment, renderFragment } from '../../lib/host-config/fragment';
import { renderUserData } from '../../lib/host-config/user-data';
import type { FleetContext } from '../../lib/plan/model';
import { canaries } from '../encode/hostile';
import { describeWithRealPart } from '../real-parts';
import { everyKindOfHost, everyParameter, everyProfile, marker, textsOf, withText } from './hostile-places';
import { mapTexts, readProperties, runScripts, sourced, unitKeys } from './hostile-readers';

const profiles = everyProfile();
const hosts = everyKindOfHost();

/** The region's own range is a range by its type; what it holds is looked up for templates. */
const typed = /^region\.cidr$/;

interface Case {
  readonly profile: Profile;
  readonly context: FleetContext;
  /** Of the context. */
  readonly path: readonly string[];
}

function rendered(profile: Profile, context: FleetContext): { fragment: Fragment; findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const fragment = renderFragment(profile, context, findings);
  return { fragment, findings };
}

/** Texts by what holds them. */
function textsIn({ files, units, sysctl, users }: Fragment): Map<string, string> {
  return new Map([
    ['parameters of the kernel', sysctl.map(({ name, value }) => `${name} = ${value}\n`).join('')],
    ['keys of users', users.flatMap(({ sshAuthorizedKeys }) => sshAuthorizedKeys.map((key) => `${key}\n`)).join('')],
    ...files.map(({ path, content }) => [path, content] as const),
    ...units.map(({ name, content }) => [name, content ?? ''] as const),
    ...units.flatMap(({ name, dropIns }) => dropIns.map((each) => [`${name}.d/${each.name}`, each.content] as const)),
  ]);
}

/** Every profile with every kind of host that it can be on, and every text that it reads there. */
const cases: Case[] = profiles.flatMap((profile) => {
  const { type: _, ...schema } = profile.parameters as Record<string, unknown>;
  const parameters = { ...parameterDefaults(profile.parameters), ...(everyParameter({ ...schema, type: 'object' }) as object) };
  // Those that have it; of a provider where none has, the first few, as for a profile that nobody uses yet.
  const having = ['aws', 'aliyun', 'idc'].flatMap((provider) => {
    const all = hosts.filter(({ context }) => context.region.provider === provider);
    const some = all.filter((each) => each.profiles.includes(profile.name));
    return some.length > 0 ? some : all.slice(0, 3);
  });
  const fitting = having.map(({ context }) => ({
    ...context,
    parameters: { ...context.parameters, [profile.name]: parameters },
  }));
  const seen = new Set<string>();
  return fitting.flatMap((context) => {
    const { fragment, findings } = rendered(profile, context);
    if (findings.length > 0) return [];
    const known = [...textsIn(fragment)];
    return [...textsOf(context)].flatMap((path) => {
      if (typed.test(path.join('.'))) return [];
      if (path[0] === 'parameters' && path[1] !== profile.name) return [];
      // What it makes no difference to is not read there; a text that stands in the same words was tried already.
      const other = rendered(profile, withText(context, path, marker));
      const changed = [...textsIn(other.fragment)].filter(([name, text]) => !known.some(([n, t]) => n === name && t === text));
      if (changed.length === 0 && other.findings.length === 0) return [];
      const key = JSON.stringify([path, changed.length > 0 ? changed : other.findings.map(({ message }) => message)]);
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ profile, context, path }];
    });
  });
});

/** Each text with some of the hostile ones, so that all have been nearly everywhere; with all of them in the profile of this test. */
const tries = cases.flatMap((each, index) => {
  const some =
    each.profile.name === 'of-a-user' && each.path[0] === 'parameters'
      ? canaries
      : canaries.filter((_, at) => (at + index * 5) % 12 === 0);
  return [...some, '$(touch CANARY)', '\'";`touch CANARY`;$(touch CANARY)\\'].map((value) => ({ ...each, value }));
});

const results = tries.map((each) => ({
  ...each,
  harmless: rendered(each.profile, withText(each.context, each.path, marker)),
  hostile: rendered(each.profile, withText(each.context, each.path, each.value)),
}));

/** Pairs of texts of the same file: with the marker, and with the value; only where it differs, each once. */
const texts = (() => {
  const found = new Map<string, { name: string; value: string; before: string | undefined; after: string; where: string }>();
  for (const { harmless, hostile, value, profile, path } of results) {
    if (hostile.findings.some(({ code }) => code !== 'VALUE_UNENCODABLE')) continue;
    const before = textsIn(harmless.fragment);
    for (const [name, after] of textsIn(hostile.fragment)) {
      // A name may itself be made of the value.
      const was = before.get(name) ?? before.get(name.replaceAll(value, marker));
      if (was === after) continue;
      // The rest of the profile is as good as if nothing had been refused.
      if (hostile.findings.some(({ why }) => why.startsWith(`It goes into ${name.replace(/^([^/]*)\.d\/.*/, '$1')},`))) continue;
      const fits = harmless.findings.length === 0 ? was : undefined;
      found.set(`${name}\0${after}`, {
        name,
        value,
        before: fits,
        after,
        where: `${profile.name} ${path.join('.')} ${JSON.stringify(value)}`,
      });
    }
  }
  return [...found.values()];
})();

const ofKind = (pattern: RegExp) => texts.filter(({ name, after }) => pattern.test(name) && !after.startsWith('#!'));
/** JSON in a text, printed alike. */
function unpacked(text: string): string {
  try {
    return /^[[{]/.test(text) ? JSON.stringify(JSON.parse(text)) : text;
  } catch {
    return text;
  }
}
const swapped = (value: string) => (text: string) => text.replaceAll(marker, () => value);

test('every profile was tried, on hosts of each provider, and every parameter of it that is a text', () => {
  const all = profiles.filter(({ fragment }) => fragment.trim() !== '#cloud-config').map(({ name }) => name);
  expect([...new Set(cases.map(({ profile }) => profile.name))].sort()).toEqual(all.sort());
  for (const provider of ['aws', 'aliyun', 'idc'])
    expect(cases.filter(({ context }) => context.region.provider === provider).length).toBeGreaterThan(10);
  for (const profile of profiles) {
    const all = [...textsOf(everyParameter(profile.parameters as Record<string, unknown>))].filter(
      (path) => !path.at(-1)!.startsWith('key:'),
    );
    const tried = new Set(cases.filter((each) => each.profile === profile).map(({ path }) => path.join('.')));
    const untried = all.filter((path) => !tried.has(['parameters', profile.name, ...path].join('.')));
    // Of base `days` and of front ends an empty topic: what decides and is not put.
    expect([profile.name, untried.map((path) => path.join('.'))]).toEqual([profile.name, []]);
  }
  expect(texts.length).toBeGreaterThan(300);
});

test('what is refused says where, and what to write', () => {
  const refused = results.flatMap(({ hostile }) => hostile.findings);
  expect(refused.length).toBeGreaterThan(100);
  for (const { code, line, fix, file } of refused) {
    expect(code).toMatch(
      /^(VALUE_UNENCODABLE|FRAGMENT_VALUE|FRAGMENT_MISSING|FRAGMENT_CONDITION|TEMPLATE_VARIABLE|TEMPLATE_VALUE|FRAGMENT_TYPE)$/,
    );
    expect([file, line > 0, fix !== '']).toEqual([file, true, true]);
  }
});

test('scripts parse, and nothing of a value runs', () => {
  const scripts = texts.filter(({ after, value }) => /^#!\S*(ba)?sh\b/.test(after) && value.includes('CANARY'));
  expect(scripts.length).toBeGreaterThan(50);
  expect(runScripts(scripts.map(({ after }) => after))).toEqual([]);
  // The trap itself works.
  expect(
    runScripts(['#!/bin/bash\nf() {\n x="$(touch CANARY)"\n}\n', '#!/bin/bash\nif\n', '#!/bin/bash\n>CANARY\n']),
  ).toHaveLength(3);
}, 120_000);

test('units have the sections and settings of their author, and no other', () => {
  const units = texts.filter(({ name }) => /\.(service|timer|socket)(\.d\/.*)?$|^\/etc\/systemd\//.test(name));
  expect(units.length).toBeGreaterThan(50);
  for (const { before, after, where } of units)
    if (before !== undefined) expect([where, unitKeys(after)]).toEqual([where, unitKeys(before)]);
});

test('JSON, YAML and properties give the value back', () => {
  for (const [pattern, read] of [
    [/\.json$/, JSON.parse],
    [/\.ya?ml$/, parse],
    [/\.properties$/, readProperties],
  ] as const) {
    const found = ofKind(pattern);
    expect(found.length).toBeGreaterThan(20);
    for (const { before, after, value, where } of found) {
      const is = read(after);
      if (before === undefined) continue;
      // A text of JSON in a text of JSON is quoted twice.
      const flat = (tree: unknown) => mapTexts(tree, unpacked);
      const wanted = mapTexts(read(before), (text) =>
        /^[[{].*x9/.test(text) ? JSON.stringify(mapTexts(JSON.parse(text), swapped(value))) : swapped(value)(text),
      );
      expect([where, flat(is)]).toEqual([where, flat(wanted)]);
    }
  }
});

test('files of variables give the value back to a shell', () => {
  const found = texts.filter(
    ({ name, before }) => /(^|[./])env$|^\/etc\/meissa\/(reboot|mirror\/.*)$/.test(name) && before !== undefined,
  );
  expect(found.length).toBeGreaterThan(20);
  const after = sourced(found.map((each) => each.after));
  const before = sourced(found.map((each) => each.before!));
  for (const [index, { value, where }] of found.entries()) {
    // Names of fleets are made one word there.
    const { MEISSA_REPORTS: _, ...is } = after[index] as Record<string, string>;
    const { MEISSA_REPORTS: __, ...was } = before[index] as Record<string, string>;
    expect([where, is]).toEqual([where, mapTexts(was, swapped(value))]);
  }
});

test('Python compiles, and has the value', () => {
  const found = texts.filter(({ after }) => /^#!.*python/.test(after));
  expect(found.length).toBeGreaterThan(20);
  const program =
    'import sys,json,ast\nprint(json.dumps([[n.value for n in ast.walk(ast.parse(t)) if isinstance(n, ast.Constant) and isinstance(n.value, str)] for t in json.load(sys.stdin)]))';
  const { stdout, stderr } = spawnSync('python3', ['-c', program], {
    input: JSON.stringify(found.map(({ after }) => after)),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  (JSON.parse(stdout) as string[][]).forEach((constants, index) => {
    expect(constants).toContain(found[index]!.value);
  });
});

test('what has no quotes has the value as it is, and as many lines as before', () => {
  for (const { name, before, after, value } of texts) {
    if (before === undefined || !/^\/etc\/(meissa\/artifacts|a|sysctl\.d\/.*|m\/.*)$|^(parameters|keys) of/.test(name)) continue;
    expect([name, after]).toEqual([name, swapped(value)(before)]);
    expect(after.split(/[\n\r\u0085\u2028]/).length).toBe(before.split('\n').length);
  }
});

test('the whole text that hosts get holds the files and units of its profiles, and no other', () => {
  for (const { context, profiles: names } of hosts.filter((_, index) => index % 3 === 0)) {
    const own = names.map((name) => profiles.find((profile) => profile.name === name)!);
    const outline = (text: string) => {
      const read = parse(text);
      return [
        Object.keys(read),
        read.write_files?.map((file: { path: string }) => file.path),
        read.coreos?.units?.map((unit: { name: string; drop_ins?: { name: string }[] }) => [
          unit.name,
          unit.drop_ins?.map((each) => each.name),
        ]),
      ];
    };
    const wanted = outline(renderUserData(context, own, { compress: 'never' }).userData?.text ?? '{}');
    for (const [index, path] of [...textsOf(context)].entries()) {
      if (
        typed.test(path.join('.')) ||
        /^(artifacts\.url|region\.(provider|name)|fleet\.kind|containers\.mode)$|name$|key:|role$|flows/.test(path.join('.'))
      )
        continue;
      const { userData } = renderUserData(withText(context, path, canaries[index % canaries.length]!), own, {
        compress: 'never',
      });
      if (userData !== undefined) expect([path, outline(userData.text)]).toEqual([path, wanted]);
    }
  }
});

test('a schema of a profile refuses what its own words forbid', () => {
  const kafka = profiles.find(({ name }) => name === 'kafka')!;
  for (const jvmOptions of ['-Xa) ; id ; x=(', '-Xa "b"', '-Xa$(id)', '-Xa b', 'a', '-Xa\n-Xb', `${'-a '.repeat(5000)}!`])
    expect([jvmOptions.slice(0, 20), checkJson(kafka.parameters, { jvmOptions }).problems.length]).toEqual([
      jvmOptions.slice(0, 20),
      1,
    ]);
  expect(checkJson(kafka.parameters, { jvmOptions: '-Xa -XX:+B --add-opens=java.base/a=ALL-UNNAMED' }).problems).toEqual([]);
});

describeWithRealPart('systemd-analyze', 'systemd', (analyze) => {
  test('reads every unit with a hostile value as one of its author', () => {
    const root = mkdtempSync(join(tmpdir(), 'meissa-hostile-units-'));
    const told = (units: ReadonlyMap<string, string>): string[] => {
      rmSync(root, { recursive: true, force: true });
      mkdirSync(join(root, 'etc/systemd/system'), { recursive: true });
      for (const [name, text] of units) {
        mkdirSync(join(root, 'etc/systemd/system', name, '..'), { recursive: true });
        writeFileSync(join(root, 'etc/systemd/system', name), text);
      }
      const names = [...units.keys()].filter((name) => !name.includes('/'));
      const { stderr } = spawnSync(
        analyze,
        ['verify', '--man=no', '--generators=no', '--recursive-errors=no', `--root=${root}`, ...names],
        { encoding: 'utf8' },
      );
      return (
        stderr
          .split('\n')
          // `User=:` is a wrong user, and no more.
          .filter((line) => !line.includes('Invalid user/group'))
          .filter((line) =>
            /Unknown|Invalid|Missing|Failed to parse|Failed to resolve|not absolute|bad unit|ignoring|Unbalanced/i.test(line),
          )
      );
    };
    const rounds = new Map<number, Map<string, string>>();
    for (const { name, after } of texts.filter((each) => /\.(service|timer)(\.d\/.*)?$/.test(each.name))) {
      let round = 0;
      while (rounds.get(round)?.has(name)) round++;
      rounds.set(round, (rounds.get(round) ?? new Map()).set(name, after));
    }
    expect(rounds.size).toBeGreaterThan(5);
    for (const units of rounds.values()) expect([...told(units)]).toEqual([]);
    expect(told(new Map([['x.service', '[Service]\nExecStart="/bin/x\nNonsense=1\n']]))).not.toEqual([]);
    rmSync(root, { recursive: true });
  }, 120_000);
});
