import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

/** Starts a program inside a network namespace. It dies with the tests, however they end. */
export function spawnInNamespace(
  namespace: string,
  program: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  return spawn('setpriv', ['--pdeathsig', 'KILL', 'ip', 'netns', 'exec', namespace, program, ...args], options);
}
