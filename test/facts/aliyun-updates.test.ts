/** The ROS tables beside the two schemas of ROS's types: neither says what an update does, so the tables are all that is known. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GATED_PROPERTIES, rosEffect, rosUpdates } from '../../lib/facts/aliyun/updates';
import { sharedSchema } from '../aliyun/ros/shared-schema';

type Types = Record<string, { properties: Record<string, Record<string, unknown>> }>;

const typesOf = (path: string): Types => JSON.parse(readFileSync(path, 'utf8')).resourceTypes;
const EMITTED = typesOf(join(__dirname, '..', '..', 'schemas', 'ros-resources.json'));

/** Properties that a table names, and the type hasn't. */
const strange = (types: Types) =>
  Object.entries(rosUpdates).flatMap(([type, { when = {}, ...byEffect }]) =>
    [...Object.values(byEffect).flatMap((names) => names.split(/\s+/)), ...Object.keys(when)]
      .filter((name) => types[type]?.properties[name] === undefined)
      .map((name) => `${type} ${name}`),
  );

test('every type that is emitted has a table, and the tables name only what the type has', () => {
  expect(Object.keys(EMITTED).filter((type) => rosUpdates[type] === undefined)).toEqual([]);
  expect(strange(EMITTED).filter((name) => EMITTED[name.split(' ')[0]!] !== undefined)).toEqual([]);
});

test('the tables name only what ROS itself says that its types have', () => {
  expect(strange(sharedSchema().resourceTypes as unknown as Types)).toEqual([]);
});

test('neither schema says what an update does: the day it does, it is to be asked', () => {
  const words = new Set(Object.values(EMITTED).flatMap(({ properties }) => Object.values(properties).flatMap(Object.keys)));
  expect([...words].filter((word) => /updat|edit|immut/i.test(word))).toEqual([]);
});

test('what no table names is refused', () => {
  expect(rosEffect('ALIYUN::NEW::Thing', 'Name', 'a', 'b')).toBe('refused');
  expect(rosEffect('ALIYUN::ECS::Instance', 'NeverHeardOf', 'a', 'b')).toBe('refused');
  expect(rosEffect('ALIYUN::ECS::Instance', 'Tags', [], [])).toBe('none');
});

test.each(['PrivateIpAddress', 'VSwitchId', 'ZoneId', 'VpcId', 'HostName', 'KeyPairName'])(
  '%s of a member never changes in place',
  (name) => {
    expect(rosEffect('ALIYUN::ECS::Instance', name, 'a', 'b')).toBe('refused');
  },
);

test.each([
  ['ALIYUN::ECS::Disk', 'PerformanceLevel', 'refused'],
  ['ALIYUN::ECS::Disk', 'ResourceGroupId', 'none'],
  ['ALIYUN::ECS::Route', 'NextHopId', 'refused'],
  ['ALIYUN::VPC::VirtualBorderRouter', 'VlanId', 'refused'],
  ['ALIYUN::VPC::VirtualBorderRouter', 'PeerGatewayIp', 'interrupt'],
  ['ALIYUN::VPC::BgpGroup', 'LocalAsn', 'none'],
  ['ALIYUN::VPC::BgpPeer', 'IpVersion', 'refused'],
  ['ALIYUN::ECS::Instance', 'InstanceType', 'interrupt'],
  ['ALIYUN::ECS::Instance', 'ImageId', 'interrupt'],
])('%s %s: %s, as its page has it', (type, name, effect) => expect(rosEffect(type, name, 'a', 'b')).toBe(effect));

test('a disk grows and never shrinks', () => {
  expect(rosEffect('ALIYUN::ECS::Disk', 'Size', 200, 300)).toBe('none');
  expect(rosEffect('ALIYUN::ECS::Disk', 'Size', 300, 200)).toBe('refused');
});

test('a quorum waits for what stops a host, and for no image: a member gets that anew', () => {
  expect(GATED_PROPERTIES).toEqual(['InstanceType', 'Password']);
});
