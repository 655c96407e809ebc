import { cloudOf } from '../../../clouds/clouds';
import { RFC1918, SHARED } from '../../../facts/ranges';
import { cidr, formatCidr, overlaps } from '../../addresses/cidr';
import { nextUsable, UNUSABLE_RANGES, type UnusableRange } from '../../addresses/unusable';
import type { Advice } from '../../findings/finding';
import { set } from '../../findings/remedy';
import { isRegion, otherEnd } from '../../model/links';
import type { Estate } from '../../model/model';
import { linksOf, placeOf } from '../../model/resolved-links';
import { type RangePlace, ranges } from '../places';
import { ESTATE_PATH, type Problem, type Rule } from '../rule';
import { containersArePrivate } from './container-pool-is-private';
import { freeBlock } from './free';
import { moved } from './moved';

/** No block is one that the cloud, the hosts or docker have for something else. Source: "VPC CIDR blocks"; Aliyun VPC, "CreateVpc" (CidrBlock); RFC 6890. */
export const rangesAreUsable: Rule = {
  code: 'RANGE_UNUSABLE',
  title: 'No block lies in a range that clouds, hosts or docker keep for something else.',
  why: 'the cloud refuses such a network, or hosts drop its packets',
  check(estate) {
    const places = ranges(estate);
    const told = places.flatMap((place): Problem[] => {
      const kept = unusable(estate, place);
      if (kept === undefined) return [];
      const { file, path } = place;
      return [
        {
          file,
          path,
          message: `${formatCidr(place.range)} lies in ${formatCidr(kept.range)}: ${kept.what}`,
          ...advice(estate, place),
        },
      ];
    });
    return [...told, ...pools(estate, places)];
  },
};

/** The range that a place's own can't be in; undefined where it may stay. */
export function unusable(estate: Estate, place: RangePlace): UnusableRange | undefined {
  // Another rule tells of containers beside a region that routes private addresses only.
  if (place.kind === 'containers' && containersArePrivate(estate)) return undefined;
  return [...UNUSABLE_RANGES, ...keptHere(estate, place)].find(({ range }) => overlaps(range, place.range));
}

function keptHere(estate: Estate, { of, kind, range }: RangePlace): UnusableRange[] {
  const at = placeOf(estate, of);
  if (at === undefined) return [];
  const cloud = isRegion(at) ? cloudOf(at) : undefined;
  const own = kind === 'hosts' ? (cloud?.forbiddenRanges ?? []) : [];
  const beyond = linksOf(estate, at)
    .map((link) => otherEnd(link, of).at)
    .flatMap((other) => (isRegion(other) ? [cloudOf(other)] : []))
    .find((other) => other.forbiddenRanges.includes(SHARED));
  return [
    ...own.map((kept) => ({ range: cidr(kept), what: `${cloud?.name} keeps it for itself` })),
    ...(beyond !== undefined && overlaps(cidr(SHARED), range)
      ? [{ range: cidr(SHARED), what: `${beyond.name} keeps it for itself, and a link leads there` }]
      : []),
  ];
}

function advice(estate: Estate, place: RangePlace): Advice {
  const free = freeBlock(estate, place.kind, place.range.bits, place);
  if (free !== undefined) return { write: [moved(estate, place, free)], fix: 'the next free block' };
  return {
    fix: `choose a block of another pool, and write that pool as \`addressing.${place.kind}.pool\` in estate.yaml: 10.0.0.0/8 is usual for hosts, 172.16.0.0/12 for containers`,
  };
}

/** A pool without any block that a place may have, where no place has one yet. */
function pools(estate: Estate, places: readonly RangePlace[]): Problem[] {
  return (['hosts', 'containers'] as const).flatMap((kind): Problem[] => {
    const { pool, blockBits } = estate.addressing[kind];
    if (
      blockBits < pool.bits ||
      places.some((place) => place.kind === kind) ||
      (kind === 'containers' && containersArePrivate(estate))
    )
      return [];
    if (nextUsable(pool, blockBits, []) !== undefined) return [];
    const kept = UNUSABLE_RANGES.find(({ range }) => overlaps(range, pool));
    const path = ['addressing', kind, 'pool'];
    const other = estate.addressing[kind === 'hosts' ? 'containers' : 'hosts'].pool;
    const apart = RFC1918.find((range) => cidr(range).bits <= blockBits && !overlaps(cidr(range), other));
    return [
      {
        file: ESTATE_PATH,
        path,
        message: `no block of ${formatCidr(pool)} can be used: it is ${kept?.what}`,
        ...(apart === undefined ? { fix: 'make the other pool smaller than the private ranges' } : { write: [set(path, apart)] }),
      },
    ];
  });
}
