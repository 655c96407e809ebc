import { askHost } from '../../../lib/aliyun/cloud/ecs/ask-host';
import { describeInstances, rebootInstance } from '../../../lib/aliyun/cloud/ecs/instances';
import {
  primaryInterfaces,
  sourceDestCheckedInstances,
  switchOffSourceDestCheck,
} from '../../../lib/aliyun/cloud/ecs/source-dest-check';
import { type Answer, type Call, clientOf, type FakeRpc, fakeRpc } from './fake-rpc';

let server: FakeRpc;
afterEach(() => server?.close());
const serve = async (handle: (call: Call, nth: number) => Answer) => {
  server = await fakeRpc(handle);
  return clientOf(server, { retry: { attempts: 2 } });
};
const REGION = 'cn-beijing';

describe('source/destination check', () => {
  let on: Map<string, boolean>;
  /** Two interfaces a page, as the service's NextToken pages go. */
  const network = (call: Call): Answer => {
    if (call.Action === 'ModifyNetworkInterfaceAttribute') {
      on.set(call.NetworkInterfaceId!.replace('eni-', 'i-'), call.SourceDestCheck === 'true');
      return {};
    }
    const all = [...on].filter(([id]) => !call.InstanceId || call.InstanceId === id);
    const from = Number(call.NextToken ?? 0);
    const page = all.slice(from, from + 2).map(([id, SourceDestCheck]) => ({
      InstanceId: id,
      NetworkInterfaceId: id.replace('i-', 'eni-'),
      Type: 'Primary',
      SourceDestCheck,
    }));
    return {
      json: { NetworkInterfaceSets: { NetworkInterfaceSet: page }, NextToken: from + 2 < all.length ? String(from + 2) : '' },
    };
  };
  beforeEach(() => {
    on = new Map(Array.from({ length: 15 }, (_, n) => [`i-${n}`, n % 2 === 0]));
  });

  test('only those that are on are switched off, and a second run touches none', async () => {
    const rpc = await serve(network);
    const ids = [...on.keys()];
    expect(await switchOffSourceDestCheck(rpc, REGION, ids)).toEqual(ids.filter((_, n) => n % 2 === 0));
    expect(await switchOffSourceDestCheck(rpc, REGION, ids)).toEqual([]);
    expect(server.calls.find((call) => call.Action === 'ModifyNetworkInterfaceAttribute')).toMatchObject({
      SourceDestCheck: 'false',
      RegionId: REGION,
      NetworkInterfaceId: 'eni-0',
    });
  });

  test('stopped in the middle, it goes on where it was', async () => {
    let left = 2;
    const rpc = await serve((call) => {
      if (call.Action !== 'ModifyNetworkInterfaceAttribute') return network(call);
      return left-- > 0 ? network(call) : { status: 403, json: { Code: 'Forbidden.RAM', Message: 'x' } };
    });
    await expect(switchOffSourceDestCheck(rpc, REGION, [...on.keys()])).rejects.toMatchObject({ name: 'Forbidden' });
    left = 99;
    expect(await switchOffSourceDestCheck(rpc, REGION, [...on.keys()])).toHaveLength(6);
  });

  test('drift: those that are on again are named', async () => {
    const rpc = await serve(network);
    expect(await sourceDestCheckedInstances(rpc, REGION, ['i-0', 'i-1', 'i-2'])).toEqual(['i-0', 'i-2']);
  });

  test('an instance that was deleted by hand is named', async () => {
    const rpc = await serve(network);
    await expect(primaryInterfaces(rpc, REGION, ['i-1', 'i-99'])).rejects.toThrow('i-99');
  });
});

describe('asking a host', () => {
  const result = (fields: object): Answer => ({ json: { Invocation: { InvocationResults: { InvocationResult: [fields] } } } });
  const cloudAssistant = (results: Answer[]) =>
    serve((call, nth) =>
      call.Action === 'RunCommand' ? { json: { InvokeId: 't-1' } } : results[Math.min(nth, results.length) - 1]!,
    );
  const ask = (rpc: Parameters<typeof askHost>[0]) => askHost(rpc, REGION, 'i-1', '/opt/meissa/bin/meissa-healthy abc');

  test('the command goes as base64 and with a token, the exit code and what it wrote come back', async () => {
    const rpc = await cloudAssistant([
      { status: 404, json: { Code: 'InvalidInvokeId.NotFound', Message: 'x' } },
      result({ InvocationStatus: 'Running' }),
      result({
        InvocationStatus: 'Failed',
        ExitCode: 3,
        ErrorCode: 'ExitCodeNonzero',
        Output: Buffer.from('applied=abc\n').toString('base64'),
      }),
    ]);
    expect(await ask(rpc)).toEqual({ kind: 'answered', exitCode: 3, output: 'applied=abc\n' });
    expect(server.calls[0]).toMatchObject({
      Type: 'RunShellScript',
      CommandContent: Buffer.from('/opt/meissa/bin/meissa-healthy abc').toString('base64'),
      ContentEncoding: 'Base64',
      'InstanceId.1': 'i-1',
      ClientToken: expect.stringMatching(/^[\w-]{36}$/),
    });
  });

  test('exit code 0 is an answer, too', async () => {
    expect(await ask(await cloudAssistant([result({ InvocationStatus: 'Success', ExitCode: 0, Output: '' })]))).toMatchObject({
      kind: 'answered',
      exitCode: 0,
    });
  });

  test('a host that is down, or whose agent does not answer, is silent, with why', async () => {
    const rpc = await cloudAssistant([result({ InvocationStatus: 'Failed', ErrorCode: 'ClientIsNotRunning', ExitCode: 0 })]);
    expect(await ask(rpc)).toEqual({ kind: 'silent', why: 'Failed: ClientIsNotRunning' });
  });

  test('one that never ends is given up', async () => {
    const rpc = await cloudAssistant([result({ InvocationStatus: 'Running' })]);
    expect(await ask(rpc)).toMatchObject({ kind: 'silent', why: expect.stringContaining('Running') });
  });
});

test('instances come in the order that was asked for, without those that are gone, 100 at a time', async () => {
  const rpc = await serve((call) => ({
    json: {
      Instances: {
        Instance: (JSON.parse(call.InstanceIds!) as string[])
          .filter((id) => id !== 'i-7')
          .reverse()
          .map((InstanceId) => ({
            InstanceId,
            Status: 'Running',
            VpcAttributes: { PrivateIpAddress: { IpAddress: ['10.0.0.1'] } },
            Tags: { Tag: [{ TagKey: 'meissa:number', TagValue: '1' }] },
          })),
      },
    },
  }));
  const ids = Array.from({ length: 120 }, (_, n) => `i-${n}`);
  const found = await describeInstances(rpc, REGION, ids);
  expect(found.map((one) => one.instanceId)).toEqual(ids.filter((id) => id !== 'i-7'));
  expect(found[0]).toMatchObject({ status: 'Running', privateIp: '10.0.0.1', tags: { 'meissa:number': '1' } });
  expect(server.calls).toHaveLength(2);
});

test('a restart is not sent twice: it carries no token', async () => {
  const rpc = await serve(() => 'hang up');
  await expect(rebootInstance(rpc, REGION, 'i-1')).rejects.toMatchObject({ name: 'TimedOut' });
  expect(server.calls).toHaveLength(1);
});
