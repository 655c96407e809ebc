/** Questions to a person; never to a pipeline. */

import { Refusal } from './verb';
import { ask, isInteractive } from './words/output';

/** A terminal at both ends, and no continuous integration. */
export function canAsk(env: NodeJS.ProcessEnv = process.env): boolean {
  const ci = env.CI !== undefined && !['', '0', 'false'].includes(env.CI.toLowerCase());
  return !ci && isInteractive();
}

/** @throws Refusal where nobody can be asked and `--yes` was not given */
export function mustBeAble(what: string, yes: boolean, command: string): void {
  if (yes || canAsk()) return;
  throw new Refusal(
    'NOT_CONFIRMED',
    `${what} asks first, and here nobody can answer (no terminal, or CI is set)`,
    `${command} --yes`,
  );
}

/** Whether the answer is yes; an empty one is no. */
export async function confirmed(question: string): Promise<boolean> {
  return /^y(es)?$/i.test((await ask(`${question} [y/N] `)).trim());
}

/** Whether exactly this text was typed. */
export async function typed(question: string, text: string): Promise<boolean> {
  return (await ask(question)).trim() === text;
}
