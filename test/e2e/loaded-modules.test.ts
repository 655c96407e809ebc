/** The verbs that people run all day start fast: they never load what only emits or calls a cloud. */
import { existsSync, readFileSync } from 'node:fs';
import Module from 'node:module';
import { join } from 'node:path';
import { ROOT, run } from '../child/run';
import { removeTemporaryFolders, temporaryFolder } from './example';

const HEAVY = /node_modules\/(aws-cdk-lib|constructs|@aws-cdk|@aws-sdk|@smithy|@alicloud)\//;

describe('modules that the compiled command line loads', () => {
  beforeAll(async () => {
    expect(await run(process.execPath, [join(ROOT, 'scripts/build.mjs')], { timeout: 110 })).toMatchObject({ code: 0 });
  }, 120_000);

  afterAll(removeTemporaryFolders);

  test.each([['validate'], ['plan'], ['user-data', 'sa-east-1/core/voters'], ['--help']])(
    'meissa %s loads neither CDK nor an SDK of a cloud',
    async (...args) => {
      const loaded = await modules(args);
      expect(loaded.filter((module) => HEAVY.test(module))).toEqual([]);
    },
    60_000,
  );

  test('none of them is hidden in the bundle', () => {
    const { sources } = JSON.parse(readFileSync(join(ROOT, 'dist/bin/program.js.map'), 'utf8')) as { sources: string[] };
    expect(sources.some((source) => source.endsWith('lib/cli/program.ts'))).toBe(true);
    expect(sources.filter((source) => HEAVY.test(source))).toEqual([]);
  });

  test('it would have been seen: meissa synth loads CDK', async () => {
    const loaded = await modules(['synth', 'sa-east-1', '--out', join(temporaryFolder(), 'cdk.out')]);
    expect(loaded.some((module) => HEAVY.test(module))).toBe(true);
  }, 60_000);

  test('it starts with the code that V8 compiled at the build; newer Nodes keep such code themselves', async () => {
    const script = `const { compiledProgram } = require('./dist/lib/cli/compiled.js');
      console.log(compiledProgram('${join(ROOT, 'dist/bin/program.js')}')?.script.cachedDataRejected);`;
    const kept = 'enableCompileCache' in Module ? 'undefined\n' : 'false\n';
    expect(await run(process.execPath, ['-e', script])).toMatchObject({ code: 0, stdout: kept });
  });

  async function modules(args: readonly string[]): Promise<string[]> {
    const file = join(temporaryFolder(), 'modules');
    const hook = ['--require', join(ROOT, 'test/child/record-modules.cjs')];
    const ran = await run(process.execPath, [...hook, join(ROOT, 'dist/bin/meissa.js'), ...args], {
      env: { RECORD_MODULES: file },
    });
    expect(ran).toMatchObject({ code: 0 });
    expect(existsSync(file)).toBe(true);
    const loaded = readFileSync(file, 'utf8').split('\n');
    expect(loaded).toContain(join(ROOT, 'dist/bin/meissa.js'));
    return loaded;
  }
});
