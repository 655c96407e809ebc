import { cloudAt } from '../clouds/clouds';
import { addressAt, cidr, formatIpv4 } from '../estate/addresses/cidr';
import type { FleetContext } from '../plan/model';

/**
 * Ranges at which a cloud's own services answer its hosts, and nobody whose address it has not given out itself: containers
 * are masqueraded to them, also where they lie inside of the estate's pools. A data centre has none.
 */
export function cloudServices(region: Pick<FleetContext['region'], 'provider' | 'cidr'>): string[] {
  return cloudAt(region)?.services(formatIpv4(addressAt(cidr(region.cidr), 2))) ?? [];
}
