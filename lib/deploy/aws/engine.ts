/** CloudFormation: read by its API, changed through the CDK toolkit, which knows how templates and change sets are made. */

import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  type CloudFormationClient,
  DeleteStackCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
  type Stack,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import type { AwayHost } from '../../clouds/away-host';
import { withoutRequest } from '../../encode/echoed-request';
import type { CloudRegionId } from '../../estate/model/model';
import { failureOf } from '../causes';
import { DeployError, type Journal } from '../deploy-error';
import type {
  Applied,
  ApplyInput,
  DeployStack,
  DriftedResource,
  EngineStack,
  MemberState,
  OnProgress,
  RepairItem,
  RepairPlan,
  StackEngine,
  StackPreview,
  StackProgress,
  StandingResource,
  StandingStack,
} from '../engine';
import type { LeaseStore } from '../lease/lease';
import { changeSetName, newRun } from '../lease/run';
import { sameRecord } from '../same';
import type { Template } from '../standing-template';
import type { AwsClients } from './credentials';
import { explainAws } from './explain';
import { type FailedResource, hostsOf } from './failed-hosts';
import { clearLeftovers, deleteChangeSet, refuseOtherRuns } from './other-runs';
import { hasPolicy, setPolicy } from './policy';
import { planAwsRepair } from './repair-plan';
import { standingOf, stuck } from './status';
import { type ToolkitDeploy, toolkitBootstrap, toolkitDeploy } from './toolkit';
import { AwsUpkeep } from './upkeep';
import { describe, settled } from './wait';

export class AwsEngine implements StackEngine {
  readonly provider = 'aws';

  private readonly upkeep: AwsUpkeep;

  constructor(private readonly clients: AwsClients) {
    this.upkeep = new AwsUpkeep(clients, this);
  }

  async read(place: EngineStack): Promise<StandingStack | undefined> {
    const stack = await describe(await this.client(place), place.name);
    return stack === undefined || standingOf(stack.StackStatus) === 'absent' ? undefined : standing(stack);
  }

  /** "DescribeStacks" without a name wants the right to list stacks too, which the bootstrap's deploy role doesn't have. */
  async list(region: CloudRegionId): Promise<string[] | undefined> {
    const client = await this.clients.cloudFormation(region);
    const names: string[] = [];
    let NextToken: string | undefined;
    do {
      try {
        const page = await client.send(new DescribeStacksCommand(NextToken === undefined ? {} : { NextToken }));
        for (const { StackName, StackStatus } of page.Stacks ?? [])
          if (StackName !== undefined && standingOf(StackStatus) !== 'absent') names.push(StackName);
        NextToken = page.NextToken;
      } catch (error) {
        if (/AccessDenied/.test((error as Error).name)) return undefined;
        throw error;
      }
    } while (NextToken !== undefined);
    return names;
  }

  async readTemplate(place: EngineStack): Promise<Record<string, unknown> | undefined> {
    if ((await this.read(place)) === undefined) return undefined;
    const answer = await (await this.client(place)).send(
      new GetTemplateCommand({ StackName: place.name, TemplateStage: 'Original' }),
    );
    return JSON.parse(answer.TemplateBody ?? '{}');
  }

  async preview(stack: DeployStack): Promise<StackPreview> {
    const stands = await this.read(stack);
    if (stands === undefined) return { action: 'create', because: ['new'] };
    const state = standingOf(stands.status);
    if (state === 'failed-creation') return { action: 'create', because: [`its creation failed (${stands.status})`] };
    const because: string[] = [];
    if (state !== 'whole') because.push(`left half-made (${stands.status})`);
    const template = JSON.parse(readFileSync(stack.template, 'utf8'));
    // Bytes would do for what was written by this version; white space is no change.
    if (JSON.stringify(template) !== JSON.stringify(await this.readTemplate(stack))) because.push('template');
    if (!sameRecord(stack.tags, stands.tags)) because.push('tags');
    if (stack.holdsData !== stands.deletionProtection) because.push('termination protection');
    if (!(await this.policyStands(stack))) because.push('stack policy');
    return { action: because.length === 0 ? 'none' : 'update', because };
  }

