/** `meissa deploy` and `destroy` with a person before them, on a terminal. The tests are one story. */
import { until } from './deployed-estate';
import { removeTemporaryFolders } from './example';
import { REGION, SmallAliyun, WHOLE } from './small-aliyun';
import { Terminal } from './terminal';

jest.setTimeout(60_000);

let region: SmallAliyun;
beforeAll(async () => {
  region = await SmallAliyun.start();
});
afterEach(() => region.cloud.aliyun.clear());
afterAll(async () => {
  Terminal.endAll();
  await region.cloud.close();
  removeTemporaryFolders();
});

const meissa = (...args: string[]) => Terminal.meissa(region.env(), region.root, ...args);
const DESTROY = ['destroy', REGION, '--including-data'];

test.each(['n', '', 'yeah'])('what a deploy would make is shown; the answer "%s" changes nothing, and fails', async (answer) => {
  const terminal = meissa('deploy', REGION);
  await terminal.sees(`+ ${REGION}/network  create: new`);
  await terminal.sees('ALIYUN::ECS::VPC');
  await terminal.sees(`Deploy this to ${REGION}? [y/N]`);
  terminal.types(answer);
  await terminal.sees('nothing was changed');
  expect(await terminal.ended).toBe(1);
  expect(region.stacks()).toEqual([]);
});

test('Ctrl-C at the question is no', async () => {
  const terminal = meissa('deploy', REGION);
  await terminal.sees(`Deploy this to ${REGION}? [y/N]`);
  terminal.interrupts();
  await terminal.sees('nothing was changed');
  expect(await terminal.ended).toBe(1);
  expect(region.stacks()).toEqual([]);
});

test('y deploys; the first Ctrl-C waits for what runs, the second leaves at once and says how to go on', async () => {
  region.cloud.aliyun.fault({ kind: 'hang', action: 'GetStack', after: 2 });
  const terminal = meissa('deploy', REGION);
  await terminal.sees(`Deploy this to ${REGION}? [y/N]`);
  terminal.types('y');
  await until('a stack is begun', () => (region.cloud.aliyun.calls['ros.GetStack']?.faulted ?? 0) > 0);
  terminal.interrupts();
  await terminal.sees('nothing new is started, what runs is waited for');
  await terminal.sees(`to go on later: meissa deploy ${REGION}`);
  const since = Date.now();
  terminal.interrupts();
  await terminal.sees(`left; the engines finish by themselves. To go on: meissa deploy ${REGION}`);
  expect(await terminal.ended).toBe(1);
  expect(Date.now() - since).toBeLessThan(5000);
  // A member's host comes after the network: it was not begun.
  expect(region.stack(`${REGION}-core-store-1`)).toBeUndefined();
});

test('the same command goes on from there, and a further one has nothing to ask', async () => {
  const terminal = meissa('deploy', REGION);
  await terminal.sees(`+ ${REGION}/core-store-1  create: new`);
  await terminal.sees('Deploy this to');
  terminal.types('yes');
  await terminal.sees('core-store-1 created');
  expect(await terminal.ended).toBe(0);
  expect(region.stacks()).toEqual(WHOLE);
  const again = meissa('deploy', REGION);
  await again.sees('no changes');
  expect(await again.ended).toBe(0);
  expect(again.said).not.toContain('[y/N]');
});

test('a change is shown by what it means before it is asked about', async () => {
  region.edit(`${REGION}.yaml`, ['clusters', 'core', 'fleets', 'store', 'instanceType'], 'ecs.g7.xlarge');
  const terminal = meissa('deploy', REGION);
  await terminal.sees(`~ ${REGION}/core-store-1  update: template`);
  await terminal.sees('1 host stops and starts: InstanceType ecs.g7.large -> ecs.g7.xlarge');
  await terminal.sees(`${REGION}-core-store-1`);
  await terminal.sees('[y/N]');
  terminal.types('n');
  expect(await terminal.ended).toBe(1);
  region.edit(`${REGION}.yaml`, ['clusters', 'core', 'fleets', 'store', 'instanceType'], 'ecs.g7.large');
});

test("taking data down wants the region's name; another name, or a plain yes, takes nothing down", async () => {
  for (const answer of ['y', 'cn-beijing', '']) {
    const terminal = meissa(...DESTROY);
    await terminal.sees(`- ${REGION}/base`);
    await terminal.sees('Kept, and to be deleted by hand');
    await terminal.sees(`${REGION} holds data. Type its name to take it down:`);
    terminal.types(answer);
    await terminal.sees('nothing was changed');
    expect(await terminal.ended).toBe(1);
  }
  expect(region.stacks()).toEqual(WHOLE);
});

test('its name takes it down', async () => {
  const terminal = meissa(...DESTROY);
  await terminal.sees('Type its name');
  terminal.types(REGION);
  await terminal.sees(`${REGION}/base deleted`);
  expect(await terminal.ended).toBe(0);
  expect(region.stacks()).toEqual([]);
});
