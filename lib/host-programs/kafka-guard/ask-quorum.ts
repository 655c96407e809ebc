/** Asks who votes, who watches, and how far each has come. */
import { describeQuorumV2 } from '@platformatic/kafka';
import { fromUuid } from './directory-id';
import { CONTROLLER_PORT, type KafkaLink } from './kafka-link';
import type { Quorum, Replica } from './quorum';

/** @throws Error where no controller leads */
export function askQuorum(link: KafkaLink, addresses: readonly string[]): Promise<Quorum> {
  return link.askFirst(addresses, CONTROLLER_PORT, async (connection) => {
    const request = [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }];
    const { topics } = await describeQuorumV2.api.async(connection, request);
    const { leaderId, currentVoters, observers } = topics[0]!.partitions[0]!;
    // The leader's own time is that of the answer.
    const now = currentVoters.find(({ replicaId }) => replicaId === leaderId)?.lastCaughtUpTimestamp ?? 0n;
    const replica = ({ replicaId, replicaDirectoryId, lastCaughtUpTimestamp }: (typeof currentVoters)[number]): Replica => ({
      id: replicaId,
      directoryId: fromUuid(replicaDirectoryId),
      behind: Number(now - lastCaughtUpTimestamp),
    });
    return { leader: leaderId, voters: currentVoters.map(replica), observers: observers.map(replica) };
  });
}
