import { askEach } from '../../deploy/ask';
import type { MemberState, StandingStack } from '../../deploy/engine';
import { enginesFor } from '../engines';
import type { Verb } from '../verb';
import { EXIT, type Output } from '../words/output';
import { deployTarget, type PlannedStack, touchedStacks, withManifests } from './deploy-target';
import { idcStatus, sayIdcStatus } from './status-idcs';

/** `meissa status <region...>`: every planned stack, how it stands, and what its members run with where they fetch it themselves. */
export const status: Verb = async (context, args) => {
  const target = deployTarget(context, args[0] as string[], undefined, { idcs: true });
  const hosts = await idcStatus(target);
  const stacks = withManifests(target, touchedStacks(target));
  const engines = await enginesFor(target.estate, new Set(stacks.map((stack) => stack.provider)));
  const states = await askEach(stacks, engines, async (engine, stack): Promise<State> => {
    const standing = await engine.read(stack);
    return { standing, members: standing === undefined ? [] : ((await engine.members?.(stack)) ?? []) };
  });
  if (context.json) {
    context.output.json({
      version: 1,
      ...(hosts.length === 0 ? {} : { hosts }),
      stacks: stacks.map((stack, at) => ({
        path: stack.path,
        name: stack.name,
        region: stack.region,
        provider: stack.provider,
        ...stateOf(states[at]!),
      })),
    });
    return EXIT.ok;
  }
  sayIdcStatus(context.output, hosts);
  const width = Math.max(...stacks.map((stack) => stack.path.length));
  for (const [at, stack] of stacks.entries()) {
    context.output.print(line(context.output, stack, states[at]!.standing, width));
    for (const member of states[at]!.members) context.output.print(`  ${memberLine(context.output, member)}`);
  }
  return EXIT.ok;
};

interface State {
  readonly standing: StandingStack | undefined;
  readonly members: readonly MemberState[];
}

function stateOf({ standing, members }: State) {
  if (standing === undefined) return { status: 'absent' };
  const { status, reason, changed, deletionProtection } = standing;
  return {
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(changed === undefined ? {} : { changed }),
    protected: deletionProtection,
    ...(members.length === 0 ? {} : { members }),
  };
}

function line(output: Output, { path }: PlannedStack, standing: StandingStack | undefined, width: number): string {
  if (standing === undefined) return `${path.padEnd(width)}  ${output.style('dim', 'absent')}`;
  const { status, reason, changed } = standing;
  const style = /FAILED|ROLLBACK/.test(status) ? 'red' : status.endsWith('_COMPLETE') ? 'green' : 'yellow';
  const why = style === 'red' && reason !== undefined ? `  ${reason}` : '';
  return `${path.padEnd(width)}  ${output.style(style, status)}${changed === undefined ? '' : `  ${changed}`}${why}`;
}

/** Digests as people compare them: their beginning. */
function memberLine(output: Output, { name, applied, described, healthy, rollDue }: MemberState): string {
  const runs = applied === undefined ? 'does not answer' : `runs with ${applied.slice(0, 12)}`;
  const due = rollDue ? output.style('yellow', `  restart due (${described.slice(0, 12)})`) : '';
  return `${name}  ${runs}  ${healthy ? output.style('green', 'well') : output.style('red', 'not well')}${due}`;
}
