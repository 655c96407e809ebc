import { readdirSync, readFileSync } from 'node:fs';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { EmbeddedCloudOptions } from '../../lib/embedded-cloud';
import { credentialsOf, Driver, type Resources } from './driver';

jest.setTimeout(60_000);

let driver: Driver;
let log: string[];
const start = async (options: EmbeddedCloudOptions = {}) => {
  log = [];
  driver = await Driver.start({ log: (line) => log.push(line), ...options });
};
beforeEach(() => start({ functionPatience: 4 }));
afterEach(() => driver.close());

const trust = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] };
const allow = (actions: string[], resource: unknown = '*') => [
  {
    PolicyName: 'own',
    PolicyDocument: { Statement: [{ Effect: 'Allow', Action: actions, Resource: resource }] },
  },
];

/** Answers with the physical id, the data and the status that the code's `work` gives. */
const ANSWERING = `
const answer = async (event, said) => {
  const body = JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: event.PhysicalResourceId, StackId: event.StackId,
    RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId, ...said });
  await fetch(event.ResponseURL, { method: 'PUT', body });
};
exports.handler = async (event) => {
  try { await answer(event, await work(event)); }
  catch (e) { await answer(event, { Status: 'FAILED', Reason: e.name + ': ' + e.message, PhysicalResourceId: event.PhysicalResourceId || 'none' }); }
};
`;

interface Wanted {
  code: string;
  properties?: object;
  policies?: object[];
  timeout?: number;
  type?: string;
}

const custom = ({ code, properties = {}, policies = [], timeout = 10, type = 'Custom::Thing' }: Wanted): Resources => ({
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust, Policies: policies } },
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Timeout: timeout,
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Code: { ZipFile: code },
    },
  },
  Thing: { Type: type, Properties: { ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] }, ...properties } },
});

/** Says what it was asked through its parameters in SSM: none, so through its physical id and data. */
const echo = `const work = async (e) => ({ PhysicalResourceId: 'id-' + e.ResourceProperties.Name, Data: { Verb: e.RequestType,
  Type: e.ResourceType, Number: typeof e.ResourceProperties.Count, Region: process.env.AWS_REGION, Old: JSON.stringify(e.OldResourceProperties || null) } });${ANSWERING}`;

/** Processes of this one's functions that still run. */
function functionsRunning(): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('meissa-function-');
      } catch {
        return false;
      }
    });
}

test("a custom resource is what its function answers: Ref is the physical id, GetAtt the answer's data", async () => {
  const outputs = Object.fromEntries(
    ['Verb', 'Type', 'Number', 'Region'].map((name) => [name, { Value: { 'Fn::GetAtt': ['Thing', name] } }]),
  );
  const stack = await driver.deploy('c', custom({ code: echo, properties: { Name: 'one', Count: 3 } }), {
    outputs: { ...outputs, Ref: { Value: { Ref: 'Thing' } } },
  });
  expect(driver.failures(stack)).toEqual([]);
  expect(Object.fromEntries(stack.outputs.map((o) => [o.key, o.value]))).toEqual({
    Verb: 'Create',
    Type: 'Custom::Thing',
    Number: 'string',
    Region: 'sa-east-1',
    Ref: 'id-one',
  });
  expect(functionsRunning()).toEqual([]);
  expect((await driver.delete('c')).status).toBe('DELETE_COMPLETE');
  expect(log).toEqual([]);
});

test('an attribute that the answer has not is refused in the words of CloudFormation', async () => {
  const stack = await driver.deploy('c', custom({ code: echo, properties: { Name: 'one' } }), {
    outputs: { Lost: { Value: { 'Fn::GetAtt': ['Thing', 'Lost'] } } },
  });
  expect(stack.status).toBe('ROLLBACK_COMPLETE');
  expect(stack.events.map((e) => e.reason).join()).toContain(
    "CustomResource attribute error: Vendor response doesn't contain Lost",
  );
});

