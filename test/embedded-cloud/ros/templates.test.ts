import { type Answer, type Asked, disk, RosCloud, template, vpc, vSwitch } from './ros-cloud';

let ros: RosCloud;
beforeAll(async () => {
  ros = await RosCloud.start();
});
afterAll(() => ros.close());

const validate = (body: string, asked: Asked = {}) => ros.call('ValidateTemplate', { TemplateBody: body, ...asked });
let names = 0;
/** Why a resource of a stack failed. */
async function failure(stack: Answer): Promise<string> {
  const { Events } = await ros.call('ListStackEvents', { StackId: stack.StackId, Status: ['CREATE_FAILED'] });
  return Events[0].StatusReason;
}
/** The value of an output, as ROS gives it. */
async function value(expression: unknown, more: object = {}, asked: Asked = {}): Promise<unknown> {
  const body = template({ Vpc: vpc() }, { Outputs: { Value: { Value: expression } }, ...more });
  const stack = await ros.create(`value-${++names}`, {}, { TemplateBody: body, ...asked });
  expect(stack.Status).toBe('CREATE_COMPLETE');
  return stack.Outputs[0].OutputValue;
}

test.each([
  ['no template at all', 'nothing', 'StackValidationFailed'],
  ['broken JSON', '{"ROSTemplateFormatVersion": ', 'StackValidationFailed'],
  ['another version', '{"ROSTemplateFormatVersion": "2010-09-09"}', 'InvalidTemplateVersion'],
  ['an unknown section', template({}, { Hooks: {} }), 'InvalidTemplateSection'],
  ['an unknown type', template({ A: { Type: 'ALIYUN::ECS::Nothing' } }), 'ResourceTypeNotFound'],
  ['a type that is not here', template({ A: { Type: 'ALIYUN::PVTZ::Zone' } }), 'NotSupported'],
  ['a real type that is not among ours', template({ A: { Type: 'ALIYUN::CDN::Domain' } }), 'NotSupported'],
  ['a parameter of no type', template({}, { Parameters: { P: { Default: 'x' } } }), 'StackValidationFailed'],
  ['a parameter of a misspelt type', template({}, { Parameters: { P: { Type: 'Strin' } } }), 'StackValidationFailed'],
  ['a parameter of another cloud', template({}, { Parameters: { P: { Type: 'List<Number>' } } }), 'StackValidationFailed'],
  [
    'a parameter from a store that is not here',
    template({}, { Parameters: { P: { Type: 'ALIYUN::OOS::Parameter::Value' } } }),
    'NotSupported',
  ],
  [
    'an unknown key of a parameter',
    template({}, { Parameters: { P: { Type: 'String', AllowedValue: ['a'] } } }),
    'StackValidationFailed',
  ],
  [
    'a pattern that is none',
    template({}, { Parameters: { P: { Type: 'String', AllowedPattern: '(' } } }),
    'StackValidationFailed',
  ],
  [
    'bounds the wrong way round',
    template({}, { Parameters: { P: { Type: 'Number', MinValue: 9, MaxValue: 3 } } }),
    'StackValidationFailed',
  ],
  ['bounds of a text', template({}, { Parameters: { P: { Type: 'String', MinValue: 1 } } }), 'StackValidationFailed'],
  [
    'a default that its own declaration refuses',
    template({}, { Parameters: { P: { Type: 'Number', Default: 9, MaxValue: 3 } } }),
    'StackValidationFailed',
  ],
  ['a function of no cloud', template({ Vpc: vpc({ VpcName: { 'Fn::Jon': ['', []] } }) }), 'StackValidationFailed'],
  ['a function of another cloud', template({ Vpc: vpc({ VpcName: { 'Fn::ImportValue': 'x' } }) }), 'StackValidationFailed'],
  ['a value that its pattern refuses', template({ Vpc: vpc({ VpcName: 'http://x' }) }), 'StackValidationFailed'],
  ['a value of another kind', template({ Disk: disk({ Size: 'big' }) }), 'StackValidationFailed'],
  ['an unknown property', template({ Vpc: vpc({ Colour: 'red' }) }), 'StackValidationFailed'],
  [
    'a missing property',
    template({ Vpc: vpc(), S: { Type: 'ALIYUN::ECS::VSwitch', Properties: { ZoneId: 'a' } } }),
    'StackValidationFailed',
  ],
  ['a dangling reference', template({ Switch: vSwitch() }), 'InvalidTemplateReference'],
  ['a dangling DependsOn', template({ Vpc: vpc({}, { DependsOn: 'No' }) }), 'InvalidTemplateReference'],
  [
    'an unknown attribute',
    template({ Vpc: vpc() }, { Outputs: { A: { Value: { 'Fn::GetAtt': ['Vpc', 'Arn'] } } } }),
    'InvalidTemplateAttribute',
  ],
  ['a cycle', template({ A: vpc({}, { DependsOn: 'B' }), B: vpc({}, { DependsOn: 'A' }) }), 'CircularDependency'],
  ['a deletion policy of another cloud', template({ Vpc: vpc({}, { DeletionPolicy: 'Snapshot' }) }), 'StackValidationFailed'],
  ['an attribute of another cloud', template({ Vpc: vpc({}, { UpdatePolicy: {} }) }), 'StackValidationFailed'],
  ['Count', template({ Vpc: vpc({}, { Count: 2 }) }), 'NotSupported'],
  [
    'too many resources',
    template(Object.fromEntries(Array.from({ length: 301 }, (_, i) => [`V${i}`, vpc()]))),
    'StackResourceLimitExceeded',
  ],
  ['too many bytes', template({ Vpc: vpc({ Description: 'x'.repeat(524_288) }) }), 'StackValidationFailed'],
])('%s is refused', async (_what, body, code) => {
  await expect(validate(body)).rejects.toMatchObject({ code });
});

