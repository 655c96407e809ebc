import type { JsonObject } from '../../../../engine/json';
import { QUOTAS } from '../../../../facts/aws/quotas';
import { type Block, block, canonical, within } from '../../../ipv4';
import { str } from '../../../properties';
import type { Region } from '../../../store/world';
import { AwsError } from '../../aws-error';
import { ec2Id } from '../../ids';
import type { Route, RouteTable, RouteTarget } from '../../world/network';
import { isAttached } from '../../world/routes';
import type { Handler } from '../handler';
import { tagsOf } from '../values';
import { gatewayOf, instanceOf, interfaceOf, peeringOf, subnetOf, tableOf, vpcOf } from './lookup';

/** AWS::EC2::RouteTable */
export const routeTable: Handler = {
  create(c, p) {
    const v = vpcOf(c.region, str(p, 'VpcId'));
    if (Object.values(c.region.routeTables).filter((t) => t.vpc === v.id).length >= QUOTAS.routeTablesPerVpc.usual) {
      throw new AwsError('RouteTableLimitExceeded', 'The maximum number of route tables has been reached.');
    }
    const id = ec2Id('rtb');
    const routes = [{ destination: v.cidr, target: { kind: 'local' as const, id: 'local' } }];
    c.region.routeTables[id] = { id, vpc: v.id, main: false, routes, associations: {}, tags: tagsOf(c, p.Tags) };
    return { physicalId: id, attributes: { RouteTableId: id } };
  },
  update(c, id, p) {
    tableOf(c.region, id).tags = tagsOf(c, p.Tags);
    return undefined;
  },
  delete(c, id) {
    if (Object.keys(c.region.routeTables[id]?.associations ?? {}).length > 0) {
      throw new AwsError('DependencyViolation', `The routeTable '${id}' has dependencies and cannot be deleted.`);
    }
    delete c.region.routeTables[id];
  },
  read: (c, id, p) => c.region.routeTables[id] && p,
};

/** AWS::EC2::SubnetRouteTableAssociation */
export const subnetRouteTableAssociation: Handler = {
  create(c, p) {
    const table = tableOf(c.region, str(p, 'RouteTableId'));
    const subnet = subnetOf(c.region, str(p, 'SubnetId'));
    if (subnet.vpc !== table.vpc)
      throw new AwsError('InvalidParameterValue', `Route table ${table.id} and subnet ${subnet.id} belong to different networks`);
    const owner = `${c.stackId} ${c.logicalId}`;
    for (const other of Object.values(c.region.routeTables)) {
      for (const [key, a] of Object.entries(other.associations)) {
        if (a.subnet !== subnet.id) continue;
        // A changed table replaces this association: the new one takes the subnet over.
        if (a.owner !== owner) {
          throw new AwsError(
            'Resource.AlreadyAssociated',
            `the specified association for route table ${table.id} conflicts with an existing association`,
          );
        }
        delete other.associations[key];
      }
    }
    const id = ec2Id('rtbassoc');
    table.associations[id] = { subnet: subnet.id, owner };
    return { physicalId: id, attributes: { Id: id } };
  },
  delete(c, id) {
    for (const table of Object.values(c.region.routeTables)) delete table.associations[id];
  },
  read(c, id, p) {
    const table = Object.values(c.region.routeTables).find((t) => id in t.associations);
    return table && { ...p, RouteTableId: table.id };
  },
};

const targets: Record<string, RouteTarget['kind']> = {
  GatewayId: 'gateway',
  NatGatewayId: 'nat',
  NetworkInterfaceId: 'interface',
  VpcPeeringConnectionId: 'peering',
  TransitGatewayId: 'transit',
  VpcEndpointId: 'endpoint',
  InstanceId: 'instance',
};

/** Targets that EC2 knows beside them ("CreateRoute"). */
const ELSEWHERE = ['CarrierGatewayId', 'CoreNetworkArn', 'EgressOnlyInternetGatewayId', 'LocalGatewayId', 'OdbNetworkArn'];

