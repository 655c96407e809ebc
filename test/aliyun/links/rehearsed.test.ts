/** The estate's networks, transit routers and links in the embedded cloud: ROS makes them in the templates' order, and takes them down again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { assemblyFiles } from '../../../lib/aliyun/app';
import type { RosStackManifest } from '../../../lib/aliyun/assembly';
import { explicitCredentials, RpcClient } from '../../../lib/aliyun/cloud';
import { stacksOfRosAssembly } from '../../../lib/deploy/aliyun/assembly';
import { AliyunEngine } from '../../../lib/deploy/aliyun/engine';
import { type Answer, RosCloud } from '../../embedded-cloud/ros/ros-cloud';
import { emit, inland } from '../fixtures';

const estate = inland();
// Their alarms tell somebody.
const assembly = emit({ ...estate, regions: estate.regions.map((region) => ({ ...region, alarms: { contactGroup: 'ops' } })) });
const { manifest, templates } = assembly;
const stacks = manifest.stacks.filter(({ kind }) => kind !== 'members' && kind !== 'elastic');
const done = new Map<string, Answer>();
let cloud: RosCloud;

beforeAll(async () => {
  cloud = await RosCloud.start({ aliyun: {} });
  for (const stack of stacks) done.set(stack.path, await create(stack));
}, 120_000);
afterAll(() => cloud.close());

/** Values of a stack's parameters, from the stacks that stand. */
function valuesOf({ path, parameters }: RosStackManifest): Record<string, string> {
  const values = Object.entries(parameters).map(([name, { path: from, output }]): [string, string] => {
    const found = done.get(from)?.Outputs.find((o: Answer) => o.OutputKey === output);
    if (found === undefined) throw new Error(`${path} reads ${output} of ${from}, which has none`);
    return [name, found.OutputValue];
  });
  return Object.fromEntries(values);
}

async function create(stack: RosStackManifest): Promise<Answer> {
  const { path, name, region, tags } = stack;
  const { StackId } = await cloud.call('CreateStack', {
    RegionId: region,
    StackName: name,
    TemplateBody: JSON.stringify(templates.get(path)),
    Parameters: Object.entries(valuesOf(stack)).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  });
  return settled(region, StackId);
}

async function settled(RegionId: string, StackId: string): Promise<Answer> {
  for (;;) {
    const stack = await cloud.call('GetStack', { RegionId, StackId });
    if (!stack.Status.endsWith('_IN_PROGRESS')) return stack;
    await sleep(20);
  }
}

const world = (region: string) => cloud.cloud.region(region, cloud.cloud.aliyun.account).aliyun;

test('every stack comes to stand', () => {
  expect(stacks.length).toBeGreaterThan(8);
  for (const [path, { Status, StatusReason }] of done)
    expect([path, Status, StatusReason]).toEqual([path, 'CREATE_COMPLETE', expect.anything()]);
});

test('each transit router sends packets for the other region over the connection, and drops what nobody has', () => {
  for (const [region, own, other] of [
    ['cn-beijing', ['10.32.0.0/16', '172.24.0.0/16'], ['10.33.0.0/16']],
    ['cn-hangzhou', ['10.33.0.0/16'], ['10.32.0.0/16', '172.24.0.0/16']],
  ] as const) {
    const { attachments, routerTables } = world(region);
    const [table] = Object.values(routerTables).filter((t) => t.routes.length > 0);
    const hops = new Map(
      table!.routes.map((r) => [r.destination, r.attachment === undefined ? 'drop' : attachments[r.attachment]!.kind]),
    );
    for (const range of own) expect([range, hops.get(range)]).toEqual([range, 'VPC']);
    for (const range of other) expect([range, hops.get(range)]).toEqual([range, 'TR']);
    expect([hops.get('10.0.0.0/8'), hops.get('172.16.0.0/12')]).toEqual(['drop', 'drop']);
  }
});

test('the engine sets the border router’s BFD, which ROS can’t say, and nothing when it is set', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-links-'));
  try {
    for (const [file, text] of assemblyFiles(assembly)) writeFileSync(join(folder, file), text);
    const all = stacksOfRosAssembly(folder, () => undefined);
    const line = all.find(({ path }) => path.endsWith('/line-line'))!;
    const env = cloud.cloud.aliyun.env('cn-beijing');
    const credentials = explicitCredentials({
      accessKeyId: env.ALIBABA_CLOUD_ACCESS_KEY_ID!,
      accessKeySecret: env.ALIBABA_CLOUD_ACCESS_KEY_SECRET!,
    });
    const rpc = new RpcClient({ credentials, environment: { MEISSA_ALIYUN_ENDPOINT: cloud.cloud.url } });
    const engine = new AliyunEngine({ rpc });
    const values = valuesOf(line.ros!);
    expect(await engine.preview(line, values)).toEqual({ action: 'update', because: ['BFD of BorderRouter'] });
    expect(await engine.apply(line, { parameters: values, replace: [] }, () => undefined)).toMatchObject({ outcome: 'updated' });
    const [vbr] = Object.values(world('cn-beijing').borderRouters);
    expect(vbr!.bfd).toEqual({ minTxInterval: 300, minRxInterval: 300, detectMultiplier: 3 });
    expect(await engine.preview(line, values)).toEqual({ action: 'none', because: [] });
    vbr!.bfd = { minTxInterval: 1000, minRxInterval: 1000, detectMultiplier: 3 };
    expect(await engine.drift(line)).toMatchObject([{ logicalId: 'BorderRouter', drift: 'modified' }]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);

test('no two stacks keep one VPC’s routes or one transit router busy at once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-links-'));
  try {
    for (const [file, text] of assemblyFiles(assembly)) writeFileSync(join(folder, file), text);
    const exclusive = new Map(stacksOfRosAssembly(folder, () => undefined).map((stack) => [stack.path, stack.exclusive]));
    const [beijing, hangzhou] = ['transit router of cn-beijing', 'transit router of cn-hangzhou'];
    expect(exclusive.get('cn-beijing/transit')).toEqual([beijing]);
    expect(exclusive.get('links/cn-beijing--cn-hangzhou/request')).toEqual([beijing, hangzhou]);
    expect(exclusive.get('links/cn-beijing--cn-hangzhou/routes-b')).toEqual(['routes of cn-hangzhou', hangzhou]);
    for (const id of ['line-line', 'vpn-fallback']) expect(exclusive.get(`links/bj-idc--cn-beijing/${id}`)).toEqual([beijing]);
    expect(exclusive.get('links/bj-idc--cn-beijing/routes')).toEqual(['routes of cn-beijing']);
    expect(exclusive.get('cn-beijing/network')).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('all of it goes again, the last first', async () => {
  for (const stack of [...stacks].reverse()) {
    const { StackId } = done.get(stack.path)!;
    await cloud.call('DeleteStack', { RegionId: stack.region, StackId });
    const { Status, StatusReason } = await settled(stack.region, StackId);
    expect([stack.path, Status, StatusReason]).toEqual([stack.path, 'DELETE_COMPLETE', expect.anything()]);
  }
  for (const region of ['cn-beijing', 'cn-hangzhou']) {
    const { attachments, borderRouters, transitRouters } = world(region);
    expect([attachments, borderRouters, transitRouters]).toEqual([{}, {}, {}]);
  }
}, 120_000);
