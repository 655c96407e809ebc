/** The two questions of CDK's provider framework, answered for ROS. */
import { beginApply, lookAtApply } from './applying';
import { beginDelete, lookAtDelete } from './deleting';
import type { Begun, CompleteRequest, Completion, StackEventRequest } from './events';
import { reasonOf } from './failure';
import type { Surroundings } from './session';

/** Begins what CloudFormation asks for. @throws Error whose message is all that is shown */
export function onEvent(event: StackEventRequest, surroundings: Surroundings): Promise<Begun> {
  return inWords(() => (event.RequestType === 'Delete' ? beginDelete(event, surroundings) : beginApply(event, surroundings)));
}

/** Whether it is over; asked until it is. */
export function isComplete(event: CompleteRequest, surroundings: Surroundings): Promise<Completion> {
  return inWords(() => (event.RequestType === 'Delete' ? lookAtDelete(event, surroundings) : lookAtApply(event, surroundings)));
}

/** An error that holds nothing but its words: Lambda logs all fields of what is thrown. */
async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Error(reasonOf(error));
  }
}
