/** Front ends of Aliyun in the example: their load balancer, and who registers with it. */
import { emitAliyun, lintAssembly } from '../../lib/aliyun/app';
import type { Estate } from '../../lib/estate/model/model';
import { userDataOf } from '../../lib/host-config/fleet-user-data';
import { planEstate } from '../../lib/plan/plan';
import { withFrontEnds } from '../collection/estate';
import { exampleEstate } from '../e2e/example';
import { ofType, resourcesOf } from './fixtures';

const REGION = 'cn-hangzhou';
const example = exampleEstate();
const emit = (estate: Estate) => emitAliyun(planEstate(estate, [REGION]), { userDataOf: userDataOf(estate), regions: [REGION] });
const assembly = emit(example);
const entry = resourcesOf(assembly, `${REGION}/collection-front-ends-entry`);
const fleet = resourcesOf(assembly, `${REGION}/collection-front-ends-1`);

test('one load balancer of the internal network, with an address in every zone', () => {
  expect(entry.LoadBalancerG1!.Properties).toMatchObject({
    AddressType: 'Intranet',
    CrossZoneEnabled: true,
    VpcId: { Ref: 'CnHangzhouNetworkVpcIdG1' },
    ZoneMappings: ['h', 'j', 'k'].map((letter) => ({
      VSwitchId: { Ref: `CnHangzhouNetworkSubnetPublic${letter.toUpperCase()}G1` },
      ZoneId: `${REGION}-${letter}`,
    })),
  });
});

test('a listener a protocol, each with hosts that can append and see the address of the sender', () => {
  const listeners = ofType(entry, 'NLB::Listener').map(([, { Properties: p }]) => `${p!.ListenerPort}/${p!.ListenerProtocol}`);
  expect(listeners.sort()).toEqual(['2514/TCP', '514/TCP', '514/UDP', '8080/TCP']);
  const groups = ofType(entry, 'NLB::ServerGroup');
  expect(groups).toHaveLength(4);
  for (const [, group] of groups) {
    expect(group.Properties).toMatchObject({
      ConnectionDrainTimeout: 60,
      HealthCheckConfig: { HealthCheckConnectPort: 8080, HealthCheckType: 'Http', HealthCheckUrl: '/health' },
      PreserveClientIpEnabled: true,
      ServerGroupType: 'Instance',
    });
  }
});

test('its planned name points at it, in the VPC only', () => {
  expect(entry.ZoneG1!.Properties).toMatchObject({ ZoneName: `collection.${REGION}.example.internal` });
  expect(entry.NameG1!.Properties).toMatchObject({
    Rr: 'lines',
    Type: 'CNAME',
    Value: { 'Fn::GetAtt': ['LoadBalancerG1', 'DNSName'] },
  });
  expect(entry.ZoneVpcG1!.Properties).toMatchObject({ Vpcs: [{ RegionId: REGION }] });
});

test('members register in their own stack, by the instance of now', () => {
  expect(fleet.RegisteredSyslogUdp!.Properties).toEqual({
    ServerGroupId: { Ref: 'CnHangzhouCollectionFrontEndsEntryLinesTargetsSyslogUdpG1' },
    Servers: [1, 2, 3].map((number) => ({
      Port: 514,
      ServerId: { Ref: `M${number}InstanceG1` },
      ServerType: 'Ecs',
      Weight: 100,
    })),
  });
  const manifest = assembly.manifest.stacks.find(({ path }) => path === `${REGION}/collection-front-ends-1`)!;
  expect(manifest.dependsOn).toContain(`${REGION}/collection-front-ends-entry`);
  expect(Object.values(manifest.parameters)).toContainEqual({
    provider: 'aliyun',
    path: `${REGION}/collection-front-ends-entry`,
    stack: `${REGION}-collection-front-ends-entry`,
    region: REGION,
    output: 'LinesTargetsHttpG1',
  });
});

test('a member that goes for good is registered no more', () => {
  const fewer = emit(withFrontEnds(example, REGION, (one) => ({ ...one, removed: [3] }) as typeof one));
  const servers = resourcesOf(fewer, `${REGION}/collection-front-ends-1`).RegisteredHttp!.Properties!.Servers;
  expect(servers).toHaveLength(2);
});

test('other fleets register with nobody, and ROS has nothing to say', () => {
  expect(ofType(resourcesOf(assembly, `${REGION}/collection-brokers`), 'NLB::BackendServerAttachment')).toEqual([]);
  expect(lintAssembly(assembly)).toEqual([]);
});

test("a host's role reads the certificates of its own fleet, and may see surely that one is absent", () => {
  const role = JSON.stringify(resourcesOf(assembly, `${REGION}/base`).RoleCollectionFrontEnds!.Properties);
  const bucket = `acs:oss:*:1111111111111111:meissa-example-1111111111111111-${REGION}`;
  expect(role).toContain(`"${bucket}/secret/meissa/example/${REGION}/collection/front-ends/tls/*"`);
  expect(role).toContain(`{"Effect":"Allow","Action":["oss:ListObjects"],"Resource":["${bucket}"]}`);
  expect(role).not.toContain('/marker/');
});
