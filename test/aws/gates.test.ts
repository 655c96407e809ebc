import { gateId } from '../../lib/aws/fleet/gates';
import type { MembersFleet } from '../../lib/estate/model/model';
import { awsUpdates, GATED_PROPERTIES } from '../../lib/facts/aws/updates';
import { ofType, plan, region, STORAGE, synth, template, textOf, userData, VOTERS } from './fixtures';

const STACK = 'sa-east-1-core-voters';
const GATE = 'AWS::CloudFormation::WaitCondition';

function voters(rest: Partial<MembersFleet> = {}, options: Parameters<typeof synth>[1] = {}) {
  return template(synth(plan([region([{ ...VOTERS, ...rest }])]), options), STACK);
}

const gates = (of: ReturnType<typeof voters>) => ofType(of, GATE).map(([id]) => id);

test('between members of a quorum fleet stands a gate: a wait condition with a CreationPolicy and no handle', () => {
  const found = voters({ gateTimeout: 1200 });
  expect(ofType(found, GATE).map(([id, gate]) => [id.replace(/Gate\w+/, 'Gate'), gate])).toEqual(
    [1, 2, 3].map((n) => [
      `M${n}Gate`,
      { Type: GATE, DependsOn: [`M${n}InstanceG1`], CreationPolicy: { ResourceSignal: { Count: 1, Timeout: 'PT1200S' } } },
    ]),
  );
});

test('the next member is touched when the gate before it is passed', () => {
  const found = voters();
  const [first, second] = gates(found);
  expect(found.Resources.M1InstanceG1!.DependsOn).toBeUndefined();
  expect(found.Resources.M2InstanceG1!.DependsOn).toEqual([first]);
  expect(found.Resources.M3InstanceG1!.DependsOn).toEqual([second]);
});

test("the instance's tag meissa:gate names its gate", () => {
  const found = voters();
  for (const id of gates(found)) {
    const tags = found.Resources[`${id.replace(/Gate.*/, '')}InstanceG1`]!.Properties!.Tags;
    expect(tags).toContainEqual({ Key: 'meissa:gate', Value: `${STACK}/${id}` });
  }
});

test('an absent member has no instance and no gate, and the next one waits for the one before it', () => {
  const from = plan([region([VOTERS])], (key, entry) => (key === 'core/voters/2' ? { ...entry, absent: true } : entry));
  const found = template(synth(from), STACK);
  expect(gates(found)).toHaveLength(2);
  expect(found.Resources.M2InstanceG1).toBeUndefined();
  expect(found.Resources.M2Interface).toBeDefined();
  expect(found.Resources.M2VolumeEtcd).toBeDefined();
  expect(found.Resources.M3InstanceG1!.DependsOn).toEqual([gates(found)[0]]);
});

const LANES = [1, 2, 3, 4, 5, 7];
const waits = (count: number, rest: Partial<typeof STORAGE>, what: string) => {
  const found = template(synth(plan([region([{ ...STORAGE, count, ...rest }, VOTERS])])), 'sa-east-1-core-storage-1');
  const waiting = LANES.map((n) => found.Resources[`M${n}InstanceG1`]!.DependsOn?.map((id) => id.replace(/Gate.*/, 'Gate')));
  return {
    gates: gates(found).length,
    waiting,
    expected: [[], [], [], ['M1'], ['M2'], ['M4']].map((ids) => ids.map((id) => id + what)),
  };
};

test('members of a fleet without a quorum come up in lanes of maxUnavailable, each behind the gate of the one before', () => {
  const { gates: count, waiting, expected } = waits(9, { maxUnavailable: 3 }, 'Gate');
  expect(count).toBe(9);
  expect(waiting.map((ids) => ids ?? [])).toEqual(expected);
});

test('where their stacks have no room for gates each waits until the one before runs', () => {
  const alarms = { topicArn: 'arn:aws:sns:sa-east-1:111111111111:alarms', recover: true };
  const rest = { maxUnavailable: 3, membersPerStack: 90, alarms } as Partial<typeof STORAGE>;
  // Interface, instance, volume, two alarms and a gate: 83 fit.
  expect(waits(83, rest, 'Gate')).toMatchObject({ gates: 83 });
  const { gates: count, waiting, expected } = waits(84, rest, 'InstanceG1');
  expect(count).toBe(0);
  expect(waiting.map((ids) => ids ?? [])).toEqual(expected);
});

describe('gate ids change exactly when an interrupting property changes', () => {
  const before = gates(voters());
  const etcd = { name: 'etcd', device: '/dev/sdf', gb: 20, type: 'gp3', mount: '/var/lib/etcd', filesystem: 'ext4' } as const;
  const log = { ...etcd, name: 'log', device: '/dev/sdh' };

  test.each([
    ['user-data', () => voters({}, { userDataOf: textOf('#cloud-config\n# new') })],
    ['gzip of the same user-data', () => voters({}, { userDataOf: (f) => userData(textOf('x')(f).text, true) })],
    ['the instance type', () => voters({ instanceType: 'm5.xlarge' })],
    ['the attached volumes', () => voters({ volumes: [etcd, log] })],
  ])('%s', (_what, changed) => {
    for (const [i, id] of gates(changed()).entries()) expect(id).not.toBe(before[i]);
  });

  test.each([
    ['tags', () => voters({ tags: { team: 'platform' } })],
    ['the timeout', () => voters({ gateTimeout: 1000 })],
    ['the size of a volume', () => voters({ volumes: [{ ...etcd, gb: 40 }] })],
    ['alarms', () => voters({ alarms: { recover: true } })],
    ['another fleet', () => template(synth(plan([region([VOTERS, STORAGE])])), STACK)],
  ])('not with %s', (_what, changed) => expect(gates(changed())).toEqual(before));

  test('by the one table: every interrupting property, and no other', () => {
    const id = (properties: object) => gateId(1, 'M1InstanceG1', properties as Record<string, unknown>, 'digest');
    for (const name of GATED_PROPERTIES) {
      if (name !== 'UserData') expect(id({ [name]: 'changed' })).not.toBe(id({}));
    }
    for (const name of ['Tags', 'IamInstanceProfile', 'Monitoring', ...awsUpdates['AWS::EC2::Instance']!.replace!.split(/\s+/)]) {
      expect(id({ [name]: 'changed' })).toBe(id({}));
    }
  });
});
