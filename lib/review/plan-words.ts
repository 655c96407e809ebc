/** A plan in words: what a region comes to, for a person who reads it before anything happens. */
import { CLOUDS } from '../clouds/clouds';
import { parseCidr } from '../estate/addresses/cidr';
import { votes } from '../estate/model/fleet-model';
import type { FleetPlan, RegionPlan } from '../plan/model';

export interface PlanWordsOptions {
  /** Every host with its address. */
  readonly hosts: boolean;
}

export function planWords(region: RegionPlan, options: PlanWordsOptions): string[] {
  const { network } = region;
  return [
    `${region.name}  ${network.cidr}  ${idWords(region)}${accountWords(region)}`,
    `  network  ${network.zones.map((z) => z.name).join(', ')}; NAT ${network.nat}; ${network.subnets.length} subnets, ${network.routeTables.length} route tables, ${routes(region)} routes`,
    ...subnetWords(region),
    ...transitWords(region),
    ...containerWords(region),
    ...region.fleets.flatMap((fleet) => fleetWords(region, fleet, options)),
    ...entryWords(region),
    ...securityWords(region),
    `  stacks, in this order  ${region.stacks.map((s) => `${region.name}/${s.id}`).join(', ')}`,
  ];
}

/** Where the estate calls it otherwise than its cloud does. */
function idWords({ name, cloudRegion }: RegionPlan): string {
  return `${name}` === cloudRegion ? '' : `${cloudRegion}, `;
}

function accountWords(region: RegionPlan): string {
  return region.provider === 'aws'
    ? `account ${region.aws.account} (${region.aws.partition})`
    : `Aliyun account ${region.aliyun.account}`;
}

function routes(region: RegionPlan): number {
  return region.network.routeTables.reduce((sum, table) => sum + table.routes.length, 0);
}

function subnetWords(region: RegionPlan): string[] {
  return (['public', 'members', 'elastic', 'attachment'] as const).flatMap((role) => {
    const subnets = region.network.subnets.filter((s) => s.role === role);
    return subnets.length === 0
      ? []
      : [`    ${role.padEnd(region.transit === undefined ? 8 : 10)} ${subnets.map((s) => s.cidr).join('  ')}`];
  });
}

function transitWords({ transit, provider }: RegionPlan): string[] {
  if (transit === undefined) return [];
  const own = transit.own.map((route) => `${route.destination} (${route.why})`).join(', ');
  const dropped = transit.blackholes.map((route) => route.destination).join(', ');
  return [
    `  ${CLOUDS[provider].transit}  AS ${transit.asn}; to its VPC: ${own}${dropped === '' ? '' : `; drops the rest of ${dropped}`}`,
  ];
}

/** Nothing in mode `host`: containers use the addresses of their hosts. */
function containerWords({ fleets }: RegionPlan): string[] {
  const known = fleets[0]?.context.containers;
  if (known === undefined || known.mode === 'host') return [];
  const whose =
    known.mode === 'prefix'
      ? `/28 prefixes of the hosts' own subnets, ${fleets[0]?.prefixesPerHost} a host`
      : `${known.block}, a /${known.hostBits} a host`;
  return [`  containers  ${known.mode}: ${whose}; MTU ${known.mtu}`];
}

function fleetWords(region: RegionPlan, fleet: FleetPlan, options: PlanWordsOptions): string[] {
  const head = `  fleet  ${fleet.cluster}/${fleet.name}  ${fleet.instanceType}  [${fleet.profiles.join(', ')}]`;
  if (fleet.kind === 'elastic')
    return [`${head}  elastic ${fleet.min} to ${fleet.max}${fleet.drain === undefined ? '' : '; hosts drain before they go'}`];
  const standing = fleet.members.filter((m) => !m.absent).length;
  const absent = fleet.members.length - standing;
  const volumes = fleet.volumes.map((v) => `${v.name} ${v.gb} GiB ${v.type} at ${v.mount}`).join(', ');
  const order =
    fleet.quorum === undefined
      ? `${fleet.maxUnavailable} at a time${fleet.gated ? ', each behind a gate' : ''}`
      : `${fleet.quorum === 'replicas' ? 'replicas' : `${fleet.quorum} quorum`}, one at a time behind a gate`;
  return [
    `${head}  ${standing} members, ${order}${absent > 0 ? `; ${absent} absent (being replaced)` : ''}`,
    ...(volumes === '' ? [] : [`    volumes  ${volumes}`]),
    ...quorumWords(fleet, region),
    ...(options.hosts ? hostWords(fleet) : []),
  ];
}

/** What the loss of a zone costs: three voters over two zones are allowed, and it is said. */
function quorumWords(fleet: Extract<FleetPlan, { kind: 'members' }>, region: RegionPlan): string[] {
  if (!votes(fleet.quorum)) return [];
  const needed = Math.floor(fleet.members.length / 2) + 1;
  const deadly = fleet.zones.filter((zone) => fleet.members.filter((m) => m.zone !== zone).length < needed);
  if (deadly.length === 0) return [`    keeps its quorum when any one zone of ${region.name} is lost`];
  return [
    `    loses its quorum when ${deadly.join(' or ')} is lost (${fleet.members.length} voters over ${fleet.zones.length} zones)`,
  ];
}

function hostWords(fleet: Extract<FleetPlan, { kind: 'members' }>): string[] {
  return fleet.members.map((m) => {
    const range = m.containerRange === undefined ? '' : `  containers ${m.containerRange}`;
    return `    ${m.name}  ${m.address}  ${m.zone}${range}  ${m.image}${m.absent ? '  ABSENT' : ''}`;
  });
}

function entryWords({ loadBalancers = [] }: RegionPlan): string[] {
  return loadBalancers.map(({ cluster, fleet, dnsName, subnets, listeners, health }) => {
    const ports = listeners.map(({ port, protocol, why }) => `${port}/${protocol} (${why})`).join(', ');
    const zones = subnets.map(({ zone }) => zone).join(', ');
    return `  entry  ${cluster}/${fleet}  ${dnsName}  ${ports}; in ${zones}; hosts answer 200 at :${health.port}${health.path}`;
  });
}

function securityWords(region: RegionPlan): string[] {
  return region.securityGroups.flatMap((group) =>
    group.ingress.map((rule) => {
      const ports = rule.fromPort === rule.toPort ? `${rule.fromPort}` : `${rule.fromPort}-${rule.toPort}`;
      const from = rule.from.kind === 'cidr' ? cidrWords(rule.from.cidr) : rule.from.id;
      const what = rule.protocol === 'all' ? 'everything' : `${rule.protocol}/${ports}`;
      return `  allows ${from} -> ${group.id} ${what}  (${rule.why})`;
    }),
  );
}

function cidrWords(text: string): string {
  return parseCidr(text)?.bits === 0 ? `${text} (everyone)` : text;
}
