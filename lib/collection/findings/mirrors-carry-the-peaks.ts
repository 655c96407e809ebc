import { set } from '../../estate/findings/remedy';
import type { Rule } from '../../estate/rules/rule';
import { instancePerformance } from '../../facts/aws/instance-performance';
import { mirrorHosts, mirrorMemory } from '../size/mirror';
import { demandOf } from '../stream';
import { valueWords } from '../words';
import { settingsOf } from '../written';
import { eachCollection, exceeds, fleetPath } from './checked';
import { largerType } from './larger-type';

/** Source: the design of this toolkit: a worker a flow and host; baselines of the instance type. */
export const mirrorsCarryThePeaks: Rule = {
  code: 'MIRROR_HOSTS',
  severity: 'warning',
  title: 'Mirrors have memory for every region and carry the peaks of all, also while one of them is away.',
  why: 'what mirrors can’t carry waits in the regions, and reports are late',
  check: (estate) =>
    eachCollection(estate, (written) => {
      const { mirrors, carried } = written;
      if (mirrors === undefined || carried.length === 0) return [];
      const type = instancePerformance(mirrors.fleet.instanceType);
      const needed = type === undefined ? 2 : mirrorHosts(carried, type, 1);
      const memory = mirrorMemory(carried.length, settingsOf(written).mirrorHeapGib);
      if (type !== undefined && exceeds(memory, type.memoryGib))
        return [
          {
            file: written.region.file,
            path: fleetPath(written, mirrors, 'instanceType'),
            message: `a mirror host runs a worker of each of ${carried.length} flows, ${memory} GiB in all; ${mirrors.fleet.instanceType} has ${type.memoryGib}`,
            ...largerType(fleetPath(written, mirrors, 'instanceType'), memory, [
              'm5.xlarge',
              'm5.2xlarge',
              'm5.4xlarge',
              'm5.8xlarge',
            ]),
          },
        ];
      const hosts = mirrors.fleet.kind === 'elastic' ? mirrors.fleet.max : mirrors.count;
      if (hosts >= needed) return [];
      const key = mirrors.fleet.kind === 'elastic' ? 'max' : 'count';
      return [
        {
          file: written.region.file,
          path: fleetPath(written, mirrors, key),
          message: `${hosts} mirror hosts (${mirrors.fleet.instanceType}); ${carried.length} flows with ${valueWords(demandOf(carried, true).written, 'B/s')} at their peaks with growth need ${needed}, one of which may be away`,
          write: [set(fleetPath(written, mirrors, key), needed)],
          fix: 'or a larger type',
        },
      ];
    }),
};
