/** What was shown is what is deployed, and what nothing describes any more goes by name alone. The tests are one story. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeTemporaryFolders } from './example';
import { REGION, SmallAliyun, WHOLE } from './small-aliyun';

jest.setTimeout(120_000);

let region: SmallAliyun;
let plan: string;
beforeAll(async () => {
  region = await SmallAliyun.start();
  plan = join(region.root, 'plan.json');
});
afterAll(async () => {
  await region.cloud.close();
  removeTemporaryFolders();
});

const TYPE = ['clusters', 'core', 'fleets', 'store', 'instanceType'];
const refusal = async (...args: string[]) =>
  (await region.json(args)).document.error as { code: string; message: string; fix: string };

test('a plan is saved where something stands or nothing does; it holds digests, and no value', async () => {
  const { code, stderr } = await region.meissa(['diff', REGION, '--save', plan]);
  expect([code, stderr]).toEqual([2, expect.stringContaining('saved: meissa deploy')]);
  const text = readFileSync(plan, 'utf8');
  const { stands, regions, links, accepted } = JSON.parse(text);
  expect([regions, links, accepted]).toEqual([[REGION], [], []]);
  expect(stands).toEqual(['base', 'core-store-1', 'network'].map((id) => ({ path: `${REGION}/${id}` })));
  expect(text).not.toMatch(/ecs\.g7|vpc-|10\.\d+\.|ssh-/);
  await region.meissa(['diff', REGION, '--save', plan]);
  expect(readFileSync(plan, 'utf8')).toBe(text);
});

test('a plan whose description has changed since is refused, naming what has; nothing is touched', async () => {
  region.edit(`${REGION}.yaml`, TYPE, 'ecs.g7.xlarge');
  const { code, message, fix } = await refusal('deploy', plan);
  expect([code, message, fix]).toEqual([
    'PLAN_CHANGED',
    expect.stringContaining(`what is described of ${REGION}`),
    `look at it again: meissa diff ${REGION} --save ${plan}`,
  ]);
  expect(region.stacks()).toEqual([]);
  region.edit(`${REGION}.yaml`, TYPE, 'ecs.g7.large');
});

test('an edited plan is refused', async () => {
  const text = readFileSync(plan, 'utf8');
  writeFileSync(plan, text.replace('"accepted": []', '"accepted": ["QUORUM_LOST:x"]'));
  expect((await refusal('deploy', plan)).code).toBe('PLAN_BROKEN');
  writeFileSync(plan, '{ "kind": "meissa-plan" }');
  expect((await refusal('deploy', plan)).code).toBe('PLAN_BROKEN');
  writeFileSync(plan, text);
});

test('it is deployed without another question, by who has no terminal', async () => {
  const { code } = await region.meissa(['deploy', plan]);
  expect(code).toBe(0);
  expect(region.stacks()).toEqual(WHOLE);
});

test('the same plan again is refused: what stands is other than it was', async () => {
  const { code, message } = await refusal('deploy', plan);
  expect(code).toBe('PLAN_CHANGED');
  expect(message).toContain(`${REGION}/network: did not stand, now CREATE_COMPLETE`);
});

test('what others deployed since is seen, and named by its stack', async () => {
  region.edit(`${REGION}.yaml`, TYPE, 'ecs.g7.xlarge');
  await region.meissa(['diff', REGION, '--save', plan]);
  region.edit(`${REGION}.yaml`, ['tags'], { owner: 'others' });
  expect((await region.meissa(['deploy', REGION, '--yes'])).code).toBe(0);
  region.edit(`${REGION}.yaml`, ['tags'], undefined);
  const { code, message } = await refusal('deploy', plan);
  expect([code, message]).toEqual([
    'PLAN_CHANGED',
    expect.stringMatching(/core-store-1: CREATE_COMPLETE since .*, now UPDATE_COMPLETE since/),
  ]);
  expect((await region.meissa(['deploy', REGION, '--yes'])).code).toBe(0);
});

test('a fleet that is no longer described: a deploy leaves it, and diff says how it goes', async () => {
  // Others have stacks in the account too, of names that look like ours.
  const ours = region.stack(`${REGION}-core-store-1`)!;
  const others = Object.values(region.cloud.region(REGION, '1111111111111111').stacks);
  const stacks = region.cloud.region(REGION, '1111111111111111').stacks as Record<string, typeof ours>;
  for (const name of [`${REGION}-shop`, 'links-of-theirs']) {
    const copy = structuredClone({ ...others[0]!, tags: {}, outputs: [] }) as typeof ours;
    stacks[`id-of-${name}`] = Object.assign(copy, { id: `id-of-${name}`, name });
  }
  region.edit(`${REGION}.yaml`, ['clusters'], {});
  region.edit(`${REGION}.members.lock.yaml`, ['members'], {});
  const { code, stdout } = await region.meissa(['diff', REGION]);
  expect([code, stdout]).toEqual([2, expect.stringContaining(`${REGION}/core-store-1`)]);
  expect(stdout).toContain(`stays, with its hosts, until \`meissa destroy --undescribed ${REGION}\``);
  expect(stdout).not.toContain('shop');
  expect(stdout).not.toContain('theirs');
});

test('destroy --undescribed shows what goes, refuses data that is not named, takes that down and nothing else', async () => {
  const refused = await region.meissa(['destroy', '--undescribed', '--yes']);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('meissa destroy --undescribed --including-data')]);
  expect(region.stacks()).toHaveLength(5);
  const { code, stderr, document } = await region.json(['destroy', '--undescribed', '--including-data', '--yes']);
  expect([code, document.outcome]).toEqual([0, 'done']);
  expect(stderr).toContain(`stack ${REGION}/core-store-1 goes`);
  expect(stderr).toContain('1 host goes, and its system disk with it');
  const left = region.stacks().map((line) => line.split(' ')[0]);
  expect(left).toEqual([`${REGION}-base`, `${REGION}-network`, `${REGION}-shop`, 'links-of-theirs']);
  expect((await region.meissa(['destroy', '--undescribed', '--yes'])).stderr).toContain('nothing stands');
});
