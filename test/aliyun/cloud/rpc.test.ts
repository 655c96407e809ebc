import { inspect } from 'node:util';
import { explicitCredentials } from '../../../lib/aliyun/cloud/credentials';
import {
  AliyunError,
  BadAnswer,
  CredentialsRefused,
  NotFound,
  Refused,
  ServiceFault,
  Throttled,
  TimedOut,
  Unreachable,
} from '../../../lib/aliyun/cloud/errors';
import type { RpcCall } from '../../../lib/aliyun/cloud/rpc';
import { hidden as HIDDEN } from '../../credentials.json';
import { type Answer, clientOf, type FakeRpc, fakeRpc, jumpingClock, KEY_ID, KEY_SECRET, TOKEN } from './fake-rpc';

const READ: RpcCall = { product: 'ros', region: 'cn-beijing', action: 'ListStacks', parameters: { RegionId: 'cn-beijing' } };
const WRITE: RpcCall = {
  ...READ,
  action: 'CreateStack',
  parameters: {
    RegionId: 'cn-beijing',
    StackName: 's',
    TemplateBody: `{"a":"${HIDDEN}"}`,
    Parameters: [{ ParameterKey: 'P', ParameterValue: HIDDEN }],
  },
};
const THROTTLED: Answer = {
  status: 400,
  json: { Code: 'Throttling.User', Message: 'Request was denied due to user flow control.', RequestId: 'R-9' },
};

let server: FakeRpc;
const serve = async (handle: (nth: number) => Answer) => {
  server = await fakeRpc((_call, nth) => handle(nth));
  return server;
};
const failure = async (act: Promise<unknown>): Promise<AliyunError> =>
  act.then(
    () => {
      throw new Error('it succeeded');
    },
    (error) => {
      expect(error).toBeInstanceOf(AliyunError);
      expectNoSecret(error);
      return error;
    },
  );

/** Nothing of what was sent or signed with, in any form that a log may take. */
function expectNoSecret(error: Error): void {
  const forms = [
    error.message,
    error.stack ?? '',
    String(error),
    JSON.stringify(error),
    inspect(error, { depth: 9, showHidden: true }),
  ];
  for (const form of forms) {
    for (const secret of [KEY_ID, KEY_SECRET, TOKEN, HIDDEN, 'Signature=', 'SignatureNonce', 'AccessKeyId='])
      expect(form).not.toContain(secret);
  }
  expect(error.cause).toBeUndefined();
}

afterEach(() => server?.close());

test('an answer is given as plain JSON, long numbers as text and shorter ones as numbers', async () => {
  await serve(() => ({ raw: '{"Account":1234567890123456,"Long":12345678901234567890,"Rows":[{"N":1.5}]}' }));
  expect(await clientOf(server).call(READ)).toEqual({
    Account: 1234567890123456,
    Long: '12345678901234567890',
    Rows: [{ N: 1.5 }],
  });
});

test('a template of 524,288 bytes with every kind of character crosses by POST with a signature that holds', async () => {
  await serve(() => ({ json: { StackId: 'x' } }));
  const template = `${"!'()*~ +&=%/\u4e2d\u6587".repeat(14_000)}`.slice(0, 400_000);
  await clientOf(server).call({ ...WRITE, parameters: { ...WRITE.parameters, TemplateBody: template, ClientToken: 't' } });
  expect(server.calls[0]).toMatchObject({ TemplateBody: template, 'Parameters.1.ParameterKey': 'P', Version: '2019-09-10' });
});

test('a security token is sent and signed', async () => {
  await serve(() => ({}));
  await clientOf(server, {
    credentials: explicitCredentials({ accessKeyId: KEY_ID, accessKeySecret: KEY_SECRET, securityToken: TOKEN }),
  }).call(READ);
  expect(server.calls[0]?.SecurityToken).toBe(TOKEN);
});

