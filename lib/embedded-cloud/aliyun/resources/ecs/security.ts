import { isObject, type JsonObject } from '../../../../engine/json';
import { GROUP_RULES } from '../../../../facts/aliyun/limits';
import { address, block } from '../../../ipv4';
import { num, objs, str } from '../../../properties';
import { AliyunError } from '../../aliyun-error';
import type { AliyunGroup, AliyunRule } from '../../world/network';
import type { AliyunRegion } from '../../world/region';
import type { Context, Handler } from '../handler';
import { aliyunId, found, here, tagsOf } from '../values';
import { vpcOf } from '../vpc/vpc';

export const groupOf = (r: AliyunRegion, id: string | undefined): AliyunGroup =>
  found(r.groups, id, 'InvalidSecurityGroupId.NotFound', 'security group');

/** Whether hosts of a group reach each other whatever its rules say. Source: ECS, "ModifySecurityGroupPolicy" (Accept: how a basic group is made). */
export const innerAccess = (group: AliyunGroup): 'Accept' | 'Drop' =>
  group.kind === 'enterprise' ? 'Drop' : (group.innerAccess ?? 'Accept');

/** Groups for something in a VPC: at least one, each of that VPC. */
export function groupsOf(r: AliyunRegion, ids: string[], vpc: string): string[] {
  if (ids.length === 0) throw new AliyunError('MissingParameter.SecurityGroupId', 'A security group is required.');
  for (const id of ids)
    if (groupOf(r, id).vpc !== vpc)
      throw new AliyunError('InvalidSecurityGroupId.VPCMismatch', `Security group ${id} is not in VPC ${vpc}.`);
  return ids;
}

type Direction = AliyunRule['direction'];

function portsOf(protocol: string, text: string): string {
  const m = /^(-?\d+)\/(-?\d+)$/.exec(text);
  const [from, to] = [Number(m?.[1]), Number(m?.[2])];
  const whole = from === -1 && to === -1;
  // "AuthorizeSecurityGroup": 1 to 65535 for tcp and udp, -1/-1 for the others.
  const right = ['tcp', 'udp'].includes(protocol) ? from >= 1 && to <= 65535 && from <= to : whole;
  if (!m || !right)
    throw new AliyunError(
      'InvalidPortRange.Malformed',
      `The port range ${text} is not valid for ${protocol}: write 22/22 or 8000/8100 for tcp and udp, -1/-1 for ${protocol === 'all' ? 'all' : 'icmp, gre and all'}.`,
    );
  return text;
}

function rangeOf(text: string): string {
  if (address(text) === undefined && !block(text))
    throw new AliyunError('InvalidParamter.Conflict', `The range ${text} is not a valid CIDR block.`);
  return text;
}

/** A rule as a template says it. */
function ruleOf(c: Context, group: AliyunGroup, direction: Direction, p: JsonObject): AliyunRule {
  const protocol = (str(p, 'IpProtocol') ?? '').toLowerCase();
  if (!['tcp', 'udp', 'icmp', 'gre', 'all'].includes(protocol))
    throw new AliyunError('InvalidIpProtocol.Malformed', `The protocol ${protocol} is not valid: tcp, udp, icmp, gre or all.`);
  const priority = num(p, 'Priority') ?? 1;
  if (!Number.isInteger(priority) || priority < 1 || priority > 100)
    throw new AliyunError('InvalidPriority.Malformed', `The priority ${str(p, 'Priority')} is not valid: 1 to 100.`);
  // "AuthorizeSecurityGroup": in a VPC a rule governs both networks and is of the type intranet.
  const nic = str(p, 'NicType') ?? 'internet';
  if (group.vpc !== undefined && nic !== 'intranet')
    throw new AliyunError('InvalidNicType.Mismatch', `NicType ${nic} is not valid for a group in a VPC: write intranet.`, 403);
  const policy = str(p, 'Policy') ?? 'accept';
  if (policy !== 'accept' && policy !== 'drop')
    throw new AliyunError('InvalidPolicy.Malformed', `Policy ${policy} is not valid.`);
  const [cidrKey, groupKey] = direction === 'ingress' ? ['SourceCidrIp', 'SourceGroupId'] : ['DestCidrIp', 'DestGroupId'];
  const [cidr, peer] = [str(p, cidrKey), str(p, groupKey)];
  if (cidr === undefined && peer === undefined)
    throw new AliyunError('MissingParameter', `One of ${cidrKey} and ${groupKey} is required.`);
  if (peer !== undefined && groupOf(here(c), peer).vpc !== group.vpc)
    throw new AliyunError('InvalidSecurityGroup.NotInSameVpc', `Security group ${peer} is of another VPC.`);
  return {
    id: aliyunId('sgr'),
    direction,
    protocol,
    ports: portsOf(protocol, str(p, 'PortRange') ?? ''),
    ...(cidr === undefined ? {} : { cidr: rangeOf(cidr) }),
    ...(cidr !== undefined || peer === undefined ? {} : { group: peer }),
    priority,
    policy,
    description: str(p, 'Description') ?? '',
  };
}

const same = (a: AliyunRule, b: AliyunRule): boolean =>
  (['direction', 'protocol', 'ports', 'cidr', 'group', 'priority', 'policy'] as const).every((k) => a[k] === b[k]);

