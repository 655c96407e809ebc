import type { Problem } from './rule';

/** A quota is one for all regions: each finding about it is told the number that is enough for all of them. */
export function raisedAlike<P extends Problem>(problems: readonly P[]): P[] {
  const most = new Map<string, number>();
  const key = (path: readonly (string | number)[]): string | undefined => (path[0] === 'quotas' ? path.join('.') : undefined);
  for (const { write = [] } of problems)
    for (const step of write.flat()) {
      const quota = 'set' in step ? key(step.set) : undefined;
      if (quota !== undefined && 'set' in step) most.set(quota, Math.max(most.get(quota) ?? 0, Number(step.value)));
    }
  return problems.map((problem) => {
    if (problem.write === undefined) return problem;
    const write = problem.write.map((steps) =>
      steps.map((step) => ('set' in step && most.has(key(step.set) ?? '') ? { ...step, value: most.get(key(step.set)!) } : step)),
    );
    return { ...problem, write };
  });
}
