/** ROS, and what of a region it cannot say: configurations in object storage, restarts of members, the source/destination check. */
import { readFileSync } from 'node:fs';
import {
  type BorderRouterBfd,
  OssClient,
  otherwiseBfd,
  RpcClient,
  setBfd,
  sourceDestCheckedInstances,
  switchOffSourceDestCheck,
} from '../../aliyun/cloud';
import {
  applyStack,
  destroyStack,
  RosClient,
  type StackEvent,
  type StackRequest,
  stackDrift,
  UNEXECUTED,
  type Watching,
} from '../../aliyun/ros-client';
import { DeployError } from '../deploy-error';
import type {
  Applied,
  ApplyInput,
  DeployStack,
  DriftedResource,
  MemberState,
  OnProgress,
  StackEngine,
  StackPlace,
  StackPreview,
  StackWithMembers,
  StandingResource,
  StandingStack,
} from '../engine';
import { sameRecord } from '../same';
import { isPublished, type ObjectStore, publishConfigurations } from './configurations';
import { explainAliyun, problemError } from './explain';
import { askMembers, CloudHosts, runningMembers, type StandingMember, standingMembers } from './hosts';
import { rollMembers } from './roll';

/** When a fleet says nothing of it: as long as a gate waits, ms. */
const HEALTH_TIMEOUT = 15 * 60_000;

export interface AliyunEngineProps {
  /** Calls of all regions. @default - credentials and endpoints as Aliyun's own tools find them */
  readonly rpc?: RpcClient;
  /** Objects of a region's buckets. */
  readonly objects?: (region: string) => ObjectStore;
  readonly watching?: Watching;
}

export class AliyunEngine implements StackEngine {
  readonly provider = 'aliyun';
  private readonly rpc: RpcClient;
  private readonly stores = new Map<string, ObjectStore>();

  constructor(private readonly props: AliyunEngineProps = {}) {
    this.rpc = props.rpc ?? new RpcClient();
  }