/** The one target of a route; it must exist, and stand in the table's VPC where it belongs to one. */
function targetOf(r: Region, table: RouteTable, p: JsonObject): RouteTarget {
  const given = [...Object.keys(targets), ...ELSEWHERE].filter((k) => p[k] !== undefined);
  if (given.length !== 1) {
    throw new AwsError(
      'MissingParameter',
      'The request must contain exactly one of gatewayId, natGatewayId, networkInterfaceId, vpcPeeringConnectionId or transitGatewayId',
    );
  }
  const key = given[0] as string;
  if (targets[key] === undefined) throw new AwsError('InvalidParameterValue', `Routes to a ${key} are not in the embedded cloud`);
  const [kind, id] = [targets[key] as RouteTarget['kind'], String(p[key])];
  const elsewhere = (what: string) =>
    new AwsError('InvalidParameterValue', `route table ${table.id} and ${what} ${id} belong to different networks`);
  if (kind === 'gateway' && id.startsWith('igw-') && gatewayOf(r, id).vpc !== table.vpc) throw elsewhere('network gateway');
  if (kind === 'nat' && r.natGateways[id]?.vpc !== table.vpc)
    throw new AwsError('InvalidNatGatewayID.NotFound', `The natGateway ID '${id}' does not exist`);
  if (kind === 'interface' && interfaceOf(r, id).vpc !== table.vpc) throw elsewhere('interface');
  if (kind === 'peering') {
    // One that nobody accepted yet is taken: the route is a blackhole until then ("Update your route tables for a VPC peering connection").
    const { vpc, peerVpc } = peeringOf(r, id);
    if (vpc !== table.vpc && peerVpc !== table.vpc) throw elsewhere('VPC peering connection');
  }
  // EC2 says the same of a gateway that isn't there and of one that the VPC isn't attached to.
  if (kind === 'transit' && !isAttached(r, id, table.vpc))
    throw new AwsError('InvalidTransitGatewayID.NotFound', `The transitGateway ID '${id}' does not exist.`);
  if (kind === 'instance') instanceOf(r, id);
  return { kind, id };
}

/** A route's destination as EC2 keeps it ("CreateRoute", DestinationCidrBlock: its canonical form). */
const destinationOf = (p: JsonObject): string => {
  const said = str(p, 'DestinationCidrBlock') ?? '';
  return canonical(said) ?? said;
};

/** Adds a route with EC2's checks: of a template, or by hand. */
export function addRoute(r: Region, p: JsonObject): Route {
  const table = tableOf(r, str(p, 'RouteTableId'));
  const destination = destinationOf(p);
  const range = block(destination);
  if (!range)
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${destination}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.`,
    );
  const target = targetOf(r, table, p);
  if (table.routes.some((other) => other.destination === destination))
    throw new AwsError('RouteAlreadyExists', `The route identified by ${destination} already exists.`);
  if (within(block(vpcOf(r, table.vpc).cidr) as Block, range)) {
    // "Route tables": more specific than local only for exactly one subnet's block, to an interface, NAT or endpoint.
    const whole = Object.values(r.subnets).some((s) => s.vpc === table.vpc && s.cidr === destination);
    if (!whole || !['interface', 'nat', 'endpoint', 'instance'].includes(target.kind)) {
      throw new AwsError(
        'InvalidParameterValue',
        `The destination CIDR block ${destination} is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance.`,
      );
    }
  }
  if (table.routes.length >= QUOTAS.routesPerTable.usual)
    throw new AwsError('RouteLimitExceeded', 'The maximum number of routes has been reached.');
  const made = { destination, target };
  table.routes.push(made);
  return made;
}

/** Gives a route that stands another target. */
export function replaceRoute(r: Region, p: JsonObject): void {
  const table = tableOf(r, str(p, 'RouteTableId'));
  const destination = destinationOf(p);
  const found = table.routes.find((other) => other.destination === destination);
  if (!found)
    throw new AwsError(
      'InvalidRoute.NotFound',
      `There is no route defined for '${destination}' in the route table. Use CreateRoute instead.`,
    );
  found.target = targetOf(r, table, p);
}

/** AWS::EC2::Route */
export const route: Handler = {
  create(c, p) {
    const { destination } = addRoute(c.region, p);
    return { physicalId: `${str(p, 'RouteTableId')}|${destination}`, attributes: { CidrBlock: destination } };
  },
  update(c, _id, p) {
    replaceRoute(c.region, p);
    return undefined;
  },
  delete(c, id) {
    const [tableId, destination] = id.split('|');
    const table = c.region.routeTables[tableId ?? ''];
    if (table) table.routes = table.routes.filter((r) => r.destination !== destination);
  },
  read(c, id, p) {
    const [tableId, destination] = id.split('|');
    const found = c.region.routeTables[tableId ?? '']?.routes.find((r) => r.destination === destination);
    if (!found) return undefined;
    const key = Object.keys(targets).find((k) => targets[k] === found.target.kind);
    const rest = Object.fromEntries(Object.entries(p).filter(([k]) => !(k in targets)));
    return { ...rest, ...(key ? { [key]: found.target.id } : {}) };
  },
};
