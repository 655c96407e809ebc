/** Load balancers of AWS on the embedded cloud. */
import { Driver, network, type Resources } from './driver';

let driver: Driver;
beforeEach(async () => {
  driver = await Driver.start();
  await driver.deploy('net', network(['a', 'b']));
});
afterEach(() => driver.close());

const physical = (id: string) => driver.cloud.engine.stack(driver.region, 'net').resources[id]?.physicalId ?? '';
const subnets = () => Object.values(driver.region.subnets).map((s) => s.id);

interface Changes {
  balancer?: object;
  group?: object;
  listener?: object;
}

const entry = ({ balancer, group, listener }: Changes = {}): Resources => ({
  Balancer: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: { Type: 'network', Scheme: 'internal', Subnets: subnets(), ...balancer },
  },
  Targets: {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: { VpcId: physical('Vpc'), Port: 80, Protocol: 'TCP', TargetType: 'ip', Targets: [{ Id: '10.0.1.9' }], ...group },
  },
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: { Ref: 'Balancer' },
      Port: 80,
      Protocol: 'TCP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }],
      ...listener,
    },
  },
});

const fault = (resources: Resources): Promise<string> => driver.fault(resources);

test('a load balancer holds an address in each of its subnets, and gives them back', async () => {
  const before = Object.keys(driver.region.interfaces).length;
  await driver.deploy('entry', entry());
  expect(driver.inventory.loadBalancers).toMatchObject([
    {
      scheme: 'internal',
      zones: ['sa-east-1a', 'sa-east-1b'],
      listeners: [{ port: 80, protocol: 'TCP', targets: ['10.0.1.9'] }],
    },
  ]);
  expect(Object.keys(driver.region.interfaces)).toHaveLength(before + 2);
  const kept = await driver.delete('net');
  expect(kept.status).toBe('DELETE_FAILED');
  expect((await driver.delete('entry')).status).toBe('DELETE_COMPLETE');
  expect(driver.inventory.loadBalancers).toEqual([]);
  expect(Object.keys(driver.region.interfaces)).toHaveLength(before);
});

test('other targets and settings are changed in place', async () => {
  const made = await driver.deploy('entry', entry());
  const ids = Object.values(made.resources).map((r) => r.physicalId);
  const attributes = [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }];
  const changed = await driver.deploy(
    'entry',
    entry({
      balancer: { LoadBalancerAttributes: attributes },
      group: { Targets: [{ Id: '10.0.1.9' }, { Id: '10.0.0.9' }] },
    }),
  );
  expect(changed.status).toBe('UPDATE_COMPLETE');
  expect(Object.values(changed.resources).map((r) => r.physicalId)).toEqual(ids);
  expect(driver.inventory.loadBalancers[0]?.listeners[0]?.targets).toEqual(['10.0.1.9', '10.0.0.9']);
});

test('a target group of another port is made before its listener leaves the old one', async () => {
  const old = (await driver.deploy('entry', entry())).resources.Targets?.physicalId;
  const changed = await driver.deploy('entry', entry({ group: { Port: 81 } }));
  expect(changed.status).toBe('UPDATE_COMPLETE');
  expect(changed.resources.Targets?.physicalId).not.toBe(old);
  expect(Object.keys(driver.region.targetGroups)).toEqual([changed.resources.Targets?.physicalId]);
});

test.each([
  ['two subnets of a zone', () => entry({ balancer: { Subnets: [subnets()[0], subnets()[0]] } }), 'same Availability Zone'],
  ['a target outside of the VPC', () => entry({ group: { Targets: [{ Id: '10.9.0.1' }] } }), 'not within the CIDR range'],
  ['a target that is no instance', () => entry({ group: { TargetType: 'instance' } }), "instance ID '10.0.1.9' does not exist"],
  ['a VPC that is not there', () => entry({ group: { VpcId: 'vpc-1' } }), "'vpc-1' does not exist"],
  ['a listener of another protocol', () => entry({ listener: { Protocol: 'TCP_UDP' } }), 'is not supported with a target group'],
  [
    'an answer that may take longer than the time between two questions',
    () => entry({ group: { HealthCheckIntervalSeconds: 5, HealthCheckTimeoutSeconds: 5 } }),
    'must be smaller than the interval',
  ],
])('%s is refused', async (_what, resources, words) => {
  expect(await fault(resources())).toContain(words);
});

test('two listeners of one port are refused', async () => {
  await driver.deploy('entry', entry());
  const Again = { ...entry().Listener!, Properties: { ...entry().Listener!.Properties } };
  const stack = await driver.deploy('entry', { ...entry(), Again });
  expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(driver.failures(stack)[0]).toContain('already exists on this port');
});

test('an alias of a private zone names a load balancer that stands, and goes before its zone', async () => {
  const names = (target: object): Resources => ({
    Zone: {
      Type: 'AWS::Route53::HostedZone',
      Properties: { Name: 'x.internal', VPCs: [{ VPCId: physical('Vpc'), VPCRegion: 'sa-east-1' }] },
    },
    Name: {
      Type: 'AWS::Route53::RecordSet',
      Properties: {
        HostedZoneId: { Ref: 'Zone' },
        Name: 'lines.x.internal',
        Type: 'A',
        AliasTarget: { HostedZoneId: { 'Fn::GetAtt': ['Balancer', 'CanonicalHostedZoneID'] }, ...target },
      },
    },
  });
  expect(await fault({ ...entry(), ...names({ DNSName: 'nobody.elb.sa-east-1.amazonaws.com' }) })).toContain(
    'Tried to create an alias',
  );
  const stack = await driver.deploy('entry', { ...entry(), ...names({ DNSName: { 'Fn::GetAtt': ['Balancer', 'DNSName'] } }) });
  expect(stack.status).toBe('CREATE_COMPLETE');
  const from = stack.events.length;
  expect((await driver.delete('entry')).status).toBe('DELETE_COMPLETE');
  const gone = driver.lines(stack, from).filter((line) => line.endsWith('DELETE_COMPLETE'));
  expect(gone.indexOf('Name DELETE_COMPLETE')).toBeLessThan(gone.indexOf('Zone DELETE_COMPLETE'));
});
