import { cloudOf } from '../../../clouds/clouds';
import { RFC1918, SHARED } from '../../../facts/ranges';
import { cidr, containsCidr, formatCidr, overlaps } from '../../addresses/cidr';
import { nextUsable } from '../../addresses/unusable';
import type { Advice } from '../../findings/finding';
import { set } from '../../findings/remedy';
import type { Estate } from '../../model/model';
import { type RangePlace, ranges } from '../places';
import { ESTATE_PATH, type Rule } from '../rule';
import { freeBlock } from './free';
import { moved } from './moved';

/** Where an Aliyun region exists, containers have RFC 1918 addresses. Source: Aliyun VPC, "CreateRouteEntry" (100.64.0.0/10 must not be a destination). */
export const containerPoolIsPrivate: Rule = {
  code: 'CONTAINER_POOL_NOT_PRIVATE',
  title: 'Container pools are RFC 1918 when an Aliyun region exists.',
  why: `Aliyun refuses routes to ${SHARED} and treats other ranges as the internet`,
  check(estate) {
    if (!containersArePrivate(estate)) return [];
    const isPrivate = (range: Parameters<typeof formatCidr>[0]): boolean => RFC1918.some((r) => containsCidr(cidr(r), range));
    const { pool } = estate.addressing.containers;
    const own = { file: ESTATE_PATH, path: ['addressing', 'containers', 'pool'], range: pool };
    const written = ranges(estate).filter((p) => p.kind === 'containers');
    // Blocks of a pool that isn't private are wrong for that alone.
    const wrong = isPrivate(pool) ? written.filter(({ range }) => !isPrivate(range)) : [own];
    return wrong.map(({ file, path, range }) => ({
      file,
      path,
      message: `${formatCidr(range)} is not private`,
      ...(range === pool ? movedPool(estate) : movedBlock(estate, { file, path, range, kind: 'containers' })),
    }));
  },
};

/** Whether containers of every place have to have private addresses. */
export function containersArePrivate({ regions }: Pick<Estate, 'regions'>): boolean {
  return regions.some((region) => cloudOf(region).privateContainers);
}

function movedBlock(estate: Estate, place: Omit<RangePlace, 'of'>): Advice {
  const free = freeBlock(estate, 'containers', place.range.bits, place);
  return free === undefined ? { fix: 'make the pool of containers larger' } : { write: [moved(estate, place, free)] };
}

/** Another pool, and each block at the next free place of it. */
function movedPool(estate: Estate): Advice {
  const { hosts, containers } = estate.addressing;
  const blocks = ranges(estate).filter((p) => p.kind === 'containers' && containsCidr(containers.pool, p.range));
  for (const pool of RFC1918.map((range) => cidr(range)).sort((a, b) => b.bits - a.bits)) {
    if (overlaps(pool, hosts.pool) || pool.bits > containers.blockBits) continue;
    const taken = ranges(estate).flatMap(({ range }) => (blocks.some((b) => b.range === range) ? [] : [range]));
    const steps = blocks.map((place) => {
      const free = nextUsable(pool, place.range.bits, taken);
      if (free !== undefined) taken.push(free);
      return free && moved(estate, place, formatCidr(free));
    });
    if (steps.every((step) => step !== undefined))
      return { write: [[...set(['addressing', 'containers', 'pool'], formatCidr(pool), ESTATE_PATH), ...steps.flat()]] };
  }
  return { fix: `choose a range inside ${RFC1918.join(', ')} that the pool of hosts leaves free` };
}
