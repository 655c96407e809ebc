/** What a call brings is refused before anything is made: everything at once, with where it stands. */
import { cloudFormation } from '../../../lib/embedded-cloud/aws/services/cloudformation';
import { regionOf } from '../../../lib/embedded-cloud/store/world';
import { virtualCloud } from '../../../lib/embedded-cloud/virtual';
import type { Resources } from '../driver';

const topic = { Type: 'AWS::SNS::Topic' };
const rule = (more: object) => ({ IpProtocol: 'tcp', FromPort: 443, ToPort: 80, CidrIp: '10.0.0.0/8', ...more });
const group = (...rules: object[]) => ({
  Type: 'AWS::EC2::SecurityGroup',
  Properties: { GroupDescription: 'hosts', VpcId: 'vpc-0123456789abcdef0', SecurityGroupIngress: rules },
});

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
        Group: group(rule({}), rule({ ToPort: 443 }), rule({ ToPort: '443', IpProtocol: '6' })),
        Disk: { Type: 'AWS::EC2::Volume', Properties: { AvailabilityZone: 'sa-east-1a', Size: 100, VolumeType: 'gp3', Iops: 1 } },
      },
      { ChangeSetName: 'c', ChangeSetType: 'CREATE' },
    ),
  );
  expect(faults).toEqual([
    "Group: SecurityGroupIngress.0: Invalid value '443-80' for portRange. The from port is greater than the to port.",
    'Group: SecurityGroupIngress: the same permission must not appear multiple times: 6 CidrIp="10.0.0.0/8" FromPort="443" ToPort="443"',
    'Disk: gp3 takes 3000 to 80000 operations a second, not 1',
    expect.stringMatching(/^Group\.Properties\.SecurityGroupIngress.*FromPort 443 is greater than ToPort 80 \(E9002\)$/),
  ]);
  expect(region.stacks).toEqual({});
});

test('UpdateStack refuses it too, and keeps no change set of it', async () => {
  const { region, call } = asked();
  await call('CreateStack', { T: topic });
  const [stack] = Object.values(region.stacks);
  if (stack) stack.status = 'CREATE_COMPLETE';
  expect(await said(call('UpdateStack', { T: { ...topic, Properties: { TopicName: 'a b' } } }))).toEqual([
    'T: TopicName: Invalid parameter: Topic Name: a b',
  ]);
  expect(stack?.changeSets).toEqual({});
});

test('parameters are what was given, in what is asked of the service too', async () => {
  const { call } = asked();
  const sections = { Parameters: { Name: { Type: 'String', Default: 'right' }, N: { Type: 'Number', MinValue: 3, Default: 3 } } };
  const resources = { T: { ...topic, Properties: { TopicName: { Ref: 'Name' } } } };
  const given = (ParameterKey: string, ParameterValue: string) => ({ Parameters: [{ ParameterKey, ParameterValue }] });
  expect(await said(call('CreateStack', resources, given('Name', 'not right'), sections))).toEqual([
    'T: TopicName: Invalid parameter: Topic Name: not right',
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

test('routes of two imported tables to one network are two routes', async () => {
  const { call } = asked();
  const route = (table: string) => ({
    Type: 'AWS::EC2::Route',
    Properties: {
      RouteTableId: { 'Fn::ImportValue': table },
      DestinationCidrBlock: '10.9.0.0/16',
      TransitGatewayId: 'tgw-0123456789abcdef0',
    },
  });
  expect(await said(call('ValidateTemplate', { A: route('a'), B: route('b') }))).toEqual(['']);
  expect(await said(call('ValidateTemplate', { A: route('a'), B: route('a') }))).toEqual([
    'The route identified by ["Fn::ImportValue \\"a\\"","10.9.0.0/16",""] already exists.',
  ]);
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
    Array.from({ length: 30 }, (_, i) => [`T${i}`, { ...topic, Properties: { TopicName: 'a b' } }]),
  );
  const faults = await said(call('ValidateTemplate', many));
  expect(faults).toHaveLength(21);
  expect(faults.at(-1)).toMatch(/^\.\.\. and \d+ more$/);
});
