import { type Json, number, record, records, someText, text, time } from '../cloud/answer';
import { scrub } from '../cloud/scrub';
import type {
  ChangeSet,
  DriftDetection,
  ResourceChange,
  ResourceDrift,
  Stack,
  StackEvent,
  StackResource,
  StackSummary,
} from './model';

type Fields = Record<string, Json>;

/** Words of other products come through ROS as they are: links with signatures in them, for one. */
const words = (value: Json | undefined): string => scrub(text(value));

/** One of `ListStacks`, or the head of `GetStack`. */
export const parseSummary = (fields: Fields): StackSummary => ({
  stackId: text(fields.StackId),
  name: text(fields.StackName),
  status: text(fields.Status),
  statusReason: words(fields.StatusReason),
  created: time(fields.CreateTime),
  updated: time(fields.UpdateTime),
  deletionProtection: text(fields.DeletionProtection) === 'Enabled',
});

/** `GetStack`. */
export function parseStack(fields: Fields): Stack {
  const operation = record(fields.OperationInfo);
  return {
    ...parseSummary(fields),
    parameters: pairs(fields.Parameters, 'ParameterKey', 'ParameterValue'),
    outputs: pairs(fields.Outputs, 'OutputKey', 'OutputValue'),
    tags: pairs(fields.Tags, 'Key', 'Value'),
    ramRoleName: someText(fields.RamRoleName),
    disableRollback: text(fields.DisableRollback) === 'true',
    ...(operation.Code || operation.Message
      ? {
          operation: {
            code: text(operation.Code),
            message: words(operation.Message),
            logicalId: someText(operation.LogicalResourceId),
            requestId: someText(operation.RequestId),
          },
        }
      : {}),
  };
}

/** One of `ListStackEvents`. */
export const parseEvent = (fields: Fields): StackEvent => ({
  id: text(fields.EventId),
  time: time(fields.CreateTime),
  logicalId: text(fields.LogicalResourceId),
  physicalId: someText(fields.PhysicalResourceId),
  type: text(fields.ResourceType),
  status: text(fields.Status),
  reason: words(fields.StatusReason),
});

/** One of `ListStackResources`. */
export const parseResource = (fields: Fields): StackResource => ({
  logicalId: text(fields.LogicalResourceId),
  physicalId: someText(fields.PhysicalResourceId),
  type: text(fields.ResourceType),
  status: text(fields.Status),
  reason: words(fields.StatusReason),
  driftStatus: someText(fields.ResourceDriftStatus),
});

/** `GetChangeSet`. */
export const parseChangeSet = (fields: Fields): ChangeSet => ({
  changeSetId: text(fields.ChangeSetId),
  name: text(fields.ChangeSetName),
  stackId: text(fields.StackId),
  stackName: text(fields.StackName),
  status: text(fields.Status),
  statusReason: words(fields.StatusReason),
  executionStatus: text(fields.ExecutionStatus),
  changes: records(fields.Changes).map(parseChange),
});

/** An entry of `Changes`: `{Type: Resource, ResourceChange: {...}}`, as CloudFormation has it. */
function parseChange(fields: Fields): ResourceChange {
  const change = record(fields.ResourceChange ?? fields);
  const replacement = text(change.Replacement);
  return {
    action: text(change.Action),
    logicalId: text(change.LogicalResourceId),
    physicalId: someText(change.PhysicalResourceId),
    type: text(change.ResourceType),
    replacement: /^true$/i.test(replacement) ? 'True' : /^(false)?$/i.test(replacement) ? 'False' : 'Conditional',
  };
}

/** `GetStackDriftDetectionStatus`. */
export const parseDetection = (fields: Fields): DriftDetection => ({
  status: text(fields.DriftDetectionStatus),
  reason: words(fields.DriftDetectionStatusReason),
  stackStatus: text(fields.StackDriftStatus),
  driftedResources: number(fields.DriftedStackResourceCount),
});

/** One of `ListStackResourceDrifts`. */
export const parseDrift = (fields: Fields): ResourceDrift => ({
  logicalId: text(fields.LogicalResourceId),
  physicalId: someText(fields.PhysicalResourceId),
  type: text(fields.ResourceType),
  status: text(fields.ResourceDriftStatus),
  differences: records(fields.PropertyDifferences).map((difference) => ({
    path: text(difference.PropertyPath),
    kind: text(difference.DifferenceType),
    expected: text(difference.ExpectedValue),
    actual: text(difference.ActualValue),
  })),
});

function pairs(list: Json | undefined, key: string, value: string): Record<string, string> {
  return Object.fromEntries(records(list).map((entry) => [text(entry[key]), text(entry[value])]));
}
