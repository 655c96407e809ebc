import { randomInt } from 'node:crypto';
import { str } from '../../../properties';
import { AwsError } from '../../aws-error';
import { ec2Id } from '../../ids';
import type { Handler } from '../handler';
import { must, tagsOf } from '../values';
import { attach, createInterface, deleteInterface } from './interfaces';
import { allocationOf, gatewayOf, subnetOf, vpcOf } from './lookup';

/** AWS::EC2::InternetGateway */
export const internetGateway: Handler = {
  create(c, p) {
    const id = ec2Id('igw');
    c.region.internetGateways[id] = { id, tags: tagsOf(c, p.Tags) };
    return { physicalId: id, attributes: { InternetGatewayId: id } };
  },
  update(c, id, p) {
    gatewayOf(c.region, id).tags = tagsOf(c, p.Tags);
    return undefined;
  },
  delete(c, id) {
    if (c.region.internetGateways[id]?.vpc)
      throw new AwsError('DependencyViolation', `The internetGateway '${id}' has dependencies and cannot be deleted.`);
    delete c.region.internetGateways[id];
  },
  read: (c, id, p) => c.region.internetGateways[id] && p,
};

/** AWS::EC2::VPCGatewayAttachment */
export const vpcGatewayAttachment: Handler = {
  create(c, p) {
    const v = vpcOf(c.region, str(p, 'VpcId'));
    const gateway = gatewayOf(c.region, str(p, 'InternetGatewayId'));
    if (gateway.vpc)
      throw new AwsError('Resource.AlreadyAssociated', `resource ${gateway.id} is already attached to network ${gateway.vpc}`);
    if (Object.values(c.region.internetGateways).some((g) => g.vpc === v.id)) {
      throw new AwsError('InvalidParameterValue', `Network ${v.id} already has an internet gateway attached`);
    }
    gateway.vpc = v.id;
    return { physicalId: `IGW|${v.id}`, attributes: { AttachmentType: 'IGW' } };
  },
  delete(c, id) {
    const v = id.split('|')[1];
    if (Object.values(c.region.natGateways).some((n) => n.vpc === v && n.allocation)) {
      throw new AwsError(
        'DependencyViolation',
        `Network ${v} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
      );
    }
    for (const gateway of Object.values(c.region.internetGateways)) if (gateway.vpc === v) gateway.vpc = undefined;
  },
  read: (c, id, p) => (Object.values(c.region.internetGateways).some((g) => g.vpc === id.split('|')[1]) ? p : undefined),
};

/** AWS::EC2::EIP: `Ref` is the address, the allocation is an attribute. */
export const eip: Handler = {
  create(c, p) {
    const allocation = ec2Id('eipalloc');
    const address = `198.51.${randomInt(100, 200)}.${randomInt(1, 255)}`;
    c.region.addresses[allocation] = { allocation, address, tags: tagsOf(c, p.Tags) };
    return { physicalId: allocation, ref: address, attributes: { AllocationId: allocation, PublicIp: address } };
  },
  update(c, id, p) {
    allocationOf(c.region, id).tags = tagsOf(c, p.Tags);
    return undefined;
  },
  delete(c, id) {
    const found = c.region.addresses[id];
    if (found?.usedBy) throw new AwsError('InvalidIPAddress.InUse', `Address ${found.address} is in use.`);
    delete c.region.addresses[id];
  },
  read: (c, id, p) => c.region.addresses[id] && p,
};

/** AWS::EC2::NatGateway */
export const natGateway: Handler = {
  create(c, p) {
    const subnet = subnetOf(c.region, str(p, 'SubnetId'));
    const allocation = str(p, 'AllocationId');
    const address = str(p, 'ConnectivityType') === 'private' ? undefined : allocationOf(c.region, allocation);
    if (address?.usedBy)
      throw new AwsError('Resource.AlreadyAssociated', `Elastic IP address [${allocation}] is already associated`);
    if (address && !Object.values(c.region.internetGateways).some((g) => g.vpc === subnet.vpc)) {
      throw new AwsError('Gateway.NotAttached', `Network ${subnet.vpc} has no Internet gateway attached`);
    }
    const id = ec2Id('nat');
    const own = createInterface(c.region, {
      subnet: subnet.id,
      groups: [],
      address: str(p, 'PrivateIpAddress'),
      sourceDestCheck: false,
      description: `Interface for NAT Gateway ${id}`,
      tags: {},
    });
    attach(c.region, own.id, id, 0, true);
    if (address) {
      address.usedBy = id;
      own.publicAddress = address.address;
    }
    c.region.natGateways[id] = {
      id,
      subnet: subnet.id,
      vpc: subnet.vpc,
      allocation: address?.allocation,
      interface: own.id,
      tags: tagsOf(c, p.Tags),
    };
    return { physicalId: id, attributes: { NatGatewayId: id, EniId: own.id } };
  },
  update(c, id, p) {
    must(c.region.natGateways, id, 'NatGatewayNotFound', `NatGateway ${id} was not found`).tags = tagsOf(c, p.Tags);
    return undefined;
  },
  delete(c, id) {
    const gateway = c.region.natGateways[id];
    if (!gateway) return;
    const address = c.region.addresses[gateway.allocation ?? ''];
    if (address) address.usedBy = undefined;
    delete c.region.natGateways[id];
    deleteInterface(c.region, gateway.interface);
  },
  read: (c, id, p) => c.region.natGateways[id] && p,
};
