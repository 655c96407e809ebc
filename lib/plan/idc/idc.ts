/** A data centre as its routers and hosts are configured. */
import { formatCidr } from '../../estate/addresses/cidr';
import { distinctRanges } from '../../estate/addresses/ranges';
import type { Estate, Idc } from '../../estate/model/model';
import { narrowRanges } from '../links/narrow-ranges';
import type { IdcPlan } from '../model';
import { planIdcHosts } from './hosts';
import { edgesOf, planRouters } from './routers';

export function planIdc(estate: Estate, idc: Idc): IdcPlan {
  const links = edgesOf(estate, idc);
  const announces = distinctRanges(links.flatMap(({ edge }) => edge.announced));
  return {
    name: idc.name,
    ...(idc.asn === undefined ? {} : { asn: idc.asn }),
    cidr: formatCidr(idc.block),
    ...(idc.containers === undefined ? {} : { containers: formatCidr(idc.containers) }),
    mtu: idc.mtu,
    time: idc.time,
    pools: distinctRanges([estate.addressing.hosts.pool, estate.addressing.containers.pool]).map(formatCidr),
    routers: planRouters(estate, idc, links, announces.map(formatCidr)),
    hosts: planIdcHosts(idc, narrowRanges(estate, idc, idc.mtu)),
  };
}
