/** What an attacker of this machine's browser, or a careless client, sends to the embedded cloud by plain HTTP: nothing of it is done. */
import { createHash, createHmac } from 'node:crypto';
import { connect } from 'node:net';
import fc from 'fast-check';
import { Driver } from './driver';
import { type Answer, call, type Sent, send, signedRequest, type Wanted } from './signed';

jest.setTimeout(60_000);

let driver: Driver;
let log: string[];
beforeAll(async () => {
  log = [];
  driver = await Driver.start({ log: (line) => log.push(line) });
  await driver.deploy('b', { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'bucket' } } });
});
afterAll(() => driver.close());
afterEach(() => {
  expect(log).toEqual([]);
  expect(driver.inventory.stacks.map((stack) => stack.name)).toEqual(['b']);
});

const TEMPLATE = JSON.stringify({ Resources: { G: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/g' } } } });
const CREATE = { Action: 'CreateStack', Version: '2010-05-15', StackName: 'evil', TemplateBody: TEMPLATE };
const FORM = 'application/x-www-form-urlencoded';
const host = () => `127.0.0.1:${driver.cloud.port}`;
const codeOf = ({ text }: Answer): string =>
  /<Code>(.+?)<\/Code>|"(?:__type|Code)":"(.+?)"/.exec(text)?.slice(1).find(Boolean) ?? text;
const signed = (wanted: Wanted = call('cloudformation', CREATE)) => signedRequest(driver.cloud, wanted);
const identity = (more: Partial<Wanted> = {}) => signed(call('sts', { Action: 'GetCallerIdentity' }, more));
/** Sends what was signed, changed. */
const changed = (
  request: Sent & { headers: Record<string, string> },
  more: Partial<Sent>,
  headers: Record<string, string> = {},
) => send(driver.cloud, { ...request, ...more, headers: { ...request.headers, ...headers } });

test('the same request, rightly signed, is taken', async () => {
  expect(await changed(identity(), {})).toMatchObject({ status: 200 });
});

describe('a browser', () => {
  const forms: [string, Record<string, string>, string][] = [
    ['a form', { 'content-type': FORM }, new URLSearchParams(CREATE).toString()],
    [
      'a form of parts',
      { 'content-type': 'multipart/form-data; boundary=x' },
      '--x\r\nContent-Disposition: form-data; name="Action"\r\n\r\nCreateStack\r\n--x--',
    ],
    ['a form of text', { 'content-type': 'text/plain' }, 'Action=CreateStack&StackName=evil'],
    ['JSON as text', { 'content-type': 'text/plain' }, '{"Name":"/x","Value":"1","Type":"String"}'],
    ['no type at all', {}, new URLSearchParams(CREATE).toString()],
  ];
  test.each(forms)("%s that isn't signed does nothing", async (_what, headers, body) => {
    for (const method of ['POST', 'PUT', 'DELETE'])
      for (const path of ['/', '/bucket/key', '/?Action=CreateStack', '/cloudformation-custom-resource-response-saeast1/x']) {
        const answer = await send(driver.cloud, { method, path, headers: { host: host(), ...headers }, body });
        expect([answer.status, codeOf(answer)]).toEqual([403, 'MissingAuthenticationToken']);
        expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
  });

  test('a form whose address names a credential that nobody checked does nothing', async () => {
    const path = '/?X-Amz-Credential=x/20260101/sa-east-1/cloudformation/aws4_request';
    const body = new URLSearchParams(CREATE).toString();
    const answer = await send(driver.cloud, { method: 'POST', path, headers: { host: host(), 'content-type': FORM }, body });
    expect([answer.status, codeOf(answer)]).toEqual([400, 'IncompleteSignature']);
  });

  test.each([
    ['Origin', 'https://evil.example'],
    ['Origin', 'null'],
    ['Origin', ''],
    ['Sec-Fetch-Site', 'cross-site'],
    ['Sec-Fetch-Site', 'same-site'],
  ])('%s: %s is refused, signed or not, on both sides', async (name, value) => {
    expect([(await changed(identity(), {}, { [name]: value })).status]).toEqual([403]);
    const plain = { headers: { host: host(), [name]: value }, method: 'GET', path: '/', body: '' };
    expect((await send(driver.cloud, plain)).status).toBe(403);
    expect((await aliyun({}, { [name]: value })).status).toBe(403);
  });

  test('asks before it sends (OPTIONS): refused, and nothing is allowed', async () => {
    const headers = { host: host(), 'access-control-request-method': 'PUT' };
    const answer = await send(driver.cloud, { method: 'OPTIONS', path: '/bucket/key', headers, body: '' });
    expect(answer.status).toBe(405);
    expect(Object.keys(answer.headers).filter((header) => header.startsWith('access-control'))).toEqual([]);
  });

  test.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost.evil.example:PORT',
    '127.0.0.1.evil.example:PORT',
    '',
    '[::1]:PORT',
    'evil.cn-beijing.aliyuncs.com:PORT',
    'evil.cn-beijing.aliyuncs.com.evil.example',
    'cn-beijing.aliyuncs.com',
    'user@127.0.0.1:PORT',
    '0.0.0.0:PORT',
  ])('by the name %s reaches nothing (DNS rebinding)', async (name) => {
    const named = name.replace('PORT', String(driver.cloud.port));
    const answer = await send(driver.cloud, { method: 'GET', path: '/bucket/key', headers: { host: named }, body: '' });
    expect([400, 403]).toContain(answer.status);
    expect(answer.text).not.toContain('MissingAuthenticationToken');
  });
});

describe('an awaited answer of a custom resource', () => {
  const letter = () => driver.cloud.backend.functions.mailbox.letter('sa-east-1');
  const put = (url: string, headers: Record<string, string> = {}, method = 'PUT') =>
    send(driver.cloud, { method, path: new URL(url).pathname, headers: { host: host(), ...headers }, body: '{}' });

  test('is taken once, by PUT, at its own address', async () => {
    const { url, answer } = letter();
    expect(new URL(url).pathname.split('/').pop()?.length).toBeGreaterThan(40);
    for (const method of ['GET', 'POST', 'DELETE']) expect((await put(url, {}, method)).status).toBe(403);
    expect((await put(`${url.slice(0, url.indexOf('?'))}x`)).status).toBe(403);
    expect((await put(url)).status).toBe(200);
    expect(await answer).toBe('{}');
    expect((await put(url)).status).toBe(403);
  });

  test('is not taken from a web page', async () => {
    const { url, close } = letter();
    expect((await put(url, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await put(url, { host: 'evil.example' })).status).toBe(403);
    close();
    expect((await put(url)).status).toBe(403);
  });
});

/** Each protocol, by one call of it. */
const services: Record<string, () => Wanted> = {
  query: () => call('cloudformation', CREATE),
  ec2: () => call('ec2', { Action: 'DescribeVpcs', Version: '2016-11-15' }),
  json: () => ({
    service: 'ssm',
    body: '{"Name":"/x"}',
    headers: { 'X-Amz-Target': 'AmazonSSM.GetParameter', 'Content-Type': 'application/x-amz-json-1.1' },
  }),
  s3: () => ({
    service: 's3',
    method: 'PUT',
    path: '/bucket/key?x=1',
    body: 'content',
    headers: { 'Content-Type': 'text/plain', 'x-amz-meta-a': 'b' },
  }),
};
const MISMATCH: Record<string, string> = {
  query: 'SignatureDoesNotMatch',
  ec2: 'AuthFailure',
  json: 'InvalidSignatureException',
  s3: 'SignatureDoesNotMatch',
};
const dated = (wanted: Wanted, minutes: number): Wanted => ({
  ...wanted,
  headers: {
    ...wanted.headers,
    'X-Amz-Date': `${new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`,
  },
});

describe.each(Object.keys(services))('a signature of protocol %s', (protocol) => {
  const wanted = () => services[protocol]!();
  const expected = (codes: Record<string, string>) => codes[protocol];
  const refused = async (answer: Promise<Answer>, code: string | undefined) => {
    const { status, ...rest } = await answer;
    expect(status).toBeGreaterThanOrEqual(400);
    expect(codeOf({ status, ...rest })).toBe(code);
  };

  test('with a key that was never given out is refused', async () => {
    const codes = {
      query: 'InvalidClientTokenId',
      ec2: 'AuthFailure',
      json: 'UnrecognizedClientException',
      s3: 'InvalidAccessKeyId',
    };
    for (const id of ['AKIA111111111111TEST', 'ASIA222222222222MEIS', 'test', driver.cloud.aliyun.key().id])
      await refused(changed(signed({ ...wanted(), key: { id, secret: driver.cloud.key().secret } }), {}), expected(codes));
  });

  test('with another secret is refused, that of another account too', async () => {
    const { id } = driver.cloud.key();
    for (const secret of [
      'rehearsalSecretThatOpensNothing0',
      driver.cloud.key('222222222222').secret,
      driver.cloud.aliyun.key().secret,
    ])
      await refused(changed(signed({ ...wanted(), key: { id, secret } }), {}), expected(MISMATCH));
  });

  test.each([16, -16, -60 * 24])(
    'of a time that is %d minutes away is refused, and one of 14 is not for that',
    async (minutes) => {
      const codes = {
        query: 'SignatureDoesNotMatch',
        ec2: 'RequestExpired',
        json: 'InvalidSignatureException',
        s3: 'RequestTimeTooSkewed',
      };
      await refused(changed(signed(dated(wanted(), minutes)), {}), expected(codes));
      const near = await changed(identity({ headers: { ...dated(call('sts', {}), Math.sign(minutes) * 14).headers } }), {});
      expect(near.status).toBe(200);
    },
  );

  test('of something else is refused: body, query, method, header, date, region, service, signature', async () => {
    const request = signed(wanted());
    const authorization = request.headers.Authorization as string;
    const other = (from: string | RegExp, to: string | ((all: string, c: string) => string)) => ({
      Authorization: authorization.replace(from, to as string),
    });
    const body = changed(request, { body: `${String(request.body).slice(0, -1)}X` }, {});
    await refused(body, protocol === 's3' ? 'XAmzContentSHA256Mismatch' : expected(MISMATCH));
    await refused(changed(request, { path: `${request.path}${request.path.includes('?') ? '&' : '?'}y=2` }), expected(MISMATCH));
    await refused(changed(request, { method: request.method === 'PUT' ? 'DELETE' : 'PUT' }), expected(MISMATCH));
    await refused(changed(request, {}, { 'Content-Type': 'text/html' }), expected(MISMATCH));
    await refused(changed(request, {}, other('/sa-east-1/', '/us-east-1/')), expected(MISMATCH));
    await refused(
      changed(
        request,
        {},
        other(/Signature=(.)/, (_all: string, c: string) => `Signature=${c === '0' ? '1' : '0'}`),
      ),
      expected(MISMATCH),
    );
    await refused(
      changed(request, {}, { 'X-Amz-Date': dated(wanted(), 1).headers!['X-Amz-Date'] as string }),
      expected(MISMATCH),
    );
  });

  test('that leaves out the host, or a header of AWS, is refused', async () => {
    const unsigned = { ...MISMATCH, s3: 'AccessDenied' } as Record<string, string>;
    await refused(changed(signed(wanted()), {}, { 'x-amz-acl': 'public-read' }), expected(unsigned));
    const request = signed(wanted());
    const authorization = (request.headers.Authorization as string)
      .replace(/(SignedHeaders=\S*?)host;?/, '$1')
      .replace(/;,/, ',');
    await refused(changed(request, {}, { Authorization: authorization }), expected(unsigned));
  });

  test('that is not whole is refused as such', async () => {
    const incomplete = {
      query: 'IncompleteSignature',
      ec2: 'IncompleteSignature',
      json: 'IncompleteSignatureException',
      s3: 'AuthorizationHeaderMalformed',
    };
    const request = signed(wanted());
    const authorization = request.headers.Authorization as string;
    for (const [from, to] of [
      [/, Signature=.*/, ''],
      [/SignedHeaders=[^,]*, /, ''],
      ['aws4_request', 'aws4'],
      [/Signature=.*/, 'Signature=0'],
      ['AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256'],
      ['aws4_request', 'aws4_request/x'],
      [/$/, ', Signature=00'],
    ] as [string | RegExp, string][])
      await refused(changed(request, {}, { Authorization: authorization.replace(from, to) }), expected(incomplete));
    await refused(changed(request, {}, { 'X-Amz-Date': 'yesterday' }), expected(incomplete));
  });

  test('of an assumed role needs its token, and ends with it', async () => {
    const assumed = await changed(
      signed(call('sts', { Action: 'AssumeRole', RoleArn: 'arn:aws:iam::222222222222:role/x', RoleSessionName: 's' })),
      {},
    );
    const said = (name: string): string => new RegExp(`<${name}>(.+)</${name}>`).exec(assumed.text)?.[1] ?? '';
    const key = { id: said('AccessKeyId'), secret: said('SecretAccessKey'), securityToken: said('SessionToken') };
    expect((await changed(identity({ key }), {})).text).toContain('<Account>222222222222</Account>');
    const codes = { query: 'InvalidClientTokenId', ec2: 'AuthFailure', json: 'UnrecognizedClientException', s3: 'InvalidToken' };
    const { securityToken: _, ...bare } = key;
    for (const wrong of [bare, { ...key, securityToken: 'x' }, { ...driver.cloud.key(), securityToken: 'x' }])
      await refused(changed(signed({ ...wanted(), key: wrong }), {}), expected(codes));
    const { keys } = driver.cloud.backend.functions as unknown as {
      keys: { find(p: string, id: string): { expires: number } };
    };
    keys.find('aws', key.id).expires = Date.now() - 1;
    const ended = { query: 'ExpiredToken', ec2: 'RequestExpired', json: 'ExpiredTokenException', s3: 'ExpiredToken' };
    await refused(changed(signed({ ...wanted(), key }), {}), expected(ended));
  });
});

describe('a presigned address of S3', () => {
  const path = (more = '') => `/bucket/key?X-Amz-Expires=60${more}`;
  const presigned = (wanted: Partial<Wanted> = {}) => signed({ service: 's3', path: path(), signQuery: true, ...wanted });

  test('is good until it ends, for what it names', async () => {
    await changed(signed(services.s3!()), {});
    const request = presigned();
    expect([(await changed(request, {})).status, (await changed(request, {})).text]).toEqual([200, 'content']);
    for (const to of ['/bucket/other', '/bucket/key/x'])
      expect(codeOf(await changed(request, { path: request.path.replace('/bucket/key', to) }))).toBe('SignatureDoesNotMatch');
    expect(codeOf(await changed(request, { path: request.path.replace('Expires=60', 'Expires=600') }))).toBe(
      'SignatureDoesNotMatch',
    );
    expect(codeOf(await changed(request, { method: 'DELETE' }))).toBe('SignatureDoesNotMatch');
    expect(codeOf(await changed(request, {}, { 'x-amz-acl': 'private' }))).toBe('AccessDenied');
    const date = dated(call('s3', {}), -2).headers!['X-Amz-Date'];
    expect(codeOf(await changed(presigned({ path: path(`&X-Amz-Date=${date}`) }), {}))).toBe('AccessDenied');
    for (const expires of ['0', '-1', '604801', 'x'])
      expect(codeOf(await changed(presigned({ path: `/bucket/key?X-Amz-Expires=${expires}` }), {}))).toBe(
        'AuthorizationHeaderMalformed',
      );
    expect(codeOf(await changed(request, {}, { Authorization: signed().headers.Authorization as string }))).not.toBe('content');
  });
});

describe('a body in chunks', () => {
  const EMPTY = createHash('sha256').update('').digest('hex');
  const hash = (data: string) => createHash('sha256').update(data).digest('hex');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  /** Frames as AWS's page "chunked upload" says; `spoil` changes a chunk's bytes after they were signed. */
  function chunked(parts: string[], trailer: boolean, spoil: (frame: string) => string = (frame) => frame) {
    const payload = `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${trailer ? '-TRAILER' : ''}`;
    const sha1 = createHash('sha1').update(parts.join('')).digest('base64');
    const headers: Record<string, string> = {
      'X-Amz-Content-Sha256': payload,
      'Content-Encoding': 'aws-chunked',
      'X-Amz-Decoded-Content-Length': String(parts.join('').length),
      ...(trailer ? { 'X-Amz-Trailer': 'x-amz-checksum-sha1' } : {}),
    };
    const request = signed({ service: 's3', method: 'PUT', path: '/bucket/chunks', headers });
    const time = request.headers['X-Amz-Date'] as string;
    const scope = [time.slice(0, 8), 'sa-east-1', 's3', 'aws4_request'];
    const key = scope.reduce<Buffer>(hmac, Buffer.from(`AWS4${driver.cloud.key().secret}`));
    let previous = /Signature=(\w+)/.exec(request.headers.Authorization as string)?.[1] ?? '';
    const next = (kind: string, ...what: string[]) => {
      previous = hmac(key, [`AWS4-HMAC-SHA256-${kind}`, time, scope.join('/'), previous, ...what].join('\n')).toString('hex');
      return previous;
    };
    const frames = [...parts, ''].map(
      (data) =>
        `${data.length.toString(16)};chunk-signature=${next('PAYLOAD', EMPTY, hash(data))}\r\n${data}${data ? '\r\n' : ''}`,
    );
    const end = trailer
      ? `x-amz-checksum-sha1:${sha1}\r\nx-amz-trailer-signature:${next('TRAILER', hash(`x-amz-checksum-sha1:${sha1}\n`))}\r\n\r\n`
      : '\r\n';
    return changed(request, { body: spoil(frames.join('') + end) });
  }

  test.each([true, false])('is taken when each is signed (trailer: %s), and refused when one is changed', async (trailer) => {
    expect((await chunked(['a'.repeat(100), 'b'], trailer)).status).toBe(200);
    expect((await changed(signed({ service: 's3', path: '/bucket/chunks' }), {})).text).toBe(`${'a'.repeat(100)}b`);
    expect(codeOf(await chunked(['aaaa', 'b'], trailer, (t) => t.replace('aaaa', 'aaax')))).toBe('SignatureDoesNotMatch');
    expect(
      codeOf(
        await chunked(['aaaa', 'b'], trailer, (t) => t.replace(/chunk-signature=\w{64}/, `chunk-signature=${'0'.repeat(64)}`)),
      ),
    ).toBe('SignatureDoesNotMatch');
    expect(codeOf(await chunked(['aaaa', 'b'], trailer, (t) => t.replace(/;chunk-signature=\w{64}/, '')))).toBe(
      'SignatureDoesNotMatch',
    );
    expect(codeOf(await chunked(['aaaa', 'b'], trailer, (t) => t.slice(t.indexOf('\r\n1;') + 2)))).toBe('SignatureDoesNotMatch');
    expect(codeOf(await chunked(['aaaa', 'b'], trailer, (t) => t.replace('4;', 'ffff;')))).toBe('IncompleteBody');
    if (trailer) {
      expect(codeOf(await chunked(['aaaa'], trailer, (t) => t.replace(/sha1:../, 'sha1:xx')))).toBe('SignatureDoesNotMatch');
      expect(codeOf(await chunked(['aaaa'], trailer, (t) => t.replace(/x-amz-trailer-signature.*\r\n/, '')))).toBe(
        'SignatureDoesNotMatch',
      );
    }
  });

  test('unsigned, with a checksum behind it, is taken only with the right one, and only by the name that was signed', async () => {
    const put = (sum: string, name = 'x-amz-checksum-sha1', framed = `4\r\ndata\r\n0\r\n${name}:${sum}\r\n\r\n`) => {
      const headers = {
        'X-Amz-Content-Sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
        'Content-Encoding': 'aws-chunked',
        'X-Amz-Decoded-Content-Length': '4',
        'X-Amz-Trailer': 'x-amz-checksum-sha1',
      };
      return changed(signed({ service: 's3', method: 'PUT', path: '/bucket/unsigned', headers }), { body: framed });
    };
    const right = createHash('sha1').update('data').digest('base64');
    expect((await put(right)).status).toBe(200);
    expect(codeOf(await put(createHash('sha1').update('other').digest('base64')))).toBe('BadDigest');
    expect(codeOf(await put('x', 'x-amz-target'))).toBe('MalformedTrailerError');
    expect(codeOf(await put(right, undefined, '5\r\ndata\r\n'))).toBe('IncompleteBody');
  });

  test('is for S3 only, and so is a body that nobody signs', async () => {
    for (const word of ['UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER']) {
      const request = signed({
        ...call('cloudformation', CREATE),
        headers: { 'Content-Type': FORM, 'X-Amz-Content-Sha256': word },
      });
      expect(codeOf(await changed(request, {}))).toBe('SignatureDoesNotMatch');
    }
  });
});

/** A call of Aliyun's RPC, signed as its page "Request signatures" says. */
async function aliyun(
  more: Record<string, string> = {},
  headers: Record<string, string> = {},
  key = driver.cloud.aliyun.key(),
): Promise<Answer> {
  const encode = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const parameters: Record<string, string> = {
    Action: 'GetCallerIdentity',
    Version: '2015-04-01',
    Format: 'JSON',
    AccessKeyId: key.id,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: String(Math.random()),
    Timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
    ...more,
  };
  const text = Object.keys(parameters)
    .sort()
    .map((name) => `${encode(name)}=${encode(parameters[name] as string)}`)
    .join('&');
  const Signature = createHmac('sha1', `${key.secret}&`)
    .update(`POST&%2F&${encode(text)}`)
    .digest('base64');
  const body = new URLSearchParams({ ...parameters, Signature }).toString();
  return send(driver.cloud, { method: 'POST', path: '/', headers: { host: host(), 'content-type': FORM, ...headers }, body });
}

describe("Aliyun's side has the same door", () => {
  test('a right call is taken; a foreign host, another secret, an old one and a key of AWS are not', async () => {
    expect((await aliyun()).status).toBe(200);
    expect((await aliyun({}, { host: 'evil.example' })).status).toBe(403);
    expect(codeOf(await aliyun({}, {}, { ...driver.cloud.aliyun.key(), secret: 'x' }))).toBe('SignatureDoesNotMatch');
    expect(codeOf(await aliyun({}, {}, driver.cloud.key()))).toBe('InvalidAccessKeyId.NotFound');
    expect(codeOf(await aliyun({}, {}, { ...driver.cloud.aliyun.key(), id: 'LTAI1111111111111111MEIS' }))).toBe(
      'InvalidAccessKeyId.NotFound',
    );
    expect(codeOf(await aliyun({ Timestamp: `${new Date(Date.now() - 16 * 60_000).toISOString().slice(0, 19)}Z` }))).toBe(
      'InvalidTimeStamp.Expired',
    );
  });

  test('OSS reads nothing for who has no key', async () => {
    for (const authorization of [
      'OSS x:y',
      'OSS4-HMAC-SHA256 Credential=x/20260101/cn-beijing/oss/aliyun_v4_request,Signature=0',
      'Basic eDp5',
      'Bearer x',
    ])
      expect(
        (await send(driver.cloud, { method: 'GET', path: '/artifacts/x', headers: { host: host(), authorization }, body: '' }))
          .status,
      ).toBe(403);
  });
});

describe('what two readers could read differently', () => {
  /** Bytes as they are. */
  const raw = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(driver.cloud.port, '127.0.0.1', () => socket.write(text));
      let said = '';
      socket.on('data', (part) => {
        said += part;
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(said));
      setTimeout(() => socket.end(), 500);
    });
  const pairs = (headers: Record<string, string>) => Object.entries(headers).flat();

  test.each(['Authorization', 'X-Amz-Date', 'Host', 'Content-Type', 'X-Other'])('%s twice is refused', async (name) => {
    const request = identity({ headers: { 'Content-Type': FORM, 'X-Other': '1' } });
    const twice = [...pairs(request.headers), name, request.headers[name] ?? 'x'];
    const answer = await send(driver.cloud, { ...request, headers: twice });
    expect(answer.status).toBe(400);
  });

  test('absolute targets, two lengths, a length and chunks, and no host are refused', async () => {
    const at = `Host: ${host()}\r\n`;
    expect(await raw(`GET http://${host()}/bucket/key HTTP/1.1\r\n${at}Connection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 400/);
    expect(await raw(`GET http://evil.example/ HTTP/1.1\r\n${at}Connection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 400/);
    for (const lengths of ['Content-Length: 1\r\nContent-Length: 5\r\n', 'Content-Length: 1\r\nTransfer-Encoding: chunked\r\n'])
      expect(await raw(`POST / HTTP/1.1\r\n${at}${lengths}\r\n0\r\n\r\n`)).not.toMatch(/^HTTP\/1.1 200/);
    expect(await raw('GET / HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^(HTTP\/1.1 4\d\d|$)/);
    expect(await raw('GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 4\d\d/);
    expect(await raw(`GET /\xff HTTP/1.1\r\n${at}Connection: close\r\n\r\n`)).toMatch(/^(HTTP\/1.1 400|$)/);
  });
});

describe('bounds', () => {
  test('a body that is too long is refused before it is read, for calls and for who signed nothing', async () => {
    const request = identity();
    const long = await changed(request, { body: '' }, { 'Content-Length': String(3 * 1024 * 1024) }).catch((e: Error) => e);
    expect(long).toMatchObject({ status: 413 });
    const put = { method: 'PUT', path: '/bucket/key', headers: { host: host() }, body: Buffer.alloc(8 * 1024 * 1024) };
    const unsigned = await send(driver.cloud, put).catch((e: NodeJS.ErrnoException) => e.code);
    expect(unsigned === 'EPIPE' || unsigned === 'ECONNRESET' || (unsigned as Answer).status === 403).toBe(true);
  });

  test('a head that never ends is not waited for', async () => {
    const began = Date.now();
    await new Promise<void>((done, fail) => {
      const socket = connect(driver.cloud.port, '127.0.0.1', () => socket.write(`GET / HTTP/1.1\r\nHost: ${host()}\r\n`));
      socket.on('error', fail);
      socket.on('data', () => undefined);
      socket.on('close', () => done());
    });
    expect(Date.now() - began).toBeLessThan(20_000);
  });

  test('a hundred headers and more are refused', async () => {
    const many = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`x-h${n}`, '1']));
    expect((await changed(identity(), {}, many)).status).toBe(431);
  });
});

test('any one character of a signed request, changed, is refused', async () => {
  const request = signed(services.s3!());
  const wire = { path: request.path, ...request.headers } as Record<string, string>;
  const field = fc.constantFrom('path', 'X-Amz-Date', 'x-amz-meta-a', 'X-Amz-Content-Sha256', 'Content-Type');
  await fc.assert(
    fc.asyncProperty(field, fc.nat(), fc.constantFrom(...'abcxyz0189'), async (name, at, letter) => {
      const key = Object.keys(wire).find((n) => n.toLowerCase() === name.toLowerCase()) as string;
      const text = wire[key] as string;
      const place = 1 + (at % (text.length - 1));
      const other = text.slice(0, place) + letter + text.slice(place + 1);
      fc.pre(other !== text);
      const answer = await changed(request, key === 'path' ? { path: other } : {}, key === 'path' ? {} : { [key]: other });
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }),
    { numRuns: 60 },
  );
});

test('the keys of two clouds are different, and none is in the source', async () => {
  const other = await Driver.start();
  const [a, b] = [driver.cloud, other.cloud].map((cloud) => ({ ...cloud.env(), ...cloud.aliyun.env() }));
  for (const name of [
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'ALIBABA_CLOUD_ACCESS_KEY_ID',
    'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
  ])
    expect(a?.[name]).not.toBe(b?.[name]);
  expect(
    codeOf(
      await send(
        other.cloud,
        signedRequest(other.cloud, { ...call('sts', { Action: 'GetCallerIdentity' }), key: driver.cloud.key() }),
      ),
    ),
  ).toBe('InvalidClientTokenId');
  await other.close();
});
