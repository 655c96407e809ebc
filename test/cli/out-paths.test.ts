/** `--out` and `--state` as a careless user gives them: whatever is not ours stays, byte by byte, `.git` and symlinks among it. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refusePlace } from '../../lib/cli/out-path';
import { treeOf } from '../disk/tree';
import { ROOT } from '../root';
import { meissa } from './run';

let base: string;
let root: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'paths-'));
  // Deep: where the rule were broken, `../..` would be gone, and must be this test's own.
  root = join(base, 'deep/estate');
  cpSync(join(ROOT, 'test/estates/hybrid/regions'), join(root, 'regions'), { recursive: true });
  writeFileSync(join(root, 'notes.txt'), 'not committed');
  execFileSync('git', ['init', '-q', root]);
  mkdirSync(join(root, 'mine/sub'), { recursive: true });
  writeFileSync(join(root, 'mine/sub/file'), 'mine');
  symlinkSync('mine', join(root, 'to-mine'));
  symlinkSync('nowhere', join(root, 'to-nowhere'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

async function refused(code: RegExp, ...args: string[]): Promise<string> {
  const before = treeOf(base);
  const said = await meissa(...args, '--root', root);
  expect({ args, ...said }).toMatchObject({ args, code: 1 });
  expect(said.stderr).toMatch(code);
  expect(treeOf(base)).toEqual(before);
  return said.stderr;
}

test.each([
  ['.', /x OUT_PATH/],
  ['..', /x OUT_PATH/],
  ['../..', /x OUT_PATH/],
  ['regions', /x OUT_PATH/],
  ['regions/new', /x OUT_PATH/],
  ['regions/estate.yaml', /x OUT_PATH/],
  ['cloud-config', /x OUT_PATH/],
  ['.git', /x OUT_PATH/],
  ['.git/hooks/out', /x OUT_PATH/],
  ['to-mine/../regions/x', /x OUT_PATH/],
  ['idc.out', /x OUT_PATH/],
  ['mine', /x FOLDER_NOT_OURS/],
  ['mine/sub', /x FOLDER_NOT_OURS/],
  ['to-mine', /x FOLDER_NOT_OURS/],
  ['to-nowhere', /x FOLDER_LINK_DANGLING/],
  ['notes.txt', /x FOLDER_IS_A_FILE/],
])(
  'synth --out %s is refused, nothing is touched, and what is written instead works',
  async (out, code) => {
    const said = await refused(code, 'synth', 'us-east-1', '--out', join(root, out));
    const advice = /write: .*--out ([^\s;]+)/.exec(said)?.[1];
    expect((await meissa('synth', 'us-east-1', '--root', root, '--out', advice!)).code).toBe(0);
  },
  30_000,
);

test('synth --out below a file is refused, and nothing is touched', async () => {
  await refused(/x NO_FOLDER/, 'synth', 'us-east-1', '--out', join(root, 'notes.txt/out'));
}, 30_000);

test("the root of the file system is nobody's to write", () => {
  expect(() => refusePlace('/', root, 'elsewhere')).toThrow(/holds the estate itself/);
});

test.each(['aliyun.out', 'idc.out'])(
  'a %s of the user beside the folder is refused, before anything is written',
  async (name) => {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'mine'), 'mine');
    await refused(/x FOLDER_NOT_OURS/, 'synth');
  },
  30_000,
);

test('a file that a user put into what synth wrote is neither deleted nor passed over; without it synth goes on', async () => {
  expect((await meissa('synth', '--root', root)).code).toBe(0);
  for (const path of ['cdk.out/notes.txt', 'idc.out/notes.txt', 'idc.out/beijing/routers/r1/notes']) {
    writeFileSync(join(root, path), 'mine');
    await refused(/x FOLDER_HOLDS_OTHERS/, 'synth');
    rmSync(join(root, path));
  }
  expect((await meissa('synth', '--root', root)).code).toBe(0);
}, 60_000);

test('what was written, copied over a repository, does not make the repository ours', async () => {
  const out = join(root, 'out/cdk.out');
  expect((await meissa('synth', 'us-east-1', '--root', root, '--out', out)).code).toBe(0);
  cpSync(out, join(root, 'mine'), { recursive: true });
  await refused(/x FOLDER_HOLDS_OTHERS/, 'synth', 'us-east-1', '--out', join(root, 'mine'));
  cpSync(out, root, { recursive: true });
  await refused(/x OUT_PATH/, 'synth', 'us-east-1', '--out', root);
}, 60_000);

test('a marked folder of another kind is refused', async () => {
  expect((await meissa('synth', '--root', root)).code).toBe(0);
  const copy = join(root, 'copy');
  cpSync(join(root, 'idc.out'), copy, { recursive: true });
  await refused(/x FOLDER_OTHER_KIND/, 'synth', 'us-east-1', '--out', copy);
  await refused(/x FOLDER_OTHER_KIND/, 'rehearse', 'us-east-1', '--fresh', '--state', copy);
  await refused(/x FOLDER_OTHER_KIND/, 'rehearse', 'us-east-1', '--fresh', '--state', join(root, 'cdk.out'));
}, 60_000);

test('an empty folder behind a symlink is filled, and the symlink stays', async () => {
  mkdirSync(join(base, 'elsewhere'));
  symlinkSync('../../elsewhere', join(root, 'cdk.out'));
  expect((await meissa('synth', 'us-east-1', '--root', root)).code).toBe(0);
  expect(readlinkSync(join(root, 'cdk.out'))).toBe('../../elsewhere');
  expect(existsSync(join(base, 'elsewhere/manifest.json'))).toBe(true);
  expect((await meissa('synth', 'us-east-1', '--root', root)).code).toBe(0);
}, 30_000);

test.each([
  ['.', /x OUT_PATH/],
  ['..', /x OUT_PATH/],
  ['regions/state', /x OUT_PATH/],
  ['mine', /x FOLDER_NOT_OURS/],
  ['to-mine', /x FOLDER_NOT_OURS/],
  ['to-nowhere', /x FOLDER_LINK_DANGLING/],
  ['notes.txt', /x FOLDER_IS_A_FILE/],
])('rehearse --fresh --state %s is refused, and nothing is touched; without --fresh too', async (state, code) => {
  await refused(code, 'rehearse', 'us-east-1', '--fresh', '--state', join(root, state));
  await refused(code, 'rehearse', 'us-east-1', '--state', join(root, state));
});

test('a lock that is a symlink, or a folder, is not written over', async () => {
  const lock = join(root, 'regions/artifacts.lock.yaml');
  const kept = join(base, 'kept.yaml');
  if (existsSync(lock)) cpSync(lock, kept);
  else writeFileSync(kept, 'artifacts: []\n');
  rmSync(lock, { force: true });
  symlinkSync(kept, lock);
  writeFileSync(join(root, 'file'), 'bytes');
  // Which of the two says no, who reads or who writes, is not this test's.
  await refused(/^x |^\d+ errors?/m, 'artifacts', 'add', 'x', '1.0.0', 'file');
}, 30_000);
