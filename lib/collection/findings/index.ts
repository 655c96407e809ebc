/** What a region's file has too little of for its own figures. Codes are stable. */
import type { Finding } from '../../estate/findings/finding';
import type { Estate } from '../../estate/model/model';
import { type Rule, runRule } from '../../estate/rules/rule';
import { brokersCarryThePeak } from './brokers-carry-the-peak';
import { brokersHaveMemory } from './brokers-have-memory';
import { carriedLinesAreKept } from './carried-lines-are-kept';
import { disksHoldWhatIsKept } from './disks-hold-what-is-kept';
import { frontEndsCarryThePeak } from './front-ends-carry-the-peak';
import { lostDisksAreCopiedSoon } from './lost-disks-are-copied-soon';
import { mirrorsCarryThePeaks } from './mirrors-carry-the-peaks';
import { partitionsCarryThePeak } from './partitions-carry-the-peak';
import { spoolsHoldWhatIsKept } from './spools-hold-what-is-kept';

export const collectionRules: readonly Rule[] = [
  disksHoldWhatIsKept,
  brokersCarryThePeak,
  brokersHaveMemory,
  lostDisksAreCopiedSoon,
  partitionsCarryThePeak,
  spoolsHoldWhatIsKept,
  frontEndsCarryThePeak,
  mirrorsCarryThePeaks,
  carriedLinesAreKept,
];

/**
 * Every finding in the sizes of the estate's collections. An error: not even today's load has room. A warning: the growth that the file
 * asks room for has none. For an estate that has no errors of its own.
 */
export function collectionFindings(estate: Estate): Finding[] {
  return collectionRules.flatMap((rule) => runRule(rule, estate, { profileNames: [] }));
}
