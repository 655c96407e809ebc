import { Driver, type Resources } from './driver';

let driver: Driver;
beforeEach(async () => {
  driver = await Driver.start();
});
afterEach(() => driver.close());

const parameter = (value: unknown, extra: object = {}) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Type: 'String', Value: value },
  ...extra,
});
const value = (name: string): string | undefined => driver.inventory.parameters[name];

test('an update touches only what changed', async () => {
  await driver.deploy('s', { A: parameter('1'), B: parameter('1') });
  const from = driver.cloud.engine.stack(driver.region, 's').events.length;
  const stack = await driver.deploy('s', { A: parameter('1'), B: parameter('2'), C: parameter('3') });
  // Both at once: which of them is done first is nobody's promise.
  expect(driver.lines(stack, from).filter((line) => line.startsWith('B'))).toEqual(['B UPDATE_IN_PROGRESS', 'B UPDATE_COMPLETE']);
  expect(driver.lines(stack, from).filter((line) => !line.startsWith('B'))).toEqual([
    'C CREATE_IN_PROGRESS',
    'C CREATE_IN_PROGRESS',
    'C CREATE_COMPLETE',
  ]);
});

test('a create that fails takes back what it made', async () => {
  driver.cloud.fail({ logicalId: 'B', code: 'Boom', message: 'planted' });
  const stack = await driver.deploy('s', { A: parameter('1'), B: parameter('2', { DependsOn: 'A' }) });
  expect(stack.status).toBe('ROLLBACK_COMPLETE');
  expect(driver.failures(stack)[0]).toMatch(/^planted \(Service: Ssm; Status Code: 400; Error Code: Boom;/);
  expect(driver.inventory.parameters).toEqual({});
});

test('a stack whose create was rolled back can only be deleted', async () => {
  driver.cloud.fail({ logicalId: 'A', code: 'Boom', message: 'planted' });
  await driver.deploy('s', { A: parameter('1') });
  await expect(driver.deploy('s', { A: parameter('1') })).rejects.toThrow(
    /is in ROLLBACK_COMPLETE state and can not be updated\./,
  );
  expect((await driver.delete('s')).status).toBe('DELETE_COMPLETE');
});

test('an update that fails goes back to what was before', async () => {
  await driver.deploy('s', { A: parameter('1'), B: parameter('1', { DependsOn: 'A' }) });
  const names = Object.keys(driver.inventory.parameters);
  driver.cloud.fail({ logicalId: 'B', code: 'Boom', message: 'planted' });
  const stack = await driver.deploy('s', { A: parameter('2'), B: parameter('2', { DependsOn: 'A' }), C: parameter('3') });
  expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(names.map(value)).toEqual(['1', '1']);
  expect(Object.keys(stack.resources)).toEqual(['A', 'B']);
  expect(JSON.parse(stack.template).Resources.C).toBeUndefined();
});

test('with rollback off a failed update stays, and a rollback asked for takes it back', async () => {
  await driver.deploy('s', { A: parameter('1'), B: parameter('1', { DependsOn: 'A' }) });
  const names = Object.keys(driver.inventory.parameters);
  driver.cloud.fail({ logicalId: 'B', code: 'Boom', message: 'planted' });
  const stack = await driver.deploy('s', { A: parameter('2'), B: parameter('2', { DependsOn: 'A' }) }, { disableRollback: true });
  expect([stack.status, ...names.map(value)]).toEqual(['UPDATE_FAILED', '2', '1']);
  await expect(driver.deploy('s', { A: parameter('2') })).rejects.toThrow(/please use the disable-rollback parameter/);
  driver.cloud.engine.rollback(driver.region, 's', true);
  await driver.cloud.engine.settled(stack.id, 5_000);
  expect([stack.status, ...names.map(value)]).toEqual(['UPDATE_ROLLBACK_COMPLETE', '1', '1']);
});

test('with rollback off what does not depend on the failed resource goes on', async () => {
  driver.cloud.fail({ logicalId: 'A', code: 'Boom', message: 'planted' });
  const stack = await driver.deploy(
    's',
    { A: parameter('1'), B: parameter('1'), C: parameter('1', { DependsOn: 'A' }) },
    { disableRollback: true },
  );
  expect(stack.status).toBe('CREATE_FAILED');
  expect([stack.resources.B?.status, stack.resources.C]).toEqual(['CREATE_COMPLETE', undefined]);
  const again = await driver.deploy(
    's',
    { A: parameter('1'), B: parameter('1'), C: parameter('1', { DependsOn: 'A' }) },
    { disableRollback: true },
  );
  expect(again.status).toBe('UPDATE_COMPLETE');
});

test('a rollback that fails waits to be continued, and goes on then', async () => {
  await driver.deploy('s', { A: parameter('1'), B: parameter('1', { DependsOn: 'A' }) });
  const names = Object.keys(driver.inventory.parameters);
  driver.cloud.fail({ logicalId: 'B', code: 'Boom', message: 'planted' });
  driver.cloud.fail({ logicalId: 'A', code: 'Boom', message: 'planted in the rollback', after: 1 });
  const stack = await driver.deploy('s', { A: parameter('2'), B: parameter('2', { DependsOn: 'A' }) });
  expect([stack.status, stack.reason]).toEqual(['UPDATE_ROLLBACK_FAILED', 'The following resource(s) failed to update: [A].']);
  driver.cloud.engine.continueRollback(driver.region, 's', []);
  await driver.cloud.engine.settled(stack.id, 5_000);
  expect([stack.status, ...names.map(value)]).toEqual(['UPDATE_ROLLBACK_COMPLETE', '1', '1']);
});

test('an update that is cancelled goes back', async () => {
  const gate = {
    Gate: {
      Type: 'AWS::CloudFormation::WaitCondition',
      DependsOn: 'A',
      CreationPolicy: { ResourceSignal: { Timeout: 'PT12H' } },
    },
  };
  await driver.deploy('s', { A: parameter('1') });
  const names = Object.keys(driver.inventory.parameters);
  const going = driver.deploy('s', { A: parameter('2'), ...gate });
  await new Promise((resolve) => setTimeout(resolve, 50));
  driver.cloud.engine.cancel(driver.region, 's');
  const stack = await going;
  expect([stack.status, ...names.map(value)]).toEqual(['UPDATE_ROLLBACK_COMPLETE', '1']);
});

test('retained resources outlive their stack', async () => {
  await driver.deploy('s', { A: parameter('1', { DeletionPolicy: 'Retain' }), B: parameter('2') });
  const stack = await driver.delete('s');
  expect(driver.lines(stack)).toContain('A DELETE_SKIPPED');
  expect(Object.values(driver.inventory.parameters)).toEqual(['1']);
});

test('a resource that is renamed is made anew before the old one goes', async () => {
  const named = (name: string): Resources => ({
    A: { Type: 'AWS::SSM::Parameter', Properties: { Name: name, Type: 'String', Value: '1' } },
  });
  await driver.deploy('s', named('/old'));
  await driver.deploy('s', named('/new'));
  expect(driver.inventory.parameters).toEqual({ '/new': '1' });
});

test('a stack under termination protection is not deleted', async () => {
  await driver.deploy('s', { A: parameter('1') }, { terminationProtection: true });
  await expect(driver.delete('s')).rejects.toThrow('Stack [s] cannot be deleted while TerminationProtection is enabled');
});

test('a stack policy stops replacing and removing what it protects', async () => {
  const policy = JSON.stringify({
    Statement: [
      { Effect: 'Allow', Principal: '*', Action: 'Update:*', Resource: '*' },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: ['Update:Replace', 'Update:Delete'],
        Resource: '*',
        Condition: { StringEquals: { ResourceType: ['AWS::SSM::Parameter'] } },
      },
    ],
  });
  const named = (name: string, v = '1'): Resources => ({
    A: { Type: 'AWS::SSM::Parameter', Properties: { Name: name, Type: 'String', Value: v } },
    B: { Type: 'AWS::SNS::Topic' },
  });
  await driver.deploy('s', named('/old'), { policy });
  expect((await driver.deploy('s', named('/old', '2'))).status).toBe('UPDATE_COMPLETE');
  const replaced = await driver.deploy('s', named('/new', '2'));
  expect(driver.failures(replaced).at(-1)).toBe(
    'Action denied by stack policy: Statement [#2] denies [Update:Replace] for resource [LogicalResourceId/A]',
  );
  expect((await driver.deploy('s', { B: { Type: 'AWS::SNS::Topic' } })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(driver.inventory.parameters).toEqual({ '/old': '2' });
});

test('an export in use can be neither changed nor removed', async () => {
  const producer = (v: string) =>
    driver.deploy('p', { A: parameter(v) }, { outputs: { Out: { Value: v, Export: { Name: 'shared' } } } });
  await producer('1');
  await driver.deploy('c', { B: parameter({ 'Fn::ImportValue': 'shared' }) });
  const changed = await producer('2');
  expect([changed.status, changed.events.find((e) => e.status === 'UPDATE_ROLLBACK_IN_PROGRESS')?.reason]).toEqual([
    'UPDATE_ROLLBACK_COMPLETE',
    'Export shared cannot be updated as it is in use by c',
  ]);
  const removed = await driver.deploy('p', { A: parameter('3') });
  expect(removed.events.findLast((e) => e.status === 'UPDATE_ROLLBACK_IN_PROGRESS')?.reason).toBe(
    'Export shared cannot be deleted as it is in use by c',
  );
  await expect(driver.delete('p')).rejects.toThrow('Export shared cannot be deleted as it is in use by c');
});

test("an output of another region's stack is read when a stack is made or updated", async () => {
  const { engine } = driver.cloud;
  const far = driver.cloud.region('us-east-1');
  const there = engine.create(far, {
    name: 'p',
    body: JSON.stringify({ Resources: { A: parameter('1') }, Outputs: { VpcIdG1: { Value: 'vpc-far' } } }),
    parameters: [],
    capabilities: [],
  });
  await engine.settled(there.id, 5_000);
  const read = (key: string) => ({
    B: parameter({ 'Fn::GetStackOutput': { StackName: 'p', OutputName: key, Region: 'us-east-1' } }),
  });
  const stack = await driver.deploy('c', read('VpcIdG1'));
  expect(Object.values(driver.inventory.parameters)).toEqual(['vpc-far']);
  expect(stack.status).toBe('CREATE_COMPLETE');
  const wrong = await driver.deploy('d', read('VpcIdG2'));
  expect(driver.failures(wrong)[0]).toMatch(/Output VpcIdG2 does not exist in stack p/);
});

test('IAM resources need to be acknowledged, named ones more so', async () => {
  const role = (name?: string): Resources => ({
    R: {
      Type: 'AWS::IAM::Role',
      Properties: {
        ...(name ? { RoleName: name } : {}),
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }],
        },
      },
    },
  });
  await expect(driver.deploy('s', role(), { capabilities: [] })).rejects.toThrow('Requires capabilities : [CAPABILITY_IAM]');
  await expect(driver.deploy('s', role('me'), { capabilities: ['CAPABILITY_IAM'] })).rejects.toThrow(
    'Requires capabilities : [CAPABILITY_NAMED_IAM]',
  );
});

