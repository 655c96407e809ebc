/** What a router probes: the cloud's end of each line and tunnel, whoever carries at the moment. */
import type { RouterPlan } from './model';

/** Bytes of an IPv4 and an ICMP header: the rest of a packet is the probe's. */
const HEADERS = 28;

export interface ProbePlan {
  /** Id of the link. */
  readonly link: string;
  readonly kind: 'line' | 'vpn';
  /** Address of the cloud's end inside the line or tunnel: on a network of the own interface, so no route leads around it. */
  readonly address: string;
  /**
   * Bytes of a probe that just fits through the tunnel with its headers: a tunnel may carry small packets and lose large ones.
   *
   * @default - a line, whose far end is a router of the provider that answers small pings
   */
  readonly fullPayload?: number;
}

/** In the order of the sessions. */
export function probesOf({ neighbors, interfaces }: RouterPlan): ProbePlan[] {
  return neighbors.flatMap(({ kind, link, address, interface: name }): ProbePlan[] => {
    if (kind === 'router' || link === undefined) return [];
    const mtu = interfaces.find((face) => face.name === name)?.mtu;
    return [{ link, kind, address, ...(kind === 'vpn' && mtu !== undefined ? { fullPayload: mtu - HEADERS } : {}) }];
  });
}
