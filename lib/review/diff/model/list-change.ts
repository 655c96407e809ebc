/** Two lists, and what of one isn't in the other: as often as it stands there. */

export interface ListChange {
  readonly gone: readonly string[];
  readonly come: readonly string[];
}

export function listChange(before: readonly string[] = [], after: readonly string[] = []): ListChange {
  return { gone: without(before, after), come: without(after, before) };
}

function without(list: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(other, (left.get(other) ?? 0) + 1);
  return list.filter((one) => {
    const n = left.get(one) ?? 0;
    if (n > 0) left.set(one, n - 1);
    return n === 0;
  });
}
