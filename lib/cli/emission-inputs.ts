/** All that emitters read, as texts: where they are equal, so is what would be written, and nobody has to write it to know. */
import type { Estate } from '../estate/model/model';
import type { EstatePlan } from '../plan/model';
import { regionsOfLink } from './linked-world';

export interface EmissionInputs {
  /** By region. User-data is in it as what it is rendered from: the fleets' contexts and the texts of their profiles. */
  readonly regions: ReadonlyMap<string, string>;
  /** Of the stacks of all links: one reads what others plan at the same places. */
  readonly links: string;
}

/** @param plan of the whole estate */
export function emissionInputs(estate: Estate, plan: EstatePlan): EmissionInputs {
  const { idcs, links } = plan;
  const profiles = new Map([...estate.profiles].map(([name, profile]) => [name, JSON.stringify(profile)]));
  const regions = plan.regions.map((region): [string, string] => {
    const used = [...new Set(region.fleets.flatMap((fleet) => fleet.profiles))];
    const touching = links.filter((link) => regionsOfLink(link).includes(region.name));
    return [region.name, JSON.stringify([plan.estate, region, touching, used.map((name) => profiles.get(name))])];
  });
  const networks = plan.regions.flatMap((region) => (region.provider === 'aliyun' && region.cen ? [region.cen] : []));
  return { regions: new Map(regions), links: JSON.stringify([plan.estate, plan.tags, links, idcs, networks]) };
}
