/** Where what an alert or an alarm wants done is written. */

/** Folder of the repository: a page each, and an index. */
export const RUNBOOKS = 'docs/runbooks';

/** @param name of the alert or alarm @returns its page, a path of the repository */
export function runbookPage(name: string): string {
  return `${RUNBOOKS}/${name}.md`;
}
