/** Whether a balancer should send lines here. */
import { steady } from '../shared/steady';
import type { Intake } from './intake';
import type { Spool } from './spool/spool';

/** Who had to refuse for lack of memory is not well for so long: others may have room. */
const BUSY_MS = 2000;

/**
 * Why this front end can't take lines; undefined where it can. The proof is that lines were kept a moment ago: its own heartbeats are appended and
 * synced every few seconds as all lines are, so that no check has to write anything, and one disk that hangs makes every check fail.
 *
 * @param seconds between heartbeats
 */
export function illness(spool: Spool, intake: Intake, seconds: number): string | undefined {
  if (intake.stage !== 'open') return 'this front end is leaving';
  if (spool.lastKept === undefined) return 'nothing has been kept yet';
  const silent = (steady() - spool.lastKept) / 1000;
  if (silent > 2 * seconds + 2) return `nothing was kept for ${Math.round(silent)} s`;
  const { refusedAt } = intake.memory;
  if (refusedAt !== undefined && steady() - refusedAt < BUSY_MS) return 'too much comes at once';
  if (spool.room === 0) return spool.options.whenFull === 'refuse' ? 'the spool is full' : undefined;
  return undefined;
}
