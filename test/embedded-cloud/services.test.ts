import { Driver, network } from './driver';
import { call, send, signedRequest, type Wanted } from './signed';

let driver: Driver;
beforeEach(async () => {
  driver = await Driver.start();
});
afterEach(() => driver.close());

async function ask(
  service: string,
  fields: Record<string, string>,
  key?: Wanted['key'],
  region?: string,
): Promise<{ status: number; text: string }> {
  const { cloud } = driver;
  const { status, text } = await send(
    cloud,
    signedRequest(cloud, call(service, fields, { key: key ?? cloud.key(), region: region ?? 'sa-east-1' })),
  );
  return { status, text };
}
async function askJson(target: string, input: object): Promise<{ status: number; body: Record<string, unknown> }> {
  const wanted = { service: 'ssm', body: JSON.stringify(input), headers: { 'X-Amz-Target': target } };
  const { status, text } = await send(driver.cloud, signedRequest(driver.cloud, wanted));
  return { status, body: JSON.parse(text) };
}

test('a request without a signature is refused', async () => {
  expect((await fetch(driver.cloud.url, { method: 'POST', body: 'Action=DescribeStacks' })).status).toBe(403);
});

test('the region is the one of the signature', async () => {
  await driver.deploy('net', network(['a']));
  expect((await ask('cloudformation', { Action: 'DescribeStacks' })).text).toContain('<StackName>net</StackName>');
  expect((await ask('cloudformation', { Action: 'DescribeStacks' }, undefined, 'us-east-1')).text).not.toContain('<StackName>');
});

test("an assumed role's credentials mean its account", async () => {
  const assumed = await ask('sts', {
    Action: 'AssumeRole',
    RoleArn: 'arn:aws:iam::222222222222:role/deploy',
    RoleSessionName: 's',
  });
  const said = (name: string): string => new RegExp(`<${name}>(.+)</${name}>`).exec(assumed.text)?.[1] ?? '';
  const key = { id: said('AccessKeyId'), secret: said('SecretAccessKey'), securityToken: said('SessionToken') };
  expect((await ask('sts', { Action: 'GetCallerIdentity' }, key)).text).toContain('<Account>222222222222</Account>');
  expect((await ask('sts', { Action: 'GetCallerIdentity' })).text).toContain('<Account>111111111111</Account>');
  expect((await ask('sts', { Action: 'AssumeRole', RoleArn: 'arn:aws-cn:iam::222222222222:role/deploy' })).status).toBe(403);
});

test('a stack that does not exist is told as CloudFormation tells it', async () => {
  expect(await ask('cloudformation', { Action: 'DescribeStacks', StackName: 'none' })).toMatchObject({
    status: 400,
    text: expect.stringContaining('<Code>ValidationError</Code><Message>Stack with id none does not exist</Message>'),
  });
});

test('a template over 51,200 bytes is refused inline', async () => {
  const body = JSON.stringify({ Description: 'x'.repeat(51_200), Resources: { A: { Type: 'AWS::SNS::Topic' } } });
  expect((await ask('cloudformation', { Action: 'CreateStack', StackName: 's', TemplateBody: body })).text).toContain(
    'less than or equal to 51200',
  );
});

test('an update that changes nothing is refused', async () => {
  const TemplateBody = JSON.stringify({ Resources: { A: { Type: 'AWS::SNS::Topic' } } });
  await ask('cloudformation', { Action: 'CreateStack', StackName: 's', TemplateBody });
  await ask('cloudformation', { Action: 'DescribeStacks', StackName: 's' });
  expect((await ask('cloudformation', { Action: 'UpdateStack', StackName: 's', TemplateBody })).text).toContain(
    'No updates are to be performed.',
  );
});

test('a change set tells replacements, and one without changes has failed', async () => {
  const named = (name: string) =>
    JSON.stringify({
      Resources: {
        A: { Type: 'AWS::SNS::Topic', Properties: { TopicName: name } },
        B: {
          Type: 'AWS::SNS::Subscription',
          Properties: { Protocol: 'email', Endpoint: 'ops@example.com', TopicArn: { Ref: 'A' } },
        },
      },
    });
  await ask('cloudformation', { Action: 'CreateStack', StackName: 's', TemplateBody: named('one') });
  await ask('cloudformation', { Action: 'DescribeStacks', StackName: 's' });
  const make = (ChangeSetName: string, name: string) =>
    ask('cloudformation', { Action: 'CreateChangeSet', StackName: 's', ChangeSetName, TemplateBody: named(name) });
  const read = async (ChangeSetName: string) =>
    (await ask('cloudformation', { Action: 'DescribeChangeSet', StackName: 's', ChangeSetName })).text;
  await make('same', 'one');
  expect(await read('same')).toMatch(
    /<Status>FAILED<\/Status><StatusReason>The submitted information didn&#39;t contain changes\./,
  );
  await make('other', 'two');
  const text = await read('other');
  expect(text).toMatch(
    /<PolicyAction>ReplaceAndDelete<\/PolicyAction><Action>Modify<\/Action><LogicalResourceId>A<\/LogicalResourceId>.*<Replacement>True<\/Replacement>/,
  );
  expect(text).toMatch(
    /<LogicalResourceId>B<\/LogicalResourceId>.*<Replacement>Conditional<\/Replacement>.*<CausingEntity>A<\/CausingEntity>/,
  );
  expect((await ask('cloudformation', { Action: 'DescribeChangeSet', StackName: 's', ChangeSetName: 'none' })).text).toContain(
    '<Code>ChangeSetNotFound</Code>',
  );
});

