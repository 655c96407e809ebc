/** The direction of imports is held by dependency-cruiser; this holds its rules to it, and the length of circles. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT, run } from './child/run';

interface Cruised {
  readonly modules: readonly { readonly source: string; readonly dependencies: readonly { readonly resolved: string }[] }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string; readonly severity: string };
    }[];
  };
}

async function cruise(cwd: string): Promise<Cruised> {
  const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(ROOT, '.dependency-cruiser.cjs');
  return JSON.parse(
    (await run(process.execPath, [program, '--config', config, '-T', 'json', 'lib'], { cwd, timeout: 120 })).stdout,
  ) as Cruised;
}

const REFUSED = [
  ['lib/estate/x.ts', '../plan/plan'],
  ['lib/estate/rules/x.ts', '../../plan/plan'],
  ['lib/estate/x.ts', '../disk/read-file'],
  ['lib/plan/x.ts', '../host-config/user-data'],
  ['lib/host-config/x.ts', '../aws/app'],
  ['lib/aws/x.ts', '../cli/output'],
  ['lib/aws/x.ts', '../aliyun/app'],
  ['lib/aws/x.ts', '../embedded-cloud'],
  ['lib/aws/x.ts', '../index'],
  ['lib/clouds/x.ts', '../plan/plan'],
  ['lib/reach/x.ts', '../plan/plan'],
  ['lib/embedded-cloud/x.ts', '../estate/load'],
  ['lib/deploy/x.ts', '../cli/output'],
  ['lib/cli/x.ts', '../../bin/app'],
  ['lib/plan/x.ts', 'aws-cdk-lib'],
  ['lib/plan/x.ts', 'aws-cdk-lib/aws-ec2'],
  ['lib/host-config/x.ts', '@aws-sdk/client-s3'],
  ['lib/facts/x.ts', '@aws-cdk/aws-service-spec'],
  ['lib/estate/x.ts', 'node:fs'],
  ['lib/estate/x.ts', 'fs/promises'],
  ['lib/collection/x.ts', 'node:child_process'],
  ['lib/discovery/x.ts', 'node:https'],
  ['lib/encode/x.ts', '../estate/model'],
  ['lib/encode/x.ts', 'node:fs'],
  ['lib/disk/x.ts', '../encode/terminal'],
  ['lib/host-programs/front-end/x.ts', '../../estate/model'],
  ['lib/new-room/x.ts', '../encode/shell'],
] as const;

const ACCEPTED = [
  ['lib/plan/y.ts', '../estate/model'],
  ['lib/plan/y.ts', '../facts/aws'],
  ['lib/plan/y.ts', '../encode/shell'],
  ['lib/aws/y.ts', 'aws-cdk-lib/core'],
  ['lib/estate/files/y.ts', 'node:fs'],
  ['lib/estate/files/y.ts', '../../disk/read-file'],
  ['lib/estate/y.ts', '../disk/unreadable'],
  ['lib/disk/y.ts', 'node:fs'],
  ['lib/cli/y.ts', '../aws/app'],
  ['lib/host-programs/front-end/y.ts', '../shared/metrics'],
] as const;

/** The ways to name another file: each is seen, those that leave nothing in the program too. */
const IMPORTS: readonly ((from: string) => string)[] = [
  (from) => `import * as other from '${from}';\nexport const taken = other;\n`,
  (from) => `import type { Other } from '${from}';\nexport type Taken = Other;\n`,
  (from) => `export type { Other } from '${from}';\n`,
  (from) => `export const later = () => import('${from}');\n`,
];

