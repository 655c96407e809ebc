/** Front ends of AWS: their load balancer, what they register with, how they leave, and what their roles may do. */
import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { emitEstate } from '../../lib/aws/app';
import type { Estate } from '../../lib/estate/model/model';
import { planEstate } from '../../lib/plan/plan';
import { collecting, elastic, withFrontEnds } from '../collection/estate';
import { ofType, synth, template, textOf } from './fixtures';

const ENTRY = 'sa-east-1-collection-front-ends-entry';
/** With flow logs, which the estate does without and cdk-nag asks for. */
const planOf = (estate: Estate) => {
  const regions = estate.regions.map((region) => ({ ...region, network: { ...region.network, flowLogDays: 7 } }));
  return planEstate({ ...estate, regions }, ['sa-east-1']);
};
const members = planOf(collecting());
const scaled = planOf(withFrontEnds(collecting(), 'sa-east-1', elastic));
const entry = template(synth(members), ENTRY);
const ELB = 'AWS::ElasticLoadBalancingV2::';

test('one internal load balancer with an address in every zone, each of which sends to hosts of all', () => {
  expect(ofType(entry, `${ELB}LoadBalancer`)).toEqual([
    [
      'LoadBalancerG1',
      {
        Type: `${ELB}LoadBalancer`,
        Properties: {
          LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
          Scheme: 'internal',
          Subnets: ['A', 'B', 'C'].map((zone) => ({ 'Fn::ImportValue': `sa-east-1-network:SubnetPublic${zone}G1` })),
          Type: 'network',
        },
      },
    ],
  ]);
});

test.each([
  ['Http', 8080, 'TCP'],
  ['Relp', 2514, 'TCP'],
  ['Syslog', 514, 'TCP_UDP'],
])('%s: port %d is passed on as %s, to hosts that can append', (id, port, protocol) => {
  expect(entry.Resources[`Targets${id}G1`]!.Properties).toMatchObject({
    HealthCheckPath: '/health',
    HealthCheckPort: '8080',
    HealthCheckProtocol: 'HTTP',
    Matcher: { HttpCode: '200' },
    Port: port,
    Protocol: protocol,
    TargetType: 'ip',
    Targets: [
      { Id: '10.9.8.48', Port: port },
      { Id: '10.9.40.48', Port: port },
    ],
  });
  expect(entry.Resources[`Listener${id}G1`]!.Properties).toEqual({
    DefaultActions: [{ TargetGroupArn: { Ref: `Targets${id}G1` }, Type: 'forward' }],
    LoadBalancerArn: { Ref: 'LoadBalancerG1' },
    Port: port,
    Protocol: protocol,
  });
});

test('hosts see the address of the sender, and connections to a host that leaves are cut', () => {
  for (const [, group] of ofType(entry, `${ELB}TargetGroup`)) {
    expect(group.Properties!.TargetGroupAttributes).toEqual([
      { Key: 'deregistration_delay.connection_termination.enabled', Value: 'true' },
      { Key: 'deregistration_delay.timeout_seconds', Value: '60' },
      { Key: 'preserve_client_ip.enabled', Value: 'true' },
    ]);
  }
});

test('its planned name is known in the VPC only', () => {
  expect(entry.Resources.ZoneG1!.Properties).toEqual({
    Name: 'collection.sa-east-1.collecting.internal',
    VPCs: [{ VPCId: { 'Fn::ImportValue': 'sa-east-1-network:VpcIdG1' }, VPCRegion: 'sa-east-1' }],
  });
  expect(entry.Resources.NameG1!.Properties).toMatchObject({
    Name: 'lines.collection.sa-east-1.collecting.internal',
    AliasTarget: { DNSName: { 'Fn::GetAtt': ['LoadBalancerG1', 'DNSName'] } },
  });
  expect(entry.Outputs.LinesEndpointG1).toMatchObject({ Value: { 'Fn::GetAtt': ['LoadBalancerG1', 'DNSName'] } });
});

test('a member that goes for good changes the targets and nothing else', () => {
  const without = withFrontEnds(collecting(), 'sa-east-1', (fleet) => ({ ...fleet, removed: [2] }) as typeof fleet);
  const fewer = template(synth(planOf(without)), ENTRY);
  const changed = Object.keys(fewer.Resources).filter(
    (id) => JSON.stringify(fewer.Resources[id]) !== JSON.stringify(entry.Resources[id]),
  );
  expect(changed.sort()).toEqual(['TargetsHttpG1', 'TargetsRelpG1', 'TargetsSyslogG1']);
});