describe('keys', () => {
  test('a wrong access key id is said as such and not tried again', async () => {
    await serve(() => ({}));
    const client = clientOf(server, {
      credentials: explicitCredentials({ accessKeyId: 'LTAIother', accessKeySecret: KEY_SECRET }),
    });
    const error = await failure(client.call(READ));
    expect(error).toBeInstanceOf(CredentialsRefused);
    expect(error).toMatchObject({ code: 'InvalidAccessKeyId.NotFound', fault: 'user', requestId: 'R-1' });
    expect(client.seen).toHaveLength(1);
  });

  test('a wrong secret shows nothing of the string that was signed, which the service answers with', async () => {
    await serve(() => ({}));
    const client = clientOf(server, { credentials: explicitCredentials({ accessKeyId: KEY_ID, accessKeySecret: 'wrong' }) });
    const error = await failure(client.call(WRITE));
    expect(error).toBeInstanceOf(CredentialsRefused);
    expect(error.message).not.toContain('POST&');
  });

  test('an expired token is asked for again once, and the call repeated with the new one', async () => {
    await serve((nth) =>
      nth === 1 ? { status: 400, json: { Code: 'InvalidSecurityToken.Expired', Message: `token ${TOKEN} expired` } } : {},
    );
    let token = TOKEN;
    const provider = {
      credentials: () =>
        explicitCredentials({ accessKeyId: KEY_ID, accessKeySecret: KEY_SECRET, securityToken: token }).credentials(),
      forget: () => {
        token = `${TOKEN}2`;
      },
    };
    await clientOf(server, { credentials: provider }).call(WRITE);
    expect(server.calls.map((call) => call.SecurityToken)).toEqual([TOKEN, `${TOKEN}2`]);
  });

  test('an expired token without a successor is an error that says to sign in again', async () => {
    await serve(() => ({ status: 400, json: { Code: 'InvalidSecurityToken.Expired', Message: `token ${TOKEN} expired` } }));
    const credentials = explicitCredentials({ accessKeyId: KEY_ID, accessKeySecret: KEY_SECRET, securityToken: TOKEN });
    const error = await failure(clientOf(server, { credentials }).call(READ));
    expect(error.wayOn).toContain('sign in again');
    expect(server.calls).toHaveLength(1);
  });
});

describe('answers that are none', () => {
  test('HTML with status 200 is no API and not tried again', async () => {
    await serve(() => ({ raw: `<html>login for ${KEY_ID}</html>` }));
    const error = await failure(clientOf(server).call(READ));
    expect(error).toBeInstanceOf(BadAnswer);
    expect(error.message).toContain('HTML');
    expect(server.calls).toHaveLength(1);
  });

  test('HTML with status 502 is a fault of the service, tried again', async () => {
    await serve((nth) => (nth < 3 ? { status: 502, raw: '<html>Bad Gateway</html>' } : { json: { ok: true } }));
    expect(await clientOf(server).call(READ)).toEqual({ ok: true });
  });

  test('half a JSON is asked for again, and said so when it stays half', async () => {
    await serve(() => ({ raw: `{"Stacks":[{"StackId":"${HIDDEN}` }));
    const client = clientOf(server, { retry: { attempts: 3 } });
    const error = await failure(client.call(READ));
    expect(error).toBeInstanceOf(BadAnswer);
    expect(error.message).toContain('ends too early');
    expect(server.calls).toHaveLength(3);
  });

  test.each(['', '[]', 'null', '"text"', '42'])('%j is no answer', async (raw) => {
    await serve(() => ({ raw }));
    expect(await failure(clientOf(server).call(READ))).toBeInstanceOf(BadAnswer);
  });

  test('a 500 with JSON and no code is a fault, not a success', async () => {
    await serve(() => ({ status: 500, json: { RequestId: 'R-2' } }));
    const error = await failure(clientOf(server, { retry: { attempts: 2 } }).call(READ));
    expect(error).toBeInstanceOf(ServiceFault);
    expect(error).toMatchObject({ status: 500, requestId: 'R-2', fault: 'service' });
  });
});

