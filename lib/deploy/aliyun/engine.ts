/** ROS by its client, with what is done beside it. */

import { readFileSync } from 'node:fs';
import { NotFound, OssClient, RpcClient } from '../../aliyun/cloud';
import {
  applyStack,
  destroyStack,
  isGone,
  RosClient,
  type Stack,
  type StackEvent,
  type StackProblem,
  type StackRequest,
  stackDrift,
  UNEXECUTED,
  type Watching,
} from '../../aliyun/ros-client';
import type { AwayHost } from '../../clouds/away-host';
import type { CloudRegionId } from '../../estate/model/model';
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
  StackWithMembers,
  StandingResource,
  StandingStack,
} from '../engine';
import type { LeaseStore } from '../lease/lease';
import { sameRecord } from '../same';
import { hasHosts, type Template } from '../standing-template';
import { awayHosts } from './away-hosts';
import { BesideRos } from './beside';
import type { ObjectStore } from './configurations';
import { explainAliyun, problemError } from './explain';
import { journalLines } from './journal';
import { ossLeaseStore } from './lease-store';
import { memberReplacement, membersAmong } from './never-replaced';
import { makeAnew, repairRosHosts } from './repair';
import { planRosRepair } from './repair-plan';

export interface AliyunEngineProps {
  /** Calls of all regions. @default - credentials and endpoints as Aliyun's own tools find them */
  readonly rpc?: RpcClient;
  /** The account (UID) that a region of the estate belongs to. @default - any that the credentials are of */
  readonly accountOf?: (region: CloudRegionId) => string;
  /** The bucket of a region of the estate. @default - runs do not keep each other out */
  readonly bucketOf?: (region: CloudRegionId) => string | undefined;
  /** Objects of a region's buckets. @default - OSS, with the same credentials */
  readonly objects?: (region: CloudRegionId) => ObjectStore;
  readonly watching?: Watching;
}

export class AliyunEngine implements StackEngine {
  readonly provider = 'aliyun';
  private readonly rpc: RpcClient;
  private readonly beside: BesideRos;
  private identity?: Promise<string>;

  constructor(private readonly props: AliyunEngineProps = {}) {
    this.rpc = props.rpc ?? new RpcClient();
    this.beside = new BesideRos({ rpc: this.rpc, ...(props.objects === undefined ? {} : { objects: props.objects }) });
  }

  async read(place: EngineStack): Promise<StandingStack | undefined> {
    const ros = this.ros(place);
    const stackId = await standingId(ros, place);
    return stackId === undefined ? undefined : standingOf(await ros.getStack(stackId));
  }

  async list(region: CloudRegionId): Promise<string[]> {
    const stacks = await new RosClient({ region, rpc: this.rpc }).listStacks();
    return stacks.filter(({ status }) => !isGone(status) && status !== UNEXECUTED).map(({ name }) => name);
  }

  async readTemplate(place: EngineStack): Promise<Record<string, unknown> | undefined> {
    const ros = this.ros(place);
    const stackId = await standingId(ros, place);
    return stackId === undefined ? undefined : JSON.parse(await ros.getTemplate(stackId));
  }

  /** Compared with what was read back, not by a change set: one of a new stack would leave that stack behind. */
  async preview(stack: DeployStack, parameters: Readonly<Record<string, string>>): Promise<StackPreview> {
    const ros = this.ros(stack);
    const stackId = await standingId(ros, stack);
    if (stackId === undefined) return { action: 'create', because: ['new'] };
    const stands = standingOf(await ros.getStack(stackId));
    const because: string[] = [];
    if (!/^(CREATE|UPDATE|CHECK|IMPORT_CREATE|IMPORT_UPDATE)_COMPLETE$/.test(stands.status))
      because.push(`left as ${stands.status}`);
    const template = JSON.parse(readFileSync(stack.template, 'utf8'));
    if (JSON.stringify(template) !== JSON.stringify(JSON.parse(await ros.getTemplate(stackId)))) because.push('template');
    // What comes from a stack that isn't there yet is not known.
    if (Object.entries(parameters).some(([name, value]) => stands.parameters[name] !== value)) because.push('parameters');
    if (!sameRecord(stack.tags, stands.tags)) because.push('tags');
    if (stack.holdsData !== stands.deletionProtection) because.push('deletion protection');
    because.push(...(await this.beside.due(stack)));
    return { action: because.length === 0 ? 'none' : 'update', because };
  }

