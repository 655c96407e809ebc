import { planChanges } from '../../../engine/change-plan';
import { executeChangeSet, keepChangeSet } from '../../../engine/change-sets';
import { clock } from '../../../engine/clock';
import type { Engine } from '../../../engine/engine';
import { uuid } from '../../../engine/ids';
import { asItIs } from '../../../engine/revert-drift';
import type { Target } from '../../../engine/scope';
import type { ChangeSet, Stack, StackRequest } from '../../../engine/stack';
import type { Region } from '../../store/world';
import { AwsError, validationError } from '../aws-error';

/** What a change set is asked for. */
export interface ChangeSetRequest extends StackRequest {
  changeSetName: string;
  type: string;
  description?: string;
  /** `DeploymentMode`: what was changed by hand is put back. */
  revertDrift?: boolean;
}

/** A change set and its stack. */
interface Found {
  stack: Stack;
  changeSet: ChangeSet;
}

/** Bytes of property values that a stack's change set keeps; beyond it only the changes themselves. */
const CONTEXT_LIMIT = 4_000_000;

/** `CreateChangeSet` answers `LimitExceeded` when a stack has too many; AWS's pages name no figure, so this one is ours. */
const CHANGE_SETS = 100;

/**
 * `CreateChangeSet`.
 *
 * @param check refuses what is asked for before anything is kept
 */
export function createChangeSet(
  engine: Engine,
  region: Region,
  request: ChangeSetRequest,
  check: (stack: Stack, target: Target) => void = () => undefined,
): Found {
  let stack = engine.find(region, request.name);
  const fresh = !stack || stack.status === 'REVIEW_IN_PROGRESS';
  if (request.type === 'CREATE' && !fresh)
    throw new AwsError(
      'AlreadyExistsException',
      `Stack [${request.name}] already exists and cannot be created again with the changeSet [${request.changeSetName}].`,
    );
  if (request.type === 'UPDATE' && !stack) throw validationError(`Stack [${request.name}] does not exist`);
  if (request.type === 'IMPORT') throw validationError('Importing resources is not in the embedded cloud');
  if (request.type === 'UPDATE' && stack && !/(_COMPLETE|_FAILED)$/.test(stack.status)) {
    throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
  }
  if (stack?.status === 'ROLLBACK_COMPLETE')
    throw validationError(`Stack:${stack.id} is in ROLLBACK_COMPLETE state and can not be updated.`);
  stack ??= engine.blank(region, request.name);
  if (stack.changeSets[request.changeSetName]) {
    throw new AwsError(
      'AlreadyExistsException',
      `ChangeSet ${request.changeSetName} cannot be created due to a mismatch with existing attribute Name`,
    );
  }
  if (Object.keys(stack.changeSets).length >= CHANGE_SETS)
    throw new AwsError('LimitExceededException', `Limit for change sets of stack ${stack.name} is exceeded.`);
  const target = engine.target(stack, request);
  check(stack, target);
  const { stack: compared, drifted } = request.revertDrift ? asItIs(engine.machine, stack) : { stack, drifted: new Map() };
  const plan = planChanges(compared, target, engine.machine.dialect);
  for (const change of plan.changes) if (request.revertDrift) change.drift = drifted.get(change.logicalId) ?? 'IN_SYNC';
  const nothing = plan.changes.length === 0 && !plan.otherwise && stack.status.endsWith('_COMPLETE') && request.type === 'UPDATE';
  const contexts = plan.changes.reduce((n, c) => n + (c.before?.length ?? 0) + (c.after?.length ?? 0), 0);
  if (contexts > CONTEXT_LIMIT) {
    for (const c of plan.changes) {
      c.before = undefined;
      c.after = undefined;
    }
  }
  const changeSet: ChangeSet = {
    id: `arn:${stack.id.split(':')[1]}:cloudformation:${region.name}:${region.account}:changeSet/${request.changeSetName}/${uuid()}`,
    name: request.changeSetName,
    type: request.type,
    status: nothing ? 'FAILED' : 'CREATE_COMPLETE',
    reason: nothing
      ? "The submitted information didn't contain changes. Submit different information to create a change set."
      : contexts > CONTEXT_LIMIT
        ? `The property values are left out: more than ${CONTEXT_LIMIT} bytes.`
        : undefined,
    execution: nothing ? 'UNAVAILABLE' : 'AVAILABLE',
    created: clock.now(),
    description: request.description,
    template: request.body,
    parameters: target.parameters,
    tags: target.tags,
    capabilities: request.capabilities,
    notificationArns: request.notificationArns ?? stack.notificationArns,
    roleArn: request.roleArn,
    disableRollback: request.disableRollback,
    ...(request.revertDrift ? { revertDrift: true } : {}),
    changes: plan.changes,
  };
  keepChangeSet(engine, region, stack, changeSet, 'User Initiated', request.token);
  return { stack, changeSet };
}

/** A change set by name or id. */
export function findChangeSet(engine: Engine, region: Region, nameOrId: string, stackName?: string): Found | undefined {
  const stacks = stackName ? [engine.find(region, stackName)] : Object.values(region.stacks);
  for (const stack of stacks) {
    for (const changeSet of Object.values(stack?.changeSets ?? {})) {
      if (stack && (changeSet.id === nameOrId || changeSet.name === nameOrId)) return { stack, changeSet };
    }
  }
  return undefined;
}

/** A change set, or CloudFormation's error. */
export function mustChangeSet(engine: Engine, region: Region, nameOrId: string, stackName?: string): Found {
  const found = findChangeSet(engine, region, nameOrId, stackName);
  if (!found) throw new AwsError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, 404);
  return found;
}

/** `ExecuteChangeSet`. */
export function execute(engine: Engine, { stack, changeSet }: Found, disableRollback: boolean, token?: string): void {
  if (changeSet.execution !== 'AVAILABLE') {
    throw new AwsError(
      'InvalidChangeSetStatus',
      changeSet.execution === 'UNAVAILABLE'
        ? `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${changeSet.status}]`
        : `ChangeSet [${changeSet.id}] cannot be executed in its current execution status of [${changeSet.execution}]`,
    );
  }
  executeChangeSet(engine, stack, { ...changeSet, disableRollback }, token);
  // Executing one change set ends all of a stack's change sets; `DescribeStacks` names the one that was executed.
  stack.changeSets = {};
  stack.changeSetId = changeSet.id;
}
