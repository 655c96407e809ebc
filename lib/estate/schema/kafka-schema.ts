/** `kafka` of a cluster: the region's collection. */
import { z } from 'zod';
import { BYTE_SIZE, BYTE_SIZE_RULE, DURATION, DURATION_RULE, RATE, RATE_RULE } from '../units';
import { name, text, whole } from './scalars';

const rate = (description: string, example: string) => text(RATE, RATE_RULE, description, example);
const duration = (description: string, example: string) => text(DURATION, DURATION_RULE, description, example);

const topic = z
  .strictObject({
    partitions: whole('Partitions; they can be raised later, never lowered.', 1, 10000, 12),
    replication: whole('Copies of every line, each on another broker.', 1, 9, 3).default(3),
    minInsync: whole('Copies that must be written before a line is acknowledged.', 1, 9, 2).default(2),
    retention: duration('How long lines are kept.', '7d').default('7d'),
    mirrored: z
      .boolean()
      .default(true)
      .meta({ description: 'Whether the topic is carried into the region that `into` names.', examples: [true] }),
  })
  .meta({ description: 'A topic.', examples: [{ partitions: 12 }] });

export const kafkaSchema = z
  .strictObject({
    size: z
      .enum(['standard', 'small'])
      .default('standard')
      .meta({ description: 'small: brokers are the controllers too. Fixed when the cluster is made.', examples: ['standard'] }),
    controllers: name(
      'Quorum fleet (`quorum: kraft`) whose members are the controllers. Not with size small.',
      'controllers',
    ).optional(),
    brokers: name('Members fleet (`quorum: replicas`; with size small `kraft`) whose members are the brokers.', 'brokers'),
    frontEnds: name('Fleet with the profile front-end.', 'front-ends').optional(),
    mirrors: name('Fleet with the profile kafka-mirror, in the region that others are carried into.', 'mirrors').optional(),
    into: name(
      'Region whose collection this one is carried into. Default: the central region of the estate; its own name: none.',
      'us-east-1',
    ).optional(),
    load: z
      .strictObject({
        peak: rate('Raw lines in the busiest minute, a second.', '50MB/s'),
        average: rate('Raw lines over a day, a second.', '20MB/s'),
        line: text(BYTE_SIZE, BYTE_SIZE_RULE, 'A line, on average.', '500B').default('500B'),
        growth: z
          .number()
          .min(1)
          .max(10)
          .default(1.5)
          .meta({ description: 'Factor that there is room for.', examples: [1.5] }),
      })
      .meta({ description: 'What the front ends of this region take.', examples: [{ peak: '50MB/s', average: '20MB/s' }] }),
    spool: z
      .strictObject({
        keep: duration('How long front ends keep lines at the average load while Kafka is away.', '7d').default('7d'),
        whenFull: z
          .enum(['refuse', 'drop-oldest'])
          .default('refuse')
          .meta({ description: 'refuse: senders get 503 and keep their lines. drop-oldest: counted.', examples: ['refuse'] }),
      })
      .prefault({})
      .meta({ description: 'What front ends keep.', examples: [{ keep: '7d' }] }),
    topics: z
      .record(
        text(/^[a-zA-Z0-9_-][a-zA-Z0-9._-]*$/, 'letters, digits, dot, underscore and hyphen', 'Name of a topic.', 'logs', 200),
        topic,
      )
      .meta({ description: 'Topics by name.', examples: [{ logs: { partitions: 12 } }] }),
  })
  .meta({
    description: 'The collection: a Kafka cluster with its front ends and mirrors. Default: none.',
    examples: [
      { controllers: 'controllers', brokers: 'brokers', load: { peak: '50MB/s' }, topics: { logs: { partitions: 12 } } },
    ],
  });

export type KafkaFile = z.output<typeof kafkaSchema>;
