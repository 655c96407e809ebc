import { clock } from '../../../lib/engine/clock';
import { type Answer, disk, RosCloud, template, vpc, vSwitch } from './ros-cloud';

let ros: RosCloud;
beforeEach(async () => {
  ros = await RosCloud.start();
});
afterEach(() => ros.close());

/** A change set, once it is made. */
async function made(ChangeSetId: string): Promise<Answer> {
  for (;;) {
    const set = await ros.call('GetChangeSet', { ChangeSetId });
    if (set.Status !== 'CREATE_IN_PROGRESS') return set;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const changes = (set: Answer): string[] =>
  set.Changes.map((c: Answer) => {
    const { Action, LogicalResourceId, Replacement } = c.ResourceChange;
    return [Action, LogicalResourceId, Replacement].filter(Boolean).join(' ');
  });

test('a change set of type CREATE makes a stack in review, and its execution creates it', async () => {
  const asked = { ChangeSetName: 'first', ChangeSetType: 'CREATE', StackName: 'net', TemplateBody: template({ Vpc: vpc() }) };
  // However slow the machine is, it is asked for in the moment in which it was made.
  const now = jest.spyOn(clock, 'milliseconds').mockReturnValue(clock.milliseconds());
  const { ChangeSetId, StackId } = await ros.call('CreateChangeSet', asked);
  expect((await ros.call('GetChangeSet', { ChangeSetId })).Status).toBe('CREATE_IN_PROGRESS');
  now.mockRestore();
  const set = await made(ChangeSetId);
  expect(set).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE', StackId });
  expect(changes(set)).toEqual(['Add Vpc']);
  expect((await ros.call('GetStack', { StackId })).Status).toBe('REVIEW_IN_PROGRESS');
  expect(ros.things).toEqual([]);
  await expect(ros.create('net', { Vpc: vpc() })).rejects.toMatchObject({ code: 'StackExists' });
  await expect(ros.update(StackId, { Vpc: vpc() })).rejects.toMatchObject({ code: 'NotSupported' });
  await ros.call('ExecuteChangeSet', { ChangeSetId });
  expect((await ros.settled(StackId)).Status).toBe('CREATE_COMPLETE');
  expect((await ros.call('GetChangeSet', { ChangeSetId })).ExecutionStatus).toBe('EXECUTE_COMPLETE');
  await expect(ros.call('ExecuteChangeSet', { ChangeSetId })).rejects.toMatchObject({ code: 'NotSupported' });
});

test('a stack in review is deleted like any other', async () => {
  const asked = { ChangeSetName: 'first', ChangeSetType: 'CREATE', StackName: 'net', TemplateBody: template({ Vpc: vpc() }) };
  const { StackId } = await ros.call('CreateChangeSet', asked);
  await ros.call('DeleteStack', { StackId });
  expect((await ros.settled(StackId)).Status).toBe('DELETE_COMPLETE');
});

test('a change set tells what is added, changed, replaced and removed, and obsoletes the others when it is executed', async () => {
  const { StackId } = await ros.create('net', { Vpc: vpc(), Switch: vSwitch(), Disk: disk() });
  const next = { Vpc: vpc({ VpcName: 'n' }), Switch: vSwitch({ ZoneId: 'cn-beijing-b' }), New: disk() };
  const ask = (ChangeSetName: string, more: object = {}) =>
    ros.call('CreateChangeSet', { ChangeSetName, StackId, TemplateBody: template(next), ...more });
  const kept = await made((await ask('kept')).ChangeSetId);
  expect(changes(kept)).toEqual(['Remove Disk', 'Add New', 'Modify Switch False', 'Modify Vpc False']);
  const allowed = await made((await ask('allowed', { ReplacementOption: 'Enabled' })).ChangeSetId);
  expect(changes(allowed)).toEqual(['Remove Disk', 'Add New', 'Modify Switch True', 'Modify Vpc False']);
  await expect(ask('kept')).rejects.toMatchObject({ code: 'ChangeSetExists' });
  expect((await ros.call('ListChangeSets', { StackId })).ChangeSets.map((c: Answer) => c.ChangeSetName)).toEqual([
    'kept',
    'allowed',
  ]);
  await ros.call('ExecuteChangeSet', { ChangeSetId: allowed.ChangeSetId });
  expect((await ros.settled(StackId)).Status).toBe('UPDATE_COMPLETE');
  expect((await ros.call('GetChangeSet', { ChangeSetId: kept.ChangeSetId })).ExecutionStatus).toBe('OBSOLETE');
  await ros.call('DeleteChangeSet', { ChangeSetId: kept.ChangeSetId });
  await expect(ros.call('GetChangeSet', { ChangeSetId: kept.ChangeSetId })).rejects.toMatchObject({ code: 'ChangeSetNotFound' });
});

test('a change set that would change nothing fails', async () => {
  const { StackId } = await ros.create('net', { Vpc: vpc() });
  const { ChangeSetId } = await ros.call('CreateChangeSet', {
    ChangeSetName: 'none',
    StackId,
    TemplateBody: template({ Vpc: vpc() }),
  });
  expect(await made(ChangeSetId)).toMatchObject({
    Status: 'CREATE_FAILED',
    ExecutionStatus: 'UNAVAILABLE',
    StatusReason: expect.stringContaining('completely same'),
  });
});

test('PreviewStack tells what a create or an update would do', async () => {
  const TemplateBody = template({ Vpc: vpc(), Switch: vSwitch() });
  const fresh = await ros.call('PreviewStack', { StackName: 'net', TemplateBody });
  expect(fresh.Stack.Resources.map((r: Answer) => `${r.Action} ${r.LogicalResourceId}`)).toEqual(['Add Switch', 'Add Vpc']);
  expect((await ros.call('ListStacks')).TotalCount).toBe(0);
  const { StackId } = await ros.create('net', { Vpc: vpc() });
  const update = await ros.call('PreviewStack', { StackId, TemplateBody });
  expect(update.Stack.Resources.map((r: Answer) => `${r.Action} ${r.LogicalResourceId}`)).toEqual(['Add Switch']);
  await expect(ros.call('PreviewStack', { TemplateBody })).rejects.toMatchObject({ code: 'MultipleParameter' });
});

test('drift is what was changed or deleted beside the stack', async () => {
  const { StackId } = await ros.create('net', { Vpc: vpc(), Disk: disk(), Other: disk() });
  const ids = await ros.ids(StackId);
  const { things } = ros.cloud.region('cn-beijing', ros.cloud.aliyun.account);
  delete things[ids.Disk as string];
  Object.assign(things[ids.Vpc as string]?.properties ?? {}, { VpcName: 'by hand' });
  const { DriftDetectionId } = await ros.call('DetectStackDrift', { StackId });
  let status: Answer;
  do {
    status = await ros.call('GetStackDriftDetectionStatus', { DriftDetectionId });
  } while (status.DriftDetectionStatus === 'DETECTION_IN_PROGRESS');
  expect(status).toMatchObject({
    DriftDetectionStatus: 'DETECTION_COMPLETE',
    StackDriftStatus: 'DRIFTED',
    DriftedStackResourceCount: 2,
  });
  const { ResourceDrifts } = await ros.call('ListStackResourceDrifts', { StackId, ResourceDriftStatus: ['MODIFIED', 'DELETED'] });
  expect(ResourceDrifts).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ LogicalResourceId: 'Disk', ResourceDriftStatus: 'DELETED' }),
      expect.objectContaining({
        LogicalResourceId: 'Vpc',
        PropertyDifferences: [{ PropertyPath: '/VpcName', ExpectedValue: 'null', ActualValue: 'by hand', DifferenceType: 'ADD' }],
      }),
    ]),
  );
  const first = await ros.call('ListStackResourceDrifts', { StackId, MaxResults: 2 });
  const second = await ros.call('ListStackResourceDrifts', { StackId, MaxResults: 2, NextToken: first.NextToken });
  expect(first.ResourceDrifts.length + second.ResourceDrifts.length).toBe(3);
  expect(second.NextToken).toBeUndefined();
});
