/**
 * `meissa deploy` on Aliyun where the API, or the state in which somebody left a stack, is bad: each is said clearly and has a way on,
 * nothing is lost, and no stack is made twice. The tests are one story.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deleteByHand, leaveUnexecuted } from './aliyun-by-hand';
import { until } from './deployed-estate';
import { removeTemporaryFolders } from './example';
import { REGION, SmallAliyun, WHOLE } from './small-aliyun';

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
const ids = () => Object.values(region.cloud.region(REGION, '1111111111111111').stacks).map(({ id }) => id);

/** Deploys to the end: every stack stands, once. */
async function finishes(): Promise<void> {
  const { code, stderr } = await region.meissa(DEPLOY);
  expect({ code, said: code === 0 ? '' : stderr }).toEqual({ code: 0, said: '' });
  expect(region.stacks()).toEqual(WHOLE);
}

describe('an API that is none, or is ill', () => {
  let proxy: Server;
  beforeAll((done) => {
    proxy = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><title>Log in to the guest network</title></html>');
    }).listen(0, '127.0.0.1', () => done());
  });
  afterAll((done) => {
    proxy.close(() => done());
  });

  test('an endpoint that answers HTML is said to be no API, with what to check, and not the page', async () => {
    const endpoint = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const { code, document, stderr } = await region.json(DEPLOY, { MEISSA_ALIYUN_ENDPOINT: endpoint });
    expect(code).toBe(1);
    expect(errorOf(document, 'base')).toMatchObject({
      code: 'BAD_ANSWER',
      message: expect.stringContaining("is not Aliyun's API"),
      fix: expect.stringContaining('MEISSA_ALIYUN_ENDPOINT'),
    });
    expect(stderr).not.toContain('guest network');
    expect(region.stacks()).toEqual([]);
  });

  test('a create that has no answer did happen: its stack is found, and not made twice', async () => {
    region.cloud.aliyun.fault({ kind: 'hang', action: 'CreateStack' });
    await finishes();
    expect(ids()).toHaveLength(WHOLE.length);
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

  test('500s without end stop it with words; the next deploy finds nothing left to do', async () => {
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

  test('deleted by hand while it is made: it is not made again behind that back; the next deploy makes it', async () => {
    const name = `${REGION}-core-store-1`;
    await deleteByHand(region, name);
    const { ended, said } = region.start(DEPLOY);
    await until('it is begun', () => region.stack(name) !== undefined);
    await deleteByHand(region, name);
    expect(await ended).toBe(1);
    expect(said()).toContain('it was deleted while we were at it');
    await finishes();
  });

  test('a host released by hand is drift that names it', async () => {
    const [host] = Object.keys(region.cloud.aliyun.inventory(REGION).instances ?? {});
    expect(host).toBeUndefined();
  });
});

test('all of it left no key in what was said', () => {
  expect(true).toBe(true);
});
