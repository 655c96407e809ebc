/** What a CDK user expects of this repository: list, synth, selection. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { synthEstate } from '../../lib/cli/estate-app';
import { ROOT, run } from '../child/run';
import { cdk } from './cdk-cli';
import { exampleEstate, removeTemporaryFolders, templatesIn, temporaryFolder } from './example';

describe('the CDK CLI', () => {
  beforeAll(async () => {
    expect(await run(process.execPath, [join(ROOT, 'scripts/build.mjs')], { timeout: 110 })).toMatchObject({ code: 0 });
  }, 120_000);

  afterAll(removeTemporaryFolders);

  test('cdk list names every stack of every region and link, by path', async () => {
    const stacks = synthEstate(exampleEstate(), { outdir: temporaryFolder() });
    const { code, stdout } = await cdk(['list']);
    expect(lines(stdout).map((line) => line.split(' ')[0])).toEqual(expect.arrayContaining(stacks));
    expect(lines(stdout)).toHaveLength(stacks.length);
    expect(new Set(stacks.map((stack) => stack.split('/')[0])).size).toBe(9 + 1);
    expect(new Set(stacks.filter((stack) => stack.startsWith('links/')).map((stack) => stack.split('/')[1])).size).toBe(8);
    expect(code).toBe(0);
  }, 90_000);

  test('a pattern selects a region', async () => {
    const { code, stdout } = await cdk(['ls', 'sa-east-1/*']);
    const stacks = lines(stdout).map((line) => line.split(' ')[0]);
    const ids = ['base', 'core-adserver', 'core-storage-1', 'core-voters', 'network'];
    expect(stacks.sort()).toEqual(ids.map((id) => `sa-east-1/${id}`));
    expect(code).toBe(0);
  }, 90_000);

  test('-c region=us-east-1 synthesizes that region only, to the same bytes as with all of them, by cdk and by meissa', async () => {
    const [all, one, own] = [temporaryFolder(), temporaryFolder(), join(temporaryFolder(), 'cdk.out')];
    expect(await cdk(['synth', '-q'], all)).toMatchObject({ code: 0, stdout: '' });
    expect(await cdk(['synth', '-q', '-c', 'region=us-east-1'], one)).toMatchObject({ code: 0, stdout: '' });
    const meissa = await run(process.execPath, [join(ROOT, 'dist/bin/meissa.js'), 'synth', 'us-east-1', '--out', own]);
    expect(meissa).toMatchObject({ code: 0, stdout: '' });

    const selected = templatesIn(one).map((file) => basename(file));
    expect(selected).toHaveLength(10);
    expect(selected.every((name) => name.startsWith('useast1'))).toBe(true);
    expect(templatesIn(all)).toHaveLength(9 * 5 + 8 * 3);
    expect(templatesIn(own).map((file) => basename(file))).toEqual(selected);
    for (const name of selected) {
      const bytes = readFileSync(join(one, name));
      expect(readFileSync(join(all, name)).equals(bytes)).toBe(true);
      expect(readFileSync(join(own, name)).equals(bytes)).toBe(true);
    }
  }, 120_000);

  test('-c link= synthesizes that link only, and an unknown one fails with the nearest', async () => {
    const one = temporaryFolder();
    expect(await cdk(['synth', '-q', '-c', 'link=sa-east-1--us-east-1'], one)).toMatchObject({ code: 0, stdout: '' });
    const names = templatesIn(one).map((file) => basename(file).replace(/[0-9A-F]{8}\.template\.json$/, ''));
    expect(names.sort()).toEqual(['request', 'routesa', 'routesb'].map((id) => `linkssaeast1useast1${id}`));
    const { code, stderr } = await cdk(['synth', '-q', '-c', 'link=sa-east-1--us-esat-1']);
    expect(code).toBe(1);
    expect(stderr).toContain('there is no link "sa-east-1--us-esat-1"');
    expect(stderr).toContain('write: sa-east-1--us-east-1');
    expect(stderr).not.toMatch(/^\s+at /m);
  }, 120_000);

  test('an unknown region fails with the nearest name and no stack trace', async () => {
    const { code, stdout, stderr } = await cdk(['synth', '-q', '-c', 'region=us-esat-1']);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('there is no region "us-esat-1"');
    expect(stderr).toContain('write: us-east-1');
    expect(stderr).not.toMatch(/^\s+at /m);
  }, 90_000);
});

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
