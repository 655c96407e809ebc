import { cloudOf } from '../../../clouds/clouds';
import { SHARED } from '../../../facts/ranges';
import { type Cidr, cidr, formatCidr, overlaps } from '../../addresses/cidr';
import { nextUsable, UNUSABLE_RANGES, type UnusableRange } from '../../addresses/unusable';
import { isRegion, otherEnd } from '../../model/links';
import type { Estate } from '../../model/model';
import { linksOf, placeOf } from '../../model/resolved-links';
import { type RangePlace, ranges } from '../places';
import { ESTATE_PATH, type Problem, type Rule } from '../rule';
import { containersArePrivate } from './container-pool-is-private';

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
          fix: advice(estate, place, places),
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

function advice(estate: Estate, place: RangePlace, places: readonly RangePlace[]): string {
  const { pool } = estate.addressing[place.kind];
  const others = places.filter((other) => other !== place).map(({ range }) => range);
  const kept = keptByAll(estate);
  const free = nextUsable(pool, place.range.bits, [...others, ...kept]);
  if (free !== undefined) return `write the next free block, ${formatCidr(free)}`;
  return `write a block of another pool, and that pool as \`addressing.${place.kind}.pool\` in estate.yaml: 10.0.0.0/8 is usual for hosts, 172.16.0.0/12 for containers`;
}

/** What any cloud of the estate keeps. */
function keptByAll(estate: Estate): Cidr[] {
  return estate.regions.flatMap((region) => cloudOf(region).forbiddenRanges.map(cidr));
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
    return [
      {
        file: ESTATE_PATH,
        path: ['addressing', kind, 'pool'],
        message: `no block of ${formatCidr(pool)} can be used: it is ${kept?.what}`,
        fix: `write for example ${kind === 'hosts' ? '10.0.0.0/8' : '172.16.0.0/12'}`,
      },
    ];
  });
}
