/**
 * The door for everything that this program writes: a file with a secret in it is refused, by whichever emitter it was made. What is printed
 * goes through the door of output.ts, which masks. test/secrets/doors.test.ts holds every writer of the CLI to one of the two.
 */
import { type Finding, FindingsError, sortFindings } from '../estate/findings/finding';
import { secretsInOutput } from '../estate/read/secret-findings';

/** @throws FindingsError with all of them. @param files texts by path below the folder. @param folder @default - the estate's */
export function refuseSecrets(files: ReadonlyMap<string, string>, folder?: string): void {
  const found: Finding[] = [];
  for (const [path, text] of files) found.push(...secretsInOutput(folder === undefined ? path : `${folder}/${path}`, text));
  if (found.length > 0) throw new FindingsError(sortFindings(found));
}
