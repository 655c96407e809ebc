/** Ranges of addresses that have a meaning of their own in every network. */

/** Addresses that anybody may use at home ("Address Allocation for Private Internets", RFC 1918). */
export const RFC1918: readonly string[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** Addresses between a provider and its customers ("Shared Address Space", RFC 6598). Aliyun's resolvers, mirrors and object storage are in it. */
export const SHARED = '100.64.0.0/10';

/** Addresses that are good on one wire ("Dynamic Configuration of IPv4 Link-Local Addresses", RFC 3927). Metadata and time of either cloud are in it, and the inside networks of tunnels. */
export const LINK_LOCAL = '169.254.0.0/16';

/** For tests between networks ("Benchmarking Methodology for Network Interconnect Devices", RFC 2544): no place has them, so networks that stay inside a host may. */
export const BENCHMARK = '198.18.0.0/15';

/** Ranges of which no host has an address ("Special-Purpose IP Address Registries", RFC 6890; "Host Extensions for IP Multicasting", RFC 1112), and what they are. */
export const UNUSABLE: ReadonlyMap<string, string> = new Map([
  ['0.0.0.0/8', '"this network", which is nobody\'s address'],
  ['127.0.0.0/8', "each host's own loopback"],
  [LINK_LOCAL, 'link-local: metadata, time and tunnels of the clouds are in it'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
]);
