import type { Estate, Quotas, Region } from './model';

/** Limits of the account in a region: the estate's, but for those that the region's file says. */
export function quotasOf({ quotas }: Pick<Estate, 'quotas'>, region: Pick<Region, 'quotas'>): Quotas {
  return { ...quotas, ...region.quotas };
}
