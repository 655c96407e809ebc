/** Addresses as `ip` and `nft` read them. */
import { formatIpv4, sizeOfBits } from '../../lib/estate/addresses/cidr';
import type { Range } from '../../lib/reach/world';

export const text = (range: Range): string => `${formatIpv4(range.base)}/${range.bits}`;
export const address = formatIpv4;
export const isIn = (range: Range, value: number): boolean => value >= range.base && value < range.base + sizeOfBits(range.bits);
export const overlap = (a: Range, b: Range): boolean => isIn(a, b.base) || isIn(b, a.base);

/** An anonymous set of nft: each element once. */
export const set = (elements: readonly string[]): string => `{ ${[...new Set(elements)].join(', ')} }`;
