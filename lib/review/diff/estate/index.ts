/** What changes mean that only the two plans tell. */
import type { EstatePlan } from '../../../plan/model';
import { bySeverity, type Meaning } from '../meaning/meaning';
import { clustersThatChange } from './clusters';
import { moneyThatChanges } from './money/money';

export { clustersThatChange, moneyThatChanges };

/** Worst first. Nothing is explained by these: what templates show is told beside them. */
export function estateMeanings(before: EstatePlan, after: EstatePlan): Meaning[] {
  return bySeverity([...clustersThatChange(before, after), ...moneyThatChanges(before, after)]);
}
