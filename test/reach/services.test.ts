/** What a cloud answers its hosts itself, and private ways to its services. */
import { addNat, addRegion, Cloud, joinByPeering, ref } from './clouds';

let cloud: Cloud;
beforeEach(() => {
  cloud = new Cloud();
  addRegion(cloud, 1);
});

describe('AWS', () => {
  test.each(['169.254.169.254', '169.254.169.123', '169.254.169.253', '10.1.0.2', 'metadata', 'resolver', 'time'])(
    'answers %s without a route, and whatever the security groups say',
    (address) => {
      cloud.set('r1/all', 'SecurityGroupHosts', { SecurityGroupEgress: [] });
      expect(cloud.ask('r1-h-1', address)).toMatchObject({
        yes: true,
        reason: expect.stringContaining('AWS answers its hosts there itself'),
      });
    },
  );

  test('answers nothing at other addresses of the wire', () => {
    expect(cloud.ask('r1-h-1', '169.254.1.1').code).toBe('NO_SERVICE');
  });

  test('the resolver answers its own VPC only', () => {
    addRegion(cloud, 2);
    joinByPeering(cloud, 1, 2);
    expect(cloud.ask('r1-h-1', '10.2.0.2').reason).toContain('the resolver of r2 answers hosts of its own VPC only');
  });

  test('the resolver can be switched off', () => {
    cloud.set('r1/all', 'Vpc', { EnableDnsSupport: false });
    expect(cloud.ask('r1-h-1', '10.1.0.2').reason).toContain('EnableDnsSupport of the VPC is off');
    expect(cloud.ask('r1-h-1', '169.254.169.254').yes).toBe(true);
  });

  test('metadata can be switched off for an instance', () => {
    cloud.set('r1/all', 'M1Instance', { MetadataOptions: { HttpEndpoint: 'disabled' } });
    expect(cloud.ask('r1-h-1', 'metadata').code).toBe('NO_SERVICE');
    expect(cloud.ask('r1-h-2', 'metadata').yes).toBe(true);
  });

  test('a service does not ask', () => {
    expect(cloud.ask('169.254.169.254', 'r1-h-1').code).toBe('NO_SUCH_HOST');
  });
});

describe('a gateway endpoint', () => {
  beforeEach(() => {
    addNat(cloud, 1);
    cloud.add('r1/all', 'Bucket', 'AWS::EC2::VPCEndpoint', {
      VpcId: ref('Vpc'),
      ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.s3' },
      RouteTableIds: [ref('RouteTableMain')],
      VpcEndpointType: 'Gateway',
    });
  });

  test('is taken from tables that it stands in, before the default route', () => {
    const answer = cloud.ask('r1-h-1', 's3 of r1');
    expect(answer).toMatchObject({ yes: true, reason: 's3 of r1 answers behind its gateway endpoint' });
    expect(answer.forward.at(-1)?.from?.logicalId).toBe('Bucket');
  });

  test('in no table, the service is reached at its public addresses through the NAT gateway', () => {
    cloud.set('r1/all', 'Bucket', { RouteTableIds: [ref('RouteTablePublic')] });
    expect(cloud.ask('r1-h-1', 's3 of r1').reason).toBe('it leaves the estate through the NAT gateway');
    cloud.drop('r1/all', 'Default');
    expect(cloud.ask('r1-h-1', 's3 of r1').code).toBe('NO_ROUTE');
  });

  test('works without a way to the internet; another region’s service does not', () => {
    addRegion(cloud, 2);
    cloud.drop('r1/all', 'Default');
    expect(cloud.ask('r1-h-1', 's3 of r1').yes).toBe(true);
    expect(cloud.ask('r1-h-1', 's3 of r2').code).toBe('NO_ROUTE');
  });

  test('takes addresses of its VPC only', () => {
    expect(cloud.ask('r1-h-1:container', 's3 of r1').code).toBe('SERVICE_FOREIGN_SOURCE');
  });

  test('is asked by rules and edges like any way out', () => {
    cloud.set('r1/all', 'SecurityGroupHosts', { SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '10.0.0.0/8' }] });
    expect(cloud.ask('r1-h-1', 's3 of r1').code).toBe('EGRESS_RULES');
  });
});

test('an interface endpoint is an interface like others, with its own groups, reached over a peering too', () => {
  addRegion(cloud, 2);
  joinByPeering(cloud, 1, 2);
  cloud.add('r1/all', 'Entry', 'AWS::EC2::SecurityGroup', {
    VpcId: ref('Vpc'),
    SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/8' }],
  });
  cloud.add('r1/all', 'Parameters', 'AWS::EC2::VPCEndpoint', {
    VpcId: ref('Vpc'),
    ServiceName: 'com.amazonaws.r1.ssm',
    SubnetIds: [ref('SubnetMembersA'), ref('SubnetMembersB')],
    SecurityGroupIds: [ref('Entry')],
    VpcEndpointType: 'Interface',
  });
  expect(cloud.ask('r1-h-1', 'ssm of r1')).toMatchObject({ yes: true, ports: ['443/tcp'], pairs: 2 });
  expect(cloud.ask('r2-h-1', 'ssm of r1')).toMatchObject({ yes: true, ports: ['443/tcp'] });
  expect(cloud.ask('r1-h-1', 'ssm of r1', { protocol: 'tcp', port: 80 }).code).toBe('INGRESS_RULES');
  expect(() => cloud.ask('r1-h-1', 'sms of r1')).toThrow('nothing that was emitted has the name "sms of r1"');
});
