/** What Aliyun answers its hosts itself, its way out, and its network ACLs. */
import { stop } from './clouds';
import { type Emitted, emit } from './emitted';

let inland: Emitted;
beforeAll(() => {
  inland = emit('test/estates/aliyun');
});

test.each(['100.100.100.200', '100.100.2.136', '100.100.2.138', 'metadata', 'resolver'])('answers %s itself', (address) => {
  const answer = inland.ask('cn-beijing-core-worker-1', address);
  expect(answer).toMatchObject({ yes: true, reason: expect.stringContaining('Aliyun answers its hosts there itself') });
});

test('object storage answers inside at internal addresses, to hosts of its own region only', () => {
  expect(inland.ask('cn-beijing-core-worker-1', 'oss of cn-beijing').yes).toBe(true);
  expect(inland.ask('cn-beijing-core-worker-1', 'oss of cn-hangzhou').code).toBe('SERVICE_ELSEWHERE');
  expect(inland.ask('bj-idc-a01-1', 'oss of cn-beijing').yes).toBe(false);
});

test('AWS’s addresses are nothing there', () => {
  expect(inland.ask('cn-beijing-core-worker-1', '169.254.169.254').code).toBe('NO_SERVICE');
});

test('a NAT gateway stands over zones, and needs its public address', () => {
  expect(inland.ask('cn-beijing/core/voters', 'internet', 'cn-beijing-h')).toMatchObject({ yes: true, mtu: 1500 });
  const bare = inland.changed('cn-beijing-network', ({ Resources }) => void delete Resources.NatAddressBoundG1);
  expect(stop(bare.ask('cn-beijing-core-worker-1', 'internet'))).toMatchObject({ words: 'it has no public address' });
});

test('a host with an address of its own leaves by it and is reached at it, whatever the routes say', () => {
  const open = inland.changed('cn-beijing-network', ({ Resources }) => {
    for (const id of Object.keys(Resources)) if (id.startsWith('Nat')) delete Resources[id];
  });
  expect(open.ask('cn-beijing-core-voters-1', 'internet').code).toBe('NO_ROUTE');
  const own = open.changed('cn-beijing-core-voters', ({ Resources }) => {
    Object.assign(Resources.M1InstanceG1!.Properties, { InternetMaxBandwidthOut: 5, AllocatePublicIP: true });
  });
  expect(own.ask('cn-beijing-core-voters-1', 'internet')).toMatchObject({
    yes: true,
    reason: expect.stringContaining('own public address'),
  });
  expect(own.ask('internet', 'cn-beijing-core-voters-1').code).toBe('INGRESS_RULES');
  expect(own.ask('internet', 'cn-beijing-core-voters-2').code).toBe('NO_PUBLIC_ADDRESS');
});

test('a network ACL at a vSwitch stops what hosts send, and never sees what the cloud answers itself', () => {
  const acl = (...ports: string[]) =>
    inland.changed('cn-beijing-network', ({ Resources }) => {
      Resources.Acl = {
        Type: 'ALIYUN::VPC::NetworkAcl',
        Properties: {
          VpcId: { Ref: 'VpcG1' },
          NetworkAclName: 'edge',
          IngressAclEntries: [{ Policy: 'accept', Protocol: 'all', Port: '-1/-1', SourceCidrIp: '0.0.0.0/0' }],
          EgressAclEntries: ports.map((Port) => ({ Policy: 'accept', Protocol: 'tcp', Port, DestinationCidrIp: '0.0.0.0/0' })),
        },
      };
      for (const id of Object.keys(Resources).filter((each) => each.startsWith('SubnetMembers')))
        Resources[`Bound${id}`] = {
          Type: 'ALIYUN::VPC::NetworkAclAssociation',
          Properties: { NetworkAclId: { Ref: 'Acl' }, Resources: [{ ResourceId: { Ref: id }, ResourceType: 'VSwitch' }] },
        };
    });
  const [client, voters] = ['cn-beijing/core/worker', 'cn-beijing/core/voters'];
  expect(acl('2379/2379', '32768/60999').ask(client, voters)).toMatchObject({ yes: true });
  const mute = acl('2379/2379').ask(client, voters);
  expect(mute.reason).toMatch(/^the reply does not come back: network ACL edge of subnet Members.: .*32768-60999/);
  const closed = acl();
  const answer = closed.ask(client, voters);
  expect(answer.code).toBe('NETWORK_ACL');
  expect(answer.reason).toMatch(/^network ACL edge of subnet Members.: has no entry for what goes out there/);
  expect(closed.ask('cn-beijing-core-worker-1', 'resolver').yes).toBe(true);
});
