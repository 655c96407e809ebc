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

/** `from now on a, b; no longer c`. Undefined where nothing differs. */
export function fromNowOn(verb: string, { gone, come }: ListChange): string | undefined {
  const parts = [
    ...(come.length === 0 ? [] : [`${verb} from now on ${come.join(', ')}`]),
    ...(gone.length === 0 ? [] : [`${verb} no longer ${gone.join(', ')}`]),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
}

/** `MTU 9000 -> 1500`. Undefined where both are the same. */
export function moved(what: string, before: string | number | undefined, after: string | number | undefined): string | undefined {
  return before === after ? undefined : `${what} ${before ?? 'none'} -> ${after ?? 'none'}`;
}
