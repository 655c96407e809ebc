import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { EtcdCluster, type EtcdVoter } from '../../lib/aws/fleet/etcd-cluster';
import { literalUserData } from '../../lib/aws/fleet/user-data';

function cluster(size: number, expand = false) {
  const app = new App();
  const network = new Stack(app, 'Network', { env: { account: '111111111111', region: 'sa-east-1' } });
  const stack = new Stack(app, 'Etcd', { env: { account: '111111111111', region: 'sa-east-1' } });
  const vpc = new Vpc(network, 'Vpc', { maxAzs: 3 });
  const voters = Array.from({ length: size }, (_, i): EtcdVoter => {
    return { subnet: vpc.privateSubnets[i % vpc.privateSubnets.length]!, address: `10.0.${96 + i}.10` };
  });
  const etcd = new EtcdCluster(stack, 'Cluster', {
    voters,
    name: 'etcd',
    image: 'ami-0123456789abcdef0',
    instanceType: 'm5.large',
    securityGroup: new SecurityGroup(stack, 'Group', { vpc }),
    instanceProfile: 'etcd',
    userData: literalUserData('#cloud-config\n'),
    expand,
  });
  return { etcd, stack };
}

test('an etcd cluster of an app of its own: three voters behind gates, in subnets of another stack', () => {
  const { etcd, stack } = cluster(3);
  const found = Template.fromStack(stack);
  found.resourceCountIs('AWS::EC2::Instance', 3);
  found.resourceCountIs('AWS::CloudFormation::WaitCondition', 3);
  found.hasResourceProperties('AWS::EC2::NetworkInterface', {
    PrivateIpAddress: '10.0.96.10',
    SubnetId: { 'Fn::ImportValue': Match.stringLikeRegexp('^Network:ExportsOutputRefVpcPrivateSubnet1') },
  });
  expect(etcd.endpoints).toEqual(['10.0.96.10:2379', '10.0.97.10:2379', '10.0.98.10:2379']);
  expect(stack.resolve(etcd.signalArn)).toEqual({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudformation:sa-east-1:111111111111:stack/Etcd/*']],
  });
  expect(stack.resolve(etcd.voter(2).instanceId)).toEqual({ Ref: 'M2InstanceG1' });
});

test('expanded it is the same template', () => {
  expect(Template.fromStack(cluster(3, true).stack).toJSON()).toEqual(Template.fromStack(cluster(3).stack).toJSON());
});

test.each([1, 2, 4, 6])('%i voters are refused', (size) => {
  expect(() => cluster(size)).toThrow(`an etcd cluster has 3 or 5 voters, not ${size}`);
});

test('user-data over 16,384 bytes is refused', () => {
  expect(() => literalUserData('x'.repeat(16_385))).toThrow('user-data has 16385 bytes: EC2 takes 16384');
});
