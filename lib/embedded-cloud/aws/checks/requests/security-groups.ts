import { isIPv6 } from 'node:net';
import type { JsonObject } from '../../../../engine/json';
import { GROUP_TEXT, MOST_ICMP, MOST_PORT, MOST_PROTOCOL, PROTOCOLS } from '../../../../facts/aws/requests';
import { canonical } from '../../../ipv4';
import { givenOf, number, type PropertyCheck, type Said, text, unless } from '../given';

const [TCP, UDP, ICMP, ICMP6] = ['tcp', 'udp', 'icmp', 'icmpv6'].map((name) => PROTOCOLS[name]);

const description = (value: string | undefined): Said =>
  value !== undefined &&
  (value.length > GROUP_TEXT.most || !GROUP_TEXT.characters.test(value)) &&
  `Invalid rule description. Valid descriptions are strings less than 256 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*`;

/** What EC2 refuses of a rule by its form, of a template or by hand. */
export function ruleFaults(rule: JsonObject): string[] {
  const said = text(rule, 'IpProtocol')?.toLowerCase();
  const protocol = said === undefined ? undefined : (PROTOCOLS[said] ?? said);
  const [from, to] = [number(rule, 'FromPort'), number(rule, 'ToPort')];
  const icmp = protocol === ICMP || protocol === ICMP6;
  const ports = protocol === TCP || protocol === UDP;
  const outOf = (n: number | undefined, most: number, least: number) => n !== undefined && (n < least || n > most);
  const range = `Invalid value '${from}-${to}' for portRange.`;
  const faults: Said[] = [
    protocol !== undefined &&
      !(/^-?\d+$/.test(protocol) && Number(protocol) >= -1 && Number(protocol) <= MOST_PROTOCOL) &&
      `Invalid value '${protocol}' for IP protocol. Unknown protocol.`,
    ports &&
      givenOf(rule, ['FromPort', 'ToPort']).length < 2 &&
      `Invalid value '${protocol}' for IP protocol. Must specify both from and to ports with TCP/UDP.`,
    ports && (outOf(from, MOST_PORT, 0) || outOf(to, MOST_PORT, 0)) && range,
    ports && from !== undefined && to !== undefined && from > to && `${range} The from port is greater than the to port.`,
    icmp && (outOf(from, MOST_ICMP, -1) || outOf(to, MOST_ICMP, -1)) && `ICMP type and code are -1 to ${MOST_ICMP}`,
    cidrFault(text(rule, 'CidrIp')),
    range6Fault(text(rule, 'CidrIpv6')),
    description(text(rule, 'Description')),
  ];
  return faults.filter((said): said is string => typeof said === 'string');
}

/** What EC2 refuses of an IPv4 range by its form. */
const cidrFault = (value: string | undefined): Said =>
  value !== undefined && canonical(value) === undefined && `CIDR block ${value} is malformed`;

/** What EC2 refuses of an IPv6 range by its form. */
function range6Fault(value: string | undefined): Said {
  const [host = '', bits = '', more] = value?.split('/') ?? [];
  const right = isIPv6(host) && /^\d{1,3}$/.test(bits) && Number(bits) <= 128 && more === undefined;
  return value !== undefined && !right && `CIDR block ${value} is malformed`;
}

const apart: PropertyCheck = (p) => [
  givenOf(p, ['GroupId', 'GroupName']).length === 0 && 'The request must contain the parameter groupName or groupId',
];

export const securityGroupChecks: Readonly<Record<string, PropertyCheck>> = {
  'AWS::EC2::SecurityGroup': (p) => [
    description(text(p, 'GroupDescription')),
    unless(
      GROUP_TEXT.characters,
      text(p, 'GroupName'),
      (name) => `GroupName: Character sets beyond ASCII are not supported: ${name}`,
    ),
    text(p, 'GroupDescription') === '' && 'GroupDescription: The request must contain the parameter GroupDescription',
    text(p, 'GroupName') === 'default' && 'GroupName: Cannot use reserved security group name: default',
    GROUP_TEXT.reserved.test(text(p, 'GroupName') ?? '') && 'GroupName: Group names may not be in the format sg-*.',
  ],
  'AWS::EC2::SecurityGroupIngress': apart,
  'AWS::EC2::SecurityGroupEgress': apart,
};
