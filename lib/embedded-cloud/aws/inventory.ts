import { liveStacks } from '../../engine/stack';
import type { Region } from '../store/world';
import { type LinkInventory, linksOf, type RouteInventory, routesOf } from './inventory-links';
import type { Instance } from './world/compute';
import type { Tags } from './world/network';

/** A host as it stands. */
export interface HostInventory {
  instanceId: string;
  /** Its `Name` tag. */
  name?: string;
  /** Primary private address. */
  privateIp: string;
  state: 'running' | 'stopped' | 'terminated';
  type: string;
  image: string;
  zone: string;
  subnet: string;
  /** How often it was started: 1 after its launch. */
  starts: number;
  stops: number;
  /** Decoded user-data. */
  userData: string;
  tags: Tags;
  volumes: { id: string; device: string; size: number }[];
  interfaces: { id: string; address: string; sourceDestCheck: boolean; prefixes: string[]; groups: string[] }[];
  /** The Auto Scaling group that launched it. */
  group?: string;
}

/** What stands in a region, read from the world in process. */
export interface RegionInventory extends LinkInventory {
  stacks: { name: string; status: string; outputs: Record<string, string> }[];
  /** All hosts that weren't terminated, by name and address. */
  hosts: HostInventory[];
  vpcs: { id: string; cidr: string; name?: string }[];
  subnets: { id: string; cidr: string; zone: string; vpc: string; name?: string }[];
  routeTables: { id: string; name?: string; vpc: string; main: boolean; routes: RouteInventory[]; subnets: string[] }[];
  securityGroups: {
    id: string;
    name: string;
    vpc: string;
    rules: { direction: string; protocol: string; from?: number; to?: number; peer: string }[];
  }[];
  interfaces: { id: string; address: string; subnet: string; attachedTo?: string; sourceDestCheck: boolean }[];
  volumes: { id: string; size: number; zone: string; attachedTo?: string; name?: string }[];
  scalingGroups: { name: string; min: number; max: number; desired: number; instances: string[] }[];
  loadBalancers: {
    name: string;
    dnsName: string;
    scheme: string;
    zones: string[];
    /** Ids of instances or addresses, of scaling groups' hosts too. */
    listeners: { port: number; protocol: string; targets: string[] }[];
  }[];
  parameters: Record<string, string>;
}

/** Reads a region. */
export function inventoryOf(r: Region): RegionInventory {
  const name = (tags: Tags) => tags.Name;
  const alive = Object.values(r.instances).filter((i) => i.state !== 'terminated');
  return {
    stacks: liveStacks(r).map((s) => ({
      name: s.name,
      status: s.status,
      outputs: Object.fromEntries(s.outputs.map((o) => [o.key, o.value])),
    })),
    hosts: alive.map((i) => hostOf(r, i)).sort((a, b) => (key(a) < key(b) ? -1 : 1)),
    vpcs: Object.values(r.vpcs).map((v) => ({ id: v.id, cidr: v.cidr, name: name(v.tags) })),
    subnets: Object.values(r.subnets).map((s) => ({ id: s.id, cidr: s.cidr, zone: s.zone, vpc: s.vpc, name: name(s.tags) })),
    routeTables: Object.values(r.routeTables).map((t) => ({
      id: t.id,
      name: name(t.tags),
      vpc: t.vpc,
      main: t.main,
      routes: routesOf(r, t),
      subnets: Object.values(t.associations).map((a) => a.subnet),
    })),
    securityGroups: Object.values(r.groups).map((g) => ({
      id: g.id,
      name: g.name,
      vpc: g.vpc,
      rules: g.rules.map((x) => ({
        direction: x.direction,
        protocol: x.protocol,
        from: x.from,
        to: x.to,
        peer: x.cidr ?? x.group ?? '',
      })),
    })),
    interfaces: Object.values(r.interfaces).map((i) => ({
      id: i.id,
      address: i.address,
      subnet: i.subnet,
      attachedTo: i.attachment?.owner,
      sourceDestCheck: i.sourceDestCheck,
    })),
    volumes: Object.values(r.volumes).map((v) => ({
      id: v.id,
      size: v.size,
      zone: v.zone,
      attachedTo: v.attachment?.instance,
      name: name(v.tags),
    })),
    scalingGroups: Object.values(r.scalingGroups).map((g) => ({
      name: g.name,
      min: g.min,
      max: g.max,
      desired: g.desired,
      instances: [...g.instances],
    })),
    loadBalancers: Object.values(r.loadBalancers).map((l) => ({
      name: l.name,
      dnsName: l.dnsName,
      scheme: l.scheme,
      zones: l.subnets.flatMap((s) => r.subnets[s]?.zone ?? []),
      listeners: Object.values(r.listeners)
        .filter((x) => x.loadBalancer === l.id)
        .map((x) => ({ port: x.port, protocol: x.protocol, targets: targetsOf(r, x.targetGroup) })),
    })),
    parameters: Object.fromEntries(Object.values(r.parameters).map((p) => [p.name, p.value])),
    ...linksOf(r),
  };
}

function targetsOf(r: Region, group: string): string[] {
  const scaled = Object.values(r.scalingGroups).flatMap((g) => (g.targetGroups.includes(group) ? g.instances : []));
  return [...(r.targetGroups[group]?.targets ?? []), ...scaled];
}

const key = (h: HostInventory): string => `${h.name ?? ''} ${h.privateIp} ${h.instanceId}`;

function hostOf(r: Region, i: Instance): HostInventory {
  const own = i.interfaces.flatMap((id) => r.interfaces[id] ?? []);
  return {
    instanceId: i.id,
    name: i.tags.Name,
    privateIp: own[0]?.address ?? '',
    state: i.state,
    type: i.type,
    image: i.image,
    zone: i.zone,
    subnet: i.subnet,
    starts: i.starts,
    stops: i.stops,
    userData: Buffer.from(i.userData ?? '', 'base64').toString('utf8'),
    tags: { ...i.tags },
    volumes: Object.entries(i.volumes).map(([device, id]) => ({ id, device, size: r.volumes[id]?.size ?? 0 })),
    interfaces: own.map((n) => ({
      id: n.id,
      address: n.address,
      sourceDestCheck: n.sourceDestCheck,
      prefixes: [...n.prefixes],
      groups: [...n.groups],
    })),
    group: i.group,
  };
}
