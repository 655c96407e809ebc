/** The verbs that people run all day start fast: they never load what only emits or calls a cloud. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
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

  // Newer Nodes keep compiled code themselves.
  const testOfNode20 = 'enableCompileCache' in Module ? test.skip : test;

  testOfNode20('it starts with the code that V8 compiled at the build', async () => {
    const script = `console.log(require('./dist/lib/cli/compiled.js').compiledProgram('${join(ROOT, 'dist/bin/program.js')}').script.cachedDataRejected)`;
    expect(await run(process.execPath, ['-e', script])).toMatchObject({ code: 0, stdout: 'false\n' });
  });

  testOfNode20('kept code is of the very file: another one of the same length runs as it is written', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'program.js');
    const keep = `const { compiledProgram, keptMark, keptPath } = require('./dist/lib/cli/compiled.js');
      const { script, run } = compiledProgram('${file}');
      run();
      require('node:fs').writeFileSync(keptPath('${file}'), Buffer.concat([keptMark('${file}'), script.createCachedData()]));
      console.log(script.cachedDataRejected);`;
    writeFileSync(file, 'console.log("one")');
    expect(await run(process.execPath, ['-e', keep])).toMatchObject({ code: 0, stdout: 'one\nundefined\n' });
    expect(await run(process.execPath, ['-e', keep])).toMatchObject({ code: 0, stdout: 'one\nfalse\n' });
    writeFileSync(file, 'console.log("two")');
    expect(await run(process.execPath, ['-e', keep])).toMatchObject({ code: 0, stdout: 'two\nundefined\n' });
    writeFileSync(join(folder, 'program.compiled'), 'of nobody');
    expect(await run(process.execPath, ['-e', keep])).toMatchObject({ code: 0, stdout: 'two\nundefined\n' });
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
