/** DEPLOY_FAILS, ROLLBACK_FAILS: a stack of the deploy fails, and what stands then. */
import type { Loss, StackRun } from '../model';
import type { Rehearsal } from '../rehearse';
import { awayIn, awayWords, repairing } from './away';
import type { LedgerFacts } from './facts';
import { hostsIn, regionsOf } from './hosts';
import { accepting } from './words';

export function fails(rehearsal: Rehearsal, facts: LedgerFacts): Loss[] {
  return rehearsal.stacks.flatMap((run) => (run.outcome === 'failed' ? [failure(rehearsal, facts, run)] : []));
}

function failure(rehearsal: Rehearsal, facts: LedgerFacts, run: StackRun): Loss {
  const { path, from, to, reason = 'the engine gives no reason' } = run;
  const status = run.status ?? statusOf(rehearsal, facts, path);
  const code = /ROLLBACK_FAILED$/.test(status) ? 'ROLLBACK_FAILS' : 'DEPLOY_FAILS';
  const failed = rehearsal.steps.find((step) => step.stack === path && step.failed !== undefined && step.rollback !== true);
  // What a policy refuses is never begun: then the reason alone names it.
  const resource = failed?.logicalId ?? /: (\w+) \((?:AWS|ALIYUN|Custom)::/.exec(reason)?.[1];
  const skipped = rehearsal.stacks.filter(({ outcome }) => outcome === 'skipped').length;
  const host = hostsIn(rehearsal.before).find(({ instanceId }) => instanceId === failed?.before)?.name;
  const away = new Map(
    [...awayIn(facts, path)].filter(([name]) => name === host || (host === undefined && reason.includes(name))),
  );
  const name = `${code}:${path}`;
  const change =
    failed === undefined || failed.properties.length === 0 ? '' : ` (${failed.act}: ${failed.properties.join(', ')})`;
  return {
    code,
    severity: 'error',
    name,
    stack: path,
    ...(resource === undefined ? {} : { resource }),
    from: failed?.from ?? from,
    to,
    hosts: [],
    what: `${path} fails${status === '' ? '' : ` and ends as ${status}`}: ${standsAfter(status)}${skipped === 0 ? '' : `; ${skipped} stacks after it are not touched`}`,
    why: away.size === 0 ? reason : `${awayWords(away)} when the deploy begins: ${reason}`,
    fix: `${away.size > 0 ? `first ${repairing(path)}` : (run.fix ?? `take the change of ${resource ?? path}${change} back, or describe what the engine takes`)}; ${accepting(name)}`,
  };
}

function standsAfter(status: string): string {
  if (/^(UPDATE_)?ROLLBACK_COMPLETE$/.test(status))
    return status === 'ROLLBACK_COMPLETE' ? 'nothing of it stands' : 'what stood before stands again';
  if (/ROLLBACK_FAILED$/.test(status)) return 'it is stuck half-way back, and takes no update until its rollback is continued';
  if (/_FAILED$/.test(status)) return 'it stays half-made, and the next deploy goes on from there';
  return 'it is not as it is described';
}

function statusOf({ after }: Rehearsal, facts: LedgerFacts, path: string): string {
  const place = facts.after.find((stack) => stack.path === path);
  if (place === undefined) return '';
  return (
    regionsOf(after)
      .filter(({ account, name }) => account === place.account && name === place.cloudRegion)
      .flatMap(({ stacks }) => Object.values(stacks))
      .find(({ name }) => name === place.name)?.status ?? ''
  );
}
