/** All that emitters read, as texts: where they are equal, so is what would be written, and nobody has to write it to know. */
import type { Estate } from '../estate/model/model';
import { rackContext } from '../plan/idc/context';
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

/** By data centre, all that its files are made of: its plan, its links, and what its racks' user-data is rendered from. */
export function idcInputs(estate: Estate, plan: EstatePlan): ReadonlyMap<string, string> {
  return new Map(
    estate.idcs.map((idc): [string, string] => {
      const planned = plan.idcs.find(({ name }) => name === idc.name);
      const links = plan.links.filter(({ a, b }) => [a.place, b.place].includes(idc.name));
      const profiles = [...new Set(idc.racks.flatMap((rack) => rack.profiles))].map((name) => estate.profiles.get(name));
      return [idc.name, JSON.stringify([planned, links, idc.racks.map((rack) => rackContext(estate, idc, rack)), profiles])];
    }),
  );
}
