/** The direction of imports is held by the linter; this holds the linter to it. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT, run } from './child/run';

const ROOMS = readdirSync(join(ROOT, 'lib'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meissa-lint-'));
  for (const file of ['biome.json', 'biome.layers.json']) cpSync(join(ROOT, file), join(folder, file));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function refused(path: string, from: string): Promise<boolean> {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), `import * as other from '${from}';\n\nexport const taken = other;\n`);
  const { stdout, stderr } = await run(process.execPath, [join(ROOT, 'node_modules/@biomejs/biome/bin/biome'), 'lint', path], {
    cwd: folder,
  });
  rmSync(join(folder, path));
  return `${stdout}${stderr}`.includes('noRestrictedImports');
}

test.each([
  ['lib/estate/x.ts', '../plan/plan'],
  ['lib/estate/rules/x.ts', '../../plan/plan'],
  ['lib/plan/x.ts', '../host-config/user-data'],
  ['lib/host-config/x.ts', '../aws/app'],
  ['lib/aws/x.ts', '../cli/output'],
  ['lib/aws/x.ts', '../embedded-cloud'],
  ['lib/embedded-cloud/x.ts', '../estate/load'],
  ['lib/deploy/x.ts', '../cli/output'],
  ['lib/plan/x.ts', 'aws-cdk-lib'],
  ['lib/host-config/x.ts', '@aws-sdk/client-s3'],
  ['lib/estate/x.ts', 'node:fs'],
  ['lib/discovery/x.ts', 'node:https'],
  ['lib/host-programs/front-end/x.ts', '../../estate/model'],
  ['lib/encode/x.ts', '../estate/model'],
  ['lib/encode/x.ts', 'node:fs'],
  ['lib/disk/x.ts', '../encode/terminal'],
])('%s may not import %s', async (path, from) => {
  expect(await refused(path, from)).toBe(true);
});

test.each([
  ['lib/plan/x.ts', '../estate/model'],
  ['lib/aws/x.ts', 'aws-cdk-lib/core'],
  ['lib/estate/files/x.ts', 'node:fs'],
  ['lib/disk/x.ts', 'node:fs'],
  ['lib/plan/x.ts', '../encode/shell'],
  ['lib/cli/x.ts', '../aws/app'],
  ['lib/host-programs/front-end/x.ts', '../shared/metrics'],
])('%s may import %s', async (path, from) => {
  expect(await refused(path, from)).toBe(false);
});

test('every room has its rule', () => {
  const { overrides } = JSON.parse(readFileSync(join(ROOT, 'biome.layers.json'), 'utf8')) as {
    overrides: { includes: string[] }[];
  };
  const ruled = overrides.flatMap((o) => o.includes);
  expect(ROOMS.filter((room) => !ruled.includes(`lib/${room}/**`))).toEqual([]);
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
