/** Constructs of a collection in an app with a network of its own. */
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CentralMirror, CollectionCluster, FrontEnds, literalUserData } from '../../lib/aws';

const env = { account: '111111111111', region: 'sa-east-1' };

function world() {
  const app = new App();
  const network = new Stack(app, 'Network', { env });
  const vpc = new Vpc(network, 'Vpc', { maxAzs: 3 });
  const stack = new Stack(app, 'Own', { env });
  const securityGroup = new SecurityGroup(network, 'Group', { vpc });
  const hosts = (count: number, from: number) =>
    Array.from({ length: count }, (_, i) => ({
      subnet: vpc.privateSubnets[i % 3]!,
      address: `10.0.${96 + 32 * (i % 3)}.${from + i}`,
    }));
  const common = { securityGroup, instanceProfile: 'kafka', userData: literalUserData('#cloud-config\n') };
  return { app, vpc, stack, hosts, common };
}

const IMAGE = 'ami-0123456789abcdef0';

function cluster(brokers: number, controllers: number | undefined, expand = false) {
  const { app, hosts, common } = world();
  return new CollectionCluster(app, 'Collection', {
    env,
    name: 'lines',
    image: IMAGE,
    brokers: { ...common, hosts: hosts(brokers, 20), instanceType: 'r5.xlarge', dataGb: 1200, throughput: 250 },
    ...(controllers === undefined
      ? {}
      : { controllers: { ...common, hosts: hosts(controllers, 10), instanceType: 'm5.large', dataGb: 20 } }),
    expand,
  });
}

describe('a cluster', () => {
  test('has two stacks: brokers wait for controllers, and both come up one host at a time', () => {
    const made = cluster(4, 3);
    expect(made.brokerStack.dependencies).toContain(made.controllerStack);
    for (const [stack, count] of [
      [made.controllerStack, 3],
      [made.brokerStack, 4],
    ] as const) {
      const found = Template.fromStack(stack);
      found.resourceCountIs('AWS::EC2::Instance', count);
      found.resourceCountIs('AWS::CloudFormation::WaitCondition', count);
    }
    Template.fromStack(made.brokerStack).hasResource('AWS::EC2::Volume', {
      DeletionPolicy: 'Retain',
      Properties: { Size: 1200, Throughput: 250, VolumeType: 'gp3' },
    });
  });

  test('tells clients three brokers, and brokers every controller', () => {
    const made = cluster(4, 3);
    expect(made.bootstrap).toEqual(['10.0.96.20:9092', '10.0.128.21:9092', '10.0.160.22:9092']);
    expect(made.controllerBootstrap).toEqual(['10.0.96.10:9093', '10.0.128.11:9093', '10.0.160.12:9093']);
    expect(made.brokerStack.resolve(made.broker(2).instanceId)).toEqual({ Ref: 'M2InstanceG1' });
  });

  test('without controllers has brokers that are controllers too, each with a volume for either', () => {
    const made = cluster(3, undefined);
    expect(made.controllerStack).toBe(made.brokerStack);
    Template.fromStack(made.brokerStack).resourceCountIs('AWS::EC2::Volume', 6);
    expect(made.controllerBootstrap[0]).toBe('10.0.96.20:9093');
  });

  test('expanded it is the same templates', () => {
    const [block, expanded] = [cluster(3, 3), cluster(3, 3, true)];
    expect(Template.fromStack(expanded.brokerStack).toJSON()).toEqual(Template.fromStack(block.brokerStack).toJSON());
  });

  test.each([
    [3, 2, 'a collection has 3 or 5 controllers, not 2'],
    [4, undefined, 'a collection has 3 or 5 controllers, not 4'],
    [2, 3, 'a collection has 3 brokers at least, not 2'],
  ])('%s brokers and %s controllers are refused', (brokers, controllers, words) => {
    expect(() => cluster(brokers, controllers)).toThrow(words);
  });
});

describe('front ends', () => {
  const frontEnds = (kind: 'hosts' | 'scaling' | 'both', expand = false) => {
    const { vpc, stack, hosts, common } = world();
    new FrontEnds(stack, 'FrontEnds', {
      ...common,
      vpc,
      subnets: vpc.privateSubnets,
      name: 'front-ends',
      image: IMAGE,
      instanceType: 'c5.xlarge',
      dns: { zone: 'lines.internal', name: 'in.lines.internal' },
      ...(kind === 'scaling' ? {} : { hosts: hosts(3, 40) }),
      ...(kind === 'hosts' ? {} : { scaling: { subnets: vpc.privateSubnets, min: 2, max: 6 } }),
      expand,
    });
    return Template.fromStack(stack);
  };

  test('with fixed addresses are targets by address, and keep their spool', () => {
    const found = frontEnds('hosts');
    found.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 3);
    found.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Port: 8080,
      TargetType: 'ip',
      Targets: Match.arrayWith([{ Id: '10.0.128.41', Port: 8080 }]),
      VpcId: { 'Fn::ImportValue': Match.stringLikeRegexp('^Network:') },
    });
    found.hasResource('AWS::EC2::Volume', { DeletionPolicy: 'Retain', Properties: { Size: 500 } });
    found.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'in.lines.internal' });
  });

  test('of a group are registered by it, and drain before they go', () => {
    const found = frontEnds('scaling');
    found.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
      AutoScalingGroupName: 'front-ends',
      TargetGroupARNs: ['Http', 'Relp', 'Syslog'].map((id) => ({ Ref: `Targets${id}G1` })),
    });
    found.hasResourceProperties('AWS::AutoScaling::LifecycleHook', { LifecycleHookName: 'drain' });
  });

  test.each(['hosts', 'scaling'] as const)('expanded it is the same template: %s', (kind) => {
    expect(frontEnds(kind, true).toJSON()).toEqual(frontEnds(kind).toJSON());
  });

  test('of both kinds are refused', () => {
    expect(() => frontEnds('both')).toThrow('either hosts with fixed addresses or scaling');
  });
});

describe('a mirror', () => {
  const mirror = (count: number) => {
    const { stack, hosts, common } = world();
    const made = new CentralMirror(stack, 'Mirror', {
      ...common,
      hosts: hosts(count, 60),
      name: 'mirrors',
      image: IMAGE,
      instanceType: 'c5.xlarge',
    });
    return { made, stack };
  };

  test('has hosts without data and without gates, one after the other', () => {
    const { made, stack } = mirror(3);
    const found = Template.fromStack(stack);
    found.resourceCountIs('AWS::EC2::Volume', 0);
    found.resourceCountIs('AWS::CloudFormation::WaitCondition', 0);
    found.hasResource('AWS::EC2::Instance', { DependsOn: ['M1InstanceG1'] });
    expect(made.host(3).address).toBe('10.0.160.62');
  });

  test('of one host is refused: nobody would take over', () => {
    expect(() => mirror(1)).toThrow('a mirror has 2 hosts at least, not 1');
  });
});
