/** The client against the embedded ROS, whose engine, signatures and words were written from the pages by other hands. */

import { inspect } from 'node:util';
import { SYSTEM_CLOCK } from '../../../lib/aliyun/cloud/clock';
import { defaultCredentials } from '../../../lib/aliyun/cloud/default-credentials';
import { OssClient } from '../../../lib/aliyun/cloud/oss';
import { RpcClient, type RpcClientProps } from '../../../lib/aliyun/cloud/rpc';
import {
  applyStack,
  destroyStack,
  previewChanges,
  RosClient,
  type StackRequest,
  stackDrift,
} from '../../../lib/aliyun/ros-client';
import { wrongSecret } from '../../credentials.json';
import { REGION, RosCloud, template, vpc, vSwitch } from '../../embedded-cloud/ros/ros-cloud';

let ros: RosCloud;
beforeAll(async () => {
  ros = await RosCloud.start();
});
beforeEach(() => {
  ros.cloud.aliyun.clear();
  ros.cloud.aliyun.resetCalls();
});
afterAll(() => ros.close());

/** Waits a fiftieth of what it is told. */
const clock = { ...SYSTEM_CLOCK, sleep: (milliseconds: number) => SYSTEM_CLOCK.sleep(milliseconds / 50) };
const watching = { firstMs: 500, longestMs: 1500 };

function clientOf(region = REGION, props: Partial<RpcClientProps> = {}): RosClient {
  const environment = ros.cloud.aliyun.env(region);
  return new RosClient({ region, rpc: new RpcClient({ environment, clock, ...props }) });
}

const stackOf = (name: string, cidr = '10.0.0.0/24'): StackRequest => ({
  name,
  template: template(
    { Vpc: vpc(), Switch: vSwitch({ CidrBlock: cidr }) },
    { Outputs: { VpcIdG1: { Value: { 'Fn::GetAtt': ['Vpc', 'VpcId'] } } } },
  ),
  tags: { 'meissa:stack': name },
  timeoutMinutes: 10,
});
const apply = (request: StackRequest, client = clientOf()) => applyStack(client, request, { watching });
const live = async (name: string) => (await clientOf().listStacks(name)).filter((stack) => stack.status !== 'DELETE_COMPLETE');

test('created, unchanged, updated, seen to drift, destroyed', async () => {
  const told: string[] = [];
  const request = stackOf('whole-life');
  const created = await applyStack(clientOf(), request, {
    watching,
    onEvent: (event) => told.push(`${event.logicalId} ${event.status}`),
  });
  expect(created).toMatchObject({
    kind: 'created',
    status: 'CREATE_COMPLETE',
    outputs: { VpcIdG1: expect.stringMatching(/^vpc-/) },
  });
  const { stackId } = created as { stackId: string };
  expect(told).toEqual(await ros.history(stackId));
  expect(await apply(request)).toMatchObject({ kind: 'unchanged' });
  expect(await previewChanges(clientOf(), request, watching)).toBe('unchanged');
  const changed = { ...request, template: request.template.replace('10.0.0.0/16', '10.0.0.0/16","VpcName":"named') };
  expect(await previewChanges(clientOf(), changed, watching)).toEqual([
    expect.objectContaining({ action: 'Modify', logicalId: 'Vpc', replacement: 'False' }),
  ]);
  expect(await apply(changed)).toMatchObject({ kind: 'updated', stackId });
  // Back and forth within a second: each time is a new intent.
  expect(await apply(request)).toMatchObject({ kind: 'updated' });
  expect(await apply(changed)).toMatchObject({ kind: 'updated' });
  expect(await clientOf().getTemplate(stackId)).toBe(changed.template);
  expect(await stackDrift(clientOf(), stackId, watching)).toMatchObject({ status: 'IN_SYNC', drifts: [] });
  expect(await destroyStack(clientOf(), { name: request.name }, { watching })).toEqual({ kind: 'deleted', stackId });
  expect(await apply(request)).toMatchObject({ kind: 'created' });
});

test('a preview of a stack that is not there leaves none, nor one of a preview that was killed', async () => {
  const request = stackOf('only-looked-at');
  await clientOf().createChangeSet('CREATE', request, { name: 'left-behind', token: 'left-behind' });
  expect((await live(request.name)).map((stack) => stack.status)).toEqual(['REVIEW_IN_PROGRESS']);
  expect(await previewChanges(clientOf(), request, watching)).toHaveLength(2);
  await SYSTEM_CLOCK.sleep(50);
  expect(await live(request.name)).toEqual([]);
  expect(await apply(request)).toMatchObject({ kind: 'created' });
});

