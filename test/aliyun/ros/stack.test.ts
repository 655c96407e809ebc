import * as fc from 'fast-check';
import {
  base64Encode,
  findInMap,
  getAtt,
  join,
  type RosFragment,
  ref,
  resource,
  rosTemplate,
  STACK_ID,
  templateText,
} from '../../../lib/aliyun/ros';

const VPC = resource('ALIYUN::ECS::VPC', { CidrBlock: '10.0.0.0/16' });
const template = (fragment: RosFragment, name = 'cn-beijing-network') => rosTemplate(name, 'for tests', fragment);

test.each<[string, unknown, unknown]>([
  ['Ref', ref('Vpc'), { Ref: 'Vpc' }],
  ['Fn::GetAtt', getAtt('Vpc', 'RouteTableId'), { 'Fn::GetAtt': ['Vpc', 'RouteTableId'] }],
  ['Fn::FindInMap', findInMap('Texts', 'a', ref('B')), { 'Fn::FindInMap': ['Texts', 'a', { Ref: 'B' }] }],
  ['Fn::Join', join('/', [STACK_ID, 'M1Handle']), { 'Fn::Join': ['/', [{ Ref: 'ALIYUN::StackId' }, 'M1Handle']] }],
  ['Fn::Base64Encode', base64Encode('a'), { 'Fn::Base64Encode': 'a' }],
])('%s is written as ROS reads it', (_name, made, written) => {
  expect(made).toEqual(written);
});

test('a template says its version, and its sections in the order of the documentation', () => {
  const made = template({
    Outputs: { VpcIdG1: { Description: 'for links', Value: STACK_ID } },
    Resources: { Vpc: VPC },
    Conditions: { InZoneA: { 'Fn::Equals': [ref('Zone'), 'cn-beijing-a'] } },
    Mappings: { Texts: { a: { b: 'c' } } },
    Parameters: { Zone: { Type: 'String', Description: 'a zone', MaxLength: 64 } },
  });
  expect(Object.entries(made)).toEqual([
    ['ROSTemplateFormatVersion', '2015-09-01'],
    ['Description', 'for tests'],
    ['Parameters', { Zone: { Type: 'String', Description: 'a zone', MaxLength: 64 } }],
    ['Mappings', { Texts: { a: { b: 'c' } } }],
    ['Conditions', { InZoneA: { 'Fn::Equals': [{ Ref: 'Zone' }, 'cn-beijing-a'] } }],
    ['Resources', { Vpc: { Type: 'ALIYUN::ECS::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } }],
    ['Outputs', { VpcIdG1: { Description: 'for links', Value: { Ref: 'ALIYUN::StackId' } } }],
  ]);
});

test('a resource says what it depends on and its policy, and nothing that is not so', () => {
  const disk = resource('ALIYUN::ECS::Disk', { Size: 20 }, { dependsOn: ['Vpc'], deletionPolicy: 'Retain' });
  expect(disk).toEqual({ Type: 'ALIYUN::ECS::Disk', Properties: { Size: 20 }, DependsOn: ['Vpc'], DeletionPolicy: 'Retain' });
  expect(Object.keys(resource('ALIYUN::ECS::Disk', { Size: 20 }, { dependsOn: [] }))).toEqual(['Type', 'Properties']);
});

test('what is undefined is not written, in nested maps and in lists too; only Resources is written when it is empty', () => {
  const tags = [{ Key: 'a', Value: undefined }, undefined] as unknown as { Key: string }[];
  const vpc = resource('ALIYUN::ECS::VPC', { CidrBlock: '10.0.0.0/16', VpcName: undefined, Tags: tags } as object);
  const { Properties } = template({ Resources: { Vpc: vpc } }).Resources.Vpc!;
  expect(Object.keys(Properties!)).toEqual(['CidrBlock', 'Tags']);
  expect((Properties!.Tags as object[]).map(Object.keys)).toEqual([['Key']]);
  expect(Object.keys(template({ Parameters: {}, Outputs: {} }))).toEqual([
    'ROSTemplateFormatVersion',
    'Description',
    'Resources',
  ]);
});

test('the compiler refuses a type that is not emitted, a property that a type has not, and a missing one, nested ones too', () => {
  // @ts-expect-error: it is called VPC
  resource('ALIYUN::ECS::Vpc', {});
  // @ts-expect-error: CidrBlock, VpcId and ZoneId are required
  resource('ALIYUN::ECS::VSwitch', {});
  // @ts-expect-error: it is called SecurityGroupIds
  resource('ALIYUN::ECS::Instance', { InstanceType: 'ecs.g7.large', SecurityGroups: [] });
  // @ts-expect-error: a disk mapping has a size
  resource('ALIYUN::ECS::Instance', { InstanceType: 'ecs.g7.large', DiskMappings: [{ Category: 'cloud_essd' }] });
  // @ts-expect-error: it is called Category
  resource('ALIYUN::ECS::Instance', { InstanceType: 'ecs.g7.large', DiskMappings: [{ Size: '40', Categorie: 'cloud_essd' }] });
  expect(resource('ALIYUN::ECS::VSwitch', { CidrBlock: '10.0.0.0/24', VpcId: ref('Vpc'), ZoneId: 'a' }).Type).toBe(
    'ALIYUN::ECS::VSwitch',
  );
});

test('a parameter and a resource of one name are refused: a Ref does not say which it means', () => {
  expect(() => template({ Parameters: { Vpc: { Type: 'String' } }, Resources: { Vpc: VPC } })).toThrow(
    'Vpc stands twice in stack cn-beijing-network',
  );
});

test.each(['1', 'a_b', '', 'a'.repeat(256)])('a logical id that ROS does not take is refused: %j', (id) => {
  expect(() => template({ Resources: { [id]: VPC } })).toThrow(`"${id}" of stack cn-beijing-network can't be a logical id`);
});

test('a stack name that ROS does not take is refused', () => {
  expect(() => template({}, '1st')).toThrow('1st is no name of a ROS stack');
});

test('the template is the same in whatever order its parts are made', () => {
  const names = ['Vpc', 'Group', 'M1', 'M2', 'Zone'];
  const text = (order: readonly string[]) =>
    templateText(template({ Resources: Object.fromEntries(order.map((name) => [name, VPC])) }));
  fc.assert(
    fc.property(fc.shuffledSubarray(names, { minLength: names.length }), (order) => {
      expect(text(order)).toBe(text(names));
    }),
  );
});
