import * as fc from 'fast-check';
import { EMITTED_TYPES, lintTemplate, type RosResourceJson, type RosTemplate, resource } from '../../../lib/aliyun/ros';
import { resourceOf, templateOf } from './arbitrary-template';
import { sharedSchema } from './shared-schema';

function template(Resources: Readonly<Record<string, unknown>>, more: object = {}): RosTemplate {
  return { ROSTemplateFormatVersion: '2015-09-01', ...more, Resources } as RosTemplate;
}

/** Codes and paths: `ROS_UNKNOWN_TYPE Resources.A.Type`. */
function found(value: unknown): string[] {
  return lintTemplate(value).map(({ code, path }) => `${code} ${path}`);
}

const vpc = resource('ALIYUN::ECS::VPC', { CidrBlock: '10.0.0.0/16' });

test('a template that is right has no findings', () => {
  const group = resource('ALIYUN::ECS::SecurityGroup', {
    VpcId: { Ref: 'Vpc' },
    SecurityGroupName: { 'Fn::Sub': '${ALIYUN::StackName}-${Zone}' },
  });
  const all = template(
    { Vpc: vpc, Group: { ...group, DependsOn: ['Vpc'], Condition: 'InA' } },
    {
      Parameters: { Zone: { Type: 'String' } },
      Conditions: { InA: { 'Fn::Equals': [{ Ref: 'Zone' }, 'a'] }, Both: { 'Fn::And': ['InA', { 'Fn::Not': 'InA' }] } },
      Mappings: { Texts: { a: { b: 'c' } } },
      Outputs: {
        Table: { Value: { 'Fn::GetAtt': ['Vpc', 'RouteTableId'] } },
        Text: { Value: { 'Fn::FindInMap': ['Texts', 'a', 'b'] } },
      },
    },
  );
  expect(lintTemplate(all)).toEqual([]);
});

test('a finding says the file, what is wrong with the nearest right name, why, and what to write', () => {
  const [finding] = lintTemplate(
    template({ Vpc: { Type: 'ALIYUN::ECS::VPC', Properties: { CidrBlok: 'x' } } }),
    EMITTED_TYPES,
    'a.json',
  );
  expect(finding).toMatchObject({
    code: 'ROS_UNKNOWN_PROPERTY',
    severity: 'error',
    file: 'a.json',
    line: 0,
    path: 'Resources.Vpc.Properties.CidrBlok',
    message: 'ALIYUN::ECS::VPC has no property CidrBlok here. Did you mean "CidrBlock"?',
  });
  expect(finding!.why).not.toBe('');
  expect(finding!.fix).toContain('CidrBlock');
});