  async read(place: StackPlace): Promise<StandingStack | undefined> {
    const ros = this.ros(place);
    const found = await ros.findStack(place.name);
    if (found === undefined || found.status === UNEXECUTED) return undefined;
    const { status, statusReason, outputs, parameters, tags, deletionProtection, updated, created } = await ros.getStack(
      found.stackId,
    );
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

  async readTemplate(place: StackPlace): Promise<Record<string, unknown> | undefined> {
    const ros = this.ros(place);
    const found = await ros.findStack(place.name);
    if (found === undefined || found.status === UNEXECUTED) return undefined;
    return JSON.parse(await ros.getTemplate(found.stackId));
  }

  /** Compared with what was read back, not by a change set: one of a new stack would leave that stack behind. */
  async preview(stack: DeployStack, parameters: Readonly<Record<string, string>>): Promise<StackPreview> {
    const stands = await this.read(stack);
    if (stands === undefined) return { action: 'create', because: ['new'] };
    const because: string[] = [];
    if (!/^(CREATE|UPDATE|CHECK|IMPORT_CREATE|IMPORT_UPDATE)_COMPLETE$/.test(stands.status))
      because.push(`left as ${stands.status}`);
    const template = JSON.parse(readFileSync(stack.template, 'utf8'));
    if (JSON.stringify(template) !== JSON.stringify(await this.readTemplate(stack))) because.push('template');
    // What comes from a stack that isn't there yet is not known.
    if (Object.entries(parameters).some(([name, value]) => stands.parameters[name] !== value)) because.push('parameters');
    if (!sameRecord(stack.tags, stands.tags)) because.push('tags');
    if (stack.holdsData !== stands.deletionProtection) because.push('deletion protection');
    for (const configuration of stack.ros?.configurations ?? [])
      if (!(await isPublished(this.objects(stack.region), configuration)))
        because.push(`configuration of ${configuration.fleet}`);
    const checked = await this.checkedMembers(stack);
    if (checked.length > 0) because.push(`source/destination check of ${checked.map(({ name }) => name).join(', ')}`);
    for (const { resource } of await this.otherwiseTimed(stack)) because.push(`BFD of ${resource}`);
    const due = (await this.members(stack)).filter((member) => member.rollDue);
    if (due.length > 0) because.push(`${due.map((member) => member.name).join(', ')} restart with their configuration`);
    return { action: because.length === 0 ? 'none' : 'update', because };
  }

  /** Publishes, applies, then does what ROS can't. Each part asks first what is done already. */
  async apply(stack: DeployStack, input: ApplyInput, progress: OnProgress): Promise<Applied> {
    refuseMembers(stack, input.replace);
    const published = await publishConfigurations(this.objects(stack.region), stack);
    for (const fleet of published) progress(step(`configuration of ${fleet}`, 'ALIYUN::OSS::Object', 'PUBLISHED'));
    const outcome = await applyStack(this.ros(stack), requestOf(stack, input), {
      onEvent: (event) => progress(progressOf(event)),
      ...(this.props.watching === undefined ? {} : { watching: this.props.watching }),
    });
    if (outcome.kind === 'failed') throw problemError(stack, outcome.problem);
    const members = await this.standing(stack);
    const opened = await this.openInterfaces(stack, members, progress);
    const timed = await this.timeBorderRouters(stack, progress);
    const rolled = await this.roll(stack, members, input, progress);
    const more = published.length + opened + timed + rolled > 0;
    return { outcome: outcome.kind === 'unchanged' && more ? 'updated' : outcome.kind, warnings: [] };
  }

  async destroy(place: StackPlace, progress: OnProgress): Promise<boolean> {
    const outcome = await destroyStack(
      this.ros(place),
      { name: place.name, liftProtection: true },
      {
        onEvent: (event) => progress(progressOf(event)),
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
    const engine = drifts.map(({ logicalId, type, status, differences }): DriftedResource => {
      const words = differences.map(({ path, expected, actual }) => ({
        property: path.replace(/^\//, '').replaceAll('/', '.'),
        expected,
        actual,
      }));
      return { logicalId, type, drift: status === 'DELETED' ? 'deleted' : 'modified', differences: words };
    });
    return [...engine, ...(await this.driftBeside(stack))];
  }

  async resources(place: StackPlace): Promise<StandingResource[]> {
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

  async members(stack: StackWithMembers): Promise<MemberState[]> {
    const configurations = stack.ros?.configurations ?? [];
    const states: MemberState[] = [];
    const { running, others } = await runningMembers(this.rpc, stack.region, await this.standing(stack));
    for (const { fleet, digest } of configurations) {
      const own = running.filter((member) => member.fleet === fleet);
      const said = await askMembers(new CloudHosts(this.rpc, stack.region, digest), own);
      for (const [at, { name }] of own.entries()) {
        const { applied, healthy } = said[at]!;
        const rollDue = applied !== undefined && applied !== digest;
        states.push({ name, fleet, described: digest, ...(applied === undefined ? {} : { applied }), healthy, rollDue });
      }
      for (const { name } of others.filter((member) => member.fleet === fleet))
        states.push({ name, fleet, described: digest, healthy: false, rollDue: false });
    }
    return states;
  }

  explain(error: unknown, place: StackPlace): DeployError {
    return explainAliyun(error, place);
  }

  private ros({ region }: StackPlace): RosClient {
    return new RosClient({ region, rpc: this.rpc });
  }

  private objects(region: string): ObjectStore {
    const known = this.stores.get(region);
    if (known !== undefined) return known;
    const { rpc } = this;
    const made =
      this.props.objects?.(region) ??
      new OssClient({ region, credentials: rpc.credentials, clock: rpc.clock, environment: rpc.environment });
    this.stores.set(region, made);
    return made;
  }

  private async standing(stack: StackWithMembers): Promise<StandingMember[]> {
    if (stack.ros === undefined || stack.ros.members.length === 0) return [];
    const ros = this.ros(stack);
    const found = await ros.findStack(stack.name);
    return found === undefined ? [] : standingMembers(stack.ros, await ros.listStackResources(found.stackId));
  }

  /** Members whose source/destination check is on and should be off. */
  private async checkedMembers(stack: StackWithMembers): Promise<StandingMember[]> {
    const open = (await this.standing(stack)).filter((member) => !member.sourceDestCheck);
    if (open.length === 0) return [];
    const { running } = await runningMembers(this.rpc, stack.region, open);
    const ids = await sourceDestCheckedInstances(
      this.rpc,
      stack.region,
      running.map((member) => member.instanceId),
    );
    return open.filter((member) => ids.includes(member.instanceId));
  }

  /** No ROS type has the property. Source: ECS, "ModifyNetworkInterfaceAttribute". */
  private async openInterfaces(stack: DeployStack, members: readonly StandingMember[], progress: OnProgress): Promise<number> {
    const open = members.filter((member) => !member.sourceDestCheck);
    if (open.length === 0) return 0;
    const touched = await switchOffSourceDestCheck(
      this.rpc,
      stack.region,
      open.map((member) => member.instanceId),
      (id) => {
        const member = open.find(({ instanceId }) => instanceId === id);
        progress(step(member?.instance ?? id, 'ALIYUN::ECS::Instance', 'SOURCE_DEST_CHECK_OFF'));
      },
    );
    return touched.length;
  }

  /** Border routers of the stack, with their ids; none before they stand. */
  private async borderRouters(stack: StackWithMembers): Promise<(BorderRouterBfd & { readonly resource: string })[]> {
    const wanted = stack.ros?.borderRouters ?? [];
    if (wanted.length === 0) return [];
    const ros = this.ros(stack);
    const found = await ros.findStack(stack.name);
    const resources = found === undefined ? [] : await ros.listStackResources(found.stackId);
    return wanted.flatMap((one) => {
      const vbrId = resources.find(({ logicalId }) => logicalId === one.resource)?.physicalId;
      return vbrId === undefined ? [] : [{ ...one, vbrId }];
    });
  }

  private async otherwiseTimed(stack: StackWithMembers): Promise<(BorderRouterBfd & { readonly resource: string })[]> {
    const own = await this.borderRouters(stack);
    const other = await otherwiseBfd(this.rpc, stack.region, own);
    return own.filter(({ vbrId }) => other.some((one) => one.vbrId === vbrId));
  }

  /** No ROS type has the properties. Source: VPC, "ModifyVirtualBorderRouterAttribute". */
  private async timeBorderRouters(stack: DeployStack, progress: OnProgress): Promise<number> {
    const own = await this.borderRouters(stack);
    const touched = await setBfd(this.rpc, stack.region, own, (id) => {
      const resource = own.find(({ vbrId }) => vbrId === id)!.resource;
      progress(step(resource, 'ALIYUN::VPC::VirtualBorderRouter', 'BFD_SET'));
    });
    return touched.length;
  }

  private async roll(
    stack: DeployStack,
    members: readonly StandingMember[],
    { signal }: ApplyInput,
    progress: OnProgress,
  ): Promise<number> {
    let rolled = 0;
    for (const { fleet, digest } of stack.ros?.configurations ?? []) {
      const own = members.filter((member) => member.fleet === fleet);
      const [first] = own;
      if (first === undefined) continue;
      const done = await rollMembers(own, new CloudHosts(this.rpc, stack.region, digest), {
        fleet: `${stack.region}/${fleet}`,
        digest,
        maxUnavailable: first.maxUnavailable,
        quorum: first.quorum,
        timeout: stack.healthTimeout === undefined ? HEALTH_TIMEOUT : stack.healthTimeout * 1000,
        ...(signal === undefined ? {} : { signal }),
        onStep: ({ name }, what) => progress(step(name, 'ALIYUN::ECS::Instance', what === 'restarts' ? 'RESTARTED' : 'WELL')),
      });
      rolled += done.length;
    }
    return rolled;
  }

  /** What ROS doesn't look at. */
  private async driftBeside(stack: StackWithMembers): Promise<DriftedResource[]> {
    const checked = (await this.checkedMembers(stack)).map(
      ({ instance }): DriftedResource => ({
        logicalId: instance,
        type: 'ALIYUN::ECS::Instance',
        drift: 'modified',
        differences: [{ property: 'source/destination check', expected: 'off', actual: 'on' }],
      }),
    );
    const published: DriftedResource[] = [];
    for (const configuration of stack.ros?.configurations ?? []) {
      if (await isPublished(this.objects(stack.region), configuration)) continue;
      const differences = [{ property: 'digest', expected: configuration.digest }];
      published.push({ logicalId: configuration.manifestKey, type: 'configuration', drift: 'modified', differences });
    }
    const timed = (await this.otherwiseTimed(stack)).map(
      ({ resource, minTxInterval, detectMultiplier }): DriftedResource => ({
        logicalId: resource,
        type: 'ALIYUN::VPC::VirtualBorderRouter',
        drift: 'modified',
        differences: [{ property: 'BFD', expected: `${minTxInterval} ms x ${detectMultiplier}` }],
      }),
    );
    return [...checked, ...timed, ...published];
  }
}

/** A member is replaced by `meissa replace`, in two deploys, never by the engine: it would delete it first, and its disk with it. */
function refuseMembers({ path }: DeployStack, replace: readonly string[]): void {
  const members = replace.filter((id) => /^M\d+(Instance|Volume|Attach|Route|Gate|Handle)/.test(id));
  if (members.length === 0) return;
  throw new DeployError(
    'MEMBER_REPLACEMENT',
    `${path}: ${members.join(', ')} belong to members, which are never replaced by the engine`,
    'replace a member on purpose: meissa replace <host>, in two deploys',
  );
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

/** What is done beside the engine, told like its events. */
function step(logicalId: string, type: string, status: string) {
  return { at: new Date().toISOString(), logicalId, type, status };
}
