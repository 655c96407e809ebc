import OSS from 'ali-oss';
import { type EmbeddedCloud, startEmbeddedCloud } from '../../../lib/embedded-cloud';
import { addressed } from '../../../lib/embedded-cloud/aliyun/services/oss';

let cloud: EmbeddedCloud;
beforeAll(async () => {
  cloud = await startEmbeddedCloud({ log: () => undefined });
  bucket('artifacts');
});
afterAll(() => cloud.close());

function bucket(name: string, region = 'cn-beijing'): void {
  const { world } = cloud.backend;
  const account = cloud.aliyun.account;
  world.ossBuckets[name] = { name, region, account, versioned: false, properties: {}, objects: {} };
}

const client = (more: object = {}): OSS => {
  const env = cloud.aliyun.env();
  return new OSS({
    endpoint: cloud.url,
    region: 'cn-beijing',
    sldEnable: true,
    bucket: 'artifacts',
    authorizationV4: true,
    accessKeyId: env.ALIBABA_CLOUD_ACCESS_KEY_ID,
    accessKeySecret: env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
    ...more,
  } as OSS.Options);
};

const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (e: { code?: string }) => String(e.code),
  );

for (const authorizationV4 of [true, false])
  test(`ali-oss puts, reads, heads, lists and deletes, signed with ${authorizationV4 ? 'V4' : 'V1'}`, async () => {
    const oss = client({ authorizationV4 });
    await oss.put('config/a b/中文', Buffer.from('one'), { headers: { 'Content-Type': 'text/plain' } } as never);
    await oss.put('config/second', Buffer.from('two'));
    expect(String((await oss.get('config/a b/中文')).content)).toBe('one');
    expect((await oss.head('config/second')).status).toBe(200);
    const listed = await (oss as unknown as { listV2(q: object, o: object): Promise<{ objects: { name: string }[] }> }).listV2(
      { prefix: 'config/', 'max-keys': '10' },
      {},
    );
    expect(listed.objects.map((o) => o.name)).toEqual(['config/a b/中文', 'config/second']);
    await oss.delete('config/second');
    expect(await code(oss.get('config/second'))).toBe('NoSuchKey');
  });

test('an object that may not be overwritten is put once', async () => {
  const once = { headers: { 'x-oss-forbid-overwrite': 'true' } } as never;
  await client().put('marker/etcd', Buffer.from('1'), once);
  expect(await code(client().put('marker/etcd', Buffer.from('2'), once))).toBe('FileAlreadyExists');
  expect(String((await client().get('marker/etcd')).content)).toBe('1');
});

test('a wrong secret, an unknown key, a missing bucket and the wrong region are refused', async () => {
  expect(await code(client({ accessKeySecret: 'wrong' }).get('x'))).toBe('SignatureDoesNotMatch');
  expect(await code(client({ accessKeySecret: 'wrong', authorizationV4: false }).get('x'))).toBe('SignatureDoesNotMatch');
  expect(await code(client({ accessKeyId: 'LTAInobody' }).get('x'))).toBe('InvalidAccessKeyId');
  expect(await code(client({ bucket: 'not-there' }).get('x'))).toBe('NoSuchBucket');
  expect(await code(client({ region: 'cn-hangzhou' }).get('x'))).toBe('InvalidArgument');
});

test('a temporary key needs its token', async () => {
  const key = cloud.aliyun.roleKey('host');
  const own = { accessKeyId: key.id, accessKeySecret: key.secret };
  expect(await code(client(own).get('nothing'))).toBe('InvalidAccessKeyId');
  const refresh = { refreshSTSToken: async () => ({ ...own, stsToken: key.securityToken }) };
  expect(await code(client({ ...own, stsToken: key.securityToken, ...refresh }).get('nothing'))).toBe('NoSuchKey');
});

test('nobody reads without a signature, nor a bucket of another account', async () => {
  const other = client();
  cloud.backend.world.ossBuckets.foreign = {
    ...(cloud.backend.world.ossBuckets.artifacts as object),
    name: 'foreign',
    account: '9999999999999999',
  } as never;
  other.useBucket('foreign');
  expect(await code(other.get('x'))).toBe('AccessDenied');
  expect((await fetch(`${cloud.url}/artifacts/x`)).status).toBe(403);
});

