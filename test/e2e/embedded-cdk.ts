/** The unmodified CDK CLI against an embedded cloud: what `cdk` in another terminal does. */
import { embeddedEnvironment } from '../../lib/cli/embedded-environment';
import type { RegionPlan } from '../../lib/plan/model';
import { type Ran, run } from '../child/run';

/** Seconds that one call of the CDK CLI may take. */
const CLI_TIMEOUT = 120;

/**
 * @param embedded environment of the embedded cloud
 * @param home folder that the CLI may write to
 * @param cwd where it runs. @default - its home
 */
export function embeddedCdk(
  args: readonly string[],
  embedded: Readonly<Record<string, string>>,
  home: string,
  cwd = home,
): Promise<Ran> {
  const env = embeddedEnvironment(process.env, embedded, home);
  // A real credential or setting of who runs the tests must not come through: undefined takes it away.
  const own = Object.keys(process.env).filter((name) => !(name in env));
  return run(process.execPath, [require.resolve('aws-cdk/bin/cdk'), ...args, '--no-notices'], {
    cwd,
    env: { ...Object.fromEntries(own.map((name) => [name, undefined])), ...env, CI: '1', CDK_VALIDATION: 'false' },
    timeout: CLI_TIMEOUT,
  });
}

/** Stacks in the plan's order, those of one rollback setting together: the CLI has one setting a call. */
export function runsOf(region: Pick<RegionPlan, 'stacks'>): { disableRollback: boolean; ids: string[] }[] {
  const runs: { disableRollback: boolean; ids: string[] }[] = [];
  for (const stack of region.stacks) {
    const last = runs.at(-1);
    if (last !== undefined && last.disableRollback === stack.disableRollback) last.ids.push(stack.id);
    else runs.push({ disableRollback: stack.disableRollback, ids: [stack.id] });
  }
  return runs;
}
