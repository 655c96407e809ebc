/** What Prometheus reads, as its file-based service discovery wants it, with the labels that alerts and dashboard go by. */
import type { EstatePlan, FleetPlan } from '../../plan/model';
import type { Exporter } from './metrics';

/** Where each exporter listens; a mirror on as many ports as there are flows. */
export const METRICS_PORTS: Readonly<Record<Exporter, number>> = { kafka: 9404, 'front-end': 9405, watch: 9409, mirror: 9410 };

export interface Targets {
  /** `address:port`. */
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * By region and job. Hosts of elastic fleets come and go and have no address in the plan: Prometheus finds those by the cloud's own
 * discovery.
 */
export function targetsOf({ regions }: Pick<EstatePlan, 'regions'>): Targets[] {
  return regions.flatMap(({ name: region, fleets }) =>
    fleets.flatMap((fleet) =>
      exportersOf(fleet).map(({ job, port, labels }) => ({
        targets: fleet.kind === 'members' ? fleet.members.map(({ address }) => `${address}:${port}`) : [],
        labels: { job, region, ...labels },
      })),
    ),
  );
}

function exportersOf({ kind, context }: FleetPlan): { job: Exporter; port: number; labels?: Readonly<Record<string, string>> }[] {
  const { kafka } = context.cluster;
  const role = kind === 'members' ? kafka?.role : undefined;
  switch (role) {
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
