import { address, type Block, block, dotted, holds } from '../../ipv4';
import type { Region } from '../../store/world';
import { AwsError } from '../aws-error';
import type { Subnet } from './network';

/** Addresses of a subnet that AWS keeps: the first four and the last ("Subnet sizing for IPv4"). */
const RESERVED_FIRST = 4;

/** Takes an address of a subnet for an interface: the wanted one, or the next free one. */
export function takeAddress(region: Region, subnet: Subnet, owner: string, wanted: string | undefined): string {
  const range = block(subnet.cidr) as Block;
  if (wanted === undefined) return nextFree(region, subnet, owner, range);
  const n = address(wanted);
  if (n === undefined)
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${wanted}) for parameter privateIpAddress is invalid. Invalid IPv4 address.`,
    );
  if (!holds(range, n))
    throw new AwsError('InvalidParameterValue', `Address ${wanted} does not fall within the subnet's address range`);
  if (n < range.first + RESERVED_FIRST || n === range.first + range.size - 1) {
    throw new AwsError('InvalidParameterValue', `Address ${wanted} is in subnet's reserved address range`);
  }
  if (region.leases[key(subnet, wanted)] !== undefined || delegated(region, subnet, n)) {
    throw new AwsError('InvalidIPAddress.InUse', `Address ${wanted} is in use.`);
  }
  region.leases[key(subnet, wanted)] = owner;
  return wanted;
}

/** Gives an address back. */
export function freeAddress(region: Region, subnet: string, value: string): void {
  delete region.leases[`${subnet} ${value}`];
}

const key = (subnet: Subnet, value: string): string => `${subnet.id} ${value}`;

function nextFree(region: Region, subnet: Subnet, owner: string, range: Block): string {
  for (let n = range.first + RESERVED_FIRST; n < range.first + range.size - 1; n++) {
    const candidate = dotted(n);
    if (region.leases[key(subnet, candidate)] !== undefined || delegated(region, subnet, n)) continue;
    if (reserved(region, subnet).some((r) => holds(r.range, n))) continue;
    region.leases[key(subnet, candidate)] = owner;
    return candidate;
  }
  throw new AwsError(
    'InsufficientFreeAddressesInSubnet',
    `There are not enough free addresses in subnet '${subnet.id}' to satisfy the requested number of instances.`,
  );
}

const prefixesOf = (region: Region, subnet: Subnet): string[] =>
  Object.values(region.interfaces).flatMap((i) => (i.subnet === subnet.id ? i.prefixes : []));

const delegated = (region: Region, subnet: Subnet, n: number): boolean =>
  prefixesOf(region, subnet).some((p) => holds(block(p) as Block, n));

/** Reserved parts of a subnet: nothing is taken from them unasked but /28s from one of type `prefix`. */
const reserved = (region: Region, subnet: Subnet): { prefix: boolean; range: Block }[] =>
  Object.values(region.reservations)
    .filter((r) => r.subnet === subnet.id)
    .map((r) => ({ prefix: r.kind === 'prefix', range: block(r.cidr) as Block }));

/** Delegates a /28 of a subnet to an interface: the wanted one, or the next free one. */
export function takePrefix(region: Region, subnet: Subnet, wanted: string | undefined): string {
  const range = block(subnet.cidr) as Block;
  const leased = Object.keys(region.leases).filter((k) => k.startsWith(`${subnet.id} `));
  const used = [...prefixesOf(region, subnet), ...leased.map((k) => `${k.split(' ')[1]}/32`)];
  const taken = new Set(used.map((p) => Math.floor((block(p) as Block).first / 16)));
  const free = (first: number) => !taken.has(first / 16);
  if (wanted !== undefined) {
    const b = block(wanted);
    if (b?.bits !== 28 || !holds(range, b.first))
      throw new AwsError('InvalidParameterValue', `Prefix ${wanted} does not fall within the subnet's address range`);
    if (b.first === range.first || b.first + 16 === range.first + range.size)
      throw new AwsError('InvalidParameterValue', `Prefix ${wanted} is in subnet's reserved address range`);
    if (!free(b.first)) throw new AwsError('InvalidIPAddress.InUse', `The prefix ${wanted} is in use.`);
    return wanted;
  }
  // From what is reserved for prefixes first, then from what isn't reserved ("Subnet CIDR reservations").
  const parts = reserved(region, subnet);
  const inside = (first: number) => parts.find((r) => holds(r.range, first) || holds(r.range, first + 15));
  const search = (suits: (first: number) => boolean): number | undefined => {
    for (let f = range.first + 16; f + 16 < range.first + range.size; f += 16) if (free(f) && suits(f)) return f;
    return undefined;
  };
  const kept = parts.some((r) => r.prefix) ? search((f) => inside(f)?.prefix === true) : undefined;
  const first = kept ?? search((f) => inside(f) === undefined);
  if (first === undefined)
    throw new AwsError('InsufficientCidrBlocks', `There are not enough contiguous address blocks in subnet '${subnet.id}'.`);
  return `${dotted(first)}/28`;
}
