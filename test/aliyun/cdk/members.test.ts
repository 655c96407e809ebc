/** A region as it is emitted, deployed by the handler in the order of its stacks: what becomes of members and their configurations. */
import { createHash } from 'node:crypto';
import { type EmittedAssembly, emittedText } from '../../../lib/aliyun/app';
import type { RosStackManifest } from '../../../lib/aliyun/assembly';
import type { RosStackProperties } from '../../../lib/aliyun/cdk/properties';
import { OssClient } from '../../../lib/aliyun/cloud';
import { SYSTEM_CLOCK } from '../../../lib/aliyun/cloud/clock';
import { RosCloud } from '../../embedded-cloud/ros/ros-cloud';
import { emit, inland } from '../fixtures';
import { asset, files } from './files';
import { type Ended, Resource } from './framework';

const REGION = 'cn-beijing';
let ros: RosCloud;
let assembly: EmittedAssembly;
let environment: NodeJS.ProcessEnv;
const resources = new Map<string, Resource>();
beforeAll(async () => {
  ros = await RosCloud.start({ aliyun: { account: '1111111111111111' } });
  assembly = emit(inland(), [REGION]);
  environment = ros.cloud.aliyun.env(REGION) as NodeJS.ProcessEnv;
});
afterAll(() => ros.close());

const clock = { ...SYSTEM_CLOCK, sleep: (milliseconds: number) => SYSTEM_CLOCK.sleep(milliseconds / 50) };

/** What the construct would write for a stack of the assembly. */
function propertiesOf(stack: RosStackManifest, configuration?: string): RosStackProperties {
  return {
    Region: stack.region,
    StackName: stack.name,
    Account: '1111111111111111',
    Template: asset(emittedText(assembly, stack.path)),
    ParametersFrom: Object.fromEntries(
      Object.entries(stack.parameters).map(([name, from]) => [
        name,
        { Stack: from.stack, Region: from.region, Output: from.output },
      ]),
    ),
    Tags: stack.tags,
    TimeoutMinutes: String(stack.timeoutMinutes),
    DisableRollback: String(stack.disableRollback),
    DeletionProtection: String(stack.deletionProtection),
    Configurations: stack.configurations.map(({ fleet, bucket, manifestKey, objectKey, digest, file }) => {
      const text = asset(configuration ?? assembly.configurations.get(file)!);
      return {
        Fleet: fleet,
        Bucket: bucket,
        ManifestKey: manifestKey,
        ObjectKey: objectKey.replace(digest, text.Digest),
        Text: text,
      };
    }),
    OpenInstances: stack.members.filter((member) => !member.sourceDestCheck).map((member) => member.instance),
    RollCommand: `meissa deploy ${stack.region}`,
  };
}

function resource(stack: RosStackManifest): Resource {
  const found = resources.get(stack.path);
  if (found !== undefined) return found;
  const made = new Resource({
    secret: async () =>
      JSON.stringify({
        accessKeyId: environment.ALIBABA_CLOUD_ACCESS_KEY_ID,
        accessKeySecret: environment.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
      }),
    file: async (_bucket, key) => Buffer.from(files.get(key)!),
    environment,
    clock,
    watching: { firstMs: 500, longestMs: 1500 },
    waits: { toEnd: 0 },
  });
  resources.set(stack.path, made);
  return made;
}

const voters = () => assembly.manifest.stacks.find((stack) => stack.configurations.length > 0)!;
const oss = () => new OssClient({ region: REGION, environment, clock });
const manifestOf = async ({ configurations: [one] }: RosStackManifest) =>
  (await oss().get(one!.bucket, one!.manifestKey!)).toString().split('\n')[1];
const changed = 'a changed configuration\n';
const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

test('every stack comes up in order, its members with the first configuration, and no roll is due', async () => {
  const ended: [string, Ended][] = [];
  for (const stack of assembly.manifest.stacks) ended.push([stack.path, await resource(stack).create(propertiesOf(stack))]);
  for (const [path, one] of ended) expect([path, one]).toEqual([path, expect.objectContaining({ status: 'CREATE_COMPLETE' })]);
  for (const [, { data }] of ended) expect(data).toMatchObject({ ConfigurationDue: 'none' });
  expect(await manifestOf(voters())).toBe(voters().configurations[0]!.digest);
  const { hosts } = ros.cloud.aliyun.inventory(REGION);
  expect(hosts.length).toBeGreaterThan(3);
}, 60_000);

test('the source/destination check of host-gw members is off, and drifted ones are switched off again', async () => {
  const stack = assembly.manifest.stacks.find((one) => one.members.some((member) => !member.sourceDestCheck))!;
  const checks = () => {
    const { interfaces } = ros.cloud.aliyun.region(REGION).aliyun as unknown as {
      interfaces: Record<string, { sourceDestCheck: boolean; instance?: string }>;
    };
    return Object.values(interfaces);
  };
  expect(checks().filter((one) => !one.sourceDestCheck).length).toBeGreaterThan(0);
  for (const one of checks()) one.sourceDestCheck = true;
  expect(await resource(stack).update({ ...propertiesOf(stack), Contents: {} })).toMatchObject({ status: 'UPDATE_COMPLETE' });
  const open = stack.members.filter((member) => !member.sourceDestCheck);
  expect(checks().filter((one) => !one.sourceDestCheck)).toHaveLength(open.length);
});

test('a changed configuration is published, but members keep theirs until it is rolled: the output says by which command', async () => {
  const stack = voters();
  const before = ros.cloud.aliyun.calls['ecs.RebootInstance']?.received ?? 0;
  const updated = await resource(stack).update(propertiesOf(stack, changed));
  const [{ fleet, bucket, objectKey, digest }] = stack.configurations as [RosStackManifest['configurations'][0]];
  expect(updated).toMatchObject({ status: 'UPDATE_COMPLETE', data: { ConfigurationDue: expect.stringContaining(fleet) } });
  expect(updated.data!.ConfigurationDue).toContain('run meissa deploy cn-beijing');
  expect((await oss().get(bucket, objectKey.replace(digest, digestOf(changed)))).toString()).toBe(changed);
  expect(await manifestOf(stack)).toBe(digest);
  expect(ros.cloud.aliyun.calls['ecs.RebootInstance']?.received ?? 0).toBe(before);
});

test('once it is rolled, the next deploy of the stack says that none is due', async () => {
  const stack = voters();
  const [{ bucket, manifestKey }] = stack.configurations as [RosStackManifest['configurations'][0]];
  await oss().put(bucket, manifestKey!, `meissa-config 1\n${digestOf(changed)}\n`);
  const updated = await resource(stack).update({ ...propertiesOf(stack, changed), Contents: {} });
  expect(updated).toMatchObject({ status: 'UPDATE_COMPLETE', data: { ConfigurationDue: 'none' } });
});

test('a stack whose region has no bucket yet says so', async () => {
  const stack = voters();
  const [one] = propertiesOf(stack).Configurations!;
  const properties = { ...propertiesOf(stack), StackName: 'too-early', Configurations: [{ ...one!, Bucket: 'no-such-bucket' }] };
  const refused = await resource({ ...stack, path: 'too-early' }).create(properties);
  expect(refused).toMatchObject({ status: 'ROLLBACK_COMPLETE', reason: expect.stringContaining('NoSuchBucket') });
});
