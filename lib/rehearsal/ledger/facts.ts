/** What the ledger knows of the hosts beside what a cloud knows: who votes, who holds replicas, how many a fleet needs. From the plans. */
import { type Quorum, votes } from '../../estate/model/fleet-model';
import type { EstateSource } from '../../estate/read/source';
import type { EstatePlan, FleetPlan, RegionPlan } from '../../plan/model';
import type { RehearsedStack } from '../stack';

/** The deploy that was rehearsed, and what is known of it. */
export interface LedgerFacts {
  /** What stood. */
  readonly before: readonly RehearsedStack[];
  /** What was proposed. */
  readonly after: readonly RehearsedStack[];
  /** Fleets of either side, the proposed ones first. */
  readonly fleets: readonly FleetFacts[];
  /** Hold `idc.out`, the files of the data centres, as they are and as they are proposed. @default - there are none */
  readonly idc?: { readonly before: EstateSource; readonly after: EstateSource };
}

export interface FleetFacts {
  /** `<region>-<cluster>-<fleet>`: names of its hosts begin with it. */
  readonly name: string;
  /** `<region>/<cluster>-<fleet>`: what a loss of the fleet is accepted by. */
  readonly path: string;
  /** As it is named on the command line: `<region>/<cluster>/<fleet>`. */
  readonly target: string;
  /** Empty for elastic fleets. */
  readonly members: readonly { readonly name: string; readonly zone: string; readonly absent: boolean }[];
  /** Names of its members that stand in a zone that is lost: they are down, whatever a rehearsal makes of them. @default - none */
  readonly lost?: readonly string[];
  /** Its members vote. @default - they don't */
  readonly voters?: Exclude<Quorum, 'replicas'>;
  /** Name of the *formed* marker that its members write, with the generation of their cluster. @default - they write none */
  readonly formed?: string;
  /** Topics whose replicas lie on its members. Empty where they are no brokers. */
  readonly topics: readonly { readonly name: string; readonly replication: number; readonly minInsync: number }[];
  /** Members that may be down together. @default - an elastic fleet */
  readonly maxUnavailable?: number;
  /** Hosts that must be well at any time. @default - a members fleet */
  readonly floor?: number;
}

/** Of a fleet that stands on both sides the proposed facts count. @param before the plan of what stands @default - not known */
export function fleetFacts(after: EstatePlan, before?: EstatePlan): FleetFacts[] {
  const known = new Map<string, FleetFacts>();
  for (const plan of before === undefined ? [after] : [before, after])
    for (const region of plan.regions)
      for (const fleet of region.fleets) {
        const facts = factsOf(region, fleet);
        const members = joined(known.get(facts.name)?.members ?? [], facts.members);
        known.set(facts.name, { ...facts, members, ...lostOf(region, members) });
      }
  return [...known.values()];
}

/** Who is retired because its zone is lost is as lost as the others. */
function lostOf({ network }: RegionPlan, members: FleetFacts['members']): Pick<FleetFacts, 'lost'> {
  const lost = members.filter(({ zone }) => network.lostZones?.includes(zone)).map(({ name }) => name);
  return lost.length === 0 ? {} : { lost };
}

/** A member that is no longer described may still stand. */
function joined(before: FleetFacts['members'], after: FleetFacts['members']): FleetFacts['members'] {
  const now = new Set(after.map(({ name }) => name));
  return [...after, ...before.filter(({ name }) => !now.has(name))];
}

/** A group of fixed size has no room above it: a roll takes one batch out of it. */
function floorOf({ min, max, maxBatch }: Extract<FleetPlan, { kind: 'elastic' }>): number {
  return min < max ? min : Math.max(0, max - maxBatch);
}

function factsOf(region: RegionPlan, fleet: FleetPlan): FleetFacts {
  const { cluster, name } = fleet;
  const base = {
    name: `${region.name}-${cluster}-${name}`,
    path: `${region.name}/${cluster}-${name}`,
    target: `${region.name}/${cluster}/${name}`,
  };
  if (fleet.kind === 'elastic') return { ...base, members: [], topics: [], floor: floorOf(fleet) };
  const kafka = fleet.context.cluster.kafka;
  const isBroker = kafka?.role === 'broker' || kafka?.role === 'combined';
  const { quorum } = fleet;
  return {
    ...base,
    members: fleet.members.map(({ name: host, zone, absent }) => ({ name: host, zone, absent })),
    ...(quorum !== undefined && quorum !== 'replicas' && votes(quorum) ? { voters: quorum } : {}),
    ...(fleet.needs.formedMarker?.write === true ? { formed: fleet.needs.formedMarker.name } : {}),
    maxUnavailable: fleet.maxUnavailable,
    topics: isBroker
      ? kafka.topics.map(({ name: topic, replication, minInsync }) => ({ name: topic, replication, minInsync }))
      : [],
  };
}
