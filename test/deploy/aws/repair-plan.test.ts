import { planAwsRepair } from '../../../lib/deploy/aws/repair-plan';
import type { DriftedResource } from '../../../lib/deploy/engine';
import type { Template } from '../../../lib/deploy/standing-template';

const HOST = 'sa-east-1-core-voters';
const named = (Name: string) => ({ Tags: [{ Key: 'Name', Value: Name }] });
const TEMPLATE: Template = {
  Resources: {
    M1InstanceG1: { Type: 'AWS::EC2::Instance', Properties: named(`${HOST}-1`) },
    M1VolumeEtcd: { Type: 'AWS::EC2::Volume', Properties: named(`${HOST}-1-etcd`) },
    M1Gate0: { Type: 'AWS::CloudFormation::WaitCondition' },
    Bucket: { Type: 'AWS::S3::Bucket' },
  },
};
const drifted = (
  logicalId: string,
  drift: DriftedResource['drift'],
  properties: string[] = [],
  type?: string,
): DriftedResource => ({
  logicalId,
  type: type ?? TEMPLATE.Resources?.[logicalId]?.Type ?? 'AWS::EC2::Route',
  drift,
  physicalId: `id-${logicalId}`,
  differences: properties.map((property) => ({ property, expected: 'a', actual: 'b' })),
});
const by = (...all: DriftedResource[]) => planAwsRepair(TEMPLATE, all).items.map(({ by: means, stops }) => [means, stops]);

test('each kind has its means; a change that stops a voter says which', () => {
  expect(by(drifted('Way', 'deleted'))).toEqual([['revert', undefined]]);
  expect(by(drifted('M1InstanceG1', 'stopped'))).toEqual([['start', undefined]]);
  expect(by(drifted('M1InstanceG1', 'modified', ['Volumes.0.VolumeId']))).toEqual([['attach', undefined]]);
  expect(by(drifted('M1InstanceG1', 'modified', ['Tags']))).toEqual([['revert', undefined]]);
  expect(by(drifted('M1InstanceG1', 'modified', ['InstanceType']))).toEqual([['revert', `${HOST}-1`]]);
  expect(by(drifted('M1InstanceG1', 'deleted'))).toEqual([['revert', undefined]]);
});

test('what held data is never made anew empty, and nothing of its stack by a change set; a started host is', () => {
  const { items, left } = planAwsRepair(TEMPLATE, [
    drifted('M1VolumeEtcd', 'deleted'),
    drifted('Way', 'deleted'),
    drifted('M1InstanceG1', 'stopped'),
  ]);
  expect(items.map((item) => item.by)).toEqual(['start']);
  expect(left.map(({ resource, fix }) => [resource.logicalId, fix])).toEqual([
    ['M1VolumeEtcd', `meissa replace --disk ${HOST}-1/etcd`],
    ['Way', 'see to that first, then run the same command'],
  ]);
  expect(planAwsRepair(TEMPLATE, [drifted('Bucket', 'deleted')]).left[0]!.why).toContain('it would be empty');
});
