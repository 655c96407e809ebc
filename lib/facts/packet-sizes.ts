/** Largest packets of what joins networks, bytes of IP; inside a network they stand with each cloud's limits. As of 2026-11. */

/**
 * Through an internet or NAT gateway ("Network maximum transmission unit (MTU) for your EC2 instance"). Senders are told ("NAT gateway basics",
 * MTU; "Path MTU Discovery").
 */
export const INTERNET_MTU = 1500;

/**
 * A VPN over the internet, by cloud: 1,500 bytes less what IPsec adds. AWS: no pair of algorithms leaves less than 1,406 ("Best practices for
 * an AWS Site-to-Site VPN customer gateway device", MTU), rounded down. Aliyun neither cuts packets nor joins them, and asks for
 * segments of TCP of at most 1,359 bytes at the gateway ("Configure MTUs", VPN Gateway).
 */
export const VPN_MTU = { aws: 1400, aliyun: 1399 } as const;

/** Headers of IP and TCP in a packet, bytes: what a segment of TCP is smaller by (RFC 9293, "Maximum Segment Size Option"). */
export const TCP_HEADERS = 40;

/** A peering connection between regions; within one it takes what a network does ("Network maximum transmission unit (MTU) for your EC2 instance", 8,500 since 2025-03). */
export const PEERING_MTU = 8500;

/** A transit gateway ("Transit gateway quotas", MTU). */
export const TRANSIT_MTU = 8500;

/**
 * Attachments by which packets come whose senders a transit gateway tells that they are too large for it (ICMP "fragmentation needed"). AWS:
 * since 2024-11; none by VPNs, Direct Connect and peerings, and for what is too large for a VPN or line behind it nothing is said, so nothing
 * is counted on ("Transit gateway quotas", MTU). Aliyun: packets are cut or dropped, of ICMP no page speaks ("Configure jumbo frames and
 * change the MTU").
 */
export const TRANSIT_TELLS = { aws: ['vpc'], aliyun: [] } as const;

/**
 * Whether a transit gateway lowers the size that ends of TCP agree on, to what fits its own packets. AWS: of all packets; to what over a VPN no
 * page says, so nothing less is counted on ("Transit gateway quotas", MTU). Aliyun asks for it at the other end of a VPN ("Configure MTUs").
 */
export const TRANSIT_CLAMPS = { aws: true, aliyun: false } as const;

/** Ports that a host calls from: Linux's own ("ip-sysctl", ip_local_port_range), and a NAT gateway's ("Network ACL rules", ephemeral ports). */
export const EPHEMERAL_PORTS = { host: [32768, 60999], nat: [1024, 65535] } as const;
