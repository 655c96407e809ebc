import type { JsonObject } from '../../../../engine/json';
import { bool, num, objs, str, strs } from '../../../properties';
import type { Region } from '../../../store/world';
import { AwsError } from '../../aws-error';
import { ec2Id } from '../../ids';
import { freeAddress, takeAddress, takePrefix } from '../../world/leases';
import type { NetworkInterface, Tags } from '../../world/network';
import type { Handler } from '../handler';
import { must, tagsNow, tagsOf } from '../values';
import { interfaceOf, subnetOf } from './lookup';

/** What a new interface is. */
export interface InterfaceRequest {
  subnet: string | undefined;
  groups: string[];
  address?: string;
  secondary?: (string | undefined)[];
  prefixes?: (string | undefined)[];
  sourceDestCheck?: boolean;
  description?: string;
  tags: Tags;
}

/** Makes an interface with an address of its subnet. */
export function createInterface(region: Region, request: InterfaceRequest): NetworkInterface {
  const subnet = subnetOf(region, request.subnet);
  const groups = request.groups.length > 0 ? request.groups : [region.vpcs[subnet.vpc]?.defaultGroup ?? ''];
  for (const g of groups) mustGroup(region, g, subnet.vpc);
  const id = ec2Id('eni');
  const taken: string[] = [];
  try {
    const address = takeAddress(region, subnet, id, request.address);
    taken.push(address);
    for (const s of request.secondary ?? []) taken.push(takeAddress(region, subnet, id, s));
    const record: NetworkInterface = {
      id,
      subnet: subnet.id,
      vpc: subnet.vpc,
      zone: subnet.zone,
      address,
      secondary: taken.slice(1),
      prefixes: [],
      groups,
      sourceDestCheck: request.sourceDestCheck ?? true,
      description: request.description ?? '',
      tags: request.tags,
    };
    region.interfaces[id] = record;
    for (const wanted of request.prefixes ?? []) record.prefixes.push(takePrefix(region, subnet, wanted));
    return record;
  } catch (e) {
    for (const t of taken) freeAddress(region, subnet.id, t);
    delete region.interfaces[id];
    throw e;
  }
}

/** A security group of a VPC, or EC2's error. */
export function mustGroup(region: Region, id: string, vpc: string): void {
  const group = must(region.groups, id, 'InvalidGroup.NotFound', `The security group '${id}' does not exist`);
  if (group.vpc !== vpc) throw new AwsError('InvalidParameter', `Security group ${id} and subnet belong to different networks.`);
}

/** Attaches an interface; one that is attached already is refused. */
export function attach(region: Region, id: string, owner: string, index: number, deleteOnTermination: boolean): void {
  const found = interfaceOf(region, id);
  if (found.attachment) throw new AwsError('InvalidNetworkInterface.InUse', `Interface: [${id}] in use.`);
  found.attachment = { id: ec2Id('eni-attach'), owner, index, deleteOnTermination };
}

/** Deletes an interface and gives its addresses back. */
export function deleteInterface(region: Region, id: string): void {
  const found = region.interfaces[id];
  if (!found) return;
  for (const a of [found.address, ...found.secondary]) freeAddress(region, found.subnet, a);
  delete region.interfaces[id];
}

/** The addresses a template gives: the primary one, and the others. */
function addressesOf(p: JsonObject): { primary: string | undefined; secondary: (string | undefined)[] } {
  const list = objs(p, 'PrivateIpAddresses');
  const primary = str(p, 'PrivateIpAddress') ?? list.filter((a) => bool(a, 'Primary')).map((a) => str(a, 'PrivateIpAddress'))[0];
  const secondary: (string | undefined)[] = list.filter((a) => !bool(a, 'Primary')).map((a) => str(a, 'PrivateIpAddress'));
  secondary.push(...Array.from({ length: num(p, 'SecondaryPrivateIpAddressCount') ?? 0 }, () => undefined));
  return { primary, secondary };
}

const prefixesOf = (p: JsonObject): (string | undefined)[] => [
  ...objs(p, 'Ipv4Prefixes').map((x) => str(x, 'Ipv4Prefix')),
  ...Array.from({ length: num(p, 'Ipv4PrefixCount') ?? 0 }, () => undefined),
];

/** Named prefixes come and go by name; a changed count adds some or gives the last ones back, and leaves the others alone. */
function changePrefixes(region: Region, found: NetworkInterface, wanted: (string | undefined)[]): void {
  const named = wanted.filter((w): w is string => w !== undefined);
  const kept = found.prefixes.filter((x) => named.includes(x));
  const others = found.prefixes.filter((x) => !named.includes(x)).slice(0, wanted.length - named.length);
  found.prefixes = [...kept, ...others];
  const subnet = subnetOf(region, found.subnet);
  for (const n of named.filter((x) => !kept.includes(x))) found.prefixes.push(takePrefix(region, subnet, n));
  while (found.prefixes.length < wanted.length) found.prefixes.push(takePrefix(region, subnet, undefined));
}

const attributesOf = (i: NetworkInterface) => ({
  Id: i.id,
  PrimaryPrivateIpAddress: i.address,
  SecondaryPrivateIpAddresses: i.secondary,
  VpcId: i.vpc,
});

/** AWS::EC2::NetworkInterface */
export const networkInterface: Handler = {
  create(c, p) {
    const { primary, secondary } = addressesOf(p);
    const made = createInterface(c.region, {
      subnet: str(p, 'SubnetId'),
      groups: strs(p, 'GroupSet'),
      address: primary,
      secondary,
      prefixes: prefixesOf(p),
      sourceDestCheck: bool(p, 'SourceDestCheck'),
      description: str(p, 'Description'),
      tags: tagsOf(c, p.Tags),
    });
    return { physicalId: made.id, attributes: attributesOf(made) };
  },
  update(c, id, p, _before, changed) {
    const found = interfaceOf(c.region, id);
    const groups = strs(p, 'GroupSet');
    for (const g of groups) mustGroup(c.region, g, found.vpc);
    if (changed.includes('Ipv4Prefixes') || changed.includes('Ipv4PrefixCount')) changePrefixes(c.region, found, prefixesOf(p));
    if (groups.length > 0) found.groups = groups;
    Object.assign(found, {
      sourceDestCheck: bool(p, 'SourceDestCheck') ?? true,
      description: str(p, 'Description') ?? '',
      tags: tagsOf(c, p.Tags),
    });
    return { attributes: attributesOf(found) };
  },
  delete(c, id) {
    if (c.region.interfaces[id]?.attachment)
      throw new AwsError('InvalidParameterValue', `Network interface '${id}' is currently in use.`);
    deleteInterface(c.region, id);
  },
  read(c, id, p) {
    const found = c.region.interfaces[id];
    if (!found) return undefined;
    return {
      ...p,
      ...(p.SourceDestCheck === undefined ? {} : { SourceDestCheck: found.sourceDestCheck }),
      ...(p.GroupSet === undefined ? {} : { GroupSet: found.groups }),
      ...tagsNow(p.Tags, found.tags),
    };
  },
};
