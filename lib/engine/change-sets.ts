import { AwsError, validationError } from '../embedded-cloud/aws/aws-error';
import type { Region } from '../embedded-cloud/store/world';
import { planChanges } from './change-plan';
import { now } from './clock';
import type { Engine, StackRequest } from './engine';
import { stackStatus } from './events';
import { uuid } from './ids';
import type { ChangeSet, Stack } from './stack';

/** What a change set is asked for. */
export interface ChangeSetRequest extends StackRequest {
  changeSetName: string;
  type: string;
  description?: string;
  deploymentMode?: string;
}

/** Bytes of property values that a stack's change set keeps; beyond it only the changes themselves. */
const CONTEXT_LIMIT = 4_000_000;

/** `CreateChangeSet` answers `LimitExceeded` when a stack has too many; AWS's pages name no figure, so this one is ours. */
const CHANGE_SETS = 100;

/** `CreateChangeSet`. */
export function createChangeSet(
  engine: Engine,
  region: Region,
  request: ChangeSetRequest,
): { stack: Stack; changeSet: ChangeSet } {
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
  const target = engine.target(region, stack, request);
  const plan = planChanges(stack, target.template, target.tags, engine.machine.dialect, (names) =>
    engine.machine.dialect.scope(engine.machine.world, region, stack as Stack, target, names, new Set()),
  );
  const nothing = plan.changes.length === 0 && !plan.otherwise && stack.status.endsWith('_COMPLETE') && request.type === 'UPDATE';
  const contexts = plan.changes.reduce((n, c) => n + (c.before?.length ?? 0) + (c.after?.length ?? 0), 0);
  if (contexts > CONTEXT_LIMIT) {
    for (const c of plan.changes) {
      c.before = undefined;
      c.after = undefined;
    }
  }
  const changeSet: ChangeSet = {
    id: `arn:${engine.machine.world.partition}:cloudformation:${region.name}:${region.account}:changeSet/${request.changeSetName}/${uuid()}`,
    name: request.changeSetName,
    type: request.type,
    status: nothing ? 'FAILED' : 'CREATE_COMPLETE',
    reason: nothing
      ? "The submitted information didn't contain changes. Submit different information to create a change set."
      : undefined,
    execution: nothing ? 'UNAVAILABLE' : 'AVAILABLE',
    created: now(),
    description: request.description,
    template: request.body,
    parameters: target.parameters,
    tags: target.tags,
    capabilities: request.capabilities,
    notificationArns: request.notificationArns ?? stack.notificationArns,
    roleArn: request.roleArn,
    deploymentMode: request.deploymentMode,
    disableRollback: request.disableRollback,
    changes: plan.changes,
  };
  if (!region.stacks[stack.id]) {
    region.stacks[stack.id] = stack;
    stackStatus(stack, 'REVIEW_IN_PROGRESS', uuid(), request.token, 'User Initiated');
  }
  stack.changeSets[changeSet.name] = changeSet;
  engine.machine.changed();
  return { stack, changeSet };
}

/** A change set by name or id. */
export function findChangeSet(
  engine: Engine,
  region: Region,
  nameOrId: string,
  stackName: string | undefined,
): { stack: Stack; changeSet: ChangeSet } | undefined {
  const stacks = stackName ? [engine.find(region, stackName)] : Object.values(region.stacks);
  for (const stack of stacks) {
    for (const changeSet of Object.values(stack?.changeSets ?? {})) {
      if (stack && (changeSet.id === nameOrId || changeSet.name === nameOrId)) return { stack, changeSet };
    }
  }
  return undefined;
}

/** A change set, or CloudFormation's error. */
export function mustChangeSet(
  engine: Engine,
  region: Region,
  nameOrId: string,
  stackName: string | undefined,
): { stack: Stack; changeSet: ChangeSet } {
  const found = findChangeSet(engine, region, nameOrId, stackName);
  if (!found) throw new AwsError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, 404);
  return found;
}

/** `ExecuteChangeSet`. */
export function executeChangeSet(
  engine: Engine,
  region: Region,
  nameOrId: string,
  stackName: string | undefined,
  disableRollback: boolean,
  token?: string,
): Stack {
  const { stack, changeSet } = mustChangeSet(engine, region, nameOrId, stackName);
  if (changeSet.execution !== 'AVAILABLE') {
    throw new AwsError(
      'InvalidChangeSetStatus',
      changeSet.execution === 'UNAVAILABLE'
        ? `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${changeSet.status}]`
        : `ChangeSet [${changeSet.id}] cannot be executed in its current execution status of [${changeSet.execution}]`,
    );
  }
  const creating = stack.status === 'REVIEW_IN_PROGRESS';
  if (!creating) engine.mayUpdate(stack, { disableRollback });
  const request: StackRequest = {
    name: stack.name,
    body: changeSet.template,
    parameters: Object.entries(changeSet.parameters).map(([key, value]) => ({ key, value })),
    tags: changeSet.tags,
    capabilities: changeSet.capabilities,
    notificationArns: changeSet.notificationArns,
    roleArn: changeSet.roleArn,
    disableRollback,
    token,
  };
  const target = engine.target(region, stack, request);
  // Executing one change set ends all of a stack's change sets; `DescribeStacks` names the one that was executed.
  stack.changeSets = {};
  stack.changeSetId = changeSet.id;
  engine.begin(stack, target, request, creating);
  return stack;
}