describe('retries', () => {
  test('throttling is waited out, longer each time, and every request is told', async () => {
    await serve((nth) => (nth < 5 ? THROTTLED : {}));
    const clock = jumpingClock(0.999);
    const client = clientOf(server, { clock });
    await client.call(READ);
    expect(clock.waits).toEqual([400, 799, 1598, 3197]);
    expect(client.seen.map((one) => one.code)).toEqual([
      'Throttling.User',
      'Throttling.User',
      'Throttling.User',
      'Throttling.User',
      undefined,
    ]);
  });

  test('a Retry-After is kept', async () => {
    await serve((nth) => (nth === 1 ? { ...(THROTTLED as object), headers: { 'retry-after': '7' } } : {}));
    const clock = jumpingClock(0);
    await clientOf(server, { clock }).call(READ);
    expect(clock.waits).toEqual([7000]);
  });

  test('they end, by number and by time', async () => {
    await serve(() => THROTTLED);
    expect(await failure(clientOf(server).call(READ))).toBeInstanceOf(Throttled);
    expect(server.calls).toHaveLength(9);
    const client = clientOf(server, { retry: { budgetMs: 500 } });
    await failure(client.call(READ));
    expect(client.seen.length).toBeLessThan(4);
  });

  test('a write without a token is not sent again after a fault, since it may have been done', async () => {
    await serve(() => ({ status: 503, json: { Code: 'ServiceUnavailable', Message: 'x' } }));
    await failure(clientOf(server).call(WRITE));
    expect(server.calls).toHaveLength(1);
  });

  test('a write without a token is sent again after throttling, since it was not done', async () => {
    await serve((nth) => (nth === 1 ? THROTTLED : {}));
    await clientOf(server).call(WRITE);
    expect(server.calls).toHaveLength(2);
  });

  test('a write with a token is sent again with the same token and a new nonce', async () => {
    await serve((nth) => (nth === 1 ? { status: 500, json: { Code: 'InternalError', Message: 'x' } } : {}));
    await clientOf(server).call({ ...WRITE, parameters: { ...WRITE.parameters, ClientToken: 'the-token' } });
    expect(server.calls.map((call) => call.ClientToken)).toEqual(['the-token', 'the-token']);
    expect(new Set(server.calls.map((call) => call.SignatureNonce)).size).toBe(2);
  });

  test('what the service refuses is not tried again', async () => {
    await serve(() => ({
      status: 400,
      json: {
        Code: 'InvalidParameter',
        Message: `The value ${HIDDEN} of P is wrong: see https://x.y/z?AccessKeyId=${KEY_ID}&Signature=abc`,
      },
    }));
    const error = await failure(clientOf(server).call(WRITE));
    expect(error).toBeInstanceOf(Refused);
    expect(error.message).toContain('of P is wrong: see https://x.y/z?[removed]');
    expect(server.calls).toHaveLength(1);
  });

  test('what is not there is said as such', async () => {
    await serve(() => ({ status: 404, json: { Code: 'StackNotFound', Message: 'The Stack (s) could not be found.' } }));
    expect(await failure(clientOf(server).call(READ))).toBeInstanceOf(NotFound);
  });
});

describe('time', () => {
  test('no answer in time is a time-out that says to run it again', async () => {
    await serve(() => 'silence');
    const error = await failure(clientOf(server, { readTimeoutMs: 100, retry: { attempts: 2 } }).call(READ));
    expect(error).toBeInstanceOf(TimedOut);
    expect(error.wayOn).toContain('run the same again');
    expect(server.calls).toHaveLength(2);
  });

  test('a body that never ends is a time-out, too', async () => {
    server = await fakeRpc(() => 'silence');
    await server.close();
    const { createServer } = await import('node:http');
    const dripping = createServer((_request, response) => {
      response.writeHead(200);
      response.write('{"a":');
    });
    await new Promise<void>((resolve) => dripping.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(dripping.address() as { port: number }).port}`;
    const error = await failure(clientOf({ ...server, url }, { readTimeoutMs: 150, retry: { attempts: 1 } }).call(READ));
    expect(error).toBeInstanceOf(TimedOut);
    dripping.closeAllConnections();
    dripping.close();
  });

  test('a connection that breaks is the network, and repeated for a read', async () => {
    await serve((nth) => (nth === 1 ? 'hang up' : {}));
    await clientOf(server).call(READ);
    expect(server.calls).toHaveLength(2);
  });

  test('nobody listening is the network, and nothing was done', async () => {
    await serve(() => ({}));
    await server.close();
    const error = await failure(clientOf(server, { retry: { attempts: 2 } }).call(WRITE));
    expect(error).toBeInstanceOf(Unreachable);
    expect(error.untouched).toBe(true);
  });
});
