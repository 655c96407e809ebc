/** One small region for rehearsals: what stands, and what a change of its description proposes with the same locks. */
import { type Anything, filesOf, type Written, written } from '../estate/written';
import { type Side, sideOfFiles } from '../rehearsal/rehearsed';

export const REGION = 'sa-east-1';
export const VOTERS = `${REGION}/core-voters`;
export const STORAGE = `${REGION}/core-storage-1`;

export function small(change: (w: Written) => void = () => undefined): Record<string, string> {
  const w = written();
  delete w.places['us-east-1'];
  w.estate.central = REGION;
  change(w);
  return filesOf(w);
}

/** Its members lock. */
export const LOCK = `regions/${REGION}.members.lock.yaml`;

/** With the members as they were pinned before the change. */
export function proposed(change: (core: Anything, w: Written) => void, from = small()): Side {
  const files = small((w) => change(w.places[REGION].clusters.core, w));
  return sideOfFiles({ ...files, [LOCK]: from[LOCK]! });
}

/** Its voters get another type: each stops and starts. */
export const largerVoters = (from?: Record<string, string>): Side =>
  proposed((core) => {
    core.fleets.voters.instanceType = 'm5.xlarge';
  }, from);

/** As if somebody had taken the stack policies away. */
export function withoutPolicies(side: Side): Side {
  return { ...side, stacks: side.stacks.map(({ policyBody: _, policy: __, ...rest }) => rest) };
}

/** As if its stacks went back by themselves: without gates they do. */
export function goingBack(side: Side): Side {
  return { ...side, stacks: side.stacks.map((stack) => ({ ...stack, disableRollback: false })) };
}

/** Resources of a type in a template. */
export function each(template: Anything, type: string, act: (resource: Anything, id: string) => void): void {
  for (const [id, resource] of Object.entries<Anything>(template.Resources)) if (resource.Type === type) act(resource, id);
}
