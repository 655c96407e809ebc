import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disk, RosCloud, template, vpc, vSwitch } from './ros-cloud';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meissa-world-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (timeScale?: number) => RosCloud.start({ aliyun: {}, stateDir: folder, timeScale });
const network = { Vpc: vpc(), Switch: vSwitch() };

test('a second process goes on where the first ended, and knows its client tokens', async () => {
  const asked = { StackName: 'net', TemplateBody: template(network), ClientToken: 'once' };
  const first = await open();
  const { StackId } = await first.call('CreateStack', asked);
  await first.settled(StackId);
  const before = first.cloud.aliyun.inventory('cn-beijing');
  await first.close();
  const second = await open();
  expect(second.cloud.aliyun.inventory('cn-beijing')).toEqual(before);
  expect(await second.call('CreateStack', asked)).toMatchObject({ StackId });
  await second.call('DeleteStack', { StackId });
  expect((await second.settled(StackId)).Status).toBe('DELETE_COMPLETE');
  await second.close();
});

const slow = {
  ...network,
  Handle: { Type: 'ALIYUN::ROS::WaitConditionHandle', DependsOn: 'Switch' },
  Gate: { Type: 'ALIYUN::ROS::WaitCondition', Properties: { Handle: { Ref: 'Handle' }, Timeout: 600 } },
};

test('a create that its process did not survive has failed, and is continued', async () => {
  const first = await open(1 / 60);
  const { StackId } = await first.call('CreateStack', { StackName: 'net', TemplateBody: template(slow) });
  while (!(await first.ids(StackId)).Handle) await new Promise((resolve) => setTimeout(resolve, 5));
  await first.close();
  const second = await open();
  expect((await second.call('GetStack', { StackId })).Status).toBe('CREATE_FAILED');
  await second.call('SignalResource', { StackId, LogicalResourceId: 'Handle', UniqueId: 'i-1', Status: 'SUCCESS' });
  await second.call('ContinueCreateStack', { StackId });
  expect((await second.settled(StackId)).Status).toBe('CREATE_COMPLETE');
  expect(second.cloud.aliyun.inventory('cn-beijing').vpcs).toHaveLength(1);
  await second.close();
});

test('an update that its process did not survive has failed, and the next one goes forward', async () => {
  const first = await open(1 / 60);
  const { StackId } = await first.create('net', network);
  await first.call('UpdateStack', { StackId, TemplateBody: template(slow) });
  while (!(await first.ids(StackId)).Handle) await new Promise((resolve) => setTimeout(resolve, 5));
  await first.close();
  const second = await open();
  expect((await second.call('GetStack', { StackId })).Status).toBe('UPDATE_FAILED');
  await second.call('SignalResource', { StackId, LogicalResourceId: 'Handle', UniqueId: 'i-1', Status: 'SUCCESS' });
  expect((await second.update(StackId, slow)).Status).toBe('UPDATE_COMPLETE');
  await second.close();
});

test('a process that is killed loses no stack that it told of long enough ago', async () => {
  const program = join(__dirname, 'killed-cloud.js');
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve) => child.stdout.once('data', (d) => resolve(String(d))));
  expect(line.trim()).toMatch(/^[0-9a-f-]{36}$/);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  const second = await open();
  const stack = await second.call('GetStack', { StackId: line.trim() });
  expect(stack.Status).toBe('CREATE_FAILED');
  await second.call('DeleteStack', { StackId: line.trim() });
  expect((await second.settled(line.trim())).Status).toBe('DELETE_COMPLETE');
  expect(second.cloud.aliyun.inventory('cn-beijing').vpcs).toEqual([]);
  await second.close();
});

test('disks that are retained outlive their stack and the process', async () => {
  const first = await open();
  const { StackId } = await first.create('disks', { Kept: disk({}, { DeletionPolicy: 'Retain' }) });
  await first.call('DeleteStack', { StackId });
  await first.settled(StackId);
  await first.close();
  const second = await open();
  expect(second.cloud.aliyun.inventory('cn-beijing').disks).toHaveLength(1);
  await second.close();
});