test('an update tells the old properties too; another physical id means that the old one is deleted after the update', async () => {
  await driver.deploy('c', custom({ code: echo, properties: { Name: 'one' } }));
  const outputs = { Old: { Value: { 'Fn::GetAtt': ['Thing', 'Old'] } } };
  const same = await driver.deploy('c', custom({ code: echo, properties: { Name: 'one', More: true } }), { outputs });
  expect(JSON.parse(same.outputs[0]?.value ?? '')).toMatchObject({ Name: 'one' });
  expect(driver.lines(same).filter((l) => l.startsWith('Thing DELETE'))).toEqual([]);
  const moved = await driver.deploy('c', custom({ code: echo, properties: { Name: 'two' } }));
  expect(moved.resources.Thing?.physicalId).toBe('id-two');
  expect(driver.lines(moved).slice(-2)).toEqual(['Thing DELETE_IN_PROGRESS', 'Thing DELETE_COMPLETE']);
  const gone = moved.events.filter((e) => e.status === 'DELETE_COMPLETE').at(-1);
  expect(gone?.physicalId).toBe('id-one');
});

test('a rollback asks the function to go back, and deletes what the update had made', async () => {
  await driver.deploy('c', custom({ code: echo, properties: { Name: 'one' } }));
  const bad = { Bad: { Type: 'AWS::EC2::VPC', DependsOn: ['Thing'], Properties: { CidrBlock: '10.0.0.0/8' } } };
  const stack = await driver.deploy('c', { ...custom({ code: echo, properties: { Name: 'two' } }), ...bad });
  expect([stack.status, stack.resources.Thing?.physicalId]).toEqual(['UPDATE_ROLLBACK_COMPLETE', 'id-one']);
  expect(stack.events.filter((e) => e.logicalId === 'Thing' && e.status === 'DELETE_COMPLETE').map((e) => e.physicalId)).toEqual([
    'id-two',
  ]);
});

test('a failure is told with its reason, and its Delete is sent to the physical id of the answer', async () => {
  const code = `const work = async (e) => { if (e.RequestType === 'Create') throw new TypeError('no such line'); return {}; };${ANSWERING}`;
  const stack = await driver.deploy('c', custom({ code }));
  expect(stack.status).toBe('ROLLBACK_COMPLETE');
  expect(driver.failures(stack)[0]).toMatch(
    /^Received response status \[FAILED\] from custom resource\. Message returned: TypeError: no such line \(RequestId: [0-9a-f-]{36}\)$/,
  );
  expect(stack.events.filter((e) => e.logicalId === 'Thing').at(-1)).toMatchObject({
    status: 'DELETE_COMPLETE',
    physicalId: 'none',
  });
});

