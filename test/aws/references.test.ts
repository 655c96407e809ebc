import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import type { Block } from '../../lib/aws/fleet/block';
import { MembersFleet } from '../../lib/aws/fleet/members';
import { literalUserData } from '../../lib/aws/fleet/user-data';
import { plan, region, synth, VOTERS } from './fixtures';
import { HYBRID, linked } from './link-fixtures';

function fleetIn(stack: Stack, expand: boolean): MembersFleet {
  const [fleet] = plan([region([VOTERS])]).regions[0]!.fleets;
  if (fleet?.kind !== 'members') throw new Error('members expected');
  return new MembersFleet(stack, 'Voters', {
    members: fleet.members,
    userData: literalUserData('x'),
    instanceType: 'm5.large',
    instanceProfile: 'profile',
    subnets: { MembersA: 'subnet-a', MembersB: 'subnet-b', MembersC: 'subnet-c' },
    securityGroups: ['sg-1'],
    volumes: fleet.volumes,
    expand,
  });
}

const env = { account: '111111111111', region: 'sa-east-1' };

describe.each([
  ['as a block', false],
  ['expanded', true],
])('%s', (_form, expand) => {
  test('in the same stack a reference is a Ref', () => {
    const app = new App();
    const stack = new Stack(app, 'One', { env });
    const fleet = fleetIn(stack, expand);
    new CfnOutput(stack, 'Instance', { value: fleet.member(2).instanceId });
    new CfnOutput(stack, 'Interface', { value: fleet.member(2).networkInterfaceId });
    new CfnOutput(stack, 'Volume', { value: fleet.member(2).volumeId('etcd') });
    const { Outputs } = app.synth().getStackByName('One').template;
    expect(Outputs).toMatchObject({
      Instance: { Value: { Ref: 'M2InstanceG1' } },
      Interface: { Value: { Ref: 'M2Interface' } },
      Volume: { Value: { Ref: 'M2VolumeEtcd' } },
    });
  });

  test('in another stack CDK exports and imports it: no Ref to what is not there', () => {
    const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' } });
    const fleet = fleetIn(new Stack(app, 'One', { env }), expand);
    const other = new Stack(app, 'Two', { env });
    new CfnOutput(other, 'Instance', { value: fleet.member(2).instanceId });
    const assembly = app.synth();
    expect(assembly.getStackByName('Two').template.Outputs.Instance.Value).toEqual({
      'Fn::ImportValue': 'One:ExportsOutputRefM2InstanceG18B38781A',
    });
    expect(Object.keys(assembly.getStackByName('One').template.Outputs)).toEqual(['ExportsOutputRefM2InstanceG18B38781A']);
  });
});

test('an estate refuses automatic cross-stack references', () => {
  const before = (app: App) => {
    const regionScope = app.node.findChild('sa-east-1');
    const fleet = regionScope.node.findChild('core-voters').node.findChild('Fleet') as MembersFleet;
    new CfnOutput(new Stack(app, 'Other', { env }), 'Instance', { value: fleet.member(1).instanceId });
  };
  expect(() => synth(plan(), { before })).toThrow(/\[sa-east-1\/core-voters\] AUTOMATIC_EXPORT .*without a hand-named output/);
});

test('so do the stacks of links', () => {
  const before = (app: App) => {
    const request = app.node.findChild('links').node.findChild('sa-east-1--us-east-1').node.findChild('request');
    const id = (request.node.findChild('Link') as Block).refOf('PeeringG1x1');
    new CfnOutput(new Stack(app, 'Other', { env }), 'Peering', { value: id });
  };
  expect(() => synth(linked(HYBRID), { before })).toThrow(/\[links\/sa-east-1--us-east-1\/request\] AUTOMATIC_EXPORT /);
});

test('an absent member has no instance to refer to', () => {
  const from = plan([region([VOTERS])], (key, entry) => (key === 'core/voters/1' ? { ...entry, absent: true } : entry));
  synth(from, {
    before: (app) => {
      const fleet = app.node.findChild('sa-east-1').node.findChild('core-voters').node.findChild('Fleet') as MembersFleet;
      expect(() => fleet.member(1).instanceId).toThrow('is absent: it has no instance');
      expect(fleet.member(1).networkInterfaceId).toContain('Token');
    },
  });
});
