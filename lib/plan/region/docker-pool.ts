/** Where networks of docker get addresses on the hosts of a place. */

import { type Cidr, cidr, overlaps, parseIpv4 } from '../../estate/addresses/cidr';
import { containerBlock, isRegion, otherEnd } from '../../estate/model/links';
import type { ContainerMode, Estate, Idc, Region } from '../../estate/model/model';
import { linksOf } from '../../estate/model/resolved-links';
import { DOCKER_POOL, DOCKER_RANGES } from '../../facts/docker';

/**
 * A pool of their own where containers have planned ranges, and where docker's choice could be a range that a host has to reach: a
 * bridge on the host has priority over any route. What is reached counts, not the pools: a tenth region must not restart the hosts of
 * nine that it isn't joined with. In mode prefix hosts themselves give docker the prefixes that they have, and it refuses to be told twice.
 *
 * @default - docker's own choice
 */
export function dockerPool(estate: Estate, place: Region | Idc, mode: ContainerMode): string | undefined {
  if (mode === 'prefix') return undefined;
  const taken = DOCKER_RANGES.map(cidr);
  const meets = (range: Cidr): boolean => taken.some((own) => overlaps(own, range));
  return mode === 'host-gw' || reached(estate, place).some(meets) ? DOCKER_POOL : undefined;
}

/** Ranges that hosts of a place reach: its own, and what others give it. */
function reached(estate: Estate, place: Region | Idc): Cidr[] {
  const own = containerBlock(place);
  return [
    place.block,
    ...(own === undefined ? [] : [own]),
    ...(isRegion(place) ? [] : mirror(place)),
    ...linksOf(estate, place).flatMap((link) => otherEnd(link, place.name).ranges.map((range) => range.cidr)),
  ];
}

/** A data centre's mirror of artifacts, where its address is written. */
function mirror({ artifacts }: Idc): Cidr[] {
  const address = artifacts === undefined ? undefined : parseIpv4(/^https?:\/\/([0-9.]+)/.exec(artifacts)?.[1] ?? '');
  return address === undefined ? [] : [{ base: address, bits: 32 }];
}