  async apply(stack: DeployStack, { run = newRun('deploy'), hold }: ApplyInput, progress: OnProgress): Promise<Applied> {
    const client = await this.client(stack);
    await hold?.();
    await refuseOtherRuns(client, stack, run);
    const before = await settled(client, stack.name, progress);
    const status = before?.StackStatus;
    const state = standingOf(status);
    if (state === 'stuck') throw stuck(stack, status!, before?.StackStatusReason);
    const stands = state === 'whole' || state === 'half-made';
    await clearLeftovers(client, stack, run);
    if (state === 'whole' && (await this.preview(stack)).action === 'none') return { outcome: 'unchanged', warnings: [] };
    // Nothing stands in a stack whose creation was rolled back; its protection only keeps it from being made anew.
    if (state === 'failed-creation' && before?.EnableTerminationProtection === true) await this.protect(client, stack, false);
    // It may have been waited for.
    await hold?.();
    const warnings: string[] = [];
    const warn = (warning: string | undefined) => warning !== undefined && warnings.push(warning);
    if (stands) warn(await setPolicy(client, stack));
    const rollback = !stack.disableRollback && state !== 'half-made';
    const { changed } = await this.deploy(stack, { rollback, changeSetName: changeSetName(run) }, progress);
    if (!stands) warn(await setPolicy(client, stack));
    return { outcome: !stands ? 'created' : changed ? 'updated' : 'unchanged', warnings };
  }

  async destroy(place: EngineStack, progress: OnProgress, hold?: () => Promise<void>): Promise<boolean> {
    const client = await this.client(place);
    await hold?.();
    const before = await settled(client, place.name, progress);
    if (before === undefined) return false;
    await hold?.();
    if (before.EnableTerminationProtection === true) await this.protect(client, place, false);
    await client.send(new DeleteStackCommand({ StackName: place.name }));
    const failures = new Failures(progress);
    const after = await settled(client, before.StackId ?? place.name, failures.hear);
    if (after !== undefined && after.StackStatus !== 'DELETE_COMPLETE')
      throw new DeployError(
        'DESTROY_FAILED',
        `${place.path} could not be deleted: ${failures.words() ?? after.StackStatusReason ?? after.StackStatus}`,
        'mend what it names, then run the same command',
      );
    return true;
  }

  drift(place: EngineStack): Promise<DriftedResource[]> {
    return this.upkeep.drift(place);
  }

  members(place: EngineStack): Promise<MemberState[] | undefined> {
    return this.upkeep.members(place);
  }

  awayHosts(place: EngineStack, template: Template): Promise<AwayHost[] | undefined> {
    return this.upkeep.awayHosts(place, template);
  }

  async planRepair(_place: EngineStack, drifted: readonly DriftedResource[], template: Template): Promise<RepairPlan> {
    return planAwsRepair(template, drifted);
  }

  repair(
    place: EngineStack,
    items: readonly RepairItem[],
    input: Pick<ApplyInput, 'run' | 'hold'>,
    progress: OnProgress,
  ): Promise<void> {
    return this.upkeep.repair(place, items, input, progress);
  }

  journal(place: EngineStack, host: string): Promise<Journal | undefined> {
    return this.upkeep.journal(place, host);
  }

