/** What a call brings is refused before anything is made: everything at once, with where it stands. */
import { cloudFormation } from '../../../lib/embedded-cloud/aws/services/cloudformation';
import { regionOf } from '../../../lib/embedded-cloud/store/world';
import { virtualCloud } from '../../../lib/embedded-cloud/virtual';
import type { Resources } from '../driver';

const topic = { Type: 'AWS::SNS::Topic' };
function asked() {
  const { backend, world } = virtualCloud();
  const region = regionOf(world, '111111111111', 'sa-east-1');
  const call = (action: string, Resources: Resources, more: object = {}, sections: object = {}) =>
    cloudFormation(backend, region, action, {
      StackName: 's',
      TemplateBody: JSON.stringify({ Resources, ...sections }),
      ...more,
    });
  return { region, call };
}

/** Makes a stack in virtual time, and updates it: its last status, and which resources failed with what their services said. */
async function made(...versions: Resources[]): Promise<{ status: string | undefined; failed: string[] }> {
  const { engine, world, clock } = virtualCloud();
  const region = regionOf(world, '111111111111', 'sa-east-1');
  for (const Resources of versions) {
    const request = { name: 's', body: JSON.stringify({ Resources }), parameters: [], capabilities: [] };
    const stack = engine.find(region, 's') ? engine.update(region, request) : engine.create(region, request);
    await clock.run(engine.over(stack.id));
  }
  const stack = engine.find(region, 's');
  const failed = stack?.events.filter(({ status, type }) => /_FAILED$/.test(status) && !type.endsWith('::Stack')) ?? [];
  return { status: stack?.status, failed: failed.map((e) => `${e.logicalId}: ${e.reason?.replace(/ \(Service: .*/, '')}`) };
}

const said = async (doing: Promise<unknown>): Promise<string[]> => {
  const message = await doing.then(
    () => '',
    (e: Error) => e.message,
  );
  return message.split('\n');
};

test.each(['CreateStack', 'CreateChangeSet', 'ValidateTemplate'])('%s names all faults, and makes nothing', async (action) => {
  const { region, call } = asked();
  const faults = await said(
    call(
      action,
      {
        Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'hosts', Nonsense: true } },
        Disk: { Type: 'AWS::EC2::Volume', Properties: { AvailabilityZone: 'sa-east-1a', Size: 100, VolumeType: 'gp4' } },
      },
      { ChangeSetName: 'c', ChangeSetType: 'CREATE' },
    ),
  );
  expect(faults).toEqual([
    expect.stringMatching(/^Group\.Properties.*Nonsense.*\(F3002\)$/),
    expect.stringMatching(/^Disk\.Properties\.VolumeType: 'gp4' is not one of .* \(W3030\)$/),
  ]);
  expect(region.stacks).toEqual({});
});

test('UpdateStack refuses it too, and keeps no change set of it', async () => {
  const { region, call } = asked();
  await call('CreateStack', { T: topic });
  const [stack] = Object.values(region.stacks);
  if (stack) stack.status = 'CREATE_COMPLETE';
  expect(await said(call('UpdateStack', { T: { ...topic, Properties: { Nonsense: true } } }))).toEqual([
    expect.stringMatching(/^T\.Properties.*Nonsense.*\(F3002\)$/),
  ]);
  expect(stack?.changeSets).toEqual({});
});

test('parameters are what was given, in what is asked of the schemas too', async () => {
  const { call } = asked();
  const sections = { Parameters: { Kind: { Type: 'String', Default: 'gp3' }, N: { Type: 'Number', MinValue: 3, Default: 3 } } };
  const volume = { AvailabilityZone: 'sa-east-1a', Size: 9, VolumeType: { Ref: 'Kind' } };
  const resources = { T: { Type: 'AWS::EC2::Volume', Properties: volume } };
  const given = (ParameterKey: string, ParameterValue: string) => ({ Parameters: [{ ParameterKey, ParameterValue }] });
  expect(await said(call('CreateStack', resources, given('Kind', 'gp4'), sections))).toEqual([
    expect.stringMatching(/^T\.Properties\.VolumeType: 'gp4' is not one of /),
  ]);
  expect(await said(call('CreateStack', resources, given('N', '2'), sections))).toEqual([
    "Parameter 'N' must be a number not less than 3",
  ]);
  expect(await said(call('CreateStack', resources, given('N', '4'), sections))).toEqual(['']);
});

test('what is in a branch that no condition takes is not asked for', async () => {
  const { call } = asked();
  const sections = { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } };
  const wrong = { ...topic, Condition: 'Never', Properties: { TopicName: 'a b', Nonsense: true } };
  const chosen = { ...topic, DependsOn: 'Wrong', Properties: { DisplayName: { 'Fn::If': ['Never', ['a'], 'b'] } } };
  expect(await said(call('CreateStack', { Wrong: wrong, T: chosen }, {}, sections))).toEqual(['']);
});

test.each<[string, Resources, string]>([
  [
    'a topic',
    { T: { ...topic, Properties: { TopicName: 'a b' } } },
    "1 validation error detected: Value 'a b' at 'topicName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[A-Za-z0-9_-]+(\\.fifo)?$",
  ],
  [
    'a volume',
    { T: { Type: 'AWS::EC2::Volume', Properties: { AvailabilityZone: 'sa-east-1a', Size: 9, VolumeType: 'gp3', Iops: 1 } } },
    "The volume can't be made: gp3 takes 3000 to 80000 operations a second, not 1",
  ],
])('what only the service of %s knows is taken at the call, and fails as it is made', async (_what, resources, words) => {
  const { call } = asked();
  expect(await said(call('ValidateTemplate', resources))).toEqual(['']);
  expect(await made(resources)).toMatchObject({ status: 'ROLLBACK_COMPLETE', failed: [`T: ${words}`] });
});

test('an update that the service refuses goes back to what stood', async () => {
  const named = (TopicName: string) => ({ T: { ...topic, Properties: { TopicName, DisplayName: TopicName } } });
  expect(await made(named('a'), named('a b'))).toMatchObject({
    status: 'UPDATE_ROLLBACK_COMPLETE',
    failed: [expect.stringMatching(/^T: .*Value 'a b' at 'topicName' failed to satisfy constraint/)],
  });
});

test('metadata that is no map is refused', async () => {
  const { call } = asked();
  expect(await said(call('ValidateTemplate', { T: { ...topic, Metadata: 'words' } }))).toEqual([
    'Template format error: [/Resources/T/Metadata] must be an object',
  ]);
  expect(await said(call('ValidateTemplate', { T: topic }, {}, { Metadata: 'words' }))).toEqual([
    'Template format error: [/Metadata] must be an object',
  ]);
});

test('of very many faults the first are named, and how many more there are', async () => {
  const { call } = asked();
  const many = Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [`T${i}`, { ...topic, Properties: { [`Nonsense${i}`]: true } }]),
  );
  const faults = await said(call('ValidateTemplate', many));
  expect(faults).toHaveLength(21);
  expect(faults.at(-1)).toMatch(/^\.\.\. and \d+ more$/);
});
