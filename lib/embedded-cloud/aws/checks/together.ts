import { isObject, type Json } from '../../../engine/json';
import { block, canonical, overlaps, within } from '../../ipv4';
import type { Evaluated } from './evaluated';
import { number, text, twice } from './known';
import { ruleOfItsOwn } from './properties/security-groups';

const of = (resources: readonly Evaluated[], type: string) => resources.filter((r) => r.type === type);
const key = (value: Json | undefined): string => JSON.stringify(value ?? null);
const range = (r: Evaluated) => block(canonical(text(r.properties, 'CidrBlock') ?? '') ?? '');

/** Subnets of a VPC of the same template lie in it and beside each other. */
function subnetFaults(resources: readonly Evaluated[]): string[] {
  const vpcs = new Map(of(resources, 'AWS::EC2::VPC').map((v) => [`\u0001${v.id}\u0001`, range(v)]));
  const subnets = of(resources, 'AWS::EC2::Subnet').flatMap((s) => {
    const [vpc, own] = [s.properties.VpcId, range(s)];
    return typeof vpc === 'string' && own ? [{ id: s.id, vpc, own }] : [];
  });
  const outside = subnets.filter(({ vpc, own }) => vpcs.get(vpc) !== undefined && !within(vpcs.get(vpc) as typeof own, own));
  const same = subnets.filter(({ vpc, own }, i) => subnets.slice(0, i).some((o) => o.vpc === vpc && overlaps(o.own, own)));
  return [
    ...outside.map(({ id }) => `${id}: The CIDR of the subnet is not within that of its VPC. (InvalidSubnet.Range)`),
    ...same.map(({ id }) => `${id}: The CIDR conflicts with another subnet. (InvalidSubnet.Conflict)`),
  ];
}

const destination = (r: Evaluated): Json =>
  canonical(text(r.properties, 'DestinationCidrBlock') ?? '') ?? r.properties.DestinationCidrBlock ?? '';

/** Resources of which one table or subnet has only one. */
function onceFaults(resources: readonly Evaluated[]): string[] {
  const routes = of(resources, 'AWS::EC2::Route').map((r) =>
    key([r.properties.RouteTableId ?? '', destination(r), r.properties.DestinationIpv6CidrBlock ?? '']),
  );
  const tables = of(resources, 'AWS::EC2::SubnetRouteTableAssociation').map((r) => key(r.properties.SubnetId));
  const records = of(resources, 'AWS::Route53::RecordSet').map(({ properties: p }) =>
    key([p.HostedZoneId ?? p.HostedZoneName ?? '', p.Name ?? '', p.Type ?? '', p.SetIdentifier ?? '']),
  );
  const rules = ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'].flatMap((type) =>
    of(resources, type).flatMap((r) => ruleOfItsOwn(type, r.properties)),
  );
  return [
    ...twice(routes).map((r) => `The route identified by ${r} already exists.`),
    ...twice(tables).map((s) => `the specified association for subnet ${s} conflicts with an existing association`),
    ...twice(records).map((r) => `Tried to create resource record set ${r} but it already exists`),
    ...twice(rules).map((r) => `the specified rule "${r}" already exists`),
  ].map((said) => said.replaceAll('\\u0001', '').replaceAll('\u0001', ''));
}

/** A rolling update that keeps every host in service can't begin ("UpdatePolicy attribute": MinInstancesInService is less than MaxSize). */
const rollFaults = (resources: readonly Evaluated[]): string[] =>
  of(resources, 'AWS::AutoScaling::AutoScalingGroup').flatMap(({ id, properties, updatePolicy }) => {
    const roll = updatePolicy.AutoScalingRollingUpdate;
    const [least, most] = [isObject(roll) ? number(roll, 'MinInstancesInService') : undefined, number(properties, 'MaxSize')];
    return least !== undefined && most !== undefined && least > 0 && least >= most
      ? [`${id}.UpdatePolicy: MinInstancesInService must be less than the autoscaling group's MaxSize`]
      : [];
  });

/** What is wrong between resources that are each right. */
export const togetherFaults = (resources: readonly Evaluated[]): string[] => [
  ...subnetFaults(resources),
  ...onceFaults(resources),
  ...rollFaults(resources),
];
