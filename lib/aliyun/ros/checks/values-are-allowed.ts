import { didYouMean } from '../../../estate/findings/nearest';
import type { Check, Problem } from './check';
import type { Site } from './sites';

/** Every literal is one of the allowed values, within the range and length, and matches the pattern of its property. */
export const valuesAreAllowed: Check = ({ sites }) => sites.flatMap((site) => problemsOf(site));

function problemsOf({ schema, value, path, type }: Site): Problem[] {
  const found: Problem[] = [];
  const refuse = (code: string, message: string, fix: string) =>
    found.push({
      code,
      severity: 'error',
      path,
      message: `${type}: ${message}`,
      why: 'ROS checks it before it makes the resource',
      fix,
    });
  const { allowed, min, max, minLength, maxLength, pattern } = schema;
  if (allowed !== undefined && (typeof value === 'string' || typeof value === 'number') && !allowed.includes(value)) {
    const near = typeof value === 'string' ? didYouMean(value, allowed.map(String)) : '';
    refuse('ROS_VALUE_NOT_ALLOWED', `${JSON.stringify(value)} is not allowed here.${near}`, `write one of ${allowed.join(', ')}`);
  }
  if (typeof value === 'number' && outside(value, min, max)) {
    refuse('ROS_OUT_OF_RANGE', `${value} is out of range`, `write ${between(min, max)}`);
  }
  if ((typeof value === 'string' || Array.isArray(value)) && outside(value.length, minLength, maxLength)) {
    const unit = typeof value === 'string' ? 'characters' : 'items';
    refuse(
      'ROS_WRONG_LENGTH',
      `${value.length} ${unit} are too many or too few`,
      `write ${between(minLength, maxLength)} ${unit}`,
    );
  }
  if (pattern !== undefined && typeof value === 'string' && !new RegExp(pattern).test(value)) {
    refuse('ROS_PATTERN', 'the text has not the form that is wanted here', `write a text that matches ${pattern}`);
  }
  return found;
}

function outside(value: number, low: number | undefined, high: number | undefined): boolean {
  return (low !== undefined && value < low) || (high !== undefined && value > high);
}

function between(low: number | undefined, high: number | undefined): string {
  if (low === undefined) return `at most ${high}`;
  return high === undefined ? `at least ${low}` : `${low} to ${high}`;
}
