/** The gateways that a router shares with another one. Source: keepalived.conf(5), "VRRP instance(s)". */
import { readAddress } from '../range';
import type { Router } from '../world';

type Shared = NonNullable<Router['shared']>[number];

/** Priority of an instance that says none (keepalived.conf(5), priority). */
const DEFAULT_PRIORITY = 100;

/** Virtual addresses of one `keepalived.conf`; never throws. Addresses stand one a line, the prefix length may be missing. */
export function parseKeepalived(text: string): Shared[] {
  const shared: Shared[] = [];
  const open: string[] = [];
  let face = '';
  let priority = DEFAULT_PRIORITY;
  let addresses: number[] = [];
  for (const raw of text.split('\n')) {
    const words = raw
      .replace(/[#!].*$/, '')
      .trim()
      .split(/\s+/);
    const [first = '', second = ''] = words;
    if (first === '') continue;
    if (first === '}') {
      if (open.pop() !== 'vrrp_instance') continue;
      for (const address of addresses) shared.push({ interface: face, address, priority });
      [face, priority, addresses] = ['', DEFAULT_PRIORITY, []];
    } else if (words.at(-1) === '{') open.push(first);
    else if (open.at(-1) === 'virtual_ipaddress') {
      const read = readAddress(first.includes('/') ? first : `${first}/32`);
      if (read !== undefined) addresses.push(read.address);
    } else if (open.at(-1) === 'vrrp_instance' && first === 'interface') face = second;
    else if (open.at(-1) === 'vrrp_instance' && first === 'priority') priority = Number(second);
  }
  return shared;
}