test('alarms tell when a host, or every host, can take no lines', () => {
  expect(entry.Resources.HostsUnhealthy!.Properties).toMatchObject({
    MetricName: 'UnHealthyHostCount',
    Namespace: 'AWS/NetworkELB',
  });
  expect(entry.Resources.NoHostHealthy!.Properties).toMatchObject({
    Dimensions: [
      { Name: 'LoadBalancer', Value: { 'Fn::GetAtt': ['LoadBalancerG1', 'LoadBalancerFullName'] } },
      { Name: 'TargetGroup', Value: { 'Fn::GetAtt': ['TargetsHttpG1', 'TargetGroupFullName'] } },
    ],
    MetricName: 'HealthyHostCount',
    TreatMissingData: 'breaching',
  });
});

test('an elastic fleet registers its hosts by its group, which holds one that leaves until it has drained', () => {
  const out = synth(scaled);
  expect(template(out, ENTRY).Resources.TargetsHttpG1!.Properties).toMatchObject({ TargetType: 'instance' });
  expect(template(out, ENTRY).Resources.TargetsHttpG1!.Properties).not.toHaveProperty('Targets');
  const { Resources } = template(out, 'sa-east-1-collection-front-ends');
  expect(Resources.Group!.Properties).toMatchObject({
    AutoScalingGroupName: 'sa-east-1-collection-front-ends',
    TargetGroupARNs: ['Http', 'Relp', 'Syslog'].map((id) => ({ 'Fn::ImportValue': `${ENTRY}:LinesTargets${id}G1` })),
  });
  expect(Resources.Drain!.Properties).toEqual({
    AutoScalingGroupName: { Ref: 'Group' },
    DefaultResult: 'CONTINUE',
    HeartbeatTimeout: 900,
    LifecycleHookName: 'drain',
    LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
  });
});

test('roles read the certificates of their own fleet; only hosts that drain speak to Auto Scaling, of their own group', () => {
  const statements = (fleet: string) => {
    const role = template(synth(scaled), 'sa-east-1-base').Resources[`Role${fleet}`]!;
    const [{ PolicyDocument }] = role.Properties!.Policies as [{ PolicyDocument: { Statement: { Sid: string }[] } }];
    return Object.fromEntries(PolicyDocument.Statement.map((statement) => [statement.Sid, statement]));
  };
  const secrets = (fleet: string) =>
    `arn:aws:ssm:sa-east-1:111111111111:parameter/meissa/collecting/sa-east-1/collection/${fleet}/tls/*`;
  const frontEnds = statements('CollectionFrontEnds');
  expect(frontEnds.ReadSecrets).toMatchObject({ Action: ['ssm:GetParameter'], Resource: [secrets('front-ends')] });
  expect(frontEnds.DrainHost).toMatchObject({
    Action: ['autoscaling:CompleteLifecycleAction', 'autoscaling:RecordLifecycleActionHeartbeat'],
    Resource: [
      'arn:aws:autoscaling:sa-east-1:111111111111:autoScalingGroup:*:autoScalingGroupName/sa-east-1-collection-front-ends',
    ],
  });
  const brokers = statements('CollectionBrokers');
  expect(brokers.ReadSecrets).toMatchObject({ Resource: [secrets('brokers')] });
  expect(brokers).not.toHaveProperty('DrainHost');
  // Controllers write that their quorum stood; brokers ask.
  expect(brokers.FormedMarker).toMatchObject({ Action: ['ssm:GetParameter'] });
  expect(statements('CollectionControllers').FormedMarker).toMatchObject({ Action: ['ssm:GetParameter', 'ssm:PutParameter'] });
  expect(frontEnds).not.toHaveProperty('FormedMarker');
});

test.each([
  ['members', members],
  ['elastic', scaled],
])('%s: expanded and block templates are byte-identical, and cdk-nag finds nothing', (_kind, plan) => {
  const [block, expanded] = [synth(plan).text, synth(plan, { expand: true }).text];
  for (const [name, text] of expanded) expect([name, block.get(name)]).toEqual([name, text]);
  const app = new App({ analyticsReporting: false, treeMetadata: false });
  emitEstate(app, plan, { userDataOf: textOf('x'), expand: true });
  expect(new AwsSolutionsChecks(app).validateScope(app).violations.map((violation) => violation.ruleName)).toEqual([]);
});
