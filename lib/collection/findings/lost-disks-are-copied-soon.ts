import { set } from '../../estate/findings/remedy';
import type { Rule } from '../../estate/rules/rule';
import { instancePerformance } from '../../facts/aws/instance-performance';
import { GP3 } from '../../facts/aws/volumes';
import { REFILL_SECONDS, SOURCES } from '../assumptions';
import { type RefillAdvice, refillAdvice, refillSeconds } from '../size/refill';
import { demandOf } from '../stream';
import { spanText, valueWords } from '../words';
import { KAFKA_VOLUME } from '../written';
import { eachCollection, exceeds, fleetPath, volumeBytes } from './checked';

/** Source: the gates of this toolkit (docs/collection/brokers.md); baselines of the instance type and of gp3, as in KAFKA_PEAK. */
export const lostDisksAreCopiedSoon: Rule = {
  code: 'KAFKA_REFILL',
  severity: 'warning',
  title: 'A broker whose disk is lost has its copies again within a day.',
  why: `until then nothing in the cluster is restarted or updated, and of three copies two are left: one more failure, and partitions under min.insync.replicas take no lines (${SOURCES.rightSizing})`,
  check: (estate) =>
    eachCollection(estate, (written) => {
      const { brokers, region } = written;
      const type = instancePerformance(brokers.fleet.instanceType);
      const volume = volumeBytes(written, brokers);
      if (type === undefined || brokers.count === 0 || !Number.isFinite(volume)) return [];
      const demand = demandOf([written.own, ...written.carried], true);
      const seconds = refillSeconds(demand, brokers.count, type, volume);
      if (!exceeds(seconds, REFILL_SECONDS)) return [];
      const advice = refillAdvice(demand, brokers.count, type, volume, brokers.fleet.zones.length);
      const faster = advice.brokers === brokers.count;
      return [
        {
          file: region.file,
          path: faster
            ? fleetPath(written, brokers, 'volumes', KAFKA_VOLUME, 'throughput')
            : fleetPath(written, brokers, 'count'),
          message: `a broker whose disk is lost copies ${valueWords(demand.kept / brokers.count, 'B')} from the others, with growth: that ${Number.isFinite(seconds) ? `takes ${valueWords(seconds, 's')}` : 'never ends'} beside what comes in, and is to take ${valueWords(REFILL_SECONDS, 's')} at most`,
          write: [
            [
              ...(faster ? [] : set(fleetPath(written, brokers, 'count'), advice.brokers)),
              ...set(fleetPath(written, brokers, 'volumes', KAFKA_VOLUME, 'throughput'), advice.throughput),
              ...(advice.iops > GP3.iops ? set(fleetPath(written, brokers, 'volumes', KAFKA_VOLUME, 'iops'), advice.iops) : []),
            ],
          ],
          ...noted([faster ? '' : `with ${advice.brokers} partitions at least`, retentionText(advice)]),
        },
      ];
    }),
};

function noted(notes: readonly string[]): { fix?: string } {
  const said = notes.filter((note) => note !== '');
  return said.length === 0 ? {} : { fix: said.join('; ') };
}

function retentionText({ retention }: RefillAdvice): string {
  if (retention === 0) return '';
  return `or \`retention: ${spanText(retention)}\` in every topic that is kept longer, also in those that are carried in`;
}
