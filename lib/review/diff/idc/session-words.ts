/** A BGP session with both its ends: `BGP 169.254.100.2 <-> 169.254.100.1 of us-east-1 (leased line beijing--us-east-1/line)`. */
import { containsCidr, parseCidr } from '../../../estate/addresses/cidr';
import type { Neighbor } from './read/frr';
import type { Router, RouterChange } from './router';

export function sessionWords({ idc }: RouterChange, { network }: Router, address: string, { what, asn }: Neighbor): string {
  const peer = parseCidr(`${address}/32`);
  const own = [...network.interfaces.values()].find(({ address: face }) => {
    const range = networkOf(face);
    return range !== undefined && peer !== undefined && containsCidr(range, peer);
  });
  const ends = /(?:leased line|VPN) (.+?)--(.+?)(?:\/|$)/.exec(what)?.slice(1) ?? [];
  const other = ends.find((place) => place !== idc);
  const place = other === undefined ? '' : ` of ${other}`;
  return `BGP ${own === undefined ? '' : `${own.address.split('/')[0]} <-> `}${address}${place}${asn === undefined ? '' : `, AS ${asn}`} (${what})`;
}

/** `10.200.255.1/28` lies in `10.200.255.0/28`. */
function networkOf(address: string) {
  const [ip = '', bits = ''] = address.split('/');
  const size = 2 ** (32 - Number(bits));
  const at = parseCidr(`${ip}/32`);
  return at === undefined
    ? undefined
    : { ...at, base: (Math.floor(at.base / size) * size) as typeof at.base, bits: Number(bits) };
}
