/**
 * The one door by which a verb writes to the estate: locks it, reads it, decides, writes all files or none. What is decided on is read
 * under the lock, so of two at once the second sees what the first wrote.
 */
import { type LockOptions, withFolderLock } from '../../disk/folder-lock';
import { writeFiles } from '../../disk/write-files';
import type { Change } from '../../estate/changes/change';
import type { Estate } from '../../estate/model/model';
import { refuseSecrets } from '../secret-door';
import { Refusal, type VerbContext } from '../verb';
import { EXIT, type ExitCode } from '../words/output';

export interface ChangeOptions {
  /** Says what would be written, and locks nothing; exit code 2 when something would. @default false */
  readonly dryRun?: boolean;
}

/**
 * @param load reads the estate, and throws where it can't be changed as it is
 * @param decide what is written; asks nobody what may take long: others wait
 */
export async function changeEstate(
  context: VerbContext,
  load: () => { readonly estate: Estate },
  decide: (estate: Estate) => Change | readonly Change[] | Promise<Change>,
  { dryRun = false }: ChangeOptions = {},
): Promise<ExitCode> {
  const decided = async () => decide(load().estate);
  const { files, words } = dryRun ? made(await decided()) : await whileLocked(context, async (write) => write(await decided()));
  const paths = files.map((file) => file.path);
  if (context.json) context.output.json({ version: 1, [dryRun ? 'wouldWrite' : 'wrote']: paths, words });
  for (const line of words) context.output.say(line);
  for (const path of paths) context.output.say(`${dryRun ? 'would write' : 'wrote'} ${path}`);
  return dryRun && files.length > 0 ? EXIT.changes : EXIT.ok;
}

/** The files of a change, and the words for whoever ran it. */
type Made = ReturnType<typeof made>;

/** Runs work while nobody else writes to the estate; `write` writes a change, or throws what refused it. */
export function whileLocked<T>(
  context: VerbContext,
  work: (write: (changes: Change | readonly Change[]) => Made) => Promise<T>,
): Promise<T> {
  return withFolderLock(context.root, lockOptions(context), (lock) =>
    work((changes) => {
      const change = made(changes);
      refuseSecrets(new Map(change.files.map(({ path, text }) => [path, text])));
      writeFiles(lock, change.files);
      return change;
    }),
  );
}

/** How a verb takes a lock: under its own name, saying whom it waits for. */
export function lockOptions({ verb, output }: Pick<VerbContext, 'verb' | 'output'>): LockOptions {
  return { verb, say: (words) => output.say(words) };
}

function made(changes: Change | readonly Change[]) {
  const all = [changes].flat() as Change[];
  const files = all.flatMap((change) => {
    if (change.refused !== undefined) throw new Refusal(change.refused.code, change.refused.message, change.refused.fix);
    return change.files;
  });
  return { files, words: all.flatMap((change) => (change.refused === undefined ? change.words : [])) };
}
