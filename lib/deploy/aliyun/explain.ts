/** Errors of Aliyun's client, which are words already, and outcomes of its stacks as errors of a deploy. */
import {
  AliyunError,
  BadAnswer,
  CredentialsRefused,
  Forbidden,
  NoCredentials,
  NotFound,
  ServiceFault,
  Throttled,
  TimedOut,
  Unreachable,
} from '../../aliyun/cloud';
import type { StackProblem } from '../../aliyun/ros-client';
import { failureOf, knownCause } from '../causes';
import { DeployError } from '../deploy-error';
import type { EngineStack } from '../engine';
import { memberReplacement, membersAmong } from './never-replaced';

export function explainAliyun(error: unknown, place: EngineStack): DeployError {
  if (error instanceof DeployError) return error;
  if (error instanceof AliyunError) {
    // The way on ends its message; here it stands by itself.
    const message = error.message.replace(`; ${error.wayOn}`, '');
    return knownCause(place, message) ?? new DeployError(codeOf(error), `${place.path}: ${message}`, error.wayOn);
  }
  const message = error instanceof Error ? error.message : String(error);
  return failureOf(place, message, { kept: false });
}

function codeOf(error: AliyunError): string {
  if (error instanceof NoCredentials) return 'CREDENTIALS_MISSING';
  if (error instanceof CredentialsRefused) return error.expired ? 'CREDENTIALS_EXPIRED' : 'CREDENTIALS_REFUSED';
  if (error instanceof Forbidden) return 'ACCESS_DENIED';
  if (error instanceof Throttled) return 'THROTTLED';
  if (error instanceof Unreachable) return 'UNREACHABLE';
  if (error instanceof TimedOut) return 'TIMED_OUT';
  if (error instanceof BadAnswer) return 'BAD_ANSWER';
  if (error instanceof ServiceFault) return 'SERVICE_FAULT';
  if (error instanceof NotFound) return 'NOT_FOUND';
  return 'REFUSED';
}

/**
 * A stack that ended badly.
 *
 * @param agreed logical ids whose replacement was agreed to already
 */
export function problemError(
  place: EngineStack,
  { code, message, reasons, wayOn }: StackProblem,
  agreed: readonly string[] = [],
): DeployError {
  const { path } = place;
  if (code === 'REPLACEMENT_NOT_AGREED') {
    const members = membersAmong(reasons);
    if (members.length > 0) return memberReplacement(path, members);
    const agree = `to agree: --replace ${[...agreed, ...reasons].map((id) => `${path}/${id}`).join(' ')}`;
    return new DeployError(code, `${path}: ${message}: ${reasons.join(', ')}`, `${wayOn}; ${agree}`);
  }
  const why = reasons.length === 0 ? '' : `: ${reasons.slice(0, 5).join('; ')}`;
  return knownCause(place, `${message}${why}`) ?? new DeployError(code, `${path}: ${message}${why}`, wayOn);
}
