/** The handler in process against the embedded ROS. */

import { inspect } from 'node:util';
import type { Surroundings } from '../../../lib/aliyun/cdk/handler/session';
import { SYSTEM_CLOCK } from '../../../lib/aliyun/cloud/clock';
import { wrongSecret } from '../../credentials.json';
import { REGION, RosCloud, template, vpc, vSwitch } from '../../embedded-cloud/ros/ros-cloud';
import { asset, files, stackOf } from './files';
import { Resource } from './framework';

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

const keys = (more: object = {}) => {
  const env = ros.cloud.aliyun.env();
  return JSON.stringify({
    accessKeyId: env.ALIBABA_CLOUD_ACCESS_KEY_ID,
    accessKeySecret: env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
    ...more,
  });
};

function surroundings(more: Partial<Surroundings> = {}): Surroundings {
  return {
    secret: async () => keys(),
    file: async (_bucket, key) => Buffer.from(files.get(key)!),
    environment: ros.cloud.aliyun.env() as NodeJS.ProcessEnv,
    clock,
    watching: { firstMs: 500, longestMs: 1500 },
    ...more,
  };
}

/** No call waits for ROS: all is seen by later ones. */
const HASTY = { waits: { toEnd: 0 } };

const live = async (name: string): Promise<{ StackId: string; Status: string }[]> =>
  (await ros.call('ListStacks', { StackName: [name] })).Stacks.filter((s: { Status: string }) => s.Status !== 'DELETE_COMPLETE');
const templateOf = async (StackId: string): Promise<string> => (await ros.call('GetTemplate', { StackId })).TemplateBody;
const writes = () => ['ros.CreateStack', 'ros.UpdateStack'].map((action) => ros.cloud.aliyun.calls[action]?.received ?? 0);

describe.each([
  ['within one call', {}],
  ['over many calls', HASTY],
])('a stack that ROS ends %s', (how, more) => {
  const named = (name: string) => `${name}-${how.replaceAll(' ', '-')}`;

  test('is created, left alone, updated and deleted, and CloudFormation knows its id and outputs', async () => {
    const resource = new Resource(surroundings(more));
    const properties = stackOf(named('whole-life'));
    const created = await resource.create(properties);
    expect(created).toMatchObject({
      status: 'CREATE_COMPLETE',
      data: { StackId: resource.physicalId, ConfigurationDue: 'none', VpcIdG1: expect.stringMatching(/^vpc-/) },
    });
    const { StackId } = (await live(properties.StackName))[0]!;
    expect(resource.physicalId).toBe(StackId);

    const before = writes();
    expect(await resource.update({ ...properties, Contents: { Resources: {} } })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await templateOf(StackId)).toBe(files.get(properties.Template.Key));
    expect(writes()).toEqual([before[0], before[1]! + 1]);

    const other = template({ Vpc: vpc(), Switch: vSwitch({ CidrBlock: '10.0.0.0/24' }), Second: vpc() });
    const updated = await resource.update({ ...properties, Template: asset(other), Outputs: [] });
    expect(updated).toMatchObject({ status: 'UPDATE_COMPLETE', data: { StackId } });
    expect(await templateOf(StackId)).toBe(other);
    expect(await live(properties.StackName)).toHaveLength(1);

    expect(await resource.delete()).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(await live(properties.StackName)).toEqual([]);
    expect(await resource.delete()).toMatchObject({ status: 'DELETE_COMPLETE' });
  });

  test('whose update fails is taken back, and CloudFormation comes to the old properties again', async () => {
    const resource = new Resource(surroundings(more));
    const properties = stackOf(named('bad-update'));
    await resource.create(properties);
    const bad = await resource.update(stackOf(named('bad-update'), {}, '10.0.9.0/24'));
    expect(bad).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', reason: expect.stringContaining('Switch') });
    expect(bad.reason).toContain('nothing was changed');
    expect(bad.reason).toContain('meissa deploy --replace');
    expect(await templateOf(resource.physicalId!)).toBe(files.get(properties.Template.Key));
    const third = template({ Vpc: vpc(), Switch: vSwitch({ CidrBlock: '10.0.0.0/24' }), Third: vpc() });
    expect(await resource.update({ ...properties, Template: asset(third), Outputs: [] })).toMatchObject({
      status: 'UPDATE_COMPLETE',
    });
  });
});