  /** Publishes, applies, then does what ROS can't. Each part asks first what is done already. */
  async apply(stack: DeployStack, input: ApplyInput, progress: OnProgress): Promise<Applied> {
    const members = membersAmong(input.replace);
    if (members.length > 0) throw memberReplacement(stack.path, members);
    await this.refuseOtherAccount(stack);
    const before = await this.beside.before(stack, input, progress);
    const outcome = await applyStack(this.ros(stack), requestOf(stack, input), {
      onEvent: (event) => progress(progressOf(event)),
      ...(input.hold === undefined ? {} : { beforeWrite: input.hold }),
      ...(this.props.watching === undefined ? {} : { watching: this.props.watching }),
    });
    if (outcome.kind === 'failed') throw problemError(stack, outcome.problem, input.replace, waitedFor(stack, outcome.problem));
    const more = before + (await this.beside.after(stack, input, progress)) > 0;
    return { outcome: outcome.kind === 'unchanged' && more ? 'updated' : outcome.kind, warnings: [] };
  }

  async destroy(place: EngineStack, progress: OnProgress, hold?: () => Promise<void>): Promise<boolean> {
    await this.refuseOtherAccount(place);
    const outcome = await destroyStack(
      this.ros(place),
      { name: place.name, liftProtection: true },
      {
        onEvent: (event) => progress(progressOf(event)),
        ...(hold === undefined ? {} : { beforeWrite: hold }),
        ...(this.props.watching === undefined ? {} : { watching: this.props.watching }),
      },
    );
    if (outcome.kind === 'failed') throw problemError(place, outcome.problem);
    return outcome.kind === 'deleted';
  }

