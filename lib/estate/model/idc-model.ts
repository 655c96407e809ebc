/** A data centre as it is described, with defaults filled in. */
import type { Cidr, Ipv4 } from '../addresses/cidr';

/** A data centre of one's own: racks of hosts behind routers. */
export interface Idc {
  readonly name: string;
  readonly file: string;
  /** Host addresses: racks, the core network and loopbacks of routers lie in it. */
  readonly block: Cidr;
  readonly containers?: Cidr;
  /** Prefix length of one host's container range. @default 24 */
  readonly hostBits: number;
  /** BGP AS number of its routers. @default - none: an IDC that no link names */
  readonly asn?: number;
  /** Network that joins the routers. @default - one router needs none */
  readonly core?: { readonly vlan: number; readonly subnet: Cidr };
  /** Sorted by name. */
  readonly routers: readonly IdcRouter[];
  /** Sorted by name. */
  readonly racks: readonly IdcRack[];
  /** Mirror of artifacts, files named by their SHA-256. @default - none: profiles that need artifacts can't be used */
  readonly artifacts?: string;
  /** Servers that its hosts take the time from: addresses, then names. @default - none: hosts ask whom their image names */
  readonly time: readonly string[];
  /** Interface MTU inside the data centre. @default 9000 */
  readonly mtu: number;
}

export interface IdcRouter {
  readonly name: string;
  /** Loopback address and BGP router id. */
  readonly address: Ipv4;
  /** Address on the core network. @default - not on it */
  readonly core?: Ipv4;
  /** Public address that VPN tunnels end at. @default - no VPN ends here */
  readonly public?: Ipv4;
  /** Name of the trunk port towards the racks and the core, for example `eno1` or `bond0`. */
  readonly trunk: string;
}

export interface IdcRack {
  readonly name: string;
  /** Routers that the rack stands behind, the preferred one first: one that is its gateway, or a pair that shares the gateway's address (VRRP). */
  readonly routers: readonly string[];
  readonly vlan: number;
  /** The rack's host subnet: the gateway has its first address. */
  readonly subnet: Cidr;
  /** Container ranges of the rack's hosts; hosts take theirs by number. One aggregate of it is announced. @default - containers use the host network */
  readonly containers?: Cidr;
  /** Dual uplinks of each host. */
  readonly bond: IdcBond;
  /** Hosts by number, 1 to 2^n: host n has address gateway + n and container range n - 1. Sorted by number. */
  readonly hosts: readonly IdcHost[];
  /** Profiles of the rack's hosts. @default - [base, docker] */
  readonly profiles: readonly string[];
  /** Parameters by profile, merged. */
  readonly parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Cluster of a region that the hosts belong to: they reach its voters by a gateway. @default - none */
  readonly cluster?: { readonly region: string; readonly cluster: string };
  /** Labels that units choose by. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface IdcBond {
  readonly interfaces: readonly string[];
  /** @default '802.3ad' */
  readonly mode: '802.3ad' | 'active-backup';
  /** Switch of each interface, for the cabling sheet. Same order as `interfaces`. @default - `<rack>-sw1`, `<rack>-sw2` */
  readonly switches: readonly string[];
}

export interface IdcHost {
  readonly number: number;
  /** Units of the rack that the host takes, for the cabling sheet, for example `12` or `12-13`. @default - not told */
  readonly unit?: string;
}
