import type { Rule } from '../../estate/rules/rule';
import { instancePerformance } from '../../facts/aws/instance-performance';
import { CACHE_SECONDS, SOURCES } from '../assumptions';
import { brokerMemory } from '../size/cluster';
import { demandOf } from '../stream';
import { settingsOf } from '../written';
import { eachCollection, exceeds, fleetPath } from './checked';
import { largerType } from './larger-type';

/** Source: Apache Kafka, "Hardware and OS" (Memory); `heapMb` of the profile kafka. */
export const brokersHaveMemory: Rule = {
  code: 'KAFKA_MEMORY',
  severity: 'warning',
  title: `A broker's memory holds its heap and what it writes in ${CACHE_SECONDS} s.`,
  why: `who reads what is no longer in memory reads from the disk that is being written, and both become slow (${SOURCES.hardware})`,
  check: (estate) =>
    eachCollection(estate, (written) => {
      const { brokers } = written;
      const type = instancePerformance(brokers.fleet.instanceType);
      if (type === undefined || brokers.count === 0) return [];
      const demand = demandOf([written.own, ...written.carried], true);
      const needed = brokerMemory(demand, brokers.count, settingsOf(written).brokerHeapGib);
      if (!exceeds(needed, type.memoryGib)) return [];
      return [
        {
          file: written.region.file,
          path: fleetPath(written, brokers, 'instanceType'),
          message: `a broker needs ${needed.toFixed(1)} GiB at the peak with growth; ${brokers.fleet.instanceType} has ${type.memoryGib}`,
          ...largerType(
            fleetPath(written, brokers, 'instanceType'),
            needed,
            ['r5.xlarge', 'r5.2xlarge', 'r5.4xlarge', 'r5.8xlarge'],
            'or add brokers',
          ),
        },
      ];
    }),
};
