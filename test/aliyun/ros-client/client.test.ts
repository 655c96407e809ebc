import { previewChanges, RosClient, stackDrift } from '../../../lib/aliyun/ros-client';
import { clientToken, intentOf } from '../../../lib/aliyun/ros-client/client-token';
import { type Answer, type Call, clientOf, type FakeRpc, fakeRpc } from '../cloud/fake-rpc';
import { FakeRos } from './fake-ros';

const REQUEST = { name: 'cn-beijing-network', template: '{"a":1}' };
let ros: FakeRos;
let server: FakeRpc;
let client: RosClient;
let between: (call: Call, nth: number) => Answer | undefined;

beforeEach(async () => {
  ros = new FakeRos();
  between = () => undefined;
  server = await fakeRpc((call, nth) => between(call, nth) ?? ros.handle(call));
  client = new RosClient({ region: 'cn-beijing', rpc: clientOf(server) });
});
afterEach(() => server.close());

test('a stack is found by its whole name among those that begin like it, over pages, the deleted ones left out', async () => {
  for (let n = 0; n < 60; n++) ros.add(`${REQUEST.name}-${n}`, 'CREATE_COMPLETE');
  ros.add(REQUEST.name, 'DELETE_COMPLETE');
  const live = ros.add(REQUEST.name, 'UPDATE_COMPLETE');
  expect((await client.findStack(REQUEST.name))?.stackId).toBe(live.id);
  expect(await client.findStack('cn-beijing')).toBeUndefined();
});

test('outputs are read by name; without a stack, the name and region are said', async () => {
  ros.add(REQUEST.name, 'CREATE_COMPLETE');
  expect(await client.stackOutputs(REQUEST.name)).toEqual({ VpcIdG1: 'vpc-1' });
  await expect(client.stackOutputs('other')).rejects.toThrow('no stack other in cn-beijing');
});

test('drift is asked for, waited for and read over all pages', async () => {
  const stack = ros.add(REQUEST.name, 'CREATE_COMPLETE');
  between = (call, nth) =>
    call.Action === 'GetStackDriftDetectionStatus' && nth < 3
      ? { json: { DriftDetectionStatus: 'DETECTION_IN_PROGRESS' } }
      : undefined;
  const drift = await stackDrift(client, stack.id);
  expect(drift.status).toBe('DRIFTED');
  expect(drift.drifts.map((one) => one.logicalId)).toEqual(['One', 'Two']);
  expect(drift.drifts[0]?.differences).toEqual([{ path: '/VpcName', kind: 'NOT_EQUAL', expected: 'a', actual: 'b' }]);
});

test('the template is read back as it was sent', async () => {
  const stack = ros.add(REQUEST.name, 'CREATE_COMPLETE', { template: '{"x":"y"}' });
  expect(await client.getTemplate(stack.id)).toBe('{"x":"y"}');
  expect(server.calls.at(-1)).toMatchObject({ TemplateStage: 'Original' });
});

describe('a preview leaves nothing behind', () => {
  test('of a stack that is there', async () => {
    ros.add(REQUEST.name, 'CREATE_COMPLETE');
    expect(await previewChanges(client, REQUEST)).toEqual([expect.objectContaining({ action: 'Modify', logicalId: 'Kept' })]);
    expect(ros.changeSets.size).toBe(0);
  });

  test('of a stack that is not there', async () => {
    expect(await previewChanges(client, REQUEST)).toHaveLength(1);
    expect(ros.changeSets.size).toBe(0);
    await client.getStack(ros.stacks[0]!.id);
    await client.getStack(ros.stacks[0]!.id);
    expect(ros.live(REQUEST.name)).toEqual([]);
  });

  test('of what would change nothing', async () => {
    ros.add(REQUEST.name, 'CREATE_COMPLETE', { template: REQUEST.template });
    expect(await previewChanges(client, REQUEST)).toBe('unchanged');
  });
});

test.each([
  ['a template that is too long', { template: 'x'.repeat(524_289) }, 'TemplateSize'],
  ['an empty template', { template: '' }, 'TemplateSize'],
  ['a name with a slash', { name: 'cn-beijing/network' }, 'StackName'],
  ['21 tags', { tags: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`k${n}`, 'v'])) }, 'TooManyTags'],
  [
    '201 parameters',
    { parameters: Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`k${n}`, 'v'])) },
    'TooManyParameters',
  ],
  ['five minutes', { timeoutMinutes: 5 }, 'Timeout'],
])('%s is refused before anything is sent', async (_name, change, code) => {
  await expect(client.createStack({ ...REQUEST, ...change }, 't')).rejects.toMatchObject({ code, fault: 'user' });
  expect(server.calls).toHaveLength(0);
});

test('a token is 64 characters that ROS takes, the same for the same intent, another for any other', () => {
  const token = (change: object = {}, scope = 's') =>
    clientToken('UpdateStack', 'cn-beijing', 'id-1', scope, intentOf({ ...REQUEST, ...change }));
  expect(token()).toMatch(/^[A-Za-z0-9_-]{64}$/);
  expect(token({ parameters: { a: '1', b: '2' } })).toBe(token({ parameters: { b: '2', a: '1' } }));
  const all = [
    token(),
    token({}, 't'),
    token({ template: '{}' }),
    token({ parameters: { a: '1' } }),
    token({ tags: { a: '1' } }),
    token({ replace: ['x'] }),
  ];
  expect(new Set(all).size).toBe(all.length);
});

test('a wait condition is signalled by its handle', async () => {
  between = (call) => (call.Action === 'SignalResource' ? {} : undefined);
  ros.add(REQUEST.name, 'CREATE_IN_PROGRESS');
  await client.signalResource('id-1', 'M1HandleAbc', 'i-1', 'SUCCESS');
  expect(server.calls.at(-1)).toMatchObject({
    LogicalResourceId: 'M1HandleAbc',
    UniqueId: 'i-1',
    Status: 'SUCCESS',
    RegionId: 'cn-beijing',
  });
});
