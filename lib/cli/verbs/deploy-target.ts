/** What a deploy verb works on: regions, links, their stacks in order, and the engines that keep them. */
import { cloudOf } from '../../clouds/clouds';
import { exclusiveOf } from '../../deploy/aliyun/assembly';
import type { StackPlace, StackWithMembers } from '../../deploy/engine';
import type { Ordered } from '../../deploy/order';
import type { WaveOptions } from '../../deploy/waves';
import type { Finding } from '../../estate/findings/finding';
import type { CloudRegionId, Estate, Provider, RegionName } from '../../estate/model/model';
import { cloudRegionId } from '../../facts/region';
import type { EstatePlan, LinkPlan, LinkStackPlan } from '../../plan/model';
import { stackName } from '../../plan/names';
import { planEstate } from '../../plan/plan';
import { aliyunOut } from '../aliyun-out';
import { linksAmong, regionsOfLink } from '../linked-world';
import { loadValid, unknown } from '../loading';
import { Refusal, type VerbContext } from '../verb';

export interface PlannedStack extends StackWithMembers, Ordered {
  readonly holdsData: boolean;
  /** What two stacks may not do at once. */
  readonly exclusive: readonly string[];
}

export interface DeployTarget {
  readonly estate: Estate;
  readonly warnings: readonly Finding[];
  readonly plan: EstatePlan;
  /** As named on the command line: the order in which they are worked on. */
  readonly regions: readonly string[];
  /** Data centres among the names, or all: no engine keeps them. @default - the verb takes none */
  readonly idcs?: readonly string[];
  readonly links: readonly LinkPlan[];
  /** Links that touch one of the regions and are not worked on, because another of their regions was not named. */
  readonly left: readonly LinkPlan[];
  /** Regions in order, then links. */
  readonly stacks: readonly PlannedStack[];
}

/**
 * @param names regions as the command line gave them, or all that are described
 * @param links `--links`: paths, or `all` for every link of these regions. @default - links whose regions are all named
 * @param options `idcs`: whether a data centre may be named too; `shown`: codes of errors that do not stop the verb
 */
export function deployTarget(
  context: VerbContext,
  names: readonly string[] | 'all',
  links?: readonly string[],
  { idcs: withIdcs = false, shown = [] }: { readonly idcs?: boolean; readonly shown?: readonly string[] } = {},
): DeployTarget {
  if (names !== 'all' && names.length === 0 && (links === undefined || links.length === 0))
    throw new Refusal('NO_REGION', 'no region is named', 'name regions: meissa deploy sa-east-1 us-east-1');
  const { estate, warnings } = loadValid(context, names === 'all' ? undefined : names, { shown });
  const all = withIdcs ? estate.idcs.map(({ name }) => name) : [];
  const idcs = names === 'all' ? all : all.filter((name) => names.includes(name));
  const regions =
    names === 'all' ? estate.regions.map(({ name }) => name) : [...new Set(names)].filter((name) => !idcs.includes(name));
  const known = [...estate.regions.map(({ name }) => name), ...all];
  for (const name of regions) if (!estate.regions.some((region) => region.name === name)) throw unknown('region', name, known);
  // Regions that were read as outlines cost nothing to plan, and links may end at them.
  const plan = planEstate(estate);
  const chosen = chooseLinks(plan, regions, links);
  const touching = plan.links.filter((link) => link.stacks.length > 0 && regionsOfLink(link).some((r) => regions.includes(r)));
  return {
    estate,
    warnings,
    plan,
    regions,
    idcs,
    links: chosen,
    left: touching.filter((link) => !chosen.includes(link)),
    stacks: [...regions.flatMap((name) => regionStacks(plan, name)), ...chosen.flatMap((link) => linkStacks(link))],
  };
}

function chooseLinks(plan: EstatePlan, regions: readonly string[], asked: readonly string[] | undefined): LinkPlan[] {
  const among = linksAmong(plan, regions);
  if (asked === undefined) return among;
  const stacked = plan.links.filter((link) => link.stacks.length > 0);
  if (asked.includes('none')) return [];
  if (asked.includes('all')) return stacked.filter((link) => regionsOfLink(link).some((name) => regions.includes(name)));
  const known = [...new Set(stacked.map((link) => link.path))];
  for (const path of asked) if (!known.includes(path)) throw unknown('link', path, known);
  return stacked.filter((link) => among.includes(link) || asked.includes(link.path));
}

