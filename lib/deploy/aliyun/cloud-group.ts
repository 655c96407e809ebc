/** A scaling group as its hosts: known by ESS and ECS, asked by Cloud Assistant. */
import type { RosElastic } from '../../aliyun/assembly';
import {
  addToGroup,
  Busy,
  describeInstances,
  groupInstances,
  markUnhealthy,
  type RpcClient,
  removeFromGroup,
} from '../../aliyun/cloud';
import type { CloudRegionId } from '../../estate/model/model';
import type { Group, GroupHost } from './exchange';
import { CloudHosts } from './hosts';
import type { HostSaid } from './roll';

/** Between two tries while a group scales, and how many of them; it also starts and releases hosts by itself. */
const BUSY = { pause: 10_000, tries: 60 };

export class CloudGroup implements Group {
  private readonly asked: CloudHosts;

  /** @param digest of the configuration that is described */
  constructor(
    private readonly rpc: RpcClient,
    private readonly region: CloudRegionId,
    private readonly group: string,
    private readonly elastic: Pick<RosElastic, 'image' | 'instanceType'>,
    digest: string,
  ) {
    this.asked = new CloudHosts(rpc, region, digest);
  }

  async hosts(): Promise<GroupHost[]> {
    const ids = await groupInstances(this.rpc, this.region, this.group);
    const instances = await describeInstances(this.rpc, this.region, ids);
    return instances.map(({ instanceId, name, image, instanceType, created }) => ({
      id: instanceId,
      name,
      age: this.now() - created.getTime(),
      asDescribed: image === this.elastic.image && instanceType === this.elastic.instanceType,
    }));
  }

  ask({ id }: GroupHost): Promise<HostSaid> {
    return this.asked.askInstance(id);
  }

  add(count: number): Promise<void> {
    return this.whenFree(() => addToGroup(this.rpc, this.region, this.group, count));
  }

  remove(ids: readonly string[]): Promise<void> {
    return this.whenFree(() => removeFromGroup(this.rpc, this.region, this.group, ids));
  }

  async exchange(ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.whenFree(() => markUnhealthy(this.rpc, this.region, id));
  }

  sleep(milliseconds: number): Promise<void> {
    return this.rpc.clock.sleep(milliseconds);
  }

  now(): number {
    return this.rpc.clock.now();
  }

  private async whenFree(work: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Busy) || tries === BUSY.tries) throw error;
        await this.sleep(BUSY.pause);
      }
    }
  }
}
