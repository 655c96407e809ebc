/** The locks under `regions/`. Commands write them; a person may read them. */
import { z } from 'zod';
import { GP3, IO2 } from '../../facts/aws/volumes';
import { volumeFields } from './fleet-schema';
import { amiId, imageId, line, name, range, text, version, webAddress, whole, zoneName } from './scalars';

const ids = (description: string) => z.record(name('Region.', 'sa-east-1'), amiId).meta({ description });

const architecture = z.enum(['amd64', 'arm64']).meta({ description: 'Processor.', examples: ['amd64'] });

export const imagesLockSchema = z
  .strictObject({
    release: version('Release of the images.', '3510.2.5'),
    published: text(/^\d{4}-\d{2}-\d{2}$/, 'a date in quotes, such as "2023-07-14"', 'Day that it was published.', '2023-07-14'),
    architecture,
    images: ids('Official image by region.'),
    copies: ids('Copies in the own account by region; they win.').default({}),
  })
  .meta({ title: 'Images lock', description: 'Image ids for new members and elastic fleets.' });

export const tokensLockSchema = z
  .strictObject({
    tokens: z
      .array(
        z.strictObject({
          region: name('Region of the cluster.', 'sa-east-1'),
          cluster: name('Name of the cluster.', 'core'),
          size: whole('Voters that the token was registered for.', 1, 9, 3),
          generation: whole('Generation of the cluster.', 1, 1000000, 1),
          url: webAddress('Discovery service and token.', 'https://discovery.etcd.io/3e86b59982e49066c5d813af1c2e2579cbf573de'),
          state: z.enum(['issued', 'formed']).meta({ description: 'formed: the cluster stands.', examples: ['issued'] }),
        }),
      )
      .meta({ description: 'One a cluster and generation.' }),
  })
  .meta({ title: 'Tokens lock', description: 'Discovery tokens.' });

export const artifactsLockSchema = z
  .strictObject({
    artifacts: z
      .array(
        z.strictObject({
          name: name('Name that profiles ask for.', 'etcd'),
          version: version('Version.', '3.5.21'),
          architecture,
          file: text(
            /^[A-Za-z0-9_][A-Za-z0-9_.+~@-]*$/,
            'a file name of letters, digits and _.+~@-',
            'File name, for people.',
            'etcd-v3.5.21-linux-amd64.tar.gz',
          ),
          sha256: text(/^[0-9a-f]{64}$/, '64 lower-case hexadecimal digits', 'Digest of the file.', 'ad'.repeat(32)),
          source: line(
            'Where it came from.',
            'https://github.com/etcd-io/etcd/releases/download/v3.5.21/etcd-v3.5.21-linux-amd64.tar.gz',
          ),
        }),
      )
      .meta({ description: 'One a name and processor.' }),
  })
  .meta({ title: 'Artifacts lock', description: 'Files that hosts fetch from the object storage of their region.' });

const key = (parts: string, pattern: RegExp, example: string) => text(pattern, parts, `${parts}.`, example);

const generation = whole('Its generation.', 1, 1000000, 1);

/** What its members stand on and hold; each part is missing in a lock of before it was remembered. */
const standing = {
  block: range("The region's block.", '10.9.0.0/16').optional(),
  generation: generation.optional(),
  lostZones: z
    .array(zoneName)
    .optional()
    .meta({ description: 'Zones that are lost, by `meissa zone lost`.', examples: [['sa-east-1a']] }),
  clusters: z
    .record(
      name('Name of the cluster.', 'core'),
      z.strictObject({
        generation,
        voters: z
          .array(whole('Its number.', 1, 1000000, 1))
          .optional()
          .meta({ description: 'Voters that hosts are told of, where others have come since.', examples: [[1, 2, 3]] }),
      }),
    )
    .optional()
    .meta({ description: 'Clusters that hold data.', examples: [{ core: { generation: 1 } }] }),
  volumes: z
    .record(
      key('cluster/fleet/volume', /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/, 'core/storage/data'),
      z.strictObject({
        device: volumeFields.device,
        gb: volumeFields.gb,
        type: volumeFields.type,
        iops: whole('Provisioned operations a second.', IO2.leastIops, IO2.mostIops, GP3.iops).optional(),
      }),
    )
    .optional()
    .meta({
      description: 'Data volumes of every member of a fleet.',
      examples: [{ 'core/storage/data': { device: '/dev/sdg', gb: 500, type: 'gp3' } }],
    }),
  topics: z
    .record(
      key('cluster/topic', /^[a-z][a-z0-9-]*\/[a-zA-Z0-9_-][a-zA-Z0-9._-]*$/, 'collection/clicks'),
      z.strictObject({
        partitions: whole('Its partitions.', 1, 100000, 12),
        replication: whole('Copies of each.', 1, 100, 3),
      }),
    )
    .optional()
    .meta({
      description: 'Topics of the collection.',
      examples: [{ 'collection/clicks': { partitions: 12, replication: 3 } }],
    }),
};

export const membersLockSchema = z
  .strictObject({
    region: name('Region of the members.', 'sa-east-1'),
    ...standing,
    members: z
      .record(
        text(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*\/[1-9]\d*$/, 'cluster/fleet/number', 'Member.', 'core/voters/1'),
        z.strictObject({
          image: imageId,
          rootGb: whole('Root disk, GiB.', 1, 16384, 20),
          key: line('Name of its key pair.', 'ops').optional(),
          zone: zoneName,
          generation: whole('Raised by `meissa replace`.', 1, 1000000, 1),
          absent: z
            .boolean()
            .optional()
            .meta({ description: 'The instance is gone, interface and volumes stay.', examples: [true] }),
          address: text(/^\d{1,3}(\.\d{1,3}){3}$/, 'an IPv4 address', 'Its fixed address.', '10.9.8.64').optional(),
          containers: text(
            /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/,
            'an IPv4 range',
            'Its container range; in mode prefix the lowest of its prefixes.',
            '172.16.3.0/24',
          ).optional(),
          stack: text(/^[a-z][a-z0-9-]*$/, 'the name of a stack', 'Stack that it stands in.', 'core-storage-1', 200).optional(),
          volumes: z
            .record(name('Name of the volume.', 'data'), whole('Generation of the instance that it was made for.', 2, 1000000, 2))
            .optional()
            .meta({ description: 'Volumes that were made anew (`meissa replace --disk`).', examples: [{ data: 2 }] }),
        }),
      )
      .meta({ description: 'By cluster/fleet/number.' }),
  })
  .meta({ title: 'Members lock', description: "What of members and of what they hold can't change without a loss." });

export type ImagesLockFile = z.output<typeof imagesLockSchema>;
export type TokensLockFile = z.output<typeof tokensLockSchema>;
export type ArtifactsLockFile = z.output<typeof artifactsLockSchema>;
export type MembersLockFile = z.output<typeof membersLockSchema>;
