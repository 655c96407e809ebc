/**
 * Who may open connections to containers that have addresses of their own. Their packets arrive at the host's interface, so the
 * host's group must let them in on every port; the host's own nft table keeps the host's ports to those that profiles declare.
 * By CIDR, never by group: a group knows only interfaces, and a container has none.
 */
import { type Cidr, formatCidr } from '../estate/cidr';
import { containerBlock, givenContainers, givenRanges, linksOf, otherEnd, placeOf } from '../estate/links';
import type { Estate, Idc, Region } from '../estate/model';
import { admittedToContainers } from '../estate/route-counts';
import { rangeId } from './given';
import type { SecurityRulePlan } from './model';
import { pascal } from './names';

/** The same for every fleet of the region; none in mode `host`, whose containers use the hosts' addresses. */
export function planContainerRules(estate: Estate, region: Region): SecurityRulePlan[] {
  const own = containerBlock(region);
  if (own === undefined) return [];
  const rules = new Map<string, SecurityRulePlan>();
  // What the quota of rules is checked against; a range inside another needs no rule.
  const admitted = new Set(admittedToContainers(estate, region).map(formatCidr));
  // Keyed by range: the cloud refuses two rules of one protocol and range, and in mode prefix hosts and containers share one.
  const add = (id: string, range: Cidr, why: string): void => {
    const cidr = formatCidr(range);
    if (rules.has(cidr) || !admitted.has(cidr)) return;
    rules.set(cidr, { id: `AllFrom${id}`, protocol: 'all', fromPort: 0, toPort: 65535, from: { kind: 'cidr', cidr }, why });
  };
  const linked = linksOf(estate, region).map((link) => otherEnd(link, region.name));
  const hosts = region.containers.openTo.includes('hosts');
  add(`${pascal(region.name)}Containers`, own, `containers of ${region.name} reach each other`);
  for (const end of linked) {
    const place = placeOf(estate, end.place);
    if (place === undefined) continue;
    for (const range of givenContainers(estate, end))
      add(containersId(place, range), range, `containers of ${place.name} reach containers`);
  }
  if (hosts) {
    add(`${pascal(region.name)}Hosts`, region.block, `hosts of ${region.name} reach containers`);
    for (const end of linked) {
      const place = placeOf(estate, end.place);
      if (place === undefined) continue;
      const given = givenRanges(estate, end).filter((range) => range.kind === 'hosts');
      for (const { cidr } of given) add(rangeId(place, cidr), cidr, `hosts of ${place.name} reach containers`);
    }
  }
  return [...rules.values()];
}

/** In mode prefix the containers' range is the host block, and still is theirs here. */
function containersId(place: Region | Idc, range: Cidr): string {
  const block = containerBlock(place);
  const whole = block !== undefined && block.base === range.base && block.bits === range.bits;
  return whole ? `${pascal(place.name)}Containers` : rangeId(place, range);
}
