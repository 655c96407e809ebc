import type { JsonObject } from '../../../../engine/json';
import { diskGib, systemDiskGib } from '../../../../facts/aliyun/disks';
import type { Gib } from '../../../../facts/volume';
import { bool, num, str } from '../../../properties';
import { AliyunError } from '../../aliyun-error';
import type { AliyunDisk, AliyunInstance } from '../../world/compute';
import type { AliyunRegion } from '../../world/region';
import type { Context, Handler } from '../handler';
import { aliyunId, here, tagsOf, zoneOfRegion } from '../values';
import { diskOf, instanceOf } from './lookup';

/** Data disks an instance ("Block storage limits"): most types take 16. */
const DISKS = 16;

interface Category {
  readonly category: string;
  readonly level?: string;
  /** GiB. */
  readonly size: number;
}

/** Category, level and size of a data disk, checked. */
export function checkDisk({ category, level, size }: Category): void {
  checkSize(category, size, diskGib(category, level), level);
}

/** The same of a system disk, which its image has to fit. */
export function checkSystemDisk({ category, level, size }: Category, image: string): void {
  checkSize(category, size, diskGib(category, level) && systemDiskGib(category, image, level), level);
}

function checkSize(category: string, size: number, gib: Gib | undefined, level?: string): void {
  if (gib === undefined)
    throw new AliyunError(
      'InvalidDiskCategory.NotSupported',
      `The specified disk category ${[category, ...(level === undefined ? [] : [level])].join(' ')} is not supported.`,
    );
  if (!Number.isInteger(size) || size < gib[0] || size > gib[1])
    throw new AliyunError(
      'InvalidDiskSize.NotSupported',
      `Size ${size} is not valid for ${category}: ${gib[0]} to ${gib[1]} GiB.`,
    );
}

/** Makes a disk, unchecked. */
export function makeDisk(r: AliyunRegion, disk: Omit<AliyunDisk, 'id'>): AliyunDisk {
  const id = aliyunId('d');
  r.disks[id] = { id, ...disk };
  return r.disks[id];
}

/** Gives an instance another system disk: it has an id of its own, and the old one is released (ECS, "ReplaceSystemDisk"). */
export function exchangeSystemDisk(r: AliyunRegion, instance: AliyunInstance): void {
  const old = r.disks[instance.systemDisk];
  if (old === undefined) return;
  delete r.disks[old.id];
  const { id: _, ...same } = old;
  instance.systemDisk = makeDisk(r, same).id;
}

/** The device name that the next disk of an instance gets: the system disk is `/dev/xvda`. */
export const nextDevice = (instance: Pick<AliyunInstance, 'disks'>): string =>
  `/dev/xvd${String.fromCharCode('b'.charCodeAt(0) + instance.disks.length)}`;

/** The level of an ESSD as a template says it. */
export function levelOf(p: JsonObject, key: string): { level?: string } {
  const level = str(p, key);
  return level === undefined ? {} : { level };
}

const attributesOf = (d: AliyunDisk) => ({ DiskId: d.id, Status: d.attachment ? 'In_use' : 'Available' });

