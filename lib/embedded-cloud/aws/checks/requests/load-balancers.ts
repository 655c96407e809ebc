import type { JsonObject } from '../../../../engine/json';
import { MOST_PORT } from '../../../../facts/aws/requests';
import { choice, givenOf, maps, number, type PropertyCheck, type Said, text } from '../given';

const portFault = (p: JsonObject): Said => {
  const port = number(p, 'Port');
  return port !== undefined && (port < 1 || port > MOST_PORT) && `Port: ${port} is not from 1 to ${MOST_PORT}`;
};

export const balancerChecks: Readonly<Record<string, PropertyCheck>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (p) => [
    givenOf(p, ['Subnets', 'SubnetMappings']).length !== 1 && 'Subnets: You must specify subnets or subnet mappings, not both',
  ],
  'AWS::ElasticLoadBalancingV2::TargetGroup': (p) => {
    const [type, target] = [text(p, 'Protocol'), choice(p, 'TargetType', 'instance') ?? ''];
    return [
      portFault(p),
      ...(['instance', 'ip', 'alb'].includes(target) ? ['Port', 'Protocol', 'VpcId'] : []).map(
        (key) =>
          p[key] === undefined &&
          `${key}: A ${key.toLowerCase()} must be specified for targets of type ${target}${type ? ` and protocol ${type}` : ''}`,
      ),
    ];
  },
  'AWS::ElasticLoadBalancingV2::Listener': (p) => [
    portFault(p),
    ...maps(p.DefaultActions).map(
      (a, i) =>
        text(a, 'Type') === 'forward' &&
        givenOf(a, ['TargetGroupArn', 'ForwardConfig']).length === 0 &&
        `DefaultActions.${i}: A target group ARN must be specified`,
    ),
    ['HTTPS', 'TLS'].includes(text(p, 'Protocol') ?? '') &&
      p.Certificates === undefined &&
      'Certificates: A certificate must be specified for HTTPS and TLS listeners',
  ],
};
