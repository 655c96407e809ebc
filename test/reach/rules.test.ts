import { addRegion, Cloud, joinByPeering, peered, ref, stop } from './clouds';

function rule(cloud: Cloud, id: string, properties: Record<string, unknown>): void {
  cloud.add('r1/all', id, 'AWS::EC2::SecurityGroupIngress', { GroupId: ref('SecurityGroupHosts'), ...properties });
}

let cloud: Cloud;
beforeEach(() => {
  cloud = new Cloud();
  addRegion(cloud, 1);
  cloud.drop('r1/all', 'Ingress');
});

test('what no rule lets in is refused at the receiver, and the hop names the group', () => {
  const answer = cloud.ask('r1-h-1', 'r1-h-2');
  expect(answer.code).toBe('INGRESS_RULES');
  expect(stop(answer)).toMatchObject({ where: 'security group Hosts', from: { logicalId: 'SecurityGroupHosts' } });
});

test('a rule lets in its ports and protocol only', () => {
  rule(cloud, 'Etcd', { IpProtocol: 'tcp', FromPort: 2379, ToPort: 2380, CidrIp: '10.1.0.0/16' });
  expect(cloud.ask('r1-h-1', 'r1-h-2', { protocol: 'tcp', port: 2380 }).yes).toBe(true);
  expect(cloud.ask('r1-h-1', 'r1-h-2', { protocol: 'tcp', port: 2381 }).code).toBe('INGRESS_RULES');
  expect(cloud.ask('r1-h-1', 'r1-h-2', { protocol: 'udp', port: 2380 }).code).toBe('INGRESS_RULES');
  expect(cloud.ask('r1-h-1', 'r1-h-2', { protocol: 'icmp' }).code).toBe('INGRESS_RULES');
});

test('without a port the answer lists what the rules let in', () => {
  rule(cloud, 'Etcd', { IpProtocol: 'tcp', FromPort: 2379, ToPort: 2380, CidrIp: '10.1.0.0/16' });
  rule(cloud, 'Dns', { IpProtocol: 'udp', FromPort: 53, ToPort: 53, CidrIp: '10.1.1.0/24' });
  expect(cloud.ask('r1-h-1', 'r1-h-2').ports).toEqual(['53/udp', '2379-2380/tcp']);
  expect(cloud.ask('r1-h-2', 'r1-h-1').ports).toEqual(['2379-2380/tcp']);
});

test('a refusal says what would be let in', () => {
  rule(cloud, 'Etcd', { IpProtocol: 'tcp', FromPort: 2379, ToPort: 2379, CidrIp: '10.1.0.0/16' });
  const answer = cloud.ask('r1-h-1', 'r1-h-2', { protocol: 'tcp', port: 22 });
  expect(answer.reason).toContain('only 2379/tcp');
});

test('a rule by group matches the addresses that its interfaces own, never containers behind them', () => {
  rule(cloud, 'Own', { IpProtocol: '-1', SourceSecurityGroupId: { 'Fn::GetAtt': ['SecurityGroupHosts', 'GroupId'] } });
  expect(cloud.ask('r1-h-1', 'r1-h-2').yes).toBe(true);
  expect(cloud.ask('r1-h-1:container', 'r1-h-2').code).toBe('INGRESS_RULES');
});

test('a rule by range lets containers in', () => {
  rule(cloud, 'Containers', { IpProtocol: '-1', CidrIp: '172.16.0.0/12' });
  expect(cloud.ask('r1-h-1:container', 'r1-h-2').yes).toBe(true);
  expect(cloud.ask('r1-h-1', 'r1-h-2').code).toBe('INGRESS_RULES');
});

test('replies need no rule: rules are stateful', () => {
  rule(cloud, 'OneWay', { IpProtocol: '-1', CidrIp: '10.1.1.11/32' });
  expect(cloud.ask('r1-h-1', 'r1-h-2').yes).toBe(true);
  expect(cloud.ask('r1-h-2', 'r1-h-1').code).toBe('INGRESS_RULES');
});

test('outbound rules stop a packet before it is routed', () => {
  rule(cloud, 'All', { IpProtocol: '-1', CidrIp: '0.0.0.0/0' });
  cloud.set('r1/all', 'SecurityGroupHosts', {
    SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }],
  });
  expect(cloud.ask('r1-h-1', 'r1-h-2', { protocol: 'tcp', port: 80 }).code).toBe('EGRESS_RULES');
  expect(cloud.ask('r1-h-1', 'r1-h-2').ports).toEqual(['443/tcp']);
});

test('a group that says nothing of outbound lets everything out', () => {
  rule(cloud, 'All', { IpProtocol: '-1', CidrIp: '0.0.0.0/0' });
  delete cloud.at('r1/all', 'SecurityGroupHosts').Properties.SecurityGroupEgress;
  expect(cloud.ask('r1-h-1', 'r1-h-2').yes).toBe(true);
});

test('a rule by group means nothing across regions', () => {
  const two = peered();
  two.drop('r2/all', 'Ingress');
  two.stacks['r1/all']!.outputs.GroupId = { Value: ref('SecurityGroupHosts') };
  two.add('r2/all', 'Foreign', 'AWS::EC2::SecurityGroupIngress', {
    GroupId: ref('SecurityGroupHosts'),
    IpProtocol: '-1',
    SourceSecurityGroupId: { 'Fn::GetStackOutput': { StackName: 'r1-all', OutputName: 'GroupId', Region: 'r1' } },
  });
  expect(two.ask('r1-h-1', 'r2-h-1').code).toBe('INGRESS_RULES');
});

test('a rule by group means the peer’s group over a peering in one region', () => {
  const two = new Cloud();
  addRegion(two, 1);
  addRegion(two, 2);
  joinByPeering(two, 1, 2);
  two.stacks['r2/all']!.region = 'r1';
  two.set('r1/all', 'Peering2', {
    PeerVpcId: { 'Fn::GetStackOutput': { StackName: 'r2-all', OutputName: 'VpcId', Region: 'r1' } },
    PeerRegion: 'r1',
  });
  two.drop('r2/all', 'Ingress');
  two.stacks['r1/all']!.outputs.GroupId = { Value: ref('SecurityGroupHosts'), Export: { Name: 'r1:GroupId' } };
  two.add('r2/all', 'Foreign', 'AWS::EC2::SecurityGroupIngress', {
    GroupId: ref('SecurityGroupHosts'),
    IpProtocol: '-1',
    SourceSecurityGroupId: { 'Fn::ImportValue': 'r1:GroupId' },
  });
  expect(two.ask('r1-h-1', 'r2-h-1').yes).toBe(true);
});