  async drift(stack: StackWithMembers): Promise<DriftedResource[]> {
    const ros = this.ros(stack);
    const found = await ros.findStack(stack.name);
    if (found === undefined) return [];
    const { drifts } = await stackDrift(ros, found.stackId, this.props.watching);
    const engine = drifts.map(({ logicalId, physicalId, type, status, differences }): DriftedResource => {
      const words = differences.map(({ path, expected, actual }) => ({
        property: path.replace(/^\//, '').replaceAll('/', '.'),
        expected,
        actual,
      }));
      const drift = status === 'DELETED' ? 'deleted' : 'modified';
      return { logicalId, type, drift, ...(physicalId === undefined ? {} : { physicalId }), differences: words };
    });
    return [...engine, ...(await this.beside.stopped(stack)), ...(await this.beside.drift(stack))];
  }

  async planRepair(stack: StackWithMembers, drifted: readonly DriftedResource[], template: Template): Promise<RepairPlan> {
    const set = await this.beside.otherwise(stack);
    const settings = drifted.filter((one) => set.some((other) => JSON.stringify(other) === JSON.stringify(one)));
    return planRosRepair(template, drifted, settings);
  }

  async repair(
    stack: StackWithMembers,
    items: readonly RepairItem[],
    { hold }: Pick<ApplyInput, 'hold'>,
    progress: OnProgress,
  ): Promise<void> {
    await this.refuseOtherAccount(stack);
    const ros = this.ros(stack);
    const stackId = await standingId(ros, stack);
    if (stackId === undefined)
      throw new DeployError('STACK_ABSENT', `${stack.path} does not stand`, `meissa deploy ${stack.region}`);
    const { watching } = this.props;
    const by = { rpc: this.rpc, ros, stackId, ...(watching && { watching }), ...(hold && { hold }) };
    await repairRosHosts(stack, items, by, progress);
    const anew = items.filter((item) => item.by === 'anew').map(({ resource }) => resource.logicalId);
    if (anew.length > 0) await makeAnew(stack, anew, by, progress);
    // Of a host that was made anew too.
    if (items.some((item) => item.by === 'set' || item.by === 'anew')) await this.beside.set(stack, progress, hold);
  }

  /** By Cloud Assistant: the host's own journal, where it answers. */
  async journal(stack: StackWithMembers, host: string): Promise<Journal | undefined> {
    const instance = await this.beside.instanceOf(stack, host);
    const lines = instance === undefined ? undefined : await journalLines(this.rpc, stack.cloudRegion, instance);
    return lines && { host, lines };
  }

  async resources(place: EngineStack): Promise<StandingResource[]> {
    const ros = this.ros(place);
    const found = await ros.findStack(place.name);
    if (found === undefined) return [];
    return (await ros.listStackResources(found.stackId)).map(({ logicalId, physicalId, type, status }) => ({
      logicalId,
      ...(physicalId === undefined ? {} : { physicalId }),
      type,
      status,
    }));
  }

  /** In the region's bucket, which its first stack makes. */
  async leaseStore(region: CloudRegionId): Promise<LeaseStore | undefined> {
    const bucket = this.props.bucketOf?.(region);
    if (bucket === undefined) return undefined;
    await this.refuseOtherAccount({ path: region, cloudRegion: region });
    const { credentials, clock, environment } = this.rpc;
    const store = ossLeaseStore(new OssClient({ region, credentials, clock, environment }), bucket);
    try {
      await store.read();
    } catch (error) {
      if (error instanceof NotFound && error.code === 'NoSuchBucket') return undefined;
      throw error;
    }
    return store;
  }

  members(stack: StackWithMembers): Promise<MemberState[]> {
    return this.beside.members(stack);
  }

  async awayHosts(place: EngineStack, template: Template): Promise<AwayHost[] | undefined> {
    if (!hasHosts(template)) return [];
    return awayHosts(this.rpc, place.cloudRegion, template, await this.resources(place));
  }

  explain(error: unknown, place: EngineStack): DeployError {
    return explainAliyun(error, place);
  }

  private ros({ cloudRegion: region }: EngineStack): RosClient {
    return new RosClient({ region, rpc: this.rpc });
  }

  /** Names of stacks are an account's own: in another account all of them would be made anew. */
  private async refuseOtherAccount({ path, cloudRegion: region }: Pick<EngineStack, 'path' | 'cloudRegion'>): Promise<void> {
    const account = this.props.accountOf?.(region);
    if (account === undefined) return;
    this.identity ??= callerAccount(this.rpc, region);
    this.identity.catch(() => {
      this.identity = undefined;
    });
    const own = await this.identity;
    if (own === account) return;
    throw new DeployError(
      'WRONG_ACCOUNT',
      `${path}: the credentials are of account ${own}, ${region} is of ${account}`,
      `use credentials of account ${account} (ALIBABA_CLOUD_PROFILE), or write aliyun.account: "${own}"`,
    );
  }
}

/** A stack that only a change set has made isn't there yet. */
async function standingId(ros: RosClient, { name }: EngineStack): Promise<string | undefined> {
  const found = await ros.findStack(name);
  return found?.status === UNEXECUTED ? undefined : found?.stackId;
}

function standingOf(stack: Stack): StandingStack {
  const { status, statusReason, outputs, parameters, tags, deletionProtection, updated, created } = stack;
  const changed = updated ?? created;
  return {
    status,
    ...(statusReason === '' ? {} : { reason: statusReason }),
    outputs,
    parameters,
    tags,
    deletionProtection,
    ...(changed === undefined ? {} : { changed: changed.toISOString() }),
  };
}

/** Members whose gates were not opened. */
function waitedFor({ ros }: DeployStack, { reasons }: StackProblem): string[] {
  const numbers = new Set(reasons.flatMap((reason) => /^M(\d+)Gate/.exec(reason)?.[1] ?? []).map(Number));
  return (ros?.members ?? []).filter(({ number }) => numbers.has(number)).map(({ name }) => name);
}

/** Source: STS, "GetCallerIdentity". */
async function callerAccount(rpc: RpcClient, region: CloudRegionId): Promise<string> {
  const { AccountId } = await rpc.call({ product: 'sts', region, action: 'GetCallerIdentity', parameters: {} });
  return String(AccountId);
}

function requestOf(
  { name, template, tags, holdsData, disableRollback, ros }: DeployStack,
  { parameters, replace }: ApplyInput,
): StackRequest {
  return {
    name,
    template: readFileSync(template, 'utf8'),
    parameters,
    tags,
    disableRollback,
    deletionProtection: holdsData,
    ...(ros === undefined ? {} : { timeoutMinutes: ros.timeoutMinutes }),
    ...(replace.length === 0 ? {} : { replace }),
  };
}

function progressOf({ time, logicalId, type, status, reason }: StackEvent) {
  return { at: (time ?? new Date(0)).toISOString(), logicalId, type, status, ...(reason === '' ? {} : { reason }) };
}
