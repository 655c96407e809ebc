import { destroyStack, RosClient } from '../../../lib/aliyun/ros-client';
import { type Answer, type Call, clientOf, type FakeRpc, fakeRpc } from '../cloud/fake-rpc';
import { FakeRos } from './fake-ros';

const NAME = 'cn-beijing-network';
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

test('a stack is deleted with the role it has, and waited for', async () => {
  ros.add(NAME, 'CREATE_COMPLETE');
  const told: string[] = [];
  expect(await destroyStack(client, { name: NAME }, { onEvent: (event) => told.push(event.status) })).toEqual({
    kind: 'deleted',
    stackId: 'id-1',
  });
  expect(ros.stacks[0]).toMatchObject({ status: 'DELETE_COMPLETE', role: 'stack-role' });
  expect(told).toEqual(['DELETE_IN_PROGRESS', 'DELETE_IN_PROGRESS', 'DELETE_COMPLETE']);
});

test('one that is not there, or was deleted by hand, is done', async () => {
  expect(await destroyStack(client, { name: NAME })).toEqual({ kind: 'absent' });
  ros.add(NAME, 'DELETE_COMPLETE');
  expect(await destroyStack(client, { name: NAME })).toEqual({ kind: 'absent' });
});

test('a delete whose answer was lost is sent again, and is the same delete', async () => {
  ros.add(NAME, 'CREATE_COMPLETE');
  between = (call, nth) => {
    if (call.Action !== 'DeleteStack' || nth > 1) return undefined;
    ros.handle(call);
    return 'hang up';
  };
  expect((await destroyStack(client, { name: NAME })).kind).toBe('deleted');
});

test('one that is being deleted or updated is waited for first', async () => {
  ros.begin(ros.add(NAME, ''), 'UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE', 3);
  expect((await destroyStack(client, { name: NAME })).kind).toBe('deleted');
  ros.begin(ros.add(NAME, ''), 'DELETE_IN_PROGRESS', 'DELETE_COMPLETE', 3);
  expect((await destroyStack(client, { name: NAME })).kind).toBe('deleted');
});

test('a protected one is refused, and deleted only when its protection is lifted on purpose', async () => {
  ros.add(NAME, 'CREATE_COMPLETE', { protected: true });
  expect(await destroyStack(client, { name: NAME })).toMatchObject({ kind: 'failed', problem: { code: 'DELETION_PROTECTED' } });
  expect(server.count('DeleteStack')).toBe(0);
  expect((await destroyStack(client, { name: NAME, liftProtection: true })).kind).toBe('deleted');
});

test('what could not be deleted is named, and can be retained by name', async () => {
  ros.add(NAME, 'CREATE_COMPLETE');
  ros.deleteEnds = 'DELETE_FAILED';
  const outcome = await destroyStack(client, { name: NAME });
  expect(outcome).toMatchObject({
    kind: 'failed',
    status: 'DELETE_FAILED',
    problem: { reasons: [expect.stringContaining('Vpc (ALIYUN::ECS::VPC)')] },
  });
  expect(outcome.kind === 'failed' && outcome.problem.message).toContain('what is left: Vpc');
  ros.deleteEnds = 'DELETE_COMPLETE';
  expect((await destroyStack(client, { name: NAME, retain: ['Vpc'] })).kind).toBe('deleted');
  expect(server.calls.filter((call) => call.Action === 'DeleteStack').at(-1)).toMatchObject({ 'RetainResources.1': 'Vpc' });
});

test.each(['REVIEW_IN_PROGRESS', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'CREATE_ROLLBACK_FAILED'])(
  '%s is deleted like any other',
  async (status) => {
    ros.add(NAME, status);
    expect((await destroyStack(client, { name: NAME })).kind).toBe('deleted');
  },
);
