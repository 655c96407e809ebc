/** Gateways, route tables and routes of a region. */
import type { CloudRegion } from '../../estate/model/model';
import type { NetworkPlan, RoutePlan, RouteTablePlan } from '../../plan/model';
import { networkOutput } from '../names';
import { exported, getAtt, ref, type TemplateResource, tagList } from '../template';
import { type NetworkParts, subnetLogicalId, vpcLogicalId } from './network';

export function addRouteTables(parts: NetworkParts, network: NetworkPlan, region: CloudRegion): void {
  const { resources, outputs, generation, stackName } = parts;
  addInternetGateway(parts);
  addNatGateways(parts, network);
  for (const table of network.routeTables) {
    const id = tableId(table.id, generation);
    resources[id] = {
      Type: 'AWS::EC2::RouteTable',
      Properties: { Tags: tagList({ Name: `${stackName}-${table.id}` }), VpcId: ref(vpcLogicalId(generation)) },
    };
    const output = networkOutput.routeTable(table.id, generation);
    outputs[output] = exported(stackName, output, ref(id), `route table ${table.id}`);
    for (const route of table.routes) addRoute(parts, table, route, network);
  }
  for (const subnet of network.subnets) {
    resources[`Association${subnet.id}G${generation}`] = {
      Type: 'AWS::EC2::SubnetRouteTableAssociation',
      Properties: {
        RouteTableId: ref(tableId(subnet.routeTable, generation)),
        SubnetId: ref(subnetLogicalId(subnet.id, generation)),
      },
    };
  }
  resources[`S3EndpointG${generation}`] = {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      // Not in the attachment subnets': a gateway endpoint can't be reached from another place, and no host stands there.
      RouteTableIds: tablesOfHosts(network).map((id) => ref(tableId(id, generation))),
      // Source: AWS PrivateLink Guide, "Gateway endpoints": the same name in every partition, China too.
      ServiceName: `com.amazonaws.${region}.s3`,
      Tags: tagList({ Name: `${stackName}-s3` }),
      VpcEndpointType: 'Gateway',
      VpcId: ref(vpcLogicalId(generation)),
    },
  };
}

/** Tables of subnets that hosts, NAT gateways and load balancers stand in. */
function tablesOfHosts({ routeTables, subnets }: NetworkPlan): string[] {
  const attachments = new Set(subnets.flatMap((s) => (s.role === 'attachment' ? s.routeTable : [])));
  return routeTables.map((table) => table.id).filter((id) => !attachments.has(id));
}

function tableId(id: string, generation: number): string {
  return `RouteTable${id}G${generation}`;
}

function addInternetGateway({ resources, generation, stackName }: NetworkParts): void {
  resources[gatewayId(generation)] = {
    Type: 'AWS::EC2::InternetGateway',
    Properties: { Tags: tagList({ Name: stackName }) },
  };
  resources[attachmentId(generation)] = {
    Type: 'AWS::EC2::VPCGatewayAttachment',
    Properties: { InternetGatewayId: ref(gatewayId(generation)), VpcId: ref(vpcLogicalId(generation)) },
  };
}

function gatewayId(generation: number): string {
  return `InternetGatewayG${generation}`;
}

function attachmentId(generation: number): string {
  return `InternetGatewayAttachmentG${generation}`;
}

function natId(letter: string, generation: number): string {
  return `Nat${letter}G${generation}`;
}

/** Only the NAT gateways that some route leads to: the plan says which zones have one. */
function addNatGateways({ resources, generation, stackName }: NetworkParts, network: NetworkPlan): void {
  const used = new Set(
    network.routeTables.flatMap((t) => t.routes.flatMap((r) => (r.target.kind === 'nat' ? r.target.zone : []))),
  );
  for (const zone of network.zones.filter((z) => used.has(z.name))) {
    const subnet = network.subnets.find((s) => s.role === 'public' && s.zone === zone.name)!;
    const name = `${stackName}-nat-${zone.letter}`;
    const address = `NatAddress${zone.letter}G${generation}`;
    resources[address] = {
      Type: 'AWS::EC2::EIP',
      Properties: { Domain: 'vpc', Tags: tagList({ Name: name }) },
      DependsOn: [attachmentId(generation)],
    };
    resources[natId(zone.letter, generation)] = {
      Type: 'AWS::EC2::NatGateway',
      Properties: {
        AllocationId: getAtt(address, 'AllocationId'),
        SubnetId: ref(subnetLogicalId(subnet.id, generation)),
        Tags: tagList({ Name: name }),
      },
      DependsOn: [attachmentId(generation)],
    };
  }
}

/** Routes towards members are left out: they stand in the member's own stack. */
function addRoute({ resources, generation }: NetworkParts, table: RouteTablePlan, route: RoutePlan, network: NetworkPlan): void {
  const { target } = route;
  if (target.kind === 'member') return;
  resources[`Route${table.id}${route.id}G${generation}`] =
    target.kind === 'internet-gateway'
      ? internetRoute(table, route, generation)
      : {
          Type: 'AWS::EC2::Route',
          Properties: {
            DestinationCidrBlock: route.destination,
            NatGatewayId: ref(natId(network.zones.find((z) => z.name === target.zone)!.letter, generation)),
            RouteTableId: ref(tableId(table.id, generation)),
          },
        };
}

function internetRoute(table: RouteTablePlan, route: RoutePlan, generation: number): TemplateResource {
  return {
    Type: 'AWS::EC2::Route',
    Properties: {
      DestinationCidrBlock: route.destination,
      GatewayId: ref(gatewayId(generation)),
      RouteTableId: ref(tableId(table.id, generation)),
    },
    // A route to a gateway that is not attached yet is refused.
    DependsOn: [attachmentId(generation)],
  };
}
