/** Small clouds written as templates, for tests that change one thing in them and read them back. */
import { memorySource } from '../../lib/estate/read/source';
import { type Answer, answer, type Question } from '../../lib/reach/answer';
import { readWorld } from '../../lib/reach/read/read-world';
import type { World } from '../../lib/reach/world';

export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests change properties of every type
  Properties: Record<string, any>;
}

export interface Stack {
  path: string;
  region: string;
  account: string;
  resources: Record<string, Resource>;
  outputs: Record<string, unknown>;
}

export class Cloud {
  readonly stacks: Record<string, Stack> = {};
  /** Files of `idc.out` by path. */
  readonly files: Record<string, string> = {};

  stack(path: string, region: string, account = '111111111111'): Stack {
    this.stacks[path] ??= { path, region, account, resources: {}, outputs: {} };
    return this.stacks[path];
  }

  /** A resource by stack and logical id; throws when a test names one that isn't there. */
  at(path: string, logicalId: string): Resource {
    const found = this.stacks[path]?.resources[logicalId];
    if (found === undefined) throw new Error(`the test names ${path} ${logicalId}, which is not there`);
    return found;
  }

  drop(path: string, logicalId: string): this {
    this.at(path, logicalId);
    delete this.stacks[path]!.resources[logicalId];
    return this;
  }

  set(path: string, logicalId: string, properties: Record<string, unknown>): this {
    Object.assign(this.at(path, logicalId).Properties, properties);
    return this;
  }

  add(path: string, logicalId: string, Type: string, Properties: Record<string, unknown>): this {
    this.stacks[path]!.resources[logicalId] = { Type, Properties };
    return this;
  }

  read(): World {
    const files: Record<string, string> = {};
    const artifacts: Record<string, unknown> = {};
    for (const { path, region, account, resources, outputs } of Object.values(this.stacks)) {
      const id = path.replaceAll('/', '');
      artifacts[id] = {
        type: 'aws:cloudformation:stack',
        environment: `aws://${account}/${region}`,
        displayName: path,
        properties: { templateFile: `${id}.template.json`, stackName: stackName(path) },
      };
      files[`cdk.out/${id}.template.json`] = JSON.stringify({ Resources: resources, Outputs: outputs });
    }
    files['cdk.out/manifest.json'] = JSON.stringify({ artifacts });
    for (const [path, text] of Object.entries(this.files)) files[`idc.out/${path}`] = text;
    return readWorld(memorySource(files));
  }

  ask(from: string, to: string, question: Question = {}): Answer {
    return answer(this.read(), from, to, question);
  }
}

export const stackName = (path: string): string => path.replaceAll('/', '-');
export const ref = (id: string) => ({ Ref: id });
/** Another region's output. */
export const output = (path: string, region: string, name: string) => ({
  'Fn::GetStackOutput': { StackName: stackName(path), OutputName: name, Region: region },
});

/**
 * Region `r<n>`, all in the stack `r<n>/all`: VPC 10.<n>.0.0/16, zones a and b, hosts r<n>-h-1 (zone a, 10.<n>.1.11) and r<n>-h-2
 * (zone b, 10.<n>.2.12) with containers 172.<15+n>.1.0/24 and 172.<15+n>.2.0/24 in host-gw, attachment subnets in both zones.
 */
