import OSS from 'ali-oss';
import type { EmittedAssembly } from '../../../lib/aliyun/app';
import type { RosStackManifest } from '../../../lib/aliyun/assembly';
import { templateText } from '../../../lib/aliyun/ros';
import { emit, inland } from '../../aliyun/fixtures';
import { type Answer, RosCloud } from '../ros/ros-cloud';

/** Deploys an assembly's stacks in their order, as a deployer does: configurations first, outputs of other stacks as parameters. */
class Estate {
  readonly ids = new Map<string, string>();

  constructor(
    readonly ros: RosCloud,
    readonly assembly: EmittedAssembly,
  ) {}

  async settled(stack: RosStackManifest, StackId: string): Promise<Answer> {
    for (;;) {
      const now = await this.ros.call('GetStack', { StackId, RegionId: stack.region });
      if (!/_IN_PROGRESS$/.test(now.Status)) return now;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async deploy(stack: RosStackManifest): Promise<Answer> {
    for (const c of stack.configurations) await this.publish(stack.region, c);
    const TemplateBody = templateText(this.assembly.templates.get(stack.path) as never);
    const Parameters = await Promise.all(
      Object.entries(stack.parameters).map(async ([ParameterKey, from]) => {
        const given = await this.ros.call('GetStack', { StackId: this.ids.get(from.path), RegionId: from.region });
        const found = given.Outputs.find((o: Answer) => o.OutputKey === from.output);
        return { ParameterKey, ParameterValue: String(found.OutputValue) };
      }),
    );
    const { StackId } = await this.ros.call('CreateStack', {
      StackName: stack.name,
      RegionId: stack.region,
      TemplateBody,
      Parameters,
      TimeoutInMinutes: stack.timeoutMinutes,
    });
    this.ids.set(stack.path, StackId);
    return this.settled(stack, StackId);
  }

  async failures(stack: RosStackManifest): Promise<string[]> {
    const StackId = this.ids.get(stack.path);
    const asked = { StackId, RegionId: stack.region, PageSize: 50, Status: ['CREATE_FAILED', 'DELETE_FAILED'] };
    const { Events } = await this.ros.call('ListStackEvents', asked);
    return Events.map((e: Answer) => `${stack.path} ${e.LogicalResourceId}: ${e.StatusReason}`);
  }

  private async publish(region: string, c: RosStackManifest['configurations'][number]): Promise<void> {
    const env = this.ros.cloud.aliyun.env();
    const oss = new OSS({
      endpoint: this.ros.cloud.url,
      sldEnable: true,
      authorizationV4: true,
      region,
      bucket: c.bucket,
      accessKeyId: env.ALIBABA_CLOUD_ACCESS_KEY_ID,
      accessKeySecret: env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
    } as OSS.Options);
    await oss.put(c.objectKey, Buffer.from(this.assembly.configurations.get(c.file) ?? ''));
    if (c.manifestKey !== undefined) await oss.put(c.manifestKey, Buffer.from(`meissa-config 1\n${c.digest}\n`));
  }
}

test('the example of two Aliyun regions and a data centre stands up and goes away again, with nothing left', async () => {
  const ros = await RosCloud.start({ aliyun: {}, timeScale: 1 / 6000, aliyunHosts: { bootMilliseconds: 10 } });
  try {
    const estate = new Estate(ros, emit(inland()));
    const { stacks } = estate.assembly.manifest;
    for (const stack of stacks) {
      const { Status } = await estate.deploy(stack);
      expect([Status, ...(await estate.failures(stack))]).toEqual(['CREATE_COMPLETE']);
    }
    const beijing = ros.cloud.aliyun.inventory('cn-beijing');
    const wanted = new Map(
      stacks.flatMap((s) => s.members.map((m) => [m.name, s.configurations.find((c) => c.fleet === m.fleet)?.digest])),
    );
    const members = beijing.hosts.filter((h) => wanted.has(h.name));
    expect(members.length).toBeGreaterThan(0);
    for (const h of members) expect([h.name, h.applied, h.healthy]).toEqual([h.name, wanted.get(h.name), true]);
    expect(beijing.routeTables.flatMap((t) => t.routes).filter((r) => r.state !== 'active')).toEqual([]);
    for (const stack of [...stacks].reverse()) {
      const asked = { StackId: estate.ids.get(stack.path), RegionId: stack.region };
      await ros.call('SetDeletionProtection', { ...asked, DeletionProtection: 'Disabled' }).catch(() => undefined);
      await ros.call('DeleteStack', asked);
      const { Status } = await estate.settled(stack, String(asked.StackId));
      expect([Status, ...(await estate.failures(stack))]).toEqual(['DELETE_COMPLETE']);
    }
    for (const region of ['cn-beijing', 'cn-hangzhou']) {
      const { hosts, vpcs, transitRouters, interfaces } = ros.cloud.aliyun.inventory(region);
      expect({ hosts, vpcs, transitRouters, interfaces }).toEqual({ hosts: [], vpcs: [], transitRouters: [], interfaces: [] });
    }
  } finally {
    await ros.close();
  }
}, 120_000);
