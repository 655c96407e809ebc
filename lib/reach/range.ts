/** Ranges and addresses as numbers: what templates and router files say, checked once when they are read. */
import { formatIpv4, parseIpv4, sizeOfBits } from '../estate/addresses/cidr';
import type { Range } from './world';

/** `a.b.c.d/n`, host bits cut off as routers do; undefined when it is no IPv4 range. */
export function readRange(text: unknown): Range | undefined {
  if (typeof text !== 'string') return undefined;
  const slash = text.indexOf('/');
  const base = parseIpv4(slash < 0 ? text : text.slice(0, slash));
  const bits = slash < 0 ? 32 : Number(text.slice(slash + 1));
  if (base === undefined || !Number.isInteger(bits) || bits < 0 || bits > 32) return undefined;
  return { base: base - (base % sizeOfBits(bits)), bits };
}

/** `a.b.c.d` or `a.b.c.d/n`: the address itself and the prefix length. */
export function readAddress(text: unknown): { readonly address: number; readonly bits: number } | undefined {
  const range = readRange(text);
  if (range === undefined) return undefined;
  return { address: parseIpv4((text as string).split('/')[0]!)!, bits: range.bits };
}

export function formatRange(range: Range): string {
  return `${formatIpv4(range.base)}/${range.bits}`;
}

export function holds({ base, bits }: Range, address: number): boolean {
  return bits === 0 || (address ^ base) >>> (32 - bits) === 0;
}

/** Whether `outer` holds all of `inner`. */
export function holdsRange(outer: Range, inner: Range): boolean {
  return inner.bits >= outer.bits && holds(outer, inner.base);
}

/** The network of an interface's address. */
export function networkOf({ address, bits }: { readonly address: number; readonly bits: number }): Range {
  return { base: address - (address % sizeOfBits(bits)), bits };
}

/** One number a range, for keys of maps. */
export function rangeKey(range: Range): number {
  return range.base * 64 + range.bits;
}
