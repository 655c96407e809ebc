/**
 * Errors of Aliyun that repeat the request: whatever was sent and signed, and in whichever form it comes back, nothing secret of it leaves
 * the clients. The servers here read the request from the wire, and know nothing of how errors are cleaned.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { reasonOf } from '../../../lib/aliyun/cdk/handler/failure';
import { OssClient, RpcClient } from '../../../lib/aliyun/cloud';
import { explicitCredentials } from '../../../lib/aliyun/cloud/credentials';
import { explain } from '../../../lib/cli/verb';
import { explainAliyun } from '../../../lib/deploy/aliyun/explain';
import { explainAws } from '../../../lib/deploy/aws/explain';
import { cloudRegionId } from '../../../lib/facts/region';

const PLACE = {
  provider: 'aliyun',
  path: 'cn-beijing/base',
  name: 'cn-beijing-base',
  cloudRegion: cloudRegionId('cn-beijing'),
} as const;
const AWS = { account: '111111111111', bootstrapQualifier: 'hnb659fds' };

/** What came over the wire. */
interface Wire {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Echo = (wire: Wire) => { status: number; type: string; body: string };

let echo: Echo;
let seen: Wire[] = [];
const server = createServer(async (request: IncomingMessage, response) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([k, v]) => [k, String(v)]));
  const wire = { method: request.method!, url: request.url!, headers, body: Buffer.concat(parts).toString() };
  seen.push(wire);
  const { status, type, body } = echo(wire);
  response.writeHead(status, { 'content-type': type }).end(body);
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const xml = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const json = (value: unknown) => JSON.stringify(value);
const lines = ({ method, url: at, headers, body }: Wire) =>
  [`${method} ${at}`, ...Object.entries(headers).map(([k, v]) => `${k}: ${v}`), '', body].join('\n');
