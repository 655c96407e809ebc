/** A packet on its way out of a host, before the cloud or the rack sees it. */
import { formatIpv4 } from '../../estate/addresses/cidr';
import { type Host, masquerades, swallows } from '../host/host';
import { formatRange } from '../range';
import type { Origin, Range } from '../world';
import type { Outcome } from './outcome';
import { drop, type Packet, type Walk } from './walk';

/**
 * At a dead host. Nothing takes back the route that led to it, so packets go where nobody takes them.
 *
 * @param by the route's destination @default - the address is the host's own
 * @param lost how: a cloud says nothing
 */
export function deadEnd(walk: Walk, host: string, by: Range | undefined, from: Origin, lost = 'lost without a word'): Outcome {
  const words =
    by === undefined
      ? 'the host is down'
      : `the host is down, and the route ${formatRange(by)} stays and leads to it: what it carries is ${lost}`;
  return drop(walk, 'HOST_DOWN', host, words, from);
}

/** `sends from 10.1.8.64`, and whom that address hides. */
export function sendsWords(before: number, { source }: Packet): string {
  const hidden = before === source ? '' : ` in place of its container ${formatIpv4(before)} (masquerade)`;
  return `sends from ${formatIpv4(source)}${hidden}`;
}

/**
 * Gives a packet the address that it leaves the host with: by a container's first packet of a connection whose host hides it, the host's
 * own. Further hops see that one, and replies come to it.
 *
 * @returns how it ends, where it doesn't leave the host
 */
export function leaveHost(walk: Walk, host: Host | undefined): Outcome | undefined {
  if (host === undefined) return undefined;
  const { packet } = walk;
  const { source, destination } = packet;
  if (swallows(host, destination))
    return drop(
      walk,
      'OWN_BRIDGE',
      host.name,
      `${formatIpv4(destination)} lies in ${formatRange(host.network.bridge!)}, the network of docker’s own bridge: it never leaves the host`,
      { stack: host.stack, logicalId: '/etc/docker/daemon.json' },
    );
  if (packet.reply === true) return undefined;
  const hidden = masquerades(host, source, destination);
  if (hidden === 'unread')
    return drop(walk, 'HOST_FILTER', host.name, 'a rule of its packet filter that is not read may change the address', {
      stack: host.stack,
      logicalId: 'nft',
    });
  if (hidden) walk.packet = { ...packet, source: host.address };
  return undefined;
}
