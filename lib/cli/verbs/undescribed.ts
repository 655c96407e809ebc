/** What stands of the estate and is no longer described, as the engines tell it. Only read. */
import { CLOUDS } from '../../clouds/clouds';
import { type Undescribed, type UndescribedStack, undescribedStacks } from '../../deploy/undescribed';
import type { Estate } from '../../estate/model/model';
import { cloudRegionId } from '../../facts/region';
import type { RegionPlan } from '../../plan/model';
import type { StackState } from '../../review/diff';
import type { JsonObject } from '../../review/diff/model/json';
import { enginesFor } from '../engines';
import { Refusal } from '../verb';
import { type DeployTarget, linkStacks, regionStacks } from './deploy-target';

/** @param names regions, described or not */
export async function undescribedIn(
  { estate, plan }: Pick<DeployTarget, 'estate' | 'plan'>,
  names: readonly string[],
): Promise<Undescribed> {
  const regions = names.map((name) => ({ name, ...placeAt(estate, name) }));
  const planned = [...plan.regions.flatMap(({ name }) => regionStacks(plan, name)), ...plan.links.flatMap(linkStacks)];
  const engines = await enginesFor(estate, new Set(regions.map(({ provider }) => provider)));
  return undescribedStacks(regions, new Set(planned.map(({ name }) => name)), engines);
}

/** A region that is not described is of the cloud that has one of this name. */
function placeAt(estate: Estate, name: string): Pick<RegionPlan, 'provider' | 'cloudRegion'> {
  const described = estate.regions.find((region) => region.name === name);
  if (described !== undefined) return described;
  const cloudRegion = cloudRegionId(name);
  const cloud = Object.values(CLOUDS).find((one) => one.regions(estate).includes(cloudRegion));
  if (cloud !== undefined) return { provider: cloud.provider, cloudRegion };
  throw new Refusal(
    'REGION_UNKNOWN',
    `neither the estate nor a cloud has a region "${name}"`,
    `name the region as its cloud does; one that the estate called otherwise: put regions/${name}.yaml back, and take it down by meissa destroy ${name}`,
  );
}

export function undescribedState({ place, standing, template }: UndescribedStack): StackState {
  const { path, name, provider, region, cloudRegion } = place;
  const { parameters, tags } = standing;
  return { path, name, provider, region, cloudRegion, template: template as JsonObject, parameters, tags };
}
