import * as ros from '../../../lib/aliyun/ros';

test.each<[string, unknown, unknown]>([
  ['Ref', ros.ref('Vpc'), { Ref: 'Vpc' }],
  ['Fn::GetAtt', ros.attributeOf('ALIYUN::ECS::VPC', 'Vpc', 'RouteTableId'), { 'Fn::GetAtt': ['Vpc', 'RouteTableId'] }],
  ['Fn::FindInMap', ros.findInMap('Texts', 'a', ros.ref('B')), { 'Fn::FindInMap': ['Texts', 'a', { Ref: 'B' }] }],
  ['Fn::Join', ros.join('/', [ros.pseudo.stackId, 'M1Handle']), { 'Fn::Join': ['/', [{ Ref: 'ALIYUN::StackId' }, 'M1Handle']] }],
  ['Fn::Sub of a text', ros.sub('${A}'), { 'Fn::Sub': '${A}' }],
  ['Fn::Sub with variables', ros.sub('${A}', { A: ros.ref('B') }), { 'Fn::Sub': ['${A}', { A: { Ref: 'B' } }] }],
  [
    'Fn::Select',
    ros.select(0, ros.split(',', ros.ref('Zones'))),
    { 'Fn::Select': [0, { 'Fn::Split': [',', { Ref: 'Zones' }] }] },
  ],
  ['Fn::Replace', ros.replace({ a: 'b' }, 'aa'), { 'Fn::Replace': [{ a: 'b' }, 'aa'] }],
  ['Fn::Base64Encode', ros.base64Encode('a'), { 'Fn::Base64Encode': 'a' }],
  ['Fn::Str', ros.str(3), { 'Fn::Str': 3 }],
  ['Fn::If', ros.ifElse('InA', 1, ros.pseudo.noValue), { 'Fn::If': ['InA', 1, { Ref: 'ALIYUN::NoValue' }] }],
  [
    'conditions in each other',
    ros.and('InA', ros.not(ros.or(ros.equals(ros.pseudo.region, 'cn-beijing'), 'InB'))),
    { 'Fn::And': ['InA', { 'Fn::Not': { 'Fn::Or': [{ 'Fn::Equals': [{ Ref: 'ALIYUN::Region' }, 'cn-beijing'] }, 'InB'] } }] },
  ],
])('%s is written as ROS reads it', (_name, made, written) => {
  expect(made).toEqual(written);
});

test('the compiler refuses an attribute that the type has not', () => {
  // @ts-expect-error: it is called RouteTableId
  expect(ros.attributeOf('ALIYUN::ECS::VPC', 'Vpc', 'RouteTable')).toEqual({ 'Fn::GetAtt': ['Vpc', 'RouteTable'] });
});
