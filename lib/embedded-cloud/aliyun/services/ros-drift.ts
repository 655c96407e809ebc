import { clock } from '../../../engine/clock';
import { detectDrift, driftedCount } from '../../../engine/drift';
import { text, texts } from '../../http/form';
import { AliyunError } from '../aliyun-error';
import { invalidParameter, notSupported } from '../dialect/errors';
import { matching, type RosCall, refuse, required, stackOf, within } from './ros-request';
import { driftWords, rosTime } from './ros-words';

/** For so long a detection says that it is going on, milliseconds. */
const GOING = 30;

/** `DetectStackDrift`. */
export function detectStackDrift(call: RosCall): object {
  const stack = stackOf(call);
  refuse(call, 'LogicalResourceId');
  if (!/_(COMPLETE|FAILED)$/.test(stack.status) || stack.status === 'DELETE_COMPLETE')
    throw notSupported(`Detecting drift of a stack when its status is ${stack.status}`);
  detectDrift(call.backend.ros.machine, stack);
  call.backend.changed();
  return { DriftDetectionId: stack.driftId };
}

/** `GetStackDriftDetectionStatus`. */
export function getStackDriftDetectionStatus(call: RosCall): object {
  const id = required(call, 'DriftDetectionId');
  const stack = Object.values(call.region.stacks).find((s) => s.driftId === id || s.driftIdsBefore?.includes(id));
  if (!stack) throw new AliyunError('DriftDetectionNotFound', `The DriftDetection (${id}) could not be found.`, 404);
  const base = { DriftDetectionId: id, StackId: stack.id, DriftDetectionTime: rosTime(stack.driftTime) };
  if (clock.milliseconds() < Date.parse(stack.driftTime ?? '') + GOING)
    return { ...base, DriftDetectionStatus: 'DETECTION_IN_PROGRESS' };
  return {
    ...base,
    DriftDetectionStatus: 'DETECTION_COMPLETE',
    StackDriftStatus: stack.driftStatus,
    DriftedStackResourceCount: driftedCount(stack),
  };
}

/** `ListStackResourceDrifts`. */
export function listStackResourceDrifts(call: RosCall): object {
  const stack = stackOf(call);
  const size = within(call, 'MaxResults', 1, 100) ?? 50;
  const from = Number(text(call.form, 'NextToken') ?? 0);
  if (!Number.isInteger(from) || from < 0) throw invalidParameter('NextToken');
  const all = Object.values(stack.drifts).filter((d) => matching(texts(call.form, 'ResourceDriftStatus'), d.status));
  return {
    ResourceDrifts: all.slice(from, from + size).map((d) => driftWords(stack, d)),
    ...(from + size < all.length ? { NextToken: String(from + size) } : {}),
  };
}

/** `DetectStackResourceDrift`: of one resource, at once. */
export function detectStackResourceDrift(call: RosCall): object {
  const stack = stackOf(call);
  const id = required(call, 'LogicalResourceId');
  if (!stack.resources[id])
    throw new AliyunError('ResourceNotFound', `The Resource (${id}) could not be found in Stack ${stack.name}.`, 404);
  detectDrift(call.backend.ros.machine, stack);
  call.backend.changed();
  const found = stack.drifts[id];
  return found ? driftWords(stack, found) : {};
}
