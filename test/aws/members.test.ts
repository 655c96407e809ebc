import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { MembersFleet } from '../../lib/aws/fleet/members';
import { literalUserData } from '../../lib/aws/fleet/user-data';
import { membersStackPolicy } from '../../lib/aws/stack-policy';
import type { MembersFleetPlan } from '../../lib/plan/model';
import {
  allResources,
  FLEETS,
  HOST_GW,
  ofType,
  plan,
  region,
  STORAGE,
  synth,
  TEXT,
  template,
  userData,
  VOTERS,
} from './fixtures';

const SHARD = 'sa-east-1-core-storage-1';
const storage = (options: Parameters<typeof synth>[1] = {}, rest = HOST_GW) =>
  template(synth(plan([region(FLEETS, rest)]), options), SHARD);

test('a member is an instance on a network interface with a fixed address, never from a launch template', () => {
  const found = storage();
  expect(ofType(found, 'AWS::EC2::LaunchTemplate')).toEqual([]);
  expect(found.Resources.M2Interface).toEqual({
    Type: 'AWS::EC2::NetworkInterface',
    Properties: {
      Description: 'sa-east-1-core-storage-2',
      GroupSet: [
        { 'Fn::ImportValue': 'sa-east-1-network:SecurityGroupCoreStorageG1' },
        { 'Fn::ImportValue': 'sa-east-1-network:SecurityGroupContainersG1' },
      ],
      PrivateIpAddress: '10.9.40.64',
      SourceDestCheck: false,
      SubnetId: { 'Fn::ImportValue': 'sa-east-1-network:SubnetMembersBG1' },
      Tags: [{ Key: 'Name', Value: 'sa-east-1-core-storage-2' }],
    },
  });
  const instance = found.Resources.M2InstanceG1!.Properties!;
  expect(instance.LaunchTemplate).toBeUndefined();
  expect(instance.NetworkInterfaces).toEqual([{ DeviceIndex: '0', NetworkInterfaceId: { Ref: 'M2Interface' } }]);
  // What an interface given by id decides may not be said again.
  for (const name of ['SubnetId', 'SecurityGroupIds', 'PrivateIpAddress', 'SourceDestCheck'])
    expect(instance[name]).toBeUndefined();
});

test('image, root size, key and zone of a member come from its lock', () => {
  const lock = { image: 'ami-0old', rootGb: 33, key: 'ops', zone: 'sa-east-1c', generation: 4 };
  const from = plan([region(FLEETS)], (key, entry) => (key === 'core/storage/1' ? lock : entry));
  const found = template(synth(from), SHARD);
  const instance = found.Resources.M1InstanceG4!.Properties!;
  expect(instance).toMatchObject({ ImageId: 'ami-0old', KeyName: 'ops' });
  expect(instance.BlockDeviceMappings).toEqual([
    {
      DeviceName: '/dev/xvda',
      Ebs: { Encrypted: true, KmsKeyId: 'alias/meissa-example-sa-east-1', VolumeSize: 33, VolumeType: 'gp3' },
    },
  ]);
  expect(found.Resources.M1VolumeData!.Properties!.AvailabilityZone).toBe('sa-east-1c');
});

test('data volumes are encrypted, retained, attached by the instance, and the host finds them by its tags', () => {
  const found = storage();
  expect(found.Resources.M1VolumeData).toMatchObject({
    Properties: { Encrypted: true, KmsKeyId: 'alias/meissa-example-sa-east-1', Size: 500, VolumeType: 'gp3' },
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  });
  const instance = found.Resources.M1InstanceG1!.Properties!;
  expect(instance.Volumes).toEqual([{ Device: '/dev/sdg', VolumeId: { Ref: 'M1VolumeData' } }]);
  expect(instance.Tags).toContainEqual({ Key: 'meissa:volume:data', Value: { Ref: 'M1VolumeData' } });
});

test('IMDSv2 is required, its tags are on, and one hop is the limit', () => {
  for (const [, { Properties }] of ofType(storage(), 'AWS::EC2::Instance')) {
    expect(Properties!.MetadataOptions).toEqual({
      HttpPutResponseHopLimit: 1,
      HttpTokens: 'required',
      InstanceMetadataTags: 'enabled',
    });
  }
});

test("a member's routes stand in the member's own shard: one in every route table, at its interface", () => {
  const routes = ofType(storage(), 'AWS::EC2::Route').filter(([id]) => id.startsWith('M1Route'));
  expect(routes.map(([id]) => id)).toEqual(['M1RoutePublic', 'M1RoutePrivateA', 'M1RoutePrivateB', 'M1RoutePrivateC']);
  expect(routes[1]![1].Properties).toEqual({
    DestinationCidrBlock: '172.16.2.0/26',
    NetworkInterfaceId: { Ref: 'M1Interface' },
    RouteTableId: { 'Fn::ImportValue': 'sa-east-1-network:RouteTablePrivateAG1' },
  });
});

