import { RosCloud, template } from './ros-cloud';

let ros: RosCloud;
beforeEach(async () => {
  // The types as they are.
  ros = await RosCloud.start({ aliyun: {} });
});
afterEach(() => ros.close());

const gated = {
  Handle: { Type: 'ALIYUN::ROS::WaitConditionHandle' },
  Gate: { Type: 'ALIYUN::ROS::WaitCondition', Properties: { Handle: { Ref: 'Handle' }, Timeout: 1200 } },
};

const begun = async (): Promise<string> => {
  const { StackId } = await ros.call('CreateStack', { StackName: 'gate', TemplateBody: template(gated) });
  const handle = async () => (await ros.ids(StackId)).Handle;
  while (!(await handle())) await new Promise((resolve) => setTimeout(resolve, 5));
  return StackId;
};

test('a gate opens when its handle is signaled', async () => {
  const StackId = await begun();
  const signal = { StackId, LogicalResourceId: 'Handle', UniqueId: 'i-1', Status: 'SUCCESS' };
  await expect(ros.call('SignalResource', { ...signal, LogicalResourceId: 'Gate' })).rejects.toMatchObject({
    code: 'NotSupported',
  });
  await expect(ros.call('SignalResource', { ...signal, LogicalResourceId: 'No' })).rejects.toMatchObject({
    code: 'ResourceNotFound',
  });
  await expect(ros.call('SignalResource', { ...signal, Status: 'FINE' })).rejects.toMatchObject({ code: 'InvalidParameter' });
  await ros.call('SignalResource', signal);
  expect((await ros.settled(StackId)).Status).toBe('CREATE_COMPLETE');
});

test('a failure signal fails the stack', async () => {
  const StackId = await begun();
  await ros.call('SignalResource', { StackId, LogicalResourceId: 'Handle', UniqueId: 'i-1', Status: 'FAILURE' });
  const stack = await ros.settled(StackId);
  expect(stack.Status).toBe('CREATE_ROLLBACK_COMPLETE');
});

test('a gate that nobody opens is late, in scaled time', async () => {
  const stack = await ros.create('gate', {
    ...gated,
    Gate: { ...gated.Gate, Properties: { Handle: { Ref: 'Handle' }, Timeout: 60 } },
  });
  expect(stack.Status).toBe('CREATE_ROLLBACK_COMPLETE');
  const { Events } = await ros.call('ListStackEvents', {
    StackId: stack.StackId,
    LogicalResourceId: ['Gate'],
    Status: ['CREATE_FAILED'],
  });
  expect(Events[0].StatusReason).toContain('WaitConditionTimeout');
});
