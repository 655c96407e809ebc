import type { Provider, Region } from './model/model';

/** Regions of one cloud, with what only that cloud has. */
export function regionsOf<P extends Provider>(
  { regions }: { readonly regions: readonly Region[] },
  provider: P,
): Extract<Region, { readonly provider: P }>[] {
  return regions.filter((region): region is Extract<Region, { readonly provider: P }> => region.provider === provider);
}
