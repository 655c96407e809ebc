/** From a plan to the stacks of a CDK app. */
import type { App, Stack } from 'aws-cdk-lib/core';
import type { UserData } from '../cloud-config/model';
import { FindingsError, sortFindings } from '../estate/finding';
import { nearest } from '../estate/nearest';
import type { EstatePlan, FleetPlan, RegionPlan } from '../plan/model';
import { acknowledgeRules } from './acknowledged';
import type { RegionSource } from './region-props';
import { RegionStacks } from './region-stacks';
import { sizeFindings } from './sizes';

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
   * Emit L1 constructs instead of blocks: the same templates, for aspects and cdk-nag.
   *
   * @default false
   */
  readonly expand?: boolean;
}

/**
 * Adds the stacks of an estate to an app: `<region>/base`, `<region>/network`, `<region>/<cluster>-<fleet>`,
 * `<region>/<cluster>-<fleet>-<n>`. Returns them by construct path, in the order that they deploy.
 *
 * @throws RangeError for a region that the plan doesn't have, with the nearest name
 * @throws FindingsError for stacks that CloudFormation would refuse for their size
 */
export function emitEstate(app: App, plan: EstatePlan, options: EmitOptions): Map<string, Stack> {
  acknowledgeRules(app);
  const sources = selectRegions(plan, options.regions).map((region): RegionSource => {
    return { region, estate: plan.estate, userDataOf: options.userDataOf, expand: options.expand };
  });
  const findings = sources.flatMap(sizeFindings);
  if (findings.length > 0) throw new FindingsError(sortFindings(findings));
  const stacks = new Map<string, Stack>();
  for (const source of sources) {
    for (const stack of new RegionStacks(app, source).stacks.values()) stacks.set(stack.node.path, stack);
  }
  return stacks;
}

/** Regions are selected before anything is constructed: one region of ten costs a tenth. */
export function selectRegions(plan: EstatePlan, names?: readonly string[]): RegionPlan[] {
  const known = plan.regions.map((region) => region.name);
  for (const name of names ?? []) {
    if (!known.includes(name)) {
      const near = nearest(name, known);
      throw new RangeError(
        `unknown region ${name}${near === undefined ? '' : `: did you mean ${near}?`} (regions: ${known.join(', ')})`,
      );
    }
  }
  return plan.regions.filter((region) => region.provider === 'aws' && (names === undefined || names.includes(region.name)));
}
