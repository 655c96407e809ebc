/** Ctrl-C while engines work: nothing of theirs is stopped, and what they do is not lost. */
import type { VerbContext } from './verb';

/**
 * Runs work that may be interrupted. The first Ctrl-C (or SIGTERM) aborts the signal: nothing new is started and what runs is waited
 * for. The second leaves at once; the engines finish by themselves.
 */
export async function interruptible<T>(
  { output }: Pick<VerbContext, 'output'>,
  resume: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const heard = (): void => {
    if (abort.signal.aborted) {
      output.say(`left; the engines finish by themselves. To go on: ${resume}`);
      process.exit(1);
    }
    abort.abort();
    output.say(
      'stopping: nothing new is started, what runs is waited for. Ctrl-C again leaves now; the engines finish by themselves.',
    );
    output.say(`to go on later: ${resume}`);
  };
  process.on('SIGINT', heard);
  process.on('SIGTERM', heard);
  try {
    return await work(abort.signal);
  } finally {
    process.removeListener('SIGINT', heard);
    process.removeListener('SIGTERM', heard);
  }
}
