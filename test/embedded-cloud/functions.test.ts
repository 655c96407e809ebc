import { Driver, type Resources } from './driver';

let driver: Driver;
beforeEach(async () => {
  driver = await Driver.start();
});
afterEach(() => driver.close());

const sections = {
  Parameters: {
    Size: { Type: 'String', Default: 'small', AllowedValues: ['small', 'large'] },
    List: { Type: 'CommaDelimitedList', Default: 'a, b' },
  },
  Mappings: { Text: { fleet: { userData: '#cloud-config\n' } } },
  Conditions: {
    IsLarge: { 'Fn::Equals': [{ Ref: 'Size' }, 'large'] },
    IsSmall: { 'Fn::Not': [{ Condition: 'IsLarge' }] },
    Never: { 'Fn::And': [{ Condition: 'IsLarge' }, { Condition: 'IsSmall' }] },
  },
};
const group = { G: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/g' } } };

/** The value a function gives, read from an output. */
async function evaluated(value: unknown, parameters: { key: string; value: string }[] = []): Promise<string | undefined> {
  const stack = await driver.deploy('f', group, { sections, outputs: { V: { Value: value } }, parameters });
  const text = stack.outputs[0]?.value;
  await driver.delete('f');
  return text;
}

test.each([
  ['Ref of a parameter', { Ref: 'Size' }, 'small'],
  ['Ref of the region', { Ref: 'AWS::Region' }, 'sa-east-1'],
  ['Ref of a resource', { Ref: 'G' }, '/g'],
  ['GetAtt', { 'Fn::GetAtt': ['G', 'Arn'] }, 'arn:aws:logs:sa-east-1:111111111111:log-group:/g:*'],
  ['GetAtt with a dot', { 'Fn::GetAtt': 'G.Arn' }, 'arn:aws:logs:sa-east-1:111111111111:log-group:/g:*'],
  ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Size' }]] }, 'a-small'],
  ['Join of a list parameter', { 'Fn::Join': ['+', { Ref: 'List' }] }, 'a+b'],
  [
    'Sub',
    { 'Fn::Sub': '${Size}/${G.Arn}/${!kept}/${AWS::AccountId}' },
    'small/arn:aws:logs:sa-east-1:111111111111:log-group:/g:*/${kept}/111111111111',
  ],
  ['Sub with names of its own', { 'Fn::Sub': ['${x}${Size}', { x: { Ref: 'G' } }] }, '/gsmall'],
  ['Select and Split', { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
  ['Select and GetAZs', { 'Fn::Select': [2, { 'Fn::GetAZs': '' }] }, 'sa-east-1c'],
  ['If', { 'Fn::If': ['IsLarge', 'big', { 'Fn::If': ['IsSmall', 'tiny', 'odd'] }] }, 'tiny'],
  ['If over And', { 'Fn::If': ['Never', 'a', 'b'] }, 'b'],
  [
    'Base64 of FindInMap',
    { 'Fn::Base64': { 'Fn::FindInMap': ['Text', 'fleet', 'userData'] } },
    Buffer.from('#cloud-config\n').toString('base64'),
  ],
  ['Cidr', { 'Fn::Select': [3, { 'Fn::Cidr': ['10.0.0.0/16', 6, 8] }] }, '10.0.3.0/24'],
])('%s', async (_name, value, expected) => {
  expect(await evaluated(value)).toBe(expected);
});

test('a parameter value changes what conditions give', async () => {
  expect(await evaluated({ 'Fn::If': ['IsLarge', 'big', 'small'] }, [{ key: 'Size', value: 'large' }])).toBe('big');
});

test.each([
  [
    'a value that is not allowed',
    { parameters: [{ key: 'Size', value: 'huge' }] },
    "Parameter 'Size' must be one of AllowedValues",
  ],
  [
    'a parameter that does not exist',
    { parameters: [{ key: 'Colour', value: 'red' }] },
    'Parameters: [Colour] do not exist in the template',
  ],
])('%s is refused', async (_what, options, text) => {
  await expect(driver.deploy('f', group, { sections, ...options })).rejects.toThrow(text);
});

test('AWS::NoValue takes the property away', async () => {
  const stack = await driver.deploy('f', {
    G: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/g', RetentionInDays: { Ref: 'AWS::NoValue' } } },
  });
  expect(stack.resources.G?.properties).toEqual({ LogGroupName: '/g' });
});

test('a parameter of Systems Manager is read at the deploy, and one that is not there is refused', async () => {
  const stored = { Parameters: { Version: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/v' } } };
  await expect(driver.deploy('f', group, { sections: stored })).rejects.toThrow(
    'Unable to fetch parameters [/v] from parameter store for this account.',
  );
  await driver.deploy('v', { P: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/v', Type: 'String', Value: '7' } } });
  const stack = await driver.deploy('f', group, { sections: stored, outputs: { V: { Value: { Ref: 'Version' } } } });
  expect(stack.outputs).toEqual([{ key: 'V', value: '7' }]);
});

test('a rule that is false refuses the template', async () => {
  const rules = {
    ...sections,
    Rules: {
      Check: {
        Assertions: [
          { Assert: { 'Fn::Not': [{ 'Fn::Contains': [['small'], { Ref: 'Size' }] }] }, AssertDescription: 'too small' },
        ],
      },
    },
  };
  await expect(driver.deploy('f', group, { sections: rules })).rejects.toThrow(/too small/);
});

test('a resource whose condition is false is not made', async () => {
  const two: Resources = {
    ...group,
    H: { Type: 'AWS::Logs::LogGroup', Condition: 'IsLarge', Properties: { LogGroupName: '/h' } },
  };
  const stack = await driver.deploy('f', two, { sections });
  expect(Object.keys(stack.resources)).toEqual(['G']);
  await driver.deploy('f', two, { sections, parameters: [{ key: 'Size', value: 'large' }] });
  expect(Object.keys(stack.resources)).toEqual(['G', 'H']);
});

test('a template in YAML with short forms says the same', async () => {
  const { engine } = driver.cloud;
  const body = `
Parameters:
  Size: {Type: String, Default: small}
Resources:
  G:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: !Join ['/', ['', !Ref Size]]
  H:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: !Sub '\${G}/\${AWS::Region}'
Outputs:
  Arn: {Value: !GetAtt H.Arn}
`;
  const stack = engine.create(driver.region, { name: 'y', body, parameters: [], capabilities: [] });
  await engine.settled(stack.id, 5_000);
  expect(stack.outputs[0]?.value).toBe('arn:aws:logs:sa-east-1:111111111111:log-group:/small/sa-east-1:*');
});
