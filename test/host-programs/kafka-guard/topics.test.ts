import { plannedGrants } from '../../../lib/host-programs/kafka-guard/acls';
import { allTopics, changesOf, HEARTBEATS, settingsOf } from '../../../lib/host-programs/kafka-guard/topics';

const logs = { name: 'logs', partitions: 6, replication: 3, minInsync: 2, retention: 86_400 };
const has = (topic: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ topic, index, leader: 101, replicas: [101], insync: [101] }));

test('heartbeats have a topic of their own, as safe as the safest of the planned ones', () => {
  expect(allTopics([logs])).toEqual([logs, { name: HEARTBEATS, partitions: 1, replication: 3, minInsync: 2, retention: 86_400 }]);
});

test('missing topics are made, those with too few partitions grow, and none shrinks', () => {
  const topics = [logs, { ...logs, name: 'ads' }, { ...logs, name: 'new' }];
  const { create, grow } = changesOf(topics, { id: '', brokers: [], partitions: [...has('logs', 3), ...has('ads', 12)] });
  expect(create.map(({ name }) => name)).toEqual(['new']);
  expect(grow.map(({ name }) => name)).toEqual(['logs']);
});

test('a segment covers a quarter of the retention, a day at most', () => {
  expect(settingsOf(logs)).toEqual({ 'min.insync.replicas': '2', 'retention.ms': '86400000', 'segment.ms': '21600000' });
  expect(settingsOf({ ...logs, retention: 30 * 86_400 })['segment.ms']).toBe('86400000');
});

/** `principal resource name: operations` */
const told = (into: string): string[] =>
  plannedGrants({ region: 'sa-east-1', into, topics: [logs] }).map(
    ({ principal, resource, name, operations }) => `${principal} ${resource} ${name}: ${operations.join(' ')}`,
  );

test('front ends write only the region`s topics; mirrors of the collecting region only read', () => {
  expect(told('us-east-1')).toEqual([
    'sa-east-1.front-end TOPIC logs: WRITE DESCRIBE',
    'sa-east-1.front-end CLUSTER kafka-cluster: IDEMPOTENT_WRITE',
    'us-east-1.kafka-mirror GROUP *: READ DESCRIBE',
    'us-east-1.kafka-mirror TOPIC *: READ DESCRIBE DESCRIBE_CONFIGS',
    'us-east-1.kafka-mirror CLUSTER kafka-cluster: DESCRIBE DESCRIBE_CONFIGS',
  ]);
});

test('where topics end, the region`s own mirrors make and write what they carry', () => {
  expect(told('')).toContain('sa-east-1.kafka-mirror TOPIC *: READ DESCRIBE DESCRIBE_CONFIGS CREATE WRITE ALTER ALTER_CONFIGS');
});
