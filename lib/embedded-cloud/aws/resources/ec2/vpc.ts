import { VPC_BITS, VPC_FORBIDDEN } from '../../../../facts/aws/limits';
import { type Block, block, canonical, overlaps, within } from '../../../ipv4';
import { bool, str } from '../../../properties';
import { AwsError } from '../../aws-error';
import { ec2Id } from '../../ids';
import { zoneExists, zonesOf } from '../../world/zones';
import type { Handler } from '../handler';
import { tagsOf } from '../values';
import { subnetOf, vpcOf } from './lookup';

const badRange = (code: string, cidr: string) => new AwsError(code, `The CIDR '${cidr}' is invalid.`);

/** AWS::EC2::VPC */
export const vpc: Handler = {
  create(c, p) {
    const cidr = canonical(str(p, 'CidrBlock') ?? '') ?? '';
    const range = block(cidr);
    if (!range || range.bits < VPC_BITS.least || range.bits > VPC_BITS.most)
      throw badRange('InvalidVpc.Range', str(p, 'CidrBlock') ?? '');
    if (VPC_FORBIDDEN.some((one) => overlaps(block(one) as Block, range)))
      throw badRange('InvalidVpc.Range', str(p, 'CidrBlock') ?? '');
    const [id, defaultGroup, mainRouteTable] = [ec2Id('vpc'), ec2Id('sg'), ec2Id('rtb')];
    c.region.vpcs[id] = {
      id,
      cidr,
      defaultGroup,
      mainRouteTable,
      dnsHostnames: bool(p, 'EnableDnsHostnames') ?? false,
      dnsSupport: bool(p, 'EnableDnsSupport') ?? true,
      tenancy: str(p, 'InstanceTenancy') ?? 'default',
      tags: tagsOf(c, p.Tags),
    };
    c.region.groups[defaultGroup] = {
      id: defaultGroup,
      name: 'default',
      description: 'default VPC security group',
      vpc: id,
      rules: [],
      tags: {},
    };
    const routes = [{ destination: cidr, target: { kind: 'local' as const, id: 'local' } }];
    c.region.routeTables[mainRouteTable] = { id: mainRouteTable, vpc: id, main: true, routes, associations: {}, tags: {} };
    return {
      physicalId: id,
      attributes: {
        VpcId: id,
        CidrBlock: cidr,
        DefaultSecurityGroup: defaultGroup,
        DefaultNetworkAcl: ec2Id('acl'),
        CidrBlockAssociations: [],
        Ipv6CidrBlocks: [],
      },
    };
  },
  update(c, id, p) {
    const changes = {
      dnsHostnames: bool(p, 'EnableDnsHostnames') ?? false,
      dnsSupport: bool(p, 'EnableDnsSupport') ?? true,
      tags: tagsOf(c, p.Tags),
    };
    Object.assign(vpcOf(c.region, id), changes);
    return undefined;
  },
  delete(c, id) {
    const { region } = c;
    const v = region.vpcs[id];
    if (!v) return;
    const uses = <T extends { vpc?: string }>(table: Record<string, T>, but?: string) =>
      Object.entries(table).some(([k, x]) => x.vpc === id && k !== but);
    const used =
      uses(region.subnets) ||
      uses(region.internetGateways) ||
      uses(region.groups, v.defaultGroup) ||
      uses(region.routeTables, v.mainRouteTable) ||
      uses(region.endpoints) ||
      uses(region.peerings);
    if (used) throw new AwsError('DependencyViolation', `The vpc '${id}' has dependencies and cannot be deleted.`);
    delete region.groups[v.defaultGroup];
    delete region.routeTables[v.mainRouteTable];
    delete region.vpcs[id];
  },
  read(c, id, p) {
    const v = c.region.vpcs[id];
    return v && { ...p, ...(p.EnableDnsHostnames === undefined ? {} : { EnableDnsHostnames: v.dnsHostnames }) };
  },
};

/** AWS::EC2::Subnet */
export const subnet: Handler = {
  create(c, p) {
    const v = vpcOf(c.region, str(p, 'VpcId'));
    const cidr = canonical(str(p, 'CidrBlock') ?? '') ?? '';
    const range = block(cidr);
    if (!range || !within(block(v.cidr) as Block, range) || range.bits > VPC_BITS.most)
      throw badRange('InvalidSubnet.Range', str(p, 'CidrBlock') ?? '');
    const others = Object.values(c.region.subnets).filter((s) => s.vpc === v.id);
    if (others.some((s) => overlaps(block(s.cidr) as Block, range)))
      throw new AwsError('InvalidSubnet.Conflict', `The CIDR '${cidr}' conflicts with another subnet`);
    const zones = zonesOf(c.region.name);
    const zone = str(p, 'AvailabilityZone') ?? (zones[others.length % zones.length] as string);
    if (!zoneExists(c.region.name, zone)) {
      throw new AwsError(
        'InvalidParameterValue',
        `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${zones.join(', ')}.`,
      );
    }
    const id = ec2Id('subnet');
    c.region.subnets[id] = {
      id,
      vpc: v.id,
      cidr,
      zone,
      mapPublicIp: bool(p, 'MapPublicIpOnLaunch') ?? false,
      tags: tagsOf(c, p.Tags),
    };
    return {
      physicalId: id,
      attributes: {
        SubnetId: id,
        VpcId: v.id,
        AvailabilityZone: zone,
        CidrBlock: cidr,
        NetworkAclAssociationId: ec2Id('aclassoc'),
        Ipv6CidrBlocks: [],
      },
    };
  },
  update(c, id, p) {
    Object.assign(subnetOf(c.region, id), { mapPublicIp: bool(p, 'MapPublicIpOnLaunch') ?? false, tags: tagsOf(c, p.Tags) });
    return undefined;
  },
  delete(c, id) {
    if (Object.values(c.region.interfaces).some((i) => i.subnet === id)) {
      throw new AwsError('DependencyViolation', `The subnet '${id}' has dependencies and cannot be deleted.`);
    }
    for (const table of Object.values(c.region.routeTables)) {
      for (const [key, a] of Object.entries(table.associations)) if (a.subnet === id) delete table.associations[key];
    }
    delete c.region.subnets[id];
  },
  read: (c, id, p) => c.region.subnets[id] && p,
};
