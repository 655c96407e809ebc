/** A tag that a host reads of itself is no tag for people. */
import { diffStacks, type StackState } from '../../../../lib/review/diff';

function stack(tags: readonly object[], volumes: readonly string[]): StackState {
  const Volumes = volumes.map((VolumeId) => ({ Device: '/dev/sdf', VolumeId: { Ref: VolumeId } }));
  const own = { Key: 'Name', Value: 'r-core-voters-1' };
  const made = volumes.map((id) => [id, { Type: 'AWS::EC2::Volume', DeletionPolicy: 'Retain', Properties: { Size: 20 } }]);
  return {
    path: 'r/core-voters',
    name: 'r-core-voters',
    provider: 'aws',
    template: {
      Resources: {
        M1InstanceG1: { Type: 'AWS::EC2::Instance', Properties: { Tags: [own, ...tags], Volumes } },
        ...Object.fromEntries(made),
      },
    } as never,
  };
}

const volume = { Key: 'meissa:volume:etcd', Value: { Ref: 'M1VolumeEtcd' } };
const told = (before: StackState, after: StackState) =>
  diffStacks(before, after).meanings.flatMap(({ kind, severity, hosts }) => (kind === 'host-tag' ? [[severity, hosts]] : []));

test("a host that loses the tag of a disk that stays doesn't find it any more", () => {
  expect(told(stack([volume], ['M1VolumeEtcd']), stack([], ['M1VolumeEtcd']))).toEqual([['interrupted', ['r-core-voters-1']]]);
});

test('the tag of a disk that goes goes with it', () => {
  expect(told(stack([volume], ['M1VolumeEtcd']), stack([], []))).toEqual([]);
});
