import { standingMembersOfStack as ofRos } from '../../lib/aliyun/fleet/standing-members';
import { standingMembersOfStack as ofCloudFormation } from '../../lib/aws/fleet/standing-members';
import { pinStanding } from '../../lib/estate/changes/pin-standing';
import { estateOf, filesOf, filesOfChange, written } from './written';

const LOCK = 'regions/sa-east-1.members.lock.yaml';
const instance = { generation: 3, image: 'ami-0aaaaaaaaaaaaaaaa', rootGb: 30, key: 'ops' };

test('an entry becomes what stands, and no other line is touched', () => {
  const files = filesOf(written());
  const found = [{ cluster: 'core', fleet: 'storage', number: 2, address: '10.9.40.64', instance }];
  const after = filesOfChange(pinStanding(estateOf(files), 'sa-east-1', found))[LOCK]!;
  const added = after.split('\n').filter((line) => !files[LOCK]!.split('\n').includes(line));
  expect(added).toEqual([
    '  core/storage/2: { address: "10.9.40.64", generation: 3, image: ami-0aaaaaaaaaaaaaaaa, key: ops, rootGb: 30, stack: core-storage-1, zone: sa-east-1b }',
  ]);
});

test('a member without an instance is absent, with the generation that the lock knows', () => {
  const files = filesOf(written());
  const found = [{ cluster: 'core', fleet: 'storage', number: 2, address: '10.9.40.64' }];
  expect(filesOfChange(pinStanding(estateOf(files), 'sa-east-1', found))[LOCK]).toContain(
    'core/storage/2: { absent: true, address',
  );
});

test('a member that stands in another zone than its number says is refused: then the description is wrong, not the lock', () => {
  const found = [{ cluster: 'core', fleet: 'storage', number: 2, address: '10.9.8.64', instance }];
  expect(pinStanding(estateOf(filesOf(written())), 'sa-east-1', found)).toMatchObject({
    refused: {
      code: 'MEMBER_ELSEWHERE',
      message: 'member 2 of core/storage stands in sa-east-1a, and is described in sa-east-1b',
    },
  });
});

test('templates of either cloud are read back; what is not of a member, or not as it is emitted, is left out', () => {
  const aws = {
    Resources: {
      M2Interface: { Properties: { PrivateIpAddress: '10.9.40.64' } },
      M2InstanceG3: { Properties: { ImageId: 'ami-1', KeyName: 'ops', BlockDeviceMappings: [{ Ebs: { VolumeSize: 30 } }] } },
      M4Interface: { Properties: { PrivateIpAddress: '10.9.8.65' } },
      M4VolumeData: {},
      M5InstanceG1: { Properties: { ImageId: 'ami-1' } },
      Alarm: {},
    },
  };
  expect(ofCloudFormation(aws)).toEqual([
    { number: 2, address: '10.9.40.64', instance: { generation: 3, image: 'ami-1', rootGb: 30, key: 'ops' } },
    { number: 4, address: '10.9.8.65' },
  ]);
  const ros = {
    Resources: {
      M1VolumeEtcd: { Properties: { ZoneId: 'cn-beijing-h' } },
      M1InstanceG2: {
        Properties: { ImageId: 'i.vhd', SystemDiskSize: 20, PrivateIpAddress: '10.32.232.16', ZoneId: 'cn-beijing-h' },
      },
      M2VolumeEtcd: { Properties: { ZoneId: 'cn-beijing-k' } },
    },
  };
  expect(ofRos(ros)).toEqual([
    { number: 1, zone: 'cn-beijing-h', address: '10.32.232.16', instance: { generation: 2, image: 'i.vhd', rootGb: 20 } },
    { number: 2, zone: 'cn-beijing-k' },
  ]);
  expect([ofRos({}), ofCloudFormation({})]).toEqual([[], []]);
});
