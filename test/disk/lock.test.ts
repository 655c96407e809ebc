import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskRefusal } from '../../lib/disk/disk-refusal';
import { type LockHolder, takeLock, withLock } from '../../lib/disk/lock';
import { run, TYPESCRIPT } from '../child/run';

const HOLDER = join(__dirname, '../child/lock-holder.ts');
let folder: string;
let path: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  path = join(folder, '.meissa.lock');
  file = join(folder, 'lines');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function child(...args: string[]): ReturnType<typeof run> {
  return run(process.execPath, [...TYPESCRIPT, HOLDER, path, file, ...args]);
}

/** A process that holds the lock until it is killed. */
async function holding(): Promise<ChildProcess> {
  const started = spawn(process.execPath, [...TYPESCRIPT, HOLDER, path, file, '1', 'hold'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => started.stdout!.once('data', resolve));
  return started;
}

async function killed(): Promise<LockHolder> {
  const holder = await holding();
  const ended = new Promise((resolve) => holder.once('close', resolve));
  holder.kill('SIGKILL');
  await ended;
  return JSON.parse(readFileSync(path, 'utf8')) as LockHolder;
}

async function refusal(wait = 0): Promise<DiskRefusal> {
  const error = await takeLock(path, { verb: 'pin', wait }).then(
    (lock) => {
      lock.release();
      return undefined;
    },
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(DiskRefusal);
  return error as DiskRefusal;
}

test('of several that add a line each at once, none loses one', async () => {
  const rounds = 25;
  const all = await Promise.all([1, 2, 3, 4].map(() => child(String(rounds))));
  for (const { code, stderr } of all) expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(4 * rounds);
  expect(readdirSync(folder)).toEqual(['lines']);
});

test('who comes second hears who holds it: pid, host, verb and time', async () => {
  const holder = await holding();
  const said: string[] = [];
  await expect(takeLock(path, { verb: 'pin', wait: 100, say: (words) => said.push(words) })).rejects.toThrow(
    new RegExp(`^meissa lock holder, pid ${holder.pid} on host \\S+, since \\d{4}-\\d\\d-\\d\\dT.*, holds ${path}$`),
  );
  expect(said).toEqual([expect.stringMatching(new RegExp(`^waiting for meissa lock holder, pid ${holder.pid} on host `))]);
  holder.kill('SIGTERM');
  await new Promise((resolve) => holder.once('close', resolve));
  // Ended by SIGTERM: it took its lock away itself.
  expect(readdirSync(folder)).toEqual([]);
});

test('what a killed holder left is taken over, by one of several', async () => {
  await killed();
  const all = await Promise.all([1, 2, 3, 4].map(() => child('1')));
  expect(all.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(4);
  expect(readdirSync(folder)).toEqual(['lines']);
});

test('a guard that a killed process left stops nobody, and goes', async () => {
  const gone = await killed();
  writeFileSync(`${path}.${gone.nonce}.guard`, JSON.stringify({ ...gone, nonce: '0123456789abcdef' }));
  await withLock(path, { verb: 'pin', wait: 0 }, () => undefined);
  expect(readdirSync(folder)).toEqual([]);
});

test('a pid that was given again is not the holder', async () => {
  const gone = await killed();
  writeFileSync(path, JSON.stringify({ ...gone, pid: process.pid }));
  if (process.platform === 'linux') await withLock(path, { verb: 'pin', wait: 0 }, () => undefined);
  else expect((await refusal()).code).toBe('LOCKED');
});

test('a machine that was booted since holds nothing', async () => {
  const gone = await killed();
  writeFileSync(path, JSON.stringify({ ...gone, pid: process.pid, start: 'another-boot/1' }));
  await withLock(path, { verb: 'pin', wait: 0 }, () => undefined);
});

test.each([{ host: 'elsewhere' }, { space: 'another/pid:[1]' }])(
  'a lock of another machine or container (%j) is never taken over; how to remove it is said',
  async (other) => {
    const gone = await killed();
    writeFileSync(path, JSON.stringify({ ...gone, ...other }));
    const { code, fix } = await refusal(60_000);
    expect(code).toBe('LOCKED');
    expect(fix).toContain(`rm '${path}'`);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject(other);
  },
);

const ODD: readonly [string, () => void][] = [
  ['a file of the user', () => writeFileSync(path, 'mine')],
  ['an empty file', () => writeFileSync(path, '')],
  ['null', () => writeFileSync(path, 'null')],
  ['a folder', () => mkdirSync(path)],
  ['a symlink', () => symlinkSync('/etc/hostname', path)],
  ['a dangling symlink', () => symlinkSync('nowhere', path)],
  ['words that would move the terminal', () => writeFileSync(path, '{"meissa":"lock","pid":1,"host":"\\u001b[2K"}')],
];
test.each(ODD)('%s in its place is refused and left', async (_what, make) => {
  make();
  expect((await refusal()).code).toBe('LOCK_FOREIGN');
  expect(readdirSync(folder)).toEqual(['.meissa.lock']);
});

test('a lock that somebody removed by hand is missed before anything is written', async () => {
  const lock = await takeLock(path, { verb: 'pin' });
  lock.check();
  rmSync(path);
  expect(lock.check).toThrow(expect.objectContaining({ code: 'LOCK_LOST' }));
  lock.release();
});

test('without a folder it is refused in words', async () => {
  path = join(folder, 'none', '.meissa.lock');
  expect((await refusal()).code).toBe('NO_FOLDER');
});
