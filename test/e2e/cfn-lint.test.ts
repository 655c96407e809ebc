/** A second opinion on every template: AWS's own linter. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthEstate } from '../../lib/cli/estate-app';
import { synth, userData } from '../aws/fixtures';
import { run } from '../child/run';
import { describeWithRealPart } from '../real-parts';
import { exampleEstate, removeTemporaryFolders, templatesIn, temporaryFolder } from './example';
import { china, draining, everything, joined } from './variants';

/** Rules that our templates break on purpose, and why. A rule that is never broken doesn't belong here. */
const IGNORED: Readonly<Record<string, string>> = {
  W3010: 'zones are planned: the fixed address of a member follows from the zone that it stands in',
};

interface Match {
  readonly Filename: string;
  readonly Level: string;
  readonly Message: string;
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path?: readonly string[] };
}

describeWithRealPart('cfn-lint', 'cfn-lint', (cfnLint) => {
  afterAll(removeTemporaryFolders);

  test('every template of the example estate passes, in every region of it', async () => {
    const estate = exampleEstate();
    const outdir = temporaryFolder();
    const stacks = synthEstate(estate, { outdir });
    const templates = templatesIn(outdir);
    const regions = estate.regions.filter((region) => region.provider === 'aws');
    expect(regions).toHaveLength(9);
    expect(templates).toHaveLength(stacks.length);

    const matches = await lint(
      templates,
      regions.map((r) => r.name),
    );
    expect(words(matches)).toEqual([]);
    expect(new Set(matches.map((match) => match.Rule.Id))).toEqual(new Set(Object.keys(IGNORED)));
  }, 120_000);

  test('a region in expanded form passes', async () => {
    const outdir = temporaryFolder();
    synthEstate(exampleEstate(), { outdir, regions: ['sa-east-1'], expand: true });
    expect(words(await lint(templatesIn(outdir), ['sa-east-1']))).toEqual([]);
  }, 60_000);

  test('a region that asks for everything passes: host-gw, all volume types, alarms, replacement of a member', async () => {
    const { outdir } = synth(everything(), { userDataOf: () => userData('#cloud-config\n', true) });
    const written = templatesIn(outdir).map((file) => readFileSync(file, 'utf8'));
    for (const asked of ['M1RoutePrivateA', '"io2"', '"st1"', '"KeyName":"ops"', 'PermissionsBoundary', ':sns:', 'VpcIdG2']) {
      expect([asked, written.some((text) => text.includes(asked))]).toEqual([asked, true]);
    }
    expect(words(await lint(templatesIn(outdir), ['sa-east-1']))).toEqual([]);
  }, 60_000);

  test('front ends of an Auto Scaling group pass, members among the example', async () => {
    const { outdir } = synth(draining());
    const written = templatesIn(outdir).map((file) => readFileSync(file, 'utf8'));
    expect(written.some((text) => text.includes('AWS::AutoScaling::LifecycleHook'))).toBe(true);
    expect(words(await lint(templatesIn(outdir), ['sa-east-1']))).toEqual([]);
  }, 60_000);

  test('a region of another partition passes', async () => {
    const { outdir } = synth(china());
    expect(words(await lint(templatesIn(outdir), ['cn-north-1']))).toEqual([]);
  }, 60_000);

  test.each([false, true])(
    'links of every kind pass, across accounts too (expanded: %s)',
    async (expand) => {
      const { outdir } = synth(joined(), { expand });
      expect(words(await lint(templatesIn(outdir), ['eu-west-1', 'us-east-1', 'us-west-2']))).toEqual([]);
    },
    90_000,
  );

  test('it would have said so: a property that does not exist and a reference to nothing are found', async () => {
    const file = join(temporaryFolder(), 'wrong.template.json');
    const Properties = { CidrBlock: '10.0.0.0/16', Zone: 'sa-east-1a' };
    const Subnet = { Type: 'AWS::EC2::Subnet', Properties: { CidrBlock: '10.0.0.0/24', VpcId: { Ref: 'Nothing' } } };
    writeFileSync(file, JSON.stringify({ Resources: { Vpc: { Type: 'AWS::EC2::VPC', Properties }, Subnet } }));
    const rules = (await lint([file], ['sa-east-1'])).map((match) => match.Rule.Id);
    expect(rules).toEqual(expect.arrayContaining(['E3002', 'E1020']));
  }, 60_000);

  /** Errors and warnings; cfn-lint's exit code is a sum of their levels, so what it prints is what counts. */
  async function lint(templates: readonly string[], regions: readonly string[]): Promise<Match[]> {
    const { stdout, stderr } = await run(cfnLint, ['--format', 'json', '--regions', ...regions, '--', ...templates], {
      timeout: 110,
    });
    if (!stdout.startsWith('[')) throw new Error(`cfn-lint failed: ${stdout}${stderr}`);
    return JSON.parse(stdout);
  }
});

/** What isn't ignored, a line each. */
function words(matches: readonly Match[]): string[] {
  return matches
    .filter((match) => IGNORED[match.Rule.Id] === undefined)
    .map((match) => `${match.Rule.Id} ${match.Filename} ${match.Location.Path?.join('/') ?? ''}: ${match.Message}`);
}
