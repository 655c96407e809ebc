import type { StackEvent, StackRequest } from '../../../lib/aliyun/ros-client';
import { applyStack, RosClient } from '../../../lib/aliyun/ros-client';
import { type Answer, type Call, clientOf, type FakeRpc, fakeRpc } from '../cloud/fake-rpc';
import { FakeRos } from './fake-ros';

const REQUEST: StackRequest = {
  name: 'cn-beijing-network',
  template: '{"ROSTemplateFormatVersion":"2015-09-01"}',
  ramRoleName: 'meissa-ros',
};

let ros: FakeRos;
let server: FakeRpc;
let client: RosClient;
/** Comes between the client and the engine. */
let between: (call: Call, nth: number) => Answer | undefined;
let told: StackEvent[];

beforeEach(async () => {
  ros = new FakeRos();
  between = () => undefined;
  told = [];
  server = await fakeRpc((call, nth) => between(call, nth) ?? ros.handle(call));
  client = new RosClient({ region: 'cn-beijing', rpc: clientOf(server, { readTimeoutMs: 200, retry: { attempts: 3 } }) });
});
afterEach(() => server.close());

const apply = (request: Partial<StackRequest> = {}) =>
  applyStack(client, { ...REQUEST, ...request }, { onEvent: (event) => told.push(event) });
const happensUnheard = (action: string, times = 99) => {
  between = (call, nth) => {
    if (call.Action !== action || nth > times) return undefined;
    ros.handle(call);
    return 'hang up';
  };
};

describe('a stack that is not there', () => {
  test('is created, its events told once and oldest first, its outputs given', async () => {
    const outcome = await apply();
    expect(outcome).toMatchObject({ kind: 'created', status: 'CREATE_COMPLETE', outputs: { VpcIdG1: 'vpc-1' } });
    expect(told.map((event) => event.status)).toEqual(['CREATE_IN_PROGRESS', 'CREATE_IN_PROGRESS', 'CREATE_COMPLETE']);
    expect(told[0]?.time?.toISOString()).toMatch(/^2026-11-25T00:00:\d\d\.000Z$/);
  });

  test('sends neither ReplacementOption nor a parameter that is not there', async () => {
    await apply();
    await apply({ template: '{"a":1}' });
    // A change set that only looks ahead asks with it, and is never executed.
    for (const call of server.calls.filter(({ Action }) => Action !== 'CreateChangeSet'))
      expect(call).not.toHaveProperty('ReplacementOption');
    expect(server.count('ExecuteChangeSet')).toBe(0);
    expect(Object.values(server.calls.find((call) => call.Action === 'CreateStack')!)).not.toContain('undefined');
  });

  test('whose create timed out although it happened is found, never made twice', async () => {
    happensUnheard('CreateStack');
    const outcome = await apply();
    expect(outcome.kind).toBe('created');
    expect(ros.stacks).toHaveLength(1);
    expect(new Set(server.calls.filter((call) => call.Action === 'CreateStack').map((call) => call.ClientToken)).size).toBe(1);
  });

  test('is found and gone on with by a second run, when the first was killed in mid-create', async () => {
    ros.begin(ros.add(REQUEST.name, '', { template: REQUEST.template }), 'CREATE_IN_PROGRESS', 'CREATE_COMPLETE', 4);
    expect(await apply()).toMatchObject({ kind: 'unchanged', status: 'CREATE_COMPLETE' });
    expect(server.count('CreateStack')).toBe(0);
    expect(told.at(-1)?.status).toBe('CREATE_COMPLETE');
  });

  test('that an earlier life has left among the deleted ones is made anew, with another token', async () => {
    await apply();
    const first = server.calls.find((call) => call.Action === 'CreateStack')?.ClientToken;
    ros.stacks[0]!.status = 'DELETE_COMPLETE';
    expect((await apply()).kind).toBe('created');
    expect(server.calls.filter((call) => call.Action === 'CreateStack').map((call) => call.ClientToken)).not.toEqual([
      first,
      first,
    ]);
    expect(ros.stacks).toHaveLength(2);
  });

  test('that an earlier life has left only in the memory of its token is made anew', async () => {
    await apply();
    ros.stacks[0]!.status = 'DELETE_COMPLETE';
    ros.stacks[0]!.name = 'no longer listed';
    expect((await apply()).kind).toBe('created');
    expect(ros.stacks).toHaveLength(2);
  });

  test('that can not be made is an outcome with what failed first and a way on', async () => {
    ros.createEnds = 'CREATE_FAILED';
    const outcome = await apply({ disableRollback: true });
    expect(outcome).toMatchObject({
      kind: 'failed',
      status: 'CREATE_FAILED',
      problem: { code: 'CREATE_FAILED', reasons: ['Vpc (ALIYUN::ECS::VPC): Quota exceeded: see https://a.b/c?[removed]'] },
    });
    expect(outcome.kind === 'failed' && outcome.problem.wayOn).toContain('deploy again');
  });

  test('deleted by hand while it is made is said so, and not made again behind that back', async () => {
    between = (call) => {
      if (call.Action === 'ListStackEvents') ros.stacks[0]!.next = { status: 'DELETE_COMPLETE', looks: 1 };
      return undefined;
    };
    const outcome = await apply();
    expect(outcome).toMatchObject({ kind: 'failed', status: 'DELETE_COMPLETE' });
    expect(ros.stacks).toHaveLength(1);
  });
});

