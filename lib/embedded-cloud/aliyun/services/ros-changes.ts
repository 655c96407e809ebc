import { planChanges } from '../../../engine/change-plan';
import { executeChangeSet as execute, keepChangeSet } from '../../../engine/change-sets';
import { clock } from '../../../engine/clock';
import { uuid } from '../../../engine/ids';
import type { Json } from '../../../engine/json';
import type { Target } from '../../../engine/scope';
import type { ChangeSet, Stack } from '../../../engine/stack';
import { flag, text, texts } from '../../http/form';
import { AliyunError } from '../aliyun-error';
import { asRos, invalidParameter, missingParameter, notHere, notSupported, stackNotFound } from '../dialect/errors';
import { rosSchema } from '../dialect/schema';
import { parseRosTemplate } from '../dialect/template';
import { validateRosTemplate } from '../dialect/validate';
import { matching, oneOf, page, type RosCall, required, stackOf, stackRequest } from './ros-request';
import { isSame, SAME } from './ros-stacks';
import { changeSetSummary, changeWords } from './ros-words';

/** Change sets that a stack can have ("Update a stack by using a change set"). */
const LIMIT = 20;
/** For so long a new change set says that it is being made, milliseconds. */
const MAKING = 30;

const planOf = (call: RosCall, stack: Stack, target: Target) =>
  asRos(() => planChanges(stack, target, call.backend.ros.machine.dialect));

/** `CreateChangeSet`. */
export function createChangeSet(call: RosCall): object {
  const { ros } = call.backend;
  const type = oneOf(call, 'ChangeSetType', ['CREATE', 'UPDATE', 'IMPORT']) ?? 'UPDATE';
  if (type === 'IMPORT') throw notHere('The change set type IMPORT');
  const name = required(call, 'ChangeSetName');
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,254}$/.test(name)) throw invalidParameter('ChangeSetName');
  const stack = type === 'CREATE' ? newStack(call) : stackOf(call);
  if (stack.status === 'DELETE_COMPLETE') throw stackNotFound(stack.id);
  if (type === 'UPDATE') ros.mayUpdate(stack, {});
  if (stack.changeSets[name]) throw new AliyunError('ChangeSetExists', `The ChangeSet (${name}) already exists.`, 409);
  if (Object.keys(stack.changeSets).length >= LIMIT)
    throw new AliyunError('ChangeSetLimitExceeded', `The maximum of ${LIMIT} change sets of a stack is reached.`, 403);
  const asked = stackRequest(call, stack.name, stack);
  const target = ros.target(stack, asked);
  const plan = planOf(call, stack, target);
  const nothing = type === 'UPDATE' && isSame(stack, target);
  const changeSet: ChangeSet = {
    id: uuid(),
    name,
    type,
    status: nothing ? 'CREATE_FAILED' : 'CREATE_COMPLETE',
    reason: nothing ? `${SAME} is not supported.` : undefined,
    execution: nothing ? 'UNAVAILABLE' : 'AVAILABLE',
    created: clock.now(),
    description: text(call.form, 'Description'),
    template: asked.body,
    parameters: target.parameters,
    tags: target.tags,
    capabilities: [],
    notificationArns: [],
    roleArn: asked.roleArn,
    disableRollback: type === 'CREATE' ? flag(call.form, 'DisableRollback') : stack.disableRollback,
    replacements: asked.replacements,
    parallelism: asked.parallelism,
    timeout: asked.timeout,
    changes: plan.changes.map((c) => ({ ...c, before: undefined, after: undefined })),
  };
  keepChangeSet(ros, call.region, stack, changeSet, 'The stack is being reviewed');
  return { ChangeSetId: changeSet.id, StackId: stack.id };
}

function newStack(call: RosCall): Stack {
  const { ros } = call.backend;
  const name = text(call.form, 'StackName');
  if (!name) throw missingParameter('StackName');
  if (ros.find(call.region, name)) throw ros.machine.dialect.exists(name);
  return ros.blank(call.region, name);
}

/** A change set by its id. */
function find(call: RosCall): { stack: Stack; set: ChangeSet } {
  const id = required(call, 'ChangeSetId');
  for (const stack of Object.values(call.region.stacks)) {
    const set = Object.values(stack.changeSets).find((c) => c.id === id);
    if (set) return { stack, set: settled(stack, set) };
  }
  throw new AliyunError('ChangeSetNotFound', `The ChangeSet (${id}) could not be found.`, 404);
}

/** What became of one that is being executed. */
function settled(stack: Stack, set: ChangeSet): ChangeSet {
  if (set.execution === 'EXECUTE_IN_PROGRESS' && !stack.status.endsWith('_IN_PROGRESS'))
    set.execution = /^(CREATE|UPDATE)_COMPLETE$/.test(stack.status) ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED';
  return set;
}

const inTheMaking = (set: ChangeSet): boolean => clock.milliseconds() < Date.parse(set.created) + MAKING;

/** A change set as it is told now. */
const told = (stack: Stack, set: ChangeSet): Record<string, unknown> =>
  changeSetSummary(
    stack,
    inTheMaking(set) ? { ...set, status: 'CREATE_IN_PROGRESS', reason: undefined, execution: 'UNAVAILABLE' } : set,
  );