describe('user-data', () => {
  test("a fleet's text stands once in the template, and each member reads it without an intrinsic inside", () => {
    const found = storage();
    expect(found.Mappings).toEqual({ UserData: { Fleet: { Text: TEXT } } });
    for (const [, { Properties }] of ofType(found, 'AWS::EC2::Instance')) {
      expect(Properties!.UserData).toEqual({ 'Fn::Base64': { 'Fn::FindInMap': ['UserData', 'Fleet', 'Text'] } });
    }
  });

  test('text with ${} arrives as it was written', () => {
    expect(TEXT).toContain('${HOME}');
    expect(JSON.stringify(storage())).not.toContain('Fn::Sub"');
    expect(storage().Mappings.UserData!.Fleet!.Text).toBe(TEXT);
  });

  test('gzipped text is stored as base64 and used as it is', () => {
    const data = userData('x'.repeat(20_000), true);
    const found = storage({ userDataOf: () => data });
    expect(found.Mappings).toEqual({ UserData: { Fleet: { Base64: data.base64 } } });
    expect(found.Resources.M1InstanceG1!.Properties!.UserData).toEqual({ 'Fn::FindInMap': ['UserData', 'Fleet', 'Base64'] });
  });

  test('a token in it is refused: it would reach the host by its name', () => {
    const stack = new Stack(new App(), 'Kafka');
    const props = { members: [], instanceType: 'm5.large', instanceProfile: 'p', subnets: {}, securityGroups: ['sg-1'] };
    const userData = literalUserData(`echo ${stack.stackId}`);
    expect(() => new MembersFleet(stack, 'Brokers', { ...props, userData })).toThrow('Kafka/Brokers: user-data holds a token');
  });

  test('no intrinsic function but Base64 of FindInMap carries user-data anywhere in a region', () => {
    const allowed = ['{"Fn::Base64":{"Fn::FindInMap":["UserData","Fleet","Text"]}}'];
    for (const resource of allResources(synth(plan())).values()) {
      const data = resource.Properties?.LaunchTemplateData as { UserData?: unknown } | undefined;
      const text = JSON.stringify(data?.UserData ?? resource.Properties?.UserData);
      if (text !== undefined) expect(allowed).toContain(text);
    }
  });
});

test('at most 2.2 KB a member with 12 KB of user-data, gate included', () => {
  const text = '#cloud-config\n' + 'a line of "text" with $HOME\n'.repeat(425);
  expect(text.length).toBeGreaterThan(11_500);
  for (const count of [90, 120]) {
    const fleet = { ...VOTERS, count, addresses: { ...VOTERS.addresses, perZone: 1500 } };
    const bytes = synth(plan([region([fleet])]), { userDataOf: () => userData(text) }).text.get('sa-east-1-core-voters')!.length;
    expect(bytes / count).toBeLessThan(2_200);
  }
});

test('a fleet can be used alone in a CDK app, with tokens for what the app has', () => {
  const stack = new Stack(new App(), 'Kafka');
  const fleet = new MembersFleet(stack, 'Brokers', {
    members: plan([region([{ ...STORAGE, count: 2 }, VOTERS])]).regions[0]!.fleets.flatMap((f) =>
      f.kind === 'members' && f.name === 'storage' ? f.members : [],
    ),
    userData: literalUserData('#cloud-config\n'),
    instanceType: 'm5.large',
    instanceProfile: stack.resolve('profile'),
    subnets: { MembersA: stack.formatArn({ service: 'ec2', resource: 'a' }), MembersB: 'subnet-b' },
    securityGroups: ['sg-1'],
  });
  const found = Template.fromStack(stack).toJSON();
  expect(found.Resources.M1Interface.Properties.SubnetId).toEqual({
    'Fn::Join': [
      '',
      ['arn:', { Ref: 'AWS::Partition' }, expect.any(String), { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':a'],
    ],
  });
  expect(fleet.member(2).address).toBe('10.9.40.64');
  expect(() => fleet.member(3)).toThrow('Kafka/Brokers has no member 3');
});

test('a volume that was made anew has an id of its own, which no other volume can have; the one before it may leave the stack', () => {
  const from = (absent: boolean) =>
    plan([region(FLEETS)], (key, entry) =>
      key === 'core/storage/2' ? { ...entry, generation: absent ? 3 : 4, absent, volumes: { data: 4 } } : entry,
    );
  const after = template(synth(from(false)), SHARD);
  expect(after.Resources.M2G4VolumeData).toMatchObject({ Type: 'AWS::EC2::Volume', DeletionPolicy: 'Retain' });
  expect(after.Resources.M2VolumeData).toBeUndefined();
  const instance = after.Resources.M2InstanceG4!.Properties!;
  expect(instance.Volumes).toEqual([{ Device: '/dev/sdg', VolumeId: { Ref: 'M2G4VolumeData' } }]);
  expect(instance.Tags).toContainEqual({ Key: 'meissa:volume:data', Value: { Ref: 'M2G4VolumeData' } });
  const fleet = from(true).regions[0]!.fleets.find(({ name }) => name === 'storage')! as MembersFleetPlan;
  expect(JSON.stringify(membersStackPolicy(fleet))).toContain(
    '"NotResource":["LogicalResourceId/M2InstanceG3","LogicalResourceId/M2VolumeData","LogicalResourceId/M2G2VolumeData","LogicalResourceId/M2G3VolumeData"]',
  );
});
