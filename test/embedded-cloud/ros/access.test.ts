import { request } from 'node:http';
import { signV1, stringToSign } from '../../../lib/embedded-cloud/aliyun/signature/canonical';
import { encode } from '../../../lib/embedded-cloud/http/signing';
import { popCore, REGION, RosCloud, template, vpc } from './ros-cloud';

let ros: RosCloud;
beforeAll(async () => {
  ros = await RosCloud.start();
});
beforeEach(() => {
  ros.cloud.aliyun.clear();
  ros.cloud.aliyun.resetCalls();
});
afterAll(() => ros.close());

/** A form post that a test signs itself. */
function post(changes: Record<string, string>, secret?: string): Promise<{ status: number; body: Record<string, string> }> {
  const env = ros.cloud.aliyun.env();
  const parameters: Record<string, string> = {
    Action: 'ListStacks',
    Version: '2019-09-10',
    Format: 'JSON',
    RegionId: REGION,
    AccessKeyId: env.ALIBABA_CLOUD_ACCESS_KEY_ID as string,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: String(Math.random()),
    Timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
    ...changes,
  };
  const signature = signV1(stringToSign('POST', parameters), secret ?? (env.ALIBABA_CLOUD_ACCESS_KEY_SECRET as string));
  const form = Object.entries({ ...parameters, Signature: signature })
    .map(([k, v]) => `${encode(k)}=${encode(v)}`)
    .join('&');
  return new Promise((resolve, reject) => {
    const sent = request(
      ros.cloud.url,
      { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      (res) => {
        let text = '';
        res.on('data', (d) => (text += d));
        res.on('end', () => resolve({ status: res.statusCode ?? 0, body: JSON.parse(text) }));
      },
    );
    sent.on('error', reject);
    sent.end(form);
  });
}

test('GET and POST are both taken, with any text in their parameters', async () => {
  const env = ros.cloud.aliyun.env();
  expect(env.MEISSA_ALIYUN_ENDPOINT).toBe(ros.cloud.url);
  const client = popCore(ros.cloud);
  await expect(client.request('ListStacks', { RegionId: REGION }, { method: 'GET' })).resolves.toMatchObject({ TotalCount: 0 });
  const body = template({ Vpc: vpc({ Description: "北京 !'()* ~ +%&=\n" }) });
  await expect(ros.call('ValidateTemplate', { TemplateBody: body })).resolves.toMatchObject({
    ResourceTypes: { Resources: ['ALIYUN::ECS::VPC'] },
  });
});

test('an unknown key, a wrong secret and a wrong token are refused by name', async () => {
  const refused = (key: Parameters<typeof popCore>[1]) => ros.call('ListStacks', {}, popCore(ros.cloud, key));
  await expect(refused({ id: 'LTAI5tNobody' })).rejects.toMatchObject({ code: 'InvalidAccessKeyId.NotFound' });
  await expect(refused({ secret: 'wrong' })).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
  const key = ros.cloud.aliyun.roleKey('hosts');
  const { id, secret } = key;
  await expect(refused({ id, secret })).rejects.toMatchObject({ code: 'InvalidAccessKeyId.NotFound' });
  await expect(refused({ id, secret, token: 'x' })).rejects.toMatchObject({ code: 'InvalidSecurityToken.MismatchWithAccessKey' });
  await expect(refused({ id, secret, token: key.securityToken })).resolves.toMatchObject({ TotalCount: 0 });
  key.expires = Date.now() - 1;
  await expect(refused({ id, secret, token: key.securityToken })).rejects.toMatchObject({ code: 'InvalidSecurityToken.Expired' });
});

test('a nonce is taken once', async () => {
  expect((await post({ SignatureNonce: 'n1' })).status).toBe(200);
  expect(await post({ SignatureNonce: 'n1' })).toMatchObject({ status: 400, body: { Code: 'SignatureNonceUsed' } });
  // A request that was refused hasn't used its nonce up.
  expect((await post({ SignatureNonce: 'n2' }, 'wrong')).body.Code).toBe('SignatureDoesNotMatch');
  expect((await post({ SignatureNonce: 'n2' })).status).toBe(200);
});

test('a clock that is off by more than fifteen minutes is refused', async () => {
  const at = (minutes: number) => `${new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 19)}Z`;
  expect((await post({ Timestamp: at(-14) })).status).toBe(200);
  expect((await post({ Timestamp: at(-16) })).body.Code).toBe('InvalidTimeStamp.Expired');
  expect((await post({ Timestamp: at(16) })).body.Code).toBe('InvalidTimeStamp.Expired');
  expect((await post({ Timestamp: 'now' })).body.Code).toBe('InvalidTimeStamp.Format');
});

test('an error says code, message, request and host, with its status', async () => {
  const answer = await post({ Action: 'GetStack', StackId: 'none' });
  expect(answer.status).toBe(404);
  expect(answer.body).toEqual({
    Code: 'StackNotFound',
    Message: 'The Stack (none) could not be found.',
    RequestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
    HostId: expect.any(String),
    Recommend: expect.any(String),
  });
  expect(await post({ Action: 'Nothing' })).toMatchObject({ status: 404, body: { Code: 'InvalidAction.NotFound' } });
  expect((await post({ Version: '2000-01-01' })).body.Code).toBe('InvalidVersion');
  expect((await post({ RegionId: '' })).body.Code).toBe('MissingParameter');
});

test('throttling turns the same share away for the same seed, and calls are counted', async () => {
  const run = async (): Promise<string> => {
    ros.cloud.aliyun.throttle({ share: 0.3, seed: 7 });
    let outcome = '';
    for (let i = 0; i < 60; i++)
      outcome += await ros.call('ListStacks').then(
        () => '.',
        (e) => (e.code === 'Throttling.User' ? 'T' : '?'),
      );
    return outcome;
  };
  const first = await run();
  expect(await run()).toBe(first);
  const turned = first.split('T').length - 1;
  expect(turned).toBeGreaterThan(8);
  expect(turned).toBeLessThan(30);
  expect(ros.cloud.aliyun.calls['ros.ListStacks']).toEqual({ received: 120, throttled: 2 * turned, faulted: 0, refused: 0 });
});

test('planted faults meet the calls they name', async () => {
  const { aliyun } = ros.cloud;
  aliyun.fault({ kind: 'html', action: 'ListStacks' });
  await expect(ros.call('ListStacks')).rejects.toBeDefined();
  aliyun.fault({ kind: 'error', action: 'ListStacks' });
  await expect(ros.call('ListStacks')).rejects.toMatchObject({ code: 'InternalError' });
  aliyun.fault({ kind: 'unavailable', action: 'ListStacks', after: 1 });
  await expect(ros.call('ListStacks')).resolves.toBeDefined();
  await expect(ros.call('ListStacks')).rejects.toMatchObject({ code: 'ServiceUnavailable' });
  aliyun.fault({ kind: 'half', action: 'CreateStack' });
  const asked = { StackName: 'half', TemplateBody: template({ Vpc: vpc() }), ClientToken: 'half' };
  await expect(ros.call('CreateStack', asked)).rejects.toBeDefined();
  // It was done: the token finds it again.
  const { StackId } = await ros.call('CreateStack', asked);
  expect((await ros.call('ListStacks', { StackName: ['half'] })).Stacks).toMatchObject([{ StackId }]);
});

test('a call that hangs is done although its client gave up', async () => {
  ros.cloud.aliyun.fault({ kind: 'hang', action: 'CreateStack' });
  const client = popCore(ros.cloud);
  const asked = { RegionId: REGION, StackName: 'hung', TemplateBody: template({ Vpc: vpc() }) };
  await expect(client.request('CreateStack', asked, { method: 'POST', timeout: 100 })).rejects.toBeDefined();
  expect((await ros.call('ListStacks', { StackName: ['hung'] })).TotalCount).toBe(1);
});

test('a request that nobody signed is told so', async () => {
  const answer = await fetch(ros.cloud.url);
  expect(answer.status).toBe(403);
});
