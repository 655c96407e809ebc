import { CLOUDS, cloudAt, cloudOf } from '../../lib/clouds/clouds';
import { cloudRegionId } from '../../lib/facts/region';
import { userDataLimit } from '../../lib/host-config/budget';
import { context } from '../host-config/fixtures';

const known = {
  awsRegions: new Map([[cloudRegionId('xx-new-1'), { partition: 'aws' as const, letters: 'abcd', usual: 'acd' }]]),
};

test('zones of Aliyun end in -h in China, and in h alone elsewhere', () => {
  expect(CLOUDS.aliyun.zones(known, cloudRegionId('cn-hongkong'))).toEqual(['cn-hongkong-b', 'cn-hongkong-c', 'cn-hongkong-d']);
  expect(CLOUDS.aliyun.zones(known, cloudRegionId('us-west-1'))).toEqual(['us-west-1a', 'us-west-1b']);
  expect(CLOUDS.aliyun.zones(known, cloudRegionId('constructor'))).toEqual([]);
});

test("regions that an estate declares are AWS's, with the zones that a new account sees in front", () => {
  expect(CLOUDS.aws.regions(known)).toEqual(['xx-new-1']);
  expect(CLOUDS.aws.zones(known, cloudRegionId('xx-new-1'))).toEqual(['xx-new-1a', 'xx-new-1b', 'xx-new-1c', 'xx-new-1d']);
  expect(CLOUDS.aws.preferredZones(known, cloudRegionId('xx-new-1'))).toEqual(['xx-new-1a', 'xx-new-1c', 'xx-new-1d']);
});

test('a member counts its parts in the resources of its cloud, and without its instance what stays', () => {
  const voter = { volumes: 2, gate: true, recover: true, routes: 1 };
  expect(CLOUDS.aws.memberResources(voter)).toBe(1 + 1 + 2 + 1 + 1 + 1);
  expect(CLOUDS.aws.memberResources({ ...voter, absent: true })).toBe(1 + 2 + 1);
  expect(CLOUDS.aliyun.memberResources(voter)).toBe(1 + 2 * 2 + 2 + 1);
});

test('a data centre has no cloud', () => {
  expect(cloudAt({ provider: 'idc' })).toBeUndefined();
  expect(cloudAt({ provider: 'aliyun' })).toBe(cloudOf({ provider: 'aliyun' }));
});

test.each([
  ['aws', 16_384],
  ['aliyun', 262_144],
  ['idc', 16_384],
] as const)('hosts of %s take %i bytes', (provider, limit) => {
  const { region } = context();
  expect(userDataLimit({ region: { ...region, provider } })).toBe(limit);
});
