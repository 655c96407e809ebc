/** When a data centre's hosts and routers do what is said of them. */
import type { Meaning } from '../meaning/meaning';

/** Nobody restarts them: meissa writes files, and who runs the data centre puts them in place. */
export const WHEN_APPLIED = 'when applied';

/** Whether a meaning is of a data centre: `stack` is then a place, and begins with its name. */
export function isOfDataCentre({ pace }: Pick<Meaning, 'pace'>): boolean {
  return pace === WHEN_APPLIED;
}