export function addRegion(cloud: Cloud, n: number): void {
  const { resources, outputs } = cloud.stack(`r${n}/all`, `r${n}`);
  const add = (id: string, Type: string, Properties: Record<string, unknown>) => {
    resources[id] = { Type: `AWS::EC2::${Type}`, Properties };
  };
  add('Vpc', 'VPC', { CidrBlock: `10.${n}.0.0/16` });
  outputs.VpcId = { Value: ref('Vpc'), Export: { Name: `r${n}:VpcId` } };
  for (const table of ['Main', 'Attachment']) add(`RouteTable${table}`, 'RouteTable', { VpcId: ref('Vpc') });
  for (const [role, table, third] of [
    ['Members', 'Main', 0],
    ['Attachment', 'Attachment', 200],
  ] as const) {
    for (const [k, zone] of ['A', 'B'].entries()) {
      add(`Subnet${role}${zone}`, 'Subnet', {
        VpcId: ref('Vpc'),
        AvailabilityZone: `r${n}${zone.toLowerCase()}`,
        CidrBlock: `10.${n}.${third + k + 1}.0/24`,
      });
      add(`Association${role}${zone}`, 'SubnetRouteTableAssociation', {
        SubnetId: ref(`Subnet${role}${zone}`),
        RouteTableId: ref(`RouteTable${table}`),
      });
    }
  }
  add('SecurityGroupHosts', 'SecurityGroup', {
    VpcId: ref('Vpc'),
    SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }],
  });
  add('Ingress', 'SecurityGroupIngress', { GroupId: ref('SecurityGroupHosts'), IpProtocol: '-1', CidrIp: '0.0.0.0/0' });
  for (const k of [1, 2]) {
    add(`M${k}Interface`, 'NetworkInterface', {
      SubnetId: ref(`SubnetMembers${k === 1 ? 'A' : 'B'}`),
      PrivateIpAddress: `10.${n}.${k}.1${k}`,
      SourceDestCheck: false,
      GroupSet: [ref('SecurityGroupHosts')],
      Tags: [{ Key: 'Name', Value: `r${n}-h-${k}` }],
    });
    add(`M${k}Instance`, 'Instance', { NetworkInterfaces: [{ DeviceIndex: '0', NetworkInterfaceId: ref(`M${k}Interface`) }] });
    for (const table of ['Main', 'Attachment'])
      add(`M${k}Route${table}`, 'Route', {
        RouteTableId: ref(`RouteTable${table}`),
        DestinationCidrBlock: `172.${15 + n}.${k}.0/24`,
        NetworkInterfaceId: ref(`M${k}Interface`),
      });
  }
}

/** A route in a region's table `Main`. */
export function addRoute(cloud: Cloud, n: number, id: string, destination: string, target: Record<string, unknown>): void {
  cloud.add(`r${n}/all`, id, 'AWS::EC2::Route', {
    RouteTableId: ref('RouteTableMain'),
    DestinationCidrBlock: destination,
    ...target,
  });
}

/** A public subnet in zone a with an internet gateway, a NAT gateway in it, and the route to that for the hosts. */
export function addNat(cloud: Cloud, n: number): void {
  const add = (id: string, Type: string, Properties: Record<string, unknown>) =>
    cloud.add(`r${n}/all`, id, `AWS::EC2::${Type}`, Properties);
  add('Gateway0', 'InternetGateway', {});
  add('Gateway0Attachment', 'VPCGatewayAttachment', { InternetGatewayId: ref('Gateway0'), VpcId: ref('Vpc') });
  add('RouteTablePublic', 'RouteTable', { VpcId: ref('Vpc') });
  add('SubnetPublicA', 'Subnet', { VpcId: ref('Vpc'), AvailabilityZone: `r${n}a`, CidrBlock: `10.${n}.100.0/24` });
  add('AssociationPublicA', 'SubnetRouteTableAssociation', {
    SubnetId: ref('SubnetPublicA'),
    RouteTableId: ref('RouteTablePublic'),
  });
  add('RoutePublic', 'Route', {
    RouteTableId: ref('RouteTablePublic'),
    DestinationCidrBlock: '0.0.0.0/0',
    GatewayId: ref('Gateway0'),
  });
  add('Address', 'EIP', { Domain: 'vpc' });
  add('NatA', 'NatGateway', {
    SubnetId: ref('SubnetPublicA'),
    AllocationId: { 'Fn::GetAtt': ['Address', 'AllocationId'] },
  });
  addRoute(cloud, n, 'Default', '0.0.0.0/0', { NatGatewayId: ref('NatA') });
}

/** Regions 1 and 2, peered, with routes to each other's hosts. */
export function peered(): Cloud {
  const cloud = new Cloud();
  addRegion(cloud, 1);
  addRegion(cloud, 2);
  joinByPeering(cloud, 1, 2);
  return cloud;
}

export function joinByPeering(cloud: Cloud, a: number, b: number): void {
  const all = `r${a}/all`;
  cloud.add(all, `Peering${b}`, 'AWS::EC2::VPCPeeringConnection', {
    VpcId: ref('Vpc'),
    PeerVpcId: output(`r${b}/all`, `r${b}`, 'VpcId'),
    PeerRegion: `r${b}`,
  });
  cloud.stacks[all]!.outputs[`Peering${b}Id`] = { Value: ref(`Peering${b}`) };
  addRoute(cloud, a, `RouteR${b}`, `10.${b}.0.0/16`, { VpcPeeringConnectionId: ref(`Peering${b}`) });
  addRoute(cloud, b, `RouteR${a}`, `10.${a}.0.0/16`, { VpcPeeringConnectionId: output(all, `r${a}`, `Peering${b}Id`) });
}

