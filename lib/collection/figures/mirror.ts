/** Mirrors of the central region and catching up after it was away, explained. */
import { MIRROR_CATCH_UP, PARTITION_RATE } from '../../plan/collection/mirror-load';
import { HEADROOM, SOURCES } from '../assumptions';
import { type Figure, figure } from '../figure';
import { carriedOn, deletedUncarried, shortestRetention, waitingToBeCarried } from '../size/losses';
import { catchUp, mirrorMemory, mirrorWorker } from '../size/mirror';
import type { PlaceSize } from '../sizing';
import { demandOf } from '../stream';

export function mirrorFigures(size: PlaceSize): Figure[] {
  const { input, mirrors } = size;
  if (mirrors.flows.length === 0) return input.leaves ? [keptForTheCentral(size), deletedFigure(size)] : [];
  const carried = demandOf(input.carried, true);
  const peaks = input.carried.reduce((sum, { peak }) => sum + peak, 0);
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
      mirrorMemory(mirrors.flows.length, size.settings.mirrorHeapGib),
      'GiB',
      'a worker of each flow, and 1 for the system',
      [
        ['flows', mirrors.flows.length, 'regions'],
        ['a worker', mirrorWorker(size.settings.mirrorHeapGib), 'GiB'],
        [`${size.types.mirrors.name} has`, size.types.mirrors.memoryGib, 'GiB'],
      ],
      SOURCES.ours,
    ),
    figure(
      'mirror tasks',
      mirrors.flows.reduce((sum, { tasks }) => sum + tasks, 0),
      'tasks',
      `for each flow, as hosts get it (tasks.max): ${MIRROR_CATCH_UP} times its region’s peak, to catch up with, / what a task carries, two at least, no more than partitions`,
      [
        ['peaks of all flows', peaks, 'B/s'],
        ['a task', PARTITION_RATE, 'B/s'],
        ['partitions', size.cluster.partitions.slice(1).reduce((a, b) => a + b, 0), 'partitions'],
        ['flows', mirrors.flows.length, 'regions'],
      ],
      SOURCES.ours,
    ),
    deletedFigure(size),
    ...catchUpFigures(size),
  ];
}

/** What all flows carry together at most, and what that comes to after an outage. */
function catchUpFigures({ input, cluster, mirrors, types }: PlaceSize): Figure[] {
  const { average: live, peak, written } = demandOf(input.carried, false);
  const { flows } = mirrors;
  const hosts = (HEADROOM * types.mirrors.network * mirrors.hosts * peak) / written;
  const room = cluster.capacity.rate - input.own.average;
  const rate = Math.min(
    flows.reduce((sum, { tasksCarry, quota }) => sum + Math.min(tasksCarry, quota), 0),
    hosts,
    room,
  );
  const inputs = [
    ['carried on average', live, 'B/s'],
    ['tasks carry', flows.reduce((sum, { tasksCarry }) => sum + tasksCarry, 0), 'B/s'],
    [
      `quotas of the regions let through, ${MIRROR_CATCH_UP} times the peak`,
      flows.reduce((sum, { quota }) => sum + quota, 0),
      'B/s',
    ],
    ['mirror hosts carry', hosts, 'B/s'],
    ['brokers take beside their own lines', room, 'B/s'],
  ] as const;
  return [
    figure(
      'mirrors carry, of the average',
      rate / live,
      'x',
      'the least of what tasks carry, quotas let through, mirror hosts carry and brokers take / average of the other regions',
      inputs,
      SOURCES.ours,
    ),
    figure(
      'reports are on time again after',
      catchUp(rate, live, waitingToBeCarried(input.carried, input.outage)),
      's',
      'when the central region was away for all others: what their brokers still have of the outage / (what mirrors carry - average)',
      [['outage', input.outage, 's'], ...inputs],
      SOURCES.ours,
    ),
  ];
}

/** What of the outage is gone when the central region is back. */
function deletedFigure({ input }: PlaceSize): Figure {
  const streams = carriedOn(input);
  return figure(
    'lost while the central region is away',
    deletedUncarried(streams, input.outage),
    'B',
    'average of what is carried * (outage - retention): brokers delete it before it can be carried, by whole segments: up to a quarter of the retention may still be there',
    [
      ['outage', input.outage, 's'],
      ['shortest retention', shortestRetention(streams), 's'],
      ['carried on average', demandOf(streams, false).average, 'B/s'],
    ],
    SOURCES.topicSettings,
  );
}

/** What a region's brokers delete is gone for the central region. */
function keptForTheCentral({ input }: PlaceSize): Figure {
  return figure(
    'the central region may be away for',
    shortestRetention(carriedOn(input)),
    's',
    'as long as brokers keep a line: what they delete can’t be carried any more',
    [['outage', input.outage, 's']],
    SOURCES.topicSettings,
  );
}
