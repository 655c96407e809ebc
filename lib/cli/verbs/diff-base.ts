/** Both sides of `diff --base`: only regions and links that are made from other inputs are made, the rest is told to be the same. */
import type { Estate } from '../../estate/model/model';
import type { EstatePlan, LinkPlan } from '../../plan/model';
import { planEstate } from '../../plan/plan';
import type { StackState } from '../../review/diff';
import { inOrder } from '../../review/diff/read/assemblies';
import { emissionInputs } from '../emission-inputs';
import { type DeployTarget, linkStacks, regionStacks } from './deploy-target';
import { ofRevision } from './diff-offline';

export interface Sides {
  readonly before: readonly StackState[];
  readonly after: readonly StackState[];
}

export interface BaseOptions {
  /** How the base is called. */
  readonly revision: string;
  /** Whether the target is the whole estate: a region that is no longer described goes. */
  readonly all: boolean;
  /** Whether links are looked at. @default true */
  readonly links?: boolean;
  /** Make everything, for who compares. @default false */
  readonly whole?: boolean;
}

/** @param past the estate as the base has it */
export async function sidesOf(
  past: Estate,
  target: DeployTarget,
  { revision, all, links: looked = true, whole = false }: BaseOptions,
): Promise<Sides> {
  const pastPlan = planEstate(past);
  const [then, now] = [emissionInputs(past, pastPlan), emissionInputs(target.estate, target.plan)];
  const same: Same = {
    region: (name) => !whole && then.regions.has(name) && then.regions.get(name) === now.regions.get(name),
    links: !whole && then.links === now.links,
  };
  const places = past.regions.map(({ name }) => name);
  // Regions and links that the base doesn't have are new. Links that went since are compared too: by their paths it is told whose they are.
  const regions = all ? places : target.regions.filter((name) => places.includes(name));
  const links = looked ? pastPlan.links.filter(({ stacks }) => stacks.length > 0) : [];
  const after = await side(target, same);
  return { after, before: await ofRevision(revision, () => side({ estate: past, plan: pastPlan, regions, links }, same)) };
}

interface Same {
  readonly region: (name: string) => boolean;
  readonly links: boolean;
}

interface Side {
  readonly estate: Estate;
  readonly plan: EstatePlan;
  readonly regions: readonly string[];
  readonly links: readonly LinkPlan[];
}

/** What is the same on both sides stands there without its template. */
async function side({ estate, plan, regions, links }: Side, same: Same): Promise<StackState[]> {
  const made = regions.filter((name) => !same.region(name));
  const paths = same.links ? [] : links.map(({ path }) => path);
  const equal = [
    ...regions.filter(same.region).flatMap((name) => regionStacks(plan, name)),
    ...(same.links ? links.flatMap(linkStacks) : []),
  ].map(({ path, name, provider, region }): [string, StackState] => [path, { path, name, provider, region, template: {} }]);
  if (made.length + paths.length === 0) return inOrder([...new Map(equal).values()]);
  // aws-cdk-lib takes longer to load than the rest of a diff without changes.
  const { synthesizedStates } = await import('./diff-states');
  return inOrder([...new Map(equal).values(), ...synthesizedStates(estate, made, paths, { selected: true })]);
}