test('300 resources are taken', async () => {
  const most = template(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`V${i}`, vpc()])));
  expect((await validate(most)).Resources).toHaveLength(300);
});

test('nothing is made of a template with a value that the schema refuses; one that a function gives fails its resource', async () => {
  await expect(ros.create('long-name', { Vpc: vpc({ VpcName: 'http://x' }) })).rejects.toMatchObject({
    code: 'StackValidationFailed',
    message: expect.stringContaining('Vpc.Properties.VpcName'),
  });
  expect((await ros.call('ListStacks', { StackName: ['long-name'] })).Stacks).toEqual([]);
  const late = await ros.create('late-name', { Vpc: vpc({ VpcName: { 'Fn::Join': ['', ['http', '://x']] } }) });
  expect(late.Status).toBe('CREATE_ROLLBACK_COMPLETE');
  expect(await failure(late)).toContain('does not match pattern');
});

test('declarations as people write them are taken: words in two languages, lists, flags as texts', async () => {
  const Parameters = {
    Name: { Type: 'String', Label: { en: 'Name', 'zh-cn': '名称' }, NoEcho: 'true', MinLength: '1', Default: 'a' },
    Ids: {
      Type: 'CommaDelimitedList',
      Default: 'a,b',
      AssociationProperty: 'ALIYUN::ECS::VSwitch',
      AssociationPropertyMetadata: {},
    },
    Some: { Type: 'Json', Default: { a: 1 }, Description: 'x' },
  };
  expect((await validate(template({ Vpc: vpc() }, { Parameters }))).Parameters).toHaveLength(3);
});

test.each([
  ['Join', { 'Fn::Join': ['-', ['a', 1, 'b']] }, 'a-1-b'],
  ['Sub', { 'Fn::Sub': ['${ALIYUN::Region}/${Own}/${!Literal}', { Own: 'x' }] }, 'cn-beijing/x/${Literal}'],
  ['Select', { 'Fn::Select': ['1', ['a', 'b']] }, 'b'],
  ['Select from a map', { 'Fn::Select': ['k', { k: 'v' }] }, 'v'],
  ['Select with a fallback', { 'Fn::Select': [9, ['a'], 'none'] }, 'none'],
  ['Split', { 'Fn::Split': [',', 'a,b'] }, ['a', 'b']],
  ['Replace', { 'Fn::Replace': [{ name: 'x' }, 'a name'] }, 'a x'],
  ['Base64Encode', { 'Fn::Base64Encode': '北京' }, Buffer.from('北京').toString('base64')],
  ['Base64Decode', { 'Fn::Base64Decode': Buffer.from('北京').toString('base64') }, '北京'],
  ['FindInMap', { 'Fn::FindInMap': ['M', { Ref: 'ALIYUN::Region' }, 'Text'] }, 'mapped'],
  ['GetAZs', { 'Fn::Select': [0, { 'Fn::GetAZs': { Ref: 'ALIYUN::Region' } }] }, 'cn-beijing-a'],
  ['If', { 'Fn::If': ['Here', 'yes', 'no'] }, 'yes'],
  ['Str', { 'Fn::Str': 12 }, '12'],
  ['Length', { 'Fn::Length': ['a', 'b'] }, 2],
  ['ListMerge', { 'Fn::ListMerge': [['a'], ['b']] }, ['a', 'b']],
  ['GetJsonValue', { 'Fn::GetJsonValue': ['a', '{"a": 1}'] }, 1],
])('Fn::%s', async (_name, expression, expected) => {
  const more = {
    Mappings: { M: { 'cn-beijing': { Text: 'mapped' } } },
    Conditions: {
      Here: {
        'Fn::And': [{ 'Fn::Equals': [{ Ref: 'ALIYUN::Region' }, 'cn-beijing'] }, { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }],
      },
    },
  };
  expect(await value(expression, more)).toEqual(expected);
});

test('a function that ROS has and the embedded cloud has not is refused by name', async () => {
  const stack = await ros.create('jq', { Vpc: vpc({ VpcName: { 'Fn::Jq': ['First', '.a', {}] } }) });
  expect(await failure(stack)).toContain('Fn::Jq is not in the embedded cloud');
});

