/** Signature Version 4 against AWS's own published examples, and against `aws4` over what nobody thought of. */

import { sign } from 'aws4';
import fc from 'fast-check';
import { authenticateAws } from '../../lib/embedded-cloud/aws/signature/authenticate';
import type { Incoming } from '../../lib/embedded-cloud/http/exchange';
import { basicTime } from '../../lib/embedded-cloud/http/signing';
import type { Keys } from '../../lib/embedded-cloud/keys';

const ID = 'AKIAIOSFODNN7EXAMPLE';
/** Of the documentation, as both of its pages spell it. */
const S3_SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const IAM_SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

interface Example {
  method?: string;
  target: string;
  headers: Record<string, string>;
  body?: string;
}

async function taken({ method = 'GET', target, headers, body = '' }: Example, secret: string, now: number): Promise<string> {
  const key = { provider: 'aws', id: ID, secret, account: '111111111111' };
  const [path, query] = target.split('?');
  const incoming: Incoming = {
    method,
    path: path as string,
    query: new URLSearchParams(query ?? ''),
    headers,
    requestId: 'r',
    read: async () => Buffer.from(body),
  };
  const request = await authenticateAws({ find: () => key } as unknown as Keys, incoming, now);
  return String(request?.body);
}

const at = basicTime('20130524T000000Z');
const scope = '20130524/us-east-1/s3/aws4_request';
const inHeader = (signedHeaders: string, signature: string): string =>
  `AWS4-HMAC-SHA256 Credential=${ID}/${scope},SignedHeaders=${signedHeaders},Signature=${signature}`;
const s3 = (headers: Record<string, string>) => ({
  host: 'examplebucket.s3.amazonaws.com',
  'x-amz-content-sha256': EMPTY,
  'x-amz-date': '20130524T000000Z',
  ...headers,
});

/** "Authenticating Requests: Using the Authorization Header", "... Query Parameters", "... chunked upload"; "Create a signed AWS API request". */
const examples: [string, Example][] = [
  [
    'GET object',
    {
      target: '/test.txt',
      headers: s3({
        range: 'bytes=0-9',
        authorization: inHeader(
          'host;range;x-amz-content-sha256;x-amz-date',
          'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
        ),
      }),
    },
  ],
  [
    'PUT object',
    {
      method: 'PUT',
      target: '/test%24file.text',
      body: 'Welcome to Amazon S3.',
      headers: s3({
        date: 'Fri, 24 May 2013 00:00:00 GMT',
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
        'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
        authorization: inHeader(
          'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
          '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
        ),
      }),
    },
  ],
  [
    'GET bucket lifecycle',
    {
      target: '/?lifecycle',
      headers: s3({
        authorization: inHeader(
          'host;x-amz-content-sha256;x-amz-date',
          'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
        ),
      }),
    },
  ],
  [
    'list objects',
    {
      target: '/?max-keys=2&prefix=J',
      headers: s3({
        authorization: inHeader(
          'host;x-amz-content-sha256;x-amz-date',
          '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
        ),
      }),
    },
  ],
  [
    'presigned',
    {
      target: `/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(`${ID}/${scope}`)}&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404`,
      headers: { host: 'examplebucket.s3.amazonaws.com' },
    },
  ],
  [
    'chunked upload',
    {
      method: 'PUT',
      target: '/examplebucket/chunkObject.txt',
      headers: {
        host: 's3.amazonaws.com',
        'x-amz-date': '20130524T000000Z',
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
        'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
        'content-encoding': 'aws-chunked',
        'x-amz-decoded-content-length': '66560',
        'content-length': '66824',
        authorization: inHeader(
          'content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class',
          '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
        ),
      },
      body: [
        `10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n${'a'.repeat(65536)}\r\n`,
        `400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n${'a'.repeat(1024)}\r\n`,
        '0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n',
      ].join(''),
    },
  ],
];

test.each(examples)("AWS's example %s is taken, and with one digit of it changed it is not", async (_name, example) => {
  await expect(taken(example, S3_SECRET, at)).resolves.toEqual(expect.any(String));
  const { authorization } = example.headers;
  const other = (text: string) => text.replace(/(Signature=)(.)/g, (_all, name, digit) => `${name}${digit === '0' ? '1' : '0'}`);
  const changed =
    authorization === undefined
      ? { ...example, target: other(example.target) }
      : { ...example, headers: { ...example.headers, authorization: other(authorization) } };
  await expect(taken(changed, S3_SECRET, at)).rejects.toThrow('refused');
  await expect(taken(example, IAM_SECRET, at)).rejects.toThrow('refused');
});

test("AWS's example of IAM is taken", async () => {
  const headers = {
    host: 'iam.amazonaws.com',
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'x-amz-date': '20150830T123600Z',
    authorization: `AWS4-HMAC-SHA256 Credential=${ID}/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7`,
  };
  const example = { target: '/?Action=ListUsers&Version=2010-05-08', headers };
  await expect(taken(example, IAM_SECRET, basicTime('20150830T123600Z'))).resolves.toBe('');
});

test('whatever key, query and header aws4 signs is taken', async () => {
  const word = fc.stringMatching(/^[ -~äß中]{1,12}$/);
  const request = fc.record({
    service: fc.constantFrom('s3', 'sts', 'ec2'),
    key: word,
    // A key __proto__ is lost in the objects that aws4 itself makes of a query.
    query: fc.dictionary(
      word.filter((key) => key !== '__proto__'),
      word,
      { maxKeys: 4 },
    ),
    value: word,
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ service, key, query, value }) => {
      const path = service === 's3' ? `/bucket/${encodeURIComponent(key)}` : '/';
      const search = Object.entries(query).map(([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`);
      const target = `${path}?${search.join('&')}`;
      const extra = /^[ -~]*$/.test(value) ? { 'x-amz-meta-a': value } : {};
      const options = { service, region: 'us-east-1', method: 'GET', path: target, host: '127.0.0.1:1', headers: extra };
      const signed = sign(options, { accessKeyId: ID, secretAccessKey: S3_SECRET });
      const headers = Object.fromEntries(
        Object.entries(signed.headers ?? {}).map(([name, text]) => [name.toLowerCase(), String(text)]),
      );
      await expect(taken({ target: signed.path as string, headers }, S3_SECRET, Date.now())).resolves.toBe('');
    }),
  );
});
