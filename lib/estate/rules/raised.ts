import type { Path } from '../findings/finding';
import { type Remedy, type Step, set } from '../findings/remedy';
import type { Quotas, Region } from '../model/model';
import { ESTATE_PATH, type Problem } from './rule';

/** Writes a quota of a region where it holds: in the region's file where that says it, else in the estate's. */
export function raisedTo(quota: keyof Quotas & string, count: number, region?: Region): Remedy {
  return set(['quotas', quota], count, region?.quotas?.[quota] === undefined ? ESTATE_PATH : region.file);
}

/** A quota of the estate is one for all regions: each finding about it is told the number that is enough for all of them. */
export function raisedAlike<P extends Problem>(problems: readonly P[]): P[] {
  const most = new Map<string, number>();
  for (const { write = [] } of problems)
    for (const step of write.flat())
      if (isOfEstate(step)) most.set(step.set.join('.'), Math.max(most.get(step.set.join('.')) ?? 0, Number(step.value)));
  return problems.map((problem) => {
    if (problem.write === undefined) return problem;
    const write = problem.write.map((steps) =>
      steps.map((step) => (isOfEstate(step) ? { ...step, value: most.get(step.set.join('.')) } : step)),
    );
    return { ...problem, write };
  });
}

function isOfEstate(step: Step): step is Extract<Step, { readonly set: Path }> {
  return 'set' in step && step.set[0] === 'quotas' && step.file === ESTATE_PATH;
}
