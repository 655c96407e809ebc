import { EngineError } from '../../../engine/engine-error';
import { AliyunError } from '../aliyun-error';

/** ROS's answer to a template or a value that can't be taken ("Common error codes", Resource Orchestration Service). */
export const invalid = (message: string): AliyunError => new AliyunError('StackValidationFailed', message);

/** `InvalidParameter`, with its reason. */
export const invalidParameter = (name: string, reason?: string): AliyunError =>
  new AliyunError('InvalidParameter', `The specified parameter ${name} is invalid${reason ? `, ${reason}` : ''}.`);

/** `MissingParameter`. */
export const missingParameter = (name: string): AliyunError =>
  new AliyunError('MissingParameter', `The input parameter ${name} should be specified.`);

/** `NotSupported`: what ROS says when it understands, but doesn't do it. */
export const notSupported = (what: string): AliyunError => new AliyunError('NotSupported', `${what} is not supported.`);

/** What the real service has and this one hasn't. */
export const notHere = (what: string): AliyunError => new AliyunError('NotSupported', `${what} is not in the embedded cloud`);

/** A stack that isn't there. */
export const stackNotFound = (name: string): AliyunError =>
  new AliyunError('StackNotFound', `The Stack (${name}) could not be found.`, 404);

/** Runs a part of the engine, and puts what it refuses into ROS's words. */
export function asRos<T>(part: () => T): T {
  try {
    return part();
  } catch (e) {
    if (!(e instanceof EngineError) || e instanceof AliyunError) throw e;
    const cycle = /^Circular dependency between resources: (.*)$/.exec(e.message);
    if (cycle) throw new AliyunError('CircularDependency', `Circular Dependency Found: ${cycle[1]}.`);
    throw invalid(e.message.replace(/^Template (format )?error: /, ''));
  }
}
