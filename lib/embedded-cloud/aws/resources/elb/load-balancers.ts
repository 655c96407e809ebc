import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../../../../engine/json';
import { NAMES } from '../../../../facts/aws/names';
import { objs, str, strs } from '../../../properties';
import { AwsError } from '../../aws-error';
import { generatedName } from '../../ids';
import type { LoadBalancer } from '../../world/balancing';
import type { Tags } from '../../world/network';
import { attach, createInterface, deleteInterface } from '../ec2/interfaces';
import { subnetOf } from '../ec2/lookup';
import type { Context, Handler, Made } from '../handler';
import { arn, must, tagsOf, urlSuffix } from '../values';

/** The last part of an ARN of Elastic Load Balancing. */
export const arnEnd = (): string => randomBytes(8).toString('hex');

/** A list of keys and values as a table. */
export const attributesIn = (p: JsonObject, list: string): Tags =>
  Object.fromEntries(objs(p, list).map((a) => [str(a, 'Key') ?? '', str(a, 'Value') ?? '']));

export const loadBalancerOf = (c: Context, id: string | undefined): LoadBalancer =>
  must(c.region.loadBalancers, id, 'LoadBalancerNotFound', `Load balancers '[${id}]' not found`);

/** Subnets of one VPC, each of another zone; its VPC. */
function vpcOfSubnets(c: Context, ids: readonly string[]): string {
  const subnets = ids.map((id) => subnetOf(c.region, id));
  const [first] = subnets;
  if (first === undefined) throw new AwsError('ValidationError', 'At least one subnet must be specified');
  if (subnets.some((s) => s.vpc !== first.vpc))
    throw new AwsError('InvalidConfigurationRequest', 'All subnets must belong to the same VPC');
  if (new Set(subnets.map((s) => s.zone)).size < subnets.length) {
    throw new AwsError(
      'InvalidConfigurationRequest',
      'A load balancer cannot be attached to multiple subnets in the same Availability Zone',
    );
  }
  return first.vpc;
}

function takeInterfaces(c: Context, own: LoadBalancer, subnets: readonly string[]): void {
  for (const subnet of subnets) {
    const made = createInterface(c.region, {
      subnet,
      groups: [],
      sourceDestCheck: false,
      description: `ELB ${fullName(own.id)}`,
      tags: {},
    });
    attach(c.region, made.id, own.id, 0, true);
    own.interfaces.push(made.id);
  }
}

const fullName = (id: string): string => id.split(':loadbalancer/')[1] ?? id;

const madeOf = (own: LoadBalancer): Made => ({
  physicalId: own.id,
  attributes: {
    CanonicalHostedZoneID: 'Z26RNL4JYFTOTI',
    DNSName: own.dnsName,
    LoadBalancerArn: own.id,
    LoadBalancerFullName: fullName(own.id),
    LoadBalancerName: own.name,
    SecurityGroups: [],
  },
});

/** AWS::ElasticLoadBalancingV2::LoadBalancer of type network: it holds an address of each of its subnets. */
export const loadBalancer: Handler = {
  create(c, p) {
    if (str(p, 'Type') !== 'network')
      throw new AwsError(
        'ValidationError',
        `The embedded cloud has no load balancers of type ${str(p, 'Type') ?? 'application'}`,
      );
    const name =
      str(p, 'Name') ?? generatedName(c.stackName, c.logicalId, NAMES['AWS::ElasticLoadBalancingV2::LoadBalancer Name'].most);
    if (Object.values(c.region.loadBalancers).some((l) => l.name === name))
      throw new AwsError('DuplicateLoadBalancerName', `A load balancer with the same name '${name}' exists`);
    const subnets = strs(p, 'Subnets');
    const vpc = vpcOfSubnets(c, subnets);
    const end = arnEnd();
    const own: LoadBalancer = {
      id: arn(c, 'elasticloadbalancing', `loadbalancer/net/${name}/${end}`),
      name,
      dnsName: `${name}-${end}.elb.${c.region.name}.${urlSuffix(c.partition)}`,
      scheme: str(p, 'Scheme') ?? 'internet-facing',
      vpc,
      subnets,
      interfaces: [],
      attributes: attributesIn(p, 'LoadBalancerAttributes'),
      tags: tagsOf(c, p.Tags),
    };
    takeInterfaces(c, own, subnets);
    c.region.loadBalancers[own.id] = own;
    return madeOf(own);
  },
  update(c, id, p) {
    const own = loadBalancerOf(c, id);
    const subnets = strs(p, 'Subnets');
    if (vpcOfSubnets(c, subnets) !== own.vpc)
      throw new AwsError('InvalidConfigurationRequest', `The subnets are not of the VPC '${own.vpc}' of the load balancer`);
    for (const gone of own.interfaces.filter((i) => !subnets.includes(c.region.interfaces[i]?.subnet ?? '')))
      deleteInterface(c.region, gone);
    own.interfaces = own.interfaces.filter((i) => c.region.interfaces[i] !== undefined);
    takeInterfaces(
      c,
      own,
      subnets.filter((s) => !own.subnets.includes(s)),
    );
    Object.assign(own, { subnets, attributes: attributesIn(p, 'LoadBalancerAttributes'), tags: tagsOf(c, p.Tags) });
    return madeOf(own);
  },
  delete(c, id) {
    const own = c.region.loadBalancers[id];
    if (!own) return;
    if (own.attributes['deletion_protection.enabled'] === 'true')
      throw new AwsError(
        'OperationNotPermitted',
        `Load balancer '${id}' cannot be deleted because deletion protection is enabled`,
      );
    for (const l of Object.values(c.region.listeners)) if (l.loadBalancer === id) delete c.region.listeners[l.id];
    for (const i of own.interfaces) deleteInterface(c.region, i);
    delete c.region.loadBalancers[id];
  },
  read: (c, id, p) => c.region.loadBalancers[id] && p,
};