/** Adds rules; one that is there already is taken as it is ("AuthorizeSecurityGroup"). */
function add(group: AliyunGroup, rules: AliyunRule[]): void {
  const fresh = rules.filter((x, n) => ![...group.rules, ...rules.slice(0, n)].some((y) => same(x, y)));
  if (group.rules.length + fresh.length > GROUP_RULES)
    throw new AliyunError('AuthorizationLimitExceed', `The limit of ${GROUP_RULES} rules of a security group is exceeded.`, 403);
  group.rules.push(...fresh);
}

const take = (group: AliyunGroup, rules: AliyunRule[]): void => {
  group.rules = group.rules.filter((x) => !rules.some((y) => same(x, y)));
};

const inline = (c: Context, group: AliyunGroup, p: JsonObject): AliyunRule[] => [
  ...objs(p, 'SecurityGroupIngress').map((x) => ruleOf(c, group, 'ingress', x)),
  ...objs(p, 'SecurityGroupEgress').map((x) => ruleOf(c, group, 'egress', x)),
];

/** ALIYUN::ECS::SecurityGroup, with rules of its own. */
export const securityGroup: Handler = {
  create(c, p) {
    const r = here(c);
    const vpc = str(p, 'VpcId');
    if (vpc !== undefined) vpcOf(r, vpc);
    const kind = str(p, 'SecurityGroupType') ?? 'normal';
    if (kind !== 'normal' && kind !== 'enterprise')
      throw new AliyunError('InvalidSecurityGroupType.ValueNotSupported', `SecurityGroupType ${kind} is not valid.`);
    const id = aliyunId('sg');
    const name = str(p, 'SecurityGroupName') ?? '';
    const made: AliyunGroup = { id, vpc, name, kind, rules: [], tags: tagsOf(c, p.Tags) };
    r.groups[id] = made;
    try {
      add(made, inline(c, made, p));
    } catch (e) {
      delete r.groups[id];
      throw e;
    }
    return { physicalId: id, attributes: { SecurityGroupId: id, SecurityGroupName: name } };
  },
  update(c, id, p, before) {
    const group = groupOf(here(c), id);
    const [old, next] = [inline(c, group, before), inline(c, group, p)];
    take(group, old);
    add(group, next);
    Object.assign(group, { name: str(p, 'SecurityGroupName') ?? '', tags: tagsOf(c, p.Tags) });
    return { attributes: { SecurityGroupId: id, SecurityGroupName: group.name } };
  },
  delete(c, id) {
    const r = here(c);
    if (Object.values(r.interfaces).some((i) => i.groups.includes(id)))
      throw new AliyunError('DependencyViolation', `There is still instance(s) in the specified security group ${id}.`, 403);
    const others = Object.values(r.groups).filter((g) => g.id !== id);
    if (others.some((g) => g.rules.some((x) => x.group === id)))
      throw new AliyunError('DependencyViolation', `The security group ${id} has been authorized in another one.`, 403);
    delete r.groups[id];
  },
  read(c, id, p) {
    const group = here(c).groups[id];
    if (!group) return undefined;
    const missing = inline(c, group, p).filter((x) => !group.rules.some((y) => same(x, y)));
    const shown = (direction: Direction, key: string): JsonObject =>
      missing.some((x) => x.direction === direction)
        ? { [key]: group.rules.filter((x) => x.direction === direction).map((x) => ({ ...x })) }
        : {};
    return { ...p, ...shown('ingress', 'SecurityGroupIngress'), ...shown('egress', 'SecurityGroupEgress') };
  },
};

/** A resource that adds rules to a group: one, or a list of `Permissions`. */
function rules(direction: Direction, listOf: (p: JsonObject) => JsonObject[]): Handler {
  const of = (c: Context, group: AliyunGroup, p: JsonObject) => listOf(p).map((x) => ruleOf(c, group, direction, x));
  return {
    create(c, p) {
      const group = groupOf(here(c), str(p, 'SecurityGroupId'));
      add(group, of(c, group, p));
      return { physicalId: aliyunId('sgr') };
    },
    update(c, _id, p, before) {
      const group = groupOf(here(c), str(p, 'SecurityGroupId'));
      const next = of(c, group, p);
      take(group, of(c, group, before));
      add(group, next);
      return undefined;
    },
    delete(c, _id, p) {
      const group = here(c).groups[str(p, 'SecurityGroupId') ?? ''];
      if (!group) return;
      // A rule of a group that went meanwhile went with it.
      const peers = (x: JsonObject) => here(c).groups[String(x.SourceGroupId ?? x.DestGroupId)];
      const own = listOf(p).filter((x) => (x.SourceGroupId ?? x.DestGroupId) === undefined || peers(x));
      take(
        group,
        own.map((x) => ruleOf(c, group, direction, x)),
      );
    },
    read(c, _id, p) {
      const group = here(c).groups[str(p, 'SecurityGroupId') ?? ''];
      return group && of(c, group, p).every((x) => group.rules.some((y) => same(x, y))) ? p : undefined;
    },
  };
}

const permissions = (p: JsonObject): JsonObject[] => {
  const given = Array.isArray(p.Permissions) ? p.Permissions.filter(isObject) : [];
  if (given.length === 0 || given.length > 100)
    throw new AliyunError('NumberExceed.Permissions', 'Permissions holds 1 to 100 rules.');
  return given;
};

/** ALIYUN::ECS::SecurityGroupIngress, ...Egress, and their plural forms. */
export const securityGroupIngress = rules('ingress', (p) => [p]);
export const securityGroupEgress = rules('egress', (p) => [p]);
export const securityGroupIngresses = rules('ingress', permissions);
export const securityGroupEgresses = rules('egress', permissions);
