/** A fleet: a group of like hosts in a cluster. */

import { z } from 'zod';
import { AWS } from '../../clouds/aws';
import { CREATION_TIMEOUT_SECONDS } from '../../facts/aws/limits';
import { GP3, IO2 } from '../../facts/aws/volumes';
import { labels, line, name, nodeLabels, parameters, profileName, text, whole, zoneName } from './scalars';

export const DEVICE = /^\/dev\/sd[f-p]$/;
export const MOUNT = /^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._-]+)+$/;

export const volumeFields = {
  device: text(
    DEVICE,
    '/dev/sdf to /dev/sdp',
    'Device that the volume is attached as, /dev/sdf to /dev/sdp. Fixed when the volume is made.',
    '/dev/sdg',
  ),
  gb: whole('Size, GiB.', GP3.leastGib, GP3.mostGib, 500),
  type: z.enum(['gp3', 'io2', 'st1']).meta({
    description: 'EBS volume type; on Aliyun gp3 is cloud_essd PL1, io2 cloud_essd PL2 or PL3, st1 cloud_efficiency.',
    examples: ['gp3'],
  }),
  mount: text(MOUNT, 'an absolute path without a trailing slash', 'Where it is mounted.', '/srv/data'),
  filesystem: z.enum(['ext4', 'xfs']).meta({ description: 'File system. Default: ext4.', examples: ['ext4'] }),
};

/** Every key is optional, because a fleet may change only the size of a volume that a profile asks for. */
const volume = z
  .strictObject({
    device: volumeFields.device.optional(),
    gb: volumeFields.gb.optional(),
    type: volumeFields.type.optional(),
    iops: whole(
      'Provisioned operations a second. Default: the baseline of the type.',
      IO2.leastIops,
      IO2.mostIops,
      GP3.iops,
    ).optional(),
    throughput: whole('MB/s, gp3 only. Default: the baseline of the type.', GP3.throughput, GP3.mostThroughput, 250).optional(),
    mount: volumeFields.mount.optional(),
    filesystem: volumeFields.filesystem.optional(),
  })
  .meta({
    description: 'A data volume of every member.',
    examples: [{ device: '/dev/sdg', gb: 500, type: 'gp3', mount: '/srv/data' }],
  });

/** Whom alarms tell: of a fleet, or of a region. */
export const told = {
  topicArn: text(
    /^arn:aws(-cn|-us-gov)?:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?$/,
    'the ARN of a topic',
    'ARN of the SNS topic that alarms tell (AWS).',
    'arn:aws:sns:sa-east-1:111111111111:ops',
  ).optional(),
  contactGroup: line('Name of the contact group that alarms tell (Aliyun).', 'ops').optional(),
};

