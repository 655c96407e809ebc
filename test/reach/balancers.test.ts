/** Load balancers by name: their listeners, the hosts behind them, and who sees whose address. */
import { withoutNames } from '../../lib/reach/cut';
import { addNat, addRegion, Cloud, joinByPeering, ref } from './clouds';

let cloud: Cloud;
const V2 = 'AWS::ElasticLoadBalancingV2::';

beforeEach(() => {
  cloud = new Cloud();
  addRegion(cloud, 1);
  addNat(cloud, 1);
  cloud.add('r1/all', 'Lb', `${V2}LoadBalancer`, {
    Type: 'network',
    Scheme: 'internal',
    Subnets: [ref('SubnetMembersA'), ref('SubnetMembersB')],
    LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
  });
  cloud.add('r1/all', 'Hosts', `${V2}TargetGroup`, {
    Port: 8080,
    Protocol: 'TCP',
    TargetType: 'ip',
    VpcId: ref('Vpc'),
    Targets: [{ Id: '10.1.2.12', Port: 8080 }],
    TargetGroupAttributes: [{ Key: 'preserve_client_ip.enabled', Value: 'true' }],
  });
  cloud.add('r1/all', 'Http', `${V2}Listener`, {
    LoadBalancerArn: ref('Lb'),
    Port: 80,
    Protocol: 'TCP',
    DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Hosts') }],
  });
});

const tcp = (port: number) => ({ protocol: 'tcp', port }) as const;

test('is asked by name, and a packet to a node goes on to the hosts behind its listener', () => {
  const answer = cloud.ask('r1-h-1', 'nlb of r1');
  expect(answer).toMatchObject({ yes: true, ports: ['80/tcp'], pairs: 2 });
  expect(answer.forward.map((hop) => hop.words)).toContain('sends on to 1 host, which see the sender’s address');
});

test('listens on its ports only', () => {
  expect(cloud.ask('r1-h-1', 'nlb of r1', tcp(80)).yes).toBe(true);
  const other = cloud.ask('r1-h-1', 'nlb of r1', tcp(8080));
  expect(other).toMatchObject({ code: 'NO_LISTENER', reason: expect.stringContaining('listens on 80/tcp only') });
  expect(cloud.ask('r1-h-1', 'nlb of r1', { protocol: 'icmp' }).code).toBe('NO_LISTENER');
});

test('the hosts’ groups see the sender’s address, by range and never by its group', () => {
  cloud.set('r1/all', 'Ingress', { CidrIp: '10.1.1.11/32', IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080 });
  expect(cloud.ask('r1-h-1', 'nlb of r1').yes).toBe(true);
  const { CidrIp: _, ...rest } = cloud.at('r1/all', 'Ingress').Properties;
  cloud.at('r1/all', 'Ingress').Properties = { ...rest, SourceSecurityGroupId: ref('SecurityGroupHosts') };
  expect(cloud.ask('r1-h-1', 'r1-h-2', tcp(8080)).yes).toBe(true);
  expect(cloud.ask('r1-h-1', 'nlb of r1').code).toBe('INGRESS_RULES');
});

test('where the sender’s address is not kept, hosts see the node', () => {
  cloud.set('r1/all', 'Hosts', { TargetGroupAttributes: [] });
  cloud.set('r1/all', 'Ingress', { CidrIp: '10.1.1.11/32' });
  expect(cloud.ask('r1-h-1', 'nlb of r1').code).toBe('INGRESS_RULES');
  cloud.set('r1/all', 'Ingress', { CidrIp: '10.1.0.0/16' });
  expect(cloud.ask('r1-h-1', 'nlb of r1').forward.map((hop) => hop.words)).toContain(
    'sends on to 1 host, which see the node’s address',
  );
});

test('a host behind it does not reach itself through it', () => {
  const answer = cloud.ask('r1-h-2', 'nlb of r1');
  expect(answer).toMatchObject({
    code: 'HAIRPIN',
    reason: expect.stringContaining('may choose the sender itself (1 of 1 hosts)'),
  });
});

test('without a host that is up there is nobody behind it', () => {
  const down = (...names: string[]) => ({ without: withoutNames(cloud.read(), names) });
  expect(cloud.ask('r1-h-1', 'nlb of r1', down('r1b'))).toMatchObject({
    code: 'NO_TARGET',
    reason: expect.stringContaining('no host behind it is up'),
  });
  cloud.drop('r1/all', 'M2Instance');
  expect(cloud.ask('r1-h-1', 'nlb of r1').code).toBe('NO_TARGET');
});

test('a node keeps to its own zone unless it sends across', () => {
  cloud.set('r1/all', 'Lb', { LoadBalancerAttributes: [] });
  const answer = cloud.ask('r1-h-1', 'nlb of r1');
  expect(answer).toMatchObject({ code: 'NO_TARGET', to: 'nlb of r1 in r1a' });
});

test('its own groups are asked where it has some', () => {
  cloud.add('r1/all', 'SecurityGroupEntry', 'AWS::EC2::SecurityGroup', { VpcId: ref('Vpc') });
  cloud.set('r1/all', 'Lb', { SecurityGroups: [ref('SecurityGroupEntry')] });
  expect(cloud.ask('r1-h-1', 'nlb of r1')).toMatchObject({
    code: 'INGRESS_RULES',
    reason: expect.stringContaining('security group Entry'),
  });
});

test('is reached over a peering, and not where no rule lets the sender in', () => {
  addRegion(cloud, 2);
  joinByPeering(cloud, 1, 2);
  expect(cloud.ask('r2-h-1', 'nlb of r1').yes).toBe(true);
  cloud.set('r1/all', 'Ingress', { CidrIp: '10.1.0.0/16' });
  expect(cloud.ask('r2-h-1', 'nlb of r1').code).toBe('INGRESS_RULES');
});

test('an internal one is not for the internet; one that faces it stands in public subnets', () => {
  expect(cloud.ask('internet', 'nlb of r1').code).toBe('NOT_INTERNET_FACING');
  cloud.set('r1/all', 'Lb', { Scheme: 'internet-facing', Subnets: [ref('SubnetPublicA')] });
  expect(cloud.ask('internet', 'nlb of r1')).toMatchObject({ yes: true, ports: ['80/tcp'] });
  cloud.set('r1/all', 'Ingress', { CidrIp: '10.1.0.0/16' });
  expect(cloud.ask('internet', 'nlb of r1').code).toBe('INGRESS_RULES');
  cloud.set('r1/all', 'Ingress', { CidrIp: '0.0.0.0/0' });
  cloud.drop('r1/all', 'RoutePublic');
  expect(cloud.ask('internet', 'nlb of r1')).toMatchObject({
    code: 'NO_ROUTE',
    reason: expect.stringContaining('the reply does not come back'),
  });
});

test('a name in a private zone is one of its names', () => {
  cloud.add('r1/all', 'Record', 'AWS::Route53::RecordSet', {
    Name: 'lines.collection.internal.',
    AliasTarget: { DNSName: { 'Fn::GetAtt': ['Lb', 'DNSName'] } },
  });
  expect(cloud.ask('r1-h-1', 'lines.collection.internal').yes).toBe(true);
});
