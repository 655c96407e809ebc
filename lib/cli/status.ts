import { askEach } from '../deploy/ask';
import type { StandingStack } from '../deploy/engine';
import { deployTarget, enginesFor, type PlannedStack, touchedStacks } from './deploy-target';
import { EXIT, type Output } from './output';
import type { Verb } from './verb';

/** `meissa status <region...>`: every planned stack, and how it stands. */
export const status: Verb = async (context, args) => {
  const target = deployTarget(context, args[0] as string[]);
  const stacks = touchedStacks(target);
  const engines = await enginesFor(target.estate, new Set(stacks.map((stack) => stack.provider)));
  const standing = await askEach(stacks, engines, (engine, stack) => engine.read(stack));
  if (context.json) {
    context.output.json({
      version: 1,
      stacks: stacks.map((stack, at) => ({
        path: stack.path,
        name: stack.name,
        region: stack.region,
        provider: stack.provider,
        ...stateOf(standing[at]),
      })),
    });
    return EXIT.ok;
  }
  const width = Math.max(...stacks.map((stack) => stack.path.length));
  for (const [at, stack] of stacks.entries()) context.output.data(line(context.output, stack, standing[at], width));
  return EXIT.ok;
};

function stateOf(standing: StandingStack | undefined) {
  if (standing === undefined) return { status: 'absent' };
  const { status, reason, changed, deletionProtection } = standing;
  return {
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(changed === undefined ? {} : { changed }),
    protected: deletionProtection,
  };
}

function line(output: Output, { path }: PlannedStack, standing: StandingStack | undefined, width: number): string {
  if (standing === undefined) return `${path.padEnd(width)}  ${output.style('dim', 'absent')}`;
  const { status, reason, changed } = standing;
  const style = /FAILED|ROLLBACK/.test(status) ? 'red' : status.endsWith('_COMPLETE') ? 'green' : 'yellow';
  const why = style === 'red' && reason !== undefined ? `  ${reason}` : '';
  return `${path.padEnd(width)}  ${output.style(style, status)}${changed === undefined ? '' : `  ${changed}`}${why}`;
}
