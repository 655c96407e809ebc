import type { AliyunInstance } from '../world/aliyun-compute';
import type { AliyunRoute } from '../world/aliyun-network';
import type { Tags } from '../world/network';
import type { Region } from '../world/world';

/** A host of Aliyun as it stands. */
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
  /** Instance RAM role. */
  role?: string;
  /** How often it was started: 1 after its launch. */
  starts: number;
  restarts: number;
  /** As the metadata service gives it. */
  userData: string;
  /** Digest of the configuration that was applied at its last boot. */
  applied?: string;
  healthy: boolean;
  /** Of its primary interface. */
  sourceDestCheck: boolean;
  groups: string[];
  disks: { id: string; size: number; device: string; deleteWithInstance: boolean }[];
  tags: Tags;
  /** The scaling group that launched it. */
  group?: string;
}

/** What of Aliyun stands in a region, read from the world in process. */
export interface AliyunInventory {
  stacks: { id: string; name: string; status: string; outputs: Record<string, string> }[];
  /** By name and address. */
  hosts: AliyunHostInventory[];
  vpcs: { id: string; cidr: string; name: string; systemTable: string }[];
  vSwitches: { id: string; cidr: string; zone: string; vpc: string; name: string }[];
  routeTables: {
    id: string;
    vpc: string;
    system: boolean;
    routes: { destination: string; hop: AliyunRoute['hop']; status: string }[];
  }[];
  disks: { id: string; size: number; zone: string; name: string; system: boolean; attachedTo?: string }[];
  securityGroups: { id: string; name: string; vpc?: string }[];
  scalingGroups: { id: string; name: string; min: number; max: number; desired?: number; instances: string[] }[];
}

/** Reads a region. */
export function aliyunInventoryOf(region: Region): AliyunInventory {
  const r = region.aliyun;
  const key = (h: AliyunHostInventory): string => `${h.name} ${h.privateIp.split('.').map((p) => p.padStart(3, '0'))}`;
  return {
    stacks: Object.values(region.stacks)
      .filter((s) => s.type === 'ALIYUN::ROS::Stack' && s.status !== 'DELETE_COMPLETE')
      .map(({ id, name, status, outputs }) => ({
        id,
        name,
        status,
        outputs: Object.fromEntries(outputs.map((o) => [o.key, o.value])),
      })),
    hosts: Object.values(r.instances)
      .map((i) => hostOf(region, i))
      .sort((a, b) => (key(a) < key(b) ? -1 : 1)),
    vpcs: Object.values(r.vpcs).map(({ id, cidr, name, systemTable }) => ({ id, cidr, name, systemTable })),
    vSwitches: Object.values(r.vSwitches).map(({ id, cidr, zone, vpc, name }) => ({ id, cidr, zone, vpc, name })),
    routeTables: Object.values(r.routeTables).map(({ id, vpc, system, routes }) => ({
      id,
      vpc,
      system,
      routes: routes.map(({ destination, hop, status }) => ({ destination, hop: { ...hop }, status })),
    })),
    disks: Object.values(r.disks).map(({ id, size, zone, name, system, attachment }) => ({
      id,
      size,
      zone,
      name,
      system,
      attachedTo: attachment?.instance,
    })),
    securityGroups: Object.values(r.groups).map(({ id, name, vpc }) => ({ id, name, vpc })),
    scalingGroups: Object.values(r.scalingGroups).map(({ id, name, min, max, desired, instances }) => ({
      id,
      name,
      min,
      max,
      desired,
      instances: [...instances],
    })),
  };
}

function hostOf(region: Region, i: AliyunInstance): AliyunHostInventory {
  const r = region.aliyun;
  const primary = r.interfaces[i.interfaces[0] ?? ''];
  const { name, state, type, image, zone, vSwitch, role, starts, restarts, userData, applied, group } = i;
  return {
    instanceId: i.id,
    name,
    privateIp: primary?.address ?? '',
    state,
    type,
    image,
    zone,
    vSwitch,
    role,
    starts,
    restarts,
    userData,
    applied: applied.digest,
    healthy: applied.healthy,
    sourceDestCheck: primary?.sourceDestCheck ?? true,
    groups: [...(primary?.groups ?? [])],
    disks: i.disks.flatMap((id) => {
      const disk = r.disks[id];
      const { device = '', deleteWithInstance = false } = disk?.attachment ?? {};
      return disk ? [{ id, size: disk.size, device, deleteWithInstance }] : [];
    }),
    tags: { ...i.tags },
    group,
  };
}
