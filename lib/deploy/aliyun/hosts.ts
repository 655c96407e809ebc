/** Members of a stack as hosts: asked by Cloud Assistant, restarted by ECS. */

import type { RosMember, RosStackManifest } from '../../aliyun/assembly';
import {
  askHost,
  Busy,
  describeInstances,
  type HostAnswer,
  NotFound,
  Refused,
  type RpcClient,
  rebootInstance,
} from '../../aliyun/cloud';
import type { CloudRegionId } from '../../estate/model/model';
import { each } from '../each';
import type { HostSaid, RollHosts } from './roll';

/** A member whose instance stands. */
export interface StandingMember extends RosMember {
  readonly instanceId: string;
}

/** How many hosts are asked at once. */
const AT_ONCE = 10;

/** Says `applied=<digest>`; ends with 0 when that is the asked one and the host is well, 3 when it is another one, 1 otherwise. */
const HEALTHY = '/opt/meissa/bin/meissa-healthy';

const NOT_THIS_ONE = 3;

/** @param ids physical ids of the stack's resources, by logical id */
export function standingMembers(ros: Pick<RosStackManifest, 'members'>, ids: ReadonlyMap<string, string>): StandingMember[] {
  return ros.members.flatMap((member) => {
    const instanceId = ids.get(member.instance);
    return instanceId === undefined ? [] : [{ ...member, instanceId }];
  });
}

export class CloudHosts implements RollHosts<StandingMember> {
  constructor(
    private readonly rpc: RpcClient,
    private readonly region: CloudRegionId,
    private readonly digest: string,
  ) {}

  ask({ instanceId }: StandingMember): Promise<HostSaid> {
    return this.askInstance(instanceId);
  }

  /** A host that runs with another configuration is asked about that one, because a restart needs to know who is well. */
  async askInstance(instanceId: string): Promise<HostSaid> {
    const said = await this.run(instanceId, this.digest);
    if (said === undefined) return { healthy: false };
    if (said.exitCode !== NOT_THIS_ONE || said.applied === undefined)
      return { ...(said.applied === undefined ? {} : { applied: said.applied }), healthy: said.exitCode === 0 };
    const own = await this.run(instanceId, said.applied);
    return { applied: said.applied, healthy: own?.exitCode === 0 };
  }

  async reboot({ instanceId }: StandingMember): Promise<void> {
    try {
      await rebootInstance(this.rpc, this.region, instanceId);
    } catch (error) {
      // It stops or starts already: an earlier deploy that was killed may have told it to.
      const restarting = error instanceof Busy || (error instanceof Refused && /IncorrectInstanceStatus/.test(error.code));
      if (!restarting) throw error;
    }
  }

  sleep(milliseconds: number): Promise<void> {
    return this.rpc.clock.sleep(milliseconds);
  }

  now(): number {
    return this.rpc.clock.now();
  }

  private async run(instanceId: string, digest: string): Promise<{ exitCode: number; applied?: string } | undefined> {
    const answer = await this.command(instanceId, `${HEALTHY} ${digest}`);
    if (answer === undefined || answer.kind === 'silent') return undefined;
    const applied = /^applied=([0-9a-f]{64})$/m.exec(answer.output)?.[1];
    return { exitCode: answer.exitCode, ...(applied === undefined ? {} : { applied }) };
  }

  /** An instance that stops, starts or is gone takes no command: that is no answer. */
  private async command(instanceId: string, command: string): Promise<HostAnswer | undefined> {
    try {
      return await askHost(this.rpc, this.region, instanceId, command);
    } catch (error) {
      if (error instanceof Busy || error instanceof NotFound) return undefined;
      if (error instanceof Refused && /Instance.*(Status|NotRunning|NotExist)|^Invalid(Instance|Operation)/.test(error.code))
        return undefined;
      throw error;
    }
  }
}

/** What each member says of itself; one that ECS has no more does not answer. */
export async function askMembers(hosts: CloudHosts, members: readonly StandingMember[]): Promise<HostSaid[]> {
  return each(members, AT_ONCE, (member) => hosts.ask(member));
}

/** Members whose instances run: others can't be asked. With ECS's word of each that it has, by its id. */
export async function runningMembers(
  rpc: RpcClient,
  region: CloudRegionId,
  members: readonly StandingMember[],
): Promise<{
  readonly running: StandingMember[];
  readonly others: StandingMember[];
  readonly found: ReadonlyMap<string, string>;
}> {
  const found = await describeInstances(
    rpc,
    region,
    members.map((member) => member.instanceId),
  );
  const ids = new Set(found.filter((instance) => instance.status === 'Running').map((instance) => instance.instanceId));
  return {
    running: members.filter((member) => ids.has(member.instanceId)),
    others: members.filter((member) => !ids.has(member.instanceId)),
    found: new Map(found.map(({ instanceId, status }) => [instanceId, status])),
  };
}
