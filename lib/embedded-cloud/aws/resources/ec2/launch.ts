import { clock } from '../../../../engine/clock';
import type { JsonObject } from '../../../../engine/json';
import { METADATA_PATHS, METADATA_TAG_KEY, USER_DATA_BYTES } from '../../../../facts/aws/limits';
import { bool, obj, objs, str, strs } from '../../../properties';
import type { Account, Region } from '../../../store/world';
import { AwsError } from '../../aws-error';
import { base64Bytes } from '../../base64';
import type { Hosts } from '../../hosts/hosts';
import { ec2Id } from '../../ids';
import type { Instance } from '../../world/compute';
import type { Tags } from '../../world/network';
import { attach, createInterface, deleteInterface } from './interfaces';
import { interfaceOf, subnetOf } from './lookup';
import { checkVolume } from './volumes';

/** Where instances are launched. */
export interface LaunchPlace {
  account: Account;
  region: Region;
  hosts: Hosts;
}

/** User data as EC2 takes it: base64 of at most 16,384 bytes. */
export function checkUserData(text: string | undefined): void {
  if (text === undefined) return;
  const bytes = base64Bytes(text);
  if (bytes === undefined) throw new AwsError('InvalidUserData.Malformed', 'Invalid BASE64 encoding of user data.');
  if (bytes > USER_DATA_BYTES) throw new AwsError('InvalidParameterValue', `User data is limited to ${USER_DATA_BYTES} bytes`);
}

/** With tags in instance metadata, EC2 takes only keys that can stand in a path ("Work with instance tags in instance metadata"). */
export function checkTagKeys(tags: Tags, metadataOptions: JsonObject): void {
  if (metadataOptions.InstanceMetadataTags !== 'enabled') return;
  for (const key of Object.keys(tags)) {
    if (METADATA_TAG_KEY.test(key) && !METADATA_PATHS.includes(key)) continue;
    throw new AwsError(
      'InvalidParameterValue',
      `'${key}' is not a valid tag key. Tag keys must match pattern ([0-9a-zA-Z\\-_+=,.@:]{1,255}), and must not be a reserved name ('.', '..', '_index')`,
    );
  }
}

/** An image id's form; whether an image exists isn't known here. */
export function checkImage(id: string | undefined): string {
  if (id === undefined) throw new AwsError('MissingParameter', 'The request must contain the parameter ImageId');
  if (!id.startsWith('ami-')) throw new AwsError('InvalidAMIID.Malformed', `Invalid id: "${id}" (expecting "ami-...")`);
  if (!/^ami-[0-9a-f]{8,17}$/.test(id)) throw new AwsError('InvalidAMIID.Malformed', `Invalid id: "${id}"`);
  return id;
}

/** Whether a machine can be had in a zone, from an image, with a root disk under a key. */
function checkStart({ outages }: Region, zone: string, image: string, key: string | undefined): void {
  if (outages.images.includes(image)) throw new AwsError('InvalidAMIID.NotFound', `The image id '[${image}]' does not exist`);
  if (outages.zones.includes(zone))
    throw new AwsError(
      'InsufficientInstanceCapacity',
      `We currently do not have sufficient capacity in the Availability Zone you requested (${zone}). Our system will be working on provisioning additional capacity.`,
    );
  // What EC2 tells as the reason why the instance went away again ("Instance terminates immediately").
  if (key !== undefined && outages.keys[key] !== undefined)
    throw new AwsError('Client.InvalidKMSKey.InvalidState', 'The KMS key provided is in an incorrect state');
}

