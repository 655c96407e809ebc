/** Addresses an interface of an instance type takes ("Maximum IP addresses per network interface"). */
import { instanceType } from './instance-types';

/** By size: the same in all families that this table knows, but for those below. */
const BY_SIZE: Readonly<Record<string, number>> = {
  ...{ medium: 4, large: 10, xlarge: 15, '2xlarge': 15, '3xlarge': 15, '4xlarge': 30, '6xlarge': 30, '8xlarge': 30 },
  ...{ '9xlarge': 30, '12xlarge': 30, '16xlarge': 50, '18xlarge': 50, '24xlarge': 50, '32xlarge': 50, '48xlarge': 50 },
  ...{ metal: 50, 'metal-24xl': 50, 'metal-48xl': 50 },
};

/** Burstable types. */
const BURST: Readonly<Record<string, number>> = { nano: 2, micro: 2, small: 4, medium: 6, large: 12, xlarge: 15, '2xlarge': 15 };

/** Families whose figures follow neither table; nothing is said about them. */
const OTHERWISE: readonly string[] = ['d3', 'd3en'];

/** IPv4 addresses, or /28 prefixes instead, that the primary interface takes, the first one included; undefined for a type that isn't known. */
export function addressesPerInterface(type: string): number | undefined {
  const [family = '', size = ''] = type.split('.');
  if (instanceType(type)?.nitro !== true || OTHERWISE.includes(family)) return undefined;
  return (family.startsWith('t') ? BURST : BY_SIZE)[size];
}