test('an update that ROS itself takes back half-way is told with the resource that failed', async () => {
  const resource = new Resource(surroundings(HASTY));
  const properties = stackOf('half-way');
  await resource.create(properties);
  const text = template({
    Vpc: vpc(),
    Switch: vSwitch({ CidrBlock: '10.0.0.0/24' }),
    Bad: { Type: 'ALIYUN::ECS::Disk', Properties: { ZoneId: 'cn-beijing-h', Size: 20 } },
  });
  ros.cloud.fail({
    type: 'ALIYUN::ECS::Disk',
    action: 'create',
    code: 'OperationDenied.NoStock',
    message: 'the zone has no such disk left',
  });
  const failed = await resource.update({ ...properties, Template: asset(text), Outputs: [] });
  ros.cloud.clearFaults();
  expect(failed).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', reason: expect.stringContaining('no such disk left') });
  expect(await templateOf(resource.physicalId!)).toBe(files.get(properties.Template.Key));
});

test('a creation that fails leaves nothing behind', async () => {
  ros.cloud.fail({ type: 'ALIYUN::ECS::VSwitch', action: 'create', code: 'OperationDenied.NoStock', message: 'no address left' });
  const resource = new Resource(surroundings(HASTY));
  const failed = await resource.create(stackOf('never-stood', { DeletionProtection: 'true' }));
  ros.cloud.clearFaults();
  expect(failed).toMatchObject({ status: 'ROLLBACK_COMPLETE', reason: expect.stringContaining('no address left') });
  expect(await live('never-stood')).toEqual([]);
});

test('a creation that is left half-made without rollback is gone on with under the id that CloudFormation has', async () => {
  const [first, second] = [new Resource(surroundings(HASTY)), new Resource(surroundings(HASTY))];
  const properties = stackOf('half-made', { DisableRollback: 'true', DeletionProtection: 'true' });
  ros.cloud.fail({ type: 'ALIYUN::ECS::VSwitch', action: 'create', code: 'OperationDenied.NoStock', message: 'no address left' });
  // Protected, and something stands: CloudFormation's own rollback takes nothing away.
  expect(await first.create(properties)).toMatchObject({
    status: 'ROLLBACK_FAILED',
    reason: expect.stringContaining('no address left'),
  });
  expect(await live('half-made')).toMatchObject([{ StackId: first.physicalId, Status: 'CREATE_FAILED' }]);
  expect(await second.create(properties)).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(second.physicalId).toBe(first.physicalId);
});

test('what ROS refuses is told in its words, and nothing is made', async () => {
  const text = template({ Vpc: { Type: 'ALIYUN::ECS::NoSuchThing' } });
  const refused = await new Resource(surroundings()).create(stackOf('refused', { Template: asset(text) }));
  expect(refused).toMatchObject({ status: 'ROLLBACK_COMPLETE', reason: expect.stringContaining('NoSuchThing') });
  expect(await live('refused')).toEqual([]);
});

test('a protected stack that holds something is not deleted', async () => {
  const resource = new Resource(surroundings());
  await resource.create(stackOf('holds-data', { DeletionProtection: 'true' }));
  expect(await resource.delete()).toMatchObject({
    status: 'DELETE_FAILED',
    reason: expect.stringContaining('DELETION_PROTECTED'),
  });
  expect(await live('holds-data')).toMatchObject([{ Status: 'CREATE_COMPLETE' }]);
});

