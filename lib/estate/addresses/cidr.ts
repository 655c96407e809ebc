/**
 * IPv4 addresses and ranges as numbers. `parseCidr` and `parseIpv4` are the only makers of the branded types: what
 * carries the type was checked once and is trusted afterwards.
 */
declare const ipv4Brand: unique symbol;

/** An IPv4 address as an unsigned 32-bit number. */
export type Ipv4 = number & { readonly [ipv4Brand]: true };

/** A range of IPv4 addresses whose base is aligned to its size. */
export interface Cidr {
  readonly base: Ipv4;
  /** Prefix length, 0 to 32. */
  readonly bits: number;
}

/** Parses `a.b.c.d`; undefined when it is not an address. */
export function parseIpv4(text: string): Ipv4 | undefined {
  const match = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/.exec(text);
  if (!match) return undefined;
  let value = 0;
  for (let i = 1; i <= 4; i++) {
    const octet = Number(match[i]);
    if (octet > 255) return undefined;
    value = value * 256 + octet;
  }
  return value as Ipv4;
}

/** Parses `a.b.c.d/n`; undefined when malformed or when host bits are set (`10.0.0.1/16`). */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  if (slash < 0 || !/^(0|[1-9]\d?)$/.test(text.slice(slash + 1))) return undefined;
  const base = parseIpv4(text.slice(0, slash));
  const bits = Number(text.slice(slash + 1));
  if (base === undefined || bits > 32) return undefined;
  return base % sizeOfBits(bits) === 0 ? { base, bits } : undefined;
}

/** Parses what the program itself wrote; throws on anything else. */
export function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  if (!parsed) throw new RangeError(`not an aligned IPv4 range: ${text}`);
  return parsed;
}

/** An address that a schema has checked, or that the program itself wrote; throws on anything else. */
export function ipv4(text: string): Ipv4 {
  const parsed = parseIpv4(text);
  if (parsed === undefined) throw new RangeError(`not an IPv4 address: ${text}`);
  return parsed;
}

/** Addresses in a range of `bits` prefix length. */
export function sizeOfBits(bits: number): number {
  return 2 ** (32 - bits);
}

/** Number of addresses in the range. */
export function cidrSize(range: Cidr): number {
  return sizeOfBits(range.bits);
}

export function formatIpv4(address: number): string {
  return `${Math.floor(address / 16777216) % 256}.${Math.floor(address / 65536) % 256}.${Math.floor(address / 256) % 256}.${address % 256}`;
}

export function formatCidr(range: Cidr): string {
  return `${formatIpv4(range.base)}/${range.bits}`;
}

/** The address `offset` after the base; throws outside the range. */
export function addressAt(range: Cidr, offset: number): Ipv4 {
  if (offset < 0 || offset >= cidrSize(range)) throw new RangeError(`offset ${offset} is outside ${formatCidr(range)}`);
  return (range.base + offset) as Ipv4;
}

/** The `index`-th range of `bits` prefix length inside `range`; throws when it does not fit. */
export function subrange(range: Cidr, bits: number, index: number): Cidr {
  const count = 2 ** (bits - range.bits);
  if (bits < range.bits || bits > 32 || index < 0 || index >= count) {
    throw new RangeError(`no range ${index} of /${bits} in ${formatCidr(range)}`);
  }
  return { base: (range.base + index * sizeOfBits(bits)) as Ipv4, bits };
}

/** Whether the two are one range. */
export function sameCidr(
  a: { readonly base: number; readonly bits: number },
  b: { readonly base: number; readonly bits: number },
): boolean {
  return a.base === b.base && a.bits === b.bits;
}

/** In order of address; of two that begin alike the larger one first. */
export function byRange(
  a: { readonly base: number; readonly bits: number },
  b: { readonly base: number; readonly bits: number },
): number {
  return a.base - b.base || a.bits - b.bits;
}

export function containsAddress(range: Cidr, address: number): boolean {
  return address >= range.base && address < range.base + cidrSize(range);
}

export function containsCidr(outer: Cidr, inner: Cidr): boolean {
  return inner.bits >= outer.bits && containsAddress(outer, inner.base);
}

export function overlaps(a: Cidr, b: Cidr): boolean {
  return containsCidr(a, b) || containsCidr(b, a);
}

/** The first free, aligned range of `bits` in `pool` that overlaps none of `taken`; undefined when the pool is full. */
export function nextFree(pool: Cidr, bits: number, taken: readonly Cidr[]): Cidr | undefined {
  if (bits < pool.bits || bits > 32) return undefined;
  const size = sizeOfBits(bits);
  const end = pool.base + cidrSize(pool);
  const busy = taken.filter((t) => overlaps(pool, t)).sort((a, b) => a.base - b.base);
  let base: number = pool.base;
  for (const t of busy) {
    if (t.base >= base + size) break;
    const after = t.base + cidrSize(t);
    if (after > base) base = Math.ceil(after / size) * size;
  }
  return base + size <= end ? { base: base as Ipv4, bits } : undefined;
}
