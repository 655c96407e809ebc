import { engineOf } from '../../deploy/deploy';
import { confirmed, mustBeAble } from '../confirm';
import { enginesFor } from '../engines';
import { exclusively } from '../exclusion';
import { interruptible } from '../interrupt';
import { Refusal, type Verb, type VerbContext } from '../verb';
import { deployProgress } from '../words/deploy-progress';
import { BY, driftLines } from '../words/drift-words';
import { count, EXIT, type ExitCode } from '../words/output';
import { deployTarget, touchedStacks, withManifests } from './deploy-target';
import { type LookedAt, lookAt } from './looked-at';

/**
 * `meissa repair <region...>`: puts back what drifted, to what the standing stacks say. Shows it and asks first; stack by stack, in the order
 * of a deploy, under the region's lease; looks again afterwards.
 */
export const repair: Verb = async (context, args, options) => {
  const names = args[0] as string[];
  const [yes, dryRun] = [options.yes === true, options.dryRun === true];
  const command = `meissa repair ${names.join(' ')}`;
  if (!dryRun) mustBeAble('meissa repair', yes, command);
  const target = deployTarget(context, names);
  const planned = withManifests(target, touchedStacks(target));
  const engines = await enginesFor(target.estate, new Set(planned.map((stack) => stack.provider)));
  const shown = await lookAt(planned, engines);
  const due = shown.filter(({ plan }) => plan.items.length > 0);
  const leftAtAll = shown.some(({ plan }) => plan.left.length > 0);
  for (const looked of shown) sayLooked(context, looked);
  if (due.length === 0) {
    context.output.say(
      leftAtAll ? 'nothing of this can be put back by repair' : `no drift: ${count(shown.length, 'stack')} looked at`,
    );
    return ended(context, leftAtAll ? 'left' : 'unchanged', shown);
  }
  if (dryRun) return ended(context, 'planned', shown);
  const things = count(
    due.reduce((sum, { plan }) => sum + plan.items.length, 0),
    'resource',
  );
  if (!yes && !(await confirmed(`put back ${things}?`))) {
    context.output.say('nothing was changed');
    return ended(context, 'declined', shown);
  }
  const stacks = due.map(({ stack }) => stack);
  await interruptible(context, `${command} --yes`, (signal) =>
    exclusively('repair', { stacks, engines, takeOver: options.takeOver }, async ({ run, leases }) => {
      // Others may have worked here while a person read; from here on they can't.
      refuseOther(due, await lookAt(stacks, engines));
      const listener = deployProgress(context.output);
      try {
        for (const { stack, plan } of due) {
          if (signal.aborted) break;
          const engine = engineOf(engines, stack);
          listener.started(stack);
          const input = { run, hold: () => leases.hold(stack) };
          await engine
            .repair(stack, plan.items, input, (event) => listener.progress(stack, event))
            .catch((error) => {
              throw engine.explain(error, stack);
            });
          listener.finished(stack, { outcome: 'updated', warnings: [] });
        }
      } finally {
        listener.end();
      }
    }),
  );
  const after = await lookAt(planned, engines);
  const clean = after.every(({ words }) => words.length === 0);
  for (const looked of after) sayLooked(context, looked);
  context.output.say(clean ? `${things} put back: no drift` : 'something is left, named above');
  return ended(context, clean ? 'done' : 'left', after);
};

type Outcome = 'unchanged' | 'planned' | 'declined' | 'done' | 'left';

const EXITS: Readonly<Record<Outcome, ExitCode>> = {
  unchanged: EXIT.ok,
  planned: EXIT.changes,
  declined: EXIT.failed,
  done: EXIT.ok,
  left: EXIT.failed,
};

function ended({ json, output }: VerbContext, outcome: Outcome, looked: readonly LookedAt[]): ExitCode {
  const drifted = looked.filter(({ words }) => words.length > 0);
  if (json)
    output.json({
      version: 1,
      verb: 'repair',
      outcome,
      stacks: drifted.map(({ stack, words }) => ({ path: stack.path, resources: words })),
    });
  return EXITS[outcome];
}

function sayLooked({ output }: VerbContext, { stack, words }: LookedAt): void {
  if (words.length === 0) return;
  output.say(stack.path);
  for (const resource of words) {
    const lines = driftLines(resource);
    const put = resource.by === undefined ? lines.slice(-1) : [`  put back: ${BY[resource.by]}`];
    for (const line of [...lines.slice(0, -1), ...put]) output.say(`  ${line}`);
  }
}

function refuseOther(shown: readonly LookedAt[], now: readonly LookedAt[]): void {
  const seen = (looked: readonly LookedAt[]) => JSON.stringify(looked.map(({ stack, plan }) => [stack.path, plan.items]));
  if (seen(shown) === seen(now)) return;
  throw new Refusal(
    'CHANGED_MEANWHILE',
    'what stands has changed since it was shown; nothing was touched',
    'run the same command: it shows what is to be put back now',
  );
}
