import type { Estate, Region } from '../estate/model';
import { planFleets } from './fleets';
import { planIdc } from './idc';
import { planLinks } from './links';
import type { EstatePlan, RegionPlan } from './model';
import { artifactBucket } from './names';
import { planNetwork } from './network';
import { planSecurityGroups } from './security';
import { planStacks } from './stacks';
import { planTransit } from './transit';

/**
 * From an Estate to everything that can be known before a cloud is touched. Pure: no clock, no network, no file; the
 * same estate gives the same plan, byte for byte.
 *
 * @param regions plan these regions only; their plans are the same as in a plan of the whole estate
 */
export function planEstate(estate: Estate, regions?: readonly string[]): EstatePlan {
  const wanted = regions === undefined ? estate.regions : estate.regions.filter((r) => regions.includes(r.name));
  return {
    estate: estate.name,
    tags: estate.tags,
    // A region of another provider waits for its emitter; validation has said so, its addresses count.
    regions: wanted.filter((r) => r.provider === 'aws').map((region) => planRegion(estate, region)),
    idcs: estate.idcs.map((idc) => planIdc(estate, idc)),
    links: planLinks(estate, regions),
  };
}

function planRegion(estate: Estate, region: Region): RegionPlan {
  const fleets = planFleets(estate, region);
  const transit = planTransit(estate, region);
  return {
    name: region.name,
    provider: region.provider,
    aws: region.aws,
    generation: region.generation,
    tags: { ...estate.tags, ...region.tags },
    artifactBucket: artifactBucket(estate.name, region),
    network: planNetwork(
      region,
      fleets.filter((f) => f.kind === 'members'),
      transit !== undefined,
    ),
    securityGroups: planSecurityGroups(estate, region),
    fleets,
    stacks: planStacks(region, transit !== undefined),
    ...(transit === undefined ? {} : { transit }),
  };
}
