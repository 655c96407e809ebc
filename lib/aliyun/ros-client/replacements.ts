import { randomUUID } from 'node:crypto';
import { AlreadyExists, NotFound } from '../cloud/errors';
import type { RosClient } from './client';
import { clientToken, intentOf } from './client-token';
import type { ChangeSet, ChangeSetType, StackRequest } from './model';
import { settle, type Watching } from './settle';
import { StackEvents } from './stack-events';
import { UNEXECUTED } from './status';

/** A change set of a request, made and looked at. */
export interface PreparedChanges {
  readonly changeSetId: string;
  readonly stackId: string;
  readonly changes: ChangeSet['changes'];
}

export interface PrepareOptions {
  /** @default - a stack that isn't there yet */
  readonly stackId?: string;
  /** Whether it may replace. @default false */
  readonly replacement?: boolean;
  /** A mark of what the stack is now. @default - not known: one that was left behind may be of another time */
  readonly state?: string;
  readonly watching?: Watching;
}

/**
 * Makes a change set and waits for it. One that was left behind is gone on with where it is of the same intent and the same state of the
 * stack, so that whoever can't wait may come again; otherwise it is deleted first, because a stack has room for 20.
 * @returns `unchanged` when it would do nothing
 * @throws ChangeSetFailed
 */
export async function prepareChanges(
  client: RosClient,
  type: ChangeSetType,
  request: StackRequest,
  { stackId, replacement = false, state, watching = {} }: PrepareOptions = {},
): Promise<PreparedChanges | 'unchanged'> {
  const meant = clientToken('CreateChangeSet', client.region, stackId ?? request.name, state ?? '', intentOf(request));
  const name = `meissa-${meant.slice(0, 24)}${replacement ? '-replacing' : ''}`;
  const make = () => client.createChangeSet(type, request, { name, stackId, token: randomUUID(), replacement });
  const made = await make().catch(async (error) => {
    if (!(error instanceof AlreadyExists && stackId)) throw error;
    const left = await client.listChangeSets(stackId, name);
    if (state !== undefined && left[0] !== undefined) return { changeSetId: left[0], stackId };
    for (const changeSetId of left) await client.deleteChangeSet(changeSetId);
    return make();
  });
  if (made === 'unchanged') return made;
  const { clock } = client.rpc;
  for (let wait = watching.firstMs ?? 1000; ; wait = Math.min(wait * 1.5, watching.longestMs ?? 10_000)) {
    const set = await client.getChangeSet(made.changeSetId);
    if (set.status === 'CREATE_COMPLETE') {
      if (set.changes.length > 0) return { ...made, stackId: made.stackId || set.stackId, changes: set.changes };
      await client.deleteChangeSet(made.changeSetId);
      return 'unchanged';
    }
    if (set.status.endsWith('_FAILED')) {
      await client.deleteChangeSet(made.changeSetId);
      if (/completely same|no changes?/i.test(set.statusReason)) return 'unchanged';
      throw new ChangeSetFailed(request.name, set.statusReason || set.status);
    }
    await clock.sleep(Math.round(wait));
  }
}

/** ROS could not work out what would change. */
export class ChangeSetFailed extends Error {
  /** @param reason ROS's words, scrubbed */
  constructor(
    readonly stackName: string,
    readonly reason: string,
  ) {
    super(`stack ${stackName}: ROS can't say what would change: ${reason}`);
    this.name = 'ChangeSetFailed';
  }
}

/**
 * Logical ids that a change set would delete and create anew.
 *
 * @param how `maybe`: those too of which ROS only knows when it comes to them
 */
export const replacedBy = (changes: ChangeSet['changes'], how: 'surely' | 'maybe' = 'maybe'): string[] =>
  changes
    .filter(
      ({ action, replacement }) => action === 'Modify' && (how === 'maybe' ? replacement !== 'False' : replacement === 'True'),
    )
    .map((change) => change.logicalId);

/**
 * What a request would change, by the engine's own word, and nothing left behind: the change set is deleted, and so is the stack that a
 * set of type CREATE makes.
 * @returns `unchanged` when it would do nothing
 */
export async function previewChanges(
  client: RosClient,
  request: StackRequest,
  watching: Watching = {},
): Promise<ChangeSet['changes'] | 'unchanged'> {
  let stack = await client.findStack(request.name);
  if (stack?.status === UNEXECUTED) {
    await client.deleteStack(stack.stackId, { ramRoleName: request.ramRoleName });
    await settle(client, stack.stackId, new StackEvents(client), watching);
    stack = undefined;
  }
  const prepared = await prepareChanges(client, stack ? 'UPDATE' : 'CREATE', request, { stackId: stack?.stackId, watching });
  if (prepared === 'unchanged') return prepared;
  await client.deleteChangeSet(prepared.changeSetId);
  if (!stack) await deleteUnexecuted(client, prepared.stackId, request.ramRoleName);
  return prepared.changes;
}

async function deleteUnexecuted(client: RosClient, stackId: string, ramRoleName?: string): Promise<void> {
  try {
    const made = await client.getStack(stackId, false);
    if (made.status === UNEXECUTED) await client.deleteStack(stackId, { ramRoleName });
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
}
