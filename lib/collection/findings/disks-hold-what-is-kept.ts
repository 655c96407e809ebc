import { set } from '../../estate/findings/remedy';
import type { Rule } from '../../estate/rules/rule';
import { DISK_FILL, GIB, SOURCES } from '../assumptions';
import { replicasOf } from '../size/cluster';
import { diskGib } from '../size/disks';
import { demandOf, type Stream, segmentSlack } from '../stream';
import { valueWords } from '../words';
import type { WrittenCollection } from '../written';
import { eachCollection, exceeds, fleetPath } from './checked';

/** Source: Apache Kafka, "Topic Configs" (retention.ms, segment.bytes); Amazon MSK, "Best practices for Standard brokers" (disk usage). */
export const disksHoldWhatIsKept: Rule = {
  code: 'KAFKA_DISKS',
  title: 'The disks of the brokers hold what their topics keep.',
  why: `a broker whose disk is full stops, and so do all others at about the same time (${SOURCES.msk})`,
  check: (estate) =>
    eachCollection(estate, (written) => {
      const { brokers, region } = written;
      const { volume, count } = brokers;
      if (volume === undefined || count === 0) return [];
      const streams = [written.own, ...written.carried];
      const now = demandOf(streams, false).kept;
      const grown = demandOf(streams, true).kept;
      const slack = segmentSlack(replicas(written, streams));
      const room = volume.gb * GIB * count;
      const full = exceeds(now, room);
      if (!full && !exceeds((grown + slack) / DISK_FILL, room)) return [];
      const needed = diskGib((grown + slack) / count, DISK_FILL);
      const has = `${count} brokers have ${valueWords(room, 'B')}`;
      return [
        {
          file: region.file,
          path: fleetPath(written, brokers, 'volumes', volume.name, 'gb'),
          severity: full ? 'error' : 'warning',
          message: full
            ? `topics keep ${valueWords(now, 'B')} at today's average, in all copies; ${has}`
            : `topics keep ${valueWords(grown + slack, 'B')} with growth, in all copies, and disks are to be ${DISK_FILL * 100} % full at most; ${has}`,
          write: [set(fleetPath(written, brokers, 'volumes', volume.name, 'gb'), needed)],
          fix: 'or add brokers, or keep lines for a shorter time',
        },
      ];
    }),
};

function replicas({ own, carried }: WrittenCollection, streams: readonly Stream[]): number {
  const partitions = [own, ...carried].map(({ topics }) => topics.reduce((sum, t) => sum + (t.partitions ?? 0), 0));
  return replicasOf(streams, partitions);
}
