import type { Change, ChangeSet, ResourceDrift, Stack, StackEvent, StackResource } from '../../../engine/stack';
import type { XmlValue } from '../../http/xml';

/** Events a page. */
export const PAGE = 100;

/** A stack as `DescribeStacks` tells it. */
export const describeStack = (s: Stack): XmlValue => ({
  StackId: s.id,
  StackName: s.name,
  ChangeSetId: s.changeSetId,
  Description: s.description,
  Parameters: Object.entries(s.parameters).map(([key, value]) => ({
    ParameterKey: key,
    ParameterValue: value,
    ResolvedValue: s.resolved[key],
  })),
  CreationTime: s.created,
  DeletionTime: s.deleted,
  LastUpdatedTime: s.updated,
  RollbackConfiguration: {},
  StackStatus: s.status,
  StackStatusReason: s.reason,
  DisableRollback: s.disableRollback,
  NotificationARNs: s.notificationArns,
  Capabilities: s.capabilities,
  Outputs: s.outputs.map((o) => ({
    OutputKey: o.key,
    OutputValue: o.value,
    Description: o.description,
    ExportName: o.exportName,
  })),
  RoleARN: s.roleArn,
  Tags: Object.entries(s.tags).map(([Key, Value]) => ({ Key, Value })),
  EnableTerminationProtection: s.terminationProtection,
  DriftInformation: { StackDriftStatus: s.driftStatus ?? 'NOT_CHECKED', LastCheckTimestamp: s.driftTime },
  DeploymentConfig: { Mode: s.mode },
});

/** An event as `DescribeStackEvents` tells it. */
export const describeEvent = (s: Stack, e: StackEvent): XmlValue => ({
  StackId: s.id,
  EventId: e.id,
  StackName: s.name,
  OperationId: e.operation,
  LogicalResourceId: e.logicalId,
  PhysicalResourceId: e.physicalId,
  ResourceType: e.type,
  Timestamp: e.time,
  ResourceStatus: e.status,
  ResourceStatusReason: e.reason,
  ClientRequestToken: e.token,
});

/** A resource as the `*StackResource*` calls tell it. */
export const describeResource = (s: Stack, r: StackResource): XmlValue => ({
  StackName: s.name,
  StackId: s.id,
  LogicalResourceId: r.logicalId,
  PhysicalResourceId: r.physicalId || undefined,
  ResourceType: r.type,
  Timestamp: r.changed,
  LastUpdatedTimestamp: r.changed,
  ResourceStatus: r.status,
  ResourceStatusReason: r.reason,
  DriftInformation: { StackResourceDriftStatus: s.drifts[r.logicalId]?.status ?? 'NOT_CHECKED' },
});

const describeChange = (c: Change, values: boolean): XmlValue => ({
  Type: 'Resource',
  ResourceChange: {
    PolicyAction: c.policyAction,
    Action: c.action,
    LogicalResourceId: c.logicalId,
    PhysicalResourceId: c.physicalId,
    ResourceType: c.type,
    Replacement: c.replacement,
    Scope: c.scope,
    ResourceDriftStatus: c.drift,
    Details: c.details.map((d) => ({
      Target: {
        Attribute: d.attribute,
        Name: d.name,
        RequiresRecreation: d.recreation,
        ...(values && d.name
          ? {
              Path: `/Properties/${d.name}`,
              BeforeValue: d.before,
              AfterValue: d.after,
              AttributeChangeType: d.before === undefined ? 'Add' : d.after === undefined ? 'Remove' : 'Modify',
            }
          : {}),
      },
      Evaluation: d.evaluation,
      ChangeSource: d.source,
      CausingEntity: d.cause,
    })),
    ...(values ? { BeforeContext: c.before, AfterContext: c.after } : {}),
  },
});

/** A change set as `DescribeChangeSet` tells it. */
export const describeChangeSet = (s: Stack, c: ChangeSet, values: boolean): XmlValue => ({
  ChangeSetName: c.name,
  ChangeSetId: c.id,
  StackId: s.id,
  StackName: s.name,
  Description: c.description,
  Parameters: Object.entries(c.parameters).map(([key, value]) => ({ ParameterKey: key, ParameterValue: value })),
  CreationTime: c.created,
  ExecutionStatus: c.execution,
  Status: c.status,
  StatusReason: c.reason,
  NotificationARNs: c.notificationArns,
  RollbackConfiguration: {},
  Capabilities: c.capabilities,
  Tags: Object.entries(c.tags).map(([Key, Value]) => ({ Key, Value })),
  DeploymentMode: c.revertDrift ? 'REVERT_DRIFT' : undefined,
  Changes: c.changes.map((x) => describeChange(x, values)),
  IncludeNestedStacks: false,
  DeploymentConfig: { Mode: s.mode },
});

/** A drift as `DescribeStackResourceDrifts` tells it. */
export const describeDrift = (s: Stack, d: ResourceDrift): XmlValue => ({
  StackId: s.id,
  LogicalResourceId: d.logicalId,
  PhysicalResourceId: d.physicalId,
  ResourceType: d.type,
  ExpectedProperties: d.expected,
  ActualProperties: d.actual,
  PropertyDifferences: d.differences.map((x) => ({
    PropertyPath: x.path,
    ExpectedValue: x.expected,
    ActualValue: x.actual,
    DifferenceType: x.type,
  })),
  StackResourceDriftStatus: d.status,
  Timestamp: d.time,
});
