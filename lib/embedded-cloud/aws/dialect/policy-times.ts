import type { Json } from '../../../engine/json';
import { duration } from '../../../engine/signals';
import { POLICY_TIME } from '../../../facts/aws/template-language';
import { validationError } from '../aws-error';

/**
 * A policy's time in milliseconds. CloudFormation asks it when the policy is used, not at the call (aws-cdk, issue 1113: `UPDATE_FAILED`).
 *
 * @param usual where none is given
 * @param most seconds
 * @param what begins the refusal
 */
export function timeOf(given: Json | undefined, usual: string, most: number, what: string): number {
  const text = given === undefined ? usual : String(given);
  if (!POLICY_TIME.test(text) || duration(text, usual) > most * 1000) {
    throw validationError(
      `${what} must be in the ISO8601 time period format and must be no greater than PT${most}S seconds, e.g. "PT5M30S" specifies a pause time of 5 minutes and 30 seconds.`,
    );
  }
  return duration(text, usual);
}
