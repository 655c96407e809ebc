/** The load balancers before front ends, and how elastic front ends leave. */
import { cloudOf } from '../../clouds/clouds';
import { zoneLetter } from '../../estate/addresses/layout';
import type { Cluster, Estate, Fleet, Region } from '../../estate/model/model';
import type { FleetPlan } from '../model';
import { hostPrefix } from '../names';
import type { DrainPlan, HealthCheckPlan, ListenerPlan, LoadBalancerPlan } from './load-balancer-model';

/** Ports of lines, the same on the load balancer and on the hosts. */
export const LINES_LISTENERS: readonly ListenerPlan[] = [
  { id: 'Http', port: 8080, protocol: 'tcp', why: 'lines over HTTP, acknowledged' },
  { id: 'Relp', port: 2514, protocol: 'tcp', why: 'lines over RELP, acknowledged' },
  { id: 'Syslog', port: 514, protocol: 'tcp-udp', why: 'syslog, not acknowledged' },
];

/** A host that can't append for 20 s gets no new connections. */
export const LINES_HEALTH: HealthCheckPlan = { port: 8080, path: '/health', interval: 10, timeout: 5, threshold: 2 };

/** Seconds until connections to a host that leaves are cut. */
export const DEREGISTRATION_SECONDS = 60;

/**
 * Seconds that a leaving host may be silent. It says every minute that it still works; a dead one is given up after this. AWS waits 100
 * times as long at most, 25 hours ("Amazon EC2 Auto Scaling lifecycle hooks": 48 hours or 100 times the heartbeat, whichever is smaller).
 */
export const DRAIN_HEARTBEAT = 900;

/** Construct id of the stack of a fleet's load balancer. */
export function entryStackId(cluster: string, fleet: string): string {
  return `${cluster}-${fleet}-entry`;
}

/** Name at which senders of the region reach its front ends; of several clusters with front ends the first by name. @default - it has none */
export function linesName(estate: Estate, region: Region): string | undefined {
  const [first] = region.clusters.filter((cluster) => frontEnds(cluster) !== undefined);
  return first === undefined ? undefined : `lines.${dnsZone(estate, region, first)}`;
}

/** One before each fleet of front ends, sorted by cluster. */
export function planLoadBalancers(estate: Estate, region: Region, fleets: readonly FleetPlan[]): LoadBalancerPlan[] {
  return region.clusters.flatMap((cluster) => {
    const fleet = frontEnds(cluster);
    const planned = fleets.find((one) => one.cluster === cluster.name && one.name === fleet?.name);
    return fleet === undefined || planned === undefined ? [] : [planLoadBalancer(estate, region, cluster, planned)];
  });
}

function planLoadBalancer(estate: Estate, region: Region, cluster: Cluster, fleet: FleetPlan): LoadBalancerPlan {
  const zone = dnsZone(estate, region, cluster);
  return {
    cluster: cluster.name,
    fleet: fleet.name,
    name: hostPrefix(region.name, cluster.name, fleet.name),
    stack: entryStackId(cluster.name, fleet.name),
    dnsZone: zone,
    dnsName: `lines.${zone}`,
    subnets: [...fleet.zones].sort().map((name) => ({ id: `Public${zoneLetter(name).toUpperCase()}`, zone: name })),
    listeners: LINES_LISTENERS,
    health: LINES_HEALTH,
    deregistrationSeconds: DEREGISTRATION_SECONDS,
    ...(fleet.kind === 'elastic'
      ? {}
      : { targets: fleet.members.map(({ number, address, zone: of, absent }) => ({ number, address, zone: of, absent })) }),
  };
}

/** How hosts of a fleet leave; undefined for members, which keep what they hold, and where no profile asks for it. */
export function planDrain(estate: Estate, region: Region, cluster: Cluster, fleet: Fleet): DrainPlan | undefined {
  if (fleet.kind !== 'elastic' || !cloudOf(region).drains) return undefined;
  if (!fleet.profiles.some((name) => estate.profiles.get(name)?.needs.drains === true)) return undefined;
  return { group: hostPrefix(region.name, cluster.name, fleet.name), hook: 'drain', heartbeat: DRAIN_HEARTBEAT };
}

function frontEnds({ kafka, fleets }: Cluster): Fleet | undefined {
  return fleets.find((fleet) => fleet.name === kafka?.frontEnds);
}

function dnsZone(estate: Estate, region: Region, cluster: Cluster): string {
  return `${cluster.name}.${region.name}.${estate.name}.internal`;
}
