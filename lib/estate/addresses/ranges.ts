/** Sets of addresses, written as ranges. */
import { byRange, type Cidr, cidrSize, containsCidr, type Ipv4, sameCidr, sizeOfBits } from './cidr';

/** Each once, in order of address; ranges inside others stay. */
export function inOrder(ranges: readonly Cidr[]): Cidr[] {
  return [...ranges].sort(byRange).filter((range, i, sorted) => i === 0 || !sameCidr(range, sorted[i - 1]!));
}

/** Ranges in order of address, without those that lie inside another one. */
export function distinctRanges(ranges: readonly Cidr[]): Cidr[] {
  const sorted = [...ranges].sort(byRange);
  const kept: Cidr[] = [];
  for (const range of sorted) {
    const last = kept.at(-1);
    if (last === undefined || !containsCidr(last, range)) kept.push(range);
  }
  return kept;
}

/** The addresses of `wanted` that lie in no range of `by`, as the fewest ranges. */
export function uncovered(wanted: readonly Cidr[], by: readonly Cidr[]): Cidr[] {
  const covers = distinctRanges(by);
  return distinctRanges(wanted).flatMap((range) => {
    const end = range.base + cidrSize(range);
    const missing: Cidr[] = [];
    let from: number = range.base;
    for (const cover of covers) {
      if (cover.base >= end) break;
      if (cover.base > from) missing.push(...cidrsOf(from, cover.base));
      from = Math.max(from, cover.base + cidrSize(cover));
    }
    return from < end ? [...missing, ...cidrsOf(from, end)] : missing;
  });
}

/** The fewest aligned ranges that make up `[from, end)`. */
function cidrsOf(from: number, end: number): Cidr[] {
  const ranges: Cidr[] = [];
  for (let base = from; base < end; ) {
    let bits = 32;
    while (bits > 0 && base % sizeOfBits(bits - 1) === 0 && base + sizeOfBits(bits - 1) <= end) bits--;
    ranges.push({ base: base as Ipv4, bits });
    base += sizeOfBits(bits);
  }
  return ranges;
}
