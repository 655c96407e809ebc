/** Lines that an outage costs, and those that wait for its end. Raw bytes at today's average. */
import type { PlaceInput } from '../sizing';
import { onlyCarried, type Stream } from '../stream';

/** What a place sends to another region, and what it gets from others. */
export function carriedOn({ own, carried, leaves }: Pick<PlaceInput, 'own' | 'carried' | 'leaves'>): Stream[] {
  return [...(leaves ? [onlyCarried(own)] : []), ...carried];
}

/** What the regions' brokers delete before the central region is back. A segment of each partition may still be there. */
export function deletedUncarried(streams: readonly Stream[], outage: number): number {
  return carriedTopics(streams).reduce((sum, { rate, retention }) => sum + rate * Math.max(0, outage - retention), 0);
}

/** What they still have when it is back. */
export function waitingToBeCarried(streams: readonly Stream[], outage: number): number {
  return carriedTopics(streams).reduce((sum, { rate, retention }) => sum + rate * Math.min(outage, retention), 0);
}

/** What comes after the spools are full while Kafka is away: they are made for `keep` seconds. */
export function overSpools({ average }: Stream, keep: number, outage: number): number {
  return average * Math.max(0, outage - keep);
}

/** Seconds that the central region may be away with nothing lost; Infinity where nothing is carried. */
export function shortestRetention(streams: readonly Stream[]): number {
  return Math.min(...carriedTopics(streams).map(({ retention }) => retention));
}

function carriedTopics(streams: readonly Stream[]): { readonly rate: number; readonly retention: number }[] {
  return streams.flatMap(({ average, topics }) => topics.map(({ share, retention }) => ({ rate: average * share, retention })));
}
