/** `regions/estate.yaml`: what holds for every region. */
import { z } from 'zod';
import { estateAcceptance } from './acceptance-schema';
import { linksSchema } from './link-schema';
import { estateQuotas } from './quota-schema';
import { aliyunFields, awsFields, labels, line, name, parameters, range, text, version, webAddress, whole } from './scalars';

const pool = (description: string, example: string) =>
  z
    .strictObject({
      pool: range('All blocks come from this range.', example),
      block: whole('Prefix length of one block.', 8, 28, 16),
    })
    .meta({ description, examples: [{ pool: example, block: 16 }] });

const images = z
  .strictObject({
    channel: z
      .enum(['stable', 'beta', 'alpha', 'lts'])
      .default('stable')
      .meta({ description: 'Flatcar channel.', examples: ['stable'] }),
    architecture: z
      .enum(['amd64', 'arm64'])
      .default('amd64')
      .meta({ description: 'Of images and hosts.', examples: ['amd64'] }),
    feed: line(
      'URL or file of the official feed; {channel} and {arch} are filled in.',
      'https://{channel}.release.flatcar-linux.net/...',
    ).default('https://{channel}.release.flatcar-linux.net/{arch}-usr/current/flatcar_production_ami_all.json'),
    accept: z
      .array(
        z.strictObject({
          release: version('Release that is used although it is older than six months.', '3510.2.5'),
          reason: line('Why, for whoever reviews it.', 'the example shows a real but old feed'),
        }),
      )
      .default([])
      .meta({
        description: 'Old releases accepted by name, each with its reason.',
        examples: [[{ release: '3510.2.5', reason: '...' }]],
      }),
  })
  .meta({
    description: 'Which images new hosts get; ids stand in images.lock.yaml.',
    examples: [{ channel: 'stable', architecture: 'amd64' }],
  });

export const estateSchema = z
  .strictObject({
    estate: name('Name of the estate; part of bucket and parameter names.', 'example'),
    central: name('Region that collects from all others.', 'us-east-1').optional(),
    addressing: z
      .strictObject({
        hosts: pool('Pool of host blocks: one block a region or data centre.', '10.0.0.0/8'),
        containers: pool('Pool of container blocks, for containers with addresses of their own.', '172.16.0.0/12'),
      })
      .meta({ description: 'Where addresses come from.', examples: [{ hosts: { pool: '10.0.0.0/8', block: 16 } }] }),
    aws: z
      .strictObject({
        account: awsFields.account,
        partition: awsFields.partition.default('aws'),
        bootstrapQualifier: awsFields.bootstrapQualifier.default('hnb659fds'),
        permissionsBoundary: awsFields.permissionsBoundary.optional(),
      })
      .optional()
      .meta({ description: 'The AWS account; a region may override any value.', examples: [{ account: '111111111111' }] }),
    aliyun: z
      .strictObject({
        account: aliyunFields.account,
        image: aliyunFields.image.optional(),
        userDataEncoding: aliyunFields.userDataEncoding.optional(),
        cen: name(
          'Aliyun region whose base stack holds the Cloud Enterprise Network that transit routers belong to.',
          'cn-beijing',
        ).optional(),
      })
      .optional()
      .meta({
        description: 'The Aliyun account; a region may override any value but cen.',
        examples: [{ account: '1111111111111111' }],
      }),
    images: images.prefault({}),
    discovery: z
      .strictObject({
        url: webAddress('The etcd discovery service, public or private.', 'https://discovery.etcd.io').default(
          'https://discovery.etcd.io',
        ),
      })
      .prefault({})
      .meta({ description: 'Where discovery tokens come from.', examples: [{ url: 'https://discovery.etcd.io' }] }),
    accept: estateAcceptance,
    tags: labels('Tags on every resource that takes them.', { owner: 'platform' }).default({}),
    quotas: estateQuotas.prefault({}),
    awsRegions: z
      .record(
        z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d+$/, 'the name of an AWS region'),
        z.strictObject({
          zones: z
            .array(text(/^[a-h]$/, 'a letter from a to h', 'Letter of a zone.', 'a'))
            .min(1)
            .meta({ description: 'Letters of its zones.', examples: [['a', 'b', 'c']] }),
          partition: awsFields.partition.default('aws'),
        }),
      )
      .default({})
      .meta({
        description: 'AWS regions that are newer than the table of this version, or whose zones differ from it.',
        examples: [{ 'mx-central-1': { zones: ['a', 'b', 'c'] } }],
      }),
    links: linksSchema,
    profiles: parameters('Parameters by profile, for every fleet of the estate.').default({}),
  })
  .meta({ title: 'Estate', description: 'What holds for every region of the estate.' });

export type EstateFile = z.output<typeof estateSchema>;
