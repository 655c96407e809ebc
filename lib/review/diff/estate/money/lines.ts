/** Things added up by noun, and how a sum is said. */
import type { Thing } from './things';

/** What comes less what goes, by noun. */
export interface Line {
  readonly noun: string;
  readonly count: number;
  /** @default - no price is known */
  readonly price?: number;
}

export function linesOf(come: readonly Thing[], go: readonly Thing[]): Line[] {
  const lines = new Map<string, { count: number; price: number | undefined }>();
  const add = (things: readonly Thing[], sign: 1 | -1) => {
    for (const { noun, count, price } of things) {
      const line = lines.get(noun) ?? { count: 0, price: 0 };
      const sum = line.price === undefined || price === undefined ? undefined : line.price + sign * price;
      lines.set(noun, { count: line.count + sign * count, price: sum });
    }
  };
  add(come, 1);
  add(go, -1);
  return [...lines]
    .filter(([, { count, price }]) => count !== 0 || (price !== undefined && Math.abs(price) >= 0.005))
    .map(([noun, { count, price }]) => ({ noun, count, ...(price === undefined ? {} : { price }) }));
}

export function sumOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { price = 0 }) => sum + price, 0);
}

export function countWords({ noun, count }: Line): string {
  if (count === 0) return `other ${noun}`;
  const sign = count > 0 ? '+' : '-';
  const n = Math.abs(count).toLocaleString('en-US');
  return noun.startsWith('GiB') ? `${sign}${n} ${noun}` : `${sign}${n} x ${noun}`;
}

export function amount(value: number): string {
  // Halves away from zero, and what binary fractions add in the sixth place left off: a change and the way back are the same sum.
  const rounded = Math.sign(value) * Math.round(Number(Math.abs(value).toFixed(6)));
  return `${rounded < 0 ? '-' : '+'}${Math.abs(rounded).toLocaleString('en-US')}`;
}
