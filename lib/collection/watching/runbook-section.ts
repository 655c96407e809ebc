/** Where what an alert wants done is written. */

/** Page of the repository. */
export const RUNBOOK = 'docs/collection/runbook.md';

/** Of an alert's section there: a heading's words in small letters (GitHub, "Section links"). */
export function anchor(alert: string): string {
  return `#${alert.toLowerCase()}`;
}
