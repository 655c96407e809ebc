/** What no table and no specification knows: told as what may happen, never as a change in place. */
import { diffJson, diffStacks, diffText, type StackState } from '../../../lib/review/diff';
import { ros } from './ros-fixture';

const stack = (Type: string, Properties: object, rest: object = {}): StackState => ({
  path: 'sa-east-1/core-storage-1',
  name: 'sa-east-1-core-storage-1',
  provider: 'aws',
  template: { Resources: { M1InstanceG1: { Type, Properties, ...rest } } } as unknown as StackState['template'],
});
const changed = (type: string, name: string, rest?: object) =>
  diffStacks(stack(type, { [name]: 'a' }, rest), stack(type, { [name]: 'b' }, rest));

test('a type that nobody knows may be replaced', () => {
  const diff = changed('AWS::New::Thing', 'Name');
  expect(diff.meanings).toMatchObject([{ kind: 'other-changes', severity: 'replaced' }]);
  expect(diffText([diff])).toContain('~ M1InstanceG1 (AWS::New::Thing) may be replaced\n      Name a -> b');
  expect(JSON.stringify(diffJson([diff]))).toContain('may be replaced');
});

test('a type that stands in no table of ours is asked of the specification', () => {
  expect(changed('AWS::ECR::Repository', 'RepositoryName').meanings[0]).toMatchObject({
    severity: 'replaced',
    what: '~ M1InstanceG1 (AWS::ECR::Repository) is made anew',
  });
  expect(changed('AWS::ECR::Repository', 'ImageTagMutability').meanings[0]!.what).toMatch(/changes in place$/);
});

test('a property of a host, of a link, and of what holds data', () => {
  const host = changed('AWS::EC2::Instance', 'Unheard');
  expect(host.meanings).toMatchObject([
    { kind: 'host-may-be-replaced', severity: 'replaced', what: 'may be replaced: Unheard a -> b' },
  ]);
  expect(diffText([host])).toContain('1 host that may be replaced, 1 of 1 stack differs');
  expect(changed('AWS::EC2::TransitGateway', 'Unheard').meanings).toMatchObject([
    {
      kind: 'link-may-be-replaced',
      severity: 'replaced',
      what: 'transit gateway may be replaced, with an interruption: Unheard a -> b',
    },
  ]);
  const volume = (rest: object) => changed('AWS::EC2::Volume', 'Unheard', rest).meanings;
  expect(volume({})).toMatchObject([{ kind: 'data-may-be-replaced', severity: 'data-loss' }]);
  expect(volume({ UpdateReplacePolicy: 'Retain', DeletionPolicy: 'Retain' })).toMatchObject([
    { kind: 'data-may-be-replaced', severity: 'replaced', what: expect.stringContaining('and the old one kept: Unheard a -> b') },
  ]);
});

test('volumes come and go while a host runs; a dedicated tenancy is another instance', () => {
  const volumes = (...ids: string[]) =>
    stack('AWS::EC2::Instance', { Volumes: ids.map((VolumeId, i) => ({ Device: `/dev/sd${'fgh'[i]}`, VolumeId })) });
  expect(diffStacks(volumes('a'), volumes('a', 'b')).meanings).toMatchObject([{ severity: 'addition' }]);
  expect(changed('AWS::EC2::Instance', 'Tenancy').meanings).toMatchObject([{ kind: 'host-replaced' }]);
});

test('ROS refuses what its pages don’t call editable, of types that nobody knows too', () => {
  const thing = (Name: string) => ros('network', { A: { Type: 'ALIYUN::NEW::Thing', Properties: { Name } } });
  expect(diffStacks(thing('a'), thing('b')).meanings).toMatchObject([
    { severity: 'refused', what: "~ A (ALIYUN::NEW::Thing) can't be changed in place" },
  ]);
});
