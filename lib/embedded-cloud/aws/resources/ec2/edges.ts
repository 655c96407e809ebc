import { str, strs } from '../../../properties';
import { AwsError } from '../../aws-error';
import { ec2Id } from '../../ids';
import type { Handler } from '../handler';
import { must, tagsOf } from '../values';
import { attach, createInterface, deleteInterface } from './interfaces';
import { tableOf, vpcOf } from './lookup';

/** AWS::EC2::VPCEndpoint */
export const vpcEndpoint: Handler = {
  create(c, p) {
    const v = vpcOf(c.region, str(p, 'VpcId'));
    const service = str(p, 'ServiceName') ?? '';
    if (!new RegExp(`^(cn\\.)?com\\.amazonaws\\.(${c.region.name}|vpce)\\.`).test(service)) {
      throw new AwsError('InvalidServiceName', `The Vpc Endpoint Service '${service}' does not exist`);
    }
    const routeTables = strs(p, 'RouteTableIds');
    for (const t of routeTables) tableOf(c.region, t);
    const groups = strs(p, 'SecurityGroupIds');
    const id = ec2Id('vpce');
    const interfaces = strs(p, 'SubnetIds').map((subnet) => {
      const own = createInterface(c.region, {
        subnet,
        groups: groups.length > 0 ? groups : [v.defaultGroup],
        description: `VPC Endpoint Interface ${id}`,
        tags: {},
      });
      attach(c.region, own.id, id, 0, true);
      return own.id;
    });
    const kind = str(p, 'VpcEndpointType') ?? 'Gateway';
    c.region.endpoints[id] = {
      id,
      vpc: v.id,
      service,
      kind,
      routeTables,
      subnets: strs(p, 'SubnetIds'),
      groups,
      interfaces,
      tags: tagsOf(c, p.Tags),
    };
    return {
      physicalId: id,
      attributes: { Id: id, NetworkInterfaceIds: interfaces, DnsEntries: [], CreationTimestamp: c.clock.now() },
    };
  },
  update(c, id, p) {
    const endpoint = must(c.region.endpoints, id, 'InvalidVpcEndpointId.NotFound', `The Vpc Endpoint Id '${id}' does not exist`);
    for (const t of strs(p, 'RouteTableIds')) tableOf(c.region, t);
    Object.assign(endpoint, {
      routeTables: strs(p, 'RouteTableIds'),
      groups: strs(p, 'SecurityGroupIds'),
      tags: tagsOf(c, p.Tags),
    });
    return undefined;
  },
  delete(c, id) {
    for (const i of c.region.endpoints[id]?.interfaces ?? []) deleteInterface(c.region, i);
    delete c.region.endpoints[id];
  },
  read: (c, id, p) => c.region.endpoints[id] && p,
};

/** AWS::EC2::FlowLog */
export const flowLog: Handler = {
  create(c, p) {
    const resource = str(p, 'ResourceId') ?? '';
    if (!c.region.subnets[resource] && !c.region.interfaces[resource]) vpcOf(c.region, resource);
    const id = ec2Id('fl');
    c.region.flowLogs[id] = { id, resource, tags: tagsOf(c, p.Tags) };
    return { physicalId: id, attributes: { Id: id } };
  },
  update: () => undefined,
  delete(c, id) {
    delete c.region.flowLogs[id];
  },
  read: (c, id, p) => c.region.flowLogs[id] && p,
};
