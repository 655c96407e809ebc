/**
 * Dollars, for estimates only: what AWS asks on demand for Linux, without any discount and without tax, as pages of others and memory told it on
 * 2026-11-30; no price page of AWS was read for it. Each number names the page that has the true one. What isn't here has no known price.
 */
import type { CloudRegion } from '../region';

/** When these were written down. */
export const AWS_PRICES_OF = '2026-11-30';

/** Hours a month, as AWS counts them. */
export const MONTH_HOURS = 730;
export const MONTH_SECONDS = MONTH_HOURS * 3600;

/** "Amazon EBS pricing", us-east-1: a GiB, an operation a second over 3,000, a MiB/s over 125, each a month. */
export const GP3_PRICE = { gib: 0.08, iops: 0.005, throughput: 0.04 } as const;

/** The same page: provisioned operations of io2 (up to 32,000), and a GiB of st1, each a month. */
export const IO2_PRICE = { gib: 0.125, iops: 0.065 } as const;
export const ST1_PRICE = { gib: 0.045 } as const;

/** "Amazon EC2 On-Demand Pricing", Data Transfer: a GB between zones, 0.01 at each end. */
export const ZONE_PRICE = 0.02;

/**
 * What stands and is asked by the hour, us-east-1: "Amazon VPC pricing" (NAT gateways, public IPv4 addresses), "Elastic Load Balancing pricing" (a
 * network load balancer, without capacity units), "AWS Transit Gateway pricing" (an attachment), "AWS VPN pricing" (a connection).
 */
export const AWS_HOURLY = { nat: 0.045, publicAddress: 0.005, balancer: 0.0225, attachment: 0.05, vpn: 0.05 } as const;

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
export function regionPrice(region: CloudRegion): number {
  return REGION_PRICES[region] ?? REGION_PRICE;
}

/** How much more than us-east-1 a region asks: for hosts (m5), for disks (gp3), for what stands by the hour (NAT gateways). The same pages. */
const MORE: Readonly<Record<string, readonly [hosts: number, disks: number, hourly: number]>> = {
  'ap-northeast-1': [1.29, 1.2, 1.38],
  'ap-northeast-2': [1.23, 1.14, 1.31],
  'ap-south-1': [1.05, 1.14, 1.24],
  'ap-southeast-1': [1.25, 1.2, 1.31],
  'ap-southeast-2': [1.25, 1.2, 1.31],
  'ca-central-1': [1.11, 1.1, 1.11],
  'eu-central-1': [1.2, 1.19, 1.16],
  'eu-north-1': [1.06, 1.05, 1.02],
  'eu-west-1': [1.11, 1.1, 1.07],
  'eu-west-2': [1.16, 1.16, 1.11],
  'eu-west-3': [1.17, 1.16, 1.11],
  'sa-east-1': [1.59, 1.9, 2.07],
  'us-east-1': [1, 1, 1],
  'us-east-2': [1, 1, 1],
  'us-west-1': [1.17, 1.2, 1.07],
  'us-west-2': [1, 1, 1],
};

/** Factor on us-east-1's prices; undefined for a region whose prices aren't known here. */
export function regionFactor(region: CloudRegion, of: 'hosts' | 'disks' | 'hourly'): number | undefined {
  return MORE[region]?.[{ hosts: 0, disks: 1, hourly: 2 }[of]];
}

/** "Amazon EC2 On-Demand Pricing", Linux, us-east-1: the size `large`; others are in proportion. `<family> <dollars an hour>`. */
const LARGE_HOURLY = `
  t2 0.0928  t3 0.0832  t3a 0.0752  t4g 0.0672
  m4 0.1  c4 0.1  r4 0.133
  m5 0.096  m5a 0.086  m5n 0.119  m5d 0.113  m5ad 0.103  m5dn 0.136
  c5 0.085  c5a 0.077  c5d 0.096  c5ad 0.086  c5n 0.108
  r5 0.126  r5a 0.113  r5b 0.149  r5n 0.149  r5d 0.144  r5ad 0.131  r5dn 0.167
  m6i 0.096  m6a 0.0864  m6id 0.1187  m6in 0.1392  c6i 0.085  c6a 0.0765  c6id 0.1008  c6in 0.1134  r6i 0.126  r6a 0.1134  r6id 0.1512
  r6in 0.1743  m6g 0.077  m6gd 0.0904  c6g 0.068  c6gd 0.0768  c6gn 0.0864  r6g 0.1008  r6gd 0.1152
  m7i 0.1008  m7a 0.1159  m7i-flex 0.0958  c7i 0.08925  c7a 0.1026  c7i-flex 0.0848  r7i 0.1323  r7a 0.1522
  m7g 0.0816  m7gd 0.1068  c7g 0.0725  c7gd 0.0907  c7gn 0.1248  r7g 0.1071  r7gd 0.1361
  m8g 0.0898  c8g 0.0798  r8g 0.1178
  i3 0.156  i3en 0.226  i4i 0.172`;

let large: ReadonlyMap<string, number> | undefined;

/** Sizes below large halve the price each, those above double it; bare metal is priced by itself and isn't here. */
const SMALL: readonly string[] = ['large', 'medium', 'small', 'micro', 'nano'];

/** Dollars an hour for a host in us-east-1; undefined for a type whose price isn't known here. */
export function hourlyPrice(type: string): number | undefined {
  large ??= new Map([...LARGE_HOURLY.matchAll(/(\S+) (\S+)/g)].map(([, family, price]) => [family!, Number(price)]));
  const [family = '', size = ''] = type.split('.');
  const price = large.get(family);
  const times = /^(\d*)xlarge$/.exec(size);
  const part = SMALL.indexOf(size);
  if (price === undefined || (times === null && part < 0)) return undefined;
  return times === null ? price / 2 ** part : price * 2 * Number(times[1] || 1);
}
