/** Both sides of `diff --base`: only regions and links that are made from other inputs are made, the rest is told to be the same. */
import type { Estate } from '../../estate/model/model';
import type { EstatePlan, LinkPlan } from '../../plan/model';
import { planEstate } from '../../plan/plan';
import type { StackState } from '../../review/diff';
import { inOrder } from '../../review/diff/read/assemblies';
import { emissionInputs } from '../emission-inputs';
import { regionsOfLink } from '../linked-world';
import { type DeployTarget, linkStacks, regionStacks } from './deploy-target';
import { allIdcs, type IdcSides } from './diff-idcs';
import { ofRevision } from './diff-offline';
import type { RehearsedSides } from './diff-rehearsal';
import type { Selection, Synthesized } from './diff-states';

export interface Sides {
  readonly before: readonly StackState[];
  readonly after: readonly StackState[];
  /** The estate as planned on both sides. @default - only what stands is known */
  readonly plans?: { readonly before: EstatePlan; readonly after: EstatePlan };
  /** The same as a deploy would have them: of the stacks that were made. */
  readonly rehearsed?: RehearsedSides;
  /**
   * With all that is linked to regions which differ, and to these data centres: who reaches whom is a question of both ends.
   *
   * @default - what is rehearsed is all that is known
   */
  readonly linked?: (idcs: readonly string[]) => Promise<Linked>;
}

export interface Linked {
  readonly sides: RehearsedSides;
  /** Every data centre. @default - there is none */
  readonly idcs?: IdcSides | undefined;
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
  const stood: Selection = { estate: past, plan: pastPlan, regions, links };
  const after = await side(target, same);
  const before = await ofRevision(revision, () => side(stood, same));
  const ends = endsOfChanged(before.states, after.states, target.plan).filter((name) => same.region(name));
  const joined = ends.length === 0 ? NONE : await made({ ...target, regions: ends, links: [] });
  // What a changed link joins is the same on both sides, and must stand for the link to be made.
  const rehearsed = { before: [...joined.stacks, ...before.stacks], after: [...joined.stacks, ...after.stacks] };
  const linked = async (idcs: readonly string[]): Promise<Linked> => {
    const changed = [...idcs, ...target.regions.filter((name) => !same.region(name))];
    const near = target.plan.links.filter((link) => placesOfLink(link).some((place) => changed.includes(place)));
    const others = [...new Set(near.flatMap(regionsOfLink))].filter((name) => same.region(name) && !ends.includes(name));
    const { stacks } = await made({ ...target, regions: others, links: same.links ? near : [] });
    return {
      sides: { before: [...stacks, ...rehearsed.before], after: [...stacks, ...rehearsed.after] },
      idcs: target.estate.idcs.length + past.idcs.length === 0 ? undefined : await allIdcs(past, revision, target.estate),
    };
  };
  return {
    plans: { before: ofRegions(pastPlan, regions), after: ofRegions(target.plan, target.regions) },
    before: before.states,
    after: after.states,
    rehearsed,
    // Of regions that were not asked for only an outline was read.
    ...(all ? { linked } : {}),
  };
}

const placesOfLink = (link: LinkPlan): string[] => [link.a.place, link.b.place, ...regionsOfLink(link)];

/** Of regions that are not looked at one side is whole and the other an outline: to compare them would say that their clusters go. */
function ofRegions(plan: EstatePlan, names: readonly string[]): EstatePlan {
  return { ...plan, regions: plan.regions.filter(({ name }) => names.includes(name)) };
}

interface Same {
  readonly region: (name: string) => boolean;
  readonly links: boolean;
}

const NONE: Synthesized = { states: [], stacks: [] };

/** What is the same on both sides stands there without its template. */
async function side({ estate, plan, regions, links }: Selection, same: Same): Promise<Synthesized> {
  const other = { estate, plan, regions: regions.filter((name) => !same.region(name)), links: same.links ? [] : links };
  const equal = [
    ...regions.filter(same.region).flatMap((name) => regionStacks(plan, name)),
    ...(same.links ? links.flatMap(linkStacks) : []),
  ].map(({ path, name, provider, region, cloudRegion }): [string, StackState] => [
    path,
    { path, name, provider, region, cloudRegion, template: {} },
  ]);
  const { states, stacks } = await made(other);
  return { states: inOrder([...new Map(equal).values(), ...states]), stacks };
}

/** aws-cdk-lib takes longer to load than the rest of a diff without changes. */
async function made(selection: Selection): Promise<Synthesized> {
  if (selection.regions.length + selection.links.length === 0) return NONE;
  const { synthesized } = await import('./diff-states');
  return synthesized(selection, { selected: true });
}

/** Regions that links end at of which a stack comes or changes. */
function endsOfChanged(before: readonly StackState[], after: readonly StackState[], { links }: EstatePlan): string[] {
  const stood = new Map(before.map(({ path, template }) => [path, JSON.stringify(template)]));
  const changed = after.filter(({ path, template }) => path.startsWith('links/') && stood.get(path) !== JSON.stringify(template));
  const touched = links.filter(({ path }) => changed.some((stack) => stack.path.startsWith(`links/${path}/`)));
  return [...new Set(touched.flatMap(regionsOfLink))];
}
