import { type App, Tags } from 'aws-cdk-lib';
import type { MembersFleet } from '../../lib/estate/model/model';
import {
  ADSERVER,
  FLEETS,
  HOST_GW,
  plan,
  region,
  STORAGE,
  type SynthOptions,
  synth,
  template,
  userData,
  VOTERS,
} from './fixtures';

/** The same plan as blocks and as L1 constructs. */
function both(from = plan(), options: SynthOptions = {}) {
  return { block: synth(from, options).text, expanded: synth(from, { ...options, expand: true }).text };
}

function expectSameBytes({ block, expanded }: ReturnType<typeof both>) {
  expect([...expanded.keys()]).toEqual([...block.keys()]);
  for (const [name, text] of expanded) {
    expect(JSON.parse(block.get(name)!)).toEqual(JSON.parse(text));
    expect(block.get(name)).toBe(text);
  }
}

describe('expanded and block templates are byte-identical', () => {
  test('for every stack of a region', () => expectSameBytes(both()));

  test('with host-gw routes', () => expectSameBytes(both(plan([region(FLEETS, HOST_GW)]))));

  test('with recovery, topics, keys and every kind of volume', () => {
    const volume = { device: '/dev/sdj', gb: 9, mount: '/x', filesystem: 'xfs' } as const;
    const rest: Partial<MembersFleet> = {
      keyName: 'ops',
      alarms: { recover: true, topicArn: 'arn:aws:sns:sa-east-1:111111111111:ops' },
      volumes: [
        { ...volume, name: 'log', type: 'st1' },
        { ...volume, name: 'fast', device: '/dev/sdk', type: 'io2', iops: 900 },
        { ...volume, name: 'wide', device: '/dev/sdl', type: 'gp3', iops: 4000, throughput: 500 },
      ],
    };
    const lock: Parameters<typeof plan>[1] = (_key, entry) => ({ ...entry, key: 'ops' });
    expectSameBytes(
      both(
        plan(
          [
            region(
              [
                { ...ADSERVER, keyName: 'ops', alarms: rest.alarms! },
                { ...STORAGE, ...rest },
                { ...VOTERS, ...rest },
              ],
              HOST_GW,
            ),
          ],
          lock,
        ),
      ),
    );
  });

  test('with gzipped user-data', () => expectSameBytes(both(plan(), { userDataOf: () => userData('x'.repeat(20_000), true) })));

  test('with path metadata, as the CDK CLI asks for', () =>
    expectSameBytes(both(plan(), { app: { context: { 'aws:cdk:enable-path-metadata': true } } })));

  test('with an absent member', () =>
    expectSameBytes(both(plan(undefined, (key, entry) => (key === 'core/voters/2' ? { ...entry, absent: true } : entry)))));

  test('with tags of every kind', () =>
    expectSameBytes(
      both(plan(), {
        before: (app: App) => {
          Tags.of(app).add('cost-centre', '42');
          Tags.of(app).add('Name', 'low', { priority: 10 });
          Tags.of(app).add('zz', 'instances only', { includeResourceTypes: ['AWS::EC2::Instance'] });
          Tags.of(app).add('aa', 'no volumes', { excludeResourceTypes: ['AWS::EC2::Volume'] });
          Tags.of(app).remove('meissa:number');
          Tags.of(app.node.findChild('sa-east-1').node.findChild('core-voters')).add('Name', 'everybody');
        },
      }),
    ));
});

test('tags of CDK reach interfaces, instances and volumes of members, and stay off where they were told to', () => {
  const found = template(
    synth(plan(), {
      before: (app: App) => {
        Tags.of(app).add('owner', 'me');
        Tags.of(app).add('only', 'disks', { includeResourceTypes: ['AWS::EC2::Volume'] });
      },
    }),
    'sa-east-1-core-voters',
  );
  const keys = (id: string) => (found.Resources[id]!.Properties!.Tags as { Key: string }[]).map((tag) => tag.Key);
  expect(keys('M1Interface')).toEqual(['Name', 'owner']);
  expect(keys('M1VolumeEtcd')).toEqual(['Name', 'only', 'owner']);
  expect(keys('M1InstanceG1')).toEqual(['meissa:gate', 'meissa:number', 'meissa:volume:etcd', 'Name', 'owner']);
});
