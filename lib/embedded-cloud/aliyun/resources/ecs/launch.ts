import { clock } from '../../../../engine/clock';
import type { JsonObject } from '../../../../engine/json';
import { INSTANCE_TYPE, USER_DATA_BYTES } from '../../../../facts/aliyun/limits';
import type { Tags } from '../../../aws/world/network';
import { bool, num, objs, str, strs } from '../../../properties';
import type { Account, Region } from '../../../store/world';
import { AliyunError } from '../../aliyun-error';
import type { AliyunHosts } from '../../hosts/hosts';
import type { AliyunInstance } from '../../world/compute';
import { aliyunId, found } from '../values';
import { vSwitchOf } from '../vpc/vpc';
import { checkDisk, checkSystemDisk, detach, levelOf, makeDisk, nextDevice } from './disks';
import { createInterface, deleteInterface, isHop } from './interfaces';
import { groupsOf } from './security';

/** Where instances are launched. */
export interface AliyunPlace {
  account: Account;
  region: Region;
  hosts: AliyunHosts;
}

/**
 * User data as the host will read it. ROS's pages contradict each other on whether it comes plain or in base64, so both are
 * taken: base64 only of what begins as user data does.
 */
export function userDataOf(text: string | undefined): string {
  if (text === undefined) return '';
  const bare = text.replace(/\s/g, '');
  const decoded = /^[A-Za-z0-9+/]+={0,2}$/.test(bare) ? Buffer.from(bare, 'base64').toString('utf8') : '';
  const plain = /^#|^Content-Type:|^MIME-Version:/.test(decoded) ? decoded : text;
  if (Buffer.byteLength(plain) > USER_DATA_BYTES)
    throw new AliyunError('InvalidUserData.SizeExceeded', `The specified UserData exceeds the ${USER_DATA_BYTES} bytes allowed.`);
  return plain;
}

/** An image id's form: a custom image's id, or a public image's name. Whether it exists isn't known here. */
export function checkImage(id: string | undefined): string {
  if (id === undefined) throw new AliyunError('MissingParameter.ImageId', 'The parameter ImageId is required.');
  if (!/^(m-[a-z0-9]{10,}|[a-z][a-z0-9]*_[\w.-]+)$/i.test(id))
    throw new AliyunError('InvalidImageId.NotFound', `The specified ImageId ${id} does not exist.`, 404);
  return id;
}

/** Whether a machine can be had in a zone, from an image. */
function checkStart({ outages }: Region, zone: string, image: string): void {
  if (outages.images.includes(image))
    throw new AliyunError('InvalidImageId.NotFound', `The specified ImageId ${image} does not exist.`, 404);
  if (outages.zones.includes(zone))
    throw new AliyunError('OperationDenied.NoStock', `The requested resource is sold out in the specified zone ${zone}.`, 403);
}

/** An instance type's form. */
export function checkType(type: string | undefined): string {
  if (type === undefined || !INSTANCE_TYPE.test(type))
    throw new AliyunError('InvalidInstanceType.ValueNotSupported', `The specified InstanceType ${type} is not supported.`, 404);
  return type;
}

/** A RAM role that instances may have: it is there, and ECS may assume it. */
export function checkRole(account: Account, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const role = found(account.aliyun.roles, name, 'InvalidRamRole.NotFound', 'RamRoleName');
  if (!JSON.stringify(role.trust).includes('ecs.aliyuncs.com'))
    throw new AliyunError('InvalidRamRole.NotEcsRole', `The specified ram role ${name} is not authorized for ecs.`);
  return name;
}

/** Security groups as a property set says them: one, or a list. */
export const groupIds = (p: JsonObject): string[] => {
  const [one, several] = [str(p, 'SecurityGroupId'), strs(p, 'SecurityGroupIds')];
  if (one !== undefined && several.length > 0)
    throw new AliyunError('InvalidParameter.Conflict', 'SecurityGroupId and SecurityGroupIds may not be given together.');
  return one === undefined ? several : [one];
};

