import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../../../../engine/json';
import type { Tags } from '../../../aws/world/network';
import { str, strs } from '../../../properties';
import { AliyunError } from '../../aliyun-error';
import { freeAddress, takeAddress } from '../../world/leases';
import type { AliyunInterface, VSwitch } from '../../world/network';
import type { AliyunRegion } from '../../world/region';
import type { Handler } from '../handler';
import { aliyunId, found, here, tagsOf } from '../values';
import { vSwitchOf } from '../vpc/vpc';
import { instanceOf } from './lookup';
import { groupsOf } from './security';

/** What an interface is made from. */
interface InterfaceOrder {
  vSwitch: VSwitch;
  groups?: string[];
  address?: string;
  primary?: boolean;
  name?: string;
  owner?: string;
  tags?: Tags;
}

/** Makes an interface with its address. */
export function createInterface(r: AliyunRegion, order: InterfaceOrder): AliyunInterface {
  const id = aliyunId('eni');
  const { vSwitch, groups = [], address, primary = false, name = '', owner, tags = {} } = order;
  const made: AliyunInterface = {
    id,
    vSwitch: vSwitch.id,
    vpc: vSwitch.vpc,
    zone: vSwitch.zone,
    address: takeAddress(r, vSwitch, id, address),
    secondary: [],
    groups,
    mac: ['00:16:3e', ...[...randomBytes(3)].map((b) => b.toString(16).padStart(2, '0'))].join(':'),
    primary,
    name,
    sourceDestCheck: true,
    owner,
    tags,
  };
  r.interfaces[id] = made;
  return made;
}

/** Deletes an interface; its addresses are free again. */
export function deleteInterface(r: AliyunRegion, id: string): void {
  const gone = r.interfaces[id];
  if (!gone) return;
  for (const address of [gone.address, ...gone.secondary]) freeAddress(r, gone.vSwitch, address);
  delete r.interfaces[id];
}

export const interfaceOf = (r: AliyunRegion, id: string | undefined): AliyunInterface =>
  found(r.interfaces, id, 'InvalidEniId.NotFound', 'network interface');

/** Whether a route leads to something: it can't be released then ("DeleteInstance"). */
export const isHop = (r: AliyunRegion, id: string): boolean =>
  Object.values(r.routeTables).some((t) => t.routes.some((x) => x.hop.id === id));

const groupIds = (p: JsonObject): string[] =>
  p.SecurityGroupIds === undefined ? [str(p, 'SecurityGroupId')].filter((g) => g !== undefined) : strs(p, 'SecurityGroupIds');

const attributesOf = (i: AliyunInterface) => ({
  NetworkInterfaceId: i.id,
  MacAddress: i.mac,
  PrivateIpAddress: i.address,
  SecondaryPrivateIpAddresses: [...i.secondary],
});

/** ALIYUN::ECS::NetworkInterface: a secondary one. */
export const networkInterface: Handler = {
  create(c, p) {
    const r = here(c);
    const vSwitch = vSwitchOf(r, str(p, 'VSwitchId'));
    for (const unknown of ['Ipv4Prefixes', 'Ipv4PrefixCount', 'Ipv6Addresses', 'Ipv6AddressCount'])
      if (p[unknown] !== undefined)
        throw new AliyunError('UnsupportedFeature', `${unknown} of a network interface is not in the embedded cloud.`);
    const groups = groupsOf(r, groupIds(p), vSwitch.vpc);
    const tags = tagsOf(c, p.Tags);
    const name = str(p, 'NetworkInterfaceName');
    const made = createInterface(r, { vSwitch, groups, address: str(p, 'PrimaryIpAddress'), name, tags });
    try {
      for (const wanted of strs(p, 'PrivateIpAddresses')) made.secondary.push(takeAddress(r, vSwitch, made.id, wanted));
    } catch (e) {
      deleteInterface(r, made.id);
      throw e;
    }
    return { physicalId: made.id, attributes: attributesOf(made) };
  },
  update(c, id, p) {
    const r = here(c);
    const i = interfaceOf(r, id);
    const groups = groupsOf(r, groupIds(p), i.vpc);
    Object.assign(i, { groups, name: str(p, 'NetworkInterfaceName') ?? '', tags: tagsOf(c, p.Tags) });
    return { attributes: attributesOf(i) };
  },
  delete(c, id) {
    const r = here(c);
    if (r.interfaces[id]?.owner)
      throw new AliyunError('InvalidOperation.InvalidEniState', `The network interface ${id} is attached.`, 403);
    if (isHop(r, id)) throw new AliyunError('DependencyViolation.RouteEntry', 'Specified eni is used by route entry.');
    deleteInterface(r, id);
  },
  read: (c, id, p) => here(c).interfaces[id] && p,
};

/** ALIYUN::ECS::NetworkInterfaceAttachment */
export const networkInterfaceAttachment: Handler = {
  create(c, p) {
    const r = here(c);
    const i = interfaceOf(r, str(p, 'NetworkInterfaceId'));
    const instance = instanceOf(r, str(p, 'InstanceId'));
    if (i.owner) throw new AliyunError('InvalidOperation.InvalidEniState', `The network interface ${i.id} is attached.`, 403);
    if (i.zone !== instance.zone)
      throw new AliyunError(
        'InvalidOperation.AvailabilityZoneMismatch',
        `${i.id} and ${instance.id} stand in different zones.`,
        403,
      );
    if (i.vpc !== instance.vpc)
      throw new AliyunError('InvalidOperation.VpcMismatch', `${i.id} and ${instance.id} stand in different VPCs.`, 403);
    i.owner = instance.id;
    instance.interfaces.push(i.id);
    return {
      physicalId: `${instance.id}:${i.id}`,
      attributes: { InstanceId: instance.id, NetworkInterfaceId: i.id, TrunkNetworkInstanceId: '' },
    };
  },
  delete(c, id) {
    const [instanceId = '', interfaceId = ''] = id.split(':');
    const r = here(c);
    const instance = r.instances[instanceId];
    if (instance) instance.interfaces = instance.interfaces.filter((x) => x !== interfaceId);
    if (r.interfaces[interfaceId]?.owner === instanceId) r.interfaces[interfaceId].owner = undefined;
  },
  read(c, id, p) {
    const [instanceId = '', interfaceId = ''] = id.split(':');
    return here(c).interfaces[interfaceId]?.owner === instanceId ? p : undefined;
  },
};
