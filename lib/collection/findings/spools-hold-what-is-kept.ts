import { set } from '../../estate/findings/remedy';
import type { Rule } from '../../estate/rules/rule';
import { GIB } from '../assumptions';
import { diskGib } from '../size/disks';
import { segmentsOf, spoolNeeded } from '../size/front-ends';
import { valueWords } from '../words';
import { settingsOf } from '../written';
import { eachCollection, exceeds, fleetPath } from './checked';

/** Source: the design of this toolkit: front ends keep what they took while Kafka is away, in whole segments. */
export const spoolsHoldWhatIsKept: Rule = {
  code: 'SPOOL_SIZE',
  title: 'The spools of the front ends hold what `spool.keep` says.',
  why: 'a spool that is full refuses lines, or drops the oldest: Kafka was to be away for longer than that',
  check: (estate) =>
    eachCollection(estate, (written) => {
      const { frontEnds, own, kafka, region } = written;
      if (frontEnds === undefined || frontEnds.count === 0) return [];
      const { count, fleet, volume } = frontEnds;
      const gib = volume?.gb ?? fleet.rootGb;
      const { spoolFill: fill, segmentBytes } = settingsOf(written);
      const now = spoolNeeded(own, kafka.spool.keep, false);
      const segments = segmentsOf(spoolNeeded(own, kafka.spool.keep, true) / count, segmentBytes);
      const needed = diskGib(segments * segmentBytes, fill);
      const full = exceeds(now, gib * GIB * count * fill);
      if (!full && !exceeds((segments * segmentBytes) / fill, gib * GIB)) return [];
      const key = volume === undefined ? ['rootGb'] : ['volumes', volume.name, 'gb'];
      const load = valueWords(full ? now : segments * segmentBytes * count, 'B');
      return [
        {
          file: region.file,
          path: fleetPath(written, frontEnds, ...key),
          severity: full ? 'error' : 'warning',
          message: `${valueWords(kafka.spool.keep, 's')} of lines are ${load} ${full ? "at today's average" : 'with growth'}; ${count} front ends have ${valueWords(gib * GIB * count * fill, 'B')} for it`,
          write: [set(fleetPath(written, frontEnds, ...key), needed)],
          fix: 'or add front ends, or keep lines for a shorter time',
        },
      ];
    }),
};