export function regionStacks(plan: EstatePlan, name: RegionName): PlannedStack[] {
  const region = plan.regions.find((r) => r.name === name);
  return (region?.stacks ?? []).map((stack) => ({
    provider: region!.provider,
    path: `${name}/${stack.id}`,
    name: stack.name,
    region: name,
    cloudRegion: region!.cloudRegion,
    dependsOn: stack.dependsOn.map((id) => `${name}/${id}`),
    changesAfter: stack.changesAfter.map((id) => `${name}/${id}`),
    holdsData: stack.holdsData,
    exclusive: [],
  }));
}

/** Each stack of a link stands in the region of one of its ends. */
function cloudRegionOf({ id, a, b }: LinkPlan, { region }: LinkStackPlan): CloudRegionId {
  const { cloudRegion } = [a, b].find(({ place }) => place === region) ?? {};
  if (cloudRegion === undefined) throw new RangeError(`${id}: ${region} is no region at an end of it`);
  return cloudRegion;
}

export function linkStacks(link: LinkPlan): PlannedStack[] {
  return link.stacks.map((stack) => ({
    provider: link.cloud,
    path: `links/${link.path}/${stack.id}`,
    name: stack.name,
    region: stack.region,
    cloudRegion: cloudRegionOf(link, stack),
    dependsOn: stack.dependsOn,
    holdsData: false,
    exclusive: [],
  }));
}

/** The target's stacks, and those of links that touch its regions: all that a person asks about when they name a region. */
export function touchedStacks({ stacks, left }: DeployTarget): PlannedStack[] {
  return [...stacks, ...left.flatMap((link) => linkStacks(link))];
}

/** Stacks of Aliyun with what their emitter says of them: members, configurations, and stacks of other regions that come before. */
export function withManifests({ estate, regions }: DeployTarget, stacks: readonly PlannedStack[]): PlannedStack[] {
  if (stacks.every((stack) => cloudOf(stack).cdk)) return [...stacks];
  const links = [...new Set(stacks.flatMap(({ path }) => (path.startsWith('links/') ? [path.split('/')[1]!] : [])))];
  const { manifest, templates } = aliyunOut(estate, { regions, ...(links.length === 0 ? {} : { links }) })?.assembly ?? {};
  const byPath = new Map(manifest?.stacks.map((stack) => [stack.path, stack]));
  return stacks.map((stack) => {
    const ros = byPath.get(stack.path);
    if (ros === undefined) return stack;
    const exclusive = exclusiveOf(ros, templates?.get(stack.path) ?? {});
    return {
      ...stack,
      ros,
      dependsOn: ros.dependsOn,
      changesAfter: ros.changesAfter ?? [],
      holdsData: ros.deletionProtection,
      exclusive,
    };
  });
}

/** Where a stack of the estate stands, of this deploy or not. */
export function placeOf(plan: EstatePlan, path: string): StackPlace {
  for (const link of plan.links) {
    const found = linkStacks(link).find((stack) => stack.path === path);
    if (found !== undefined) return found;
  }
  const [region = '', ...id] = path.split('/');
  const { provider, cloudRegion } = plan.regions.find((r) => r.name === region) ?? notPlanned(region);
  return { provider, path, name: stackName(region, id.join('/')), region, cloudRegion };
}

/** Of a region that the estate has no more. */
const notPlanned = (name: string) => ({ provider: 'aws', cloudRegion: cloudRegionId(name) }) as const;

/** Providers that a deploy of these stacks talks to, those of stacks they need included. */
export function providersOf(plan: EstatePlan, stacks: readonly (StackPlace & Ordered)[]): Set<Provider> {
  const outside = stacks.flatMap((stack) => stack.dependsOn).map((path) => placeOf(plan, path).provider);
  return new Set([...stacks.map((stack) => stack.provider), ...outside]);
}

/** `--concurrency`, `--regions-at-once`, `--failure-tolerance`. */
export function waveOptions(options: Record<string, unknown>): WaveOptions {
  return {
    concurrency: whole(options.concurrency, '--concurrency', 4, 1, 50),
    regionsAtOnce: whole(options.regionsAtOnce, '--regions-at-once', 1, 1, 100),
    failureTolerance: whole(options.failureTolerance, '--failure-tolerance', 0, 0, 100),
  };
}

function whole(given: unknown, option: string, fallback: number, least: number, most: number): number {
  if (given === undefined) return fallback;
  const value = /^\d+$/.test(String(given)) ? Number(given) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new Refusal(
    'BAD_NUMBER',
    `${option} ${String(given)} is no whole number from ${least} to ${most}`,
    `${option} ${fallback}`,
  );
}
