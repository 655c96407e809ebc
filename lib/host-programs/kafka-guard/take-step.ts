/** Changes who votes. */
import { say } from '../shared/log';
import { CONTROLLER_PORT, type KafkaLink } from './kafka-link';
import { addRaftVoter, removeRaftVoter } from './raft-voters';
import type { Step } from './replace-voter';

/** Takes a step with the controller that leads. */
export async function take(
  step: Exclude<Step, undefined | { wait: string }>,
  link: KafkaLink,
  { clusterId, leader, address }: { readonly clusterId: string; readonly leader: string; readonly address: string },
): Promise<void> {
  if ('remove' in step) {
    say(`controller ${step.remove.id} lost its disk: its old directory ${step.remove.directoryId} leaves the quorum`);
    await link.ask(leader, CONTROLLER_PORT, (connection) => removeRaftVoter.async(connection, clusterId, step.remove));
  } else {
    say(`controller ${step.add.id} joins the quorum with its directory ${step.add.directoryId}`);
    await link.ask(leader, CONTROLLER_PORT, (connection) => addRaftVoter.async(connection, clusterId, step.add, address));
  }
}
