/** ROS templates in the shapes that Aliyun's stacks have: members with disks, routes, gates; transit; security rules. */
import type { StackState } from '../../../lib/review/diff';
import type { JsonObject } from '../../../lib/review/diff/model/json';

export interface MembersShape {
  readonly numbers: readonly number[];
  readonly instanceType?: string;
  readonly image?: string;
  readonly configuration?: string;
  readonly bootstrap?: string;
  readonly retain?: boolean;
  readonly diskCategory?: string;
  readonly generations?: Readonly<Record<number, number>>;
  readonly gates?: boolean;
}

const REGION = 'cn-beijing';

/** `cn-beijing/core-storage-1`, or with gates `cn-beijing/core-voters`. */
export function members(shape: MembersShape): StackState {
  const fleet = shape.gates ? 'core-voters' : 'core-storage';
  const id = shape.gates ? fleet : `${fleet}-1`;
  const parts = shape.numbers.map((number, i) => member(shape, `${REGION}-${fleet}-${number}`, number, shape.numbers[i - 1]));
  return {
    path: `${REGION}/${id}`,
    name: `${REGION}-${id}`,
    provider: 'aliyun',
    template: {
      ROSTemplateFormatVersion: '2015-09-01',
      Parameters: { VSwitchMembersAG1: { Type: 'String' }, RouteTableIdG1: { Type: 'String' } },
      Mappings: { UserData: { Fleet: { Text: shape.bootstrap ?? '#!/bin/sh\n# fetches the configuration\n' } } },
      Resources: Object.assign({}, ...parts),
    },
    configurations: [{ fleet: fleet.replace('-', '/'), text: shape.configuration ?? '#cloud-config\nport: 2379\n' }],
  };
}

function member(shape: MembersShape, name: string, number: number, before: number | undefined): JsonObject {
  const g = (n: number) => shape.generations?.[n] ?? 1;
  const instance = `M${number}InstanceG${g(number)}`;
  const up = (n: number) => (shape.gates ? `M${n}Gate0123456789` : `M${n}InstanceG${g(n)}`);
  return {
    [instance]: {
      Type: 'ALIYUN::ECS::Instance',
      Properties: {
        ImageId: shape.image ?? 'aliyun_3_x64_20G_alibase_20260101.vhd',
        InstanceName: name,
        InstanceType: shape.instanceType ?? 'ecs.g7.large',
        PrivateIpAddress: `10.20.32.${15 + number}`,
        Tags: [
          { Key: 'Name', Value: name },
          { Key: 'meissa:volume:data', Value: { Ref: `M${number}VolumeData` } },
        ],
        UserData: { 'Fn::FindInMap': ['UserData', 'Fleet', 'Text'] },
        VSwitchId: { Ref: 'VSwitchMembersAG1' },
      },
      ...(before === undefined ? {} : { DependsOn: [up(before)] }),
    },
    [`M${number}VolumeData`]: {
      Type: 'ALIYUN::ECS::Disk',
      ...(shape.retain === false ? {} : { DeletionPolicy: 'Retain' }),
      Properties: {
        DiskCategory: shape.diskCategory ?? 'cloud_essd',
        DiskName: `${name}-data`,
        Encrypted: true,
        Size: 500,
        ZoneId: 'cn-beijing-a',
      },
    },
    [`M${number}AttachDataG${g(number)}`]: {
      Type: 'ALIYUN::ECS::DiskAttachment',
      Properties: { DeleteWithInstance: false, DiskId: { Ref: `M${number}VolumeData` }, InstanceId: { Ref: instance } },
    },
    [`M${number}RouteG${g(number)}`]: {
      Type: 'ALIYUN::ECS::Route',
      Properties: {
        DestinationCidrBlock: `172.20.${number}.0/24`,
        NextHopId: { Ref: instance },
        NextHopType: 'Instance',
        RouteTableId: { Ref: 'RouteTableIdG1' },
      },
    },
    ...(shape.gates
      ? {
          [`M${number}Handle0123456789`]: { Type: 'ALIYUN::ROS::WaitConditionHandle' },
          [`M${number}Gate0123456789`]: {
            Type: 'ALIYUN::ROS::WaitCondition',
            DependsOn: [instance],
            Properties: { Count: 1, Handle: { Ref: `M${number}Handle0123456789` }, Timeout: 900 },
          },
        }
      : {}),
  };
}

/** Any stack of one region. */
export function ros(id: string, resources: JsonObject, rest: JsonObject = {}): StackState {
  return {
    path: id.startsWith('links/') ? id : `${REGION}/${id}`,
    name: `${REGION}-${id.replaceAll('/', '-')}`,
    provider: 'aliyun',
    region: REGION,
    template: { ROSTemplateFormatVersion: '2015-09-01', Resources: resources, ...rest },
  };
}
