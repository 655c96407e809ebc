import { allOf, attempt } from '../estate/findings/attempt';
import { lostZones } from '../estate/model/lost-zones';
import type { AliyunRegion, Estate, Region } from '../estate/model/model';
import { needsTransit } from '../estate/model/resolved-links';
import { ESTATE_PATH } from '../estate/rules/rule';
import { planIdc } from './idc/idc';
import { planLinks } from './links/links';
import { planTransit } from './links/transit';
import type { AliyunRegionPlan, AwsRegionPlan, CenPlan, EstatePlan, RegionPlan } from './model';
import { artifactBucket } from './names';
import { planFleets } from './region/fleets';
import { planLoadBalancers } from './region/load-balancers';
import { planNetwork } from './region/network';
import { planSecurityGroups } from './region/security';
import { planStacks } from './stacks';

/**
 * From an Estate to everything that can be known before a cloud is touched. Pure: no clock, no network, no file; the
 * same estate gives the same plan, byte for byte. Throws the findings of all places that can't be planned.
 *
 * @param regions plan these regions only; their plans are the same as in a plan of the whole estate
 */
export function planEstate(estate: Estate, regions?: readonly string[]): EstatePlan {
  const wanted = regions === undefined ? estate.regions : estate.regions.filter((r) => regions.includes(r.name));
  return {
    estate: estate.name,
    tags: estate.tags,
    regions: allOf(wanted.map((region) => attempt(region.file, `the plan of ${region.name}`, () => planRegion(estate, region)))),
    idcs: allOf(estate.idcs.map((idc) => attempt(idc.file, `the plan of ${idc.name}`, () => planIdc(estate, idc)))),
    links: allOf([attempt(ESTATE_PATH, 'the plan of links', () => planLinks(estate, regions))]).flat(),
  };
}

/** Planned once, whoever asks: what is rendered from a fleet's plan is kept by it. */
const memo = new WeakMap<Estate, Map<Region, RegionPlan>>();

function planRegion(estate: Estate, region: Region): RegionPlan {
  const planned = memo.get(estate) ?? new Map<Region, RegionPlan>();
  memo.set(estate, planned);
  const plan = planned.get(region) ?? newPlan(estate, region);
  planned.set(region, plan);
  return plan;
}

function newPlan(estate: Estate, region: Region): RegionPlan {
  const fleets = planFleets(estate, region);
  const transit = planTransit(estate, region);
  const loadBalancers = planLoadBalancers(estate, region, fleets);
  return {
    name: region.name,
    cloudRegion: region.cloudRegion,
    ...providerOf(estate, region),
    generation: region.generation,
    tags: { ...estate.tags, ...region.tags },
    artifactBucket: artifactBucket(estate.name, region),
    network: planNetwork(
      region,
      lostZones(estate, region),
      fleets.filter((f) => f.kind === 'members'),
      transit !== undefined,
    ),
    securityGroups: planSecurityGroups(estate, region),
    fleets,
    stacks: planStacks(estate, region, transit !== undefined),
    ...(transit === undefined ? {} : { transit }),
    ...(loadBalancers.length === 0 ? {} : { loadBalancers }),
  };
}

function providerOf(
  estate: Estate,
  region: Region,
): Pick<AwsRegionPlan, 'provider' | 'aws'> | Pick<AliyunRegionPlan, 'provider' | 'aliyun' | 'cen'> {
  if (region.provider === 'aws') return { provider: 'aws', aws: region.aws };
  const cen = planCen(estate, region);
  return { provider: 'aliyun', aliyun: region.aliyun, ...(cen === undefined ? {} : { cen }) };
}

/** For the region that it stands in, and for those whose transit routers belong to it. */
function planCen(estate: Estate, region: AliyunRegion): CenPlan | undefined {
  const home = estate.regions.find((r) => r.name === estate.cen);
  if (home === undefined || (home.name !== region.name && !needsTransit(estate, region))) return undefined;
  return { name: home.name, cloudRegion: home.cloudRegion, generation: home.generation };
}