test.each(['half', 'hang'] as const)('a create that happened although its answer was lost (%s) makes one stack', async (kind) => {
  ros.cloud.aliyun.fault({ kind, action: 'CreateStack', done: true, times: 1 });
  const request = stackOf(`lost-answer-${kind}`);
  // Its own connection has to run out of time before the next is made.
  const client = clientOf(REGION, { readTimeoutMs: 500 });
  const quick = new RosClient({ region: REGION, rpc: client.rpc });
  expect(await applyStack(kind === 'hang' ? impatient(quick) : quick, request, { watching })).toMatchObject({ kind: 'created' });
  expect(await live(request.name)).toHaveLength(1);
});

/** The same client, whose writes don't wait a minute for an answer. */
function impatient(client: RosClient): RosClient {
  const call = client.rpc.call.bind(client.rpc);
  client.rpc.call = (one) => call({ ...one, readTimeoutMs: 400 });
  return client;
}

test.each(['html', 'half', 'error', 'unavailable', 'empty'] as const)(
  'a read that is met by %s is asked again and answered',
  async (kind) => {
    ros.cloud.aliyun.fault({ kind, action: 'ListStacks', times: 2 });
    const seen: (string | undefined)[] = [];
    await expect(
      clientOf(REGION, { onRequest: (request) => seen.push(request.code) }).findStack('nobody'),
    ).resolves.toBeUndefined();
    expect(seen).toEqual([expect.any(String), expect.any(String), undefined]);
  },
);

test('wrong keys are said as such, and nothing is shown of them', async () => {
  const environment: Record<string, string> = {
    ...ros.cloud.aliyun.env(),
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: wrongSecret,
  };
  const client = clientOf(REGION, { environment, credentials: defaultCredentials({ environment }) });
  const error = await apply(stackOf('never'), client).then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toMatchObject({ name: 'CredentialsRefused', code: 'SignatureDoesNotMatch' });
  for (const secret of [wrongSecret, environment.ALIBABA_CLOUD_ACCESS_KEY_ID!, 'Signature=', 'TemplateBody']) {
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
  }
});

test('a template that ROS refuses is an outcome with its words', async () => {
  const request = { ...stackOf('refused'), template: template({ Vpc: { Type: 'ALIYUN::ECS::NoSuchThing' } }) };
  expect(await apply(request)).toMatchObject({
    kind: 'failed',
    status: 'NONE',
    problem: { reasons: [expect.stringContaining('NoSuchThing')] },
  });
});

test('ten regions deploy at once under 30 % throttling, each call made less than three times the needed number', async () => {
  const regions = [
    'cn-beijing',
    'cn-hangzhou',
    'cn-shanghai',
    'cn-shenzhen',
    'cn-zhangjiakou',
    'cn-hongkong',
    'ap-southeast-1',
    'us-west-1',
    'us-east-1',
    'eu-central-1',
  ];
  const seen: { action: string; code?: string }[] = [];
  ros.cloud.aliyun.throttle({ share: 0.3, seed: 5 });
  const outcomes = await Promise.all(
    regions.map((region) =>
      applyStack(clientOf(region, { onRequest: (request) => seen.push(request) }), stackOf('throttled'), { watching }),
    ),
  );
  expect(outcomes.map((outcome) => outcome.kind)).toEqual(regions.map(() => 'created'));
  const needed = seen.filter((request) => request.code === undefined).length;
  expect(seen.length).toBeGreaterThan(needed);
  expect(seen.length).toBeLessThan(needed * 3);
  expect(seen.filter((request) => request.action === 'CreateStack' && request.code === undefined)).toHaveLength(10);
});

test('object storage of the embedded cloud takes what the client of OSS signs', async () => {
  const whole = await RosCloud.start({ aliyun: {} });
  try {
    const environment = whole.cloud.aliyun.env();
    const client = new RosClient({ region: REGION, rpc: new RpcClient({ environment, clock }) });
    const resources = { Bucket: { Type: 'ALIYUN::OSS::Bucket', Properties: { BucketName: 'meissa-embedded' } } };
    expect(await apply({ name: 'bucket', template: template(resources) }, client)).toMatchObject({ kind: 'created' });
    const oss = new OssClient({ region: REGION, environment, clock });
    await oss.put('meissa-embedded', 'config/k1/manifest', 'meissa-config 1\n');
    expect((await oss.get('meissa-embedded', 'config/k1/manifest')).toString()).toBe('meissa-config 1\n');
    const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(await oss.head('meissa-embedded', 'config/k1/manifest')).toMatchObject({ size: 16, sha256 });
  } finally {
    await whole.close();
  }
});
