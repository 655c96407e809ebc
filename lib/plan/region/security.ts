/** Security groups: who talks to whom on which port, and why. Everything that no profile asks for is refused. */
import { type Cidr, formatCidr } from '../../estate/addresses/cidr';
import type { Cluster, Estate, Fleet, Region } from '../../estate/model/model';
import type { ProfilePort } from '../../estate/model/profile';
import type { SecurityGroupPlan, SecurityRulePlan } from '../model';
import { fleetId, pascal } from '../names';
import { planContainerGroup } from './container-rules';

interface Member {
  readonly cluster: Cluster;
  readonly fleet: Fleet;
}

export function planSecurityGroups(estate: Estate, region: Region): SecurityGroupPlan[] {
  const fleets = region.clusters.flatMap((cluster) => cluster.fleets.map((fleet): Member => ({ cluster, fleet })));
  const containers = planContainerGroup(region);
  const groups: SecurityGroupPlan[] = fleets.map((own) => ({
    id: fleetId(own.cluster.name, own.fleet.name),
    cluster: own.cluster.name,
    fleet: own.fleet.name,
    description: `${region.name} ${own.cluster.name}/${own.fleet.name}`,
    ingress: planIngress(estate, region, own, fleets),
  }));
  if (containers !== undefined) groups.push(containers);
  return groups.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function planIngress(estate: Estate, region: Region, own: Member, fleets: readonly Member[]): SecurityRulePlan[] {
  const rules = new Map<string, SecurityRulePlan>();
  for (const name of own.fleet.profiles) {
    for (const port of estate.profiles.get(name)?.ports ?? []) {
      if (port.on === 'voters' && !votes(own)) continue;
      for (const from of sources(estate, region, own, fleets, port)) {
        const id = `${pascal(port.name)}From${from.label}`;
        rules.set(id, {
          id,
          protocol: port.protocol,
          fromPort: port.port,
          toPort: port.toPort ?? port.port,
          from: from.source,
          why: `${name}: ${port.why}`,
        });
      }
    }
  }
  return [...rules.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Whether the fleet is of the brokers or controllers of its cluster's collection. */
function isKafka({ cluster: { kafka }, fleet }: Member): boolean {
  return fleet.name === kafka?.brokers || fleet.name === kafka?.controllers;
}

function votes({ cluster, fleet }: Member): boolean {
  return fleet.kind === 'members' && cluster.etcd?.voters === fleet.name;
}

interface Source {
  readonly label: string;
  readonly source: SecurityRulePlan['from'];
}

function sources(estate: Estate, region: Region, own: Member, fleets: readonly Member[], port: ProfilePort): Source[] {
  switch (port.from) {
    case 'fleet':
      return [group(own)];
    case 'cluster':
      return [...fleets.filter((f) => f.cluster === own.cluster).map(group), ...racksOf(estate, region, own.cluster)];
    case 'region':
      return [block(region.name, region.block)];
    case 'kafka':
      return fleets.filter((f) => f.cluster === own.cluster && isKafka(f)).map(group);
    case 'collector': {
      const into = estate.regions.find((r) => r.name === own.cluster.kafka?.into);
      return into === undefined || into.name === region.name ? [] : [block(into.name, into.block)];
    }
    case 'estate':
      return [...estate.regions, ...estate.idcs].map((place) => block(place.name, place.block));
  }
}

/** Hosts of a data centre that belong to the cluster: by the rack's subnet, because no group knows them. */
function racksOf(estate: Estate, region: Region, cluster: Cluster): Source[] {
  return estate.idcs.flatMap((idc) =>
    idc.racks
      .filter((rack) => rack.cluster?.region === region.name && rack.cluster.cluster === cluster.name)
      .map((rack) => block(`${idc.name}-${rack.name}`, rack.subnet)),
  );
}

function group({ cluster, fleet }: Member): Source {
  const id = fleetId(cluster.name, fleet.name);
  return { label: id, source: { kind: 'group', id } };
}

function block(name: string, range: Cidr): Source {
  return { label: pascal(name), source: { kind: 'cidr', cidr: formatCidr(range) } };
}