test('what a room may not import is refused, however it is written, and what it may is not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-rooms-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  try {
    const cases = [...REFUSED, ...ACCEPTED].flatMap(([path, from], n) =>
      IMPORTS.map((text, way) => {
        const file = path.replace(/([xy])\.ts$/, `$1-${n}-${way}.ts`);
        write(file, text(from));
        // What is imported has to be there: its path is what the rules are asked about.
        if (from.startsWith('.')) write(`${join(dirname(path), from)}.ts`, 'export interface Other {}\n');
        return { file, refused: n < REFUSED.length };
      }),
    );
    const { summary } = await cruise(folder);
    // Nothing in this tree is reached from a program.
    const told = summary.violations.filter(({ rule }) => rule.severity === 'error' && rule.name !== 'reached');
    const refused = new Set(told.map(({ from }) => from));
    expect(cases.filter(({ file, refused: wanted }) => refused.has(file) !== wanted)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);

test('no circle of imports goes over more than three files', async () => {
  const { modules } = await cruise(ROOT);
  const next = new Map(modules.map(({ source, dependencies }) => [source, dependencies.map(({ resolved }) => resolved)]));
  const reached = (from: string): Set<string> => {
    const seen = new Set<string>();
    const ahead = [...(next.get(from) ?? [])];
    for (let file = ahead.pop(); file !== undefined; file = ahead.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      ahead.push(...(next.get(file) ?? []));
    }
    return seen;
  };
  const from = new Map([...next.keys()].filter((file) => file.startsWith('lib/')).map((file) => [file, reached(file)]));
  expect(from.size).toBeGreaterThan(900);
  const circles = [...from].map(([file, seen]) => [...seen].filter((other) => from.get(other)?.has(file)).sort());
  const long = [...new Set(circles.filter((circle) => circle.length > 3).map((circle) => circle.join(' ')))];
  expect(long).toEqual([]);
}, 120_000);

interface Text {
  readonly path: string;
  readonly text: string;
}

interface Line {
  readonly number: number;
  readonly words: string;
}

/** Lines with something to say: no comment, no import, nothing that only closes. */
function linesOf({ text }: Text): Line[] {
  const code = text.replaceAll(/\/\*.*?\*\/|^(?:import|export) [^;=(]*? from '[^']+';$/gms, (gone) =>
    gone.replaceAll(/[^\n]/g, ''),
  );
  return code
    .split('\n')
    .map((line, i) => ({ number: i + 1, words: line.replace(/^\s*\/\/.*/, '').trim() }))
    .filter(({ words }) => /[a-z]/i.test(words));
}

/** The same without their strings and numbers, and only those that do or declare something. */
function logicOf(file: Text): Line[] {
  return linesOf(file)
    .map(({ number, words }) => ({ number, words: words.replaceAll(/'[^']*'|`[^`]*`/g, "''").replaceAll(/\b\d[\d_.]*\b/g, '0') }))
    .filter(({ words }) => /[(=]|\breturn\b|\breadonly\b/.test(words));
}

/** Pairs of files in which a run of lines stands twice, with where it begins. */
function twice(files: readonly Text[], run: number, read: (file: Text) => readonly Line[]): Map<string, string> {
  const first = new Map<string, string>();
  const found = new Map<string, string>();
  for (const file of files) {
    const lines = read(file);
    for (let i = 0; i + run <= lines.length; i++) {
      const key = lines
        .slice(i, i + run)
        .map(({ words }) => words)
        .join('\n');
      const here = `${file.path}:${lines[i]!.number}`;
      const before = first.get(key);
      if (before === undefined) first.set(key, here);
      else if (!found.has(`${before.split(':')[0]} ${file.path}`))
        found.set(`${before.split(':')[0]} ${file.path}`, `${before} ${here}`);
    }
  }
  return found;
}

/** Pairs of files of which a run stands twice on purpose, and why. */
const TWICE: Readonly<Record<string, string>> = {
  'lib/host-programs/front-end/main.ts lib/host-programs/watch/main.ts':
    'the bytes of programs of hosts are in the digest of an archive: changed with the next one',
};

test('no logic stands twice: not twelve lines as they are, nor eight that only differ in their strings and numbers', () => {
  const files = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => ({ path: `lib/${path}`, text: readFileSync(join(ROOT, 'lib', path), 'utf8') }));
  const found = [...twice(files, 12, linesOf), ...twice(files, 8, logicOf)];
  expect(found.filter(([pair]) => TWICE[pair] === undefined).map(([, where]) => where)).toEqual([]);
  // It finds what it looks for: a function that is copied and given other strings.
  const copied = files.find(({ path }) => path === 'lib/estate/findings/nearest.ts')!;
  const other = { path: 'lib/copy.ts', text: `// A copy.\n${copied.text.replaceAll(/'[^']*'/g, "'other'")}` };
  expect([...twice([copied, other], 8, logicOf).keys()]).toEqual(['lib/estate/findings/nearest.ts lib/copy.ts']);
});

/** Files that may write to a stream of the process, and why. */
const WRITERS: Readonly<Record<string, string>> = {
  'lib/cli/words/output.ts': 'the door',
  'lib/host-programs/shared/log.ts': 'programs of hosts, whose talk journald reads; encoded there',
  'lib/embedded-cloud/cloud.ts': 'the embedded cloud without the command line; encoded there',
  'lib/aws/links/transit-attachment-source.ts': 'the text of a function that runs in the cloud',
};

test('nothing but the door writes to the terminal', () => {
  const writes =
    /process\.std(?:out|err)\b|process\[|\bconsole\.\w+\(|\bstyleText\b|writeSync\(\s*[12]\b|stdio: *'inherit'|stdio: *\[[^\]]*(?:'inherit'|[12])/;
  const sources = ['lib', 'bin'].flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => `${room}/${path}`),
  );
  const code = (path: string): string => readFileSync(join(ROOT, path), 'utf8').replaceAll(/\/\*.*?\*\/|^\s*\/\/[^\n]*$/gms, '');
  expect(sources.filter((path) => writes.test(code(path))).sort()).toEqual(Object.keys(WRITERS).sort());
});

test('what writes files of data centres glues no text: values go through the template of their language', () => {
  for (const name of readdirSync(join(ROOT, 'lib/idc'))) {
    if (!/^(?:frr.*|daemons|sheet.*|swanctl|render|.*network.*)\.ts$/.test(name)) continue;
    const source = readFileSync(join(ROOT, 'lib/idc', name), 'utf8');
    expect({ name, casts: source.match(/\bas (?:FrrLine|FileText|FilePath|Markdown)\b/g) }).toEqual({ name, casts: null });
  }
});
