/** Kill -9 between any two steps: the next run finds whole files and folders, and leaves nothing of the dead one. */
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type Ran, run, TYPESCRIPT } from '../child/run';

const WRITER = join(__dirname, '../child/disk-writer.ts');
const KILL = ['--require', join(__dirname, '../child/kill-at.cjs')];
let folder: string;
let root: string;
let temporary: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'killed-'));
  root = join(folder, 'root');
  temporary = join(folder, 'tmp');
  for (const each of [root, temporary, join(root, 'regions')]) mkdirSync(each);
  writeFileSync(join(root, '.meissa-out-1-abcdef'), 'of the user');
  mkdirSync(join(root, '.meissa-mine-1-abcdef'));
  writeFileSync(join(root, '.meissa-mine-1-abcdef/notes'), 'of the user');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function writer(text: string, at?: number): Promise<Ran> {
  const kill = at === undefined ? [] : KILL;
  const env = { TMPDIR: temporary, ...(at === undefined ? {} : { KILL_AT: String(at) }) };
  return run(process.execPath, [...TYPESCRIPT, ...kill, WRITER, root, text], { env });
}

const OF_THE_USER = ['.meissa-mine-1-abcdef', '.meissa-out-1-abcdef'];
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('whichever step it dies before', async () => {
  let deaths = 0;
  let aside = 0;
  for (let at = 1; ; at++) {
    // What the last one left is taken away, and everything is as it was.
    const after = await writer('old');
    expect({ at, ...after }).toEqual({ at, code: 0, stdout: '', stderr: '' });
    expect({ at, left: left(root) }).toEqual({ at, left: [...OF_THE_USER, 'aliyun.out', 'idc.out', 'regions'] });
    expect({ at, left: left(join(root, 'regions')) }).toEqual({ at, left: ['a.yaml', 'b.yaml'] });
    expect({ at, left: left(temporary) }).toEqual({ at, left: [] });
    expect(['regions/a.yaml', 'regions/b.yaml', 'aliyun.out/one/two', 'idc.out/one/two'].map(read)).toEqual(Array(4).fill('old'));
    // Or it would go when it is a minute old, in a run of its own number of steps: on a slow machine a step was never died before.
    for (const where of [root, join(root, 'regions'), temporary])
      for (const name of readdirSync(where).filter((each) => isSpeechless(join(where, each))))
        rmSync(join(where, name), { recursive: true });

    const { code } = await writer('new', at);
    // Files are whole, the old or the new one.
    for (const path of ['regions/a.yaml', 'regions/b.yaml']) expect(['old', 'new']).toContain(read(path));
    if (!readdirSync(root).includes('aliyun.out')) {
      // A folder that was set aside just then comes back, whatever the next run is for.
      aside++;
      await run(process.execPath, [...TYPESCRIPT, '-e', SWEEP, root]);
    }
    expect(['old', 'new']).toContain(read('aliyun.out/one/two'));
    if (code === 0) break;
    deaths++;
  }
  expect(deaths).toBeGreaterThan(20);
  expect(aside).toBeGreaterThan(0);
}, 480_000);

/** What is there, but for what a process made and died before it said whose it is: that goes when it is a minute old. */
function left(of: string): string[] {
  return readdirSync(of)
    .filter((name) => !isSpeechless(join(of, name)))
    .sort();
}

function isSpeechless(path: string): boolean {
  if (!/meissa[.-](?!mine)/.test(basename(path))) return false;
  const status = statSync(path);
  return status.isDirectory() ? readdirSync(path).every((name) => statSync(join(path, name)).size === 0) : status.size === 0;
}

const SWEEP = `require(${JSON.stringify(join(__dirname, '../../lib/disk/folder-lock.ts'))}).withFolderLock(process.argv[1], { verb: 'test' }, () => {})`;

test('what a process made and died before it said whose it is goes when it is a minute old', async () => {
  await writer('old');
  const empty = [
    join(root, `.meissa.lock.99999999-${'a'.repeat(16)}.tmp`),
    join(root, '.meissa-out-99999999-zzzzzz'),
    join(temporary, 'meissa-x-99999999-zzzzzz'),
  ];
  writeFileSync(empty[0]!, '');
  for (const path of empty.slice(1)) mkdirSync(path);
  writeFileSync(join(empty[1]!, '.meissa-folder'), '');
  await writer('old');
  expect(empty.map((path) => existsSync(path))).toEqual([true, true, true]);
  const before = Date.now() / 1000 - 120;
  for (const path of empty) utimesSync(path, before, before);
  await writer('old');
  expect(empty.map((path) => existsSync(path))).toEqual([false, false, false]);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s takes the temporary folder away at once; that of a run that lives is left',
  async (signal) => {
    const env = { ...process.env, TMPDIR: temporary };
    const child = spawn(process.execPath, [...TYPESCRIPT, WRITER, root, 'new', 'wait'], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const [name] = readdirSync(temporary);
    expect(name).toMatch(/^meissa-writer-\d+-\w{6}$/);
    await writer('new');
    expect(readdirSync(temporary)).toEqual([name]);
    child.kill(signal);
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(readdirSync(temporary)).toEqual([]);
  },
);
