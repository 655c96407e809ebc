import { addressAt, cidr, formatIpv4 } from '../estate/cidr';
import type { FleetContext } from '../plan/model';

/** Metadata, time, and the resolver's second address: "169.254.0.0/16" (RFC 3927), used so by either cloud. */
const linkLocal = '169.254.0.0/16';

/**
 * Ranges at which a cloud's own services answer its hosts, and nobody whose address it has not given out itself: containers
 * are masqueraded to them, also where they lie inside of the estate's pools.
 *
 * - AWS: the resolver, "a reserved IP address at the base of the VPC IPv4 network range plus two" (VPC User Guide, DNS
 *   attributes for your VPC), and 169.254.0.0/16.
 * - Aliyun: 100.64.0.0/10, where its resolvers, mirrors and object storage are, and 169.254.0.0/16.
 * - A data centre has none.
 */
export function cloudServices({ provider, cidr: block }: Pick<FleetContext['region'], 'provider' | 'cidr'>): string[] {
  if (provider === 'aws') return [formatIpv4(addressAt(cidr(block), 2)), linkLocal];
  return provider === 'aliyun' ? ['100.64.0.0/10', linkLocal] : [];
}
