/** Links as they are described, one a pair of places. */
import type { Cidr, Ipv4 } from '../addresses/cidr';

export type LinkKind = 'peering' | 'transit' | 'vpn' | 'leased-line' | 'association';

/** A place: a region or an IDC, by name. */
export interface LinkEnd {
  readonly place: string;
  /** What of this place the other one reaches. */
  readonly gives: readonly Given[];
}

/** `hosts`: the place's host block; `containers`: its container block (prefix mode has none of its own); else a range in one of them. */
export type Given = 'hosts' | 'containers' | Cidr;

export type Link = PeeringLink | TransitLink | LeasedLineLink | VpnLink | AssociationLink;

interface LinkBase {
  /** `<a>--<b>`; leased lines and VPNs `<a>--<b>/<group>`, because a pair may have several. */
  readonly id: string;
  /** Name of the entry in estate.yaml that the link comes from: `links.<group>`. */
  readonly group: string;
  /** The ends, in order of name. */
  readonly a: LinkEnd;
  readonly b: LinkEnd;
  /** Path of the entry in regions/estate.yaml. */
  readonly path: readonly (string | number)[];
  /** The entry says `all`: a region that is added is joined by it too. @default - false */
  readonly all?: true;
}

/** VPC peering: two regions of one cloud (VPCs), no third place, no addresses that no interface owns. */
export interface PeeringLink extends LinkBase {
  readonly kind: 'peering';
}

/** Transit gateways: two regions, or a region and an IDC whose line or VPN ends at `through`. */
export interface TransitLink extends LinkBase {
  readonly kind: 'transit';
  /** The region whose transit gateway joins the two; both have links of their own to it. @default - the ends' own gateways are peered */
  readonly through?: string;
}

/** A leased line (Direct Connect transit interface, Aliyun virtual border router) between an IDC and a region's transit gateway. */
export interface LeasedLineLink extends LinkBase {
  readonly kind: 'leased-line';
  readonly line: {
    /** Router of the IDC. */
    readonly router: string;
    /** Id of the Direct Connect connection, `dxcon-...`, or of a group of them, `dxlag-...`; on Aliyun of the physical connection, `pc-...`. */
    readonly connection: string;
    /** Where the cloud's end of it stands. @default - nobody says */
    readonly location?: string;
    readonly vlan: number;
    /** Interface of the router that the line comes in on; the VLAN stands on it. */
    readonly interface: string;
    /** BGP addresses of the two ends, in one /30 or /31: not in any block. */
    readonly idcAddress: Ipv4;
    readonly cloudAddress: Ipv4;
    /** Prefix length of that network, 29 to 31. */
    readonly bits: number;
    /** Entry of the links whose Direct Connect gateway the line comes in by. @default - it makes one of its own */
    readonly gateway?: string;
    /** AS number of the Direct Connect gateway, or of the virtual border router; 0 where no entry says it, which a rule tells. */
    readonly asn: number;
    /** @default 1500; 8500 with jumbo frames on the transit interface */
    readonly mtu: 1500 | 8500;
    /** Prefixes that the cloud may tell the IDC. @default - exactly what is routed: the region's and those reached through it */
    readonly allowedPrefixes?: readonly Cidr[];
    /** Prefixes that the line takes from the IDC at most. @default - quotas.prefixesFromIdc */
    readonly maxPrefixes: number;
    /** Preference among an IDC's lines to the same place: the higher is used, equal ones share the load. @default 200, then one less for each */
    readonly preference: number;
    /** The entry says its preference. @default - nobody does, and it must be nobody else's */
    readonly preferred?: true;
  };
}

/**
 * A Direct Connect gateway joined with a region's transit gateway, without a line of its own: the region is reached over all lines of the
 * gateway. Alone it keeps a gateway whose first line is gone.
 */
export interface AssociationLink extends LinkBase {
  readonly kind: 'association';
  readonly association: {
    /** Entry of the links whose gateway it is. @default - it makes one itself */
    readonly gateway?: string;
    /** As of a line. */
    readonly asn: number;
  };
}

/** A site-to-site VPN between an IDC's router and a region's transit gateway: alone, or as the fallback of a leased line. */
export interface VpnLink extends LinkBase {
  readonly kind: 'vpn';
  readonly vpn: {
    readonly router: string;
    /** Inside networks of the two tunnels, /30 of 169.254.0.0/16. AWS has the first address, the router the second. */
    readonly tunnels: readonly Cidr[];
    /** Public addresses of AWS's ends, known after the first deploy. @default - the router answers whoever has the key */
    readonly outside: readonly Ipv4[];
    /** Name of the secret with the tunnels' keys, in the router's own store. Never the key. */
    readonly keyName: string;
    /** Days that what the tunnels' ends say is kept; 0: not at all. AWS only. @default 30 */
    readonly logDays?: number;
    /** @default 100, under a line's 200, then one less for each */
    readonly preference: number;
    /** As of a line. */
    readonly preferred?: true;
    /** How often the router prepends its AS number, so that the cloud prefers what the router prefers. @default 2, more behind other VPNs or many lines */
    readonly prepends: number;
  };
}
