import { cloudOf } from '../../../clouds/clouds';
import { STACK_OUTPUTS, STACK_RESOURCES } from '../../../facts/aws/limits';
import { QUOTAS } from '../../../facts/aws/quotas';
import { admittedToContainers } from '../../addresses/route-counts';
import type { Advice } from '../../findings/finding';
import type { Cluster, Estate, Fleet, Quotas, Region } from '../../model/model';
import { quotasOf } from '../../model/quotas';
import { needsTransit } from '../../model/resolved-links';
import { regionsOf } from '../../regions-of';
import { routeTables } from '../../stacks/stack-size';
import { raisedAlike, raisedTo } from '../raised';
import { type Problem, type Rule, wholeRegions } from '../rule';

/** Subnets a zone: public, members, elastic. */
const SUBNETS_A_ZONE = 3;

/** A region stays inside the quotas of its account. Source: "Amazon VPC quotas", "AWS CloudFormation quotas". */
export const quotasHold: Rule = {
  code: 'QUOTA',
  title: 'Subnets, route tables, security group rules and outputs stay inside the quotas.',
  why: 'the cloud refuses what is over a quota in the middle of a deploy',
  check: (estate) =>
    raisedAlike([
      ...regionsOf({ regions: wholeRegions(estate) }, 'aws').flatMap((region) => network(estate, region)),
      ...wholeRegions(estate).flatMap((region) =>
        region.clusters.flatMap((c) => c.fleets.flatMap((f) => rules(estate, region, c, f))),
      ),
    ]),
};

function network(estate: Estate, region: Region): Problem[] {
  const quotas = quotasOf(estate, region);
  const tables = routeTables(estate, region);
  const subnets = subnetCount(estate, region);
  const problems: Problem[] = [];
  const over = (path: string[], what: string, count: number, quota: number, advice: Advice): void => {
    if (count > quota) problems.push({ file: region.file, path, message: `${count} ${what}, over ${quota}`, ...advice });
  };
  over(['network', 'zones'], 'subnets', subnets, quotas.subnetsPerVpc, raised(region, 'subnetsPerVpc', subnets));
  over(['network', 'zones'], 'route tables', tables, quotas.routeTablesPerVpc, raised(region, 'routeTablesPerVpc', tables));
  const size = networkSize(estate, region);
  over(['clusters'], 'outputs of the network stack', size.outputs, STACK_OUTPUTS, {
    fix: 'move a cluster to another region, or join fleets',
  });
  over(['clusters'], 'resources of the network stack', size.resources, STACK_RESOURCES, {
    fix: 'let ports come from region or estate instead of cluster, or join fleets',
  });
  return problems;
}

/** The quota as the account has it once it was raised. */
function raised(region: Region, key: keyof typeof QUOTAS & keyof Quotas, need: number): Advice {
  const { most } = QUOTAS[key];
  if (need > most) return { fix: `no account is granted more than ${most}: move a cluster to another region, or join fleets` };
  return {
    write: [raisedTo(key, need, region)],
    fix: 'once the account has so much: it is a limit that AWS raises when asked',
  };
}

/** A subnet a zone more for the attachment of a transit gateway. */
const subnetCount = (estate: Estate, region: Region): number =>
  region.network.zones.length * (SUBNETS_A_ZONE + Number(needsTransit(estate, region)));

/** At most so much of a network stack, before it is made: it gives a VPC, tables, subnets and a group a fleet to the other stacks. */
export function networkSize(estate: Estate, region: Region): { readonly outputs: number; readonly resources: number } {
  // Containers with addresses of their own have a group of their own.
  const ofContainers = region.containers.mode === 'host' ? 0 : 1 + admittedToContainers(estate, region).length;
  const rulesOfFleets = region.clusters.flatMap((c) => c.fleets.map((f) => ruleCount(estate, c, f)));
  return {
    outputs: 5 + subnetCount(estate, region) + routeTables(estate, region) + rulesOfFleets.length,
    resources: 10 + ofContainers + region.network.zones.length * 14 + rulesOfFleets.reduce((sum, n) => sum + 1 + n, 0),
  };
}

function rules(estate: Estate, region: Region, cluster: Cluster, fleet: Fleet): Problem[] {
  const count = ruleCount(estate, cluster, fleet);
  const fixed = cloudOf(region).rulesPerGroup;
  const quota = fixed ?? quotasOf(estate, region).rulesPerSecurityGroup;
  if (count <= quota) return [];
  const path = ['clusters', cluster.name, 'fleets', fleet.name, 'profiles'];
  return [
    {
      file: region.file,
      path,
      message: `${count} inbound rules, over ${quota}`,
      ...(fixed === undefined
        ? raised(region, 'rulesPerSecurityGroup', count)
        : { fix: 'let ports come from region or estate instead of cluster, or join fleets' }),
    },
  ];
}

/** Inbound rules of a fleet: one a port and source. */
function ruleCount(estate: Estate, cluster: Cluster, fleet: Fleet): number {
  const voter = cluster.etcd?.voters === fleet.name;
  const ports = fleet.profiles.flatMap((p) => estate.profiles.get(p)?.ports ?? []).filter((p) => p.on === 'all' || voter);
  const sources = {
    fleet: 1,
    cluster: cluster.fleets.length,
    region: 1,
    kafka: 2,
    collector: 1,
    estate: estate.regions.length + estate.idcs.length,
  };
  return ports.reduce((sum, port) => sum + sources[port.from], 0);
}
