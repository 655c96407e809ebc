/**
 * Dollars, for estimates only: what AWS asks in us-east-1 without any discount, as pages of others and memory told it in November 2026; no price
 * page of AWS was read for it. Other regions ask up to three times as much for transfer, and about a third more for hosts and disks.
 */
import { processors } from '../facts/aws/instance-performance';

/** Hours a month, as AWS counts them. */
export const MONTH_HOURS = 730;
export const MONTH_SECONDS = MONTH_HOURS * 3600;

/** "Amazon EBS pricing": a GiB, an operation a second over 3,000, a MiB/s over 125, each a month. */
export const GP3_PRICE = { gib: 0.08, iops: 0.005, throughput: 0.04 } as const;

/** "Amazon EC2 On-Demand Pricing", Data Transfer: a GB between zones, 0.01 at each end. */
export const ZONE_PRICE = 0.02;

/** The same page: a GB from a region to another one, asked where it leaves. Regions that aren't here: as from us-east-1. */
const REGION_PRICES: Readonly<Record<string, number>> = {
  'ap-northeast-1': 0.09,
  'ap-south-1': 0.086,
  'ap-southeast-1': 0.09,
  'ap-southeast-2': 0.098,
  'sa-east-1': 0.138,
};

const REGION_PRICE = 0.02;

/** Dollars for a GB that leaves a region for another. */
export function regionPrice(region: string): number {
  return REGION_PRICES[region] ?? REGION_PRICE;
}

/** "Amazon EC2 On-Demand Pricing", Linux: the size `large`; others are in proportion to their processors. */
const LARGE_HOURLY: Readonly<Record<string, number>> = {
  m5: 0.096,
  r5: 0.126,
  c5: 0.085,
  m6i: 0.096,
  r6i: 0.126,
  c6i: 0.085,
  m6g: 0.077,
  r6g: 0.1008,
  c6g: 0.068,
  m7i: 0.1008,
  r7i: 0.1323,
  c7i: 0.08925,
  m7g: 0.0816,
  r7g: 0.1071,
  c7g: 0.0725,
};

/** Dollars an hour for a host; undefined for a type whose price isn't known here. */
export function hourlyPrice(type: string): number | undefined {
  const [family = '', size = ''] = type.split('.');
  const large = LARGE_HOURLY[family];
  return large === undefined || !/^(\d*x)?large$/.test(size) ? undefined : (large * processors(size)) / 2;
}
