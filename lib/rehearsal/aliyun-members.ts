/** What a deploy does beside ROS: configurations are published, members restart with them and elastic hosts are exchanged as real ones are. */
import { createHash } from 'node:crypto';
import type { PublishedConfiguration, RosElastic } from '../aliyun/assembly';
import { NotFound } from '../aliyun/cloud/errors';
import { isPublished, type ObjectStore, putConfiguration, putManifest } from '../aliyun/fleet/configurations';
import { notAgreed } from '../aliyun/ros-client/outcome';
import { exchangeHosts, type Group } from '../deploy/aliyun/exchange';
import { problemError } from '../deploy/aliyun/explain';
import { type HostSaid, type RollHosts, rollMembers } from '../deploy/aliyun/roll';
import type { ApplyInput } from '../deploy/engine';
import { reboot } from '../embedded-cloud/aliyun/resources/ecs/launch';
import { launchOne, removeOne, scale } from '../embedded-cloud/aliyun/resources/ess/capacity';
import type { AliyunInstance } from '../embedded-cloud/aliyun/world/compute';
import { keepObject } from '../embedded-cloud/store/buckets';
import { type Region, regionOf } from '../embedded-cloud/store/world';
import type { VirtualCloud } from '../embedded-cloud/virtual';
import type { Stack } from '../engine/stack';
import type { Step } from './model';
import type { RehearsedStack } from './stack';
import type { Beside } from './virtual-engine';

/** When a fleet says nothing of it: as long as a gate waits, seconds. */
const HEALTH_TIMEOUT = 15 * 60;

export class VirtualMembers implements Beside {
  constructor(private readonly cloud: VirtualCloud) {}

  /** As the client of ROS refuses it: what would be deleted and made anew is agreed to by name, and members never are. */
  mayUpdate(stack: RehearsedStack, steps: readonly Step[], replace: readonly string[]): void {
    const replaced = steps.flatMap(({ act, logicalId }) =>
      act === 'replace' && !replace.includes(logicalId) ? [logicalId] : [],
    );
    if (replaced.length > 0) throw problemError(stack, notAgreed(stack.name, replaced), replace);
  }

  async before(stack: RehearsedStack): Promise<number> {
    let done = 0;
    for (const configuration of configurationsOf(stack)) {
      const store = this.store();
      if (await isPublished(store, configuration)) continue;
      await putConfiguration(store, configuration, configuration.text);
      await putManifest(store, configuration);
      done++;
    }
    return done;
  }

  async after(stack: RehearsedStack, stands: Stack, { signal }: ApplyInput): Promise<number> {
    const region = regionOf(this.cloud.world, stands.account, stands.region);
    const timeout = (stack.healthTimeout ?? HEALTH_TIMEOUT) * 1000;
    let rolled = 0;
    for (const { fleet, digest } of configurationsOf(stack)) {
      const members = (stack.ros?.members ?? []).filter(
        (member) => member.fleet === fleet && stands.resources[member.instance]?.physicalId,
      );
      const [first] = members;
      if (first === undefined) continue;
      const { maxUnavailable, quorum } = first;
      const own = members.map((member) => ({ ...member, instanceId: stands.resources[member.instance]!.physicalId }));
      const hosts = this.hosts(region, stands, digest);
      const options = { fleet: `${stack.region}/${fleet}`, digest, maxUnavailable, quorum, timeout, ...(signal && { signal }) };
      rolled += (await rollMembers(own, hosts, options)).length;
    }
    const { elastic } = stack.ros ?? {};
    const [configuration] = configurationsOf(stack);
    const group = elastic === undefined ? undefined : stands.resources[elastic.group]?.physicalId;
    if (elastic === undefined || configuration === undefined || !group) return rolled;
    const hosts = this.group(region, stands.account, group, elastic, configuration.digest);
    const { min, max, maxBatch, fleet } = elastic;
    const { digest } = configuration;
    const options = { fleet: `${stack.region}/${fleet}`, digest, min, max, maxBatch, timeout, ...(signal && { signal }) };
    return rolled + (await exchangeHosts(hosts, options));
  }

