/** `regions/<region>.yaml`: one cloud region. */
import { z } from 'zod';
import { acceptance } from './acceptance-schema';
import { fleetSchema, told } from './fleet-schema';
import { kafkaSchema } from './kafka-schema';
import { regionQuotas } from './quota-schema';
import {
  aliyunFields,
  awsFields,
  labels,
  name,
  nodeLabels,
  parameters,
  range,
  retention,
  text,
  whole,
  zoneName,
} from './scalars';

const unit = z
  .strictObject({
    instances: whole('How many run in the cluster, one a host.', 1, 10000, 4).default(1),
    metadata: nodeLabels(
      'Hosts that may run it: those of the fleets, and of the racks that belong to the cluster, whose metadata hold all of these.',
      { role: 'collector' },
    ).default({}),
  })
  .meta({
    description: 'A unit that the hosts of the cluster run among themselves.',
    examples: [{ instances: 4, metadata: { role: 'collector' } }],
  });

const cluster = z
  .strictObject({
    generation: whole('Raised to rebuild the cluster on purpose.', 1, 1000000, 1).default(1),
    etcd: z
      .strictObject({
        bootstrap: z
          .enum(['discovery', 'static'])
          .meta({ description: 'static: fixed addresses. discovery: a token from the discovery service.', examples: ['static'] }),
        voters: name('Quorum fleet whose members vote.', 'voters'),
      })
      .optional()
      .meta({ description: "The cluster's etcd. Default: none.", examples: [{ bootstrap: 'static', voters: 'voters' }] }),
    kafka: kafkaSchema.optional(),
    profiles: parameters('Parameters by profile, for the fleets of this cluster.').default({}),
    units: z
      .record(
        text(
          /^[A-Za-z0-9:_.\\-]+@?\.(service|timer|socket|target|path)$/,
          'a unit name such as rcv@.service',
          'Name of a unit.',
          'rcv@.service',
          255,
        ),
        unit,
      )
      .default({})
      .meta({ description: 'Units by name.', examples: [{ 'rcv@.service': { instances: 4 } }] }),
    fleets: z
      .record(name('Name of the fleet.', 'voters'), fleetSchema)
      .meta({ description: 'Fleets by name.', examples: [{ voters: { kind: 'members' } }] }),
  })
  .meta({ description: 'Hosts that share one etcd and are managed like one machine.', examples: [{ generation: 1 }] });

export const regionSchema = z
  .strictObject({
    region: name(
      "The cloud's own id of the region. Default: the name of the file, which is what the estate calls it.",
      'sa-east-1',
    ).optional(),
    provider: z.enum(['aws', 'aliyun']).meta({ description: 'Cloud of the region.', examples: ['aws'] }),
    generation: whole("Raised to rebuild the region's network on purpose.", 1, 1000000, 1).default(1),
    aws: z
      .strictObject({
        account: awsFields.account.optional(),
        partition: awsFields.partition.optional(),
        bootstrapQualifier: awsFields.bootstrapQualifier.optional(),
        permissionsBoundary: awsFields.permissionsBoundary.optional(),
      })
      .default({})
      .meta({ description: 'What differs from the account of the estate.', examples: [{ account: '222222222222' }] }),
    aliyun: z
      .strictObject({
        account: aliyunFields.account.optional(),
        image: aliyunFields.image.optional(),
        userDataEncoding: aliyunFields.userDataEncoding.optional(),
      })
      .default({})
      .meta({ description: 'What differs from the Aliyun account of the estate.', examples: [{ account: '2222222222222222' }] }),
    block: range("The region's own block of host addresses. Never changes.", '10.9.0.0/16'),
    network: z
      .strictObject({
        zones: z
          .array(zoneName)
          .min(1)
          .meta({
            description: 'Zones by name; addresses follow the letter, not the order.',
            examples: [['sa-east-1a', 'sa-east-1b']],
          }),
        nat: z
          .enum(['per-zone', 'single', 'none'])
          .optional()
          .meta({
            description: 'NAT gateways: one a zone (AWS only), one, or none. Default: per-zone; on Aliyun single.',
            examples: ['per-zone'],
          }),
        flowLogDays: retention('Days that flow logs are kept; 0 switches them off. Default: 30; on Aliyun 0.').optional(),
      })
      .meta({ description: 'The network of the region.', examples: [{ zones: ['sa-east-1a'], nat: 'per-zone' }] }),
    containers: z
      .strictObject({
        mode: z
          .enum(['host', 'host-gw', 'prefix'])
          .default('host')
          .meta({ description: 'How containers get addresses, and which links carry them.', examples: ['host'] }),
        block: range("The region's container block.", '172.16.0.0/16').optional(),
        hostBits: whole("Prefix length of one host's range. Default: 24; in mode prefix always 28.", 16, 28, 24).optional(),
        prefixesPerHost: whole('Mode prefix: how many /28 a host has. Fixed when the first host is made.', 1, 14, 1).default(1),
        openTo: z
          .array(z.enum(['containers', 'hosts']))
          .min(1)
          .default(['containers'])
          .meta({
            description: 'Who of linked places may open connections to containers. Default: containers.',
            examples: [['containers', 'hosts']],
          }),
      })
      .prefault({})
      .meta({ description: 'Container network. Default: mode host.', examples: [{ mode: 'host' }] }),
    transit: z
      .strictObject({
        asn: whole('AS number of the transit gateway, private and like no other of the estate.', 64512, 4294967294, 64601),
      })
      .optional()
      .meta({
        description: 'Transit gateway of the region. Default: none; on Aliyun AS 45104 where a link needs a transit router.',
        examples: [{ asn: 64601 }],
      }),
    alarms: z
      .strictObject(told)
      .optional()
      .meta({
        description:
          'Whom alarms of the region tell: those of its ends of leased lines and VPNs, and those of fleets that name nobody themselves. Default: nobody.',
        examples: [{ topicArn: 'arn:aws:sns:sa-east-1:111111111111:ops' }],
      }),
    accept: acceptance,
    quotas: regionQuotas.default({}),
    tags: labels('Tags on the resources of this region.', { team: 'ads' }).default({}),
    profiles: parameters('Parameters by profile, for the fleets of this region.').default({}),
    clusters: z
      .record(name('Name of the cluster.', 'core'), cluster)
      .default({})
      .meta({ description: 'Clusters by name.', examples: [{ core: { generation: 1 } }] }),
  })
  .meta({ title: 'Region', description: 'One region of the estate.' });

export type RegionFile = z.output<typeof regionSchema>;
export type ClusterFile = RegionFile['clusters'][string];