/** Launches an instance from an instance's (or a scaling configuration's) properties: all checks, then all effects. */
export function launch(
  place: AliyunPlace,
  p: JsonObject,
  tags: Tags,
  by?: { group: string; configuration: string },
): AliyunInstance {
  const { account, region } = place;
  const r = region.aliyun;
  const vSwitch = vSwitchOf(r, str(p, 'VSwitchId'));
  const zone = str(p, 'ZoneId');
  if (zone !== undefined && zone !== vSwitch.zone)
    throw new AliyunError('InvalidVSwitchId.ZoneMismatch', `vSwitch ${vSwitch.id} stands in ${vSwitch.zone}, not in ${zone}.`);
  if (p.VpcId !== undefined && p.VpcId !== vSwitch.vpc)
    throw new AliyunError('InvalidVSwitchId.VpcMismatch', `vSwitch ${vSwitch.id} is not in VPC ${String(p.VpcId)}.`);
  const type = checkType(str(p, 'InstanceType') ?? strs(p, 'InstanceTypes')[0]);
  const image = checkImage(str(p, 'ImageId'));
  const userData = userDataOf(str(p, 'UserData'));
  const role = checkRole(account, str(p, 'RamRoleName'));
  const groups = groupsOf(r, groupIds(p), vSwitch.vpc);
  const system = { category: str(p, 'SystemDiskCategory') ?? 'cloud_essd', size: num(p, 'SystemDiskSize') ?? 40 };
  checkSystemDisk({ ...system, ...levelOf(p, 'SystemDiskPerformanceLevel') }, image);
  const further = objs(p, 'DiskMappings').map((m) => ({
    category: str(m, 'Category') ?? 'cloud_essd',
    size: num(m, 'Size') ?? 20,
    encrypted: String(m.Encrypted) === 'true',
    name: str(m, 'DiskName') ?? '',
    device: str(m, 'Device'),
  }));
  for (const m of objs(p, 'DiskMappings'))
    checkDisk({
      category: str(m, 'Category') ?? 'cloud_essd',
      ...levelOf(m, 'PerformanceLevel'),
      size: num(m, 'Size') ?? 20,
    });
  const name = str(p, 'InstanceName') ?? '';
  if (name.length > 128)
    throw new AliyunError('InvalidInstanceName.Malformed', `InstanceName ${name} is longer than 128 characters.`);
  const hostName = str(p, 'HostName') ?? '';
  if (hostName !== '' && !/^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,62}[A-Za-z0-9])$/.test(hostName))
    throw new AliyunError('InvalidHostName.Malformed', `The specified HostName ${hostName} is not valid.`);

  checkStart(region, vSwitch.zone, image);

  const id = aliyunId('i');
  const primary = createInterface(r, { vSwitch, groups, address: str(p, 'PrivateIpAddress'), primary: true, owner: id });
  const deleted = { instance: id, device: '/dev/xvda', deleteWithInstance: true };
  const root = makeDisk(r, {
    zone: vSwitch.zone,
    ...system,
    encrypted: false,
    system: true,
    name: '',
    attachment: deleted,
    tags: {},
  });
  const instance: AliyunInstance = {
    id,
    name,
    hostName: hostName || `iZ${id.slice(2)}Z`,
    type,
    image,
    zone: vSwitch.zone,
    vSwitch: vSwitch.id,
    vpc: vSwitch.vpc,
    interfaces: [primary.id],
    systemDisk: root.id,
    disks: [],
    state: 'Running',
    userData,
    role,
    keyPair: str(p, 'KeyPairName'),
    deletionProtection: bool(p, 'DeletionProtection') ?? false,
    ...by,
    starts: 1,
    restarts: 0,
    created: clock.now(),
    applied: { healthy: false },
    tags,
  };
  for (const { device, ...m } of further) {
    const attachment = { instance: id, device: device ?? nextDevice(instance), deleteWithInstance: true };
    instance.disks.push(makeDisk(r, { zone: vSwitch.zone, ...m, system: false, attachment, tags: {} }).id);
  }
  r.instances[id] = instance;
  place.hosts.started(region, instance);
  return instance;
}

/** Releases an instance: its primary interface goes with it, and so do disks that say so. */
export function release(place: Pick<AliyunPlace, 'region' | 'hosts'>, instance: AliyunInstance): void {
  const r = place.region.aliyun;
  if (instance.deletionProtection)
    throw new AliyunError('InvalidOperation.DeletionProtection', 'The operation is not allowed due to deletion protection.', 403);
  if ([instance.id, ...instance.interfaces].some((id) => isHop(r, id)))
    throw new AliyunError('DependencyViolation.RouteEntry', 'Specified instance is used by route entry.');
  place.hosts.stopped(instance.id);
  for (const id of instance.interfaces) {
    const own = r.interfaces[id];
    if (own?.primary) deleteInterface(r, id);
    else if (own) own.owner = undefined;
  }
  for (const id of [instance.systemDisk, ...instance.disks]) {
    const own = r.disks[id];
    if (own?.attachment?.deleteWithInstance) delete r.disks[id];
    else if (own) detach(r, own);
  }
  for (const eip of Object.values(r.eips)) if (eip.boundTo === instance.id) eip.boundTo = undefined;
  delete r.instances[instance.id];
}

/** Stops a running instance. */
export function stop(place: Pick<AliyunPlace, 'hosts'>, instance: AliyunInstance): void {
  if (instance.state !== 'Running') return;
  instance.state = 'Stopped';
  instance.applied.healthy = false;
  place.hosts.stopped(instance.id);
}

/** Starts a stopped one. */
export function start(place: Pick<AliyunPlace, 'region' | 'hosts'>, instance: AliyunInstance): void {
  if (instance.state !== 'Stopped') return;
  checkStart(place.region, instance.zone, '');
  instance.state = 'Running';
  instance.starts++;
  place.hosts.started(place.region, instance);
}

/** Restarts a running one. */
export function reboot(place: Pick<AliyunPlace, 'region' | 'hosts'>, instance: AliyunInstance): void {
  stop(place, instance);
  start(place, instance);
  instance.restarts++;
}
