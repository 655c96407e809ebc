import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AwsRegion, Estate, Region } from '../estate/model';
import type { LinkPlan, RegionPlan } from '../plan/model';
import { planEstate } from '../plan/plan';
import { type EmbeddedCloud, startEmbeddedCloud } from '../rehearsal';
import { planWords } from '../review/plan-words';
import { cdk, cdkEnvironment } from './cdk-cli';
import { synthEstate } from './estate-app';
import { linkedWorld, linksAmong, standsWhole } from './linked-world';
import { findRegion, loadValid, sayWarnings } from './loading';
import { count, EXIT } from './output';
import { Refusal, type Verb, type VerbContext } from './verb';
import { linkWords, worldWords } from './world-words';

/**
 * `meissa rehearse <region...>`: validate, plan, then bootstrap and deploy with the unmodified CDK CLI against an
 * embedded cloud on loopback, and read back what stands there. Links whose regions are all named are deployed too, and both
 * ends' routes are read back. Nothing leaves this machine.
 */
export const rehearse: Verb = async (context, args, options) => {
  const names = args[0] as string[];
  const { output } = context;
  output.say(
    output.style(
      'bold',
      'Rehearsal: your deploy, with the real CDK CLI, on a cloud embedded in this process. No account, no credentials.',
    ),
  );
  output.say('Hosts are simulated: they boot at once, fetch nothing and signal that they are well.');
  const { estate, warnings } = loadValid(context, names);
  const regions = awsOnly(names.map((name) => findRegion(estate, name)));
  sayWarnings(warnings, context);
  const plan = planEstate(estate, names);
  output.say('\nThe plan');
  for (const region of plan.regions) for (const line of planWords(region, { hosts: true })) output.say(line);

  const state = typeof options.state === 'string' ? options.state : join(context.root, '.meissa', 'rehearsal');
  if (options.fresh === true) rmSync(state, { recursive: true, force: true });
  mkdirSync(state, { recursive: true });
  const { account, partition } = oneAccount(regions);
  const cloud = await startEmbeddedCloud({ account, partition, stateDir: join(state, 'world') });
  try {
    const assembly = join(state, 'cdk.out');
    rmSync(assembly, { recursive: true, force: true });
    const links = linksAmong(plan, names);
    const paths = [...new Set(links.map((link) => link.path))];
    synthEstate(estate, { outdir: assembly, regions: names, ...(paths.length === 0 ? {} : { links: paths }) });
    const before = JSON.stringify(names.map((name) => cloud.inventory(name)));
    await bootstrap(context, cloud, regions, assembly, state);
    for (const region of plan.regions) await deploy(context, cloud, region, assembly, state);
    await deployLinks(context, cloud, links, assembly, state);
    const changed = before !== JSON.stringify(names.map((name) => cloud.inventory(name)));
    const whole = report(context, cloud, estate, plan.regions, links, changed);
    if (options.serve === true) await serve(context, cloud, names[0]!, state);
    return whole ? EXIT.ok : EXIT.failed;
  } finally {
    await cloud.close();
  }
};

/** Says what stands; whether the links stand as they were planned. */
function report(
  context: VerbContext,
  cloud: EmbeddedCloud,
  estate: Estate,
  regions: readonly RegionPlan[],
  linkPlans: readonly LinkPlan[],
  changed: boolean,
): boolean {
  const { output } = context;
  const worlds = regions.map((region) => ({ region: region.name, ...cloud.inventory(region.name) }));
  const links = linkPlans.map((link) => linkedWorld(link, (region) => cloud.inventory(region)));
  const broken = links.filter((link) => !standsWhole(link));
  if (context.json) output.json({ version: 1, changed, regions: worlds, ...(links.length === 0 ? {} : { links }) });
  output.say(`\nWhat stands in the embedded cloud`);
  for (const region of regions) for (const line of worldWords(region.name, cloud.inventory(region.name))) output.say(line);
  if (links.length > 0) output.say('\nLinks, both ends');
  for (const link of links) for (const line of linkWords(link)) output.say(line);
  const what = [count(regions.length, 'region'), ...(links.length === 0 ? [] : [count(links.length, 'link')])].join(' and ');
  output.say(changed ? `\n${what} of ${estate.name} deployed (rehearsal).` : '\nno changes');
  if (broken.length > 0)
    output.say(
      output.style(
        'red',
        `not as planned: ${broken.map((link) => `${link.path} (${link.kind})`).join(', ')}; read its lines above`,
      ),
    );
  output.say(`
Where to look next
  meissa plan ${regions[0]?.name} --hosts               what the estate comes to
  meissa user-data ${regions[0]?.name}/core/voters      what a host gets
  edit regions/${regions[0]?.name}.yaml and run this again: only what changed is touched
  meissa rehearse ${regions[0]?.name} --serve            keep the cloud up, for cdk diff, drift, destroy in another terminal
  README.md, docs/                             a region in ten minutes`);
  return broken.length === 0;
}

