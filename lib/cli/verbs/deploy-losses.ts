/** What a rehearsed deploy loses keeps it from starting, unless each loss was accepted by its name. */
import { type Finding, FindingsError } from '../../estate/findings/finding';
import { nearest } from '../../estate/findings/nearest';
import type { Loss, Timeline } from '../../rehearsal/model';
import { Refusal } from '../verb';

/** Words of `--accept`, repeatable. @default - nothing is accepted */
export function acceptedOf(option: unknown): readonly string[] {
  return option === undefined ? [] : [option].flat().map(String);
}

/** A loss as everything is told: at its stack, with the resource that does it. */
export function lossFinding({ code, severity, stack, resource, what, why, fix }: Loss): Finding {
  return { file: stack, line: 0, code, severity, path: resource ?? '', message: what, why, fix };
}

/**
 * @param accepted names of losses, `QUORUM_LOST:sa-east-1/core-voters`
 * @throws FindingsError `DEPLOY_LOSES` and behind it every error that wasn't accepted
 * @throws Refusal `ACCEPTS_NOTHING` for names that are no loss of this deploy
 */
export function refuseLosses({ losses }: Pick<Timeline, 'losses'>, accepted: readonly string[]): void {
  const errors = losses.filter(({ severity }) => severity === 'error');
  const known = new Set(losses.map(({ name }) => name));
  const idle = [...new Set(accepted)].filter((name) => !known.has(name));
  if (idle.length > 0) throw acceptsNothing(idle, errors);
  const open = errors.filter(({ name }) => !accepted.includes(name));
  if (open.length === 0) return;
  const names = [...new Set(open.map(({ name }) => name))];
  throw new FindingsError([
    {
      file: 'deploy',
      line: 0,
      code: 'DEPLOY_LOSES',
      severity: 'error',
      path: '',
      message: `nothing was touched: rehearsed, this deploy loses ${open.length === 1 ? 'something' : `${open.length} things`}, named below`,
      why: 'what it loses comes back late or never, and no deploy takes it back',
      fix: `mend each, or accept them by name: ${names.map((name) => `--accept ${name}`).join(' ')}`,
    },
    ...open.map(lossFinding),
  ]);
}

function acceptsNothing(idle: readonly string[], errors: readonly Loss[]): Refusal {
  const names = [...new Set(errors.map(({ name }) => name))];
  const meant = idle.map((name) => nearest(name, names)).filter((name) => name !== undefined);
  return new Refusal(
    'ACCEPTS_NOTHING',
    `--accept ${idle.join(', ')}: this deploy loses nothing of that name`,
    names.length === 0
      ? 'leave --accept out: nothing has to be accepted'
      : `accept what it loses: ${[...new Set(meant.length > 0 ? meant : names)].map((name) => `--accept ${name}`).join(' ')}`,
  );
}
