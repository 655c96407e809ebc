/** What stands of the estate and is no longer described, as the engines tell it. Only read. */
import { CLOUDS } from '../../clouds/clouds';
import { type Undescribed, type UndescribedStack, undescribedStacks } from '../../deploy/undescribed';
import type { Estate, Provider } from '../../estate/model/model';
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
  const regions = names.map((name) => ({ name, provider: providerAt(estate, name) }));
  const planned = [...plan.regions.flatMap(({ name }) => regionStacks(plan, name)), ...plan.links.flatMap(linkStacks)];
  const engines = await enginesFor(estate, new Set(regions.map(({ provider }) => provider)));
  return undescribedStacks(regions, new Set(planned.map(({ name }) => name)), engines);
}

/** A region that is not described is of the cloud that has one of this name. */
function providerAt(estate: Estate, name: string): Provider {
  const described = estate.regions.find((region) => region.name === name)?.provider;
  const cloud = described ?? Object.values(CLOUDS).find((one) => one.regions(estate).includes(name))?.provider;
  if (cloud !== undefined) return cloud;
  throw new Refusal(
    'REGION_UNKNOWN',
    `neither the estate nor a cloud has a region "${name}"`,
    'the name of the region as its cloud writes it',
  );
}

export function undescribedState({ place, standing, template }: UndescribedStack): StackState {
  const { path, name, provider, region } = place;
  const { parameters, tags } = standing;
  return { path, name, provider, region, template: template as JsonObject, parameters, tags };
}
