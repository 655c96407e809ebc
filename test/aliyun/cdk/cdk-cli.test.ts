/** The unmodified CDK CLI over the example's Aliyun regions. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { templateFindings } from '../../../lib/aws/template-check';
import { ROOT, run } from '../../child/run';
import { cdk } from '../../e2e/cdk-cli';
import { removeTemporaryFolders, templatesIn, temporaryFolder } from '../../e2e/example';

const HOME = ['-c', 'aliyun=us-east-1'];

describe('the CDK CLI', () => {
  beforeAll(async () => {
    expect(await run(process.execPath, [join(ROOT, 'scripts/build.mjs')], { timeout: 110 })).toMatchObject({ code: 0 });
  }, 120_000);

  afterAll(removeTemporaryFolders);

  test('-c aliyun= adds the stacks of Aliyun, and changes no template of AWS', async () => {
    const [without, whole] = [temporaryFolder(), temporaryFolder()];
    expect(await cdk(['synth', '-q'], without)).toMatchObject({ code: 0 });
    expect(await cdk(['synth', '-q', ...HOME], whole)).toMatchObject({ code: 0 });
    const own = templatesIn(without);
    expect(own.length).toBeGreaterThan(50);
    for (const file of own)
      expect([basename(file), readFileSync(join(whole, basename(file))).equals(readFileSync(file))]).toEqual([
        basename(file),
        true,
      ]);
    expect(readdirSync(without).filter((name) => name.endsWith('.ros'))).toEqual([]);
    expect(templatesIn(whole).length).toBeGreaterThan(own.length + 8);
  }, 120_000);

  test('a region is listed by the paths of its stacks, behind its engine', async () => {
    const { code, stdout } = await cdk(['ls', 'cn-beijing/*', ...HOME, '-c', 'region=cn-beijing']);
    const paths = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0]);
    expect(paths[0]).toBe('cn-beijing/engine');
    expect(paths).toEqual(expect.arrayContaining(['cn-beijing/base', 'cn-beijing/network', 'cn-beijing/core-voters']));
    expect(code).toBe(0);
  }, 90_000);

  test('cdk diff names the property of the resource that changes in ROS', async () => {
    const [folder, standing] = [temporaryFolder(), join(temporaryFolder(), 'standing.json')];
    const chosen = [...HOME, '-c', 'region=cn-beijing'];
    await cdk(['synth', '-q', ...chosen], folder);
    const voters = templatesIn(folder).find((file) => basename(file).startsWith('cnbeijingcorevoters'))!;
    const text = readFileSync(voters, 'utf8');
    const template = JSON.parse(text);
    const [resource] = Object.values(template.Resources) as { Properties: { Contents: Contents } }[];
    resource!.Properties.Contents.Resources.M1InstanceG1!.InstanceType = 'ecs.g6.xlarge';
    writeFileSync(standing, JSON.stringify(template));
    const { stdout, stderr } = await cdk(['diff', ...chosen, 'cn-beijing/core-voters', '--exclusively', '--template', standing]);
    const said = (stdout + stderr).split('\n').map((line) => line.replace(/^[ │├└─]+/, ''));
    expect(said).toEqual(expect.arrayContaining(['[~] .M1InstanceG1:', '[~] .InstanceType:', '[-] ecs.g6.xlarge']));
    expect(said.filter((line) => line.startsWith('[~] .')).length).toBe(3);
  }, 120_000);

  test.each([
    ['us-esat-1', 'us-east-1'],
    ['cn-beijing', 'names a region of Aliyun'],
  ])(
    'a home region %s is refused with what to write',
    async (home, words) => {
      const { code, stderr } = await cdk(['ls', '-c', `aliyun=${home}`]);
      expect(code).toBe(1);
      expect(stderr).toContain(words);
      expect(stderr).not.toContain('    at ');
    },
    90_000,
  );

  test('CloudFormation Validate has no finding', async () => {
    const outdir = temporaryFolder();
    const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8'));
    const asked = { ...context, region: 'cn-beijing', aliyun: 'us-east-1' };
    const ran = await run(process.execPath, ['dist/bin/app.js'], {
      env: { CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(asked) },
      timeout: 110,
    });
    expect(ran.code).toBe(0);
    const assembly = new CloudAssembly(outdir);
    expect(assembly.stacks.length).toBeGreaterThan(0);
    expect(templateFindings(assembly)).toEqual([]);
  }, 120_000);
});

interface Contents {
  Resources: Record<string, Record<string, string>>;
}
