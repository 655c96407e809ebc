/** The estate's networks, transit routers and links in the embedded cloud: ROS makes them in the templates' order, and takes them down again. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RosStackManifest } from '../../../lib/aliyun/assembly';
import { type Answer, RosCloud } from '../../rehearsal/ros/ros-cloud';
import { emit, inland } from '../fixtures';

const { manifest, templates } = emit(inland());
const stacks = manifest.stacks.filter(({ kind }) => kind !== 'members' && kind !== 'elastic');
const done = new Map<string, Answer>();
let cloud: RosCloud;

beforeAll(async () => {
  cloud = await RosCloud.start({ aliyun: {} });
  for (const stack of stacks) done.set(stack.path, await create(stack));
}, 120_000);
afterAll(() => cloud.close());

async function create({ path, name, region, parameters }: RosStackManifest): Promise<Answer> {
  const values = Object.entries(parameters).map(([ParameterKey, { path: from, output }]) => {
    const found = done.get(from)?.Outputs.find((o: Answer) => o.OutputKey === output);
    if (found === undefined) throw new Error(`${path} reads ${output} of ${from}, which has none`);
    return { ParameterKey, ParameterValue: found.OutputValue };
  });
  const asked = { RegionId: region, StackName: name, TemplateBody: JSON.stringify(templates.get(path)), Parameters: values };
  const { StackId } = await cloud.call('CreateStack', asked);
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
