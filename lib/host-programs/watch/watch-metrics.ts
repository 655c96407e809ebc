/** What the watch tells: names, units, and what each is for. lib/collection/watching names them. */
import type { Metrics } from '../shared/metrics';
import type { BrokerLook } from './brokers';
import type { Delays } from './delays';

/** @param looks by region what its brokers told last; a region that doesn't answer isn't there */
export function watchMetrics(metrics: Metrics, delays: Delays, looks: ReadonlyMap<string, readonly BrokerLook[]>): void {
  const frontEnds = () =>
    delays.frontEnds(Date.now()).map((each) => ({ ...each, labels: { region: each.region, front_end: each.frontEnd } }));
  metrics.gauges('meissa_delay_seconds', 'Way of the last heartbeat from a front end to the central region.', () =>
    frontEnds().flatMap(({ labels, last }) => (last === undefined ? [] : [[labels, last] as const])),
  );
  metrics.gauges('meissa_delay_max_seconds', 'The longest way of the last minutes.', () =>
    frontEnds().flatMap(({ labels, longest }) => (longest === undefined ? [] : [[labels, longest] as const])),
  );
  metrics.gauges('meissa_front_end_silent_seconds', 'Since the newest heartbeat of a front end was written.', () =>
    frontEnds().map(({ labels, silent }) => [labels, silent] as const),
  );
  const regions = () => delays.byRegion(Date.now());
  metrics.gauges(
    'meissa_heartbeat_age_seconds',
    'Since the newest heartbeat of a region was written, by whichever front end; since the watch began where none came.',
    () => regions().map(({ region, age }) => [{ region }, age] as const),
  );
  metrics.countersOf('meissa_heartbeats_total', 'Heartbeats of a region that have arrived.', () =>
    regions().map(({ region, count }) => [{ region }, count] as const),
  );
  const brokers = (value: (look: BrokerLook) => number | undefined) =>
    [...looks].flatMap(([region, known]) =>
      known.flatMap((look) => {
        const found = value(look);
        return found === undefined ? [] : [[{ region, broker: look.broker }, found] as const];
      }),
    );
  metrics.gauges('meissa_broker_disk_bytes', 'Size of the file system that a broker keeps its log on.', () =>
    brokers(({ diskBytes }) => diskBytes),
  );
  metrics.gauges('meissa_broker_disk_free_bytes', 'Room on it.', () => brokers(({ freeBytes }) => freeBytes));
  metrics.gauges('meissa_broker_certificate_seconds', 'Until the certificate of a broker ends.', () =>
    brokers(({ certificateEnds }) => (certificateEnds === undefined ? undefined : (certificateEnds - Date.now()) / 1000)),
  );
}
