/** Data volumes of members: listed as they come, change and go, with their hosts; a volume's id is never taken for its host. */
import { diffStacks, diffText } from '../../../../lib/review/diff';
import { brief, instance, meanings, type Resources, stack } from './stacks';

const host = (n: number, names: readonly string[], properties: object = {}): Resources => ({
  [`M${n}InstanceG1`]: instance({
    Tags: [
      { Key: 'Name', Value: `us-east-1-core-storage-${n}` },
      ...names.map((name) => ({ Key: `meissa:volume:${name.toLowerCase()}`, Value: { Ref: `M${n}Volume${name}` } })),
    ],
    Volumes: names.map((name, i) => ({ Device: `/dev/sd${'fgh'[i]}`, VolumeId: { Ref: `M${n}Volume${name}` } })),
    ...properties,
  }),
  ...Object.fromEntries(names.map((name) => [`M${n}Volume${name}`, volume(500)])),
});
const volume = (Size: number, rest: object = {}) => ({
  Type: 'AWS::EC2::Volume',
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Properties: { AvailabilityZone: 'us-east-1a', Encrypted: true, Size, VolumeType: 'gp3', ...rest },
});
const two = (names: readonly string[], properties?: object) => ({ ...host(1, names, properties), ...host(2, names, properties) });

test('a volume more, on hosts that stand: listed once, with its size and its hosts', () => {
  const diff = diffStacks(stack(two(['Data'])), stack(two(['Data', 'Logs'])));
  expect(brief(diff.meanings)).toEqual(['addition volume-comes', 'addition volume-comes', 'cosmetic tags']);
  expect(diff.meanings[0]).toMatchObject({
    what: 'get a volume more, empty: logs 500 GiB gp3',
    hosts: ['us-east-1-core-storage-1'],
  });
  const text = diffText([diff]);
  expect(text).toContain('2 hosts get a volume more, empty: logs 500 GiB gp3\n      us-east-1-core-storage-1, 2');
  expect(text).not.toMatch(/Volumes \[|VolumeId|M1Volume/);
});

test('volumes of a host that comes stand with it', () => {
  const [comes] = meanings(host(1, ['Data']), two(['Data']));
  expect(comes).toMatchObject({ kind: 'host-comes', hosts: ['us-east-1-core-storage-2'] });
  expect(comes!.what).toMatch(/, volume data 500 GiB gp3$/);
});

test('a larger volume changes while it is in use; a smaller one is refused', () => {
  const sized = (Size: number) => ({ ...two(['Data']), M1VolumeData: volume(Size), M2VolumeData: volume(Size) });
  const text = diffText([diffStacks(stack(sized(500)), stack(sized(600)))]);
  expect(text).toContain(
    '2 hosts get volume data changed while it is in use: Size 500 -> 600\n      us-east-1-core-storage-1, 2',
  );
  expect(meanings(sized(500), sized(400))[0]).toMatchObject({
    severity: 'refused',
    what: "can't get volume data changed so: Size 500 -> 400",
  });
});

test('a volume less: kept, and its attachment says nothing more', () => {
  const found = meanings(two(['Data', 'Logs']), two(['Data']));
  expect(new Set(brief(found))).toEqual(new Set(['addition data-retained', 'cosmetic tags']));
});

test('a volume at another device is told as the volume that it is, not as its host', () => {
  const moved = { ...host(1, ['Data'], { Volumes: [{ Device: '/dev/sdk', VolumeId: { Ref: 'M1VolumeData' } }] }) };
  const [found] = meanings(host(1, ['Data']), moved);
  expect(found).toMatchObject({ kind: 'host-changes', hosts: ['us-east-1-core-storage-1'] });
  expect(found!.what).toContain('"VolumeId":"data of us-east-1-core-storage-1"');
});

test('what changes while a host runs is told even where the host also stops and starts', () => {
  const found = meanings(host(1, []), host(1, [], { InstanceType: 'm5.xlarge', SecurityGroupIds: ['sg-2'] }));
  expect(brief(found)).toEqual(['interrupted host-restarts', 'addition host-changes']);
  expect(found[1]!.what).toContain('SecurityGroupIds ["sg-2"] (new)');
});

test('parts of a member that nothing else tells name their host', () => {
  const nic = (PrivateIpAddress: string) => ({
    ...host(1, []),
    M1Interface: { Type: 'AWS::EC2::NetworkInterface', Properties: { PrivateIpAddress } },
  });
  expect(meanings(nic('10.0.0.4'), nic('10.0.0.5'))[0]).toMatchObject({
    severity: 'replaced',
    what: '~ M1Interface (AWS::EC2::NetworkInterface) of us-east-1-core-storage-1 is made anew',
    hosts: ['us-east-1-core-storage-1'],
  });
});

test('on Aliyun: a disk more, with what attaches it', () => {
  const member = (names: readonly string[]): Resources => ({
    M1InstanceG1: { Type: 'ALIYUN::ECS::Instance', Properties: { InstanceName: 'cn-beijing-core-storage-1' } },
    ...Object.fromEntries(
      names.flatMap((name) => [
        [
          `M1Volume${name}`,
          {
            Type: 'ALIYUN::ECS::Disk',
            DeletionPolicy: 'Retain',
            Properties: { DiskCategory: 'cloud_essd', Encrypted: true, PerformanceLevel: 'PL1', Size: 100 },
          },
        ],
        [
          `M1Attach${name}G1`,
          {
            Type: 'ALIYUN::ECS::DiskAttachment',
            Properties: { DiskId: { Ref: `M1Volume${name}` }, InstanceId: { Ref: 'M1InstanceG1' } },
          },
        ],
      ]),
    ),
  });
  const found = meanings(member(['Data']), member(['Data', 'Logs']), 'aliyun');
  expect(found.map(({ what }) => what)).toEqual(['get a volume more, empty: logs 100 GiB cloud_essd PL1']);
});
