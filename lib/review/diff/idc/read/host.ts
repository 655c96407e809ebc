/** A rack's host, as its network files have it. */
import type { Files } from '../side';
import { settings, valuesOf } from './settings';

export interface HostNetwork {
  /** With prefix length. */
  readonly address: string;
  readonly gateway: string;
  readonly vlan: string;
  readonly mtu: string;
  /** Mode of the bond. */
  readonly bond: string;
  /** Ports that are joined to the bond. */
  readonly ports: string;
  /** By file, the lines that nothing of the above is read from. */
  readonly rest: ReadonlyMap<string, readonly string[]>;
}

/** Section and key of what is read. */
const READ =
  /^\[(?:Match|NetDev)\] Name=|^\[Network\] (?:Address|Gateway|VLAN)=|^\[VLAN\] Id=|^\[(?:Link|NetDev)\] MTUBytes=|^\[Bond\] Mode=/;

/** Of an interface; a route's is told as it stands. */
const MTU = /^\[(?:Link|NetDev)\] MTUBytes=(.*)$/;

/** What follows from the bond's mode. */
const OF_MODE = /^\[Bond\] (?:LACPTransmitRate|TransmitHashPolicy|GratuitousARP)=/;

/** @param files by name */
export function hostNetwork(files: Files): HostNetwork {
  const lines = new Map([...files].map(([file, text]) => [file, settings(text)]));
  const values = (key: string): string =>
    [...new Set([...lines.values()].flatMap((own) => valuesOf(own, key)))].sort().join(', ');
  const ports = [...lines].flatMap(([, own]) =>
    valuesOf(own, '[Network] Bond').length > 0 ? valuesOf(own, '[Match] Name') : [],
  );
  const mtus = [...lines.values()].flatMap((own) => own.flatMap((line) => MTU.exec(line)?.[1] ?? []));
  const rest = new Map<string, string[]>();
  for (const [file, own] of lines) {
    // A host has one VLAN, whose number stands in the names of files.
    const name = file.replace(/vlan\d+/, 'vlan').replace(/^20-.*\.network$/, '20-<port>.network');
    rest.set(name, [...(rest.get(name) ?? []), ...own.filter((line) => !READ.test(line))]);
  }
  return {
    address: values('[Network] Address'),
    gateway: values('[Network] Gateway'),
    vlan: values('[VLAN] Id'),
    mtu: [...new Set(mtus)].join(', '),
    bond: values('[Bond] Mode'),
    ports: ports.sort().join(', '),
    rest,
  };
}

/** Lines of two hosts that differ and are told by nothing else: `- 20-<port>.network: [Network] LLDP=yes`. */
export function restOf({ bond, rest }: HostNetwork, other: HostNetwork): string[] {
  return [...rest].flatMap(([file, lines]) => {
    const own = bond === other.bond ? lines : lines.filter((line) => !OF_MODE.test(line));
    return own.map((line) => `${file}: ${line}`);
  });
}
