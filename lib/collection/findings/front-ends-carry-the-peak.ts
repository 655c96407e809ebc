import { set } from '../../estate/findings/remedy';
import type { Problem, Rule } from '../../estate/rules/rule';
import { instancePerformance } from '../../facts/aws/instance-performance';
import { HEADROOM, MIB, SOURCES } from '../assumptions';
import { spoolBytes } from '../framing';
import { busiest, frontEndNeeds, frontEndTime } from '../size/front-ends';
import { valueWords } from '../words';
import { SPOOL_VOLUME, type WrittenCollection, type WrittenFleet } from '../written';
import { eachCollection, exceeds, fleetPath, volumeBytes } from './checked';

/**
 * Source: bench/front-end.mjs for what the program takes and forwards; baselines of the instance type and of gp3 ("Amazon EBS General Purpose
 * SSD volumes"). Only what the cloud doesn't give is an error: what was measured here is less than a quiet host does.
 */
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
      const needs = type === undefined ? undefined : frontEndNeeds(grown, own.lineBytes, type);
      const needed = needs === undefined ? 2 : Math.ceil(busiest(needs)) + 1;
      if (needed > hosts) {
        const { network, volumes } = type === undefined ? NOTHING : frontEndNeeds(own.peak, own.lineBytes, type);
        const byCpu = needs !== undefined && needs.cpu >= busiest(needs);
        return [tooFew(written, frontEnds, hosts, needed, byCpu, exceeds(Math.max(network, volumes) * HEADROOM, hosts))];
      }
      const rate = spoolBytes(grown, own.lineBytes) / Math.max(1, hosts - 1) / HEADROOM;
      return exceeds(rate, volumeBytes(written, frontEnds)) ? [slowVolume(written, frontEnds, rate)] : [];
    }),
};

const NOTHING = { network: 0, volumes: 0 };

function tooFew(
  written: WrittenCollection,
  frontEnds: WrittenFleet,
  hosts: number,
  needed: number,
  byCpu: boolean,
  error: boolean,
): Problem {
  const { own, region } = written;
  const { fleet } = frontEnds;
  const key = fleet.kind === 'elastic' ? 'max' : 'count';
  return {
    file: region.file,
    path: fleetPath(written, frontEnds, key),
    severity: error ? 'error' : 'warning',
    message: `${hosts} front ends (${fleet.instanceType}); ${valueWords(own.peak * own.growth, 'B/s')} at the peak with growth need ${needed}, one of which may be away${byCpu ? `: ${cpuText(own.lineBytes)}` : ''}`,
    write: [set(fleetPath(written, frontEnds, key), needed)],
    ...(byCpu ? {} : { fix: 'or a type with more bandwidth' }),
  };
}

/** What one front end is planned with. */
function cpuText(lineBytes: number): string {
  const rate = HEADROOM / frontEndTime(lineBytes, lineBytes, lineBytes);
  return `one takes and forwards ${valueWords(Math.floor(rate), 'lines/s')} of ${valueWords(lineBytes, 'B')} (${SOURCES.frontEndBench}, ${HEADROOM * 100} %)`;
}

function slowVolume(written: WrittenCollection, frontEnds: WrittenFleet, rate: number): Problem {
  const throughput = Math.ceil(rate / MIB);
  return {
    file: written.region.file,
    path: fleetPath(written, frontEnds, 'volumes', SPOOL_VOLUME, 'throughput'),
    severity: 'warning',
    message: `a front end writes ${throughput} MiB/s at the peak with growth while another is away; its spool's volume takes ${volumeBytes(written, frontEnds) / MIB}`,
    write: [set(fleetPath(written, frontEnds, 'volumes', SPOOL_VOLUME, 'throughput'), throughput)],
  };
}
