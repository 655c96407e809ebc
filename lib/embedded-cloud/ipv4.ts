/** A block of IPv4 addresses. */
export interface Block {
  /** First address as a number. */
  first: number;
  /** How many addresses. */
  size: number;
  /** Prefix length. */
  bits: number;
}

/** `10.0.0.1` to a number; undefined when it isn't an address. */
export function address(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let n = 0;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined;
    n = n * 256 + Number(part);
  }
  return n;
}

/** A number back to `10.0.0.1`. */
export const dotted = (n: number): string => [n / 2 ** 24, n / 2 ** 16, n / 2 ** 8, n].map((v) => Math.floor(v) % 256).join('.');

/** `10.0.0.0/16` to a block; undefined when it isn't one or has bits set behind the prefix. */
export function block(text: string): Block | undefined {
  const [host, length] = text.split('/');
  const first = address(host ?? '');
  if (first === undefined || length === undefined || !/^\d{1,2}$/.test(length) || Number(length) > 32) return undefined;
  const size = 2 ** (32 - Number(length));
  return first % size === 0 ? { first, size, bits: Number(length) } : undefined;
}

/** `10.0.3.1/16` as `10.0.0.0/16`, which is what EC2 makes of it ("CreateVpc", CidrBlock); undefined when it isn't a range. */
export function canonical(text: string): string | undefined {
  const [host, length, more] = text.split('/');
  const first = address(host ?? '');
  if (first === undefined || more !== undefined || !/^\d{1,2}$/.test(length ?? '') || Number(length) > 32) return undefined;
  const size = 2 ** (32 - Number(length));
  return `${dotted(Math.floor(first / size) * size)}/${Number(length)}`;
}

export const holds = (b: Block, n: number): boolean => n >= b.first && n < b.first + b.size;
export const within = (outer: Block, inner: Block): boolean => holds(outer, inner.first) && inner.bits >= outer.bits;
export const overlaps = (a: Block, b: Block): boolean => holds(a, b.first) || holds(b, a.first);
