/** What of a stack ROS cannot say: configurations in object storage, restarts of members, and properties that no type of it has. */
import {
  type BorderRouterBfd,
  OssClient,
  otherwiseBfd,
  type RpcClient,
  setBfd,
  sourceDestCheckedInstances,
  switchOffSourceDestCheck,
} from '../../aliyun/cloud';
import { RosClient } from '../../aliyun/ros-client';
import type { ApplyInput, DeployStack, DriftedResource, MemberState, OnProgress, StackWithMembers } from '../engine';
import { isPublished, type ObjectStore, publishConfigurations } from './configurations';
import { askMembers, CloudHosts, runningMembers, type StandingMember, standingMembers } from './hosts';
import { rollMembers } from './roll';

/** When a fleet says nothing of it: as long as a gate waits, ms. */
const HEALTH_TIMEOUT = 15 * 60_000;

type BorderRouter = BorderRouterBfd & { readonly resource: string };

export interface BesideRosProps {
  readonly rpc: RpcClient;
  /** Objects of a region's buckets. @default - OSS, with the same credentials */
  readonly objects?: (region: string) => ObjectStore;
}

export class BesideRos {
  private readonly rpc: RpcClient;
  private readonly stores = new Map<string, ObjectStore>();

  constructor(private readonly props: BesideRosProps) {
    this.rpc = props.rpc;
  }

  /** What is to be done, in words. */
  async due(stack: StackWithMembers): Promise<string[]> {
    const because: string[] = [];
    for (const configuration of stack.ros?.configurations ?? [])
      if (!(await isPublished(this.objects(stack.region), configuration)))
        because.push(`configuration of ${configuration.fleet}`);
    const checked = await this.checkedMembers(stack);
    if (checked.length > 0) because.push(`source/destination check of ${checked.map(({ name }) => name).join(', ')}`);
    for (const { resource } of await this.otherwiseTimed(stack)) because.push(`BFD of ${resource}`);
    const due = (await this.members(stack)).filter((member) => member.rollDue);
    if (due.length > 0) because.push(`${due.map((member) => member.name).join(', ')} restart with their configuration`);
    return because;
  }

  /** Before the stack is touched: its hosts find their configuration at their first boot. Returns how much was done. */
  async before(stack: DeployStack, progress: OnProgress): Promise<number> {
    const published = await publishConfigurations(this.objects(stack.region), stack);
    for (const fleet of published) progress(step(`configuration of ${fleet}`, 'ALIYUN::OSS::Object', 'PUBLISHED'));
    return published.length;
  }

  /** After the stack is complete. Returns how much was done. */
  async after(stack: DeployStack, input: ApplyInput, progress: OnProgress): Promise<number> {
    const members = await this.standing(stack);
    const opened = await this.openInterfaces(stack, members, progress);
    const timed = await this.timeBorderRouters(stack, progress);
    return opened + timed + (await this.roll(stack, members, input, progress));
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
  private async borderRouters(stack: StackWithMembers): Promise<BorderRouter[]> {
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

  private async otherwiseTimed(stack: StackWithMembers): Promise<BorderRouter[]> {
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
  async drift(stack: StackWithMembers): Promise<DriftedResource[]> {
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

  private ros({ region }: StackWithMembers): RosClient {
    return new RosClient({ region, rpc: this.rpc });
  }
}

/** What is done beside the engine, told like its events. */
function step(logicalId: string, type: string, status: string) {
  return { at: new Date().toISOString(), logicalId, type, status };
}
