/** Aliyun's own constructs write the same resources as ours. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as core from '@alicloud/ros-cdk-core';
import * as theirEcs from '@alicloud/ros-cdk-ecs';
import * as theirVpc from '@alicloud/ros-cdk-vpc';
import { getAtt, lintTemplate, type RosTemplate, ref, resource, rosTemplate } from '../../../lib/aliyun/ros';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meissa-ros-cdk-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function theirs(): RosTemplate {
  const app = new core.App({ outdir: folder });
  const stack = new core.Stack(app, 'net');
  const network = new theirEcs.RosVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16', tags: [{ key: 'a', value: 'b' }] }, true);
  const subnet = new theirEcs.RosVSwitch(
    stack,
    'Subnet',
    { cidrBlock: '10.0.0.0/24', vpcId: network.ref, zoneId: 'cn-beijing-a' },
    true,
  );
  const group = new theirEcs.RosSecurityGroup(
    stack,
    'Group',
    {
      vpcId: network.ref,
      securityGroupIngress: [
        { ipProtocol: 'tcp', portRange: '22/22', priority: 1, nicType: 'intranet', sourceCidrIp: '10.0.0.0/8' },
      ],
    },
    true,
  );
  const member = new theirEcs.RosInstance(
    stack,
    'Member',
    {
      instanceType: 'ecs.g7.large',
      vSwitchId: subnet.ref,
      privateIpAddress: '10.0.0.10',
      securityGroupIds: [core.Fn.getAtt('Group', 'SecurityGroupId').toString()],
      diskMappings: [{ size: '40', category: 'cloud_essd' }],
      systemDiskSize: 40,
      privatePoolOptions: { identity: 'eap-1' },
      allocatePublicIp: false,
    },
    true,
  );
  // addDependsOn of ros-cdk 1.12 writes nothing; this does.
  member.addRosDependency(group.node.id);
  new theirEcs.RosRoute(
    stack,
    'Route',
    {
      destinationCidrBlock: '10.8.0.0/24',
      routeTableId: network.attrRouteTableId,
      nextHopId: member.ref,
      nextHopType: 'Instance',
    },
    true,
  );
  new theirVpc.RosVirtualBorderRouter(
    stack,
    'Border',
    {
      localGatewayIp: '10.9.0.1',
      peerGatewayIp: '10.9.0.2',
      peeringSubnetMask: '255.255.255.252',
      physicalConnectionId: 'pc-1',
      vlanId: 5,
    },
    true,
  );
  app.synth();
  return JSON.parse(readFileSync(join(folder, 'net.template.json'), 'utf8')) as RosTemplate;
}

function ours(): RosTemplate {
  const Group = resource('ALIYUN::ECS::SecurityGroup', {
    VpcId: ref('Vpc'),
    SecurityGroupIngress: [
      { IpProtocol: 'tcp', PortRange: '22/22', Priority: 1, NicType: 'intranet', SourceCidrIp: '10.0.0.0/8' },
    ],
  });
  const member = {
    InstanceType: 'ecs.g7.large',
    VSwitchId: ref('Subnet'),
    PrivateIpAddress: '10.0.0.10',
    SecurityGroupIds: [getAtt('Group', 'SecurityGroupId')],
    DiskMappings: [{ Size: '40', Category: 'cloud_essd' }],
    SystemDiskSize: 40,
    PrivatePoolOptions: { Id: 'eap-1' },
    AllocatePublicIP: false,
  };
  const Resources = {
    Vpc: resource('ALIYUN::ECS::VPC', { CidrBlock: '10.0.0.0/16', Tags: [{ Key: 'a', Value: 'b' }] }),
    Subnet: resource('ALIYUN::ECS::VSwitch', { CidrBlock: '10.0.0.0/24', VpcId: ref('Vpc'), ZoneId: 'cn-beijing-a' }),
    Group,
    Member: resource('ALIYUN::ECS::Instance', member, { dependsOn: ['Group'] }),
    Route: resource('ALIYUN::ECS::Route', {
      DestinationCidrBlock: '10.8.0.0/24',
      RouteTableId: getAtt('Vpc', 'RouteTableId'),
      NextHopId: ref('Member'),
      NextHopType: 'Instance',
    }),
    Border: resource('ALIYUN::VPC::VirtualBorderRouter', {
      LocalGatewayIp: '10.9.0.1',
      PeerGatewayIp: '10.9.0.2',
      PeeringSubnetMask: '255.255.255.252',
      PhysicalConnectionId: 'pc-1',
      VlanId: 5,
    }),
  };
  return rosTemplate('net', 'for tests', { Resources });
}

test("ros-cdk's template passes our linter, and ours has the same resources", () => {
  const reference = theirs();
  expect(lintTemplate(reference)).toEqual([]);
  expect(lintTemplate(ours())).toEqual([]);
  expect(ours().ROSTemplateFormatVersion).toBe(reference.ROSTemplateFormatVersion);
  // ros-cdk adds defaults of its own to some resources; what both write must agree.
  for (const [id, { Type, Properties, DependsOn }] of Object.entries(ours().Resources)) {
    expect(reference.Resources[id]).toMatchObject({ Type, Properties });
    expect(reference.Resources[id]!.DependsOn ?? []).toEqual(DependsOn ?? []);
  }
});
