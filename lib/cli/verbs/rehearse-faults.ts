/** `--fail-at`, `--throttle`, `--kill-at`, `--lost-answer`: what goes wrong on purpose, the same in every run. */
import type { Faults } from '../../engine/faults';
import { seeded } from '../../engine/random';
import type { Rehearsal, RehearsalInput } from '../../rehearsal/rehearse';
import type { RehearsedStack } from '../../rehearsal/stack';
import { unknown } from '../loading';
import { Refusal } from '../verb';

export interface AskedFaults {
  /** `<stack path>/<logical id>`, a logical id, or a resource type. */
  readonly failAt?: string;
  /** 0 to 1. */
  readonly throttle?: number;
  readonly killAt?: number;
  readonly lostAnswer?: number;
}

/** @throws Refusal for what is no share, or no number of a step */
export function faultsOf({ failAt, throttle, killAt, lostAnswer }: Record<string, unknown>): AskedFaults {
  return {
    ...(failAt === undefined ? {} : { failAt: String(failAt) }),
    ...(throttle === undefined ? {} : { throttle: share(String(throttle)) }),
    ...(killAt === undefined ? {} : { killAt: step('--kill-at', String(killAt)) }),
    ...(lostAnswer === undefined ? {} : { lostAnswer: step('--lost-answer', String(lostAnswer)) }),
  };
}

function share(text: string): number {
  const percent = /^\d{1,3}(\.\d+)?%$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (percent > 0 && percent <= 100) return percent / 100;
  throw new Refusal('BAD_NUMBER', `--throttle ${text} is no share of requests`, '--throttle 30%');
}

function step(option: string, text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new Refusal('BAD_NUMBER', `${option} ${text} is no number of a step: the first is 1`, `${option} 20`);
}

/** Which requests are turned away is drawn anew from the same number: two runs of one deploy are the same. */
const SEED = 1;

export interface Planted {
  readonly input: Pick<RehearsalInput, 'prepare' | 'killAt'>;
  /** How much was asked of the clouds, when the rehearsal is over. */
  steps(): number;
}

/** @throws Refusal for a resource that no stack has */
export function plant({ failAt, throttle, killAt, lostAnswer }: AskedFaults, stacks: readonly RehearsedStack[]): Planted {
  const struck = failAt === undefined ? undefined : resourceOf(failAt, stacks);
  let faults: Faults | undefined;
  let before = 0;
  const prepare: RehearsalInput['prepare'] = (cloud) => {
    faults = cloud.faults;
    before = faults.steps;
    if (struck !== undefined) faults.plant({ ...struck, code: 'InternalFailure', message: 'Internal failure (--fail-at)' });
    if (throttle !== undefined) faults.throttle(throttle, seeded(SEED));
    if (lostAnswer !== undefined) faults.plant({ after: lostAnswer - 1, lost: 'usual' });
  };
  return { input: { prepare, ...(killAt === undefined ? {} : { killAt }) }, steps: () => (faults?.steps ?? 0) - before };
}

/** Where a fault strikes. The stack's own name is the engine's, its path ours. */
function resourceOf(name: string, stacks: readonly RehearsedStack[]): { stack?: string; logicalId?: string; type?: string } {
  const all = stacks.map(({ path, name: stack, body }) => ({
    path,
    stack,
    resources: Object.entries((JSON.parse(body) as { Resources?: Record<string, { Type: string }> }).Resources ?? {}),
  }));
  if (name.includes('::') && all.some(({ resources }) => resources.some(([, { Type }]) => Type === name))) return { type: name };
  const slash = name.lastIndexOf('/');
  const [path, logicalId] = [name.slice(0, Math.max(0, slash)), name.slice(slash + 1)];
  const found = all.filter((one) => (path === '' || one.path === path) && one.resources.some(([id]) => id === logicalId));
  const [first] = found;
  if (first !== undefined) return path === '' ? { logicalId } : { logicalId, stack: first.stack };
  const known = [...new Set(all.flatMap((one) => one.resources.map(([id]) => (path === '' ? id : `${one.path}/${id}`))))];
  const { code, message, fix } = unknown('resource', name, known);
  // Hundreds of names help nobody.
  throw new Refusal(code, message, fix.startsWith('one of') ? `one of what meissa synth writes: ${known.at(-1)}` : fix);
}

/** Faults that never struck, in words: a deploy that went well in spite of them says nothing then. */
export function unstruck({ failAt, killAt, lostAnswer }: AskedFaults, { steps }: Rehearsal, asked: number): string[] {
  const late = (option: string, at: number | undefined) =>
    at === undefined || at <= asked ? [] : [`${option} ${at} never came: the deploy asks the clouds for ${asked} things`];
  return [
    ...(failAt === undefined || steps.some(({ failed }) => failed?.includes('--fail-at'))
      ? []
      : [`--fail-at ${failAt} never struck: the deploy does nothing to it`]),
    ...late('--kill-at', killAt),
    ...late('--lost-answer', lostAnswer),
  ];
}