test('the bucket stands in the path or in the host', () => {
  const at = (host: string, path: string) => addressed({ headers: { host }, path });
  expect(at('127.0.0.1:80', '/bucket/a/b%20c')).toEqual({ bucket: 'bucket', key: 'a/b c' });
  expect(at('oss-cn-beijing.aliyuncs.com', '/bucket/a')).toEqual({ bucket: 'bucket', key: 'a' });
  expect(at('bucket.oss-cn-beijing-internal.aliyuncs.com', '/a/b')).toEqual({ bucket: 'bucket', key: 'a/b' });
});

test('appending goes to the end only: of two that read the same end one is told that it is not there any more', async () => {
  const oss = client();
  const append = (text: string, position: number) => oss.append('log', Buffer.from(text), { position: String(position) });
  expect((await append('one', 0)).nextAppendPosition).toBe('3');
  const both = await Promise.all([code(append('two', 3)), code(append('TWO', 3))]);
  expect(both.sort()).toEqual(['PositionNotEqualToLength', 'none']);
  expect(await code(append('x', 0))).toBe('PositionNotEqualToLength');
  const { res, content } = await oss.get('log', { headers: { Range: 'bytes=-2' } } as object);
  expect((res.headers as Record<string, string>)['content-range']).toBe('bytes 4-5/6');
  expect(String(content).toLowerCase()).toBe('wo');
  await oss.put('whole', Buffer.from('x'));
  expect(await code(oss.append('whole', Buffer.from('y'), { position: '1' }))).toBe('ObjectNotAppendable');
});

test('a bucket that keeps versions does not look at x-oss-forbid-overwrite', async () => {
  bucket('versioned');
  cloud.backend.world.ossBuckets.versioned!.versioned = true;
  const oss = client({ bucket: 'versioned' });
  const put = (text: string) => oss.put('k', Buffer.from(text), { headers: { 'x-oss-forbid-overwrite': 'true' } } as object);
  expect([await code(put('a')), await code(put('b'))]).toEqual(['none', 'none']);
});

test('a presigned address reads one object until it ends, and one without a right end reads nothing', async () => {
  await client().put('presigned', Buffer.from('content'));
  type Presigns = { signatureUrlV4(method: string, expires: unknown, request?: object, key?: string): Promise<string> };
  const at = (expires: unknown) => (client() as unknown as Presigns).signatureUrlV4('GET', expires, undefined, 'presigned');
  const read = async (url: string) => {
    const { pathname, search } = new URL(url);
    const answer = await fetch(`${cloud.url}${pathname}${search}`);
    return [answer.status, await answer.text()];
  };
  const url = await at(60);
  expect(await read(url)).toEqual([200, 'content']);
  expect((await read(url.replace('presigned', 'other')))[0]).toBe(403);
  expect((await read(url.replace('x-oss-expires=60', 'x-oss-expires=600')))[0]).toBe(403);
  for (const expires of ['x', -1, 604_801]) expect((await read(await at(expires)))[0]).toBe(403);
});

test('a bucket is made by hand, once, in the region that the request is signed for, and keeps what it was made with', async () => {
  const make = (name: string, options: object, more: object = {}) => client(more).putBucket(name, options as never);
  await make('by-hand', { dataRedundancyType: 'ZRS' });
  expect(cloud.backend.world.ossBuckets['by-hand']).toMatchObject({
    region: 'cn-beijing',
    account: cloud.aliyun.account,
    versioned: false,
    properties: { AccessControl: 'private', RedundancyType: 'ZRS' },
  });
  await client({ bucket: 'by-hand' }).put('a', Buffer.from('a'));
  await make('by-hand', { dataRedundancyType: 'ZRS' });
  expect(Object.keys(cloud.backend.world.ossBuckets['by-hand']!.objects)).toEqual(['a']);
  expect(await code(make('by-hand', {}))).toBe('BucketAlreadyExists');
  expect(await code(make('other', { dataRedundancyType: 'RAID' }))).toBe('InvalidArgument');
  cloud.backend.world.ossBuckets['by-hand']!.account = '2222222222222222';
  expect(await code(make('by-hand', { dataRedundancyType: 'ZRS' }))).toBe('BucketAlreadyExists');
});
