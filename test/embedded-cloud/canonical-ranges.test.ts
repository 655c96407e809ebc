/** EC2 takes ranges with bits of the host, and keeps them without ("CreateVpc", CidrBlock). */
import { canonical } from '../../lib/embedded-cloud/ipv4';
import { Driver } from './driver';

test('a VPC, a subnet, a route and a rule are kept in canonical form', async () => {
  const driver = await Driver.start();
  const vpc = { VpcId: { Ref: 'Vpc' } };
  const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };
  const made = await driver.deploy('odd', {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.3.1/16' } },
    Subnet: { Type: 'AWS::EC2::Subnet', Properties: { ...vpc, CidrBlock: '10.0.3.1/24' } },
    Gateway: { Type: 'AWS::EC2::InternetGateway' },
    Attached: { Type: 'AWS::EC2::VPCGatewayAttachment', Properties: { ...vpc, InternetGatewayId: { Ref: 'Gateway' } } },
    Table: { Type: 'AWS::EC2::RouteTable', Properties: vpc },
    Route: {
      Type: 'AWS::EC2::Route',
      DependsOn: 'Attached',
      Properties: { RouteTableId: { Ref: 'Table' }, DestinationCidrBlock: '100.68.0.18/18', GatewayId: { Ref: 'Gateway' } },
    },
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { ...vpc, GroupDescription: 'hosts', SecurityGroupIngress: [{ ...rule, CidrIp: '100.68.0.18/18' }] },
    },
  });
  expect([made.status, driver.failures(made)]).toEqual(['CREATE_COMPLETE', []]);
  const { vpcs, subnets, routeTables, groups } = driver.region;
  expect(Object.values(vpcs).map((v) => v.cidr)).toEqual(['10.0.0.0/16']);
  expect(Object.values(subnets).map((s) => s.cidr)).toEqual(['10.0.3.0/24']);
  expect(Object.values(routeTables).flatMap((t) => t.routes.map((r) => r.destination))).toContain('100.68.0.0/18');
  expect(Object.values(groups).flatMap((g) => g.rules.map((r) => r.cidr))).toContain('100.68.0.0/18');
  const again = {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: { GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, ...rule, CidrIp: '100.68.0.1/18' },
  };
  const group = {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      VpcId: Object.keys(vpcs)[0],
      GroupDescription: 'b',
      SecurityGroupIngress: [{ ...rule, CidrIp: '100.68.0.0/18' }],
    },
  };
  expect(await driver.fault({ Group: group, Again: again })).toContain('InvalidPermission.Duplicate');
  expect((await driver.delete('odd')).status).toBe('DELETE_COMPLETE');
  await driver.close();
});

test.each(['10.0.0.0', '10.0.0.0/33', '10.0.0/8', '10.0.0.0/8/8', '10.0.0.0/-1', 'words', '10.0.0.0/255.0.0.0'])(
  '%s is no range',
  (text) => {
    expect(canonical(text)).toBeUndefined();
  },
);