/** ALIYUN::ECS::Disk */
export const disk: Handler = {
  create(c, p) {
    const zone = str(p, 'ZoneId');
    if (zone === undefined || !zoneOfRegion(c.region.name, zone))
      throw new AliyunError('InvalidZoneId.NotFound', `The specified zone ${zone} does not exist in ${c.region.name}.`, 404);
    const [category, size] = [str(p, 'DiskCategory') ?? 'cloud', num(p, 'Size') ?? 0];
    checkDisk({ category, ...levelOf(p, 'PerformanceLevel'), size });
    if (p.InstanceId !== undefined)
      throw new AliyunError(
        'UnsupportedFeature',
        'InstanceId of a disk is not in the embedded cloud: use ALIYUN::ECS::DiskAttachment.',
      );
    const encrypted = bool(p, 'Encrypted') ?? false;
    const name = str(p, 'DiskName') ?? '';
    const made = makeDisk(here(c), { zone, size, category, encrypted, system: false, name, tags: tagsOf(c, p.Tags) });
    return { physicalId: made.id, attributes: attributesOf(made) };
  },
  update(c, id, p) {
    const d = diskOf(here(c), id);
    const [category, size] = [str(p, 'DiskCategory') ?? d.category, num(p, 'Size') ?? d.size];
    checkDisk({ category, ...levelOf(p, 'PerformanceLevel'), size });
    if (size < d.size)
      throw new AliyunError('InvalidDiskSize.TooSmall', `Disk ${id} can't shrink from ${d.size} to ${size} GiB.`);
    Object.assign(d, { category, size, name: str(p, 'DiskName') ?? '', tags: tagsOf(c, p.Tags) });
    return { attributes: attributesOf(d) };
  },
  delete(c, id) {
    const d = here(c).disks[id];
    if (d?.attachment)
      throw new AliyunError(
        'IncorrectDiskStatus',
        `The disk ${id} is attached to ${d.attachment.instance}: detach it first.`,
        403,
      );
    delete here(c).disks[id];
  },
  read(c, id, p) {
    const d = here(c).disks[id];
    return d && { ...p, ...(p.Size === undefined ? {} : { Size: d.size }) };
  },
};

function attach(c: Context, p: JsonObject): AliyunDisk {
  const r = here(c);
  const d = diskOf(r, str(p, 'DiskId'));
  const instance = instanceOf(r, str(p, 'InstanceId'));
  if (c.region.outages.volumes.includes(d.id))
    throw new AliyunError('IncorrectDiskStatus', `The current disk status of ${d.id} does not support this operation.`, 403);
  if (d.attachment)
    throw new AliyunError('IncorrectDiskStatus', `The disk ${d.id} is attached to ${d.attachment.instance} already.`, 403);
  if (d.zone !== instance.zone)
    throw new AliyunError(
      'InvalidOperation.Conflict',
      `The disk ${d.id} stands in ${d.zone}, the instance ${instance.id} in ${instance.zone}.`,
      403,
    );
  if (instance.disks.length >= DISKS)
    throw new AliyunError('InstanceDiskLimitExceeded', `The limit of ${DISKS} data disks of an instance is exceeded.`, 403);
  const device = str(p, 'Device') ?? nextDevice(instance);
  d.attachment = { instance: instance.id, device, deleteWithInstance: bool(p, 'DeleteWithInstance') ?? true };
  instance.disks.push(d.id);
  return d;
}

/** Detaches a disk from whatever holds it. */
export function detach(r: AliyunRegion, d: AliyunDisk): void {
  const instance = r.instances[d.attachment?.instance ?? ''];
  if (instance) instance.disks = instance.disks.filter((x) => x !== d.id);
  d.attachment = undefined;
}

/** ALIYUN::ECS::DiskAttachment */
export const diskAttachment: Handler = {
  create(c, p) {
    const d = attach(c, p);
    const attributes = { DiskId: d.id, Device: d.attachment?.device ?? '', Status: 'In_use' };
    return { physicalId: `${d.id}:${d.attachment?.instance}`, attributes };
  },
  update(c, _id, p) {
    const d = diskOf(here(c), str(p, 'DiskId'));
    if (d.attachment) d.attachment.deleteWithInstance = bool(p, 'DeleteWithInstance') ?? true;
    return undefined;
  },
  delete(c, id) {
    const [diskId = '', instance = ''] = id.split(':');
    const d = here(c).disks[diskId];
    if (d?.attachment?.instance === instance) detach(here(c), d);
  },
  read(c, id, p) {
    const [diskId = '', instance = ''] = id.split(':');
    return here(c).disks[diskId]?.attachment?.instance === instance ? p : undefined;
  },
};
