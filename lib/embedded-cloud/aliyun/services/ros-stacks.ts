import { sameJson } from '../../../engine/json';
import { liveStacks, type Stack } from '../../../engine/stack';
import { STACKS } from '../../../facts/aliyun/limits';
import { ALIYUN_REGIONS } from '../../../facts/aliyun/regions';
import { flag, records, text, texts } from '../../http/form';
import { AliyunError } from '../aliyun-error';
import { invalidParameter, notHere, notSupported, stackNotFound } from '../dialect/errors';
import { parseRosTemplate } from '../dialect/template';
import { signalHandle } from '../resources/signals';
import { matching, oneOf, page, type RosCall, refuse, required, stackOf, stackRequest, tagsOf } from './ros-request';
import { eventWords, resourceWords, stackDetail, stackSummary } from './ros-words';

/** `CreateStack`. */
export function createStack(call: RosCall): object {
  const name = required(call, 'StackName');
  if (liveStacks(call.region).length >= STACKS)
    throw new AliyunError('StackLimitExceeded', `The maximum of ${STACKS} stacks is reached.`, 403);
  const stack = call.backend.ros.create(call.region, {
    ...stackRequest(call, name),
    disableRollback: flag(call.form, 'DisableRollback'),
    terminationProtection: oneOf(call, 'DeletionProtection', ['Enabled', 'Disabled']) === 'Enabled',
  });
  return { StackId: stack.id };
}

/** Whether an update would change nothing at all ("UpdateStack": NotSupported). */
export function isSame(
  stack: Stack,
  target: { body: string; parameters: Record<string, string>; tags: Record<string, string> },
): boolean {
  return (
    stack.status.endsWith('_COMPLETE') &&
    sameJson(target.parameters, stack.parameters) &&
    sameJson(target.tags, stack.tags) &&
    sameJson(parseRosTemplate(target.body), parseRosTemplate(stack.template))
  );
}

/** ROS's answer to an update that changes nothing. */
export const SAME = 'Update the completely same stack';

/** `UpdateStack`. */
export function updateStack(call: RosCall): object {
  const stack = stackOf(call);
  refuse(call, 'DryRunOptions');
  const asked = { ...stackRequest(call, stack.name, stack), disableRollback: stack.disableRollback };
  const { ros } = call.backend;
  ros.mayUpdate(stack, asked);
  const target = ros.target(stack, asked);
  if (flag(call.form, 'DryRun')) return { StackId: stack.id };
  const policy = asked.policy !== undefined && asked.policy !== stack.policy;
  if (isSame(stack, target) && !policy) throw notSupported(SAME);
  ros.begin(stack, target, asked, false);
  return { StackId: stack.id };
}

/** `ContinueCreateStack`: goes on with what failed and what was never begun. */
export function continueCreateStack(call: RosCall): object {
  const stack = stackOf(call);
  refuse(call, 'RecreatingResources', 'RecreatingOptions');
  if ((oneOf(call, 'Mode', ['Recreate', 'Ignore']) ?? 'Recreate') === 'Ignore')
    throw notHere('The mode Ignore of ContinueCreateStack');
  if (stack.status !== 'CREATE_FAILED') throw notSupported(`Continuing to create a stack when its status is ${stack.status}`);
  if (text(call.form, 'TemplateBody') === undefined) call.form.TemplateBody = stack.template;
  if (call.form.Parameters === undefined) call.form.UsePreviousParameters = 'true';
  const asked = { ...stackRequest(call, stack.name, stack), disableRollback: stack.disableRollback };
  const target = call.backend.ros.target(stack, asked);
  if (flag(call.form, 'DryRun')) return { StackId: stack.id };
  call.backend.ros.begin(stack, target, asked, true);
  return { StackId: stack.id };
}

/** `DeleteStack`. */
export function deleteStack(call: RosCall): object {
  const stack = stackOf(call);
  refuse(call, 'DeleteOptions');
  if (stack.status === 'DELETE_COMPLETE') throw stackNotFound(stack.id);
  const retain = flag(call.form, 'RetainAllResources') ? Object.keys(stack.resources) : texts(call.form, 'RetainResources');
  call.backend.ros.delete(call.region, stack.id, retain, call.request.requestId);
  return {};
}

/** `GetStack`. */
export function getStack(call: RosCall): object {
  refuse(call, 'LogOption', 'ShowResourceProgress');
  return stackDetail(stackOf(call), oneOf(call, 'OutputOption', ['Enabled', 'Disabled']) !== 'Disabled');
}

