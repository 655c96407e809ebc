import { cloudOf } from '../../../clouds/clouds';
import { RFC1918, SHARED } from '../../../facts/ranges';
import { cidr, containsCidr, formatCidr } from '../../addresses/cidr';
import type { Estate } from '../../model/model';
import { ranges } from '../places';
import { ESTATE_PATH, type Rule } from '../rule';

/** Where an Aliyun region exists, containers have RFC 1918 addresses. Source: Aliyun VPC, "CreateRouteEntry" (100.64.0.0/10 must not be a destination). */
export const containerPoolIsPrivate: Rule = {
  code: 'CONTAINER_POOL_NOT_PRIVATE',
  title: 'Container pools are RFC 1918 when an Aliyun region exists.',
  why: `Aliyun refuses routes to ${SHARED} and treats other ranges as the internet`,
  check(estate) {
    if (!containersArePrivate(estate)) return [];
    const isPrivate = (range: Parameters<typeof formatCidr>[0]): boolean => RFC1918.some((r) => containsCidr(cidr(r), range));
    const pool = estate.addressing.containers.pool;
    const written = ranges(estate).filter((p) => p.kind === 'containers');
    return [{ file: ESTATE_PATH, path: ['addressing', 'containers', 'pool'], range: pool }, ...written]
      .filter(({ range }) => !isPrivate(range))
      .map(({ file, path, range }) => ({
        file,
        path,
        message: `${formatCidr(range)} is not private`,
        fix: `write a range inside ${RFC1918.join(', ')}`,
      }));
  },
};

/** Whether containers of every place have to have private addresses. */
export function containersArePrivate({ regions }: Pick<Estate, 'regions'>): boolean {
  return regions.some((region) => cloudOf(region).privateContainers);
}
