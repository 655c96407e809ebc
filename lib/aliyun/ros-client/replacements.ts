import { NotFound } from '../cloud/errors';
import type { RosClient } from './client';
import { clientToken } from './client-token';
import type { ChangeSet, ChangeSetType, StackRequest } from './model';
import type { Watching } from './settle';

/** A change set of a request, made and looked at. */
export interface PreparedChanges {
  readonly changeSetId: string;
  readonly stackId: string;
  readonly changes: ChangeSet['changes'];
}

/**
 * Makes a change set and waits for it. The same intent in the same state of the stack finds the one that was made before.
 * @param scope the stack's last update, so that the next state gets a new set
 * @returns `unchanged` when it would do nothing
 * @throws ChangeSetFailed
 */
export async function prepareChanges(
  client: RosClient,
  type: ChangeSetType,
  request: StackRequest,
  {
    stackId,
    scope,
    intent,
    replacement = false,
    watching = {},
  }: { stackId?: string; scope: string; intent: string; replacement?: boolean; watching?: Watching },
): Promise<PreparedChanges | 'unchanged'> {
  const token = clientToken(
    `CreateChangeSet-${type}${replacement ? '-R' : ''}`,
    client.region,
    stackId ?? request.name,
    scope,
    intent,
  );
  const made = await client.createChangeSet(type, request, { name: `meissa-${token.slice(0, 24)}`, stackId, token, replacement });
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

/** Logical ids that a change set would, or may, delete and create anew. */
export const replacedBy = (changes: ChangeSet['changes']): string[] =>
  changes.filter((change) => change.action === 'Modify' && change.replacement !== 'False').map((change) => change.logicalId);

/**
 * What a request would change, by the engine's own word, and nothing left behind: the change set is deleted, and so is the stack that a
 * set of type CREATE makes.
 * @returns `unchanged` when it would do nothing
 */
export async function previewChanges(
  client: RosClient,
  request: StackRequest,
  intent: string,
  watching: Watching = {},
): Promise<ChangeSet['changes'] | 'unchanged'> {
  const stack = await client.findStack(request.name);
  const scope = `preview ${client.rpc.clock.now()}`;
  const prepared = await prepareChanges(client, stack ? 'UPDATE' : 'CREATE', request, {
    stackId: stack?.stackId,
    scope,
    intent,
    watching,
  });
  if (prepared === 'unchanged') return prepared;
  await client.deleteChangeSet(prepared.changeSetId);
  if (!stack) await deleteUnexecuted(client, prepared.stackId, request.ramRoleName);
  return prepared.changes;
}

async function deleteUnexecuted(client: RosClient, stackId: string, ramRoleName?: string): Promise<void> {
  try {
    const made = await client.getStack(stackId, false);
    if (made.status === 'REVIEW_IN_PROGRESS') await client.deleteStack(stackId, { ramRoleName });
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
}
