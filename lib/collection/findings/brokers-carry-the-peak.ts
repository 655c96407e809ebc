import { set } from '../../estate/findings/remedy';
import type { Problem, Rule } from '../../estate/rules/rule';
import { instancePerformance } from '../../facts/aws/instance-performance';
import { CONSUMERS, HEADROOM, MIB, SOURCES } from '../assumptions';
import { brokerNeeds, type Capacity, capacityOf } from '../size/brokers';
import { type Demand, demandOf } from '../stream';
import { valueWords } from '../words';
import { KAFKA_VOLUME, type WrittenCollection } from '../written';
import { eachCollection, exceeds, fleetPath, volumeBytes } from './checked';

/** Source: AWS Big Data Blog, "Best practices for right-sizing your Apache Kafka clusters", equation 1; baselines of the instance type. */
export const brokersCarryThePeak: Rule = {
  code: 'KAFKA_PEAK',
  title: 'Volumes and network of the brokers carry the peak, in all copies.',
  why: `what brokers can't take waits in the front ends, and reports are late (${SOURCES.rightSizing})`,
  check: (estate) =>
    eachCollection(estate, (written) => {
      const { brokers } = written;
      const type = instancePerformance(brokers.fleet.instanceType);
      if (type === undefined || brokers.count === 0) return [];
      const streams = [written.own, ...written.carried];
      const now = demandOf(streams, false);
      const grown = demandOf(streams, true);
      const volume = volumeBytes(written, brokers);
      const most = capacityOf(now, brokers.count, type, volume, CONSUMERS, 1);
      if (exceeds(now.peak, most.rate)) return [problem(written, now, grown, most, 'error')];
      const planned = capacityOf(grown, brokers.count, type, volume, CONSUMERS);
      return exceeds(grown.peak, planned.rate) ? [problem(written, grown, grown, planned, 'warning')] : [];
    }),
};

function problem(
  written: WrittenCollection,
  demand: Demand,
  grown: Demand,
  { by, rate }: Capacity,
  severity: 'error' | 'warning',
): Problem {
  const { brokers, region } = written;
  const type = instancePerformance(brokers.fleet.instanceType)!;
  const needs = brokerNeeds(grown, type, CONSUMERS, 0);
  const count = Math.ceil(Math.max(needs.volumes, needs.networkIn, needs.networkOut));
  const byVolumes = by === 'volumes' && count <= brokers.count;
  const wanted = byVolumes ? brokers.count : Math.max(count, brokers.count);
  // More brokers share the copies, and may still need faster volumes.
  const throughput = Math.ceil(grown.copied / wanted / HEADROOM / MIB);
  const steps = [
    ...(byVolumes ? [] : set(fleetPath(written, brokers, 'count'), wanted)),
    ...(throughput * MIB > volumeBytes(written, brokers)
      ? set(fleetPath(written, brokers, 'volumes', KAFKA_VOLUME, 'throughput'), throughput)
      : []),
  ];
  return {
    file: region.file,
    path: byVolumes ? fleetPath(written, brokers, 'volumes', KAFKA_VOLUME, 'throughput') : fleetPath(written, brokers, 'count'),
    severity,
    message:
      `${valueWords(demand.peak, 'B/s')} come in at the peak${severity === 'warning' ? ' with growth' : ''}; ${brokers.count} brokers ` +
      `(${brokers.fleet.instanceType}) take ${valueWords(rate, 'B/s')}${severity === 'warning' ? `, planned with ${HEADROOM * 100} %` : ''}: ${by}`,
    write: [steps],
    ...(byVolumes ? {} : { fix: 'or a type with more bandwidth' }),
  };
}