test.each<[string, unknown, string[]]>([
  ['an unknown type', { A: { Type: 'ALIYUN::ECS::Vpc' } }, ['ROS_UNKNOWN_TYPE Resources.A.Type']],
  [
    'an unknown property in a nested map',
    { A: resource('ALIYUN::ECS::VPC', { Tags: [{ Key: 'a', Valeu: 'b' } as never] }) },
    ['ROS_UNKNOWN_PROPERTY Resources.A.Properties.Tags.0.Valeu'],
  ],
  [
    'names that are longer than the calls behind take',
    {
      A: resource('ALIYUN::RAM::Role', {
        AssumeRolePolicyDocument: { Statement: [], Version: '1' },
        RoleName: 'r'.repeat(65),
      } as never),
      B: resource('ALIYUN::ECS::Disk', { DiskName: 'd'.repeat(129), ZoneId: 'z' } as never),
      C: resource('ALIYUN::ECS::Disk', { DiskName: 'd'.repeat(128), ZoneId: 'z' } as never),
    },
    ['ROS_WRONG_LENGTH Resources.A.Properties.RoleName', 'ROS_WRONG_LENGTH Resources.B.Properties.DiskName'],
  ],
  [
    'a missing property',
    { A: { Type: 'ALIYUN::OSS::Bucket', Properties: {} } },
    ['ROS_MISSING_PROPERTY Resources.A.Properties.BucketName'],
  ],
  [
    'a missing property in a nested map',
    { A: resource('ALIYUN::ECS::Instance', { InstanceType: 'a', DiskMappings: [{} as never] }) },
    ['ROS_MISSING_PROPERTY Resources.A.Properties.DiskMappings.0.Size'],
  ],
  [
    'text where a number is wanted',
    { A: { Type: 'ALIYUN::ECS::Disk', Properties: { Size: '20' } } },
    ['ROS_WRONG_KIND Resources.A.Properties.Size'],
  ],
  [
    'a fraction where a whole number is wanted',
    { A: { Type: 'ALIYUN::ECS::Disk', Properties: { Size: 20.5 } } },
    ['ROS_WRONG_KIND Resources.A.Properties.Size'],
  ],
  [
    'null',
    { A: { Type: 'ALIYUN::ECS::VPC', Properties: { CidrBlock: null } } },
    ['ROS_WRONG_KIND Resources.A.Properties.CidrBlock'],
  ],
  [
    'a map where a list is wanted',
    { A: { Type: 'ALIYUN::ECS::VPC', Properties: { Tags: {} } } },
    ['ROS_WRONG_KIND Resources.A.Properties.Tags'],
  ],
  [
    'a value that is not allowed',
    { A: { Type: 'ALIYUN::ECS::Disk', Properties: { MultiAttach: 'enabled' } } },
    ['ROS_VALUE_NOT_ALLOWED Resources.A.Properties.MultiAttach'],
  ],
  [
    'a number out of range',
    { A: resource('ALIYUN::VPC::BgpGroup', { RouterId: 'vbr-1', PeerAsn: 65000, RouteQuota: 111 }) },
    ['ROS_OUT_OF_RANGE Resources.A.Properties.RouteQuota'],
  ],
  [
    'a text too short',
    { A: resource('ALIYUN::ECS::Instance', { InstanceType: 'a', HostName: 'h' }) },
    ['ROS_WRONG_LENGTH Resources.A.Properties.HostName'],
  ],
  [
    'a text of the wrong form',
    { A: resource('ALIYUN::ECS::VPC', { VpcName: 'http://a' }) },
    ['ROS_PATTERN Resources.A.Properties.VpcName'],
  ],
  [
    'a wrong end of a choice',
    { A: { Type: 'ALIYUN::ECS::Disk', Properties: { Size: { 'Fn::If': ['C', 'x', 20] } } } },
    ['ROS_DANGLING_CONDITION Resources.A.Properties.Size', 'ROS_WRONG_KIND Resources.A.Properties.Size.Fn::If.1'],
  ],
  [
    'a function of CloudFormation',
    { A: { Type: 'ALIYUN::ECS::VPC', Properties: { CidrBlock: { 'Fn::ImportValue': 'a' } } } },
    ['ROS_UNKNOWN_FUNCTION Resources.A.Properties.CidrBlock'],
  ],
  [
    'a Ref to nothing',
    { A: resource('ALIYUN::ECS::VPC', { CidrBlock: { Ref: 'B' } }) },
    ['ROS_DANGLING_REFERENCE Resources.A.Properties.CidrBlock'],
  ],
  [
    'a GetAtt of nothing',
    { A: resource('ALIYUN::ECS::VPC', { CidrBlock: { 'Fn::GetAtt': ['B', 'C'] } }) },
    ['ROS_DANGLING_REFERENCE Resources.A.Properties.CidrBlock'],
  ],
  [
    'a name in a Sub that names nothing',
    { A: resource('ALIYUN::ECS::VPC', { CidrBlock: { 'Fn::Sub': '${B}${!C}' } }) },
    ['ROS_DANGLING_REFERENCE Resources.A.Properties.CidrBlock'],
  ],
  ['a DependsOn on nothing', { A: { ...vpc, DependsOn: 'B' } }, ['ROS_DANGLING_DEPENDENCY Resources.A.DependsOn']],
  ['a Condition that is not there', { A: { ...vpc, Condition: 'B' } }, ['ROS_DANGLING_CONDITION Resources.A.Condition']],
  [
    'a mapping that is not there',
    { A: resource('ALIYUN::ECS::VPC', { CidrBlock: { 'Fn::FindInMap': ['B', 'c', 'd'] } }) },
    ['ROS_DANGLING_MAPPING Resources.A.Properties.CidrBlock'],
  ],
  [
    'an unknown attribute',
    { V: vpc, A: resource('ALIYUN::ECS::VPC', { CidrBlock: { 'Fn::GetAtt': ['V', 'Cidr'] } }) },
    ['ROS_UNKNOWN_ATTRIBUTE Resources.A.Properties.CidrBlock'],
  ],
  [
    'an unknown attribute in a Sub',
    { V: vpc, A: resource('ALIYUN::ECS::VPC', { CidrBlock: { 'Fn::Sub': ['${V.Cidr}', {}] } }) },
    ['ROS_UNKNOWN_ATTRIBUTE Resources.A.Properties.CidrBlock'],
  ],
  [
    'a resource that waits for itself over others',
    {
      A: { ...vpc, DependsOn: ['B'] },
      B: { ...vpc, DependsOn: 'C' },
      C: resource('ALIYUN::ECS::VPC', { VpcName: { Ref: 'A' } }),
    },
    ['ROS_CIRCLE Resources.A'],
  ],
  ['a resource without type', { A: {}, B: { ...vpc, Count: 2 } }, ['ROS_TEMPLATE_SHAPE Resources.A']],
  ['an attribute that resources have not', { A: { ...vpc, UpdatePolicy: {} } }, ['ROS_TEMPLATE_SHAPE Resources.A.UpdatePolicy']],
  [
    'a deletion policy of CloudFormation',
    { A: { ...vpc, DeletionPolicy: 'RetainExceptOnCreate' } },
    ['ROS_TEMPLATE_SHAPE Resources.A.DeletionPolicy'],
  ],
])('%s is found', (_name, resources, findings) => {
  expect(found(template(resources as Record<string, unknown>))).toEqual(findings);
});

