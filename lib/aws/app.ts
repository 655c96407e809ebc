/** From a plan to the stacks of a CDK app. */
import type { App, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { allOf, attempt } from '../estate/findings/attempt';
import { FindingsError, sortFindings } from '../estate/findings/finding';
import { nearest } from '../estate/findings/nearest';
import type { UserData } from '../host-config/model';
import type { AwsRegionPlan, EstatePlan, FleetPlan, LinkPlan } from '../plan/model';
import { acknowledgeRules } from './fleet/acknowledged';
import type { LinkSource } from './links/link-source';
import { LinkStacks } from './links/link-stacks';
import type { RegionSource } from './region-props';
import { RegionStacks } from './region-stacks';
import { linkSizeFindings, sizeFindings } from './sizes';

export interface EmitOptions {
  /** User-data of a fleet; memoized by who gives it. */
  readonly userDataOf: (fleet: FleetPlan) => UserData;
  /**
   * Regions to construct. Their templates are the same bytes as with all regions.
   *
   * @default - all regions of the plan
   */
  readonly regions?: readonly string[];
  /**
   * Links to construct, by path: `sa-east-1--us-east-1`. Their templates are the same bytes as with all links.
   *
   * @default 'all'; 'none' where `regions` are selected
   */
  readonly links?: 'all' | 'none' | readonly string[];
  /**
   * Emit L1 constructs instead of blocks: the same templates, for aspects and cdk-nag.
   *
   * @default false
   */
  readonly expand?: boolean;
}

/**
 * Adds the stacks of an estate to an app: `<region>/base`, `<region>/network`, `<region>/transit`, `<region>/<cluster>-<fleet>`,
 * `<region>/<cluster>-<fleet>-<n>`, and after them `links/<a>--<b>/<id>`. Returns them by construct path, in the order of the plan.
 * Stacks of regions depend on their own region only; stacks of links on those of regions and on each other.
 *
 * @throws RangeError for a region or link that the plan doesn't have, with the nearest name
 * @throws FindingsError for stacks that CloudFormation would refuse for their size, and for what a construct refuses
 */
export function emitEstate(app: App, plan: EstatePlan, options: EmitOptions): Map<string, Stack> {
  acknowledgeRules(app);
  const { expand, regions } = options;
  const sources = selectRegions(plan, regions).map((region): RegionSource => {
    return { region, estate: plan.estate, links: plan.links, userDataOf: options.userDataOf, expand };
  });
  const links = selectLinks(plan, options.links ?? (regions === undefined ? 'all' : 'none')).map((link): LinkSource => {
    return { link, links: plan.links, idcs: plan.idcs, estate: plan.estate, tags: plan.tags, expand };
  });
  const findings = [...sources.flatMap(sizeFindings), ...links.flatMap(linkSizeFindings)];
  if (findings.length > 0) throw new FindingsError(sortFindings(findings));
  const stacks = new Map<string, Stack>();
  const made = sources.map((source) => {
    const { name } = source.region;
    return attempt(`regions/${name}.yaml`, `the stacks of ${name}`, () => [...new RegionStacks(app, source).stacks.values()]);
  });
  for (const stack of allOf(made).flat()) stacks.set(stack.node.path, stack);
  allOf([attempt('regions/estate.yaml', 'the stacks of links', () => addLinks(app, links, stacks))]);
  return stacks;
}

/** Dependencies hold where the other stack is in the app too: with `-c link=` the networks stand already. */
function addLinks(app: App, sources: readonly LinkSource[], stacks: Map<string, Stack>): void {
  if (sources.length === 0) return;
  const root = new Construct(app, 'links');
  for (const path of new Set(sources.map((source) => source.link.path))) {
    const pair = sources.filter((source) => source.link.path === path);
    for (const stack of new LinkStacks(root, path, pair).stacks.values()) stacks.set(stack.node.path, stack);
  }
  for (const { link } of sources) {
    for (const plan of link.stacks) {
      const stack = stacks.get(`links/${link.path}/${plan.id}`)!;
      for (const path of plan.dependsOn) {
        const before = stacks.get(path);
        if (before !== undefined) stack.addStackDependency(before);
      }
    }
  }
}

/** AWS regions of the plan. They are selected before anything is constructed: one region of ten costs a tenth. */
export function selectRegions(plan: EstatePlan, names?: readonly string[]): AwsRegionPlan[] {
  refuseUnknown(
    'region',
    names,
    plan.regions.map((region) => region.name),
  );
  return plan.regions.filter(
    (region): region is AwsRegionPlan => region.provider === 'aws' && (names === undefined || names.includes(region.name)),
  );
}

/** Links by path: all of a pair, or none of it. */
export function selectLinks(plan: EstatePlan, paths: 'all' | 'none' | readonly string[]): LinkPlan[] {
  if (paths === 'none') return [];
  const stacked = plan.links.filter((link) => link.cloud === 'aws' && link.stacks.length > 0);
  if (paths === 'all') return stacked;
  refuseUnknown('link', paths, [...new Set(plan.links.map((link) => link.path))]);
  return stacked.filter((link) => paths.includes(link.path));
}

function refuseUnknown(what: 'region' | 'link', names: readonly string[] | undefined, known: readonly string[]): void {
  for (const name of names ?? []) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    throw new RangeError(
      `unknown ${what} ${name}${near === undefined ? '' : `: did you mean ${near}?`} (${what}s: ${known.join(', ')})`,
    );
  }
}
