import { validationError } from '../aws-error';

/** Faults that one answer names; how many more there are is said. */
const SAID = 20;

/** Refuses a call for everything that was found. */
export function refuse(faults: readonly string[]): void {
  if (faults.length === 0) return;
  const more = faults.length - SAID;
  throw validationError([...faults.slice(0, SAID), ...(more > 0 ? [`... and ${more} more`] : [])].join('\n'));
}
