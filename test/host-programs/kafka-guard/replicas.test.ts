import { type Cluster, type Partition, replicaIllness, sparesBroker } from '../../../lib/host-programs/kafka-guard/replicas';

const partition = (insync: readonly number[], replicas: readonly number[] = [101, 102, 103]): Partition => ({
  ...{ topic: 'logs', index: 4, leader: insync[0] ?? -1, replicas, insync },
});
const cluster = (partitions: readonly Partition[], brokers = [101, 102, 103]): Cluster => ({ id: 'c', brokers, partitions });
const two = (): number => 2;

test('a broker is well when it is unfenced and no partition of the cluster misses a replica', () => {
  expect(replicaIllness(cluster([partition([101, 102, 103])]), 101)).toBeUndefined();
  expect(replicaIllness(cluster([], [102, 103]), 101)).toBe('broker 101 is fenced');
  expect(replicaIllness(cluster([partition([101, 103])]), 101)).toBe('1 partitions are under-replicated, for example logs-4');
  expect(replicaIllness(cluster([partition([])]), 101)).toContain('under-replicated');
});

test.each([
  ['all replicas are in sync', [101, 102, 103], [101, 102, 103], true],
  ['one is missing', [101, 102], [101, 102, 103], false],
  ['it is the one that is missing', [102, 103], [101, 102, 103], true],
  ['the partition is on others', [102, 103], [102, 103, 104], true],
  ['the topic has a single replica, which no waiting will change', [101], [101], true],
  ['the topic has two, and two are needed', [101, 102], [101, 102], true],
])('whether a broker may stop when %s', (_, insync, replicas, spared) => {
  expect(sparesBroker(cluster([partition(insync, replicas)]), 101, two)).toBe(spared);
});
