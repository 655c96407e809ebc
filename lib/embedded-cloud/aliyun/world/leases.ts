import { address, type Block, block, dotted, holds } from '../../ipv4';
import { AliyunError } from '../aliyun-error';
import type { VSwitch } from './network';
import type { AliyunRegion } from './region';

/** Addresses of a vSwitch that Aliyun keeps: the first and the last three ("VPC and vSwitch", reserved addresses). */
const LAST = 3;

const key = (s: VSwitch, value: string): string => `${s.id} ${value}`;

/** Takes an address of a vSwitch for an interface: the wanted one, or the next free one. */
export function takeAddress(r: AliyunRegion, s: VSwitch, owner: string, wanted: string | undefined): string {
  const range = block(s.cidr) as Block;
  const end = range.first + range.size - LAST;
  if (wanted === undefined) {
    for (let n = range.first + 1; n < end; n++) {
      const candidate = dotted(n);
      if (r.leases[key(s, candidate)] !== undefined) continue;
      r.leases[key(s, candidate)] = owner;
      return candidate;
    }
    throw new AliyunError('InvalidVSwitchId.IpNotEnough', `The specified vSwitch ${s.id} has not enough free addresses.`);
  }
  const n = address(wanted);
  if (n === undefined || !holds(range, n))
    throw new AliyunError('InvalidPrivateIpAddress', `The private IP address ${wanted} is not in vSwitch ${s.id} (${s.cidr}).`);
  if (n === range.first || n >= end)
    throw new AliyunError('InvalidPrivateIpAddress', `The private IP address ${wanted} is reserved by the system.`);
  if (r.leases[key(s, wanted)] !== undefined)
    throw new AliyunError('InvalidPrivateIpAddress.Duplicated', `The private IP address ${wanted} is in use.`);
  r.leases[key(s, wanted)] = owner;
  return wanted;
}

/** Gives an address back. */
export function freeAddress(r: AliyunRegion, vSwitch: string, value: string): void {
  delete r.leases[`${vSwitch} ${value}`];
}