/** `GetChangeSet`. */
export function getChangeSet(call: RosCall): object {
  const { stack, set } = find(call);
  return {
    ...told(stack, set),
    DisableRollback: set.disableRollback ?? false,
    TimeoutInMinutes: set.timeout ?? 60,
    Parameters: Object.entries(set.parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    Changes: inTheMaking(set) ? [] : set.changes.map((c) => changeWords(c, set.replacements ?? false)),
    ...(flag(call.form, 'ShowTemplate') ? { TemplateBody: set.template } : {}),
  };
}

/** `ListChangeSets`. */
export function listChangeSets(call: RosCall): object {
  const stack = stackOf(call);
  const { form } = call;
  const all = Object.values(stack.changeSets)
    .map((c) => settled(stack, c))
    .filter(
      (c) =>
        matching(texts(form, 'ChangeSetName'), c.name) &&
        matching(text(form, 'ChangeSetId') ? [text(form, 'ChangeSetId') as string] : [], c.id),
    )
    .filter((c) => matching(texts(form, 'Status'), c.status) && matching(texts(form, 'ExecutionStatus'), c.execution));
  const { items, rest } = page(call, all);
  return { ...rest, ChangeSets: items.map((c) => told(stack, c)) };
}

/** `ExecuteChangeSet`: the stack's other change sets are obsolete after it. */
export function executeChangeSet(call: RosCall): object {
  const { stack, set } = find(call);
  if (set.execution !== 'AVAILABLE' || inTheMaking(set))
    throw notSupported(
      `Executing the change set ${set.name} when its execution status is ${inTheMaking(set) ? 'UNAVAILABLE' : set.execution}`,
    );
  execute(call.backend.ros, stack, set, call.request.requestId);
  return {};
}

/** `DeleteChangeSet`. */
export function deleteChangeSet(call: RosCall): object {
  const { stack, set } = find(call);
  if (set.execution === 'EXECUTE_IN_PROGRESS') throw notSupported(`Deleting the change set ${set.name} while it is executed`);
  delete stack.changeSets[set.name];
  call.backend.changed();
  return {};
}

/** `GetTemplate`: of a stack or a change set. */
export function getTemplate(call: RosCall): object {
  oneOf(call, 'TemplateStage', ['Original', 'Processed']);
  if (text(call.form, 'ChangeSetId')) {
    const { stack, set } = find(call);
    return { TemplateBody: set.template, ChangeSetId: set.id, StackId: stack.id, RegionId: stack.region };
  }
  const stack = stackOf(call);
  return { TemplateBody: stack.template, StackId: stack.id, RegionId: stack.region };
}

/** `ValidateTemplate`. */
export function validateTemplate(call: RosCall): object {
  const template = parseRosTemplate(required(call, 'TemplateBody'));
  validateRosTemplate(template, rosSchema(), (type) => call.backend.ros.machine.handler(type) !== undefined);
  const types = Object.values(template.Resources).map((r) => r.Type);
  return {
    Description: template.Description ?? '',
    Parameters: Object.entries(template.Parameters).map(([key, p]) => ({ ParameterKey: key, ...p })),
    Outputs: Object.entries(template.Outputs).map(([key, o]) => ({ OutputKey: key, Description: String(o.Description ?? '') })),
    ResourceTypes: { Resources: [...new Set(types)], DataSources: [] },
    Resources: Object.entries(template.Resources).map(([id, r]) => ({
      LogicalResourceIdPattern: id,
      ResourcePath: id,
      ResourceType: r.Type,
    })),
  };
}

/** `PreviewStack`: of a new stack, or of an update. */
export function previewStack(call: RosCall): object {
  const { form, region, backend } = call;
  const name = text(form, 'StackName');
  const update = text(form, 'StackId') !== undefined;
  if (update === (name !== undefined))
    throw new AliyunError('MultipleParameter', 'Only one of the input parameters StackName, StackId can be specified.');
  const stack = update ? stackOf(call) : newStack(call);
  const target = backend.ros.target(stack, stackRequest(call, stack.name, stack));
  const plan = planOf(call, stack, target);
  const action = { Add: 'Add', Modify: 'Modify', Remove: 'Remove' };
  return {
    Stack: {
      StackName: stack.name,
      RegionId: region.name,
      TemplateDescription: target.template.Description ?? '',
      DisableRollback: flag(form, 'DisableRollback'),
      TimeoutInMinutes: 60,
      Parameters: Object.entries(target.parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
      Resources: plan.changes.map((c) => ({
        LogicalResourceId: c.logicalId,
        ResourceType: c.type,
        ...(c.physicalId === undefined ? {} : { PhysicalResourceId: c.physicalId }),
        Action: action[c.action],
        ...(c.action === 'Modify' ? { Replacement: c.replacement } : {}),
        Properties: c.after ? (JSON.parse(c.after) as { Properties: Json }).Properties : {},
        RequiredBy: [],
      })),
    },
  };
}
