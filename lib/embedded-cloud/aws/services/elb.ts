/** Elastic Load Balancing, as far as it is asked what stands: nothing is changed by it. */
import { type Form, text, texts } from '../../http/form';
import type { XmlValue } from '../../http/xml';
import type { Region } from '../../store/world';
import { AwsError } from '../aws-error';
import type { Listener, LoadBalancer, TargetGroup } from '../world/balancing';

type Fields = Record<string, Form>;

/** Those that a call names by ARN or by name; all where it names none. */
function named<T extends { id: string; name: string }>(
  all: readonly T[],
  form: Fields,
  [arns, names]: [string, string],
  code: string,
): T[] {
  const [ids, words] = [texts(form, arns), texts(form, names)];
  const missing = ids.find((id) => !all.some((t) => t.id === id)) ?? words.find((word) => !all.some((t) => t.name === word));
  if (missing !== undefined) throw new AwsError(code, `One or more of '${missing}' not found`);
  return all.filter((t) => (ids.length === 0 && words.length === 0) || ids.includes(t.id) || words.includes(t.name));
}

const balancer = (region: Region, b: LoadBalancer): XmlValue => ({
  LoadBalancerArn: b.id,
  LoadBalancerName: b.name,
  DNSName: b.dnsName,
  Scheme: b.scheme,
  VpcId: b.vpc,
  Type: 'network',
  IpAddressType: 'ipv4',
  State: { Code: 'active' },
  AvailabilityZones: b.subnets.map((id) => ({ SubnetId: id, ZoneName: region.subnets[id]?.zone })),
});

const group = (region: Region, g: TargetGroup): XmlValue => ({
  TargetGroupArn: g.id,
  TargetGroupName: g.name,
  VpcId: g.vpc,
  Port: g.port,
  Protocol: g.protocol,
  TargetType: g.type,
  LoadBalancerArns: Object.values(region.listeners)
    .filter((l) => l.targetGroup === g.id)
    .map((l) => l.loadBalancer),
});

const listener = (l: Listener): XmlValue => ({
  ListenerArn: l.id,
  LoadBalancerArn: l.loadBalancer,
  Port: l.port,
  Protocol: l.protocol,
  DefaultActions: [{ Type: 'forward', TargetGroupArn: l.targetGroup }],
});

const calls: Record<string, (region: Region, form: Fields) => XmlValue> = {
  DescribeLoadBalancers: (r, f) => ({
    LoadBalancers: named(Object.values(r.loadBalancers), f, ['LoadBalancerArns', 'Names'], 'LoadBalancerNotFound').map((b) =>
      balancer(r, b),
    ),
  }),
  DescribeTargetGroups: (r, f) => {
    const of = text(f, 'LoadBalancerArn');
    const all = Object.values(r.targetGroups).filter(
      (g) => of === undefined || Object.values(r.listeners).some((l) => l.loadBalancer === of && l.targetGroup === g.id),
    );
    return { TargetGroups: named(all, f, ['TargetGroupArns', 'Names'], 'TargetGroupNotFound').map((g) => group(r, g)) };
  },
  DescribeListeners: (r, f) => {
    const [of, ids] = [text(f, 'LoadBalancerArn'), texts(f, 'ListenerArns')];
    return {
      Listeners: Object.values(r.listeners)
        .filter((l) => (of === undefined || l.loadBalancer === of) && (ids.length === 0 || ids.includes(l.id)))
        .map(listener),
    };
  },
  DescribeTags: (r, f) => ({
    TagDescriptions: texts(f, 'ResourceArns').map((id) => {
      const found = r.loadBalancers[id] ?? r.targetGroups[id];
      if (found === undefined && r.listeners[id] === undefined) throw new AwsError('LoadBalancerNotFound', `'${id}' not found`);
      return { ResourceArn: id, Tags: Object.entries(found?.tags ?? {}).map(([Key, Value]) => ({ Key, Value })) };
    }),
  }),
};

/** One call of Elastic Load Balancing. */
export function loadBalancing(region: Region, action: string, form: Fields): XmlValue {
  const run = calls[action];
  if (!run) throw new AwsError('InvalidAction', `${action} is not in the embedded cloud`);
  return run(region, form);
}
