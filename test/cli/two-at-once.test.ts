/** Two verbs at once, as two people or two jobs of CI would: both get what they wanted, or one is told who holds the lock. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Ran, ROOT, run } from '../child/run';
import { exampleCopy, removeCopies } from './run';

const MEISSA = join(ROOT, 'dist/bin/meissa.js');
let root: string;

beforeEach(() => {
  root = exampleCopy();
  writeFileSync(join(root, 'file.tar.gz'), 'bytes');
});
afterEach(removeCopies);

const meissa = (...args: string[]): Promise<Ran> => run(process.execPath, [MEISSA, ...args, '--root', root]);
const artifacts = (): { name: string }[] => parse(readFileSync(join(root, 'regions/artifacts.lock.yaml'), 'utf8')).artifacts;

test('of twenty pairs of `artifacts add` none loses an entry', async () => {
  const before = artifacts().map(({ name }) => name);
  const added: string[] = [];
  for (let pair = 0; pair < 20; pair++) {
    const names = ['a', 'b'].map((each) => `${each}-${pair}`);
    const both = await Promise.all(names.map((name) => meissa('artifacts', 'add', name, '1.0.0', 'file.tar.gz')));
    for (const { code, stderr } of both) expect({ code, stderr }).toMatchObject({ code: 0 });
    added.push(...names);
  }
  expect(
    artifacts()
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...before, ...added].sort());
  expect(readdirSync(root).sort()).toEqual(['file.tar.gz', 'regions']);
}, 300_000);

test('of several `region add` each takes a block of its own', async () => {
  const names = ['eu-central-1', 'eu-north-1', 'ca-central-1', 'eu-west-3'].filter(
    (name) => !readdirSync(join(root, 'regions')).includes(`${name}.yaml`),
  );
  const all = await Promise.all(names.map((name) => meissa('region', 'add', name)));
  for (const { code, stderr } of all) expect({ code, stderr }).toMatchObject({ code: 0 });
  const blocks = names.map((name) => parse(readFileSync(join(root, `regions/${name}.yaml`), 'utf8')).block as string);
  expect(new Set(blocks).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(2);
}, 60_000);

test('verbs that write are refused while another machine holds the lock, and those that read are not', async () => {
  const holder = {
    meissa: 'lock',
    pid: 7,
    host: `not-${hostname().replace(/[^\w.-]/g, '_')}`,
    space: '',
    start: '',
    verb: 'region add',
    since: '2026-01-02T03:04:05.678Z',
    nonce: '0123456789abcdef',
  };
  const lock = join(root, '.meissa.lock');
  writeFileSync(lock, JSON.stringify(holder));
  writeFileSync(join(root, 'feed.json'), '{}');
  const before = readdirSync(join(root, 'regions')).map((name) => readFileSync(join(root, 'regions', name), 'utf8'));
  const writing = [
    ['artifacts', 'add', 'x', '1.0.0', 'file.tar.gz'],
    ['region', 'add', 'eu-central-1'],
    ['pin'],
    ['pin', '--forget', 'sa-east-1/core/storage'],
    ['images', 'update', '--feed', 'feed.json', '--release', '1.2.3', '--published', '2026-01-01'],
    ['images', 'copy', 'sa-east-1'],
    ['token', 'sa-east-1/core', '--formed'],
    ['replace', 'sa-east-1-core-voters-2'],
    ['synth', 'sa-east-1'],
  ];
  for (const verb of writing) {
    const { code, stderr } = await meissa(...verb);
    expect({ verb, code, stderr }).toEqual({
      verb,
      code: 1,
      stderr: expect.stringContaining('x LOCKED: meissa region add, pid 7 on host'),
    });
    expect(stderr).toContain('since 2026-01-02T03:04:05.678Z');
    expect(stderr).toContain(`rm '${lock}'`);
  }
  expect(readdirSync(join(root, 'regions')).map((name) => readFileSync(join(root, 'regions', name), 'utf8'))).toEqual(before);
  for (const verb of [['validate'], ['plan'], ['artifacts', 'list'], ['pin', '--dry-run'], ['diff', '--base', 'HEAD']]) {
    const { stderr } = await meissa(...verb);
    expect({ verb, stderr }).not.toEqual({ verb, stderr: expect.stringContaining('LOCKED') });
  }
}, 300_000);

test('where nothing can be written, verbs that write say so, and those that read work', async () => {
  // Root may write anywhere: what it can't is where a file stands in the folder's place.
  if (process.getuid?.() === 0) mkdirSync(join(root, '.meissa.lock'));
  else chmodSync(root, 0o555);
  const { code, stderr } = await meissa('pin');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^x (NOT_WRITABLE|LOCK_FOREIGN): /m);
  expect((await meissa('plan')).code).toBe(0);
  chmodSync(root, 0o755);
}, 30_000);
