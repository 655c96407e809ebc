// The plain reference for Aliyun: the same instances and routes by an ordinary app of ros-cdk with L1 constructs, as its author would
// write it. Reads what the members are from BENCH_MEMBERS (JSON: [{ number, name, address, zone, subnet, range, stack, after }]) and
// writes into BENCH_OUT.
const ros = require('@alicloud/ros-cdk-core');
const ecs = require('@alicloud/ros-cdk-ecs');
const { readFileSync } = require('node:fs');

const { members, userData } = JSON.parse(readFileSync(process.env.BENCH_MEMBERS, 'utf8'));
const app = new ros.App({ outdir: process.env.BENCH_OUT });
const stacks = new Map();
for (const member of members) {
  let made = stacks.get(member.stack);
  if (made === undefined) {
    const stack = new ros.Stack(app, member.stack);
    const parameter = (name) => new ros.RosParameter(stack, name, { type: ros.RosParameterType.STRING });
    made = {
      stack,
      instances: new Map(),
      vpc: parameter('VpcId'),
      table: parameter('RouteTableId'),
      group: parameter('SecurityGroupId'),
      containers: parameter('ContainersGroupId'),
      switches: new Map(),
      parameter,
    };
    stacks.set(member.stack, made);
  }
  let vSwitch = made.switches.get(member.subnet);
  if (vSwitch === undefined) {
    vSwitch = made.parameter(member.subnet);
    made.switches.set(member.subnet, vSwitch);
  }
  const id = `M${member.number}Instance`;
  const instance = new ecs.RosInstance(
    made.stack,
    id,
    {
      allocatePublicIp: false,
      imageId: member.image,
      instanceChargeType: 'PostPaid',
      instanceName: member.name,
      instanceType: 'ecs.g7.xlarge',
      internetMaxBandwidthOut: 0,
      ioOptimized: 'optimized',
      privateIpAddress: member.address,
      ramRoleName: 'bench-worker',
      securityGroupIds: [made.group, made.containers],
      systemDiskCategory: 'cloud_essd',
      systemDiskSize: 20,
      userData,
      vpcId: made.vpc,
      vSwitchId: vSwitch,
      zoneId: member.zone,
      tags: [
        { key: 'Name', value: member.name },
        { key: 'meissa:number', value: String(member.number) },
        { key: 'meissa_fleet', value: 'core/worker' },
      ],
    },
    true,
  );
  if (member.after !== undefined && made.instances.has(member.after)) instance.addRosDependency(`M${member.after}Instance`);
  made.instances.set(member.number, instance);
  const route = new ecs.RosRoute(
    made.stack,
    `M${member.number}Route`,
    {
      destinationCidrBlock: member.range,
      nextHopId: instance.ref,
      nextHopType: 'Instance',
      routeTableId: made.table,
    },
    true,
  );
  if (made.lastRoute !== undefined) route.addRosDependency(made.lastRoute);
  made.lastRoute = `M${member.number}Route`;
}
app.synth();
