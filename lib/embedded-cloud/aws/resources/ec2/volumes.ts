import type { JsonObject } from '../../../../engine/json';
import { EBS_TYPES, ebsFaults } from '../../../../facts/aws/volumes';
import { bool, num, str } from '../../../properties';
import type { Region } from '../../../store/world';
import { AwsError } from '../../aws-error';
import { ec2Id } from '../../ids';
import type { Instance, Volume } from '../../world/compute';
import { zoneExists } from '../../world/zones';
import type { Handler } from '../handler';
import { tagsNow, tagsOf } from '../values';
import { volumeOf } from './lookup';

/** Attaches a volume to an instance: same zone, attached to nothing else, on a free device. */
export function attachVolume(
  region: Region,
  instance: Pick<Instance, 'id' | 'zone' | 'volumes'>,
  id: string,
  device: string,
): void {
  const volume = checkVolume(region, instance, id);
  if (instance.volumes[device])
    throw new AwsError(
      'InvalidParameterValue',
      `Invalid value '${device}' for unixDevice. Attachment point ${device} is already in use`,
    );
  volume.attachment = { instance: instance.id, device, deleteOnTermination: false };
  instance.volumes[device] = id;
}

/** Whether a volume could be attached. */
export function checkVolume(region: Region, instance: Pick<Instance, 'id' | 'zone'>, id: string): Volume {
  const volume = volumeOf(region, id);
  if (region.outages.volumes.includes(id)) throw new AwsError('IncorrectState', `The volume '${id}' is in the 'error' state`);
  if (volume.attachment) throw new AwsError('VolumeInUse', `${id} is already attached to an instance`);
  if (volume.zone !== instance.zone)
    throw new AwsError(
      'InvalidVolume.ZoneMismatch',
      `The volume '${id}' is not in the same availability zone as instance '${instance.id}'`,
    );
  return volume;
}

/** Takes a volume off its instance. */
export function detachVolume(region: Region, instance: Instance, device: string): void {
  const volume = region.volumes[instance.volumes[device] ?? ''];
  if (volume) volume.attachment = undefined;
  delete instance.volumes[device];
}

/** What a volume's properties say, checked; EC2's own default is gp2 ("CreateVolume"). */
function askedVolume(p: JsonObject, size: number): Pick<Volume, 'size' | 'type' | 'iops' | 'throughput'> {
  const asked = { type: str(p, 'VolumeType') ?? 'gp2', iops: num(p, 'Iops'), throughput: num(p, 'Throughput') };
  if (EBS_TYPES[asked.type] === undefined)
    throw new AwsError('InvalidParameterValue', `Value (${asked.type}) for parameter volumeType is invalid.`);
  const [fault] = ebsFaults({ ...asked, gib: size });
  if (fault !== undefined) throw new AwsError('InvalidParameterValue', `The volume can't be made: ${fault.message}`);
  return { ...asked, size };
}

/** AWS::EC2::Volume */
export const volume: Handler = {
  create(c, p) {
    const zone = str(p, 'AvailabilityZone') ?? '';
    if (!zoneExists(c.region.name, zone)) throw new AwsError('InvalidZone.NotFound', `The zone '${zone}' does not exist.`);
    const size = num(p, 'Size');
    if (size === undefined && p.SnapshotId === undefined)
      throw new AwsError('MissingParameter', 'The request must contain the parameter size/snapshot');
    if (c.region.outages.keys[str(p, 'KmsKeyId') ?? ''] !== undefined)
      throw new AwsError('InvalidKMSKey.InvalidState', 'The KMS key provided is in an incorrect state');
    const id = ec2Id('vol');
    c.region.volumes[id] = {
      id,
      zone,
      ...askedVolume(p, size ?? 8),
      encrypted: bool(p, 'Encrypted') ?? false,
      tags: tagsOf(c, p.Tags),
    };
    return { physicalId: id, attributes: { VolumeId: id } };
  },
  update(c, id, p) {
    const found = volumeOf(c.region, id);
    const size = num(p, 'Size') ?? found.size;
    if (size < found.size) throw new AwsError('InvalidParameterValue', `New size cannot be smaller than existing size`);
    Object.assign(found, { ...askedVolume(p, size), tags: tagsOf(c, p.Tags) });
    return undefined;
  },
  delete(c, id) {
    const found = c.region.volumes[id];
    if (found?.attachment)
      throw new AwsError('VolumeInUse', `Volume ${id} is currently attached to ${found.attachment.instance}`);
    delete c.region.volumes[id];
  },
  read(c, id, p) {
    const found = c.region.volumes[id];
    return (
      found && {
        ...p,
        ...(p.Size === undefined ? {} : { Size: found.size }),
        ...(p.VolumeType === undefined ? {} : { VolumeType: found.type }),
        ...tagsNow(p.Tags, found.tags),
      }
    );
  },
};