describe('a stack that is there', () => {
  test('is updated when it differs, and told what is new only', async () => {
    await apply();
    told = [];
    expect(await apply({ template: '{"a":1}' })).toMatchObject({ kind: 'updated', status: 'UPDATE_COMPLETE' });
    expect(told.map((event) => event.status)).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE']);
  });

  test('is left as it is when nothing differs: a value, not an error', async () => {
    await apply();
    expect(await apply()).toMatchObject({ kind: 'unchanged', outputs: { VpcIdG1: 'vpc-1' } });
  });

  test('whose update timed out although it happened is waited for', async () => {
    await apply();
    happensUnheard('UpdateStack', 3);
    expect((await apply({ template: '{"a":1}' })).kind).toBe('updated');
    expect(
      ros.stacks[0]!.events.filter((event) => event.Status === 'UPDATE_IN_PROGRESS' && event.LogicalResourceId === REQUEST.name),
    ).toHaveLength(1);
  });

  test('on which somebody else works is waited for, then updated', async () => {
    ros.begin(ros.add(REQUEST.name, ''), 'UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE', 5);
    expect((await apply()).kind).toBe('updated');
  });

  test('gets and loses its deletion protection as asked', async () => {
    await apply({ deletionProtection: true });
    expect(ros.stacks[0]!.protected).toBe(true);
    await apply();
    expect(ros.stacks[0]!.protected).toBe(false);
  });

  test('twice under one name is refused by name, since nobody knows which is meant', async () => {
    ros.add(REQUEST.name, 'CREATE_COMPLETE');
    ros.add(REQUEST.name, 'CREATE_COMPLETE');
    await expect(apply()).rejects.toMatchObject({ code: 'SeveralStacks' });
  });

  test('whose update failed is said so, and updated forward the next time', async () => {
    await apply();
    ros.updateEnds = 'UPDATE_FAILED';
    expect(await apply({ template: '{"a":1}' })).toMatchObject({ kind: 'failed', problem: { code: 'UPDATE_FAILED' } });
    ros.updateEnds = 'UPDATE_COMPLETE';
    expect((await apply({ template: '{"a":2}' })).kind).toBe('updated');
  });

  test('is not called unchanged when ROS sees nothing to change but the last update failed', async () => {
    ros.add(REQUEST.name, 'UPDATE_FAILED', { template: REQUEST.template });
    expect(await apply()).toMatchObject({ kind: 'failed', problem: { code: 'UPDATE_FAILED' } });
  });

  test('whose update ROS refuses is an outcome that says nothing was changed', async () => {
    await apply();
    between = (call) =>
      call.Action === 'UpdateStack'
        ? { status: 400, json: { Code: 'InvalidTemplate', Message: 'The template is wrong.' } }
        : undefined;
    const outcome = await apply({ template: '{"a":1}' });
    expect(outcome).toMatchObject({ kind: 'failed', problem: { code: 'InvalidTemplate' } });
    expect(outcome.kind === 'failed' && outcome.problem.wayOn).toContain('nothing was changed');
  });
});

describe('what other runs left behind', () => {
  test('REVIEW_IN_PROGRESS holds nothing: it is deleted with its role, and the stack made', async () => {
    ros.add(REQUEST.name, 'REVIEW_IN_PROGRESS', { resources: [] });
    expect((await apply()).kind).toBe('created');
    expect(ros.stacks[0]).toMatchObject({ status: 'DELETE_COMPLETE', role: 'meissa-ros' });
    expect(ros.live(REQUEST.name)).toHaveLength(1);
  });

  test('CREATE_ROLLBACK_COMPLETE is deleted and made anew', async () => {
    ros.add(REQUEST.name, 'CREATE_ROLLBACK_COMPLETE', { resources: [] });
    expect((await apply()).kind).toBe('created');
  });

  test('CREATE_FAILED that holds something is gone on with, not deleted', async () => {
    ros.add(REQUEST.name, 'CREATE_FAILED');
    expect(await apply()).toMatchObject({ kind: 'created', stackId: 'id-1' });
    expect(server.count('DeleteStack')).toBe(0);
    expect(server.count('ContinueCreateStack')).toBe(1);
  });

  test('CREATE_FAILED that holds nothing is deleted and made anew', async () => {
    ros.add(REQUEST.name, 'CREATE_FAILED', {
      resources: [{ LogicalResourceId: 'Vpc', ResourceType: 'ALIYUN::ECS::VPC', Status: 'CREATE_FAILED' }],
    });
    expect(await apply()).toMatchObject({ kind: 'created', stackId: 'id-2' });
  });

  test('ROLLBACK_FAILED is updated forward', async () => {
    ros.add(REQUEST.name, 'ROLLBACK_FAILED');
    expect((await apply()).kind).toBe('updated');
  });

  test('ROLLBACK_FAILED that ROS will not update is an outcome that says what it is and where to go', async () => {
    ros.add(REQUEST.name, 'ROLLBACK_FAILED');
    between = (call) =>
      call.Action === 'UpdateStack'
        ? { status: 400, json: { Code: 'NotSupported', Message: 'Update is not supported in this status.' } }
        : undefined;
    const outcome = await apply();
    expect(outcome).toMatchObject({ kind: 'failed', status: 'ROLLBACK_FAILED' });
    expect(outcome.kind === 'failed' && outcome.problem.message).toContain('undoing it failed too');
  });

  test('CREATE_ROLLBACK_FAILED and DELETE_FAILED are not touched, and say what to do', async () => {
    for (const status of ['CREATE_ROLLBACK_FAILED', 'DELETE_FAILED']) {
      ros.stacks.length = 0;
      ros.add(REQUEST.name, status);
      const outcome = await apply();
      expect(outcome).toMatchObject({ kind: 'failed', problem: { code: status } });
      expect(outcome.kind === 'failed' && outcome.problem.wayOn).toContain('destroy it');
    }
    expect(server.calls.map((call) => call.Action)).not.toContain('DeleteStack');
  });

  test('DELETE_IN_PROGRESS is waited for, then the stack made', async () => {
    ros.begin(ros.add(REQUEST.name, ''), 'DELETE_IN_PROGRESS', 'DELETE_COMPLETE');
    expect((await apply()).kind).toBe('created');
  });
});