test('a resource is signaled only while it is in progress', async () => {
  const TemplateBody = JSON.stringify({
    Resources: { Gate: { Type: 'AWS::CloudFormation::WaitCondition', CreationPolicy: { ResourceSignal: { Timeout: 'PT1H' } } } },
  });
  await ask('cloudformation', { Action: 'CreateStack', StackName: 's', TemplateBody });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const signal = (LogicalResourceId: string) =>
    ask('cloudformation', { Action: 'SignalResource', StackName: 's', LogicalResourceId, UniqueId: 'i-1', Status: 'SUCCESS' });
  expect((await signal('Nothing')).text).toContain('Resource Nothing does not exist for stack s');
  expect((await signal('Gate')).status).toBe(200);
  expect((await ask('cloudformation', { Action: 'DescribeStacks', StackName: 's' })).text).toContain(
    '<StackStatus>CREATE_COMPLETE</StackStatus>',
  );
  expect((await signal('Gate')).text).toContain('is in CREATE_COMPLETE state and can not be signaled.');
});

test('a host writes a marker parameter once', async () => {
  const marker = { Name: '/meissa/core/formed', Value: 'yes', Type: 'String' };
  expect((await askJson('AmazonSSM.GetParameter', marker)).body.__type).toBe('ParameterNotFound');
  expect((await askJson('AmazonSSM.PutParameter', marker)).body).toMatchObject({ Version: 1 });
  expect((await askJson('AmazonSSM.PutParameter', marker)).body.__type).toBe('ParameterAlreadyExists');
  expect((await askJson('AmazonSSM.GetParameter', marker)).body).toMatchObject({ Parameter: { Value: 'yes' } });
});

test('closing ends at once, whoever waits', async () => {
  const TemplateBody = JSON.stringify({
    Resources: { Gate: { Type: 'AWS::CloudFormation::WaitCondition', CreationPolicy: { ResourceSignal: { Timeout: 'PT12H' } } } },
  });
  await ask('cloudformation', { Action: 'CreateStack', StackName: 's', TemplateBody });
  const held = ask('cloudformation', { Action: 'DescribeStacks', StackName: 's' }).catch(() => 'ended');
  await new Promise((resolve) => setTimeout(resolve, 50));
  const began = Date.now();
  await driver.close();
  expect(Date.now() - began).toBeLessThan(500);
  expect(await held).toBe('ended');
});

test('a change set is obsolete once the stack was updated otherwise; executing one ends the others, and the stack names it', async () => {
  await driver.deploy('s', network(['a']));
  const template = (more: object) => JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' }, ...more } });
  const call = (Action: string, fields: Record<string, string>) => ask('cloudformation', { Action, StackName: 's', ...fields });
  const make = (ChangeSetName: string) =>
    call('CreateChangeSet', { ChangeSetName, TemplateBody: template({ [ChangeSetName]: { Type: 'AWS::SNS::Topic' } }) });
  const settled = async () => {
    while ((await call('DescribeStacks', {})).text.includes('IN_PROGRESS'))
      await new Promise((resolve) => setTimeout(resolve, 20));
  };
  await make('one');
  expect((await make('one')).text).toContain('AlreadyExistsException');
  await call('UpdateStack', { TemplateBody: template({}) });
  await settled();
  expect((await call('DescribeChangeSet', { ChangeSetName: 'one' })).text).toContain('<ExecutionStatus>OBSOLETE<');
  expect((await call('ExecuteChangeSet', { ChangeSetName: 'one' })).text).toContain('InvalidChangeSetStatus');
  await make('two');
  await make('three');
  expect((await call('ExecuteChangeSet', { ChangeSetName: 'two' })).status).toBe(200);
  await settled();
  expect((await call('ListChangeSets', {})).text).not.toContain('<ChangeSetName>');
  expect((await call('DescribeStacks', {})).text).toMatch(/<ChangeSetId>[^<]*changeSet\/two\//);
  expect((await call('ExecuteChangeSet', { ChangeSetName: 'three' })).text).toContain('ChangeSetNotFound');
});
