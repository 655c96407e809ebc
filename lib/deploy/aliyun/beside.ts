/** What of a stack ROS cannot say: configurations in object storage, restarts of members, exchanges of elastic hosts, and properties that no type of it has. */

import { describeInstances, OssClient, type RpcClient } from '../../aliyun/cloud';
import { RosClient } from '../../aliyun/ros-client';
import type { CloudRegionId } from '../../estate/model/model';
import type { ApplyInput, DeployStack, DriftedResource, MemberState, OnProgress, StackWithMembers } from '../engine';
import { CloudGroup } from './cloud-group';
import { isPublished, type ObjectStore, publishConfigurations } from './configurations';
import { exchangeHosts, groupStates } from './exchange';
import { askMembers, CloudHosts, runningMembers, type StandingMember, standingMembers } from './hosts';
import { launchedHosts } from './launched';
import { rollMembers } from './roll';
import { borderRouterBfd } from './settings/border-routers';
import { innerAccess } from './settings/inner-access';
import { modified, type Setting, type StandingRos, step } from './settings/setting';
import { sourceDestCheck } from './settings/source-dest-check';

/** When a fleet says nothing of it: as long as a gate waits, ms. */
const HEALTH_TIMEOUT = 15 * 60_000;

/** In this order. */
const SETTINGS: readonly Setting[] = [innerAccess, sourceDestCheck, borderRouterBfd];

