/** What changes in a BGP session, one line each. */
import { listChange } from '../model/list-change';
import { fromNowOn, moved } from './change-words';
import type { Neighbor } from './read/frr';

export function neighborChanges(old: Neighbor, now: Neighbor): string[] {
  const { gone, come } = listChange(old.options, now.options);
  return [
    moved('AS', old.asn, now.asn),
    moved('for', old.what, now.what),
    deadAfter(old) === deadAfter(now) ? undefined : `a dead peer is seen ${deadAfter(now)}, not ${deadAfter(old)}`,
    deadAfter(old) === deadAfter(now) && now.bfd === undefined
      ? moved('keepalive, s', old.timers?.keepalive, now.timers?.keepalive)
      : undefined,
    prefixes('takes', old.takes, now.takes),
    prefixes('is told', old.tells, now.tells),
    moved('preference', old.preference, now.preference),
    old.prepends === now.prepends ? undefined : `own AS in front ${old.prepends} -> ${now.prepends} times`,
    old.limit === now.limit
      ? undefined
      : `goes down over ${old.limit ?? 'any number of'} -> ${now.limit ?? 'any number of'} prefixes`,
    ...come.map((words) => `+ ${words}`),
    ...gone.map((words) => `- ${words}`),
  ].filter((one) => one !== undefined);
}

/** BFD's time where it runs, else the hold time. Source: RFC 5880, 6.8.4 (detection time); RFC 4271, 4.2 (hold time). */
function deadAfter({ bfd, timers }: Neighbor): string {
  if (bfd !== undefined)
    return `after ${(bfd.intervalMs * bfd.multiplier) / 1000} s (BFD, ${bfd.intervalMs} ms x ${bfd.multiplier})`;
  return timers === undefined ? 'after the hold time that FRR has by itself' : `after ${timers.hold} s (hold time)`;
}

function prefixes(verb: string, old: readonly string[] | undefined, now: readonly string[] | undefined): string | undefined {
  if (old === undefined && now === undefined) return undefined;
  if (now === undefined) return `${verb} everything from now on: nothing filters it any more`;
  if (old === undefined) return `${verb} from now on only ${now.join(', ') || 'nothing'}; it was not filtered`;
  return fromNowOn(verb, listChange(old, now));
}
