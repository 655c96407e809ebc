import { randomUUID } from 'node:crypto';
import { type Json, records, text } from '../cloud/answer';
import { NotFound, NothingToChange, Refused } from '../cloud/errors';
import type { Parameters } from '../cloud/flatten';
import { RpcClient, type RpcClientProps } from '../cloud/rpc';
import { clientToken } from './client-token';
import type {
  ChangeSet,
  ChangeSetType,
  DriftDetection,
  ResourceDrift,
  Stack,
  StackEvent,
  StackRequest,
  StackResource,
  StackSummary,
} from './model';
import { parseChangeSet, parseDetection, parseDrift, parseEvent, parseResource, parseStack, parseSummary } from './parse';
import { requestParameters } from './request-parameters';
import { isGone } from './status';

/** What a client of ROS needs. */
export interface RosClientProps extends RpcClientProps {
  /** Region id, `cn-beijing`: one client a region. */
  readonly region: string;
  /** A wall that others use too. @default - one of its own, of the other properties */
  readonly rpc?: RpcClient;
}

const PAGE = 50;
/** ROS reads a template of half a megabyte before it answers. */
const WRITE_TIMEOUT_MS = 60_000;

/** The calls of ROS that the verbs need, one method each; what they mean together is in `apply-stack.ts` and `destroy-stack.ts`. */
export class RosClient {
  readonly region: string;
  /** The wall that all calls go through. */
  readonly rpc: RpcClient;

  constructor(props: RosClientProps) {
    this.region = props.region;
    this.rpc = props.rpc ?? new RpcClient(props);
  }