/** A transit gateway in region n, attached to the VPC in both zones, with static routes to its own addresses. */
export function addTransit(cloud: Cloud, n: number): void {
  const all = `r${n}/all`;
  const { outputs } = cloud.stacks[all]!;
  cloud.add(all, 'Gateway', 'AWS::EC2::TransitGateway', {
    AmazonSideAsn: 64600 + n,
    DefaultRouteTableAssociation: 'disable',
    DefaultRouteTablePropagation: 'disable',
  });
  cloud.add(all, 'Table', 'AWS::EC2::TransitGatewayRouteTable', { TransitGatewayId: ref('Gateway') });
  cloud.add(all, 'VpcAttachment', 'AWS::EC2::TransitGatewayAttachment', {
    TransitGatewayId: ref('Gateway'),
    VpcId: ref('Vpc'),
    SubnetIds: [ref('SubnetAttachmentA'), ref('SubnetAttachmentB')],
  });
  associate(cloud, n, 'VpcAttachment');
  transitRoute(cloud, n, 'OwnHosts', `10.${n}.0.0/16`, ref('VpcAttachment'));
  transitRoute(cloud, n, 'OwnContainers', `172.${15 + n}.0.0/16`, ref('VpcAttachment'));
  outputs.GatewayId = { Value: ref('Gateway'), Export: { Name: `r${n}:GatewayId` } };
}

export function associate(
  cloud: Cloud,
  n: number,
  attachment: string,
  id = `Associate${attachment}`,
  value: unknown = ref(attachment),
): void {
  cloud.add(`r${n}/all`, id, 'AWS::EC2::TransitGatewayRouteTableAssociation', {
    TransitGatewayAttachmentId: value,
    TransitGatewayRouteTableId: ref('Table'),
  });
}

export function transitRoute(cloud: Cloud, n: number, id: string, destination: string, attachment: unknown): void {
  cloud.add(`r${n}/all`, `Transit${id}`, 'AWS::EC2::TransitGatewayRoute', {
    TransitGatewayRouteTableId: ref('Table'),
    DestinationCidrBlock: destination,
    TransitGatewayAttachmentId: attachment,
  });
}

/** Regions 1 and 2 with transit gateways that are peered; hosts and containers of both reach each other. */
export function joined(): Cloud {
  const cloud = new Cloud();
  for (const n of [1, 2]) {
    addRegion(cloud, n);
    addTransit(cloud, n);
  }
  joinByTransit(cloud, 1, 2);
  return cloud;
}

export function joinByTransit(cloud: Cloud, a: number, b: number): void {
  const all = `r${a}/all`;
  cloud.add(all, `Request${b}`, 'AWS::EC2::TransitGatewayPeeringAttachment', {
    TransitGatewayId: ref('Gateway'),
    PeerTransitGatewayId: output(`r${b}/all`, `r${b}`, 'GatewayId'),
    PeerRegion: `r${b}`,
    PeerAccountId: '111111111111',
  });
  cloud.stacks[all]!.outputs[`Request${b}Id`] = { Value: ref(`Request${b}`) };
  cloud.add(`r${b}/all`, `Accept${a}`, 'Custom::TransitAttachment', {
    Kind: 'accept-peering',
    AttachmentId: output(all, `r${a}`, `Request${b}Id`),
  });
  for (const [own, other, id] of [
    [a, b, `Request${b}`],
    [b, a, `Accept${a}`],
  ] as const) {
    associate(cloud, own, id);
    for (const range of [`10.${other}.0.0/16`, `172.${15 + other}.0.0/16`]) {
      const name = `To${range.replaceAll(/\W/g, '')}`;
      transitRoute(cloud, own, name, range, ref(id));
      addRoute(cloud, own, `Route${name}`, range, { TransitGatewayId: ref('Gateway') });
    }
  }
}

/** The last hop of an answer that is no: what stopped it. */
export function stop({ forward, back }: Answer) {
  return [...forward, ...back].findLast((hop) => !hop.passes);
}