test('a mapping without the value, a circle of conditions and an unused parameter are found', () => {
  const value = { 'Fn::FindInMap': ['Texts', 'a', 'c'] };
  const all = template(
    { A: vpc },
    {
      Parameters: { Zone: { Type: 'String' } },
      Mappings: { Texts: { a: { b: 'c' } } },
      Conditions: { C: { 'Fn::Not': 'D' }, D: { 'Fn::Or': [{ Condition: 'C' }, 'E'] } },
      Outputs: { A: { Value: value, Condition: 'F' }, B: {} },
    },
  );
  expect(found(all)).toEqual([
    'ROS_CIRCLE Conditions.C',
    'ROS_DANGLING_CONDITION Conditions.D.Fn::Or',
    'ROS_DANGLING_CONDITION Outputs.A.Condition',
    'ROS_DANGLING_MAPPING Outputs.A.Value',
    'ROS_TEMPLATE_SHAPE Outputs.B',
    'ROS_UNUSED_PARAMETER Parameters.Zone',
  ]);
});

test.each([
  [undefined],
  [null],
  ['text'],
  [[]],
  [{}],
  [{ Resources: [] }],
  [{ Resources: { A: null }, Outputs: 3, Parameters: { P: 1 } }],
])('%j instead of a template is told, and nothing is thrown', (value) => {
  expect(found(value).filter((line) => line.startsWith('ROS_TEMPLATE_SHAPE')).length).toBeGreaterThan(0);
});

test('a condition reads parameters, never resources', () => {
  const conditions = { C: { 'Fn::Equals': [{ Ref: 'A' }, 'x'] }, D: { 'Fn::Equals': [{ 'Fn::GetAtt': ['A', 'VpcId'] }, 'x'] } };
  expect(found(template({ A: vpc }, { Conditions: conditions }))).toEqual([
    'ROS_DANGLING_REFERENCE Conditions.C.Fn::Equals.0',
    'ROS_DANGLING_REFERENCE Conditions.D.Fn::Equals.0',
  ]);
});

test('any JSON at all is told of and nothing is thrown', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (resources, rest) => {
      const whole = {
        ROSTemplateFormatVersion: '2015-09-01',
        Resources: { A: resources, B: { Type: 'ALIYUN::ECS::VPC', Properties: rest } },
        Outputs: rest,
      };
      expect(Array.isArray(lintTemplate(whole))).toBe(true);
      expect(Array.isArray(lintTemplate(rest))).toBe(true);
    }),
  );
});

test('200 resources pass, 201 are advised against, 301 are refused', () => {
  const of = (n: number) => lintTemplate(template(Object.fromEntries(Array.from({ length: n }, (_, i) => [`V${i}`, vpc]))));
  expect(of(200)).toEqual([]);
  expect(of(201)).toMatchObject([{ code: 'ROS_MANY_RESOURCES', severity: 'warning' }]);
  expect(of(300)).toMatchObject([{ code: 'ROS_MANY_RESOURCES', severity: 'warning' }]);
  expect(of(301)).toMatchObject([{ code: 'ROS_TOO_MANY_RESOURCES', severity: 'error' }]);
});

test('a template of more than 524,288 bytes is refused, and so are more than 200 parameters', () => {
  const policy = { Type: 'ALIYUN::ECS::VPC', Properties: {}, Metadata: { note: 'x'.repeat(524_288) } };
  expect(found(template({ A: policy }))).toEqual(['ROS_TEMPLATE_BYTES ']);
  const parameters = Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`P${i}`, { Type: 'String' }]));
  const read = { 'Fn::Join': ['', Object.keys(parameters).map((Ref) => ({ Ref }))] };
  expect(found(template({ A: vpc }, { Parameters: parameters, Outputs: { O: { Value: read } } }))).toEqual([
    'ROS_TOO_MANY_PARAMETERS Parameters',
  ]);
});

