/** Carries out what a command decided: writes all files or none, and says what was done and what comes next. */
import type { Change } from '../estate/changes/change';
import { writeFilesAtomic } from '../estate/files/write-file';
import { EXIT, type ExitCode } from './output';
import { Refusal, type VerbContext } from './verb';

/** @param dryRun says what would be written; exit code 2 when something would */
export function applyChange(context: VerbContext, change: Change, dryRun = false): ExitCode {
  return applyChanges(context, [change], dryRun);
}

export function applyChanges(context: VerbContext, changes: readonly Change[], dryRun = false): ExitCode {
  const files = changes.flatMap((change) => {
    if (change.refused !== undefined) throw new Refusal(change.refused.code, change.refused.message, change.refused.fix);
    return change.files;
  });
  const words = changes.flatMap((change) => (change.refused === undefined ? change.words : []));
  if (!dryRun) writeFilesAtomic(context.root, files);
  const paths = files.map((file) => file.path);
  if (context.json) context.output.json({ version: 1, [dryRun ? 'wouldWrite' : 'wrote']: paths, words });
  for (const line of words) context.output.say(line);
  for (const path of paths) context.output.say(`${dryRun ? 'would write' : 'wrote'} ${path}`);
  return dryRun && files.length > 0 ? EXIT.changes : EXIT.ok;
}
