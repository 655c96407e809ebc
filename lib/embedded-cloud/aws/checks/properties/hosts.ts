import type { JsonObject } from '../../../../engine/json';
import { USER_DATA_BYTES } from '../../../../facts/aws/limits';
import { LAUNCH_TEMPLATE_NAME, MULTI_ATTACH } from '../../../../facts/aws/requests';
import { ebsFaults } from '../../../../facts/aws/volumes';
import { obj } from '../../../properties';
import { base64Bytes } from '../../base64';
import { choice, givenOf, maps, number, type PropertyCheck, type Said, text, twice, unless } from '../known';
import { tagFaults } from './tags';

/** What EC2 refuses of a volume, by itself or in a block device mapping. */
function volumeFaults(p: JsonObject, size: string, path: string): Said[] {
  const type = choice(p, 'VolumeType', 'gp2');
  const gib = number(p, size);
  const [iops, throughput] = [number(p, 'Iops'), number(p, 'Throughput')];
  const known =
    type !== undefined && (gib !== undefined || p[size] === undefined) && (iops !== undefined || p.Iops === undefined);
  return [
    // Of a snapshot's size nobody knows here: then what depends on it isn't asked.
    ...(known && gib !== undefined ? ebsFaults({ type, gib, iops, throughput }).map(({ message }) => `${path}${message}`) : []),
    type !== undefined &&
      text(p, 'MultiAttachEnabled') === 'true' &&
      !MULTI_ATTACH.includes(type) &&
      `${path}MultiAttachEnabled: ${type} can't be attached to several instances`,
    text(p, 'Encrypted') === 'false' && p.KmsKeyId !== undefined && `${path}KmsKeyId: a volume that isn't encrypted has no key`,
  ];
}

const mappingFaults = (p: JsonObject): Said[] => [
  ...twice(maps(p.BlockDeviceMappings).flatMap((m) => text(m, 'DeviceName') ?? [])).map(
    (d) => `BlockDeviceMappings: device ${d} is used twice`,
  ),
  ...twice(maps(p.NetworkInterfaces).flatMap((n) => text(n, 'DeviceIndex') ?? [])).map(
    (d) => `NetworkInterfaces: device index ${d} is used twice`,
  ),
  ...maps(p.BlockDeviceMappings).flatMap((m, i) =>
    volumeFaults(obj(m, 'Ebs') ?? {}, 'VolumeSize', `BlockDeviceMappings.${i}.Ebs.`),
  ),
];

function userDataFaults(p: JsonObject): Said[] {
  const data = text(p, 'UserData');
  const bytes = data === undefined ? 0 : base64Bytes(data);
  return [
    bytes === undefined && 'UserData: Invalid BASE64 encoding of user data.',
    bytes !== undefined && bytes > USER_DATA_BYTES && `UserData: User data is limited to ${USER_DATA_BYTES} bytes`,
  ];
}

const ipAddressesOnce = (p: JsonObject): Said =>
  maps(p.NetworkInterfaces).length > 0 &&
  givenOf(p, ['SubnetId', 'SecurityGroupIds', 'PrivateIpAddress']).length > 0 &&
  'NetworkInterfaces: Network interfaces and an instance-level subnet, address or security groups may not be specified on the same request';

export const hostChecks: Readonly<Record<string, PropertyCheck>> = {
  'AWS::EC2::Volume': (p) => volumeFaults(p, 'Size', ''),
  'AWS::EC2::Instance': (p) => [
    ...mappingFaults(p),
    ...userDataFaults(p),
    ipAddressesOnce(p),
    givenOf(p, ['ImageId', 'LaunchTemplate']).length === 0 &&
      'ImageId: The request must contain the parameter ImageId or a launch template',
  ],
  'AWS::EC2::LaunchTemplate': (p) => {
    const data = obj(p, 'LaunchTemplateData') ?? {};
    return [
      unless(
        LAUNCH_TEMPLATE_NAME,
        text(p, 'LaunchTemplateName'),
        (name) => `LaunchTemplateName: '${name}' is not of 3 to 128 letters, digits and ().-/_`,
      ),
      ...mappingFaults(data),
      ...userDataFaults(data),
      ...maps(data.TagSpecifications).flatMap((s) => tagFaults(s, 'Tags')),
    ];
  },
};
