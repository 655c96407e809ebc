/**
 * `meissa deploy` on Aliyun where the API, or the state in which somebody left a stack, is bad: each is said clearly and has a way on,
 * nothing is lost, and no stack is made twice. The tests are one story.
 */
import { deleteByHand, leaveUnexecuted } from './aliyun-by-hand';
import { until } from './deployed-estate';
import { removeTemporaryFolders } from './example';
import { Middlebox } from './middlebox';
import { ACCOUNT, REGION, SmallAliyun, WHOLE } from './small-aliyun';

jest.setTimeout(90_000);

let region: SmallAliyun;
beforeAll(async () => {
  region = await SmallAliyun.start();
});
afterEach(() => {
  region.cloud.aliyun.clear();
  region.cloud.clearFaults();
});
afterAll(async () => {
  await region.cloud.close();
  removeTemporaryFolders();
});

const DEPLOY = ['deploy', REGION, '--yes'];
const NETWORK = `${REGION}-network`;
const errorOf = (document: { stacks: { path: string; error?: object }[] }, id: string) =>
  document.stacks.find(({ path }) => path === `${REGION}/${id}`)?.error;
const calls = (action: string) => region.cloud.aliyun.calls[`ros.${action}`]?.received ?? 0;
const ids = () => Object.values(region.cloud.region(REGION, ACCOUNT).stacks).map(({ id }) => id);

/** Deploys to the end: every stack stands, once. */
async function finishes(): Promise<void> {
  const { code, stderr } = await region.meissa(DEPLOY);
  expect({ code, said: code === 0 ? '' : stderr }).toEqual({ code: 0, said: '' });
  expect(region.stacks()).toEqual(WHOLE);
}

describe('an API that is none, or is ill', () => {
  let between: Middlebox;
  const through = () => ({ MEISSA_ALIYUN_ENDPOINT: between.url });
  beforeAll(async () => {
    between = await Middlebox.start(region.cloud.url);
  });
  afterAll(() => between.close());

  test('an endpoint that answers HTML is said to be no API, with what to check, and not the page', async () => {
    between.page = '<html><title>Log in to the guest network</title></html>';
    const { code, document, stderr } = await region.json(DEPLOY, through());
    between.page = undefined;
    expect(code).toBe(1);
    expect(errorOf(document, 'base')).toMatchObject({
      code: 'BAD_ANSWER',
      message: expect.stringContaining("is not Aliyun's API"),
      fix: expect.stringContaining('MEISSA_ALIYUN_ENDPOINT'),
    });
    expect(stderr).not.toContain('guest network');
    expect(region.stacks()).toEqual([]);
  });

  test('a create whose answer never comes did happen: its stack is found, and not made twice', async () => {
    between.cut.add('CreateStack');
    const { code, stderr } = await region.meissa(DEPLOY, through());
    expect({ code, said: code === 0 ? '' : stderr, cut: between.cut.size }).toEqual({ code: 0, said: '', cut: 0 });
    expect(region.stacks()).toEqual(WHOLE);
    expect(ids()).toHaveLength(WHOLE.length);
    // It was asked for again, with the same token.
    expect(calls('CreateStack')).toBe(WHOLE.length + 1);
  });

  test('half a JSON to a create, and 500s for a while: nothing is made twice', async () => {
    await deleteByHand(region, `${REGION}-core-store-1`);
    const before = ids().length;
    region.cloud.aliyun.fault({ kind: 'half', action: 'CreateStack' });
    region.cloud.aliyun.fault({ kind: 'error', action: 'GetStack', times: 3 });
    region.cloud.aliyun.fault({ kind: 'unavailable', action: 'ListStackEvents', times: 2 });
    await finishes();
    expect(ids()).toHaveLength(before + 1);
  });

  test('500s are waited out, and what stands is left as it is', async () => {
    region.cloud.aliyun.fault({ kind: 'error', action: 'ListStacks', times: 1000 });
    const { ended, said } = region.start(DEPLOY);
    await until('it was refused often', () => calls('ListStacks') > 3);
    region.cloud.aliyun.clear();
    expect({ code: await ended, said: said() }).toMatchObject({ code: 0, said: expect.stringContaining('no changes') });
  });
});

describe('a stack that somebody left', () => {
  test('REVIEW_IN_PROGRESS, by a change set that nobody executed: it is made in its place', async () => {
    const name = `${REGION}-core-store-1`;
    await deleteByHand(region, name);
    await leaveUnexecuted(region, name);
    expect(region.stacks()).toContain(`${name} REVIEW_IN_PROGRESS`);
    await finishes();
  });

  test('ROLLBACK_FAILED is said with what failed, and gone forward from', async () => {
    region.edit('estate.yaml', ['tags', 'owner'], 'somebody-else');
    const fault = { action: 'update', code: 'IncorrectVpcStatus', message: 'The VPC is busy.' } as const;
    region.cloud.fail({ ...fault, logicalId: 'NatG1' });
    region.cloud.fail({ ...fault, logicalId: 'VpcG1', after: 1, once: false });
    const { code, document } = await region.json(DEPLOY);
    expect(code).toBe(1);
    expect(region.stack(NETWORK)?.status).toBe('ROLLBACK_FAILED');
    expect(errorOf(document, 'network')).toMatchObject({
      code: 'ROLLBACK_FAILED',
      message: expect.stringContaining('NatG1 (ALIYUN::VPC::NatGateway): IncorrectVpcStatus'),
      fix: expect.stringContaining('deploy again, which updates it forward'),
    });
    const status = await region.meissa(['status', REGION]);
    expect(status.stdout).toMatch(/cn-hangzhou\/network +ROLLBACK_FAILED/);
    region.cloud.clearFaults();
    const before = ids();
    await finishes();
    expect(ids()).toEqual(before);
  });

  test('deleted by hand: it alone is made anew', async () => {
    const before = ids();
    await deleteByHand(region, `${REGION}-core-store-1`);
    const { document } = await region.json(DEPLOY);
    const outcomes = document.stacks.map(({ path, outcome }: { path: string; outcome: string }) => `${path} ${outcome}`);
    const wanted = ['base unchanged', 'network unchanged', 'core-store-1 created'];
    expect(outcomes).toEqual(wanted.map((words) => `${REGION}/${words}`));
    expect(region.stacks()).toEqual(WHOLE);
    expect(ids()).toHaveLength(before.length + 1);
  });

  test('a host that was released by hand is drift that names it', async () => {
    const [host] = Object.keys(region.cloud.region(REGION, ACCOUNT).aliyun.instances);
    region.cloud.aliyun.release(REGION, host!);
    const { code, document } = await region.json(['drift', REGION]);
    expect(code).toBe(2);
    const [drifted] = document.stacks;
    expect(drifted).toMatchObject({
      path: `${REGION}/core-store-1`,
      resources: [{ logicalId: 'M1InstanceG1', drift: 'deleted' }],
    });
  });
});

test('no key and no secret was said by any of it', () => {
  const { ALIBABA_CLOUD_ACCESS_KEY_ID: id, ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret } = region.cloud.aliyun.env();
  expect(region.heard.length).toBeGreaterThan(1000);
  for (const hidden of [id!, secret!, 'Signature=']) expect(region.heard).not.toContain(hidden);
});
