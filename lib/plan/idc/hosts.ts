/** Hosts of a data centre: address, gateway and container range by number. */
import { addressAt, cidrSize, formatCidr, formatIpv4, sizeOfBits, subrange } from '../../estate/addresses/cidr';
import type { Idc, IdcRack } from '../../estate/model/model';
import type { IdcHostPlan, NarrowRange } from '../model';

/** Offset of the gateway in a rack's subnet. */
export const GATEWAY = 1;

/** Offset of host 1; host n has the n-th address after the gateway. */
export const FIRST_HOST = GATEWAY + 1;

/**
 * Sorted by rack and number. A host that its rack has no room for is left out: a rule has told.
 *
 * @param narrow ranges that they reach through a tunnel
 */
export function planIdcHosts(idc: Idc, narrow: readonly NarrowRange[] = []): IdcHostPlan[] {
  return idc.racks.flatMap((rack) =>
    rack.hosts
      .filter(({ number }) => number + GATEWAY < cidrSize(rack.subnet))
      .map(
        ({ number, unit }): IdcHostPlan => ({
          name: `${idc.name}-${rack.name}-${number}`,
          rack: rack.name,
          number,
          ...(unit === undefined ? {} : { unit }),
          address: `${formatIpv4(hostAddress(rack, number))}/${rack.subnet.bits}`,
          gateway: formatIpv4(addressAt(rack.subnet, GATEWAY)),
          router: rack.router,
          vlan: rack.vlan,
          bond: rack.bond,
          mtu: idc.mtu,
          narrow,
          ...hostRange(idc, rack, number),
          profiles: rack.profiles,
          parameters: rack.parameters,
        }),
      ),
  );
}

/** Address of host n (from 1). */
export function hostAddress(rack: IdcRack, number: number) {
  return addressAt(rack.subnet, GATEWAY + number);
}

function hostRange({ hostBits }: Idc, { containers }: IdcRack, number: number): { containerRange?: string } {
  if (containers === undefined || number > cidrSize(containers) / sizeOfBits(hostBits)) return {};
  return { containerRange: formatCidr(subrange(containers, hostBits, number - 1)) };
}
