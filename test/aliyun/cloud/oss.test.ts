import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { explicitCredentials } from '../../../lib/aliyun/cloud/credentials';
import { BadAnswer, CredentialsRefused, NotFound, ServiceFault, Unreachable } from '../../../lib/aliyun/cloud/errors';
import { OssClient } from '../../../lib/aliyun/cloud/oss';
import { type FakeOss, fakeOss } from './fake-oss';
import { jumpingClock, KEY_ID, KEY_SECRET, TOKEN } from './fake-rpc';

const BUCKET = 'meissa-cn-beijing';
const KEY = 'config/k1-etcd/\u914d\u7f6e a+b';
const CONTENT = '#cloud-config\n\u4e2d\n';

let oss: FakeOss;
let client: OssClient;
beforeEach(async () => {
  oss = await fakeOss();
  client = clientWith({ accessKeyId: KEY_ID, accessKeySecret: KEY_SECRET, securityToken: TOKEN });
});
afterEach(() => oss.close());

const clientWith = (keys: Parameters<typeof explicitCredentials>[0]) =>
  new OssClient({
    region: 'cn-beijing',
    credentials: explicitCredentials(keys),
    environment: { MEISSA_ALIYUN_ENDPOINT: oss.url },
    clock: jumpingClock(),
    timeoutMs: 500,
  });

test('what is put is got back, path-style, with MD5, SHA-256 and a V4 signature that holds', async () => {
  await client.put(BUCKET, KEY, CONTENT, { contentType: 'text/plain' });
  expect((await client.get(BUCKET, KEY)).toString()).toBe(CONTENT);
  const sha256 = createHash('sha256').update(CONTENT).digest('hex');
  expect(await client.head(BUCKET, KEY)).toEqual({ size: Buffer.byteLength(CONTENT), etag: 'E', sha256 });
  expect([...oss.objects.keys()]).toEqual([`/${BUCKET}/${KEY}`]);
  expect(oss.objects.get(`/${BUCKET}/${KEY}`)?.headers).toMatchObject({
    'content-type': 'text/plain',
    'x-oss-security-token': TOKEN,
  });
});

test('an object is written over', async () => {
  await client.put(BUCKET, 'm', '1');
  await client.put(BUCKET, 'm', '2');
  expect((await client.get(BUCKET, 'm')).toString()).toBe('2');
});

test('a put whose answer was lost is sent again', async () => {
  oss.between = (_request, nth) => (nth === 1 ? { status: 0, after: 'hang up' } : undefined);
  await client.put(BUCKET, 'marker', '1');
  expect((await client.get(BUCKET, 'marker')).toString()).toBe('1');
});

test('what is not there: no head, and an error that says so', async () => {
  expect(await client.head(BUCKET, 'nothing')).toBeUndefined();
  await expect(client.get(BUCKET, 'nothing')).rejects.toBeInstanceOf(NotFound);
});

test('an empty object is an object', async () => {
  await client.put(BUCKET, 'empty', '');
  expect((await client.get(BUCKET, 'empty')).length).toBe(0);
});

test('a fault of the service is waited out', async () => {
  oss.between = (_request, nth) =>
    nth < 3 ? { status: 503, body: '<Error><Code>ServiceUnavailable</Code><Message>x</Message></Error>' } : undefined;
  await client.put(BUCKET, 'x', '1');
  expect((await client.get(BUCKET, 'x')).toString()).toBe('1');
});

describe('failures show nothing of what was sent or signed with', () => {
  const failure = async (act: Promise<unknown>) => {
    const error = await act.then(
      () => undefined,
      (thrown) => thrown,
    );
    for (const form of [error.stack, JSON.stringify(error), inspect(error, { depth: 9, showHidden: true })]) {
      for (const secret of [KEY_ID, KEY_SECRET, TOKEN, CONTENT.trim(), 'Signature=']) expect(form).not.toContain(secret);
    }
    expect(error.cause).toBeUndefined();
    return error;
  };

  test('a wrong secret', async () => {
    const error = await failure(clientWith({ accessKeyId: KEY_ID, accessKeySecret: 'wrong' }).put(BUCKET, 'x', CONTENT));
    expect(error).toBeInstanceOf(CredentialsRefused);
    expect(oss.requests).toHaveLength(1);
  });

  test('HTML with 200, with 403 and with 502', async () => {
    oss.between = () => ({ status: 200, body: `<html>${KEY_SECRET}</html>` });
    expect(await failure(client.put(BUCKET, 'x', CONTENT))).toBeInstanceOf(BadAnswer);
    oss.between = () => ({ status: 403, body: `<html><body>blocked ${TOKEN}` });
    expect(await failure(client.put(BUCKET, 'x', CONTENT))).toBeInstanceOf(BadAnswer);
    oss.between = () => ({ status: 502, body: '<html><body>Bad Gateway' });
    expect(await failure(client.put(BUCKET, 'x', CONTENT))).toBeInstanceOf(ServiceFault);
  });

  test('nobody there', async () => {
    oss.close();
    expect(await failure(client.get(BUCKET, 'x'))).toBeInstanceOf(Unreachable);
  });
});
