/** Fleets of a region. */

import { fleetVolumes } from '../../estate/model/fleet-volumes';
import { imageOf } from '../../estate/model/images';
import { containerBlock } from '../../estate/model/links';
import type { Cluster, ElasticFleet, Estate, Fleet, MembersFleet, Region } from '../../estate/model/model';
import { isGated } from '../../estate/stacks/gates';
import { memberStackIds } from '../../estate/stacks/member-stack';
import type { ElasticFleetPlan, FleetContext, FleetPlan, MembersFleetPlan, RoleNeeds } from '../model';
import { fleetId, reportsPrefix, stackName } from '../names';
import { CONTAINER_GROUP } from './container-rules';
import { planContext } from './context';
import { planMembers, planRetired } from './members';

export function planFleets(estate: Estate, region: Region): FleetPlan[] {
  return region.clusters.flatMap((cluster) =>
    cluster.fleets.map((fleet) =>
      fleet.kind === 'elastic' ? planElastic(estate, region, cluster, fleet) : planMembersFleet(estate, region, cluster, fleet),
    ),
  );
}

function planElastic(estate: Estate, region: Region, cluster: Cluster, fleet: ElasticFleet): ElasticFleetPlan {
  const context = planContext(estate, region, cluster, fleet, []);
  const stack = `${cluster.name}-${fleet.name}`;
  return {
    kind: 'elastic',
    ...common(estate, region, cluster, fleet, context, [stack]),
    min: fleet.min,
    max: fleet.max,
    maxBatch: fleet.maxBatch,
    signalTimeout: fleet.signalTimeout,
    image: imageOf(estate, region) ?? '',
    stack,
    ...(context.fleet.drain === undefined ? {} : { drain: context.fleet.drain }),
  };
}

function planMembersFleet(estate: Estate, region: Region, cluster: Cluster, fleet: MembersFleet): MembersFleetPlan {
  const volumes = fleetVolumes(fleet, cluster.etcd?.voters === fleet.name, estate.profiles);
  const context = planContext(estate, region, cluster, fleet, volumes);
  const gated = isGated(estate, region, cluster, fleet);
  const retired = planRetired(estate, region, cluster, fleet);
  return {
    kind: 'members',
    ...common(estate, region, cluster, fleet, context, gated ? memberStackIds(cluster, fleet) : []),
    ...(fleet.quorum === undefined ? {} : { quorum: fleet.quorum }),
    gated,
    membersPerStack: fleet.membersPerStack,
    maxUnavailable: fleet.maxUnavailable,
    gateTimeout: fleet.gateTimeout,
    sourceDestCheck: region.containers.mode !== 'host-gw',
    volumes,
    members: planMembers(estate, region, cluster, fleet),
    ...(retired.length === 0 ? {} : { retired }),
  };
}

function common(
  estate: Estate,
  region: Region,
  cluster: Cluster,
  fleet: Fleet,
  context: FleetContext,
  signalStacks: readonly string[],
) {
  return {
    cluster: cluster.name,
    name: fleet.name,
    id: fleetId(cluster.name, fleet.name),
    instanceType: fleet.instanceType,
    rootGb: fleet.rootGb,
    ...(fleet.keyName === undefined ? {} : { keyName: fleet.keyName }),
    tags: { ...estate.tags, ...region.tags, ...fleet.tags },
    metadata: fleet.metadata,
    profiles: fleet.profiles,
    compress: fleet.compress,
    zones: fleet.zones,
    // Who is told stands nearest, or with the region.
    alarms: { ...region.alarms, ...fleet.alarms },
    needs: roleNeeds(estate, region, fleet, context, signalStacks),
    securityGroup: fleetId(cluster.name, fleet.name),
    ...(containerBlock(region) === undefined ? {} : { containerGroup: CONTAINER_GROUP }),
    ...(region.containers.mode === 'prefix' ? { prefixesPerHost: region.containers.prefixesPerHost } : {}),
    context,
  };
}

function roleNeeds(
  estate: Estate,
  region: Region,
  fleet: Fleet,
  context: FleetContext,
  signalStacks: readonly string[],
): RoleNeeds {
  const needs = fleet.profiles.flatMap((name) => estate.profiles.get(name)?.needs ?? []);
  const etcd = context.cluster.etcd;
  const voter = etcd?.voter === true;
  const kafka = context.cluster.kafka;
  const marked = needs.some((n) => n.formedMarker);
  // Controllers write that their quorum stands; brokers ask.
  const marker = !marked
    ? undefined
    : voter
      ? { name: etcd.formedMarker, write: true }
      : kafka !== undefined && kafka.role !== 'client'
        ? { name: kafka.formedMarker, write: kafka.role === 'controller' || kafka.role === 'combined' }
        : undefined;
  return {
    artifactDigests: Object.values(context.artifacts.items)
      .map((item) => item.sha256)
      .sort(),
    signalStacks: needs.some((n) => n.signal) ? signalStacks.map((id) => stackName(region.name, id)) : [],
    ...(marker === undefined ? {} : { formedMarker: marker }),
    ...(kafka !== undefined && needs.some((n) => n.certificates) ? { secrets: [kafka.certificate] } : {}),
    ...(context.fleet.drain === undefined ? {} : { drains: context.fleet.drain.group }),
    reports: reportsPrefix(fleetId(context.cluster.name, fleet.name)),
    ...(context.fleet.heartbeat === true ? { heartbeat: true } : {}),
  };
}
