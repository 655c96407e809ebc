/** Create and update: begun in one call of the function, looked at in later ones. */
import { type ApplyOutcome, applyStack, isBusy, isWell, RosClient, type StackRequest } from '../../ros-client';
import { problemOf, reasonsOf } from '../../ros-client/outcome';
import { type Begun, type CompleteRequest, type Completion, physicalIdOf, type StackEventRequest, stackIdOf } from './events';
import { failureOf, RosStackFailure, reasonOf } from './failure';
import { finish } from './finish';
import { eventsSince, hasBegun, markOf } from './history';
import { inTime } from './patience';
import { publish } from './publishing';
import { Session, type Surroundings, WAITS } from './session';

/**
 * Publishes configurations and begins to bring the stack to what is asked, by the client that `meissa deploy` uses: it reads what is there
 * before each step and each write carries a token of its intent, so a call that CloudFormation repeats does nothing twice.
 */
export async function beginApply(event: StackEventRequest, surroundings: Surroundings): Promise<Begun> {
  const { RequestType, ResourceProperties: properties, PhysicalResourceId: known } = event;
  const { toCreate } = { ...WAITS, ...surroundings.waits };
  const patience = RequestType === 'Create' ? { toBegin: toCreate } : {};
  const session = await Session.open({ surroundings, properties, verb: 'apply', ...patience });
  await publish(session);
  const { ros } = session;
  const name = properties.StackName;
  const before = await ros.findStack(name);
  const mark = before === undefined ? undefined : await markOf(ros, before.stackId);
  const ended = await applied(session).catch((error: unknown) => {
    if (!session.begun) throw error;
    return { error };
  });
  session.allowMore();
  const now = (await ros.findStack(name))?.stackId;
  // Nothing stands, so there is nothing that CloudFormation would have to take away again.
  if (now === undefined) throw whyNot(ended, name);
  const begun = { PhysicalResourceId: physicalIdOf(known, before, now), ...(mark === undefined ? {} : { Mark: mark }) };
  if (ended === undefined) return begun;
  if ('error' in ended) return { ...begun, Failed: reasonOf(ended.error) };
  return ended.kind === 'failed' ? { ...begun, Failed: reasonOf(failureOf(ended.problem)) } : { ...begun, Done: true };
}

export async function lookAtApply(event: CompleteRequest, surroundings: Surroundings): Promise<Completion> {
  const { ResourceProperties: properties, PhysicalResourceId, Mark, Done, Failed } = event;
  if (Failed !== undefined) throw new Error(Failed);
  const session = await Session.open({ surroundings, properties, verb: 'apply' });
  const { ros } = session;
  const stackId = stackIdOf(PhysicalResourceId);
  if (Done !== true) {
    const stack = await ros.getStack(stackId, false);
    if (isBusy(stack.status)) return { IsComplete: false };
    const events = await eventsSince(ros, stackId, Mark);
    if (!hasBegun(events)) {
      // Something else held the stack when we were called.
      const outcome = await applied(session);
      if (outcome === undefined) return { IsComplete: false };
      if (outcome.kind === 'failed') throw failureOf(outcome.problem);
    } else if (!isWell(stack.status)) {
      throw failureOf(problemOf(properties.StackName, stack.status, reasonsOf(events, stack)));
    }
    session.allowMore();
  }
  return { IsComplete: true, Data: await finish(session, stackId) };
}

/** @returns undefined where ROS goes on with it */
async function applied(session: Session): Promise<ApplyOutcome | undefined> {
  const request = await requestOf(session);
  return inTime(() => applyStack(session.ros, request, { watching: session.watching }));
}

async function requestOf(session: Session): Promise<StackRequest> {
  const { properties } = session;
  return {
    name: properties.StackName,
    template: await session.file(properties.Template),
    parameters: { ...properties.Parameters, ...(await read(session)) },
    tags: properties.Tags ?? {},
    timeoutMinutes: Number(properties.TimeoutMinutes),
    disableRollback: properties.DisableRollback === 'true',
    deletionProtection: properties.DeletionProtection === 'true',
  };
}

/** Outputs of other stacks, each stack asked once. */
async function read({ ros, properties }: Session): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  const stacks = new Map<string, ReturnType<typeof ros.stackOutputs>>();
  for (const [parameter, { Stack, Region, Output }] of Object.entries(properties.ParametersFrom ?? {})) {
    const key = `${Region}/${Stack}`;
    if (!stacks.has(key)) stacks.set(key, new RosClient({ region: Region, rpc: ros.rpc }).stackOutputs(Stack));
    const value = (await stacks.get(key))?.[Output];
    if (value === undefined)
      throw new RosStackFailure(
        'OUTPUT_MISSING',
        `stack ${properties.StackName} needs ${Output} of ${Stack} in ${Region} for its parameter ${parameter}, and it has none`,
        `deploy ${Stack} first`,
      );
    values[parameter] = value;
  }
  return values;
}

function whyNot(ended: ApplyOutcome | { error: unknown } | undefined, name: string): unknown {
  if (ended === undefined)
    return new RosStackFailure('UNSETTLED', `stack ${name}: another operation held it for too long`, 'run cdk deploy again');
  if ('error' in ended) return ended.error;
  return ended.kind === 'failed'
    ? failureOf(ended.problem)
    : new RosStackFailure('DELETE_COMPLETE', `stack ${name} was deleted while we were at it`, 'find out who deleted it');
}
