/**
 * Yuan, for estimates only: what Aliyun asks in its mainland regions for pay-as-you-go, without any discount, as pages of others and memory told it on
 * 2026-11-30; no price page of Aliyun was read for it. Each number names the page that has the true one. What isn't here has no known price.
 */
import type { CloudRegion } from '../region';

/** When these were written down. */
export const ALIYUN_PRICES_OF = '2026-11-30';

export const MONTH_HOURS = 730;

/** "Elastic Compute Service pricing", Linux: the size `large` (2 processors) an hour; others are in proportion. */
const LARGE_HOURLY: Readonly<Record<string, number>> = {
  g6: 0.5,
  c6: 0.39,
  r6: 0.66,
  g7: 0.6,
  c7: 0.45,
  r7: 0.81,
  g8i: 0.72,
  c8i: 0.54,
  r8i: 0.98,
};

/** "Block storage pricing": a GiB an hour, by category and performance level. */
const DISK_HOURLY: Readonly<Record<string, number>> = {
  'cloud_essd PL0': 0.00105,
  'cloud_essd PL1': 0.0021,
  'cloud_essd PL2': 0.0042,
  'cloud_essd PL3': 0.0084,
  cloud_efficiency: 0.00049,
};

/**
 * What stands and is asked by the hour: "NAT Gateway billing" (an Internet NAT gateway, without capacity units), "Elastic IP Address billing" (an
 * address, without traffic), "CEN billing" (an attachment of a transit router). Of network load balancers and VPN connections none was found.
 */
export const ALIYUN_HOURLY = { nat: 0.23, publicAddress: 0.02, attachment: 0.35 } as const;

/** Mainland regions ask the same, as far as these estimates go. */
export function isPriced(region: CloudRegion): boolean {
  return region.startsWith('cn-') && region !== 'cn-hongkong';
}

/** Yuan an hour for a host; undefined for a type whose price isn't known here. */
export function aliyunHourlyPrice(type: string): number | undefined {
  const [, family = '', size = ''] = type.split('.');
  const times = /^(\d*)x?large$/.exec(size);
  const price = LARGE_HOURLY[family];
  if (price === undefined || times === null) return undefined;
  return size === 'large' ? price : price * 2 * Number(times[1] || 1);
}

/** Yuan a month for a GiB. @param level of an ESSD; @default PL1 */
export function aliyunDiskPrice(category: string, level = 'PL1'): number | undefined {
  const hourly = DISK_HOURLY[category === 'cloud_essd' ? `${category} ${level}` : category];
  return hourly === undefined ? undefined : hourly * MONTH_HOURS;
}
