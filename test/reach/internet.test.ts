/** The way out of the estate and in from the internet. */
import { withoutNames } from '../../lib/reach/cut';
import { addNat, addRegion, addRoute, Cloud, peered, ref, stop } from './clouds';

let cloud: Cloud;
beforeEach(() => {
  cloud = new Cloud();
  addRegion(cloud, 1);
  addNat(cloud, 1);
});

const without = (...names: string[]) => ({ without: withoutNames(cloud.read(), names) });

describe('a NAT gateway', () => {
  test('sends on by the table of its own subnet', () => {
    const answer = cloud.ask('r1-h-1', 'internet');
    expect(answer).toMatchObject({ yes: true, mtu: 1500 });
    expect(answer.forward.at(-1)).toMatchObject({ where: 'r1 NAT gateway A', from: { logicalId: 'NatA' } });
  });

  test('fails with its zone, for hosts of every zone that it serves', () => {
    const answer = cloud.ask('r1-h-2', '8.8.8.8', without('r1a'));
    expect(answer.code).toBe('ZONE_DOWN');
    expect(stop(answer)).toMatchObject({ where: 'r1 NAT gateway A', words: 'its zone r1a is down' });
    expect(cloud.ask('r1-h-1', '8.8.8.8', without('r1b')).yes).toBe(true);
  });

  test('of a fleet in two zones with a gateway each, only the zone that is down loses the internet', () => {
    cloud.add('r1/all', 'RouteTableB', 'AWS::EC2::RouteTable', { VpcId: ref('Vpc') });
    cloud.set('r1/all', 'AssociationMembersB', { RouteTableId: ref('RouteTableB') });
    expect(cloud.ask('r1', 'internet').code).toBe('NO_ROUTE');
    cloud.add('r1/all', 'SubnetPublicB', 'AWS::EC2::Subnet', {
      VpcId: ref('Vpc'),
      AvailabilityZone: 'r1b',
      CidrBlock: '10.1.101.0/24',
    });
    cloud.add('r1/all', 'AssociationPublicB', 'AWS::EC2::SubnetRouteTableAssociation', {
      SubnetId: ref('SubnetPublicB'),
      RouteTableId: ref('RouteTablePublic'),
    });
    cloud.add('r1/all', 'NatB', 'AWS::EC2::NatGateway', { SubnetId: ref('SubnetPublicB'), AllocationId: 'eipalloc-1' });
    cloud.add('r1/all', 'DefaultB', 'AWS::EC2::Route', {
      RouteTableId: ref('RouteTableB'),
      DestinationCidrBlock: '0.0.0.0/0',
      NatGatewayId: ref('NatB'),
    });
    const answer = cloud.ask('r1', 'internet', without('r1a'));
    expect(answer).toMatchObject({ yes: true, from: 'r1-h-2', pairs: 1 });
    expect(answer.forward.map((hop) => hop.where)).toContain('r1 NAT gateway B');
  });

  test.each<[string, () => unknown, string, string]>([
    [
      'without the route to the internet gateway',
      () => cloud.drop('r1/all', 'RoutePublic'),
      'NAT_WITHOUT_INTERNET',
      'has no route to',
    ],
    [
      'with a route back to itself',
      () => cloud.set('r1/all', 'AssociationPublicA', { RouteTableId: ref('RouteTableMain') }),
      'NAT_WITHOUT_INTERNET',
      'leads back to it',
    ],
    [
      'whose internet gateway is not attached',
      () => cloud.drop('r1/all', 'Gateway0Attachment'),
      'NAT_WITHOUT_INTERNET',
      'its internet gateway is not attached to the VPC',
    ],
    [
      'without an address',
      () => delete cloud.at('r1/all', 'NatA').Properties.AllocationId,
      'NO_PUBLIC_ADDRESS',
      'no public address',
    ],
    [
      'that is private',
      () => cloud.set('r1/all', 'NatA', { ConnectivityType: 'private' }),
      'NO_PUBLIC_ADDRESS',
      'no public address',
    ],
  ])('%s lets nothing out', (_, change, code, words) => {
    change();
    const answer = cloud.ask('r1-h-1', '8.8.8.8');
    expect(answer.code).toBe(code);
    expect(answer.reason).toMatch(/^r1 NAT gateway A: /);
    expect(answer.reason).toContain(words);
  });

  test('over all zones needs no subnet, and no zone takes it down', () => {
    cloud.add('r1/all', 'NatA', 'AWS::EC2::NatGateway', { VpcId: ref('Vpc'), AvailabilityMode: 'regional' });
    expect(cloud.ask('r1-h-2', '8.8.8.8', without('r1a')).yes).toBe(true);
  });

  test.each(['198.18.0.1', '224.0.0.5', '0.1.2.3', '255.255.255.255'])(
    'takes nothing to %s, which nobody on the internet has',
    (address) => {
      expect(cloud.ask('r1-h-1', address).code).toBe('LEAVES_ESTATE');
    },
  );
});

