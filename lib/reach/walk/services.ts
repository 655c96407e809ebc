/** What a cloud answers its hosts itself: metadata, names, time. No route table is asked. */
import { CLOUDS } from '../../clouds/clouds';
import { cidr, formatIpv4, parseIpv4 } from '../../estate/addresses/cidr';
import type { HostService } from '../../facts/host-services';
import { LINK_LOCAL } from '../../facts/ranges';
import type { VpcIndex } from '../index-world';
import { holds } from '../range';
import type { NetworkInterface } from '../world';
import type { Outcome } from './outcome';
import { drop, reach, type Walk } from './walk';

const LINK = cidr(LINK_LOCAL);

/** By provider: what each address is, and the range that every network has a route to. Every packet is compared with them. */
const KNOWN = new Map(
  Object.values(CLOUDS).map((cloud) => [
    cloud.provider,
    {
      cloud,
      at: new Map<number, HostService>(
        Object.entries(cloud.hostServices).map(([address, service]) => [parseIpv4(address)!, service]),
      ),
      range: cloud.servicesRange === undefined ? undefined : cidr(cloud.servicesRange),
    },
  ]),
);

/** Whether it is the resolver in a VPC's own range. */
export function isResolver({ vpc }: VpcIndex, address: number): boolean {
  const [first] = vpc.cidrs;
  return CLOUDS[vpc.provider ?? 'aws'].resolverInside && first !== undefined && address === first.base + 2;
}

/** The answer of the host's own cloud; undefined where the address is none of its services'. */
export function hostService(walk: Walk, vpc: VpcIndex, own: NetworkInterface): Outcome | undefined {
  const { packet, trace } = walk;
  const { cloud, at, range } = KNOWN.get(vpc.vpc.provider ?? 'aws')!;
  const service = isResolver(vpc, packet.destination) ? 'resolver' : at.get(packet.destination);
  if (service === undefined && (range === undefined || !holds(range, packet.destination))) {
    if (!holds(LINK, packet.destination)) return undefined;
    const words = `${formatIpv4(packet.destination)} is good on one wire only, and nothing of ${cloud.name} answers there`;
    return drop(walk, 'NO_SERVICE', own.host, words, own.from);
  }
  const { region } = vpc.vpc;
  if (packet.service !== undefined && packet.service.split(' ')[0] !== region)
    return drop(
      walk,
      'SERVICE_ELSEWHERE',
      own.host,
      `the internal endpoint of ${packet.service} answers hosts of its own region only`,
      own.from,
    );
  if (service === 'resolver' && vpc.vpc.resolver === false)
    return drop(walk, 'NO_SERVICE', `${region} resolver`, 'EnableDnsSupport of the VPC is off', vpc.vpc.from);
  if (service === 'metadata' && own.metadata?.on === false)
    return drop(walk, 'NO_SERVICE', `${region} metadata`, 'HttpEndpoint of the instance is disabled', own.from);
  const what = service ?? `services of ${cloud.name}`;
  if (!vpc.vpc.cidrs.some((c) => holds(c, packet.source)))
    return drop(
      walk,
      'SERVICE_FOREIGN_SOURCE',
      `${region} ${what}`,
      `answers addresses of its own VPC only, and ${formatIpv4(packet.source)} is none`,
      own.from,
    );
  const words =
    service === undefined ? `the route to ${cloud.servicesRange} that every network has` : `answered by ${cloud.name} itself`;
  trace?.pass(`${region} ${what}`, words, vpc.vpc.from);
  return reach(walk, {
    kind: 'service',
    words: `${cloud.name} answers its hosts there itself (${what})`,
    filtered: cloud.servicesFiltered,
    ...(service === 'metadata' ? { metadata: true as const } : {}),
  });
}
