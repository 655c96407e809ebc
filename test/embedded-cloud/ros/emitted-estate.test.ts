import type { EmittedAssembly } from '../../../lib/aliyun/app';
import type { RosStackManifest } from '../../../lib/aliyun/assembly';
import { OssClient } from '../../../lib/aliyun/cloud/oss';
import { templateText } from '../../../lib/aliyun/ros';
import { emit, inland } from '../../aliyun/fixtures';
import { type Answer, RosCloud } from './ros-cloud';

const REGION = 'cn-beijing';
let ros: RosCloud;
let assembly: EmittedAssembly;
beforeAll(async () => {
  ros = await RosCloud.start({ aliyun: { account: '1111111111111111' } });
  assembly = emit(inland(), [REGION]);
});
afterAll(() => ros.close());

const outputs: Record<string, Record<string, string>> = {};

/** Publishes what a stack's hosts fetch, as the deploy verb does. */
async function publish(stack: RosStackManifest): Promise<void> {
  const oss = new OssClient({ region: REGION, environment: ros.cloud.aliyun.env(REGION) as NodeJS.ProcessEnv });
  for (const { bucket, manifestKey, objectKey, digest, file } of stack.configurations) {
    await oss.put(bucket, objectKey, assembly.configurations.get(file) ?? '');
    if (manifestKey !== undefined) await oss.put(bucket, manifestKey, `meissa-config 1\n${digest}\n`);
  }
}

async function asked(stack: RosStackManifest) {
  const Parameters = Object.entries(stack.parameters).map(([ParameterKey, from]) => ({
    ParameterKey,
    ParameterValue: outputs[from.stack]?.[from.output],
  }));
  const template = assembly.templates.get(stack.path);
  if (!template) throw new Error(stack.path);
  return {
    TemplateBody: templateText(template),
    Parameters,
    Tags: Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value })),
    TimeoutInMinutes: stack.timeoutMinutes,
  };
}

test('every stack that is emitted for a region stands up in order', async () => {
  for (const stack of assembly.manifest.stacks) {
    await publish(stack);
    const { StackId } = await ros.call('CreateStack', { StackName: stack.name, DisableRollback: true, ...(await asked(stack)) });
    const made = await ros.settled(StackId);
    const failed = made.Status === 'CREATE_COMPLETE' ? [] : await failures(StackId);
    expect([stack.path, made.Status, failed]).toEqual([stack.path, 'CREATE_COMPLETE', []]);
    outputs[stack.name] = Object.fromEntries(made.Outputs.map((o: Answer) => [o.OutputKey, o.OutputValue]));
  }
  const { hosts } = ros.cloud.aliyun.inventory(REGION);
  expect(hosts.length).toBeGreaterThan(3);
  const members = hosts.filter((h) => h.tags['meissa:gate'] !== undefined);
  expect(members.length).toBeGreaterThan(0);
  expect(members.filter((h) => !h.healthy)).toEqual([]);
});

const failures = async (StackId: string): Promise<string[]> => {
  const { Events } = await ros.call('ListStackEvents', { StackId, PageSize: 50, Status: ['CREATE_FAILED'] });
  return Events.map((e: Answer) => `${e.LogicalResourceId} (${e.ResourceType}): ${e.StatusReason}`);
};

test('emitted again, no stack has a change', async () => {
  for (const stack of assembly.manifest.stacks) {
    const { Stacks } = await ros.call('ListStacks', { StackName: [stack.name] });
    const again = ros.call('UpdateStack', { StackId: Stacks[0].StackId, ...(await asked(stack)) });
    await expect(again).rejects.toMatchObject({ message: expect.stringContaining('completely same') });
  }
});
