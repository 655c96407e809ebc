/** One run at a time: what a verb that changes what stands holds while it works. */
import type { Exclusion } from '../deploy/deploy';
import type { Engines, StackPlace } from '../deploy/engine';
import { holdAll, regionLeases } from '../deploy/lease/region-leases';
import { newRun } from '../deploy/lease/run';

/**
 * Holds the regions that stacks stand in while work goes on, and gives them back however it ends.
 *
 * @param takeOver `--take-over`: id of a run that a person says is dead
 * @throws DeployError DEPLOYING_ALREADY before anything is touched
 */
export async function exclusively<T>(
  verb: string,
  { stacks, engines, takeOver }: { stacks: readonly StackPlace[]; engines: Engines; takeOver?: unknown },
  work: (exclusion: Exclusion) => Promise<T>,
): Promise<T> {
  const run = newRun(verb);
  const leases = regionLeases(engines, run, typeof takeOver === 'string' ? { takeOver } : {});
  try {
    await holdAll(leases, stacks);
    return await work({ run, leases });
  } finally {
    await leases.release();
  }
}
