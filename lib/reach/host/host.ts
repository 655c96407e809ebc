/** A host on a packet's way: what its packet filter lets out and in, and whose address leaves. */
import { holds } from '../range';
import type { IdcEndpoint, NetworkInterface, Range } from '../world';
import { type HookPacket, type Passed, passChain } from './filter';
import type { Hook, HostNetwork } from './model';
import { EVERYTHING, isEverything, isNothing, type Traffic } from './traffic';

/** The device of every host towards its VPC or rack, and the bridge of its containers. */
const UPLINK = 'eth0';
const BRIDGE = 'docker0';

/** A host as its packets see it. */
export interface Host {
  readonly name: string;
  readonly address: number;
  /** Container ranges that it forwards to. */
  readonly own: readonly Range[];
  readonly network: HostNetwork;
  /** For hops: stack or file of the text. */
  readonly stack: string;
}

/** Undefined for one that lets everything through as it comes. */
export function hostOfInterface(own: NetworkInterface): Host | undefined {
  if (own.network === undefined) return undefined;
  const ranges = [...own.containers, ...own.prefixes];
  return { name: own.host, address: own.address, own: ranges, network: own.network, stack: own.from.stack };
}

export function hostOfRack(host: IdcEndpoint): Host | undefined {
  const { network } = host;
  if (network === undefined) return undefined;
  const own = host.containers === undefined ? [] : [host.containers];
  return { name: host.host, address: host.address, own, network, stack: network.where };
}

/** A packet between somebody on the host (the host itself, or a container of it) and somebody who isn't. */
export interface Passing {
  /** Of the host or its container. */
  readonly near: number;
  /** Of the other one. */
  readonly far: number;
  readonly leaves: boolean;
  readonly reply: boolean;
  /** The connection has the host's own address outside of it. */
  readonly masqueraded: boolean;
}

export interface HostVerdict {
  readonly passes: Traffic;
  readonly dropped: Passed['dropped'];
}

/** What passes of this traffic. */
export function passHost(host: Host, passing: Passing, traffic: Traffic = EVERYTHING): HostVerdict {
  let passes = traffic;
  const dropped: HostVerdict['dropped'][number][] = [];
  for (const { chain, packet } of stages(host, passing)) {
    if (chain.nat) continue;
    const found = passChain(chain, packet, passes);
    passes = found.passes;
    dropped.push(...found.dropped);
    if (isNothing(passes)) break;
  }
  return { passes: isEverything(passes) ? EVERYTHING : passes, dropped };
}

/** Whether the first packet of a connection leaves with the host's own address; `unread` where nobody knows. */
export function masquerades(host: Host, near: number, far: number): boolean | 'unread' {
  const passing = { near, far, leaves: true, reply: false, masqueraded: false };
  for (const { chain, packet } of stages(host, passing)) {
    if (!chain.nat || chain.hook !== 'postrouting') continue;
    const { masqueraded, dropped } = passChain(chain, packet, EVERYTHING);
    if (dropped.length > 0) return 'unread';
    if (!isNothing(masqueraded)) return near !== host.address;
  }
  return false;
}

/** Whether an address lies in the network of docker's own bridge: what is sent there never leaves the host. */
export function swallows(host: Host, far: number): boolean {
  return host.network.bridge !== undefined && holds(host.network.bridge, far);
}

/** Source: nft(8), "Standard priority names": replies get their container's address back, and others lose it, at these priorities. */
const DESTINATION_NAT = -100;
const SOURCE_NAT = 100;

function* stages(host: Host, { near, far, leaves, reply, masqueraded }: Passing) {
  const contained = near !== host.address;
  const inside = contained ? { device: BRIDGE } : {};
  const wire = masqueraded ? host.address : near;
  const hooks: readonly Hook[] = leaves
    ? contained
      ? ['prerouting', 'forward', 'postrouting']
      : ['output', 'postrouting']
    : contained
      ? ['prerouting', 'forward', 'postrouting']
      : ['prerouting', 'input'];
  for (const hook of hooks) {
    for (const chain of host.network.hooks) {
      if (chain.hook !== hook) continue;
      const outside =
        (hook === 'prerouting' && !leaves && chain.priority < DESTINATION_NAT) ||
        (hook === 'postrouting' && leaves && chain.priority > SOURCE_NAT);
      const own = outside ? wire : near;
      const from = leaves ? inside.device : UPLINK;
      const to = leaves ? UPLINK : inside.device;
      const packet: HookPacket = {
        ...(hook === 'output' || hook === 'postrouting' || from === undefined ? {} : { from }),
        ...(hook === 'prerouting' || hook === 'input' || to === undefined ? {} : { to }),
        source: leaves ? own : far,
        destination: leaves ? far : own,
        reply,
        own: host.own,
      };
      yield { chain, packet };
    }
  }
}

/** Between a host and its own container: they meet on its bridge. */
export function passBridge(host: Host, container: number, toHost: boolean, reply: boolean, traffic: Traffic): HostVerdict {
  const hooks: readonly Hook[] = toHost ? ['prerouting', 'input'] : ['output', 'postrouting'];
  let passes = traffic;
  const dropped: HostVerdict['dropped'][number][] = [];
  for (const hook of hooks) {
    for (const chain of host.network.hooks) {
      if (chain.hook !== hook || chain.nat) continue;
      const packet = {
        ...(toHost ? { from: BRIDGE } : { to: BRIDGE }),
        source: toHost ? container : host.address,
        destination: toHost ? host.address : container,
        reply,
        own: host.own,
      };
      const found = passChain(chain, packet, passes);
      passes = found.passes;
      dropped.push(...found.dropped);
    }
  }
  return { passes: isEverything(passes) ? EVERYTHING : passes, dropped };
}
