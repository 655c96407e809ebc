import type { JsonObject } from '../../../../engine/json';
import { MULTI_ATTACH } from '../../../../facts/aws/requests';
import { ebsFaults } from '../../../../facts/aws/volumes';
import { obj } from '../../../properties';
import { choice, maps, number, type PropertyCheck, type Said, text, twice } from '../given';
import { tagFaults } from './tags';

/** What EC2 refuses of who may use a volume and its key. */
function sharingFaults(p: JsonObject, path: string): Said[] {
  const type = choice(p, 'VolumeType', 'gp2') ?? '';
  return [
    text(p, 'MultiAttachEnabled') === 'true' &&
      !MULTI_ATTACH.includes(type) &&
      `${path}MultiAttachEnabled: ${type} can't be attached to several instances`,
    text(p, 'Encrypted') === 'false' && p.KmsKeyId !== undefined && `${path}KmsKeyId: a volume that isn't encrypted has no key`,
  ];
}

/** What EC2 refuses of a disk's size and speed; of one as large as its snapshot nobody knows the size here. */
function diskFaults(ebs: JsonObject, path: string): Said[] {
  const gib = number(ebs, 'VolumeSize');
  const asked = { type: text(ebs, 'VolumeType') ?? 'gp2', iops: number(ebs, 'Iops'), throughput: number(ebs, 'Throughput') };
  return gib === undefined ? [] : ebsFaults({ ...asked, gib }).map(({ message }) => `${path}${message}`);
}

const sharingAndSize = (ebs: JsonObject, path: string): Said[] => [...diskFaults(ebs, path), ...sharingFaults(ebs, path)];

const mappingFaults = (p: JsonObject): Said[] => [
  ...twice(maps(p.BlockDeviceMappings).flatMap((m) => text(m, 'DeviceName') ?? [])).map(
    (d) => `BlockDeviceMappings: The device '${d}' is used in more than one block-device mapping`,
  ),
  ...twice(maps(p.NetworkInterfaces).flatMap((n) => text(n, 'DeviceIndex') ?? [])).map(
    (d) => `NetworkInterfaces: device index ${d} is used twice`,
  ),
  ...maps(p.BlockDeviceMappings).flatMap((m, i) => sharingAndSize(obj(m, 'Ebs') ?? {}, `BlockDeviceMappings.${i}.Ebs.`)),
];

export const hostChecks: Readonly<Record<string, PropertyCheck>> = {
  'AWS::EC2::Volume': (p) => sharingFaults(p, ''),
  'AWS::EC2::Instance': mappingFaults,
  'AWS::EC2::LaunchTemplate': (p) => {
    const data = obj(p, 'LaunchTemplateData') ?? {};
    return [...mappingFaults(data), ...maps(data.TagSpecifications).flatMap((s) => tagFaults(s, 'Tags'))];
  },
};