  /** `CreateStack`. @returns the new stack's id @throws AlreadyExists */
  async createStack(request: StackRequest, token: string): Promise<string> {
    const answer = await this.#write('CreateStack', {
      StackName: request.name,
      ...requestParameters(request),
      DisableRollback: request.disableRollback ?? false,
      DeletionProtection: request.deletionProtection ? 'Enabled' : 'Disabled',
      ClientToken: token,
    });
    return text(answer.StackId);
  }

  /**
   * `UpdateStack`, never with ReplacementOption: what can't change in place is refused. Replacements go through a change set
   * (`replacements.ts`), where they are seen before they happen.
   * @returns `unchanged` when there is nothing to do
   */
  async updateStack(stackId: string, request: StackRequest, token: string): Promise<'started' | 'unchanged'> {
    try {
      await this.#write('UpdateStack', { StackId: stackId, ...requestParameters(request), ClientToken: token });
      return 'started';
    } catch (error) {
      if (error instanceof NothingToChange) return 'unchanged';
      throw error;
    }
  }

  /** `ContinueCreateStack` with the template and parameters of now: what stands is kept, what failed is made again. */
  async continueCreateStack(stackId: string, request: StackRequest): Promise<void> {
    const { TemplateBody, Parameters, RamRoleName, Parallelism } = requestParameters(request);
    await this.#write('ContinueCreateStack', {
      StackId: stackId,
      Mode: 'Recreate',
      TemplateBody,
      Parameters,
      RamRoleName,
      Parallelism,
    });
  }

  /** `ListStacks` of one name, newest first. @param name @default - of every name @param statuses @default - all; whether that holds deleted ones, ROS doesn't say */
  async listStacks(name?: string, statuses?: readonly string[]): Promise<StackSummary[]> {
    const found = await this.#pages(
      'ListStacks',
      { StackName: name === undefined ? undefined : [name], Status: statuses },
      'Stacks',
    );
    return found
      .map(parseSummary)
      .filter((stack) => name === undefined || stack.name === name)
      .sort((a, b) => (b.created?.getTime() ?? 0) - (a.created?.getTime() ?? 0));
  }

  /** The one live stack of a name; nothing where there is none. ROS takes ids only, and keeps the names of deleted stacks. */
  async findStack(name: string): Promise<StackSummary | undefined> {
    const live = (await this.listStacks(name)).filter((stack) => !isGone(stack.status));
    if (live.length > 1) {
      throw new Refused({
        code: 'SeveralStacks',
        message: `${live.length} stacks in ${this.region} are named ${name}: ${live.map((stack) => stack.stackId).join(', ')}`,
        wayOn: 'delete the ones that are not the real one (their resources first), then go on',
      });
    }
    return live[0];
  }

  /** `GetStack`. @param outputs false where they aren't wanted: they take ROS its time @throws NotFound */
  async getStack(stackId: string, outputs = true): Promise<Stack> {
    return parseStack(await this.#read('GetStack', { StackId: stackId, OutputOption: outputs ? 'Enabled' : 'Disabled' }));
  }

  /** Outputs of a stack by its name. @throws NotFound where there is no live one */
  async stackOutputs(name: string): Promise<Readonly<Record<string, string>>> {
    const found = await this.findStack(name);
    if (!found) {
      throw new NotFound({ code: 'StackNotFound', message: `no stack ${name} in ${this.region}`, wayOn: 'deploy it first' });
    }
    return (await this.getStack(found.stackId)).outputs;
  }

  /** One page of `ListStackEvents`, newest first. @param page from 1 @param size at most 50 */
  async listStackEvents(stackId: string, page = 1, size = PAGE): Promise<StackEvent[]> {
    const answer = await this.#read('ListStackEvents', { StackId: stackId, PageNumber: page, PageSize: size });
    return records(answer.Events).map(parseEvent);
  }

  /** `ListStackResources`: all of them (it has no pages). */
  async listStackResources(stackId: string): Promise<StackResource[]> {
    return records((await this.#read('ListStackResources', { StackId: stackId })).Resources).map(parseResource);
  }

  /** `GetTemplate`: as it was sent. */
  async getTemplate(stackId: string): Promise<string> {
    return text((await this.#read('GetTemplate', { StackId: stackId, TemplateStage: 'Original' })).TemplateBody);
  }

  /** `ValidateTemplate`. @throws Refused with what is wrong */
  async validateTemplate(template: string): Promise<void> {
    await this.#read('ValidateTemplate', { TemplateBody: template });
  }

  /**
   * `CreateChangeSet`.
   * @param replacement lets the set hold replacements; it is executed only after they were looked at
   * @returns `unchanged` when there is nothing to do
   */
  async createChangeSet(
    type: ChangeSetType,
    request: StackRequest,
    { name, stackId, token, replacement = false }: { name: string; stackId?: string; token: string; replacement?: boolean },
  ): Promise<{ changeSetId: string; stackId: string } | 'unchanged'> {
    try {
      const answer = await this.#write('CreateChangeSet', {
        ChangeSetName: name,
        ChangeSetType: type,
        ...(type === 'CREATE'
          ? { StackName: request.name, DisableRollback: request.disableRollback ?? false }
          : { StackId: stackId }),
        ...requestParameters(request),
        ...(replacement ? { ReplacementOption: 'Enabled' } : {}),
        ClientToken: token,
      });
      return { changeSetId: text(answer.ChangeSetId), stackId: text(answer.StackId) || (stackId ?? '') };
    } catch (error) {
      if (error instanceof NothingToChange) return 'unchanged';
      throw error;
    }
  }

  /** `ListChangeSets` of a stack: those of one name. @returns their ids */
  async listChangeSets(stackId: string, name: string): Promise<string[]> {
    const found = await this.#pages('ListChangeSets', { StackId: stackId, ChangeSetName: [name] }, 'ChangeSets');
    return found.filter((set) => text(set.ChangeSetName) === name).map((set) => text(set.ChangeSetId));
  }

  /** `GetChangeSet`. */
  async getChangeSet(changeSetId: string): Promise<ChangeSet> {
    return parseChangeSet(await this.#read('GetChangeSet', { ChangeSetId: changeSetId }));
  }

  /** `ExecuteChangeSet`; the change set's id makes the token, since a set is executed once. */
  async executeChangeSet(changeSetId: string): Promise<void> {
    await this.#write('ExecuteChangeSet', {
      ChangeSetId: changeSetId,
      ClientToken: clientToken('ExecuteChangeSet', this.region, changeSetId, '', ''),
    });
  }

  /** `DeleteChangeSet`; one that isn't there is as good as deleted. */
  async deleteChangeSet(changeSetId: string): Promise<void> {
    await this.#gone(() => this.#write('DeleteChangeSet', { ChangeSetId: changeSetId }, true));
  }

  /**
   * `DeleteStack`; one that isn't there is as good as deleted.
   * @param ramRoleName the role again: ROS doesn't take the stack's own (ROS, "DeleteStack": RamRoleName)
   * @param retain logical ids of resources that stay
   */
  async deleteStack(
    stackId: string,
    { ramRoleName, retain }: { ramRoleName?: string; retain?: readonly string[] } = {},
  ): Promise<void> {
    await this.#gone(() =>
      this.#write('DeleteStack', { StackId: stackId, RamRoleName: ramRoleName, RetainResources: retain }, true),
    );
  }

  /** `SetDeletionProtection`. */
  async setDeletionProtection(stackId: string, on: boolean): Promise<void> {
    await this.#write('SetDeletionProtection', { StackId: stackId, DeletionProtection: on ? 'Enabled' : 'Disabled' }, true);
  }

  /** `SetStackPolicy`. @param policy its body, 1 to 16,384 bytes */
  async setStackPolicy(stackId: string, policy: string): Promise<void> {
    await this.#write('SetStackPolicy', { StackId: stackId, StackPolicyBody: policy }, true);
  }

  /** `SignalResource`: tells a wait condition's handle that a host is there, or not. */
  async signalResource(stackId: string, handle: string, uniqueId: string, status: 'SUCCESS' | 'FAILURE'): Promise<void> {
    await this.#write(
      'SignalResource',
      { StackId: stackId, LogicalResourceId: handle, UniqueId: uniqueId, Status: status },
      true,
    );
  }

  /** `DetectStackDrift`. @returns the id to ask for its end by */
  async detectStackDrift(stackId: string): Promise<string> {
    const answer = await this.#write('DetectStackDrift', { StackId: stackId, ClientToken: randomUUID() });
    return text(answer.DriftDetectionId);
  }

  /** `GetStackDriftDetectionStatus`. */
  async getStackDriftDetectionStatus(detectionId: string): Promise<DriftDetection> {
    return parseDetection(await this.#read('GetStackDriftDetectionStatus', { DriftDetectionId: detectionId }));
  }

  /** `ListStackResourceDrifts`: all pages. @param statuses @default - those that drifted */
  async listStackResourceDrifts(
    stackId: string,
    statuses: readonly string[] = ['MODIFIED', 'DELETED'],
  ): Promise<ResourceDrift[]> {
    const drifts: ResourceDrift[] = [];
    for (let next: string | undefined; ; ) {
      const answer = await this.#read('ListStackResourceDrifts', {
        StackId: stackId,
        ResourceDriftStatus: statuses,
        MaxResults: 100,
        NextToken: next,
      });
      drifts.push(...records(answer.ResourceDrifts).map(parseDrift));
      next = text(answer.NextToken) || undefined;
      if (!next) return drifts;
    }
  }

  #read(action: string, parameters: Parameters): Promise<Record<string, Json>> {
    return this.rpc.call({ product: 'ros', region: this.region, action, parameters: { RegionId: this.region, ...parameters } });
  }

  /** @param repeatable a write that is the same however often it is done; others are so by their ClientToken, or not at all */
  #write(action: string, parameters: Parameters, repeatable?: boolean): Promise<Record<string, Json>> {
    return this.rpc.call({
      product: 'ros',
      region: this.region,
      action,
      parameters: { RegionId: this.region, ...parameters },
      readTimeoutMs: WRITE_TIMEOUT_MS,
      ...(repeatable === undefined ? {} : { repeatable }),
    });
  }

  async #pages(action: string, parameters: Parameters, list: string): Promise<Record<string, Json>[]> {
    const all: Record<string, Json>[] = [];
    for (let page = 1; ; page++) {
      const found = records((await this.#read(action, { ...parameters, PageNumber: page, PageSize: PAGE }))[list]);
      all.push(...found);
      if (found.length < PAGE) return all;
    }
  }

  async #gone(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
    }
  }
}