test('user-data of more than 16 KB before base64 is refused, wherever the template says it', () => {
  const text = (bytes: number) => `#cloud-config\n${'#'.repeat(bytes - 14)}`;
  const of = (UserData: unknown, more: object = {}) =>
    found(template({ A: { Type: 'ALIYUN::ECS::Instance', Properties: { InstanceType: 'a', UserData } } }, more));
  const mapped = { 'Fn::FindInMap': ['U', 'a', 'b'] };
  const refused = ['ROS_USER_DATA_BYTES Resources.A.Properties.UserData'];
  expect(of(text(16_384))).toEqual([]);
  expect(of(text(16_385))).toEqual(refused);
  expect(of(mapped, { Mappings: { U: { a: { b: text(16_384) } } } })).toEqual([]);
  expect(of({ 'Fn::Base64Encode': mapped }, { Mappings: { U: { a: { b: text(16_385) } } } })).toEqual(refused);
  expect(of({ 'Fn::Join': ['', [text(16_380), { Ref: 'ALIYUN::Region' }, '12345']] })).toEqual(refused);
  expect(of(Buffer.from(text(16_384)).toString('base64'))).toEqual([]);
  expect(of(Buffer.from(text(16_385)).toString('base64'))).toEqual(refused);
});

test('a chain as long as a fleet has an order', () => {
  const chain = Object.fromEntries(
    Array.from({ length: 300 }, (_, i) => [`V${i}`, i === 0 ? vpc : { ...vpc, DependsOn: [`V${i - 1}`] }]),
  );
  expect(lintTemplate(template(chain)).filter(({ severity }) => severity === 'error')).toEqual([]);
  const closed = { ...chain, V0: { ...vpc, DependsOn: ['V299'] } };
  expect(lintTemplate(template(closed)).filter(({ code }) => code === 'ROS_CIRCLE')).toHaveLength(1);
});

test('a value is never in a finding about its kind: it may be a secret', () => {
  const secret = template({ A: { Type: 'ALIYUN::ECS::Instance', Properties: { Password: ['hunter2-hunter2'] } } });
  const findings = lintTemplate(secret);
  expect(findings.map(({ code }) => code)).toContain('ROS_WRONG_KIND');
  expect(JSON.stringify(findings)).not.toContain('hunter2');
});

test('whatever is made by the schema has no errors', () => {
  fc.assert(
    fc.property(templateOf(EMITTED_TYPES), (made) => {
      expect(lintTemplate(made)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

/** A made resource, and one of the names given. */
function changed(pick: (resource: RosResourceJson) => string[]): fc.Arbitrary<[RosResourceJson, string]> {
  return resourceOf(EMITTED_TYPES)
    .filter((made) => pick(made).length > 0)
    .chain((made) => fc.constantFrom(...pick(made)).map((name): [RosResourceJson, string] => [made, name]));
}

test('a required property that is taken away is always found', () => {
  const required = ({ Type }: RosResourceJson) =>
    Object.entries(EMITTED_TYPES.resourceTypes[Type]!.properties)
      .filter(([, schema]) => schema.required === true)
      .map(([name]) => name);
  fc.assert(
    fc.property(changed(required), ([made, name]) => {
      const { [name]: _gone, ...Properties } = made.Properties!;
      expect(found(template({ A: { ...made, Properties } }))).toEqual([`ROS_MISSING_PROPERTY Resources.A.Properties.${name}`]);
    }),
  );
});

test('a property that the type has not is always found', () => {
  fc.assert(
    fc.property(resourceOf(EMITTED_TYPES), fc.stringMatching(/^[a-z]{1,20}$/), (made, name) => {
      const Properties = { ...made.Properties, [name]: 'x' };
      expect(found(template({ A: { ...made, Properties } }))).toEqual([`ROS_UNKNOWN_PROPERTY Resources.A.Properties.${name}`]);
    }),
  );
});

test('a reference to what is not there is always found, in whatever property', () => {
  const given = ({ Properties }: RosResourceJson) => Object.keys(Properties!);
  fc.assert(
    fc.property(changed(given), ([made, name]) => {
      const Properties = { ...made.Properties, [name]: { 'Fn::Join': ['', ['a', { Ref: 'Gone' }]] } };
      const findings = lintTemplate(template({ A: { ...made, Properties } }));
      expect(findings.map(({ code }) => code)).toEqual(['ROS_DANGLING_REFERENCE']);
    }),
  );
});

test('what is made by our schema stands up to the dump of all types', () => {
  const shared = sharedSchema();
  expect(Object.keys(shared.resourceTypes).length).toBeGreaterThan(800);
  fc.assert(
    fc.property(templateOf(EMITTED_TYPES), (made) => {
      expect(lintTemplate(made, shared)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