export interface BesideRosProps {
  readonly rpc: RpcClient;
  /** Objects of a region's buckets. @default - OSS, with the same credentials */
  readonly objects?: (region: CloudRegionId) => ObjectStore;
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
      if (!(await isPublished(this.objects(stack.cloudRegion), configuration)))
        because.push(`configuration of ${configuration.fleet}`);
    const standing = await this.standing(stack);
    for (const { logicalId, differences } of await otherwise(standing))
      because.push(`${differences.map(({ property }) => property).join(', ')} of ${logicalId}`);
    const due = (await this.membersOf(stack, standing)).filter((member) => member.rollDue);
    if (due.length > 0) because.push(`${due.map((member) => member.name).join(', ')} restart with their configuration`);
    const elastic = this.elastic(stack, standing);
    if (elastic !== undefined) {
      const states = await groupStates(elastic.group, elastic.options);
      const going = states.filter((state) => state.due).length;
      if (going > 0) because.push(`${going} of ${states.length} hosts of ${elastic.fleet} are exchanged`);
    }
    return because;
  }

  /** The group of a stack's elastic fleet. @returns undefined where it has none, or it doesn't stand */
  private elastic(stack: StackWithMembers & Pick<DeployStack, 'healthTimeout'>, standing: StandingRos | undefined) {
    const { ros } = stack;
    const { elastic } = ros ?? {};
    const digest = ros?.configurations[0]?.digest;
    const id = standing?.ids.get(elastic?.group ?? '');
    if (elastic === undefined || digest === undefined || id === undefined) return undefined;
    const { fleet, min, max, maxBatch } = elastic;
    const timeout = timeoutOf(stack);
    return {
      fleet,
      group: new CloudGroup(this.rpc, stack.cloudRegion, id, elastic, digest),
      options: { fleet: `${stack.region}/${fleet}`, digest, min, max, maxBatch, timeout },
    };
  }

  /** Before the stack is touched: its hosts find their configuration at their first boot. Returns how much was done. */
  async before(stack: DeployStack, { hold, fence }: ApplyInput, progress: OnProgress): Promise<number> {
    const published = await publishConfigurations(this.objects(stack.cloudRegion), stack, hold, fence);
    for (const fleet of published) progress(step(`configuration of ${fleet}`, 'ALIYUN::OSS::Object', 'PUBLISHED'));
    return published.length;
  }

  /** After the stack is complete. Returns how much was done. */
  async after(stack: DeployStack, input: ApplyInput, progress: OnProgress): Promise<number> {
    const standing = await this.standing(stack);
    if (standing === undefined) return 0;
    let done = 0;
    for (const setting of SETTINGS) {
      // Asked first: what is set already needs nobody's leave.
      if ((await setting.otherwise(standing)).length > 0) await input.hold?.();
      done += await setting.set(standing, progress);
    }
    done += await this.roll(stack, standing.members, input, progress);
    const elastic = this.elastic(stack, standing);
    if (elastic === undefined) return done;
    const { signal, hold } = input;
    const exchanged = await exchangeHosts(elastic.group, {
      ...elastic.options,
      ...(signal === undefined ? {} : { signal }),
      ...(hold === undefined ? {} : { hold }),
      onStep: ({ name, id }, what) =>
        progress(step(`${name} ${id}`, 'ALIYUN::ECS::Instance', what === 'goes' ? 'EXCHANGED' : 'WELL')),
    });
    return done + exchanged;
  }

  /** Members, and hosts that a scaling group of the stack launched. */
  async members(stack: StackWithMembers): Promise<MemberState[]> {
    const launched = await launchedHosts(this.rpc, stack);
    return [...(await this.membersOf(stack, await this.standing(stack))), ...launched];
  }

  /** Members whose instances are stopped: no drift to ROS. */
  async stopped(stack: StackWithMembers): Promise<DriftedResource[]> {
    const standing = await this.standing(stack);
    if (standing === undefined) return [];
    const ids = standing.members.map(({ instanceId }) => instanceId);
    const down = new Set(
      (await describeInstances(this.rpc, stack.cloudRegion, ids))
        .filter(({ status }) => /^Stopp/.test(status))
        .map((one) => one.instanceId),
    );
    return standing.members
      .filter(({ instanceId }) => down.has(instanceId))
      .map(({ instance, instanceId }) => ({
        logicalId: instance,
        type: 'ALIYUN::ECS::Instance',
        drift: 'stopped',
        physicalId: instanceId,
        differences: [],
      }));
  }

  /** Id of a member's instance. */
  async instanceOf(stack: StackWithMembers, host: string): Promise<string | undefined> {
    return (await this.standing(stack))?.members.find(({ name }) => name === host)?.instanceId;
  }

  /** What is set beside the template and is otherwise. */
  async otherwise(stack: StackWithMembers): Promise<DriftedResource[]> {
    return otherwise(await this.standing(stack));
  }

  /** Sets it. */
  async set(stack: StackWithMembers, progress: OnProgress, hold?: () => Promise<void>): Promise<void> {
    const standing = await this.standing(stack);
    if (standing === undefined) return;
    await hold?.();
    for (const setting of SETTINGS) await setting.set(standing, progress);
  }

  private async membersOf(stack: StackWithMembers, standing: StandingRos | undefined): Promise<MemberState[]> {
    const configurations = stack.ros?.configurations ?? [];
    const states: MemberState[] = [];
    const { running, others, found } = await runningMembers(this.rpc, stack.cloudRegion, standing?.members ?? []);
    const cloudWord = ({ instanceId }: StandingMember) => ({
      instance: instanceId,
      state: found.get(instanceId)?.toLowerCase() ?? 'gone',
    });
    for (const { fleet, digest } of configurations) {
      const own = running.filter((member) => member.fleet === fleet);
      const said = await askMembers(new CloudHosts(this.rpc, stack.cloudRegion, digest), own);
      for (const [at, member] of own.entries()) {
        const { name } = member;
        const { applied, healthy } = said[at]!;
        const rollDue = applied !== undefined && applied !== digest;
        states.push({
          name,
          fleet,
          ...cloudWord(member),
          described: digest,
          ...(applied === undefined ? {} : { applied }),
          healthy,
          rollDue,
        });
      }
      for (const member of others.filter((one) => one.fleet === fleet))
        states.push({ name: member.name, fleet, ...cloudWord(member), described: digest, healthy: false, rollDue: false });
    }
    return states;
  }

  private objects(region: CloudRegionId): ObjectStore {
    const known = this.stores.get(region);
    if (known !== undefined) return known;
    const { rpc } = this;
    const made =
      this.props.objects?.(region) ??
      new OssClient({ region, credentials: rpc.credentials, clock: rpc.clock, environment: rpc.environment });
    this.stores.set(region, made);
    return made;
  }

  /** Undefined where nothing of the stack is done beside ROS, or it doesn't stand yet. */
  private async standing(stack: StackWithMembers): Promise<StandingRos | undefined> {
    const { ros } = stack;
    if (ros === undefined) return undefined;
    const several = ros.members.length + (ros.borderRouters?.length ?? 0) + (ros.isolatedGroups?.length ?? 0);
    if (several === 0 && ros.elastic === undefined) return undefined;
    const client = new RosClient({ region: stack.cloudRegion, rpc: this.rpc });
    const found = await client.findStack(stack.name);
    if (found === undefined) return undefined;
    const resources = await client.listStackResources(found.stackId);
    const ids = new Map(
      resources.flatMap(({ logicalId, physicalId }) => (physicalId === undefined ? [] : [[logicalId, physicalId] as const])),
    );
    return { stack, rpc: this.rpc, ids, members: standingMembers(ros, ids) };
  }

  private async roll(
    stack: DeployStack,
    members: readonly StandingMember[],
    { signal, hold, fence }: ApplyInput,
    progress: OnProgress,
  ): Promise<number> {
    let rolled = 0;
    // A run that was taken over from may have published after us, when it woke up: a host must not boot with that.
    const before = async () => {
      await hold?.();
      await publishConfigurations(this.objects(stack.cloudRegion), stack, hold, fence);
    };
    for (const { fleet, digest } of stack.ros?.configurations ?? []) {
      const own = members.filter((member) => member.fleet === fleet);
      const [first] = own;
      if (first === undefined) continue;
      const done = await rollMembers(own, new CloudHosts(this.rpc, stack.cloudRegion, digest), {
        fleet: `${stack.region}/${fleet}`,
        digest,
        maxUnavailable: first.maxUnavailable,
        quorum: first.quorum,
        timeout: timeoutOf(stack),
        ...(signal === undefined ? {} : { signal }),
        hold: before,
        onStep: ({ name }, what) => progress(step(name, 'ALIYUN::ECS::Instance', what === 'restarts' ? 'RESTARTED' : 'WELL')),
      });
      rolled += done.length;
    }
    return rolled;
  }

  /** What ROS doesn't look at. */
  async drift(stack: StackWithMembers): Promise<DriftedResource[]> {
    const published: DriftedResource[] = [];
    for (const configuration of stack.ros?.configurations ?? []) {
      if (await isPublished(this.objects(stack.cloudRegion), configuration)) continue;
      published.push(
        modified(configuration.manifestKey ?? configuration.objectKey, 'configuration', 'digest', configuration.digest),
      );
    }
    return [...(await otherwise(await this.standing(stack))), ...published];
  }
}

/** In which a host must be well, milliseconds. */
function timeoutOf({ healthTimeout }: Pick<DeployStack, 'healthTimeout'>): number {
  return healthTimeout === undefined ? HEALTH_TIMEOUT : healthTimeout * 1000;
}

/** Everything that is set beside the template and is otherwise. */
async function otherwise(standing: StandingRos | undefined): Promise<DriftedResource[]> {
  const found: DriftedResource[] = [];
  if (standing !== undefined) for (const setting of SETTINGS) found.push(...(await setting.otherwise(standing)));
  return found;
}