test('Fn::GetStackOutput reads by the stack id', async () => {
  const one = await ros.create(
    'producer',
    {},
    { TemplateBody: template({ Vpc: vpc() }, { Outputs: { Id: { Value: { Ref: 'Vpc' } } } }) },
  );
  expect(await value({ 'Fn::GetStackOutput': [one.StackId, 'Id', 'cn-beijing'] })).toBe(one.Outputs[0].OutputValue);
});

test('NoValue takes a property away, and a condition a resource', async () => {
  const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
  const resources = {
    Vpc: vpc({ VpcName: { 'Fn::If': ['Never', 'n', { Ref: 'ALIYUN::NoValue' }] } }),
    Gone: disk({}, { Condition: 'Never' }),
  };
  const { StackId } = await ros.create('conditions', {}, { TemplateBody: template(resources, { Conditions }) });
  const ids = await ros.ids(StackId);
  expect(Object.keys(ids)).toEqual(['Vpc']);
  expect(ros.cloud.region('cn-beijing', ros.cloud.aliyun.account).things[ids.Vpc as string]?.properties).toEqual({
    CidrBlock: '10.0.0.0/16',
  });
});

test('parameters are checked: unknown, missing, too long, not allowed', async () => {
  const Parameters = {
    Name: { Type: 'String', AllowedPattern: '[a-z]+', MaxLength: 5 },
    Size: { Type: 'Number', Default: 3, MaxValue: 9 },
  };
  const create = (given: Record<string, string>) =>
    ros.call('CreateStack', {
      StackName: `parameters-${++names}`,
      TemplateBody: template({ Vpc: vpc() }, { Parameters, Outputs: { Size: { Value: { Ref: 'Size' } } } }),
      Parameters: Object.entries(given).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    });
  await expect(create({ Name: 'abc', Other: 'x' })).rejects.toMatchObject({ code: 'UnknownUserParameter' });
  await expect(create({})).rejects.toMatchObject({ code: 'UserParameterMissing' });
  await expect(create({ Name: 'ABC' })).rejects.toMatchObject({ code: 'StackValidationFailed' });
  await expect(create({ Name: 'abcdef' })).rejects.toMatchObject({ code: 'StackValidationFailed' });
  await expect(create({ Name: 'abc', Size: '10' })).rejects.toMatchObject({ code: 'StackValidationFailed' });
  await expect(create({ Name: 'x'.repeat(129) })).rejects.toMatchObject({ code: 'InvalidParameter' });
  const { StackId } = await create({ Name: 'abc' });
  expect((await ros.settled(StackId)).Outputs[0].OutputValue).toBe(3);
  // Parameters that an update doesn't name have their defaults again, unless it asks for the previous ones.
  const body = template({ Vpc: vpc({ VpcName: { Ref: 'Name' } }) }, { Parameters });
  await expect(ros.call('UpdateStack', { StackId, TemplateBody: body })).rejects.toMatchObject({ code: 'UserParameterMissing' });
  await ros.call('UpdateStack', { StackId, TemplateBody: body, UsePreviousParameters: true });
  expect((await ros.settled(StackId)).Status).toBe('UPDATE_COMPLETE');
});

test('what a NoEcho parameter holds is never told', async () => {
  const Parameters = { Secret: { Type: 'String', NoEcho: true, AllowedValues: ['hunter2'] } };
  const asked = { StackName: 'secret', TemplateBody: template({ Vpc: vpc() }, { Parameters }) };
  const given = (ParameterValue: string) => ({ ...asked, Parameters: [{ ParameterKey: 'Secret', ParameterValue }] });
  await expect(ros.call('CreateStack', given('hunter3'))).rejects.not.toThrow(/hunter3/);
  const { StackId } = await ros.call('CreateStack', given('hunter2'));
  expect(JSON.stringify(await ros.settled(StackId))).not.toContain('hunter2');
});

test.each([
  ['TemplateURL', { TemplateURL: 'oss://bucket/template' }],
  ['TaintResources', { TaintResources: ['Vpc'] }],
])('%s, which is not here, is refused and not ignored', async (name, asked) => {
  const call = ros.call('CreateStack', { StackName: 'x', TemplateBody: template({ Vpc: vpc() }), ...asked });
  await expect(call).rejects.toMatchObject({ code: 'NotSupported', message: expect.stringContaining(name) });
});

test('a stack policy holds resources against updates', async () => {
  const StackPolicyBody = JSON.stringify({
    Statement: [{ Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: 'LogicalResourceId/Disk' }],
  });
  const { StackId } = await ros.create('policy', { Vpc: vpc(), Disk: disk() }, { StackPolicyBody });
  const stack = await ros.update(StackId, { Vpc: vpc({ VpcName: 'x' }), Disk: disk() });
  expect(stack).toMatchObject({ Status: 'ROLLBACK_COMPLETE' });
  expect((await ros.update(StackId, { Vpc: vpc(), Disk: disk({ DiskName: 'x' }) })).Status).toBe('UPDATE_COMPLETE');
});
