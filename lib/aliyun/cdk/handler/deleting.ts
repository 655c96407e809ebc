/** Delete: what holds data and is protected stays, and so does what CloudFormation didn't make. */
import { NotFound } from '../../cloud';
import { type DestroyOutcome, destroyStack, isBusy, isGone, type Stack } from '../../ros-client';
import { problemOf, reasonsOf, standing } from '../../ros-client/outcome';
import { type Begun, type CompleteRequest, type Completion, isAdopted, type StackEventRequest, stackIdOf } from './events';
import { failureOf, RosStackFailure } from './failure';
import { eventsSince, hasBegun, markOf } from './history';
import { inTime } from './patience';
import { Session, type Surroundings } from './session';

export async function beginDelete(event: StackEventRequest, surroundings: Surroundings): Promise<Begun> {
  const PhysicalResourceId = event.PhysicalResourceId ?? '';
  const over: Begun = { PhysicalResourceId, Done: true };
  if (isAdopted(PhysicalResourceId)) return over;
  const session = await Session.open({ surroundings, properties: event.ResourceProperties, verb: 'delete' });
  const { ros } = session;
  const stack = await ros.findStack(event.ResourceProperties.StackName);
  // Another stack of that name isn't ours.
  if (stack?.stackId !== stackIdOf(PhysicalResourceId)) return over;
  // Protection of a stack that holds nothing protects nothing: one whose creation was taken back.
  if (stack.deletionProtection && standing(await ros.listStackResources(stack.stackId)).length > 0)
    throw new RosStackFailure(
      'DELETION_PROTECTED',
      `stack ${stack.name} holds data and is protected from deletion, so it stays as it is`,
      `let CloudFormation forget it (cdk destroy retains it with RemovalPolicy.RETAIN), or take the protection off on purpose first`,
    );
  const Mark = await markOf(ros, stack.stackId);
  const outcome = await deleted(session);
  if (outcome?.kind === 'failed') throw failureOf(outcome.problem);
  return outcome === undefined ? { PhysicalResourceId, ...(Mark === undefined ? {} : { Mark }) } : over;
}

export async function lookAtDelete(event: CompleteRequest, surroundings: Surroundings): Promise<Completion> {
  const { ResourceProperties: properties, PhysicalResourceId, Mark, Done } = event;
  if (Done === true) return { IsComplete: true };
  const session = await Session.open({ surroundings, properties, verb: 'delete' });
  const { ros } = session;
  const stackId = stackIdOf(PhysicalResourceId);
  const stack = await found(session, stackId);
  if (stack === undefined) return { IsComplete: true };
  if (isBusy(stack.status)) return { IsComplete: false };
  const events = await eventsSince(ros, stackId, Mark);
  if (stack.status === 'DELETE_FAILED' && hasBegun(events))
    throw failureOf(problemOf(properties.StackName, stack.status, reasonsOf(events, stack)));
  const outcome = await deleted(session);
  if (outcome?.kind === 'failed') throw failureOf(outcome.problem);
  return { IsComplete: outcome !== undefined };
}

/** @returns undefined where ROS goes on with it */
function deleted({ ros, properties, watching }: Session): Promise<DestroyOutcome | undefined> {
  return inTime(() => destroyStack(ros, { name: properties.StackName, liftProtection: true }, { watching }));
}

async function found({ ros }: Session, stackId: string): Promise<Stack | undefined> {
  try {
    const stack = await ros.getStack(stackId, false);
    return isGone(stack.status) ? undefined : stack;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}