/** Keeps the cloud up until Ctrl-C, and says what another terminal needs to reach it. */
async function serve(context: VerbContext, cloud: EmbeddedCloud, region: string, state: string): Promise<void> {
  const env = { ...cloud.env(region), CDK_HOME: join(state, 'cdk-home'), CDK_DISABLE_CLI_TELEMETRY: 'true' };
  context.output.say(`\nThe embedded cloud answers at ${cloud.url} until Ctrl-C. In another terminal:\n`);
  for (const [name, value] of Object.entries(env)) context.output.say(`export ${name}='${value}'`);
  context.output.say(`npx cdk diff '${region}/*'`);
  await new Promise<void>((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
}

function awsOnly(regions: readonly Region[]): AwsRegion[] {
  const aws = regions.filter((region) => region.provider === 'aws');
  if (aws.length < regions.length)
    throw new Refusal('REHEARSAL_IS_AWS', 'only AWS regions can be rehearsed', 'name regions with provider: aws');
  return aws;
}

/** One embedded cloud is one account: regions of several accounts are rehearsed one call each. */
function oneAccount(regions: readonly AwsRegion[]): { account: string; partition: 'aws' | 'aws-cn' } {
  const first = regions[0]!;
  if (regions.some((r) => r.aws.account !== first.aws.account))
    throw new Refusal(
      'REHEARSAL_ONE_ACCOUNT',
      'these regions stand in several accounts',
      'rehearse the regions of one account at a time',
    );
  const { account, partition } = first.aws;
  if (partition === 'aws-us-gov')
    throw new Refusal('REHEARSAL_PARTITION', 'the embedded cloud has no GovCloud', 'rehearse a region of aws or aws-cn');
  return { account, partition };
}

async function bootstrap(
  context: VerbContext,
  cloud: EmbeddedCloud,
  regions: readonly AwsRegion[],
  assembly: string,
  state: string,
): Promise<void> {
  context.output.say('\ncdk bootstrap');
  const targets = regions.map((r) => `aws://${r.aws.account}/${r.name}`);
  const qualifier = regions[0]!.aws.bootstrapQualifier;
  // Without --app the CLI would run the app of cdk.json first, for every region of the estate, and use nothing of it.
  await mustRun(context, cloud, state, ['bootstrap', '--app', assembly, '--qualifier', qualifier, ...targets]);
}

/**
 * Stacks in the plan's order; runs of the same rollback setting share a call, because the CLI has one setting a call.
 * A stack that was interrupted with its rehearsal stands half-made: the CLI goes on from there only with rollback off.
 */
async function deploy(
  context: VerbContext,
  cloud: EmbeddedCloud,
  region: RegionPlan,
  assembly: string,
  state: string,
): Promise<void> {
  for (const run of runsOf(region)) {
    const stacks = run.ids.map((id) => `${region.name}/${id}`);
    await cdkDeploy(context, cloud, stacks, run.disableRollback || standsHalfMade(cloud, region, run.ids), assembly, state);
  }
}

async function cdkDeploy(
  context: VerbContext,
  cloud: EmbeddedCloud,
  stacks: readonly string[],
  disableRollback: boolean,
  assembly: string,
  state: string,
): Promise<void> {
  const rollback = disableRollback ? ['--no-rollback'] : [];
  context.output.say(`\n${['cdk deploy', ...stacks, ...rollback].join(' ')}`);
  const how = ['--exclusively', '--require-approval', 'never', '--concurrency', '4', ...rollback];
  await mustRun(context, cloud, state, ['deploy', '--app', assembly, ...how, ...stacks]);
}

/** Stacks of links, once all regions stand; the CLI keeps their order. */
async function deployLinks(
  context: VerbContext,
  cloud: EmbeddedCloud,
  links: readonly LinkPlan[],
  assembly: string,
  state: string,
): Promise<void> {
  const stacks = links.flatMap((link) => link.stacks.map((stack) => ({ ...stack, path: `links/${link.path}/${stack.id}` })));
  if (stacks.length === 0) return;
  const halfMade = stacks.some(({ region, name }) => isHalfMade(cloud, region, [name]));
  await cdkDeploy(
    context,
    cloud,
    stacks.map((stack) => stack.path),
    halfMade,
    assembly,
    state,
  );
}

function standsHalfMade(cloud: EmbeddedCloud, region: RegionPlan, ids: readonly string[]): boolean {
  const names = region.stacks.filter((stack) => ids.includes(stack.id)).map((stack) => stack.name);
  return isHalfMade(cloud, region.name, names);
}

function isHalfMade(cloud: EmbeddedCloud, region: string, names: readonly string[]): boolean {
  return cloud
    .inventory(region)
    .stacks.some((stack) => names.includes(stack.name) && /^(CREATE|UPDATE)_FAILED$/.test(stack.status));
}

export function runsOf(region: Pick<RegionPlan, 'stacks'>): { disableRollback: boolean; ids: string[] }[] {
  const runs: { disableRollback: boolean; ids: string[] }[] = [];
  for (const stack of region.stacks) {
    const last = runs.at(-1);
    if (last !== undefined && last.disableRollback === stack.disableRollback) last.ids.push(stack.id);
    else runs.push({ disableRollback: stack.disableRollback, ids: [stack.id] });
  }
  return runs;
}

async function mustRun(context: VerbContext, cloud: EmbeddedCloud, state: string, args: readonly string[]): Promise<void> {
  const code = await cdk(args, {
    cwd: existsSync(context.root) ? context.root : process.cwd(),
    env: cdkEnvironment(cloud.env(), state),
    json: context.json,
  });
  if (code !== 0)
    throw new Refusal(
      'CDK_FAILED',
      `cdk ${args[0]} ended with exit code ${code}`,
      'read the lines above; run again to go on from there, or with --fresh to begin with an empty cloud',
    );
}