describe('a public address', () => {
  const open = () => {
    cloud.set('r1/all', 'AssociationMembersA', { RouteTableId: ref('RouteTablePublic') });
    cloud.add('r1/all', 'HostAddress', 'AWS::EC2::EIPAssociation', {
      AllocationId: { 'Fn::GetAtt': ['Address', 'AllocationId'] },
      NetworkInterfaceId: ref('M1Interface'),
    });
  };

  test('lets the internet in where the rules do, with the ports', () => {
    open();
    cloud.set('r1/all', 'Ingress', { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 });
    expect(cloud.ask('internet', 'r1-h-1')).toMatchObject({ yes: true, ports: ['443/tcp'], mtu: 1500 });
    expect(cloud.ask('internet', 'r1-h-1', { protocol: 'tcp', port: 22 }).code).toBe('INGRESS_RULES');
    expect(cloud.ask('internet', 'r1-h-2').code).toBe('NO_PUBLIC_ADDRESS');
    expect(cloud.ask('internet', 'r1-h-1:container').code).toBe('NO_PUBLIC_ADDRESS');
  });

  test('is for one address where a rule names one: the internet is everybody else', () => {
    open();
    cloud.set('r1/all', 'Ingress', { CidrIp: '8.8.8.8/32' });
    expect(cloud.ask('internet', 'r1-h-1').code).toBe('INGRESS_RULES');
    expect(cloud.ask('8.8.8.8', 'r1-h-1').yes).toBe(true);
  });

  test('leads out without a NAT gateway, and its reply needs the route to the internet gateway', () => {
    open();
    expect(cloud.ask('r1-h-1', 'internet').reason).toContain('by its own public address');
    cloud.set('r1/all', 'AssociationMembersA', { RouteTableId: ref('RouteTableMain') });
    const answer = cloud.ask('internet', 'r1-h-1');
    expect(answer.code).toBe('NO_PUBLIC_ADDRESS');
    expect(answer.reason).toContain('its reply leaves by a NAT gateway');
  });

  test('without one the internet gateway takes nothing', () => {
    cloud.set('r1/all', 'AssociationMembersA', { RouteTableId: ref('RouteTablePublic') });
    expect(cloud.ask('r1-h-1', '8.8.8.8').code).toBe('NO_PUBLIC_ADDRESS');
  });

  test('is given to hosts of an elastic fleet by their launch template, or else by their subnet', () => {
    cloud.add('r1/all', 'Template', 'AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { NetworkInterfaces: [{ Groups: [ref('SecurityGroupHosts')], AssociatePublicIpAddress: true }] },
    });
    cloud.add('r1/all', 'Group', 'AWS::AutoScaling::AutoScalingGroup', {
      LaunchTemplate: { LaunchTemplateId: ref('Template') },
      VPCZoneIdentifier: [ref('SubnetPublicA')],
      Tags: [{ Key: 'Name', Value: 'r1-e' }],
    });
    expect(cloud.ask('internet', 'r1-e@PublicA').yes).toBe(true);
    delete cloud.at('r1/all', 'Template').Properties.LaunchTemplateData.NetworkInterfaces[0].AssociatePublicIpAddress;
    expect(cloud.ask('internet', 'r1-e@PublicA').code).toBe('NO_PUBLIC_ADDRESS');
    cloud.set('r1/all', 'SubnetPublicA', { MapPublicIpOnLaunch: true });
    expect(cloud.ask('internet', 'r1-e@PublicA').yes).toBe(true);
  });
});

describe('IPv6', () => {
  test.each(['2001:db8::1', '::1', '[fe80::1]', 'fe80::1%eth0', '::ffff:10.1.1.11', '2600:1f18::/36'])(
    '%s: this estate has none',
    (six) => {
      const answer = cloud.ask('r1-h-1', six);
      expect(answer).toMatchObject({ yes: false, code: 'NO_IPV6', from: 'r1-h-1', to: six });
      expect(answer.reason).toContain('this estate has no IPv6');
      expect(cloud.ask(six, 'r1-h-1').code).toBe('NO_IPV6');
    },
  );

  test('where a template gives a VPC a block, that is said', () => {
    cloud.add('r1/all', 'Six', 'AWS::EC2::VPCCidrBlock', { VpcId: ref('Vpc'), AmazonProvidedIpv6CidrBlock: true });
    expect(cloud.ask('r1-h-1', '::1').forward[0]).toMatchObject({
      words: expect.stringContaining('the VPC of r1 has an IPv6 block'),
      from: { logicalId: 'Six' },
    });
  });

  test('the other name must be known all the same', () => {
    expect(() => cloud.ask('r1-g-1', '::1')).toThrow('nothing that was emitted has the name "r1-g-1"');
  });
});

test('a packet larger than a hop takes is said with the hop: the peering between regions', () => {
  const two = peered();
  expect(two.ask('r1-h-1', 'r2-h-1').mtu).toBe(8500);
  expect(two.ask('r1-h-1', 'r2-h-1', { size: 8500 }).yes).toBe(true);
  const answer = two.ask('r1-h-1', 'r2-h-1', { size: 8501 });
  expect(answer).toMatchObject({ yes: false, code: 'TOO_BIG', back: [] });
  expect(answer.told).toBe(true);
  expect(answer.reason).toMatch(/^peering of r1 and r2: takes packets of 8500 bytes, and 8501 are sent: the sender is told, /);
  expect(two.ask('r1-h-1', 'r1-h-2').mtu).toBe(9001);
  expect(two.ask('r1-h-1', 'r1-h-2', { size: 9002 }).code).toBe('TOO_BIG');
});

test('a route that is wider than the VPC keeps leading out', () => {
  addRoute(cloud, 1, 'Half', '0.0.0.0/1', { NatGatewayId: ref('NatA') });
  expect(cloud.ask('r1-h-1', '8.8.8.8').yes).toBe(true);
});
