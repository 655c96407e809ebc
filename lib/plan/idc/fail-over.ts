/** How soon a data centre goes on by another way. */

/**
 * Milliseconds from a failure of a line, the core or a router until another way is used, at most: BFD or VRRP notice, BGP withdraws, and
 * the kernel has other routes. test/idc/fail-over.test.ts measures it with the real programs.
 */
export const TAKEN_OVER_MS = 3_000;
