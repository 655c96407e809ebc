/** Addresses and gateways in systemd-networkd's `.network` files. Source: systemd.network(5). */
import { parseIpv4 } from '../../estate/addresses/cidr';
import type { SizedRoute } from '../host/model';
import { readAddress, readRange } from '../range';

export interface NetworkFile {
  /** `Name=` of the match: one interface. */
  readonly name: string;
  readonly addresses: readonly { readonly address: number; readonly bits: number }[];
  /** Default gateway: of `[Network]`, or of a `[Route]` without a destination. */
  readonly gateway?: number;
  /** Other routes. */
  readonly routes: readonly SizedRoute[];
}

export function parseNetworkFile(text: string): NetworkFile {
  let section = '';
  let name = '';
  let gateway: number | undefined;
  let route: { gateway?: number; destination?: string; mtu?: number } = {};
  const routes: SizedRoute[] = [];
  const addresses: { address: number; bits: number }[] = [];
  const closeRoute = () => {
    const { destination: text, ...rest } = route;
    const destination = readRange(text ?? '0.0.0.0/0');
    if (destination?.bits === 0) gateway ??= rest.gateway;
    if (destination !== undefined && section === 'Route' && (destination.bits > 0 || rest.mtu !== undefined))
      routes.push({ destination, ...rest });
    route = {};
  };
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line.startsWith('#') || line.startsWith(';')) continue;
    if (line.startsWith('[')) {
      closeRoute();
      section = line.slice(1, -1);
      continue;
    }
    const at = line.indexOf('=');
    if (at < 0) continue;
    const key = line.slice(0, at).trim();
    const value = line.slice(at + 1).trim();
    if (section === 'Match' && key === 'Name') name = value;
    else if ((section === 'Network' || section === 'Address') && key === 'Address') {
      const address = readAddress(value);
      if (address !== undefined) addresses.push(address);
    } else if (section === 'Network' && key === 'Gateway') gateway ??= parseIpv4(value);
    else if (section === 'Route' && key === 'Gateway') route.gateway = parseIpv4(value);
    else if (section === 'Route' && key === 'Destination') route.destination = value;
    else if (section === 'Route' && key === 'MTUBytes' && Number(value) > 0) route.mtu = Number(value);
  }
  closeRoute();
  return { name, addresses, routes, ...(gateway === undefined ? {} : { gateway }) };
}

/** Largest packet of the interface that a `.netdev` file makes, by its name. Source: systemd.netdev(5), MTUBytes=. */
export function parseMtu(text: string): { readonly name: string; readonly mtu: number } | undefined {
  const [name, mtu] = ['Name', 'MTUBytes'].map((key) =>
    new RegExp(`^\\[NetDev\\]\\n(?:(?!\\[).*\\n)*?${key}=(.*)$`, 'm').exec(text)?.[1]?.trim(),
  );
  return name === undefined || !Number(mtu) ? undefined : { name, mtu: Number(mtu) };
}

/** The VLAN that a `.netdev` file makes, by the name of its interface; undefined for other kinds. Source: systemd.netdev(5). */
export function parseVlan(text: string): { readonly name: string; readonly id: number } | undefined {
  const value = (section: string, key: string) =>
    new RegExp(`^\\[${section}\\]\\n(?:(?!\\[).*\\n)*?${key}=(.*)$`, 'm').exec(text)?.[1]?.trim();
  const name = value('NetDev', 'Name');
  const id = Number(value('VLAN', 'Id'));
  return name === undefined || !Number.isInteger(id) ? undefined : { name, id };
}
