import { liveStacks } from '../../engine/stack';
import type { Tags } from '../aws/world/network';
import type { Region, World } from '../store/world';
import { type LoadBalancerInventory, loadBalancersOf } from './inventory-balancers';
import { type AliyunLinks, linksOf } from './inventory-links';
import { innerAccess } from './resources/ecs/security';
import type { AliyunInstance } from './world/compute';
import { hopState } from './world/routes';

/** A host as it stands. */
export interface AliyunHostInventory {
  instanceId: string;
  name: string;
  /** Primary private address. */
  privateIp: string;
  state: 'Running' | 'Stopped';
  type: string;
  image: string;
  zone: string;
  vSwitch: string;
  role?: string;
  /** How often it was started: 1 after its launch. */
  starts: number;
  restarts: number;
  /** As the host reads it. */
  userData: string;
  /** Digest of the configuration that it applied at its last boot. */
  applied?: string;
  /** Whether it is well with it. */
  healthy: boolean;
  /** Of its primary interface. */
  sourceDestCheck: boolean;
  primaryInterface: string;
  groups: string[];
  tags: Tags;
  /** Data disks. */
  disks: { id: string; device: string; size: number; deleteWithInstance: boolean }[];
  /** The scaling group that launched it. */
  group?: string;
}

/** What of Aliyun stands in a region, read from the world in process. */
export interface AliyunInventory extends AliyunLinks {
  stacks: { id: string; name: string; status: string; outputs: Record<string, string> }[];
  /** By name and address. */
  hosts: AliyunHostInventory[];
  vpcs: { id: string; cidr: string; secondary: string[]; name: string; systemTable: string }[];
  vSwitches: { id: string; cidr: string; zone: string; vpc: string; name: string }[];
  routeTables: {
    id: string;
    vpc: string;
    system: boolean;
    vSwitches: string[];
    routes: { destination: string; hop: string; type: string; state: 'active' | 'blackhole' }[];
  }[];
  securityGroups: {
    id: string;
    name: string;
    vpc?: string;
    innerAccess: 'Accept' | 'Drop';
    rules: { direction: string; protocol: string; ports: string; peer: string; priority: number; policy: string }[];
  }[];
  interfaces: { id: string; address: string; vSwitch: string; attachedTo?: string; primary: boolean; sourceDestCheck: boolean }[];
  disks: { id: string; name: string; size: number; zone: string; system: boolean; attachedTo?: string }[];
  scalingGroups: {
    id: string;
    name: string;
    state: string;
    min: number;
    max: number;
    desired?: number;
    configuration?: string;
    instances: string[];
  }[];
  loadBalancers: LoadBalancerInventory[];
  /** Buckets of the region with their keys. */
  buckets: { name: string; keys: string[] }[];
}

/** Reads a region. */
export function aliyunInventoryOf(world: World, region: Region): AliyunInventory {
  const r = region.aliyun;
  return {
    stacks: liveStacks(region).map((s) => ({
      id: s.id,
      name: s.name,
      status: s.status,
      outputs: Object.fromEntries(s.outputs.map((o) => [o.key, o.value])),
    })),
    hosts: Object.values(r.instances)
      .map((i) => hostOf(region, i))
      .sort((a, b) => (key(a) < key(b) ? -1 : 1)),
    vpcs: Object.values(r.vpcs).map(({ id, cidr, secondary, name, systemTable }) => ({
      id,
      cidr,
      secondary: [...secondary],
      name,
      systemTable,
    })),
    vSwitches: Object.values(r.vSwitches).map(({ id, cidr, zone, vpc, name }) => ({ id, cidr, zone, vpc, name })),
    routeTables: Object.values(r.routeTables).map((t) => ({
      id: t.id,
      vpc: t.vpc,
      system: t.system,
      vSwitches: [...t.vSwitches],
      routes: t.routes.map((x) => ({
        destination: x.destination,
        hop: x.hop.id,
        type: x.hop.type,
        state: hopState(r, x),
      })),
    })),
    securityGroups: Object.values(r.groups).map((g) => ({
      id: g.id,
      name: g.name,
      vpc: g.vpc,
      innerAccess: innerAccess(g),
      rules: g.rules.map(({ direction, protocol, ports, cidr, group, priority, policy }) => ({
        direction,
        protocol,
        ports,
        peer: cidr ?? group ?? '',
        priority,
        policy,
      })),
    })),
    interfaces: Object.values(r.interfaces).map(({ id, address, vSwitch, owner, primary, sourceDestCheck }) => ({
      id,
      address,
      vSwitch,
      attachedTo: owner,
      primary,
      sourceDestCheck,
    })),
    disks: Object.values(r.disks).map(({ id, name, size, zone, system, attachment }) => ({
      id,
      name,
      size,
      zone,
      system,
      attachedTo: attachment?.instance,
    })),
    scalingGroups: Object.values(r.scalingGroups).map(({ id, name, state, min, max, desired, configuration, instances }) => ({
      id,
      name,
      state,
      min,
      max,
      desired,
      configuration,
      instances: [...instances],
    })),
    loadBalancers: loadBalancersOf(r),
    buckets: Object.values(world.ossBuckets)
      .filter((b) => b.region === region.name && b.account === region.account)
      .map((b) => ({ name: b.name, keys: Object.keys(b.objects).sort() })),
    ...linksOf(r, world.accounts[region.account]?.aliyun.healthChecks ?? {}),
  };
}

const key = (h: AliyunHostInventory): string => `${h.name} ${h.privateIp} ${h.instanceId}`;

function hostOf(region: Region, i: AliyunInstance): AliyunHostInventory {
  const r = region.aliyun;
  const primary = r.interfaces[i.interfaces[0] ?? ''];
  return {
    instanceId: i.id,
    name: i.name,
    privateIp: primary?.address ?? '',
    state: i.state,
    type: i.type,
    image: i.image,
    zone: i.zone,
    vSwitch: i.vSwitch,
    role: i.role,
    starts: i.starts,
    restarts: i.restarts,
    userData: i.userData,
    applied: i.applied.digest,
    healthy: i.applied.healthy,
    sourceDestCheck: primary?.sourceDestCheck ?? true,
    primaryInterface: primary?.id ?? '',
    groups: [...(primary?.groups ?? [])],
    tags: { ...i.tags },
    disks: i.disks.flatMap((id) => {
      const d = r.disks[id];
      return d?.attachment
        ? [{ id, device: d.attachment.device, size: d.size, deleteWithInstance: d.attachment.deleteWithInstance }]
        : [];
    }),
    group: i.group,
  };
}
