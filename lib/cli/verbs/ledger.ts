/** What a rehearsed deploy loses, from the plans and files that a verb has. */
import { memorySource } from '../../estate/read/source';
import type { EstatePlan } from '../../plan/model';
import type { Timeline } from '../../rehearsal/model';
import type { Rehearsal } from '../../rehearsal/rehearse';
import type { IdcSide } from '../../review/diff';
import type { RehearsedSides } from './diff-rehearsal';

export interface Known {
  /** All that paths are read from: what the deploy touches, and what it is linked to. */
  readonly sides: RehearsedSides;
  readonly plans: { readonly after: EstatePlan; readonly before?: EstatePlan };
  /** @default - there are none, or nothing of them is known */
  readonly idcs?: { readonly before: readonly IdcSide[]; readonly after: readonly IdcSide[] } | undefined;
}

export async function timelineWith(rehearsal: Rehearsal, { sides, plans, idcs }: Known): Promise<Timeline> {
  const [{ timelineOf }, { fleetFacts }] = await Promise.all([
    import('../../rehearsal/ledger/ledger'),
    import('../../rehearsal/ledger/facts'),
  ]);
  return timelineOf(rehearsal, {
    ...sides,
    fleets: fleetFacts(plans.after, plans.before),
    ...(idcs === undefined ? {} : { idc: { before: idcSource(idcs.before), after: idcSource(idcs.after) } }),
  });
}

/** Files of data centres as reach reads them: below `idc.out`. */
export function idcSource(idcs: readonly IdcSide[]) {
  return memorySource(
    Object.fromEntries(idcs.flatMap(({ name, files }) => [...files].map(([path, text]) => [`idc.out/${name}/${path}`, text]))),
  );
}
