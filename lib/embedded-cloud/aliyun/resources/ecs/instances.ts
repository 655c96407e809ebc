import type { Json } from '../../../../engine/json';
import { SYSTEM_DISK } from '../../../../facts/aliyun/disks';
import { NEW_SYSTEM_DISK, rosEffect } from '../../../../facts/aliyun/updates';
import { bool, num, str } from '../../../properties';
import type { AliyunInstance } from '../../world/compute';
import type { Context, Handler } from '../handler';
import { here, tagsNow, tagsOf } from '../values';
import { checkSystemDisk, exchangeSystemDisk, levelOf } from './disks';
import { checkImage, checkRole, checkType, groupIds, launch, release, start, stop, userDataOf } from './launch';
import { instanceOf } from './lookup';
import { groupsOf } from './security';

const attributesOf = (c: Context, i: AliyunInstance): Record<string, Json> => {
  const primary = here(c).interfaces[i.interfaces[0] ?? ''];
  return {
    InstanceId: i.id,
    HostName: i.hostName,
    InnerIp: '',
    PrivateIp: primary?.address ?? '',
    PublicIp: '',
    PrimaryNetworkInterfaceId: primary?.id ?? '',
    SecurityGroupIds: [...(primary?.groups ?? [])],
    ZoneId: i.zone,
  };
};

/** ALIYUN::ECS::Instance: a simulated host. */
export const instance: Handler = {
  create(c, p) {
    const made = launch(c, p, tagsOf(c, p.Tags));
    return { physicalId: made.id, attributes: attributesOf(c, made) };
  },
  async update(c, id, p, before, changed) {
    const r = here(c);
    const i = instanceOf(r, id);
    const next = { type: checkType(str(p, 'InstanceType')), image: checkImage(str(p, 'ImageId')) };
    const root = { size: num(p, 'SystemDiskSize') ?? 40 };
    const system = r.disks[i.systemDisk];
    const category = system?.category ?? SYSTEM_DISK;
    checkSystemDisk({ category, ...levelOf(p, 'SystemDiskPerformanceLevel'), ...root }, next.image);
    const groups = groupsOf(r, groupIds(p), i.vpc);
    const own = {
      name: str(p, 'InstanceName') ?? '',
      role: checkRole(c.account, str(p, 'RamRoleName')),
      deletionProtection: bool(p, 'DeletionProtection') ?? false,
      // It is shown to the host from now on; what the host makes of it is the host's ("ModifyInstanceAttribute").
      userData: userDataOf(str(p, 'UserData')),
      tags: tagsOf(c, p.Tags),
    };
    const primary = r.interfaces[i.interfaces[0] ?? ''];
    if (primary) primary.groups = groups;
    if (system) system.size = Math.max(system.size, root.size);
    Object.assign(i, own);
    if (changed.some((k) => rosEffect('ALIYUN::ECS::Instance', k, before[k], p[k]) === 'interrupt')) {
      stop(c, i);
      await c.takes('interrupt');
      // A new image is a new system disk: what the host kept there is gone.
      if (changed.includes(NEW_SYSTEM_DISK)) {
        exchangeSystemDisk(r, i);
        i.applied = { healthy: false };
      }
      Object.assign(i, next);
      start(c, i);
    } else if (changed.includes('Tags')) c.hosts.tagged(c.region, i);
    return { attributes: attributesOf(c, i) };
  },
  delete(c, id) {
    const i = here(c).instances[id];
    if (i) release(c, i);
  },
  signalsFrom: (_c, id) => [id],
  read(c, id, p) {
    const i = here(c).instances[id];
    if (!i) return undefined;
    return {
      ...p,
      ...(p.InstanceType === undefined ? {} : { InstanceType: i.type }),
      ...(p.ImageId === undefined ? {} : { ImageId: i.image }),
      ...(p.InstanceName === undefined ? {} : { InstanceName: i.name }),
      ...(p.RamRoleName === undefined ? {} : { RamRoleName: i.role ?? '' }),
      ...tagsNow(c, p.Tags, i.tags),
    };
  },
};
