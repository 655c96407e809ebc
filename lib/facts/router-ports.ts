/** Ports at which a data centre's router is asked. */

export const SSH = 22;

/** RFC 4271. */
export const BGP = 179;

/** BFD's control packets over one hop, and its echo (RFC 5881); control packets over several hops, as between neighbours of one AS (RFC 5883). */
export const BFD = { oneHop: [3784, 3785], moreHops: 4784 } as const;

/** RFC 5905. */
export const NTP = 123;

/** IKE, and IKE and ESP behind address translation (RFC 7296, RFC 3948). */
export const IKE = 500;
export const NAT_TRAVERSAL = 4500;

/** Of Prometheus: frr_exporter, and blackbox_exporter ("Default port allocations" of the Prometheus project). */
export const FRR_EXPORTER = 9342;
export const BLACKBOX_EXPORTER = 9115;