/** The request, in forms that gateways, services, SDKs and proxies are known to repeat it in. */
const REPEATED: Record<string, (wire: Wire) => string> = {
  'form data': ({ body }) => body,
  'form data, encoded again': ({ body }) => encodeURIComponent(body),
  'string to sign': ({ body }) =>
    `Specified signature is not matched. server string to sign is:POST&%2F&${encodeURIComponent(body)}`,
  'as a query': ({ body }) => `GET https://ros.aliyuncs.com/?${body} failed`,
  'as a query without a host': ({ body }) => `/?${body}`,
  'JSON of its parameters': ({ body }) => json(Object.fromEntries(new URLSearchParams(body))),
  'JSON in JSON': ({ body }) => json(json(Object.fromEntries(new URLSearchParams(body)))),
  'printed by node': (wire) => inspect({ ...wire, parameters: Object.fromEntries(new URLSearchParams(wire.body)) }, { depth: 5 }),
  'XML of its parameters': ({ body }) => [...new URLSearchParams(body)].map(([k, v]) => `<${k}>${xml(v)}</${k}>`).join(''),
  'raw HTTP': lines,
  'its headers as JSON': ({ headers }) => json(headers),
  'its authorization': ({ headers }) => `Authorization: ${headers.authorization}`,
  'the signature by itself': (wire) => `the signature ${signatures(wire).join(' ')} is not ours`,
};
const ANSWERS: Record<string, (text: string, code: string) => ReturnType<Echo>> = {
  JSON: (Message, Code) => ({ status: 400, type: 'application/json', body: json({ Code, Message, RequestId: 'R-1' }) }),
  'JSON with it in the id': (text, Code) => ({
    status: 400,
    type: 'application/json',
    body: json({ Code, Message: 'no', RequestId: text }),
  }),
  'JSON with it in the code': (Code) => ({
    status: 403,
    type: 'application/json',
    body: json({ Code, Message: 'no', RequestId: 'R-1' }),
  }),
  XML: (text, code) => ({
    status: 403,
    type: 'application/xml',
    body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${xml(text)}</Message><StringToSign>${xml(text)}</StringToSign></Error>`,
  }),
  'broken XML': (text) => ({ status: 403, type: 'application/xml', body: `<Error><Code>${text}` }),
  HTML: (text) => ({ status: 403, type: 'text/html', body: `<html><title>Blocked</title><pre>${xml(text)}</pre></html>` }),
  text: (text) => ({ status: 403, type: 'text/plain', body: text }),
};
const CODES = [
  'SignatureDoesNotMatch',
  'InvalidParameter',
  'StackValidationFailed',
  'Forbidden',
  'InvalidTemplate',
  'Unheard.Of',
];

/** What was made for the request and must not be seen: read off the wire. */
function signatures({ headers, body }: Wire): string[] {
  const form = new URLSearchParams(body);
  const own = ['Signature', 'SignatureNonce'].map((name) => form.get(name));
  const header = /Signature=(\w+)/.exec(headers.authorization ?? '')?.[1];
  return [...own, header].filter((value): value is string => typeof value === 'string' && value !== '');
}

/** All that can be seen of an error. */
function shown(error: unknown): string[] {
  const { message, stack } = error as Error;
  return [
    message,
    String(stack),
    String(error),
    inspect(error, { depth: 9, showHidden: true }),
    json(error) ?? '',
    json({ ...(error as object) }),
    json(Object.fromEntries(Object.getOwnPropertyNames(error).map((name) => [name, (error as Record<string, unknown>)[name]]))),
  ];
}

/** And of what it becomes on its way to a person, to JSON, to CloudFormation. */
function leaving(error: unknown): string[] {
  const said: string[] = [];
  const output = {
    say: (line = '') => void said.push(line),
    json: (value: unknown) => void said.push(json(value)),
    style: (_: string, text: string) => text,
  };
  for (const one of [error, explainAliyun(error, PLACE), explainAws(error, { ...PLACE, provider: 'aws' }, AWS)]) {
    said.push(...shown(one), reasonOf(one));
    explain(one, { json: false, output: output as never });
    explain(one, { json: true, output: output as never });
  }
  return said;
}

function forms(secret: string): string[] {
  const strict = encodeURIComponent(secret).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return [secret, strict, encodeURIComponent(secret), encodeURIComponent(strict), json(secret).slice(1, -1), xml(secret)];
}

function holdsNone(said: readonly string[], secrets: readonly string[]): void {
  const held = secrets.flatMap(forms).filter((form) => said.some((text) => text.includes(form)));
  expect(held).toEqual([]);
}

/** Long enough that it stands nowhere by chance, with what encoders change. */
const secret = fc
  .tuple(
    fc.stringMatching(/^[A-Za-z0-9]{12,24}$/),
    fc.stringMatching(/^[ !"#$%&'()*+,/:;<=>?@\\^`{|}~-]{0,4}$/),
    fc.stringMatching(/^[a-z0-9]{4}$/),
  )
  .map((parts) => parts.join(''));
const token = fc.stringMatching(/^[A-Za-z0-9+/]{40,80}={0,2}$/);
const keys = fc.record({
  accessKeyId: fc.stringMatching(/^(LTAI|STS\.)[A-Za-z0-9]{16,20}$/),
  accessKeySecret: fc.stringMatching(/^[A-Za-z0-9]{30}$/),
  securityToken: fc.option(token, { nil: undefined }),
});
const answer = fc.record({
  repeated: fc.constantFrom(...Object.keys(REPEATED)),
  wrapped: fc.constantFrom(...Object.keys(ANSWERS)),
  code: fc.constantFrom(...CODES),
});
const answering =
  ({ repeated, wrapped, code }: { repeated: string; wrapped: string; code: string }): Echo =>
  (wire) =>
    ANSWERS[wrapped]!(REPEATED[repeated]!(wire), code);
const clock = { now: () => Date.now(), sleep: async () => undefined, random: () => 0 };

async function thrownBy(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => {
      throw new Error('it was answered');
    },
    (error: unknown) => error,
  );
}

