import type { JsonObject } from '../../../../engine/json';
import { ROLLING_PAUSE_SECONDS } from '../../../../facts/aws/limits';
import { bool, num, str, strs } from '../../../properties';
import { validationError } from '../../aws-error';
import { timeOf } from '../../dialect/policy-times';
import type { ScalingGroup } from '../../world/compute';
import type { Context } from '../handler';
import { launchOne, terminateOne } from './capacity';

/**
 * Replaces a group's instances batch by batch, as `AutoScalingRollingUpdate` does ("UpdatePolicy attribute"): never
 * under `MinInstancesInService`, each batch waiting for its new instances' own signals.
 */
export async function rollingUpdate(c: Context, group: ScalingGroup, old: string[], policy: JsonObject): Promise<void> {
  const batch = num(policy, 'MaxBatchSize') ?? 1;
  const floor = num(policy, 'MinInstancesInService') ?? 0;
  const waits = bool(policy, 'WaitOnResourceSignals') ?? false;
  const pause = str(policy, 'PauseTime') ?? (waits ? 'PT5M' : 'PT0S');
  const percent = num(policy, 'MinSuccessfulInstancesPercent') ?? 100;
  const time = timeOf(pause, pause, ROLLING_PAUSE_SECONDS, 'Invalid Autoscaling rolling update policy: PauseTime');
  if (batch < 1) throw validationError('Invalid Autoscaling rolling update policy: MaxBatchSize must be at least 1');
  if (floor >= group.max) throw validationError("MinInstancesInService must be less than the autoscaling group's MaxSize");
  group.suspended = strs(policy, 'SuspendProcesses');
  c.note(
    `Rolling update initiated. Terminating ${old.length} obsolete instance(s) in batches of ${batch}, while keeping at least ${floor} instance(s) in service.` +
      (waits
        ? ` Waiting on resource signals with a timeout of ${pause} when new instances are added to the autoscaling group.`
        : ''),
  );
  const box = c.signals;
  const size = Math.min(Math.max(group.desired, floor + 1), group.max);
  let [replaced, failures] = [0, 0];
  try {
    while (old.length > 0) {
      // Room above the floor first: with none, new ones are launched before an old one may go.
      const spare = Math.max(group.instances.length - floor, 0);
      const gone = old.splice(0, Math.min(batch, spare));
      if (gone.length > 0) c.note(`Terminating instance(s) [${gone.join(',')}]; replacing with ${gone.length} new instance(s).`);
      for (const id of gone) terminateOne(c, group, id);
      const room = Math.max(Math.min(batch, size - group.instances.length), gone.length === 0 ? 1 : 0);
      const fresh = Array.from({ length: room }, () => launchOne(c, group));
      replaced += gone.length;
      if (fresh.length === 0) continue;
      if (waits && box) {
        c.note(
          `New instance(s) added to autoscaling group - Waiting on ${fresh.length} resource signal(s) with a timeout of ${pause}.`,
        );
        const outcome = await box.wait(fresh.length, fresh.length - 1, c.scaled(time), c.cancelled, fresh);
        if (outcome === 'cancelled') throw validationError('Resource update cancelled');
        failures += fresh.length - box.count('SUCCESS', fresh);
        const total = replaced + old.length;
        if (((total - failures) * 100) / total < percent) {
          throw validationError(
            `Received ${box.count('SUCCESS', fresh)} SUCCESS signal(s) out of ${fresh.length}.  Unable to satisfy ${percent}% MinSuccessfulInstancesPercent requirement`,
          );
        }
      } else {
        await c.clock.wait(c.scaled(time));
      }
      c.note(
        `Successfully terminated instance(s) [${gone.join(',')}] (Progress ${Math.round((replaced * 100) / (replaced + old.length))}%).`,
      );
    }
  } finally {
    group.suspended = [];
  }
}
