/** Names of the interfaces that this toolkit makes on routers and hosts of a data centre: all far shorter than the kernel's 15 bytes, none derived from a name that somebody else gave. */

/** What a host's ports are together. */
export const BOND = 'bond0';

/** The interface of a VLAN. */
export function vlanName(id: number): string {
  return `vlan${id}`;
}

/** The k-th leased line of a router, from 1. */
export function lineName(k: number): string {
  return `line-${k}`;
}

/** The k-th tunnel of a router, from 1. */
export function tunnelName(k: number): string {
  return `vpn-${k}`;
}

/** Whether an interface of that name is made by this toolkit, the kernel or docker, on a host also the bond. */
export function isMade(name: string, on: 'host' | 'router'): boolean {
  return /^(lo|docker0|vlan\d+|(line|vpn)-\d+)$/.test(name) || (on === 'host' && name === BOND);
}
