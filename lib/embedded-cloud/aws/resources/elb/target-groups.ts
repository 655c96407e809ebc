import type { JsonObject } from '../../../../engine/json';
import { NAMES } from '../../../../facts/aws/names';
import { address, block, holds } from '../../../ipv4';
import { num, objs, str } from '../../../properties';
import type { Region } from '../../../store/world';
import { AwsError } from '../../aws-error';
import { generatedName } from '../../ids';
import type { TargetGroup } from '../../world/balancing';
import { instanceOf, vpcOf } from '../ec2/lookup';
import type { Context, Handler, Made } from '../handler';
import { arn, must, tagsOf } from '../values';
import { arnEnd, attributesIn } from './load-balancers';

export const targetGroupOf = (region: Region, id: string | undefined): TargetGroup =>
  must(region.targetGroups, id, 'TargetGroupNotFound', `Target groups '${id}' not found`);

/** What is checked of a group's health question ("CreateTargetGroup"). */
function checkHealth(p: JsonObject): void {
  const protocol = str(p, 'HealthCheckProtocol') ?? 'TCP';
  if (!['TCP', 'HTTP', 'HTTPS'].includes(protocol))
    throw new AwsError('ValidationError', `Health check protocol '${protocol}' must be one of 'TCP', 'HTTP', 'HTTPS'`);
  const [interval, timeout] = [num(p, 'HealthCheckIntervalSeconds') ?? 30, num(p, 'HealthCheckTimeoutSeconds') ?? 6];
  if (interval < 5 || interval > 300)
    throw new AwsError('ValidationError', `Health check interval '${interval}' not in range 5 - 300`);
  if (timeout >= interval)
    throw new AwsError('ValidationError', `Health check timeout '${timeout}' must be smaller than the interval '${interval}'`);
}

/** Targets as the template names them: instances that stand, or addresses of the VPC. */
function targetsOf(c: Context, p: JsonObject, vpc: string, type: string): string[] {
  const range = block(vpcOf(c.region, vpc).cidr);
  return objs(p, 'Targets').map((t) => {
    const id = str(t, 'Id') ?? '';
    if (type === 'instance') return instanceOf(c.region, id).id;
    const at = address(id);
    if (at === undefined) throw new AwsError('ValidationError', `The IP address '${id}' is not a valid IPv4 address`);
    if (range === undefined || !holds(range, at)) {
      throw new AwsError(
        'ValidationError',
        `The IP address '${id}' is not within the CIDR range of VPC '${vpc}' and needs an availability zone of 'all'`,
      );
    }
    return id;
  });
}

const settings = (c: Context, p: JsonObject, vpc: string, type: string) => ({
  targets: targetsOf(c, p, vpc, type),
  attributes: attributesIn(p, 'TargetGroupAttributes'),
  healthCheck: Object.fromEntries(Object.entries(p).filter(([name]) => name.startsWith('HealthCheck'))),
  tags: tagsOf(c, p.Tags),
});

const madeOf = (c: Context, group: TargetGroup): Made => ({
  physicalId: group.id,
  attributes: {
    LoadBalancerArns: Object.values(c.region.listeners).flatMap((l) => (l.targetGroup === group.id ? [l.loadBalancer] : [])),
    TargetGroupArn: group.id,
    TargetGroupFullName: group.id.split(':').pop() ?? '',
    TargetGroupName: group.name,
  },
});

/** AWS::ElasticLoadBalancingV2::TargetGroup */
export const targetGroup: Handler = {
  create(c, p) {
    const name =
      str(p, 'Name') ?? generatedName(c.stackName, c.logicalId, NAMES['AWS::ElasticLoadBalancingV2::TargetGroup Name'].most);
    if (Object.values(c.region.targetGroups).some((g) => g.name === name))
      throw new AwsError('DuplicateTargetGroupName', `A target group with the same name '${name}' exists`);
    const [vpc, type] = [vpcOf(c.region, str(p, 'VpcId')).id, str(p, 'TargetType') ?? 'instance'];
    checkHealth(p);
    const group: TargetGroup = {
      id: arn(c, 'elasticloadbalancing', `targetgroup/${name}/${arnEnd()}`),
      name,
      vpc,
      port: num(p, 'Port') ?? 0,
      protocol: str(p, 'Protocol') ?? '',
      type,
      ...settings(c, p, vpc, type),
    };
    c.region.targetGroups[group.id] = group;
    return madeOf(c, group);
  },
  update(c, id, p) {
    const group = targetGroupOf(c.region, id);
    checkHealth(p);
    Object.assign(group, settings(c, p, group.vpc, group.type));
    return madeOf(c, group);
  },
  delete(c, id) {
    if (Object.values(c.region.listeners).some((l) => l.targetGroup === id))
      throw new AwsError('ResourceInUse', `Target group '${id}' is currently in use by a listener or a rule`);
    delete c.region.targetGroups[id];
  },
  read: (c, id, p) => c.region.targetGroups[id] && p,
};