  async resources(place: EngineStack): Promise<StandingResource[]> {
    const client = await this.client(place);
    const resources: StandingResource[] = [];
    let NextToken: string | undefined;
    do {
      const page = await client.send(
        new ListStackResourcesCommand({ StackName: place.name, ...(NextToken === undefined ? {} : { NextToken }) }),
      );
      for (const resource of page.StackResourceSummaries ?? [])
        resources.push({
          logicalId: resource.LogicalResourceId ?? '',
          ...(resource.PhysicalResourceId === undefined ? {} : { physicalId: resource.PhysicalResourceId }),
          type: resource.ResourceType ?? '',
          status: resource.ResourceStatus ?? '',
        });
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return resources;
  }

  /** As `cdk bootstrap` does, with the region's own qualifier; deploys alone never do it. */
  async bootstrap(region: CloudRegionId): Promise<void> {
    const { account, bootstrapQualifier } = this.clients.accountOf(region);
    await toolkitBootstrap(`aws://${account}/${region}`, bootstrapQualifier);
  }

  /** In the bucket that `cdk bootstrap` made in the region. */
  async leaseStore(region: CloudRegionId): Promise<LeaseStore | undefined> {
    const { bootstrapLease } = await import('./bootstrap-lease');
    return bootstrapLease(this.clients, region);
  }

  explain(error: unknown, place: EngineStack): DeployError {
    return explainAws(error, place, this.clients.accountOf(place.cloudRegion));
  }

  private client(place: EngineStack): Promise<CloudFormationClient> {
    return this.clients.cloudFormation(place.cloudRegion);
  }

  private async deploy(
    stack: DeployStack,
    { rollback, changeSetName }: Pick<ToolkitDeploy, 'rollback' | 'changeSetName'>,
    progress: OnProgress,
  ): Promise<{ changed: boolean }> {
    const failures = new Failures(progress);
    try {
      return await toolkitDeploy(
        dirname(stack.template),
        stack,
        { changeSetName, rollback, mayRollBack: !stack.disableRollback },
        failures.hear,
      );
    } catch (error) {
      await deleteChangeSet(await this.client(stack), stack.name, changeSetName).catch(() => undefined);
      const words = failures.words();
      if (words === undefined) throw error;
      throw failureOf(stack, words, { kept: stack.disableRollback, hosts: hostsOf(stack, failures.resources) });
    }
  }

  private async protect(client: CloudFormationClient, { name }: EngineStack, on: boolean): Promise<void> {
    await client.send(new UpdateTerminationProtectionCommand({ StackName: name, EnableTerminationProtection: on }));
  }

  /** Who may not read policies is not told that they are missing. */
  private async policyStands(stack: DeployStack): Promise<boolean> {
    if (stack.policy === undefined) return true;
    try {
      return await hasPolicy(await this.client(stack), stack);
    } catch (error) {
      if (/AccessDenied/.test((error as Error).name)) return true;
      throw error;
    }
  }
}

/** Remembers why resources failed, and not that others were cancelled for it. */
class Failures {
  /** What failed of itself. */
  readonly resources: FailedResource[] = [];
  private readonly reasons: string[] = [];

  constructor(private readonly progress: OnProgress) {}

  readonly hear = (progress: StackProgress): void => {
    const { status, reason = '', logicalId } = progress;
    const cancelled = /cancelled/i.test(reason);
    if (status.endsWith('_FAILED') && !cancelled && !progress.type.endsWith('::Stack')) {
      this.reasons.push(`${logicalId}: ${reason}`);
      this.resources.push({ logicalId, type: progress.type, reason });
    }
    this.progress(progress);
  };

  words(): string | undefined {
    return this.reasons.length === 0 ? undefined : [...new Set(this.reasons)].slice(0, 5).join('; ');
  }
}

function standing(stack: Stack): StandingStack {
  const changed = stack.LastUpdatedTime ?? stack.CreationTime;
  return {
    status: stack.StackStatus ?? '',
    ...(stack.StackStatusReason === undefined ? {} : { reason: withoutRequest(stack.StackStatusReason) }),
    outputs: Object.fromEntries((stack.Outputs ?? []).map((o) => [o.OutputKey ?? '', o.OutputValue ?? ''])),
    parameters: Object.fromEntries((stack.Parameters ?? []).map((p) => [p.ParameterKey ?? '', p.ParameterValue ?? ''])),
    tags: Object.fromEntries((stack.Tags ?? []).map((t) => [t.Key ?? '', t.Value ?? ''])),
    deletionProtection: stack.EnableTerminationProtection === true,
    ...(changed === undefined ? {} : { changed: changed.toISOString() }),
  };
}
