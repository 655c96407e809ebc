import { App, Stack } from 'aws-cdk-lib';
import { RegionNetwork } from '../../lib/aws/network/network';
import { FLEETS, HOST_GW, ofType, plan, region, synth, template } from './fixtures';

const STACK = 'sa-east-1-network';
const network = (rest = {}) => template(synth(plan([region(FLEETS, rest)])), STACK);

test('each zone has a public, an elastic and a members subnet, each with its table', () => {
  const found = network();
  expect(ofType(found, 'AWS::EC2::Subnet').map(([id]) => id)).toEqual(
    ['A', 'B', 'C'].flatMap((z) => [`SubnetPublic${z}G1`, `SubnetElastic${z}G1`, `SubnetMembers${z}G1`]),
  );
  expect(found.Resources.AssociationMembersBG1!.Properties).toEqual({
    RouteTableId: { Ref: 'RouteTablePrivateBG1' },
    SubnetId: { Ref: 'SubnetMembersBG1' },
  });
  for (const [, subnet] of ofType(found, 'AWS::EC2::Subnet')) expect(subnet.Properties!.MapPublicIpOnLaunch).toBe(false);
});

test.each([
  ['per-zone', ['NatAG1', 'NatBG1', 'NatCG1']],
  ['single', ['NatAG1']],
  ['none', []],
] as const)('nat: %s', (nat, gateways) => {
  const found = network({ network: { zones: ['sa-east-1a', 'sa-east-1b', 'sa-east-1c'], nat, flowLogDays: 30 } });
  expect(ofType(found, 'AWS::EC2::NatGateway').map(([id]) => id)).toEqual(gateways);
  expect(ofType(found, 'AWS::EC2::EIP')).toHaveLength(gateways.length);
  const routes = ofType(found, 'AWS::EC2::Route').flatMap(([, route]) => route.Properties!.NatGatewayId ?? []);
  expect(routes).toHaveLength(nat === 'none' ? 0 : 3);
});

test('the S3 endpoint is in every table', () => {
  const found = network();
  expect(found.Resources.S3EndpointG1!.Properties).toMatchObject({
    ServiceName: 'com.amazonaws.sa-east-1.s3',
    VpcEndpointType: 'Gateway',
    RouteTableIds: ofType(found, 'AWS::EC2::RouteTable').map(([id]) => ({ Ref: id })),
  });
});

test('routes towards members are not in the network stack', () => {
  const routes = ofType(network(HOST_GW), 'AWS::EC2::Route');
  expect(routes.map(([id]) => id)).toEqual([
    'RoutePublicInternetG1',
    'RoutePrivateAInternetG1',
    'RoutePrivateBInternetG1',
    'RoutePrivateCInternetG1',
  ]);
});

test('flow logs are kept as long as planned, and switched off by 0', () => {
  expect(network().Resources.FlowLogGroupG1).toMatchObject({
    Properties: { RetentionInDays: 30 },
    DeletionPolicy: 'RetainExceptOnCreate',
  });
  const off = network({ network: { zones: ['sa-east-1a', 'sa-east-1b', 'sa-east-1c'], nat: 'none', flowLogDays: 0 } });
  expect(Object.keys(off.Resources).filter((id) => id.startsWith('FlowLog'))).toEqual([]);
});

test('what another stack may read is a hand-named output, exported, with the generation in its name', () => {
  const { Outputs } = network({ generation: 2 });
  expect(Object.keys(Outputs)).toEqual(
    expect.arrayContaining([
      'VpcIdG2',
      'SubnetMembersAG2',
      'SubnetElasticCG2',
      'RouteTablePublicG2',
      'SecurityGroupCoreVotersG2',
    ]),
  );
  for (const [name, output] of Object.entries(Outputs)) {
    expect(output.Export).toEqual({ Name: `${STACK}:${name}` });
    expect(name).toMatch(/^[A-Z][A-Za-z0-9]*G2$/);
  }
});

test('outputs are there although nobody reads them', () => {
  const { Outputs } = template(synth(plan([region([])])), STACK);
  expect(Object.keys(Outputs)).toHaveLength(1 + 9 + 4);
});

test('a rule is a resource of its own, says why, and names groups by reference', () => {
  const found = network();
  const rules = ofType(found, 'AWS::EC2::SecurityGroupIngress');
  expect(rules.map(([id]) => id)).toEqual([
    'IngressCoreVotersEtcdClientFromCoreAdserverG1',
    'IngressCoreVotersEtcdClientFromCoreStorageG1',
    'IngressCoreVotersEtcdClientFromCoreVotersG1',
    'IngressCoreVotersEtcdPeerFromCoreVotersG1',
  ]);
  expect(rules[0]![1].Properties).toEqual({
    Description: 'etcd: hosts of the cluster reach etcd',
    FromPort: 2379,
    GroupId: { 'Fn::GetAtt': ['SecurityGroupCoreVotersG1', 'GroupId'] },
    IpProtocol: 'tcp',
    SourceSecurityGroupId: { 'Fn::GetAtt': ['SecurityGroupCoreAdserverG1', 'GroupId'] },
    ToPort: 2379,
  });
  for (const [, group] of ofType(found, 'AWS::EC2::SecurityGroup')) {
    expect(group.Properties!.SecurityGroupIngress).toBeUndefined();
    expect(group.Properties!.GroupName).toBeUndefined();
  }
});

test('a rule for container ranges lets in every protocol, from a range and without ports', () => {
  const [from] = plan().regions;
  const rule = { id: 'AllFromHere', protocol: 'all', fromPort: 0, toPort: 65535, why: 'containers' } as const;
  const groups = from!.securityGroups.map((g) => ({
    ...g,
    ingress: [{ ...rule, from: { kind: 'cidr', cidr: '172.16.0.0/16' } as const }],
  }));
  const found = template(synth({ ...plan(), regions: [{ ...from!, securityGroups: groups }] }), STACK);
  expect(found.Resources.IngressCoreVotersAllFromHereG1!.Properties).toEqual({
    CidrIp: '172.16.0.0/16',
    Description: 'containers',
    GroupId: { 'Fn::GetAtt': ['SecurityGroupCoreVotersG1', 'GroupId'] },
    IpProtocol: '-1',
  });
});

test('a description that EC2 would refuse is made one that it takes', () => {
  const [from] = plan().regions;
  const groups = from!.securityGroups.map((g) => ({
    ...g,
    ingress: g.ingress.map((r) => ({ ...r, why: 'schöne <Regeln> "?"' + 'x'.repeat(300) })),
  }));
  const found = template(synth({ ...plan(), regions: [{ ...from!, securityGroups: groups }] }), STACK);
  for (const [, rule] of ofType(found, 'AWS::EC2::SecurityGroupIngress')) {
    expect(rule.Properties!.Description).toMatch(/^sch ne {2}Regeln {5}x+$/);
    expect(String(rule.Properties!.Description)).toHaveLength(255);
  }
});

test('a network can be used alone, and its ids are tokens', () => {
  const [{ network: planned, securityGroups }] = plan().regions as [ReturnType<typeof plan>['regions'][number]];
  const stack = new Stack(new App(), 'Net');
  const own = new RegionNetwork(stack, 'Network', { network: planned, securityGroups, region: 'sa-east-1' });
  expect(
    stack.resolve([own.vpcId, own.subnetId('MembersA'), own.routeTableId('Public'), own.securityGroupId('CoreVoters')]),
  ).toEqual([{ Ref: 'VpcG1' }, { Ref: 'SubnetMembersAG1' }, { Ref: 'RouteTablePublicG1' }, { Ref: 'SecurityGroupCoreVotersG1' }]);
});
