/** Mirrors of the central region and catching up after it was away, explained. */
import { HEADROOM, MIRROR_TASK_RATE, MIRROR_WORKER_GIB, SOURCES } from '../assumptions';
import { type Figure, figure } from '../figure';
import { catchUp, mirrorMemory } from '../size/mirror';
import type { PlaceSize } from '../sizing';
import { demandOf } from '../stream';

export function mirrorFigures(size: PlaceSize): Figure[] {
  const { input, mirrors } = size;
  if (mirrors.flows.length === 0) return input.leaves ? [keptForTheCentral(size)] : [];
  const carried = demandOf(input.carried, true);
  return [
    figure(
      'mirror hosts',
      mirrors.hosts,
      'hosts',
      `peaks of all flows at ${HEADROOM * 100} % of the network of ${size.types.mirrors.name}; one more that may be away, in whole zones`,
      [
        ['carried at the peak', carried.written, 'B/s'],
        [`${size.types.mirrors.name} on the network`, size.types.mirrors.network, 'B/s'],
      ],
      SOURCES.ours,
    ),
    figure(
      'memory of a mirror host',
      mirrorMemory(mirrors.flows.length),
      'GiB',
      'a worker of each flow, and 1 for the system',
      [
        ['flows', mirrors.flows.length, 'regions'],
        ['a worker', MIRROR_WORKER_GIB, 'GiB'],
        [`${size.types.mirrors.name} has`, size.types.mirrors.memoryGib, 'GiB'],
      ],
      SOURCES.ours,
    ),
    figure(
      'mirror tasks',
      mirrors.flows.reduce((sum, { tasks }) => sum + tasks, 0),
      'tasks',
      'for each flow: peak * growth / what a task carries, no more than partitions',
      [
        ['carried at the peak, raw', carried.peak, 'B/s'],
        ['a task', MIRROR_TASK_RATE, 'B/s'],
        ['flows', mirrors.flows.length, 'regions'],
      ],
      SOURCES.ours,
    ),
    ...catchUpFigures(size),
  ];
}

/** What all flows carry together at most, and what that comes to after an outage. */
function catchUpFigures({ input, cluster, mirrors }: PlaceSize): Figure[] {
  const live = demandOf(input.carried, false).average;
  const tasks = mirrors.flows.reduce((sum, { tasks }) => sum + tasks, 0) * MIRROR_TASK_RATE;
  const room = cluster.capacity.rate - input.own.average;
  const rate = Math.min(tasks, room);
  const inputs = [
    ['carried on average', live, 'B/s'],
    ['tasks carry', tasks, 'B/s'],
    ['brokers take beside their own lines', room, 'B/s'],
  ] as const;
  return [
    figure(
      'mirrors carry, of the average',
      rate / live,
      'x',
      'the lesser of what tasks carry and brokers take / average of the other regions',
      inputs,
      SOURCES.ours,
    ),
    figure(
      'reports are on time again after',
      catchUp(rate, live, input.outage),
      's',
      'when the central region was away for all others: average * outage / (what mirrors carry - average)',
      [['outage', input.outage, 's'], ...inputs],
      SOURCES.ours,
    ),
  ];
}

/** What a region's brokers delete is gone for the central region. */
function keptForTheCentral({ input }: PlaceSize): Figure {
  return figure(
    'the central region may be away for',
    Math.min(...input.own.topics.map(({ retention }) => retention)),
    's',
    'as long as brokers keep a line: what they delete can’t be carried any more',
    [['outage', input.outage, 's']],
    SOURCES.topicSettings,
  );
}
