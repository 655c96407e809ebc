/** The hosts of a world, whichever cloud they stand in. */
import type { Region, World } from '../../embedded-cloud/store/world';

export interface Host {
  /** Its `Name`: `<region>-<cluster>-<fleet>-<n>`; hosts of an elastic fleet share one. */
  readonly name: string;
  readonly instanceId: string;
  readonly address: string;
  readonly rootDisk: string;
  /** Ids of its data disks, sorted. */
  readonly dataDisks: readonly string[];
  /** Launched by a scaling group. */
  readonly elastic: boolean;
}

export function hostsIn(world: World): Host[] {
  return regionsOf(world).flatMap((region) => [...onAws(region), ...onAliyun(region)]);
}

/** Members by name: numbered hosts, of whom each stands once. */
export function membersIn(world: World): ReadonlyMap<string, Host> {
  return new Map(hostsIn(world).flatMap((host) => (host.elastic || host.name === '' ? [] : [[host.name, host]])));
}

export function regionsOf(world: World): Region[] {
  return Object.values(world.accounts).flatMap(({ regions }) => Object.values(regions));
}

function onAws({ instances, interfaces }: Region): Host[] {
  return Object.values(instances)
    .filter(({ state }) => state !== 'terminated')
    .map((one) => ({
      name: one.tags.Name ?? '',
      instanceId: one.id,
      address: interfaces[one.interfaces[0] ?? '']?.address ?? '',
      rootDisk: one.rootVolume,
      dataDisks: Object.values(one.volumes).sort(),
      elastic: one.group !== undefined,
    }));
}

function onAliyun({ aliyun: { instances, interfaces } }: Region): Host[] {
  return Object.values(instances).map((one) => ({
    name: one.name,
    instanceId: one.id,
    address: interfaces[one.interfaces[0] ?? '']?.address ?? '',
    rootDisk: one.systemDisk,
    dataDisks: [...one.disks].sort(),
    elastic: one.group !== undefined,
  }));
}
