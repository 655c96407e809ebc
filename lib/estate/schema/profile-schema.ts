/** `cloud-config/<name>/profile.yaml`: what a profile takes, listens on and needs. */
import { z } from 'zod';
import { volumeFields } from './fleet-schema';
import { line, name, whole } from './scalars';

const on = z
  .enum(['all', 'voters'])
  .default('all')
  .meta({ description: 'Which of the hosts.', examples: ['all'] });

const port = z
  .strictObject({
    name: name('Name of the port; part of rule ids.', 'etcd-client'),
    port: whole('Port, or the first of a range.', 1, 65535, 2379),
    toPort: whole('Last port of the range. Default: the same port.', 1, 65535, 2380).optional(),
    protocol: z.enum(['tcp', 'udp']).meta({ description: 'Protocol.', examples: ['tcp'] }),
    from: z.enum(['fleet', 'cluster', 'region', 'kafka', 'collector', 'estate']).meta({
      description:
        'Who may come: hosts of the same fleet, cluster, region, brokers and controllers of the cluster, of the region that this collection is carried into, or of the whole estate.',
      examples: ['cluster'],
    }),
    on,
    why: line('Why, for whoever reviews the rule.', 'every host reads keys'),
  })
  .meta({ description: 'A port that the profile listens on.' });

const volume = z
  .strictObject({
    name: name('Name of the volume.', 'etcd'),
    device: volumeFields.device,
    gb: volumeFields.gb,
    type: volumeFields.type,
    mount: volumeFields.mount,
    filesystem: volumeFields.filesystem.default('ext4'),
    on,
  })
  .meta({ description: 'A data volume that members of this profile have.' });

export const profileSchema = z
  .strictObject({
    profile: name("Name of the profile, the same as the folder's.", 'etcd'),
    description: line('What hosts can do with it, one sentence.', 'etcd of the cluster, or its gateway'),
    requires: z
      .array(name('Name of a profile.', 'base'))
      .default([])
      .meta({ description: 'Profiles that must be on the same host.', examples: [['base']] }),
    parameters: z
      .record(z.string(), z.unknown())
      .default({ type: 'object', additionalProperties: false, properties: {} })
      .meta({ description: 'JSON Schema of the parameters, with defaults.', examples: [{ type: 'object', properties: {} }] }),
    ports: z
      .array(port)
      .default([])
      .meta({ description: 'Ports that it listens on.', examples: [[]] }),
    volumes: z
      .array(volume)
      .default([])
      .meta({ description: 'Data volumes that members have.', examples: [[]] }),
    needs: z
      .strictObject({
        artifacts: z
          .array(name('Name of an artifact.', 'etcd'))
          .default([])
          .meta({ description: "Artifacts fetched from the region's bucket.", examples: [['etcd']] }),
        signal: z
          .boolean()
          .default(false)
          .meta({ description: 'Signals gates and rolling updates.', examples: [true] }),
        formedMarker: z
          .boolean()
          .default(false)
          .meta({ description: 'Reads the formed marker of the cluster.', examples: [true] }),
        certificates: z
          .boolean()
          .default(false)
          .meta({ description: "Reads the certificates of its fleet's hosts.", examples: [true] }),
        drains: z
          .boolean()
          .default(false)
          .meta({ description: 'A host of an elastic fleet hands on what it holds before it goes.', examples: [true] }),
      })
      .prefault({})
      .meta({ description: 'What it needs from the cloud.', examples: [{ artifacts: ['etcd'], signal: true }] }),
  })
  .meta({ title: 'Profile', description: 'A capability of hosts.' });

export type ProfileFile = z.output<typeof profileSchema>;