test('calls of an API', async () => {
  await fc.assert(
    fc.asyncProperty(keys, secret, secret, answer, async (given, password, inTemplate, how) => {
      echo = answering(how);
      seen = [];
      const rpc = new RpcClient({
        credentials: explicitCredentials({ ...given, securityToken: given.securityToken ?? '' }),
        environment: { MEISSA_ALIYUN_ENDPOINT: url },
        clock,
        retry: { attempts: 2 },
      });
      const parameters = {
        StackName: 'cn-beijing-base',
        TemplateBody: json({ Resources: { Db: { Properties: { MasterUserPassword: inTemplate } } } }),
        Parameters: [{ ParameterKey: 'Password', ParameterValue: password }],
      };
      const error = await thrownBy(rpc.call({ product: 'ros', region: 'cn-beijing', action: 'CreateStack', parameters }));
      const { accessKeyId, accessKeySecret, securityToken } = given;
      holdsNone(leaving(error), [
        accessKeyId,
        accessKeySecret,
        ...(securityToken ? [securityToken] : []),
        password,
        inTemplate,
        ...seen.flatMap(signatures),
      ]);
    }),
    { numRuns: 300 },
  );
});

test('calls of object storage', async () => {
  await fc.assert(
    fc.asyncProperty(keys, answer, fc.constantFrom('put', 'get', 'head', 'append'), async (given, how, what) => {
      echo = answering(how);
      seen = [];
      const oss = new OssClient({
        region: 'cn-beijing',
        credentials: explicitCredentials({ ...given, securityToken: given.securityToken ?? '' }),
        environment: { MEISSA_ALIYUN_ENDPOINT: url },
        clock,
        retry: { attempts: 2 },
      });
      const calls = {
        put: () => oss.put('b-1', 'k', 'text'),
        get: () => oss.get('b-1', 'k'),
        head: () => oss.head('b-1', 'k'),
        append: () => oss.append('b-1', 'k', 'text', 0),
      };
      const error = await thrownBy(calls[what]());
      const { accessKeyId, accessKeySecret, securityToken } = given;
      holdsNone(leaving(error), [
        accessKeyId,
        accessKeySecret,
        ...(securityToken ? [securityToken] : []),
        ...seen.flatMap(signatures),
      ]);
    }),
    { numRuns: 200 },
  );
});

test("errors of AWS's SDKs, with causes, and words of stacks", () => {
  const wireOf = (id: string, key: string, session: string): Wire => ({
    method: 'GET',
    url: `/b/k?X-Amz-Credential=${id}%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Security-Token=${encodeURIComponent(session)}&X-Amz-Signature=${key}`,
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${id}/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=${key}`,
      'x-amz-security-token': session,
    },
    body: `AccessKeyId=${id}&SecurityToken=${encodeURIComponent(session)}&Signature=${key}`,
  });
  const id = fc.stringMatching(/^(AKIA|ASIA)[A-Z0-9]{16}$/);
  const signature = fc.stringMatching(/^[0-9a-f]{64}$/);
  fc.assert(
    fc.property(
      id,
      signature,
      token,
      fc.constantFrom(...Object.keys(REPEATED).slice(0, -1)),
      fc.nat(3),
      (key, sig, session, how, deep) => {
        const wire = wireOf(key, sig, session);
        let error: Error = Object.assign(new Error(REPEATED[how]!(wire)), { $metadata: { requestId: 'r' }, $response: wire });
        for (let at = 0; at < deep; at++) error = new Error(at % 2 ? error.message : 'Deploying failed', { cause: error });
        const said = [explainAws(error, { ...PLACE, provider: 'aws' }, AWS), explainAliyun(error, PLACE)].flatMap(shown);
        holdsNone([...said, reasonOf(error)], [key, sig, session]);
      },
    ),
    { numRuns: 500 },
  );
});

test.each([
  'stack cn-beijing-base: ROS refuses it: The specified parameter Password is not valid, it must be 8 to 30 characters',
  'CreateStack: Specified signature is not matched with our calculation (SignatureDoesNotMatch, request 0B1C)',
  'sa-east-1/base is UPDATE_ROLLBACK_FAILED: CloudFormation takes no update of it',
  'M2GateG1 (ALIYUN::ROS::WaitCondition): not enough signals: 0 of 1',
  'use credentials of account 111111111111, or bootstrap it with trust: npx cdk bootstrap --trust 2 aws://1/sa-east-1',
])('words that repeat no request stay as they are: %s', (words) => {
  expect(explainAliyun(new Error(words), PLACE).message).toBe(`${PLACE.path}: ${words}`);
});
