import { disk, RosCloud, template, vpc, vSwitch } from './ros-cloud';

let ros: RosCloud;
beforeEach(async () => {
  ros = await RosCloud.start();
});
afterEach(() => ros.close());

test('a stack is created, tells its outputs, and is deleted', async () => {
  const Outputs = { VpcIdG1: { Value: { 'Fn::GetAtt': ['Vpc', 'VpcId'] } }, Both: { Value: [1, { Ref: 'Vpc' }] } };
  const made = await ros.create('net', {}, { TemplateBody: template({ Vpc: vpc(), Switch: vSwitch() }, { Outputs }) });
  expect(made).toMatchObject({ Status: 'CREATE_COMPLETE', StackName: 'net', StackType: 'ROS' });
  expect(made.CreateTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  const ids = await ros.ids(made.StackId);
  expect(made.Outputs).toEqual([
    { OutputKey: 'VpcIdG1', OutputValue: ids.Vpc, Description: 'No description given' },
    { OutputKey: 'Both', OutputValue: [1, ids.Vpc], Description: 'No description given' },
  ]);
  expect(await ros.history(made.StackId)).toEqual([
    'net CREATE_IN_PROGRESS',
    'Vpc CREATE_IN_PROGRESS',
    'Vpc CREATE_COMPLETE',
    'Switch CREATE_IN_PROGRESS',
    'Switch CREATE_COMPLETE',
    'net CREATE_COMPLETE',
  ]);
  await ros.call('DeleteStack', { StackId: made.StackId });
  expect((await ros.settled(made.StackId)).Status).toBe('DELETE_COMPLETE');
  expect(ros.things).toEqual([]);
  await expect(ros.call('DeleteStack', { StackId: made.StackId })).rejects.toMatchObject({ code: 'StackNotFound' });
});

test('an update that changes nothing is an error, but not with DryRun', async () => {
  const { StackId } = await ros.create('net', { Vpc: vpc() });
  await expect(ros.update(StackId, { Vpc: vpc() })).rejects.toMatchObject({
    code: 'NotSupported',
    message: expect.stringContaining('Update the completely same stack is not supported.'),
  });
  await expect(ros.call('UpdateStack', { StackId, TemplateBody: template({ Vpc: vpc() }), DryRun: true })).resolves.toMatchObject(
    { StackId },
  );
  expect((await ros.call('GetStack', { StackId })).Status).toBe('CREATE_COMPLETE');
});

test('an editable property changes in place', async () => {
  const { StackId } = await ros.create('net', { Vpc: vpc() });
  const before = await ros.ids(StackId);
  expect((await ros.update(StackId, { Vpc: vpc({ VpcName: 'a' }), Disk: disk() })).Status).toBe('UPDATE_COMPLETE');
  expect((await ros.ids(StackId)).Vpc).toBe(before.Vpc);
  expect((await ros.update(StackId, { Vpc: vpc({ VpcName: 'a' }) })).Status).toBe('UPDATE_COMPLETE');
  expect(ros.things).toEqual([before.Vpc]);
});

test('a property that is not editable fails the update, and the stack goes back', async () => {
  const { StackId } = await ros.create('net', { Vpc: vpc(), Disk: disk() });
  const before = await ros.ids(StackId);
  const after = await ros.update(StackId, {
    Vpc: vpc({ VpcName: 'b' }),
    Disk: disk({ ZoneId: 'cn-beijing-b' }, { DependsOn: 'Vpc' }),
  });
  expect(after.Status).toBe('ROLLBACK_COMPLETE');
  expect(await ros.history(StackId)).toEqual(expect.arrayContaining(['Disk UPDATE_FAILED', 'net ROLLBACK_IN_PROGRESS']));
  expect(await ros.ids(StackId)).toEqual(before);
  expect(ros.cloud.region('cn-beijing', ros.cloud.aliyun.account).things[before.Vpc as string]?.properties).toEqual({
    CidrBlock: '10.0.0.0/16',
  });
  // The stack is as before: the same template again changes nothing, another one does.
  await expect(ros.update(StackId, { Vpc: vpc(), Disk: disk() })).rejects.toMatchObject({ code: 'NotSupported' });
  expect((await ros.update(StackId, { Vpc: vpc({ VpcName: 'c' }), Disk: disk() })).Status).toBe('UPDATE_COMPLETE');
});

test('a type that has no update at all goes back as well', async () => {
  const { StackId } = await ros.create('net', { Vpc: vpc(), Switch: vSwitch() });
  const before = await ros.ids(StackId);
  expect((await ros.update(StackId, { Vpc: vpc(), Switch: vSwitch({ CidrBlock: '10.0.1.0/24' }) })).Status).toBe(
    'ROLLBACK_COMPLETE',
  );
  expect(await ros.ids(StackId)).toEqual(before);
});

test('what an update could not delete stands as before after the way back, and goes with the next', async () => {
  const { StackId } = await ros.create('net', { Vpc: vpc(), Switch: vSwitch(), Disk: disk() });
  const before = await ros.ids(StackId);
  ros.cloud.fail({ logicalId: 'Switch', action: 'delete', code: 'DependencyViolation', message: 'still in use' });
  const stuck = await ros.update(StackId, { Vpc: vpc() });
  expect(stuck.Status).toBe('ROLLBACK_COMPLETE');
  expect(await ros.ids(StackId)).toMatchObject({ Vpc: before.Vpc, Switch: before.Switch });
  expect(ros.things).toHaveLength(3);
  expect((await ros.update(StackId, { Vpc: vpc() })).Status).toBe('UPDATE_COMPLETE');
  expect(ros.things).toEqual([before.Vpc]);
});

test('a replacement that is allowed deletes first and creates then', async () => {
  const { StackId } = await ros.create('net', { Disk: disk() });
  const before = await ros.ids(StackId);
  const standing: number[] = [];
  const watch = setInterval(() => standing.push(ros.things.length), 2);
  const after = await ros.update(StackId, { Disk: disk({ ZoneId: 'cn-beijing-b' }) }, { ReplacementOption: 'Enabled' });
  clearInterval(watch);
  expect(after.Status).toBe('UPDATE_COMPLETE');
  expect((await ros.ids(StackId)).Disk).not.toBe(before.Disk);
  expect(standing).toContain(0);
  expect(Math.max(...standing)).toBe(1);
});

test('a replacement that fails is made again on the way back', async () => {
  const { StackId } = await ros.create('net', { Disk: disk({ DiskName: 'old' }) });
  ros.cloud.fail({ logicalId: 'Disk', action: 'create', code: 'OperationDenied', message: 'out of stock' });
  const after = await ros.update(StackId, { Disk: disk({ ZoneId: 'cn-beijing-b' }) }, { ReplacementOption: 'Enabled' });
  expect(after.Status).toBe('ROLLBACK_COMPLETE');
  const [id] = ros.things;
  expect(await ros.ids(StackId)).toEqual({ Disk: id });
  expect(ros.cloud.region('cn-beijing', ros.cloud.aliyun.account).things[id as string]?.properties).toMatchObject({
    DiskName: 'old',
  });
});

test('a rollback that fails can be updated forward', async () => {
  const { StackId } = await ros.create('net', { Disk: disk() });
  ros.cloud.fail({ logicalId: 'Disk', action: 'create', code: 'OperationDenied', message: 'out of stock', once: false });
  const stuck = await ros.update(StackId, { Disk: disk({ ZoneId: 'cn-beijing-b' }) }, { ReplacementOption: 'Enabled' });
  expect(stuck.Status).toBe('ROLLBACK_FAILED');
  expect(stuck.StatusReason).toContain('out of stock');
  ros.cloud.clearFaults();
  expect((await ros.update(StackId, { Disk: disk({ ZoneId: 'cn-beijing-c' }) })).Status).toBe('UPDATE_COMPLETE');
  expect(ros.things).toHaveLength(1);
});

test('a create that fails is taken back, and the empty stack holds its name until it is deleted', async () => {
  ros.cloud.fail({ logicalId: 'Switch', action: 'create', code: 'QuotaExceeded', message: 'no more vSwitches' });
  const failed = await ros.create('net', { Vpc: vpc(), Switch: vSwitch() });
  expect(failed.Status).toBe('CREATE_ROLLBACK_COMPLETE');
  expect(ros.things).toEqual([]);
  await expect(ros.create('net', { Vpc: vpc() })).rejects.toMatchObject({ code: 'StackExists' });
  await expect(ros.update(failed.StackId, { Vpc: vpc() })).rejects.toMatchObject({ code: 'NotSupported' });
  await ros.call('DeleteStack', { StackId: failed.StackId });
  await ros.settled(failed.StackId);
  expect((await ros.create('net', { Vpc: vpc() })).Status).toBe('CREATE_COMPLETE');
});

test('a create without rollback is continued', async () => {
  ros.cloud.fail({ logicalId: 'Switch', action: 'create', code: 'QuotaExceeded', message: 'no more vSwitches' });
  const failed = await ros.create('net', { Vpc: vpc(), Switch: vSwitch() }, { DisableRollback: true });
  expect(failed.Status).toBe('CREATE_FAILED');
  const before = await ros.ids(failed.StackId);
  await ros.call('ContinueCreateStack', { StackId: failed.StackId });
  expect((await ros.settled(failed.StackId)).Status).toBe('CREATE_COMPLETE');
  expect((await ros.ids(failed.StackId)).Vpc).toBe(before.Vpc);
  expect(ros.things).toHaveLength(2);
});

test('DeletionPolicy Retain, RetainResources and deletion protection keep what they name', async () => {
  const resources = { Vpc: vpc(), Kept: disk({}, { DeletionPolicy: 'Retain' }), Asked: disk() };
  const { StackId } = await ros.create('net', resources, { DeletionProtection: 'Enabled' });
  const ids = await ros.ids(StackId);
  await expect(ros.call('DeleteStack', { StackId })).rejects.toMatchObject({ code: 'StackDeletionProtected' });
  await ros.call('SetDeletionProtection', { StackId, DeletionProtection: 'Disabled' });
  await ros.call('DeleteStack', { StackId, RetainResources: ['Asked'] });
  expect((await ros.settled(StackId)).Status).toBe('DELETE_COMPLETE');
  expect(ros.things.sort()).toEqual([ids.Kept, ids.Asked].sort());
});

test('a deletion that fails is tried again', async () => {
  const { StackId } = await ros.create('net', { Vpc: vpc() });
  ros.cloud.fail({ logicalId: 'Vpc', action: 'delete', code: 'DependencyViolation', message: 'still in use' });
  await ros.call('DeleteStack', { StackId });
  expect(await ros.settled(StackId)).toMatchObject({
    Status: 'DELETE_FAILED',
    StatusReason: expect.stringContaining('still in use'),
  });
  await ros.call('DeleteStack', { StackId });
  expect((await ros.settled(StackId)).Status).toBe('DELETE_COMPLETE');
});

test('while something goes on, nothing else begins', async () => {
  const { StackId } = await ros.call('CreateStack', {
    StackName: 'net',
    TemplateBody: template({ Slow: { Type: 'ALIYUN::VPC::EIP' } }),
  });
  await expect(ros.call('DeleteStack', { StackId })).rejects.toMatchObject({ code: 'ActionInProgress' });
  await expect(ros.update(StackId, { Vpc: vpc() })).rejects.toMatchObject({ code: 'ActionInProgress' });
  await ros.settled(StackId);
});

test('an update that is cancelled goes back', async () => {
  const { StackId } = await ros.create('net', { Vpc: vpc() });
  const chain = { Vpc: vpc(), A: { Type: 'ALIYUN::VPC::EIP' }, B: disk({}, { DependsOn: 'A' }) };
  await ros.call('UpdateStack', { StackId, TemplateBody: template(chain) });
  await ros.call('CancelUpdateStack', { StackId });
  expect((await ros.settled(StackId)).Status).toBe('ROLLBACK_COMPLETE');
  expect(ros.things).toHaveLength(1);
});

test('Parallelism 1 makes one resource at a time', async () => {
  const many = Object.fromEntries(['A', 'B', 'C'].map((id) => [id, disk()]));
  const { StackId } = await ros.create('disks', many, { Parallelism: 1 });
  const history = (await ros.history(StackId)).slice(1, -1);
  for (let i = 0; i < history.length; i += 2) {
    expect(history[i]).toMatch(/CREATE_IN_PROGRESS$/);
    expect(history[i + 1]).toBe(history[i]?.replace('IN_PROGRESS', 'COMPLETE'));
  }
});

test('a ClientToken does nothing twice', async () => {
  const asked = { StackName: 'net', TemplateBody: template({ Vpc: vpc() }), ClientToken: 'token-1' };
  const first = await ros.call('CreateStack', asked);
  const second = await ros.call('CreateStack', asked);
  expect(second.StackId).toBe(first.StackId);
  await expect(ros.call('CreateStack', { ...asked, StackName: 'other' })).rejects.toMatchObject({
    code: 'InvalidIdempotenceParameter',
  });
  await ros.settled(first.StackId);
  expect(ros.things).toHaveLength(1);
});

test('lists come in pages', async () => {
  const many = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`Vpc${i}`, vpc()]));
  const { StackId } = await ros.create('many', many);
  await ros.create('other', { Vpc: vpc() });
  const first = await ros.call('ListStackEvents', { StackId });
  expect(first).toMatchObject({ PageNumber: 1, PageSize: 10, TotalCount: 26 });
  expect(first.Events).toHaveLength(10);
  expect(first.Events[0]).toMatchObject({
    LogicalResourceId: 'many',
    Status: 'CREATE_COMPLETE',
    ResourceType: 'ALIYUN::ROS::Stack',
  });
  expect((await ros.call('ListStackEvents', { StackId, PageNumber: 3 })).Events).toHaveLength(6);
  await expect(ros.call('ListStackEvents', { StackId, PageSize: 51 })).rejects.toMatchObject({ code: 'InvalidParameter' });
  expect((await ros.call('ListStacks', { PageSize: 1 })).TotalCount).toBe(2);
  const named = await ros.call('ListStacks', { StackName: ['many'], Status: ['CREATE_COMPLETE'] });
  expect(named.Stacks).toMatchObject([{ StackId }]);
  expect((await ros.call('ListStacks', { Status: ['DELETE_COMPLETE'] })).Stacks).toEqual([]);
});

test('a template is read back as it was sent', async () => {
  const body = template({ Vpc: vpc() }, { Description: 'd' });
  const { StackId } = await ros.create('net', {}, { TemplateBody: body });
  expect((await ros.call('GetTemplate', { StackId })).TemplateBody).toBe(body);
});