test('a stack that stood before is taken over, and CloudFormation never deletes it', async () => {
  const { StackId } = await ros.create('stood-before', { Vpc: vpc() });
  const first = new Resource(surroundings());
  ros.cloud.fail({ type: 'ALIYUN::ECS::VSwitch', action: 'create', code: 'OperationDenied.NoStock', message: 'no address left' });
  const properties = stackOf('stood-before');
  expect(await first.create(properties)).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
  ros.cloud.clearFaults();
  expect(await live('stood-before')).toMatchObject([{ StackId }]);
  const resource = new Resource(surroundings());
  expect(await resource.create(properties)).toMatchObject({ status: 'CREATE_COMPLETE', data: { StackId } });
  expect(await resource.update({ ...properties, Contents: {} })).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(await resource.delete()).toMatchObject({ status: 'DELETE_COMPLETE' });
  expect(await live('stood-before')).toMatchObject([{ StackId }]);
});

test('another name is another stack, and the first one goes', async () => {
  const resource = new Resource(surroundings());
  await resource.create(stackOf('old-name'));
  expect(await resource.update(stackOf('new-name'))).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(await live('old-name')).toEqual([]);
  expect(await live('new-name')).toMatchObject([{ StackId: resource.physicalId }]);
});

test('one that was deleted by hand is made anew by the next update', async () => {
  const resource = new Resource(surroundings());
  const properties = stackOf('by-hand');
  await resource.create(properties);
  const gone = resource.physicalId!;
  await ros.call('DeleteStack', { StackId: gone });
  await ros.settled(gone);
  expect(await resource.update({ ...properties, Contents: {} })).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(resource.physicalId).not.toBe(gone);
  expect(await live('by-hand')).toHaveLength(1);
});

test('an operation of somebody else is waited for, then ours begins', async () => {
  const resource = new Resource(surroundings({ waits: { toBegin: 600, toEnd: 0 } }));
  const slow = { Eip: { Type: 'ALIYUN::VPC::EIP', Properties: {} } };
  await resource.create(stackOf('held'));
  const held = template({ Vpc: vpc(), Switch: vSwitch({ CidrBlock: '10.0.0.0/24' }), ...slow });
  await ros.call('UpdateStack', { StackId: resource.physicalId, TemplateBody: held });
  const mine = template({ Vpc: vpc(), Switch: vSwitch({ CidrBlock: '10.0.0.0/24' }), ...slow, Mine: vpc() });
  const updated = await resource.update(stackOf('held', { Template: asset(mine), Outputs: [] }));
  expect(updated).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(updated.asked).toBeGreaterThan(1);
  expect(await templateOf(resource.physicalId!)).toBe(mine);
});

test('after CloudFormation has run out of time, the next deploy goes on with what ROS still does', async () => {
  const name = 'too-slow';
  const impatient = new Resource(surroundings(HASTY), 2);
  await impatient.create(stackOf(name));
  const slow = template({
    Vpc: vpc(),
    Switch: vSwitch({ CidrBlock: '10.0.0.0/24' }),
    Eip: { Type: 'ALIYUN::VPC::EIP', Properties: {} },
  });
  const properties = stackOf(name, { Template: asset(slow), Outputs: [] });
  const timedOut = await impatient.update(properties);
  expect(timedOut).toMatchObject({ reason: 'Operation timed out' });
  const [stack] = await live(name);
  await ros.settled(stack!.StackId);
  const again = new Resource(surroundings());
  again.physicalId = stack!.StackId;
  (again as unknown as { properties: object }).properties = stackOf(name);
  expect(await again.update(properties)).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(await live(name)).toHaveLength(1);
  expect(await templateOf(stack!.StackId)).toBe(slow);
});

test('a create whose answer is lost makes one stack', async () => {
  ros.cloud.aliyun.fault({ kind: 'half', action: 'CreateStack', done: true, times: 1 });
  const resource = new Resource(surroundings());
  expect(await resource.create(stackOf('lost-answer'))).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(await live('lost-answer')).toMatchObject([{ StackId: resource.physicalId }]);
});

