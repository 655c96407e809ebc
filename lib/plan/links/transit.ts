/** The transit gateway of a region, where some link needs one. */
import { formatCidr } from '../../estate/addresses/cidr';
import { gatewayAsn } from '../../estate/model/links';
import type { Estate, Region } from '../../estate/model/model';
import { needsTransit } from '../../estate/model/resolved-links';
import type { RegionTransitPlan, TransitRoutePlan } from '../model';
import { attachmentSubnets } from '../region/network';

/** Undefined where no link needs a gateway, or where it has no AS number yet: a rule asks for that. */
export function planTransit(estate: Estate, region: Region): RegionTransitPlan | undefined {
  const asn = gatewayAsn(region);
  if (asn === undefined || !needsTransit(estate, region)) return undefined;
  const own = ownRoutes(region);
  return {
    asn,
    subnets: attachmentSubnets(region),
    own,
    blackholes: poolRoutes(estate).filter((pool) => own.every((route) => route.destination !== pool.destination)),
  };
}

function ownRoutes({ name, block, containers }: Region): TransitRoutePlan[] {
  const hosts = { id: 'Hosts', destination: formatCidr(block), why: `hosts of ${name}` };
  if (containers.mode !== 'host-gw' || containers.block === undefined) return [hosts];
  return [hosts, { id: 'Containers', destination: formatCidr(containers.block), why: `containers of ${name}` }];
}

function poolRoutes({ addressing }: Estate): TransitRoutePlan[] {
  const why = 'addresses of the estate that no link carries are dropped here';
  return [
    { id: 'HostsPool', destination: formatCidr(addressing.hosts.pool), why },
    { id: 'ContainersPool', destination: formatCidr(addressing.containers.pool), why },
  ];
}