describe('replacements', () => {
  beforeEach(() => {
    ros.add(REQUEST.name, 'CREATE_COMPLETE');
    ros.replaces = ['M1InstanceG1'];
  });

  test('go through when each was agreed to by name', async () => {
    expect((await apply({ replace: ['M1InstanceG1'] })).kind).toBe('updated');
    expect(server.count('ExecuteChangeSet')).toBe(1);
  });

  test('are named before anything is begun when none was agreed to, and no change set is left behind', async () => {
    const outcome = await apply({ template: '{"a":1}' });
    expect(outcome).toMatchObject({ kind: 'failed', problem: { code: 'REPLACEMENT_NOT_AGREED', reasons: ['M1InstanceG1'] } });
    expect(server.count('UpdateStack')).toBe(0);
    expect(ros.changeSets.size).toBe(0);
  });

  test('are refused whole when one was not, and nothing is changed', async () => {
    ros.replaces = ['M1InstanceG1', 'M2InstanceG1'];
    const outcome = await apply({ replace: ['M1InstanceG1'] });
    expect(outcome).toMatchObject({ kind: 'failed', problem: { code: 'REPLACEMENT_NOT_AGREED', reasons: ['M2InstanceG1'] } });
    expect(server.count('ExecuteChangeSet')).toBe(0);
    expect(ros.changeSets.size).toBe(0);
  });
});

test('a stack deleted by hand between the look and the update is made anew', async () => {
  const stack = ros.add(REQUEST.name, 'CREATE_COMPLETE');
  between = (call) => {
    if (call.Action !== 'UpdateStack') return undefined;
    stack.status = 'DELETE_COMPLETE';
    return { status: 404, json: { Code: 'StackNotFound', Message: 'The Stack could not be found.' } };
  };
  expect(await apply()).toMatchObject({ kind: 'created', stackId: 'id-2' });
});

test('a type or image that is not found is a refusal, not a stack that is gone', async () => {
  ros.add(REQUEST.name, 'CREATE_COMPLETE');
  between = (call) =>
    call.Action === 'UpdateStack'
      ? { status: 404, json: { Code: 'ResourceTypeNotFound', Message: 'The Resource Type could not be found.' } }
      : undefined;
  expect(await apply()).toMatchObject({ kind: 'failed', problem: { code: 'ResourceTypeNotFound' } });
  expect(server.count('UpdateStack')).toBe(1);
});

test('100 events over pages are told once each, while more come in between', async () => {
  const stack = ros.add(REQUEST.name, 'UPDATE_IN_PROGRESS', {
    next: { status: 'UPDATE_COMPLETE', looks: 2 },
    template: REQUEST.template,
  });
  ros.event(stack, REQUEST.name, 'ALIYUN::ROS::Stack', 'UPDATE_IN_PROGRESS', 'started');
  for (let n = 1; n <= 120; n++) ros.event(stack, `M${n}`, 'ALIYUN::ECS::Instance', 'CREATE_IN_PROGRESS', '');
  between = (call, nth) => {
    if (call.Action === 'ListStackEvents' && nth < 4) ros.event(stack, `Late${nth}`, 'ALIYUN::ECS::Disk', 'CREATE_COMPLETE', '');
    return undefined;
  };
  await apply();
  const ids = told.map((event) => event.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(stack.events.map((event) => event.EventId));
});

test('wrong keys end a deploy at once, with an error and not with an outcome', async () => {
  between = () => ({ status: 400, json: { Code: 'InvalidAccessKeyId.Inactive', Message: 'x' } });
  await expect(apply()).rejects.toMatchObject({ name: 'CredentialsRefused', retryable: false });
  expect(server.calls).toHaveLength(1);
});