test.each([
  [
    'an unknown type',
    { A: { Type: 'AWS::EC2::Nothing' } },
    'Template format error: Unrecognized resource types: [AWS::EC2::Nothing]',
  ],
  ['a type that is not here', { A: { Type: 'AWS::Lambda::Alias' } }, 'Not in the embedded cloud: [AWS::Lambda::Alias]'],
  [
    'a reference to nothing',
    { A: parameter({ Ref: 'B' }) },
    'Template format error: Unresolved resource dependencies [B] in the Resources block of the template',
  ],
  [
    'an attribute that does not exist',
    { A: parameter('1'), B: parameter({ 'Fn::GetAtt': ['A', 'Colour'] }) },
    'Template error: resource A does not support attribute type Colour in Fn::GetAtt',
  ],
  [
    'a circle',
    { A: parameter('1', { DependsOn: 'B' }), B: parameter('1', { DependsOn: 'A' }) },
    'Circular dependency between resources: [A, B]',
  ],
  [
    '501 resources',
    Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`A${i}`, parameter('1')])),
    'Template format error: Number of resources, 501, is greater than maximum allowed, 500',
  ],
])('%s is refused at the door', async (_what, resources, text) => {
  await expect(driver.deploy('s', resources as Resources)).rejects.toThrow(text);
});
