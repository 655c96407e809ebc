import { instancePerformance } from '../../estate/clouds/aws-instance-performance';
import type { Problem, Rule } from '../../estate/rules/rule';
import { HEADROOM, MIB } from '../assumptions';
import { spoolBytes } from '../framing';
import { frontEndsBusy } from '../size/front-ends';
import { valueWords } from '../words';
import { SPOOL_VOLUME, type WrittenCollection, type WrittenFleet } from '../written';
import { eachCollection, exceeds, fleetPath, volumeBytes } from './checked';

/** Source: the design of this toolkit; baselines of the instance type and of gp3 ("Amazon EBS General Purpose SSD volumes"). */
export const frontEndsCarryThePeak: Rule = {
  code: 'FRONT_ENDS_PEAK',
  title: 'Front ends carry the peak, also while one of them is away.',
  why: 'what front ends can’t take is refused, and senders have nowhere else to go',
  check: (estate) =>
    eachCollection(estate, (written) => {
      const { frontEnds, own } = written;
      if (frontEnds === undefined) return [];
      const { fleet } = frontEnds;
      const hosts = fleet.kind === 'elastic' ? fleet.max : frontEnds.count;
      const type = instancePerformance(fleet.instanceType);
      const grown = own.peak * own.growth;
      const needed = type === undefined ? 2 : Math.ceil(frontEndsBusy(grown, own.lineBytes, type)) + 1;
      if (needed > hosts) {
        const busy = type === undefined ? 0 : frontEndsBusy(own.peak, own.lineBytes, type) * HEADROOM;
        return [tooFew(written, frontEnds, hosts, needed, exceeds(busy, hosts))];
      }
      const rate = spoolBytes(grown, own.lineBytes) / Math.max(1, hosts - 1) / HEADROOM;
      return exceeds(rate, volumeBytes(written, frontEnds)) ? [slowVolume(written, frontEnds, rate)] : [];
    }),
};

function tooFew(written: WrittenCollection, frontEnds: WrittenFleet, hosts: number, needed: number, error: boolean): Problem {
  const { own, region } = written;
  const { fleet } = frontEnds;
  const key = fleet.kind === 'elastic' ? 'max' : 'count';
  return {
    file: region.file,
    path: fleetPath(written, frontEnds, key),
    severity: error ? 'error' : 'warning',
    message: `${hosts} front ends (${fleet.instanceType}); ${valueWords(own.peak * own.growth, 'B/s')} at the peak with growth need ${needed}, one of which may be away`,
    fix: `write \`${key}: ${needed}\` in ${fleet.name}, or a type with more bandwidth`,
  };
}

function slowVolume(written: WrittenCollection, frontEnds: WrittenFleet, rate: number): Problem {
  const throughput = Math.ceil(rate / MIB);
  return {
    file: written.region.file,
    path: fleetPath(written, frontEnds, 'volumes', SPOOL_VOLUME, 'throughput'),
    severity: 'warning',
    message: `a front end writes ${throughput} MiB/s at the peak with growth while another is away; its spool's volume takes ${volumeBytes(written, frontEnds) / MIB}`,
    fix: `write \`volumes: { ${SPOOL_VOLUME}: { throughput: ${throughput} } }\` in ${frontEnds.fleet.name}`,
  };
}