test('values of parameters are given, or read from the stacks that have them', async () => {
  const resource = new Resource(surroundings());
  await resource.create(stackOf('producer'));
  const text = template(
    { Switch: vSwitch({ VpcId: { Ref: 'VpcId' }, VSwitchName: { Ref: 'Name' } }) },
    { Parameters: { VpcId: { Type: 'String' }, Name: { Type: 'String' } } },
  );
  const reads = (Output: string) =>
    stackOf('consumer', {
      Template: asset(text),
      Parameters: { Name: 'given' },
      ParametersFrom: { VpcId: { Stack: 'producer', Region: REGION, Output } },
      Outputs: [],
    });
  expect(await new Resource(surroundings()).create(reads('VpcIdG2'))).toMatchObject({
    status: 'ROLLBACK_COMPLETE',
    reason: expect.stringContaining('deploy producer first'),
  });
  expect(await new Resource(surroundings()).create(reads('VpcIdG1'))).toMatchObject({ status: 'CREATE_COMPLETE' });
  const { StackId } = (await live('consumer'))[0]!;
  const { Parameters } = await ros.call('GetStack', { StackId });
  expect(Object.fromEntries(Parameters.map((p: Record<string, string>) => [p.ParameterKey, p.ParameterValue]))).toMatchObject({
    Name: 'given',
    VpcId: expect.stringMatching(/^vpc-/),
  });
});

describe('keys', () => {
  const wrong = wrongSecret;

  test.each([
    ['of another secret', async () => keys({ accessKeySecret: wrong }), 'SignatureDoesNotMatch'],
    ['that are no JSON', async () => `${wrong}, {`, 'it is not JSON'],
    ['that lack a field', async () => JSON.stringify({ accessKeyId: wrong }), 'lacks a field'],
    ['of STS that ended', async () => keys({ securityToken: wrong }), 'SecurityToken'],
  ])('%s are refused in words that show nothing of them', async (_what, secret, words) => {
    const resource = new Resource(surroundings({ secret }));
    const refused = await resource.create(stackOf('no-keys'));
    expect(refused).toMatchObject({ status: 'ROLLBACK_COMPLETE', reason: expect.stringContaining(words) });
    for (const shown of [wrong, ros.cloud.aliyun.env().ALIBABA_CLOUD_ACCESS_KEY_ID!, 'Signature='])
      expect(inspect(refused, { depth: 9, showHidden: true })).not.toContain(shown);
    expect(await live('no-keys')).toEqual([]);
  });

  test('of another account touch nothing', async () => {
    const refused = await new Resource(surroundings()).create(stackOf('other-account', { Account: '9999999999999999' }));
    expect(refused.reason).toContain('OTHER_ACCOUNT');
    expect(ros.cloud.aliyun.calls['ros.CreateStack']).toBeUndefined();
    const own = stackOf('own-account', { Account: ros.cloud.aliyun.account });
    expect(await new Resource(surroundings()).create(own)).toMatchObject({ status: 'CREATE_COMPLETE' });
  });
});

test('a file that is not what its digest says is not deployed', async () => {
  const refused = await new Resource(surroundings({ file: async () => Buffer.from('{}') })).create(stackOf('swapped'));
  expect(refused.reason).toContain('DIGEST_MISMATCH');
  expect(await live('swapped')).toEqual([]);
});

test('a reason fits into an answer to CloudFormation', async () => {
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`V${i}`, vpc()]));
  ros.cloud.fail({ type: 'ALIYUN::ECS::VPC', action: 'create', code: 'OperationDenied.NoStock', message: '云'.repeat(900) });
  const failed = await new Resource(surroundings()).create(stackOf('long-words', { Template: asset(template(many)) }));
  ros.cloud.clearFaults();
  expect(Buffer.byteLength(failed.reason!)).toBeLessThanOrEqual(1500);
  expect(failed.reason).toContain('correct the cause');
});
