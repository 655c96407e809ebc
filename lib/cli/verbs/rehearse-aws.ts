/** The AWS part of a rehearsal: bootstrapped and deployed by the unmodified CDK CLI. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFolder } from '../../disk/owned-folder';
import type { EmbeddedCloud } from '../../embedded-cloud';
import type { Finding } from '../../estate/findings/finding';
import type { AwsRegion, Estate } from '../../estate/model/model';
import type { LinkPlan, RegionPlan } from '../../plan/model';
import { cdk, cdkEnvironment } from '../cdk-cli';
import { synthEstate } from '../estate-app';
import { sayWarnings } from '../loading';
import { Refusal, type VerbContext } from '../verb';

/** A rehearsal of AWS regions and of the links among them. */
export interface AwsRehearsal {
  readonly context: VerbContext;
  /** Folder that the rehearsal may write to. */
  readonly state: string;
  readonly described: readonly AwsRegion[];
  readonly regions: readonly RegionPlan[];
  readonly links: readonly LinkPlan[];
}

/** @returns the folder of the cloud assembly */
export function synthAws(estate: Estate, { context, state, described, links }: AwsRehearsal): string {
  const assembly = join(state, 'cdk.out');
  const paths = [...new Set(links.map((link) => link.path))];
  const regions = described.map((region) => region.name);
  const write = (outdir: string): undefined => {
    const check = (found: readonly Finding[]) => sayWarnings(found, context);
    synthEstate(estate, { outdir, regions, check, ...(paths.length === 0 ? {} : { links: paths }) });
  };
  replaceFolder({ path: assembly, kind: 'cdk.out', write });
  return assembly;
}

export async function deployAws(rehearsal: AwsRehearsal, cloud: EmbeddedCloud, assembly: string): Promise<void> {
  const run = new CdkRuns(rehearsal, cloud, assembly);
  await run.bootstrap();
  for (const region of rehearsal.regions) await run.deployRegion(region);
  await run.deployLinks();
}

class CdkRuns {
  constructor(
    private readonly rehearsal: AwsRehearsal,
    private readonly cloud: EmbeddedCloud,
    private readonly assembly: string,
  ) {}

  async bootstrap(): Promise<void> {
    const { context, described } = this.rehearsal;
    context.output.say('', 'cdk bootstrap');
    const targets = described.map((r) => `aws://${r.aws.account}/${r.name}`);
    const qualifier = described[0]!.aws.bootstrapQualifier;
    // Without --app the CLI would run the app of cdk.json first, for every region of the estate, and use nothing of it.
    await this.mustRun(['bootstrap', '--app', this.assembly, '--qualifier', qualifier, ...targets]);
  }

  /**
   * Stacks in the plan's order; runs of the same rollback setting share a call, because the CLI has one setting a call.
   * A stack that was interrupted with its rehearsal stands half-made: the CLI goes on from there only with rollback off.
   */
  async deployRegion(region: RegionPlan): Promise<void> {
    for (const run of runsOf(region)) {
      const stacks = run.ids.map((id) => `${region.name}/${id}`);
      const names = region.stacks.filter((stack) => run.ids.includes(stack.id)).map((stack) => stack.name);
      await this.deploy(stacks, run.disableRollback || this.isHalfMade(region.name, names));
    }
  }

  /** Stacks of links, once all regions stand; the CLI keeps their order. */
  async deployLinks(): Promise<void> {
    const { links } = this.rehearsal;
    const stacks = links.flatMap((link) => link.stacks.map((stack) => ({ ...stack, path: `links/${link.path}/${stack.id}` })));
    if (stacks.length === 0) return;
    const halfMade = stacks.some(({ region, name }) => this.isHalfMade(region, [name]));
    await this.deploy(
      stacks.map((stack) => stack.path),
      halfMade,
    );
  }

  private async deploy(stacks: readonly string[], disableRollback: boolean): Promise<void> {
    const rollback = disableRollback ? ['--no-rollback'] : [];
    this.rehearsal.context.output.say('', `${['cdk deploy', ...stacks, ...rollback].join(' ')}`);
    const how = ['--exclusively', '--require-approval', 'never', '--concurrency', '4', ...rollback];
    await this.mustRun(['deploy', '--app', this.assembly, ...how, ...stacks]);
  }

  private isHalfMade(region: string, names: readonly string[]): boolean {
    return this.cloud
      .inventory(region)
      .stacks.some((stack) => names.includes(stack.name) && /^(CREATE|UPDATE)_FAILED$/.test(stack.status));
  }

  private async mustRun(args: readonly string[]): Promise<void> {
    const { context, state } = this.rehearsal;
    const code = await cdk(args, {
      cwd: existsSync(context.root) ? context.root : process.cwd(),
      env: cdkEnvironment(this.cloud.env(), state),
      json: context.json,
    });
    if (code !== 0)
      throw new Refusal(
        'CDK_FAILED',
        `cdk ${args[0]} ended with exit code ${code}`,
        'read the lines above; run again to go on from there, or with --fresh to begin with an empty cloud',
      );
  }
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
