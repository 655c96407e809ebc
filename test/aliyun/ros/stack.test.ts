import { Construct, RootConstruct } from 'constructs';
import * as fc from 'fast-check';
import {
  addFragment,
  Condition,
  ecs,
  equals,
  getAtt,
  Mapping,
  Output,
  Parameter,
  pseudo,
  ref,
  resource,
  Stack,
  templateText,
} from '../../../lib/aliyun/ros';

function stack(id = 'cn-beijing-network'): Stack {
  return new Stack(new RootConstruct(), id, { region: 'cn-beijing' });
}

test('a template says its version, and its sections in the order of the documentation', () => {
  const network = stack();
  new Output(network, 'VpcIdG1', { value: pseudo.stackId, description: 'for links' });
  new ecs.VPC(network, 'Vpc', { CidrBlock: '10.0.0.0/16' });
  const parameter = new Parameter(network, 'Zone', { description: 'a zone', maxLength: 64 });
  new Condition(network, 'InZoneA', { expression: equals(parameter.ref, 'cn-beijing-a') });
  new Mapping(network, 'Texts', { map: { a: { b: 'c' } } });
  expect(Object.keys(network.toTemplate())).toEqual([
    'ROSTemplateFormatVersion',
    'Parameters',
    'Mappings',
    'Conditions',
    'Resources',
    'Outputs',
  ]);
  expect(network.toTemplate()).toEqual({
    ROSTemplateFormatVersion: '2015-09-01',
    Parameters: { Zone: { Type: 'String', Description: 'a zone', MaxLength: 64 } },
    Mappings: { Texts: { a: { b: 'c' } } },
    Conditions: { InZoneA: { 'Fn::Equals': [{ Ref: 'Zone' }, 'cn-beijing-a'] } },
    Resources: { Vpc: { Type: 'ALIYUN::ECS::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } },
    Outputs: { VpcIdG1: { Description: 'for links', Value: { Ref: 'ALIYUN::StackId' } } },
  });
});

test('a resource says what it depends on, its policy, its condition and its metadata', () => {
  const network = stack();
  const always = new Condition(network, 'Always', { expression: equals('a', 'a') });
  const vpc = new ecs.VPC(network, 'Vpc', { CidrBlock: '10.0.0.0/16' }, { metadata: { note: 'kept' } });
  const disk = new ecs.Disk(
    network,
    'Disk',
    { Size: 20, ZoneId: 'cn-beijing-a' },
    { dependsOn: [vpc, 'Elsewhere'], deletionPolicy: 'Retain', condition: always },
  );
  disk.addDependency(vpc);
  expect(network.toTemplate().Resources).toEqual({
    Vpc: { Type: 'ALIYUN::ECS::VPC', Properties: { CidrBlock: '10.0.0.0/16' }, Metadata: { note: 'kept' } },
    Disk: {
      Type: 'ALIYUN::ECS::Disk',
      Properties: { Size: 20, ZoneId: 'cn-beijing-a' },
      DependsOn: ['Elsewhere', 'Vpc'],
      DeletionPolicy: 'Retain',
      Condition: 'Always',
    },
  });
});

test('a property that is undefined is not written, however deep', () => {
  const network = stack();
  new ecs.VPC(network, 'Vpc', { CidrBlock: '10.0.0.0/16', VpcName: undefined, Tags: [{ Key: 'a', Value: undefined }] });
  const { Properties } = network.toTemplate().Resources.Vpc!;
  expect(Object.keys(Properties!)).toEqual(['CidrBlock', 'Tags']);
  expect(Object.keys((Properties!.Tags as object[])[0]!)).toEqual(['Key']);
});

test('ref and getAtt are plain data that name the resource', () => {
  const vpc = new ecs.VPC(stack(), 'Vpc', { CidrBlock: '10.0.0.0/16' });
  expect(vpc.ref).toEqual(ref('Vpc'));
  expect(vpc.getAtt('RouteTableId')).toEqual(getAtt('Vpc', 'RouteTableId'));
  // @ts-expect-error: not an attribute of a VPC
  vpc.getAtt('CidrBlok');
});

test('the compiler refuses a property that the type has not, a missing one, and a value that is not allowed', () => {
  // @ts-expect-error: CidrBlock, VpcId and ZoneId are required
  resource('ALIYUN::ECS::VSwitch', {});
  // @ts-expect-error: it is called SecurityGroupIds
  resource('ALIYUN::ECS::Instance', { InstanceType: 'ecs.g7.large', SecurityGroups: [] });
  // @ts-expect-error: internet or intranet
  resource('ALIYUN::ECS::SecurityGroupIngress', { IpProtocol: 'tcp', PortRange: '22/22', NicType: 'private' });
  // @ts-expect-error: a disk mapping has a size
  resource('ALIYUN::ECS::Instance', { InstanceType: 'ecs.g7.large', DiskMappings: [{ Category: 'cloud_essd' }] });
  expect(resource('ALIYUN::ECS::VSwitch', { CidrBlock: '10.0.0.0/24', VpcId: ref('Vpc'), ZoneId: 'a' }).Type).toBe(
    'ALIYUN::ECS::VSwitch',
  );
});

test('a logical id is the path below the stack, without marks and without names that say nothing', () => {
  const network = stack();
  const zone = new Construct(network, 'zone-a');
  expect(new ecs.VPC(zone, 'Resource', {}).logicalId).toBe('zonea');
  expect(new ecs.VPC(zone, 'Public_1', {}).logicalId).toBe('zoneaPublic1');
  expect(new ecs.VPC(zone, 'x', {}, { logicalId: 'M1InstanceG1' }).logicalId).toBe('M1InstanceG1');
});

test('two paths that give one logical id are refused, and so are two blocks with one id', () => {
  const network = stack();
  new ecs.VPC(network, 'a-b', {});
  expect(() => new ecs.VPC(network, 'ab', {})).toThrow(
    'ab stands twice in stack cn-beijing-network: from cn-beijing-network/a-b',
  );
  const block = { Resources: { ab: resource('ALIYUN::ECS::VPC', {}) } };
  expect(() => addFragment(network, block)).toThrow('ab stands twice');
  expect(() => new Parameter(network, 'x', { logicalId: 'ab' })).toThrow('ab stands twice');
});

test('a logical id that ROS does not take is refused', () => {
  expect(() => new ecs.VPC(stack(), '1', {})).toThrow('"1" of cn-beijing-network/1 can\'t be a logical id');
  expect(() => new ecs.VPC(stack(), 'a', {}, { logicalId: 'a_b' })).toThrow('"a_b"');
});

test('a stack name that ROS does not take is refused', () => {
  expect(() => stack('1st')).toThrow('1st is no name of a ROS stack');
});

test('a reference to a resource of another stack is refused with what to do instead, in blocks too', () => {
  const root = new RootConstruct();
  const network = new Stack(root, 'network', { region: 'cn-beijing' });
  const members = new Stack(root, 'members', { region: 'cn-beijing' });
  const vpc = new ecs.VPC(network, 'Vpc', { CidrBlock: '10.0.0.0/16' });
  addFragment(members, { Resources: { Group: resource('ALIYUN::ECS::SecurityGroup', { VpcId: vpc.ref }) } });
  expect(() => members.toTemplate()).toThrow(
    'Resources.Group of stack members refers to {"Ref":"Vpc"} of stack network: a ROS template reads only its own stack. Give network an output and members a parameter',
  );
  expect(() => new ecs.VPC(members, 'Other', {}, { dependsOn: [vpc] })).toThrow('it stands in stack network');
});

test('a condition of another stack is refused, for resources and for outputs', () => {
  const root = new RootConstruct();
  const condition = new Condition(new Stack(root, 'one', { region: 'cn-beijing' }), 'Always', { expression: equals('a', 'a') });
  const two = new Stack(root, 'two', { region: 'cn-beijing' });
  new Output(two, 'Text', { value: 'a', condition });
  expect(() => two.toTemplate()).toThrow("two/Text can't be conditioned by one/Always: it stands in stack one");
  const three = new Stack(root, 'three', { region: 'cn-beijing' });
  new ecs.VPC(three, 'Vpc', {}, { condition });
  expect(() => three.toTemplate()).toThrow("three/Vpc can't be conditioned by one/Always");
});

test('a construct outside a ROS stack is refused', () => {
  expect(() => new ecs.VPC(new Construct(new RootConstruct(), 'a'), 'b', {})).toThrow('stands in no ROS stack');
});

test('a value that a mapping does not have is refused', () => {
  const mapping = new Mapping(stack(), 'Texts', { map: { a: { b: 'c' } } });
  expect(mapping.find('a', 'b')).toEqual({ 'Fn::FindInMap': ['Texts', 'a', 'b'] });
  expect(() => mapping.find('a', 'c')).toThrow('the mapping Texts has no a.c');
});

test('the template is the same in whatever order siblings are made', () => {
  const make: Record<string, (s: Stack) => unknown> = {
    vpc: (s) => new ecs.VPC(s, 'Vpc', { CidrBlock: '10.0.0.0/16' }),
    group: (s) => new ecs.SecurityGroup(s, 'Group', { VpcId: ref('Vpc') }, { dependsOn: ['Vpc'] }),
    zone: (s) => new Parameter(s, 'Zone'),
    output: (s) => new Output(s, 'VpcIdG1', { value: ref('Vpc') }),
    block: (s) => addFragment(s, { Resources: { M1: resource('ALIYUN::ECS::Disk', {}), M2: resource('ALIYUN::ECS::Disk', {}) } }),
  };
  const text = (order: readonly string[]) => {
    const network = stack();
    for (const name of order) make[name]!(network);
    return templateText(network.toTemplate());
  };
  const names = Object.keys(make);
  const first = text(names);
  fc.assert(
    fc.property(fc.shuffledSubarray(names, { minLength: names.length }), (order) => {
      expect(text(order)).toBe(first);
    }),
  );
});
