/** Interfaces of a router, as its network files have them. */
import type { Files } from '../side';
import { settings, valuesOf } from './settings';

export interface Interface {
  /** With prefix length. */
  readonly address: string;
  /** `vlan`, `xfrm`. @default - a port, or the loopback */
  readonly kind?: string;
  readonly vlan?: string;
  /** Port that it stands on. */
  readonly port?: string;
  readonly mtu?: string;
  /** Number by which a tunnel and its policies find each other. */
  readonly tunnel?: string;
  /** Files that say nothing else. */
  readonly files: readonly string[];
}

export interface RouterNetwork {
  /** By name. */
  readonly interfaces: ReadonlyMap<string, Interface>;
  /** Largest packet, by port. */
  readonly ports: ReadonlyMap<string, string>;
  /** By file, the lines that nothing of the above is read from. */
  readonly rest: ReadonlyMap<string, readonly string[]>;
}

const READ =
  /^\[(?:Match|NetDev)\] Name=|^\[NetDev\] (?:Kind|MTUBytes)=|^\[VLAN\] Id=|^\[Xfrm\] InterfaceId=|^\[Network\] (?:Address|VLAN)=|^\[Link\] MTUBytes=/;

/** @param files of the router, by name; those of its other programs are passed over */
export function routerNetwork(files: Files): RouterNetwork {
  const lines = new Map(
    [...files].flatMap(([file, text]) => (/\.net(?:dev|work)$/.test(file) ? [[file, settings(text)] as const] : [])),
  );
  const portOf = new Map<string, string>();
  const ports = new Map<string, string>();
  for (const [, own] of lines) {
    const vlans = valuesOf(own, '[Network] VLAN');
    const port = valuesOf(own, '[Match] Name')[0];
    if (port === undefined || vlans.length === 0) continue;
    for (const vlan of vlans) portOf.set(vlan, port);
    ports.set(port, valuesOf(own, '[Link] MTUBytes').join(', '));
  }
  const made = new Map<string, Interface>();
  for (const [file, own] of lines) {
    const name = valuesOf(own, '[NetDev] Name')[0] ?? valuesOf(own, '[Match] Name')[0];
    if (name === undefined || ports.has(name)) continue;
    const known = made.get(name) ?? { address: '', files: [], ...(portOf.has(name) && { port: portOf.get(name)! }) };
    made.set(name, { ...known, ...interfaceOf(own), files: [...known.files, file] });
  }
  const rest = new Map([...lines].map(([file, own]) => [file, own.filter((line) => !READ.test(line))]));
  return { interfaces: made, ports, rest };
}

function interfaceOf(lines: readonly string[]): Partial<Interface> {
  const value = (key: string): string | undefined => {
    const found = valuesOf(lines, key);
    return found.length === 0 ? undefined : found.join(', ');
  };
  const read = {
    address: value('[Network] Address'),
    kind: value('[NetDev] Kind'),
    vlan: value('[VLAN] Id'),
    mtu: value('[NetDev] MTUBytes'),
    tunnel: value('[Xfrm] InterfaceId'),
  };
  return Object.fromEntries(Object.entries(read).filter(([, one]) => one !== undefined));
}
