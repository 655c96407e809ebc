/** The folder into which `cdk` bids its app write: the app claims it before CDK writes over anything. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimForCdk, takeable } from '../../lib/disk/owned-folder';
import { type Ran, ROOT, run } from '../child/run';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'for-cdk-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const out = (): string => join(root, 'cdk.out');
const fill = (...names: string[]): void => {
  mkdirSync(out());
  for (const name of names) writeFileSync(join(out(), name), '{}');
};

test.each([
  ['an empty one', []],
  ['one that the CDK CLI has locked', ['synth.lock']],
  [
    'an assembly that an earlier version left',
    ['cdk.out', 'manifest.json', 'a.template.json', `asset.${'0'.repeat(64)}.json`, 'synth.lock'],
  ],
])('%s is marked, so that meissa synth may replace it', (_what, names) => {
  fill(...names);
  claimForCdk(out(), 'elsewhere');
  expect(takeable({ path: out(), kind: 'cdk.out' }, 'elsewhere')).toBe(out());
});

test.each([
  ['files of the user', ['manifest.json']],
  ['an assembly and a file of the user', ['cdk.out', 'manifest.json', 'notes.txt']],
  ['a marker that says nothing', ['cdk.out', '.meissa-folder']],
])('%s are refused', (_what, names) => {
  fill(...names);
  expect(() => claimForCdk(out(), 'elsewhere')).toThrow(/holds/);
  expect(readdirSync(out()).sort()).toEqual([...names].sort());
});

test('behind a symlink the folder itself is marked', () => {
  mkdirSync(join(root, 'real'));
  symlinkSync('real', out());
  claimForCdk(out(), 'elsewhere');
  expect(readdirSync(join(root, 'real'))).toEqual(['.meissa-folder']);
});

test('the app writes nothing into a folder that is not its own, and what it wrote is replaced by meissa synth and written again', async () => {
  cpSync(join(ROOT, 'test/estates/collection/regions'), join(root, 'regions'), { recursive: true });
  writeFileSync(join(root, 'manifest.json'), 'mine');
  const app = (outdir: string): Promise<Ran> =>
    run(process.execPath, [join(ROOT, 'dist/bin/app.js')], {
      cwd: root,
      env: { CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: '{"region":"us-east-1"}' },
    });
  const synth = (): Promise<Ran> =>
    run(process.execPath, [join(ROOT, 'dist/bin/meissa.js'), 'synth', 'us-east-1', '--root', root]);
  const { code, stderr } = await app(root);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('x FOLDER_NOT_OURS') });
  expect(readdirSync(root).sort()).toEqual(['manifest.json', 'regions']);
  for (const each of [() => app(out()), synth, () => app(out()), synth]) expect(await each()).toMatchObject({ code: 0 });
}, 60_000);
