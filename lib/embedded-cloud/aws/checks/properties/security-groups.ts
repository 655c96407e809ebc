import { isIPv6 } from 'node:net';
import type { JsonObject } from '../../../../engine/json';
import { QUOTAS } from '../../../../facts/aws/quotas';
import { GROUP_TEXT, MOST_ICMP, MOST_PORT, MOST_PROTOCOL, PROTOCOLS } from '../../../../facts/aws/requests';
import { canonical } from '../../../ipv4';
import { givenOf, maps, number, type PropertyCheck, type Said, text, twice, unless } from '../known';

const [TCP, UDP, ICMP, ICMP6] = ['tcp', 'udp', 'icmp', 'icmpv6'].map((name) => PROTOCOLS[name]);

/** A protocol as its number; undefined where nobody knows it yet. */
function protocolOf(rule: JsonObject): string | undefined {
  const said = text(rule, 'IpProtocol')?.toLowerCase();
  return said === undefined ? undefined : (PROTOCOLS[said] ?? said);
}

const description = (path: string, value: string | undefined): Said =>
  value !== undefined &&
  (value.length > GROUP_TEXT.most || !GROUP_TEXT.characters.test(value)) &&
  `${path}: Invalid rule description. Valid descriptions are strings less than 256 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*`;

/** What EC2 refuses of a rule. */
function ruleFaults(rule: JsonObject, path: string): Said[] {
  const protocol = protocolOf(rule);
  const [from, to] = [number(rule, 'FromPort'), number(rule, 'ToPort')];
  const icmp = protocol === ICMP || protocol === ICMP6;
  const ports = protocol === TCP || protocol === UDP;
  const outOf = (n: number | undefined, most: number, least: number) => n !== undefined && (n < least || n > most);
  const range = `${path}: Invalid value '${from}-${to}' for portRange.`;
  return [
    protocol !== undefined &&
      !(/^-?\d+$/.test(protocol) && Number(protocol) >= -1 && Number(protocol) <= MOST_PROTOCOL) &&
      `${path}.IpProtocol: Invalid value '${protocol}' for IP protocol. Unknown protocol.`,
    ports &&
      givenOf(rule, ['FromPort', 'ToPort']).length < 2 &&
      `${path}: Invalid value '${protocol}' for IP protocol. Must specify both from and to ports with TCP/UDP.`,
    ports && (outOf(from, MOST_PORT, 0) || outOf(to, MOST_PORT, 0)) && range,
    ports && from !== undefined && to !== undefined && from > to && `${range} The from port is greater than the to port.`,
    icmp && (outOf(from, MOST_ICMP, -1) || outOf(to, MOST_ICMP, -1)) && `${path}: ICMP type and code are -1 to ${MOST_ICMP}`,
    cidrFault(text(rule, 'CidrIp'), `${path}.CidrIp`),
    range6Fault(text(rule, 'CidrIpv6'), `${path}.CidrIpv6`),
    description(`${path}.Description`, text(rule, 'Description')),
  ];
}

/** What EC2 refuses of an IPv4 range by its form. */
export const cidrFault = (value: string | undefined, path: string): Said =>
  value !== undefined && canonical(value) === undefined && `${path}: CIDR block ${value} is malformed`;

/** What EC2 refuses of an IPv6 range by its form. */
function range6Fault(value: string | undefined, path: string): Said {
  const [host = '', bits = '', more] = value?.split('/') ?? [];
  const right = isIPv6(host) && /^\d{1,3}$/.test(bits) && Number(bits) <= 128 && more === undefined;
  return value !== undefined && !right && `${path}: CIDR block ${value} is malformed`;
}

/** What makes two rules the same to EC2; nothing where a part isn't known. */
const sameness = (rule: JsonObject, group = ''): string[] => {
  const protocol = protocolOf(rule);
  const { IpProtocol: _p, Description: _d, GroupId: _g, FromPort, ToPort, ...who } = rule;
  // All protocols are of all ports, whatever is written.
  const rest: JsonObject = { ...who, ...(protocol === PROTOCOLS.all ? {} : { FromPort: FromPort ?? '', ToPort: ToPort ?? '' }) };
  const cidr = text(rule, 'CidrIp');
  const peer = { ...rest, ...(cidr === undefined ? {} : { CidrIp: canonical(cidr) ?? cidr }) };
  const ports = Object.entries(peer).map(
    ([key, value]) => `${key}=${JSON.stringify(typeof value === 'object' ? value : String(value))}`,
  );
  return protocol === undefined ? [] : [[group, protocol, ...ports.sort()].join(' ')];
};

const rulesOf = (p: JsonObject, key: string): Said[] => [
  maps(p[key]).length > QUOTAS.rulesPerSecurityGroup.most &&
    `${key}: The maximum number of rules per security group has been reached.`,
  ...maps(p[key]).flatMap((rule, i) => ruleFaults(rule, `${key}.${i}`)),
  ...twice(maps(p[key]).flatMap((rule) => sameness(rule))).map(
    (rule) => `${key}: the same permission must not appear multiple times:${rule}`,
  ),
];

/** A rule of its own, as what it may be the same as: what `sameness` says of two of one kind and group. */
export const ruleOfItsOwn = (type: string, p: JsonObject): string[] => sameness(p, `${type} ${JSON.stringify(p.GroupId)}`);

const apart: PropertyCheck = (p) => [
  ...ruleFaults(p, 'Properties'),
  givenOf(p, ['GroupId', 'GroupName']).length === 0 && 'The request must contain the parameter groupName or groupId',
];

export const securityGroupChecks: Readonly<Record<string, PropertyCheck>> = {
  'AWS::EC2::SecurityGroup': (p) => [
    description('GroupDescription', text(p, 'GroupDescription')),
    unless(
      GROUP_TEXT.characters,
      text(p, 'GroupName'),
      (name) => `GroupName: Character sets beyond ASCII are not supported: ${name}`,
    ),
    text(p, 'GroupDescription') === '' && 'GroupDescription: The request must contain the parameter GroupDescription',
    text(p, 'GroupName') === 'default' && 'GroupName: Cannot use reserved security group name: default',
    GROUP_TEXT.reserved.test(text(p, 'GroupName') ?? '') && 'GroupName: Group names may not be in the format sg-*.',
    ...rulesOf(p, 'SecurityGroupIngress'),
    ...rulesOf(p, 'SecurityGroupEgress'),
  ],
  'AWS::EC2::SecurityGroupIngress': apart,
  'AWS::EC2::SecurityGroupEgress': apart,
};
