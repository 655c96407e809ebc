/** A saved plan: what a deploy is bound by. It holds digests alone, so nothing of what stands or is described can be read from it. */
import { createHash } from 'node:crypto';
import type { Estate } from '../../estate/model/model';
import type { EstatePlan } from '../../plan/model';
import { emissionInputs } from '../emission-inputs';
import type { DeployTarget } from './deploy-target';
import type { DeployedStates } from './diff-deployed';

/** Raised when a field comes, is renamed or goes: a plan is deployed by the version that wrote it. */
export const SAVED_PLAN_VERSION = 1;

export interface SavedPlan {
  readonly kind: 'meissa-plan';
  readonly version: typeof SAVED_PLAN_VERSION;
  /** Version of the program: another one may emit something else. */
  readonly meissa: string;
  readonly estate: string;
  /** In the order in which they are deployed. */
  readonly regions: readonly string[];
  /** Paths. */
  readonly links: readonly string[];
  /** SHA-256 of all that emitters read, by region, and of links together. */
  readonly described: { readonly regions: Readonly<Record<string, string>>; readonly links: string };
  /** Every planned stack in order of path. */
  readonly stands: readonly SavedStack[];
  /** Names of losses that were shown when it was saved, and so are accepted: `QUORUM_LOST:sa-east-1/core-voters`. */
  readonly accepted: readonly string[];
}

export interface SavedStack {
  readonly path: string;
  /** The engine's word. @default - it does not stand */
  readonly status?: string;
  /** ISO time of the last operation. */
  readonly changed?: string;
  /** SHA-256 of its template, parameters, tags and published configurations. */
  readonly digest?: string;
}

/** @param accepted names of losses that were shown */
export function savedPlan(
  target: Pick<DeployTarget, 'estate' | 'plan' | 'regions' | 'links' | 'stacks'>,
  deployed: DeployedStates,
  { meissa, accepted = [] }: { readonly meissa: string; readonly accepted?: readonly string[] },
): SavedPlan {
  return {
    kind: 'meissa-plan',
    version: SAVED_PLAN_VERSION,
    meissa,
    estate: target.estate.name,
    regions: target.regions,
    links: [...new Set(target.links.map(({ path }) => path))],
    described: describedDigests(target.estate, target.plan, target.regions),
    stands: savedStacks(target.stacks, deployed),
    accepted: [...accepted].sort(),
  };
}

function describedDigests(estate: Estate, plan: EstatePlan, regions: readonly string[]): SavedPlan['described'] {
  const inputs = emissionInputs(estate, plan);
  return {
    regions: Object.fromEntries(regions.map((name) => [name, digestOf(inputs.regions.get(name) ?? '')])),
    links: digestOf(inputs.links),
  };
}

export function savedStacks(planned: DeployTarget['stacks'], { states, standing }: DeployedStates): SavedStack[] {
  const read = new Map(states.map((state) => [state.path, state]));
  return [...new Set(planned.map(({ path }) => path))].sort().map((path) => {
    const state = read.get(path);
    if (state === undefined) return { path };
    const { template, parameters = {}, tags = {}, configurations = [] } = state;
    return { path, ...standing.get(path), digest: digestOf(canonicalJson({ template, parameters, tags, configurations })) };
  });
}

/** What is other than when a plan was saved, a line each; empty where nothing is. */
export function planChanges(saved: SavedPlan, now: SavedPlan): string[] {
  const changes: string[] = [];
  const changed = (what: string, before: unknown, after: unknown) => {
    if (canonicalJson(before) !== canonicalJson(after)) changes.push(what);
  };
  changed(`meissa itself: ${saved.meissa} -> ${now.meissa}`, saved.meissa, now.meissa);
  changed(`the estate: ${saved.estate} -> ${now.estate}`, saved.estate, now.estate);
  for (const name of saved.regions)
    changed(`what is described of ${name}`, saved.described.regions[name], now.described.regions[name]);
  if (saved.links.length + now.links.length > 0) {
    changed('what is described of links', saved.described.links, now.described.links);
    changed('which links there are', saved.links, now.links);
  }
  const [before, after] = [saved, now].map(({ stands }) => new Map(stands.map((stack) => [stack.path, stack])));
  for (const path of [...new Set([...before!.keys(), ...after!.keys()])].sort()) {
    const [old, found] = [before!.get(path), after!.get(path)];
    changed(`${path}: ${standsWords(old)}, now ${standsWords(found)}`, old, found);
  }
  return changes;
}

function standsWords(stack: SavedStack | undefined): string {
  if (stack === undefined) return 'not planned';
  if (stack.status === undefined) return 'did not stand';
  return `${stack.status}${stack.changed === undefined ? '' : ` since ${stack.changed}`}`;
}

/** Keys in order, no white space: the same bytes for the same value. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