/** `ListStacks`: without deleted ones, unless they are asked for. */
export function listStacks(call: RosCall): object {
  refuse(call, 'ParentStackId', 'ShowNestedStack', 'ResourceGroupId', 'StartTime', 'EndTime');
  const { form } = call;
  const statuses = texts(form, 'Status');
  const ids = [...texts(form, 'StackIds'), ...(text(form, 'StackId') ? [text(form, 'StackId') as string] : [])];
  const tags = records(form, 'Tag');
  const all = Object.values(call.region.stacks)
    .filter((s) => (statuses.length > 0 ? statuses.includes(s.status) : ids.length > 0 || s.status !== 'DELETE_COMPLETE'))
    .filter((s) => matching(texts(form, 'StackName'), s.name) && matching(ids, s.id))
    .filter((s) =>
      tags.every((t) => {
        const value = s.tags[text(t, 'Key') ?? ''];
        return value !== undefined && (text(t, 'Value') === undefined || text(t, 'Value') === value);
      }),
    )
    .sort((a, b) => (a.created < b.created ? 1 : -1));
  const { items, rest } = page(call, all);
  return { ...rest, Stacks: items.map(stackSummary) };
}

/** `ListStackEvents`: the newest first. */
export function listStackEvents(call: RosCall): object {
  const stack = stackOf(call);
  const { form } = call;
  const all = stack.events
    .filter((e) => matching(texts(form, 'Status'), e.status))
    .filter((e) => matching(texts(form, 'ResourceType'), e.type) && matching(texts(form, 'LogicalResourceId'), e.logicalId))
    .reverse();
  const { items, rest } = page(call, all);
  return { ...rest, Events: items.map((e) => eventWords(stack, e)) };
}

/** `ListStackResources`: all at once. */
export function listStackResources(call: RosCall): object {
  const stack = stackOf(call);
  return { Resources: Object.values(stack.resources).map((r) => resourceWords(stack, r)) };
}

/** `GetStackResource`. */
export function getStackResource(call: RosCall): object {
  const stack = stackOf(call);
  const id = required(call, 'LogicalResourceId');
  const r = stack.resources[id];
  if (!r) throw new AliyunError('ResourceNotFound', `The Resource (${id}) could not be found in Stack ${stack.name}.`, 404);
  return {
    ...resourceWords(stack, r),
    ...(r.metadata === undefined ? {} : { Metadata: r.metadata }),
    ResourceAttributes: Object.entries(r.attributes).map(([key, value]) => ({
      ResourceAttributeKey: key,
      ResourceAttributeValue: value,
    })),
  };
}

/** `SetDeletionProtection`. */
export function setDeletionProtection(call: RosCall): object {
  const stack = stackOf(call);
  required(call, 'DeletionProtection');
  stack.terminationProtection = oneOf(call, 'DeletionProtection', ['Enabled', 'Disabled']) === 'Enabled';
  call.backend.changed();
  return {};
}

/** `CancelUpdateStack` and `CancelStackOperation`: what was begun is taken back. */
export function cancelOperation(call: RosCall): object {
  const stack = stackOf(call);
  oneOf(call, 'CancelType', ['Quick', 'Safe']);
  const allowed = call.request.action === 'CancelUpdateStack' ? ['UPDATE'] : texts(call.form, 'AllowedStackOperations');
  const going = /^(CREATE|UPDATE)_IN_PROGRESS$/.exec(stack.status)?.[1];
  if (!going || (allowed.length > 0 && !allowed.includes(going)))
    throw notSupported(`Cancelling an operation of a stack when its status is ${stack.status}`);
  call.backend.ros.abort(stack.id);
  return {};
}

/** `TagResources` and `UntagResources`, for stacks. */
export function tagResources(call: RosCall): object {
  if (text(call.form, 'ResourceType') !== 'stack') throw notHere('Tagging anything else than a stack');
  const stacks = texts(call.form, 'ResourceId').map((id) => {
    const stack = call.region.stacks[id];
    if (!stack) throw stackNotFound(id);
    return stack;
  });
  const tags = tagsOf(call, 'Tag') ?? {};
  for (const stack of stacks) {
    if (call.request.action === 'TagResources') stack.tags = { ...stack.tags, ...tags };
    else {
      const gone = flag(call.form, 'All') ? Object.keys(stack.tags) : texts(call.form, 'TagKey');
      stack.tags = Object.fromEntries(Object.entries(stack.tags).filter(([k]) => !gone.includes(k)));
    }
  }
  call.backend.changed();
  return {};
}

/** `DescribeRegions`. */
export const describeRegions = (): object => ({
  Regions: ALIYUN_REGIONS.map((id) => ({ RegionId: id, LocalName: id, RegionEndpoint: 'ros.aliyuncs.com' })),
});

/** `SignalResource`, for a wait condition's handle. */
export function signalResource(call: RosCall): object {
  const stack = stackOf(call);
  const id = required(call, 'LogicalResourceId');
  const unique = required(call, 'UniqueId');
  const status = required(call, 'Status');
  oneOf(call, 'Status', ['SUCCESS', 'FAILURE', 'WARNING']);
  if (unique.length > 64) throw invalidParameter('UniqueId', 'it can be up to 64 characters');
  const resource = stack.resources[id];
  if (resource && resource.type !== 'ALIYUN::ROS::WaitConditionHandle')
    throw notSupported(`Signaling resource ${id} (${resource.type})`);
  if (signalHandle(call.region.aliyun, stack.id, id, unique, status) === 'absent')
    throw new AliyunError('ResourceNotFound', `The Resource (${id}) could not be found in Stack ${stack.name}.`, 404);
  call.backend.changed();
  return {};
}
