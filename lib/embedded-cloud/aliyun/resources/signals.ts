import type { AliyunRegion } from '../world/region';

/** Where a handle's signals are kept. */
export const handleKey = (stackId: string, logicalId: string): string => `${stackId} ${logicalId}`;

/** How a signal to a handle ended. */
export type SignalOutcome = 'taken' | 'absent';

/**
 * Gives a wait condition's handle a signal ("SignalResource"): kept with the handle, so that one that comes before its condition
 * begins to wait counts as well. A second one of the same sender takes the place of its first.
 */
export function signalHandle(
  r: AliyunRegion,
  stackId: string,
  logicalId: string,
  sender: string,
  status: string,
  data = '',
): SignalOutcome {
  const box = r.signals[handleKey(stackId, logicalId)];
  if (!box) return 'absent';
  box[sender] = { status, data };
  return 'taken';
}