  private group(
    region: Region,
    account: string,
    id: string,
    { image, instanceType }: Pick<RosElastic, 'image' | 'instanceType'>,
    digest: string,
  ): Group {
    const { clock, backend, world } = this.cloud;
    const { aliyunHosts } = backend;
    const own = region.aliyun.scalingGroups[id]!;
    const place = { account: world.accounts[account]!, region, hosts: aliyunHosts };
    return {
      hosts: async () =>
        own.instances.flatMap((instanceId) => {
          const instance = region.aliyun.instances[instanceId];
          if (instance === undefined) return [];
          const age = clock.milliseconds() - Date.parse(instance.created);
          const asDescribed = instance.image === image && instance.type === instanceType;
          return [{ id: instanceId, name: instance.name, age, asDescribed }];
        }),
      ask: async ({ id: instanceId }) => said(aliyunHosts, region.aliyun.instances[instanceId], digest),
      add: async (count) => {
        for (let left = count; left > 0 && own.instances.length < own.max; left--) launchOne(place, own);
      },
      remove: async (ids) => {
        for (const one of ids) removeOne(place, own, one);
      },
      exchange: async (ids) => {
        for (const one of ids) removeOne(place, own, one);
        scale(place, own);
      },
      sleep: (milliseconds) => clock.wait(milliseconds),
      now: () => clock.milliseconds(),
    };
  }

  private hosts(region: Region, { id: stackId }: Stack, digest: string): RollHosts<RolledMember> {
    const { clock, backend } = this.cloud;
    const { aliyunHosts } = backend;
    const instanceOf = ({ instanceId }: RolledMember) => region.aliyun.instances[instanceId];
    return {
      ask: async (member) => (member.lost === true ? { healthy: false } : said(aliyunHosts, instanceOf(member), digest)),
      reboot: async (member) => {
        const from = clock.milliseconds();
        const instance = instanceOf(member);
        if (instance === undefined) throw absent('InvalidInstanceId.NotFound');
        // ECS refuses to restart what is stopped ("IncorrectInstanceStatus"), and the deploy waits for it.
        if (instance.state !== 'Running') return;
        reboot({ region, hosts: aliyunHosts }, instance);
        this.cloud.ros.machine.watch?.({
          stackId,
          logicalId: member.instance,
          type: 'ALIYUN::ECS::Instance',
          act: 'interrupt',
          from,
          to: from + this.cloud.ros.machine.dialect.seconds('ALIYUN::ECS::Instance', 'interrupt') * 1000,
          properties: ['configuration'],
          through: [],
          before: member.instanceId,
          after: member.instanceId,
          rollback: false,
        });
      },
      sleep: (milliseconds) => clock.wait(milliseconds),
      now: () => clock.milliseconds(),
    };
  }

  /** OSS of the world. A bucket that isn't there yet holds nothing, as its stack makes it. */
  private store(): ObjectStore {
    const { world, backend } = this.cloud;
    const object = (bucket: string, key: string) => world.ossBuckets[bucket]?.objects[key];
    return {
      put: async (bucket, key, content) => {
        const found = world.ossBuckets[bucket];
        if (found === undefined) throw absent('NoSuchBucket');
        const own = { etag: '', type: 'text/plain', checksums: {}, headers: {}, meta: 'x-oss-meta-' };
        keepObject(backend, found, key, Buffer.from(content), own);
      },
      get: async (bucket, key) => {
        const bytes = backend.objects.read(object(bucket, key)?.digest ?? '');
        if (bytes === undefined) throw absent('NoSuchKey');
        return bytes;
      },
      head: async (bucket, key) => {
        const found = object(bucket, key);
        return found && { sha256: found.digest };
      },
    };
  }
}

/** What a host says of itself; one that is gone says nothing. */
function said(hosts: VirtualCloud['backend']['aliyunHosts'], instance: AliyunInstance | undefined, digest: string): HostSaid {
  if (instance === undefined || hosts.command(instance, `/opt/meissa/bin/meissa-healthy ${digest}`) === undefined)
    return { healthy: false };
  const { applied } = instance;
  return { ...(applied.digest === undefined ? {} : { applied: applied.digest }), healthy: applied.healthy };
}

const absent = (code: string): NotFound =>
  new NotFound({ code, message: 'it is not there', wayOn: 'deploy what makes it first' });

interface RolledMember {
  readonly number: number;
  readonly name: string;
  readonly lost?: boolean;
  readonly instance: string;
  readonly instanceId: string;
}

/** With the text that is described; the digest is the text's own, whichever side it is of. */
function configurationsOf({ ros, configurations }: RehearsedStack): (PublishedConfiguration & { readonly text: string })[] {
  return (ros?.configurations ?? []).flatMap((configuration) => {
    const text = configurations?.get(configuration.fleet);
    if (text === undefined) return [];
    const digest = createHash('sha256').update(text).digest('hex');
    return [{ ...configuration, text, digest, objectKey: configuration.objectKey.replace(configuration.digest, digest) }];
  });
}
