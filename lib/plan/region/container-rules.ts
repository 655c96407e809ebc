/**
 * Who may open connections to containers that have addresses of their own. Their packets arrive at the host's interface, so a group
 * of the host must let them in on every port; the host's own nft table keeps the host's ports to those that profiles declare.
 * By CIDR, never by group: a group knows only interfaces, and a container has none.
 *
 * One group a region, `Containers`, which every host is in. The region's own rules stand with it; each link brings its rules in its own
 * stack, so that a place that comes or goes changes nothing but its links.
 */
import { type Cidr, formatCidr, sameCidr } from '../../estate/addresses/cidr';
import { admitted, opensToHosts } from '../../estate/addresses/route-counts';
import { containerBlock } from '../../estate/model/links';
import type { Idc, Region } from '../../estate/model/model';
import type { ResolvedEnd } from '../../estate/model/resolved-links';
import type { SecurityGroupPlan, SecurityRulePlan } from '../model';
import { pascal } from '../names';
import { rangeId } from './given';

/** Id of the group; no fleet's id, which has two capitals. */
export const CONTAINER_GROUP = 'Containers';

/** The region's group, with the rules of the region itself; undefined in mode `host`, whose containers use the hosts' addresses. */
export function planContainerGroup(region: Region): SecurityGroupPlan | undefined {
  const own = containerBlock(region);
  if (own === undefined) return undefined;
  const rules = [rule(`${pascal(region.name)}Containers`, own, `containers of ${region.name} reach each other`)];
  if (opensToHosts(region) && region.containers.mode !== 'prefix')
    rules.push(rule(`${pascal(region.name)}Hosts`, region.block, `hosts of ${region.name} reach containers`));
  return { id: CONTAINER_GROUP, description: `${region.name} containers`, ingress: rules };
}

/**
 * What a region's group lets in for one place that it is linked with.
 *
 * @param ends what that place gives, by each link of the pair
 */
export function planAdmitted(region: Region, ends: readonly ResolvedEnd[]): SecurityRulePlan[] {
  const place = ends[0]?.at;
  if (place === undefined || containerBlock(region) === undefined) return [];
  // The cloud refuses two rules of one protocol and range, and in mode prefix hosts and containers share one.
  return admitted(region, ends).map((range) => {
    const ofContainers = ends.some(({ containers }) => containers.some((c) => sameCidr(c, range)));
    return ofContainers
      ? rule(containersId(place, range), range, `containers of ${place.name} reach containers`)
      : rule(rangeId(place, range), range, `hosts of ${place.name} reach containers`);
  });
}

function rule(id: string, range: Cidr, why: string): SecurityRulePlan {
  const from = { kind: 'cidr', cidr: formatCidr(range) } as const;
  return { id: `AllFrom${id}`, protocol: 'all', fromPort: 0, toPort: 65535, from, why };
}

/** In mode prefix the containers' range is the host block, and still is theirs here. */
function containersId(place: Region | Idc, range: Cidr): string {
  const block = containerBlock(place);
  const whole = block !== undefined && sameCidr(block, range);
  return whole ? `${pascal(place.name)}Containers` : rangeId(place, range);
}
