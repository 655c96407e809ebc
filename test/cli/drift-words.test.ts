import { driftLines, driftWords } from '../../lib/cli/words/drift-words';
import type { DriftedResource, RepairPlan } from '../../lib/deploy/engine';
import type { Template } from '../../lib/deploy/standing-template';

const HOST = 'sa-east-1-core-storage-2';
const TEMPLATE: Template = {
  Resources: {
    M2InstanceG1: { Type: 'AWS::EC2::Instance', Properties: { Tags: [{ Key: 'Name', Value: HOST }] } },
    M2VolumeData: { Type: 'AWS::EC2::Volume', Properties: { Tags: [{ Key: 'Name', Value: `${HOST}-data` }] } },
    M2RoutePrivateA: { Type: 'AWS::EC2::Route', Properties: { DestinationCidrBlock: '172.16.3.0/24' } },
    Rule: {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: { IpProtocol: 'tcp', FromPort: 2379, ToPort: 2379, CidrIp: '10.9.0.0/16' },
    },
  },
};
const drifted = (logicalId: string, drift: DriftedResource['drift'], differences: DriftedResource['differences'] = []) => ({
  logicalId,
  type: TEMPLATE.Resources![logicalId]!.Type!,
  drift,
  differences,
});
const told = (resource: DriftedResource) =>
  driftLines(
    driftWords(TEMPLATE, { items: [{ resource, by: 'revert' }], left: [], down: [] } satisfies RepairPlan, 'sa-east-1')[0]!,
  );

test.each<[string, DriftedResource, string, RegExp]>([
  ['a member', drifted('M2InstanceG1', 'deleted'), `host ${HOST} is gone (M2InstanceG1, AWS::EC2::Instance)`, /one host fewer/],
  [
    'a stopped one',
    drifted('M2InstanceG1', 'stopped'),
    `host ${HOST} is stopped (M2InstanceG1, AWS::EC2::Instance)`,
    /until it is started/,
  ],
  [
    'a volume',
    drifted('M2VolumeData', 'deleted'),
    `volume data of host ${HOST} is gone (M2VolumeData, AWS::EC2::Volume)`,
    /what was on it is gone/,
  ],
  [
    'a route',
    drifted('M2RoutePrivateA', 'deleted'),
    `route 172.16.3.0/24 to host ${HOST} is gone (M2RoutePrivateA, AWS::EC2::Route)`,
    /nobody in that table reaches 172.16.3.0\/24/,
  ],
  [
    'a rule',
    drifted('Rule', 'deleted'),
    'rule tcp 2379 from 10.9.0.0/16 is gone (Rule, AWS::EC2::SecurityGroupIngress)',
    /kept out/,
  ],
])('%s is called as people call it, with what that means and the command', (_, resource, what, means) => {
  const lines = told(resource);
  expect(lines[0]).toBe(what);
  expect(lines.at(-2)).toMatch(means);
  expect(lines.at(-1)).toBe('  write: meissa repair sa-east-1');
});

test('values stand beside each other, and what is left has its own way and the reason', () => {
  const resource = drifted('M2InstanceG1', 'modified', [{ property: 'InstanceType', expected: 'm5.large', actual: 'null' }]);
  const left = [{ resource, why: 'they vote', fix: 'one at a time' }];
  expect(driftLines(driftWords(TEMPLATE, { items: [], left, down: [] }, 'sa-east-1')[0]!)).toEqual([
    `host ${HOST} differs (M2InstanceG1, AWS::EC2::Instance)`,
    '  InstanceType: m5.large expected, nothing there',
    '  means: it has other cores and memory than it was sized for',
    '  write: one at a time (not by repair: they vote)',
  ]);
});