test('a function that says nothing fails its resource when the time is over, and is called three times if it throws', async () => {
  const silent = await driver.deploy(
    'c',
    custom({ code: 'exports.handler = async () => 1;', properties: { ServiceTimeout: 60 } }),
    {
      disableRollback: true,
    },
  );
  expect(driver.failures(silent)[0]).toMatch(
    /^CloudFormation did not receive a response from your Custom Resource\. Please check your logs for requestId \[/,
  );
  expect(log).toEqual([]);
  const code = "exports.handler = async () => { throw new Error('boom'); };";
  await driver.deploy('d', custom({ code, properties: { ServiceTimeout: 60 } }), { disableRollback: true });
  expect(log.filter((line) => line.includes('boom'))).toHaveLength(3);
});

test("a function's time-out ends its process", async () => {
  const code = 'exports.handler = () => new Promise(() => setInterval(() => 1, 1000));';
  const stack = await driver.deploy('c', custom({ code, timeout: 1, properties: { ServiceTimeout: 60 } }), {
    disableRollback: true,
  });
  expect(stack.status).toBe('CREATE_FAILED');
  expect(log[0]).toContain('Task timed out after 1.00 seconds');
  expect(functionsRunning()).toEqual([]);
});

test('no process outlives the cloud', async () => {
  const code = 'exports.handler = () => new Promise(() => setInterval(() => 1, 1000));';
  const { engine } = driver.cloud;
  const body = JSON.stringify({ Resources: custom({ code, timeout: 900 }) });
  engine.create(driver.region, { name: 'c', body, parameters: [], capabilities: ['CAPABILITY_NAMED_IAM'] });
  while (functionsRunning().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  await driver.close();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(functionsRunning()).toEqual([]);
  await start({ functionPatience: 4 });
});

test('a function at work is ended when its stack fails elsewhere, and is told to delete what it may have made', async () => {
  const code = `exports.handler = async (e) => { if (e.RequestType === 'Delete') return answer(e, {}); await new Promise(() => setInterval(() => 1, 1000)); };
${ANSWERING.split('exports.handler')[0]}`;
  // It begins when the function stands, and fails while the function works.
  const wait = {
    Type: 'AWS::CloudFormation::WaitCondition',
    DependsOn: ['Function'],
    CreationPolicy: { ResourceSignal: { Timeout: 'PT5M' } },
  };
  const stack = await driver.deploy('c', { ...custom({ code, timeout: 900 }), Wait: wait });
  const own = stack.events.filter((e) => e.logicalId === 'Thing').map((e) => `${e.status} ${e.reason ?? ''}`.trim());
  expect([stack.status, own.slice(1)]).toEqual([
    'ROLLBACK_COMPLETE',
    ['CREATE_FAILED Resource creation cancelled', 'DELETE_IN_PROGRESS', 'DELETE_COMPLETE'],
  ]);
  expect(functionsRunning()).toEqual([]);
});

test("the function has Lambda's SDK, the region of its stack, and no more rights than its role", async () => {
  const work = `const { EC2Client, DescribeVpcsCommand } = require('@aws-sdk/client-ec2');
const work = async () => ({ PhysicalResourceId: 'x', Data: { Vpcs: (await new EC2Client({}).send(new DescribeVpcsCommand({}))).Vpcs.length } });`;
  await driver.deploy('net', { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } });
  const outputs = { Vpcs: { Value: { 'Fn::GetAtt': ['Thing', 'Vpcs'] } } };
  const code = work + ANSWERING;
  const good = await driver.deploy('c', custom({ code, policies: allow(['ec2:DescribeVpcs']) }), { outputs });
  expect([driver.failures(good), good.outputs[0]?.value]).toEqual([[], '1']);
  const bad = await driver.deploy('d', custom({ code, policies: allow(['ec2:DescribeSubnets']) }), { outputs });
  expect(driver.failures(bad)[0]).toMatch(
    /UnauthorizedOperation: You are not authorized to perform this operation\..*ec2:DescribeVpcs/,
  );
  // What lists everything has no resource that it could be narrowed to.
  const narrow = allow(['ec2:DescribeVpcs'], 'arn:aws:ec2:sa-east-1:111111111111:vpc/*');
  const refused = await driver.deploy('e', custom({ code, policies: narrow }), { outputs });
  expect(driver.failures(refused)[0]).toMatch(/UnauthorizedOperation/);
});

test('a function reads a secret by name where its role allows that one, and no other', async () => {
  const code = `const { SecretsManagerClient, GetSecretValueCommand } = require('@aws-sdk/client-secrets-manager');
const client = new SecretsManagerClient({});
const work = async ({ ResourceProperties: { Secret } }) => {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: Secret }));
  return { PhysicalResourceId: 'x', Data: { Length: SecretString.length } };
};${ANSWERING}`;
  const secrets = new SecretsManagerClient({
    region: 'sa-east-1',
    endpoint: driver.cloud.url,
    credentials: credentialsOf(driver.cloud.key()),
  });
  for (const Name of ['ops/one', 'ops/two']) await secrets.send(new CreateSecretCommand({ Name, SecretString: 'seven..' }));
  const policies = allow(
    ['secretsmanager:GetSecretValue'],
    'arn:aws:secretsmanager:sa-east-1:111111111111:secret:ops/one-??????',
  );
  const outputs = { Length: { Value: { 'Fn::GetAtt': ['Thing', 'Length'] } } };
  const good = await driver.deploy('c', custom({ code, policies, properties: { Secret: 'ops/one' } }), { outputs });
  expect([driver.failures(good), good.outputs[0]?.value]).toEqual([[], '7']);
  const bad = await driver.deploy('d', custom({ code, policies, properties: { Secret: 'ops/two' } }), { outputs });
  expect(driver.failures(bad)[0]).toMatch(
    /not authorized to perform: secretsmanager:GetSecretValue on resource: arn:.*ops\/two-/,
  );
});

test('cfn-response, callbacks and https work as in Lambda', async () => {
  const code = `const response = require('cfn-response');
exports.handler = (event, context) => response.send(event, context, response.SUCCESS, { Left: String(context.getRemainingTimeInMillis() > 0) }, 'kept');`;
  const stack = await driver.deploy('c', custom({ code, type: 'AWS::CloudFormation::CustomResource' }), {
    outputs: { Left: { Value: { 'Fn::GetAtt': ['Thing', 'Left'] } } },
  });
  expect([driver.failures(stack), stack.outputs[0]?.value, stack.resources.Thing?.physicalId]).toEqual([[], 'true', 'kept']);
});

test('a function whose time-out is long lives by a faster clock: it waits, and runs out of time, within seconds', async () => {
  const work = `const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const work = async (e, context) => { await sleep(60000); const left = context.getRemainingTimeInMillis();
  if (e.RequestType === 'Delete') return {};
  await sleep(left - 30000); throw new Error(left > 600000 && left < 840000 ? 'late' : 'wrong clock: ' + left); };`;
  const began = Date.now();
  const code =
    work + ANSWERING.replace('async (event) =>', 'async (event, context) =>').replace('work(event)', 'work(event, context)');
  const stack = await driver.deploy('c', custom({ code, timeout: 900 }), { disableRollback: true });
  expect(driver.failures(stack)[0]).toMatch(/Message returned: Error: late/);
  expect(Date.now() - began).toBeLessThan(10_000);
});

test('functions that Lambda would refuse are refused', async () => {
  const at = async (properties: object, role = trust) => {
    const resources = custom({ code: 'exports.handler = async () => 1;' });
    const { Thing: _, ...rest } = resources;
    Object.assign(rest.Function?.Properties ?? {}, properties);
    Object.assign(rest.Role?.Properties ?? {}, { AssumeRolePolicyDocument: role });
    const stack = await driver.deploy('f', rest as Resources);
    await driver.delete('f');
    return driver.failures(stack)[0];
  };
  expect(await at({ Timeout: 901 })).toMatch(/between 1 and 900/);
  expect(await at({ Handler: 'main.handler' })).toMatch(/is not in the file 'index'/);
  expect(await at({ Role: 'arn:aws:iam::111111111111:role/none' })).toMatch(/cannot be assumed by Lambda/);
  expect(
    await at({}, { Statement: [{ ...trust.Statement[0], Principal: { Service: 'ec2.amazonaws.com' } }] } as typeof trust),
  ).toMatch(/cannot be assumed by Lambda/);
  expect(await at({ Code: { S3Bucket: 'b', S3Key: 'k' } })).toMatch(/not in the embedded cloud/);
  expect(await at({ Environment: { Variables: { AWS_REGION: 'x' } } })).toMatch(/Reserved keys used in this request: AWS_REGION/);
  expect(await at({})).toBeUndefined();
});

test('a service token that is no function of the region is refused, and never changes', async () => {
  const thing = (token: unknown) => ({ Thing: { Type: 'Custom::Thing', Properties: { ServiceToken: token } } });
  const wrong = await driver.deploy('w', thing('arn:aws:sns:sa-east-1:111111111111:topic'));
  expect(driver.failures(wrong)).toEqual(['Invalid service token.']);
  const lost = await driver.deploy('l', thing('arn:aws:lambda:sa-east-1:111111111111:function:none'));
  expect(driver.failures(lost)[0]).toMatch(/^Function not found: arn:aws:lambda:sa-east-1:111111111111:function:none/);
  const one = custom({ code: echo, properties: { Name: 'a' } });
  const two = { ...one, Second: one.Function } as Resources;
  await driver.deploy('c', two);
  const token = { ServiceToken: { 'Fn::GetAtt': ['Second', 'Arn'] }, Name: 'a' };
  const changed = await driver.deploy('c', { ...two, Thing: { Type: 'Custom::Thing', Properties: token } });
  expect(driver.failures(changed)[0]).toBe('Modifying service token is not allowed.');
});
