/** A cluster as two plans have it. */

import { valueWords } from '../../../../collection/words';
import type {
  ElasticFleetPlan,
  EstatePlan,
  EtcdContext,
  FleetPlan,
  KafkaContext,
  MembersFleetPlan,
  RegionPlan,
} from '../../../../plan/model';
import type { Meaning, Severity } from '../../meaning/meaning';

/** Both sides of a cluster that stands and stays. */
export interface ClusterPair {
  /** `<region>/<cluster>`. */
  readonly place: string;
  readonly before: ClusterView;
  readonly after: ClusterView;
}

export interface ClusterView {
  readonly region: RegionPlan;
  readonly name: string;
  readonly generation: number;
  readonly fleets: readonly FleetPlan[];
  /** @default - no fleet of it votes in an etcd */
  readonly etcd?: { readonly plan: EtcdContext; readonly voters: MembersFleetPlan };
  /** @default - it is no collection */
  readonly kafka?: KafkaView;
}

export interface KafkaView {
  /** What the brokers know. */
  readonly plan: KafkaContext;
  readonly brokers: MembersFleetPlan;
  /** In a small collection the brokers. */
  readonly controllers?: MembersFleetPlan;
  readonly frontEnds?: MembersFleetPlan | ElasticFleetPlan;
  readonly mirrors?: FleetPlan;
}

/** One kind of change of a cluster. */
export type ClusterRule = (pair: ClusterPair) => Meaning[];

/** Clusters that both plans have, in order of region and name. */
export function clusterPairs(before: EstatePlan, after: EstatePlan): ClusterPair[] {
  const old = new Map(viewsOf(before).map((view) => [placeOf(view), view]));
  return viewsOf(after).flatMap((view) => {
    const stood = old.get(placeOf(view));
    return stood === undefined ? [] : [{ place: placeOf(view), before: stood, after: view }];
  });
}

function placeOf({ region, name }: ClusterView): string {
  return `${region.name}/${name}`;
}

function viewsOf({ regions }: EstatePlan): ClusterView[] {
  return regions.flatMap((region) =>
    [...new Set(region.fleets.map(({ cluster }) => cluster))].map((name) => {
      const fleets = region.fleets.filter(({ cluster }) => cluster === name);
      return viewOf(region, name, fleets);
    }),
  );
}

function viewOf(region: RegionPlan, name: string, fleets: readonly FleetPlan[]): ClusterView {
  const voters = fleets.filter(isMembers).find(({ context }) => context.cluster.etcd?.voter === true);
  const plan = voters?.context.cluster.etcd;
  const kafka = kafkaOf(fleets);
  return {
    region,
    name,
    generation: fleets[0]!.context.cluster.generation,
    fleets,
    ...(voters === undefined || plan === undefined ? {} : { etcd: { plan, voters } }),
    ...(kafka === undefined ? {} : { kafka }),
  };
}

function kafkaOf(fleets: readonly FleetPlan[]): KafkaView | undefined {
  const having = (role: KafkaContext['role']) => fleets.find(({ context }) => context.cluster.kafka?.role === role);
  const brokers = having('broker') ?? having('combined');
  const plan = brokers?.context.cluster.kafka;
  if (brokers === undefined || plan === undefined || !isMembers(brokers)) return undefined;
  const [controllers, frontEnds, mirrors] = [having('controller'), having('front-end'), having('mirror')];
  return {
    plan,
    brokers,
    ...(controllers !== undefined && isMembers(controllers) ? { controllers } : {}),
    ...(frontEnds === undefined ? {} : { frontEnds }),
    ...(mirrors === undefined ? {} : { mirrors }),
  };
}

export function isMembers(fleet: FleetPlan): fleet is MembersFleetPlan {
  return fleet.kind === 'members';
}

/** Construct paths of a fleet's own stacks, in the order that they deploy. */
export function stacksOf({ region, name }: ClusterView, fleet: string): string[] {
  const own = region.stacks.filter((stack) => stack.cluster === name && stack.fleet === fleet && stack.kind !== 'entry');
  return own.map(({ id }) => `${region.name}/${id}`);
}

/** What is said of a cluster, at the first stack of a fleet of it. */
export function clusterMeaning(
  view: ClusterView,
  fleet: FleetPlan,
  kind: Meaning['kind'],
  severity: Severity,
  what: string,
  rest: { readonly details?: readonly string[]; readonly hosts?: readonly string[] } = {},
): Meaning {
  const stack = stacksOf(view, fleet.name)[0] ?? `${view.region.name}/${fleet.cluster}-${fleet.name}`;
  return { kind, severity, stack, what, hosts: rest.hosts ?? [], details: rest.details ?? [], explains: [] };
}

/** `3 voters`, `1 line`. */
export function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** `40 MB`, decimal as rates are written. */
export function bytesWords(bytes: number): string {
  return valueWords(bytes, 'B');
}
