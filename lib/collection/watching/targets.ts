/** What Prometheus reads, as its file-based service discovery wants it, with the labels that alerts and dashboard go by. */
import type { EstatePlan, FleetPlan, IdcPlan, MembersFleetPlan } from '../../plan/model';
import type { Exporter } from './metrics';
import { routerTargets } from './router-targets';

/** Where each exporter listens; a mirror on as many ports as there are flows. */
export const METRICS_PORTS: Readonly<Record<Exclude<Exporter, 'router' | 'probe'>, number>> = {
  etcd: 2381,
  kafka: 9404,
  'front-end': 9405,
  agent: 9406,
  // A rack's host, by the profile base.
  host: 9408,
  watch: 9409,
  mirror: 9410,
};

/** What each host of a rack tells by its profile: that it is well, and what its agent does. Racks run no other part of a collection. */
const RACK_EXPORTERS = [
  ['host', 'base'],
  ['agent', 'line-agent'],
] as const;

export interface Targets {
  /** `address:port`. */
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * By region and job; of a data centre's hosts the region is its name. Hosts of elastic fleets come and go and have no address in the plan:
 * Prometheus finds those by the cloud's own discovery.
 */
export function targetsOf({ regions, idcs }: Pick<EstatePlan, 'regions' | 'idcs'>): Targets[] {
  const ofRegions = regions.flatMap(({ name: region, fleets }) =>
    fleets.filter(isMembers).flatMap((fleet) =>
      exportersOf(fleet).map(({ job, port, labels }) => ({
        targets: fleet.members.map(({ address }) => `${address}:${port}`),
        labels: { job, region, ...labels },
      })),
    ),
  );
  return [...ofRegions, ...idcs.flatMap(racksOf), ...idcs.flatMap(routerTargets)];
}

function racksOf({ name: region, hosts }: IdcPlan): Targets[] {
  return RACK_EXPORTERS.flatMap(([job, profile]) => {
    const targets = hosts
      .filter(({ profiles }) => profiles.includes(profile))
      .map(({ address }) => `${address.split('/')[0]}:${METRICS_PORTS[job]}`);
    return targets.length === 0 ? [] : [{ targets, labels: { job, region } }];
  });
}

interface Listening {
  readonly job: Exporter;
  readonly port: number;
  readonly labels?: Readonly<Record<string, string>>;
}

function isMembers(fleet: FleetPlan): fleet is MembersFleetPlan {
  return fleet.kind === 'members';
}

function exportersOf(fleet: MembersFleetPlan): Listening[] {
  const { cluster } = fleet;
  const voters =
    fleet.context.cluster.etcd?.voter === true ? [{ job: 'etcd' as const, port: METRICS_PORTS.etcd, labels: { cluster } }] : [];
  return [
    ...voters,
    ...partsOf(fleet),
    ...(fleet.profiles.includes('line-agent') ? [{ job: 'agent' as const, port: METRICS_PORTS.agent }] : []),
  ];
}

function partsOf({ context }: MembersFleetPlan): Listening[] {
  const { kafka } = context.cluster;
  switch (kafka?.role) {
    case 'broker':
    case 'controller':
    case 'combined':
      return [{ job: 'kafka', port: METRICS_PORTS.kafka }];
    case 'front-end':
      return [{ job: 'front-end', port: METRICS_PORTS['front-end'] }];
    case 'mirror':
      return [
        { job: 'watch', port: METRICS_PORTS.watch },
        ...kafka!.flows.map(({ region: flow, number }) => ({
          job: 'mirror' as const,
          port: METRICS_PORTS.mirror + number,
          labels: { flow },
        })),
      ];
    default:
      return [];
  }
}