const common = {
  instanceType: text(
    /^(ecs\.)?[a-z][a-z0-9]*(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/,
    'family.size, on Aliyun ecs.family.size',
    'Type of the hosts.',
    'm5.large',
  ),
  profiles: z
    .array(profileName)
    .min(1)
    .meta({
      description: 'Folders of cloud-config/ that make up the hosts, in order.',
      examples: [['base', 'docker', 'etcd', 'updates']],
    }),
  parameters: parameters('Parameters by profile, for this fleet.').default({}),
  metadata: nodeLabels('Labels that units choose hosts by.', { role: 'collector' }).default({}),
  rootGb: whole('Root disk, GiB. A member keeps the size it was made with.', 8, 16384, 20).default(20),
  keyName: text(
    AWS.keyPair.form,
    `the name of a key pair: ${AWS.keyPair.words}`,
    'Name of a key pair of the region. Default: none, keys come with the base profile.',
    'ops',
    255,
  ).optional(),
  tags: labels('Tags on the resources of this fleet.', { team: 'ads' }).default({}),
  compress: z
    .enum(['auto', 'never'])
    .default('auto')
    .meta({ description: 'auto gzips user-data over 16,384 bytes where the reader takes it.', examples: ['auto'] }),
  zones: z
    .array(zoneName)
    .min(1)
    .optional()
    .meta({
      description: 'Zones of this fleet. Default: all zones of the region. Fixed when the fleet is made.',
      examples: [['sa-east-1a']],
    }),
  alarms: z
    .strictObject({
      recover: z
        .boolean()
        .default(false)
        .meta({ description: 'Recover a member whose StatusCheckFailed_System is up.', examples: [true] }),
      ...told,
    })
    .prefault({})
    .meta({ description: 'Who is told, and what is recovered by itself.', examples: [{ recover: true }] }),
};

const elastic = z
  .strictObject({
    kind: z
      .literal('elastic')
      .meta({ description: 'An Auto Scaling group, on Aliyun a scaling group: scaling owns its size.', examples: ['elastic'] }),
    ...common,
    min: whole('Fewest hosts.', 0, 10000, 2),
    max: whole('Most hosts.', 0, 10000, 40),
    maxBatch: whole('Hosts replaced at a time in a rolling update.', 1, 1000, 1).default(1),
    signalTimeout: whole(
      'How long a new host may take until it signals, seconds; an update waits an hour at most.',
      60,
      3600,
      900,
    ).default(900),
  })
  .meta({ description: 'A fleet of hosts without numbers, over the zones of the region.' });

const members = z
  .strictObject({
    kind: z
      .literal('members')
      .meta({ description: 'Numbered hosts with addresses and disks of their own.', examples: ['members'] }),
    ...common,
    quorum: z
      .enum(['etcd', 'kraft', 'replicas'])
      .optional()
      .meta({
        description:
          'etcd, kraft: the members vote. replicas: they hold copies of what is written (Kafka brokers). They come up one at a time, each behind a gate.',
        examples: ['etcd'],
      }),
    count: whole('Members are numbered 1 to count.', 1, 100000, 3),
    removed: z
      .array(whole('Number of a member.', 1, 100000, 2))
      .default([])
      .meta({ description: 'Retired numbers: their place is given to nobody else.', examples: [[2]] }),
    addresses: z
      .strictObject({
        first: whole(
          "Offset of the first address in the members subnet of each zone; the first four are the cloud's own.",
          4,
          65535,
          16,
        ),
        perZone: whole('Addresses a zone that are kept for this fleet.', 1, 65535, 16),
        firstRange: whole(
          'Modes host-gw and prefix: how many container ranges, or hosts with prefixes, of other fleets come before. Default: 0.',
          0,
          65535,
          0,
        ).default(0),
      })
      .meta({
        description: 'Where the addresses of the members lie. Fixed when the fleet is made.',
        examples: [{ first: 16, perZone: 16 }],
      }),
    membersPerStack: whole('Members a stack. Fixed when the fleet is made; `meissa region add` computes it.', 1, 500, 90),
    maxUnavailable: whole(
      'Members of a stack that may be interrupted at once. Default: 1 in a quorum fleet, else a tenth of count (of membersPerStack, where that is less), at least 1.',
      1,
      500,
      1,
    ).optional(),
    volumes: z
      .record(name('Name of the volume.', 'data'), volume)
      .default({})
      .meta({
        description: 'Data volumes beyond those of the profiles, or other sizes for those.',
        examples: [{ data: { device: '/dev/sdg', gb: 500 } }],
      }),
    gateTimeout: whole(
      'How long a gate waits for its member, seconds; on Aliyun how long a deploy waits for it.',
      60,
      CREATION_TIMEOUT_SECONDS,
      900,
    ).default(900),
  })
  .meta({ description: 'A fleet of numbered hosts, each with its own address, disks and place.' });

export const fleetSchema = z.discriminatedUnion('kind', [elastic, members]);

export type FleetFile = z.output<typeof fleetSchema>;
export type MembersFleetFile = z.output<typeof members>;