/** The instance profile by name or ARN. */
export function checkProfile(account: Account, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const found = Object.values(account.profiles).find((p) => p.name === name || p.arn === name);
  if (!found)
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${name}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`,
    );
  return found.name;
}

/** Launches an instance from an instance's (or a launch template's) properties: all checks, then all effects. */
export function launch(place: LaunchPlace, p: JsonObject, tags: Tags, group?: string): Instance {
  const { region } = place;
  const id = ec2Id('i');
  const image = checkImage(str(p, 'ImageId'));
  const type = str(p, 'InstanceType') ?? 'm1.small';
  if (!/^[a-z0-9-]+\.[a-z0-9-]+$/.test(type))
    throw new AwsError('InvalidParameterValue', `Invalid value '${type}' for InstanceType.`);
  const userData = str(p, 'UserData');
  checkUserData(userData);
  const metadataOptions = obj(p, 'MetadataOptions') ?? {};
  checkTagKeys(tags, metadataOptions);
  const profile = checkProfile(place.account, str(p, 'IamInstanceProfile'));
  const given = objs(p, 'NetworkInterfaces');
  if (given.length > 0) {
    if (p.SubnetId !== undefined)
      throw new AwsError(
        'InvalidParameterCombination',
        'Network interfaces and an instance-level subnet ID may not be specified on the same request',
      );
    if (p.SecurityGroupIds !== undefined)
      throw new AwsError(
        'InvalidParameterCombination',
        'Network interfaces and an instance-level security groups may not be specified on the same request',
      );
    if (p.PrivateIpAddress !== undefined)
      throw new AwsError(
        'InvalidParameterCombination',
        'Network interfaces and an instance-level private address may not be specified on the same request',
      );
  }
  const held = given.filter((n) => n.NetworkInterfaceId !== undefined);
  for (const n of held) {
    const found = interfaceOf(region, str(n, 'NetworkInterfaceId'));
    if (found.attachment) throw new AwsError('InvalidNetworkInterface.InUse', `Interface: [${found.id}] in use.`);
  }
  const first = held[0] && interfaceOf(region, str(held[0], 'NetworkInterfaceId'));
  const subnetId = first?.subnet ?? str(given[0] ?? p, 'SubnetId') ?? str(p, 'SubnetId');
  if (subnetId === undefined)
    throw new AwsError('MissingInput', 'No subnets found for the default VPC. Please specify a subnet.');
  const subnet = subnetOf(region, subnetId);
  const zone = str(p, 'AvailabilityZone');
  if (zone !== undefined && zone !== subnet.zone) {
    throw new AwsError(
      'InvalidParameterValue',
      `The availability zone '${zone}' of the instance is not the zone '${subnet.zone}' of its subnet`,
    );
  }
  const volumes = objs(p, 'Volumes').map((v) => ({ id: str(v, 'VolumeId') ?? '', device: str(v, 'Device') ?? '' }));
  const twice = volumes.find((v, i) => volumes.findIndex((w) => w.id === v.id) !== i);
  if (twice) throw new AwsError('VolumeInUse', `${twice.id} is already attached to an instance`);
  for (const v of volumes) checkVolume(region, { id, zone: subnet.zone }, v.id);
  const root = objs(p, 'BlockDeviceMappings')[0];
  const ebs = obj(root ?? {}, 'Ebs') ?? {};
  checkStart(region, subnet.zone, image, str(ebs, 'KmsKeyId'));

  const interfaces = attachInterfaces(region, id, p, given, subnet.id);
  const rootVolume = ec2Id('vol');
  region.volumes[rootVolume] = {
    id: rootVolume,
    zone: subnet.zone,
    size: Number(ebs.VolumeSize ?? 8),
    type: str(ebs, 'VolumeType') ?? 'gp3',
    encrypted: bool(ebs, 'Encrypted') ?? false,
    ...(str(ebs, 'KmsKeyId') === undefined ? {} : { key: str(ebs, 'KmsKeyId') }),
    attachment: {
      instance: id,
      device: str(root ?? {}, 'DeviceName') ?? '/dev/xvda',
      deleteOnTermination: bool(ebs, 'DeleteOnTermination') ?? true,
    },
    tags: bool(p, 'PropagateTagsToVolumeOnCreation') ? { ...tags } : {},
  };
  const instance: Instance = {
    id,
    type,
    image,
    zone: subnet.zone,
    subnet: subnet.id,
    vpc: subnet.vpc,
    interfaces,
    volumes: Object.fromEntries(volumes.map((v) => [v.device, v.id])),
    rootVolume,
    state: 'running',
    userData,
    profile,
    keyName: str(p, 'KeyName'),
    metadataOptions,
    ebsOptimized: bool(p, 'EbsOptimized') ?? false,
    monitoring: bool(p, 'Monitoring') ?? false,
    terminationProtection: bool(p, 'DisableApiTermination') ?? false,
    group,
    starts: 1,
    stops: 0,
    launched: clock.now(),
    tags,
  };
  for (const v of volumes)
    (region.volumes[v.id] as { attachment?: object }).attachment = { instance: id, device: v.device, deleteOnTermination: false };
  region.instances[id] = instance;
  place.hosts.started(region, instance);
  return instance;
}

function attachInterfaces(region: Region, id: string, p: JsonObject, given: JsonObject[], subnet: string): string[] {
  const own = given.length > 0 ? given : [{ DeviceIndex: '0' } as JsonObject];
  const attached: { index: number; id: string; fresh: boolean }[] = [];
  try {
    for (const n of own) {
      const index = Number(n.DeviceIndex ?? 0);
      const existing = str(n, 'NetworkInterfaceId');
      const groups =
        strs(n, 'GroupSet').length > 0
          ? strs(n, 'GroupSet')
          : strs(n, 'Groups').length > 0
            ? strs(n, 'Groups')
            : strs(p, 'SecurityGroupIds');
      const address = str(n, 'PrivateIpAddress') ?? (index === 0 ? str(p, 'PrivateIpAddress') : undefined);
      const prefixes = Array.from({ length: Number(n.Ipv4PrefixCount ?? 0) }, () => undefined);
      const made =
        existing ??
        createInterface(region, {
          subnet: str(n, 'SubnetId') ?? subnet,
          groups,
          address,
          prefixes,
          sourceDestCheck: bool(p, 'SourceDestCheck'),
          tags: {},
        }).id;
      attach(region, made, id, index, existing === undefined);
      attached.push({ index, id: made, fresh: existing === undefined });
    }
  } catch (e) {
    for (const a of attached) {
      if (a.fresh) deleteInterface(region, a.id);
      else interfaceOf(region, a.id).attachment = undefined;
    }
    throw e;
  }
  return attached.sort((a, b) => a.index - b.index).map((a) => a.id);
}

/** Ends an instance: what was made with it goes, what it was given stays. */
export function terminate(region: Region, hosts: Hosts, instance: Instance): void {
  if (instance.state === 'terminated') return;
  instance.state = 'terminated';
  hosts.stopped(instance.id);
  for (const id of instance.interfaces) {
    const found = region.interfaces[id];
    if (found?.attachment?.deleteOnTermination) deleteInterface(region, id);
    else if (found) found.attachment = undefined;
  }
  for (const id of [instance.rootVolume, ...Object.values(instance.volumes)]) {
    const found = region.volumes[id];
    if (found?.attachment?.deleteOnTermination) delete region.volumes[id];
    else if (found) found.attachment = undefined;
  }
}

/** Stops a running instance. */
export function stop(hosts: Hosts, instance: Instance): void {
  if (instance.state !== 'running') return;
  instance.state = 'stopped';
  instance.stops++;
  hosts.stopped(instance.id);
}

/** Starts a stopped one. */
export function start(region: Region, hosts: Hosts, instance: Instance): void {
  if (instance.state !== 'stopped') return;
  // An instance that stands needs its image no more.
  checkStart(region, instance.zone, '', region.volumes[instance.rootVolume]?.key);
  instance.state = 'running';
  instance.starts++;
  hosts.started(region, instance);
}
