import type { JsonObject } from '../../../../engine/json';
import { num, objs, str } from '../../../properties';
import { AwsError } from '../../aws-error';
import type { Listener } from '../../world/balancing';
import type { Context, Handler } from '../handler';
import { must } from '../values';
import { arnEnd, loadBalancerOf } from './load-balancers';
import { targetGroupOf } from './target-groups';

/** Where it passes connections on, checked against its load balancer ("CreateListener"). */
function settings(c: Context, p: JsonObject, own?: string): Omit<Listener, 'id'> {
  const balancer = loadBalancerOf(c, str(p, 'LoadBalancerArn'));
  const [port, protocol] = [num(p, 'Port') ?? 0, str(p, 'Protocol') ?? ''];
  const group = targetGroupOf(c.region, str(objs(p, 'DefaultActions')[0] ?? {}, 'TargetGroupArn'));
  if (group.protocol !== protocol)
    throw new AwsError(
      'InvalidConfigurationRequest',
      `Listener protocol '${protocol}' is not supported with a target group with the target protocol '${group.protocol}'`,
    );
  if (group.vpc !== balancer.vpc)
    throw new AwsError('InvalidConfigurationRequest', `The target group '${group.id}' is not of the VPC of '${balancer.id}'`);
  const others = Object.values(c.region.listeners).filter((l) => l.id !== own);
  if (others.some((l) => l.loadBalancer === balancer.id && l.port === port))
    throw new AwsError('DuplicateListener', `A listener already exists on this port for this load balancer '${balancer.id}'`);
  if (others.some((l) => l.targetGroup === group.id && l.loadBalancer !== balancer.id)) {
    throw new AwsError(
      'TargetGroupAssociationLimit',
      `The following target groups cannot be associated with more than one load balancer: ${group.id}`,
    );
  }
  return { loadBalancer: balancer.id, port, protocol, targetGroup: group.id };
}

/** AWS::ElasticLoadBalancingV2::Listener */
export const listener: Handler = {
  create(c, p) {
    const own = settings(c, p);
    const id = `${own.loadBalancer.replace(':loadbalancer/', ':listener/')}/${arnEnd()}`;
    c.region.listeners[id] = { id, ...own };
    return { physicalId: id, attributes: { ListenerArn: id } };
  },
  update(c, id, p) {
    Object.assign(must(c.region.listeners, id, 'ListenerNotFound', `Listeners '${id}' not found`), settings(c, p, id));
    return undefined;
  },
  delete(c, id) {
    delete c.region.listeners[id];
  },
  read: (c, id, p) => c.region.listeners[id] && p,
};
