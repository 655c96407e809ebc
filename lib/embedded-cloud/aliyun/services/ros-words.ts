import type { Change, ChangeSet, ResourceDrift, Stack, StackEvent, StackResource } from '../../../engine/stack';
import { shown } from '../dialect/parameters';
import { parseRosTemplate } from '../dialect/template';

/** Times as ROS writes them: UTC, seconds, no zone. */
export const rosTime = (iso: string | undefined): string | undefined => iso?.slice(0, 19);

/** The drift status of a stack that was never looked at. */
const NEVER = 'NOT_CHECKED';

/** A stack in a list. */
export const stackSummary = (s: Stack): Record<string, unknown> => ({
  StackId: s.id,
  StackName: s.name,
  RegionId: s.region,
  Status: s.status,
  StatusReason: s.reason ?? '',
  StackType: 'ROS',
  CreateTime: rosTime(s.created),
  UpdateTime: rosTime(s.updated),
  TimeoutInMinutes: s.timeout ?? 60,
  DisableRollback: s.disableRollback,
  DeletionProtection: s.terminationProtection ? 'Enabled' : 'Disabled',
  StackDriftStatus: s.driftStatus === undefined ? NEVER : s.driftStatus,
  DriftDetectionTime: rosTime(s.driftTime),
  Tags: tagList(s.tags),
});

/** `{a: b}` as `[{Key: a, Value: b}]`. */
export const tagList = (tags: Record<string, string>): { Key: string; Value: string }[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** `GetStack`. */
export function stackDetail(s: Stack, outputs: boolean): Record<string, unknown> {
  const drifts = Object.values(s.drifts);
  return {
    ...stackSummary(s),
    Description: s.description ?? '',
    TemplateDescription: s.description ?? '',
    RamRoleName: s.roleArn,
    NotificationURLs: s.notificationUrls ?? [],
    Parameters: parameterList(s),
    ...(outputs
      ? {
          Outputs: s.outputs.map((o) => ({
            OutputKey: o.key,
            OutputValue: o.json ?? o.value,
            Description: o.description ?? 'No description given',
          })),
        }
      : {}),
    ...(s.driftStatus === undefined
      ? {}
      : {
          CheckedStackResourceCount: drifts.filter((d) => d.status !== NEVER).length,
          NotCheckedStackResourceCount: drifts.filter((d) => d.status === NEVER).length,
        }),
  };
}

function parameterList(s: Stack): { ParameterKey: string; ParameterValue: string }[] {
  const declared = s.template === '' ? {} : parseRosTemplate(s.template).Parameters;
  const pseudo = { 'ALIYUN::Region': s.region, 'ALIYUN::AccountId': s.account, 'ALIYUN::TenantId': s.account };
  const own = { ...pseudo, 'ALIYUN::StackName': s.name, 'ALIYUN::StackId': s.id };
  return [
    ...Object.entries(own).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    ...Object.entries(s.parameters).map(([key, value]) => ({
      ParameterKey: key,
      ParameterValue: shown(declared[key] ?? {}, value),
    })),
  ];
}

/** A resource in a list. */
export const resourceWords = (s: Stack, r: StackResource): Record<string, unknown> => ({
  StackId: s.id,
  StackName: s.name,
  LogicalResourceId: r.logicalId,
  PhysicalResourceId: r.physicalId,
  ResourceType: r.type,
  Status: r.status,
  StatusReason: r.reason ?? 'state changed',
  CreateTime: rosTime(r.changed),
  UpdateTime: rosTime(r.changed),
  ResourceDriftStatus: s.drifts[r.logicalId]?.status ?? NEVER,
  DriftDetectionTime: rosTime(s.drifts[r.logicalId]?.time),
});

/** A line of the history. */
export const eventWords = (s: Stack, e: StackEvent): Record<string, unknown> => ({
  EventId: e.id,
  StackId: s.id,
  StackName: s.name,
  LogicalResourceId: e.logicalId,
  PhysicalResourceId: e.physicalId,
  ResourceType: e.type,
  Status: e.status,
  StatusReason: e.reason ?? 'state changed',
  CreateTime: rosTime(e.time),
});

/** A change set in a list. */
export const changeSetSummary = (s: Stack, c: ChangeSet): Record<string, unknown> => ({
  ChangeSetId: c.id,
  ChangeSetName: c.name,
  ChangeSetType: c.type,
  StackId: s.id,
  StackName: s.name,
  RegionId: s.region,
  Status: c.status,
  StatusReason: c.reason ?? '',
  ExecutionStatus: c.execution,
  Description: c.description ?? '',
  CreateTime: rosTime(c.created),
  Tags: tagList(c.tags),
});

/** One of `Changes` ("Data structures" of change sets). */
export const changeWords = (c: Change, replacements: boolean): Record<string, unknown> => ({
  Type: 'Resource',
  ResourceChange: {
    Action: c.action,
    LogicalResourceId: c.logicalId,
    ...(c.physicalId === undefined ? {} : { PhysicalResourceId: c.physicalId }),
    ResourceType: c.type,
    ...(c.action === 'Modify'
      ? {
          Replacement: replacements ? c.replacement : 'False',
          Scope: c.scope,
          Details: c.details.map((d) => ({
            Target: {
              Attribute: d.attribute,
              ...(d.name === undefined ? {} : { Name: d.name }),
              RequiresRecreation: replacements ? d.recreation : 'Never',
            },
            Evaluation: d.evaluation,
            ChangeSource: d.source,
            ...(d.cause === undefined ? {} : { CausingEntity: d.cause }),
          })),
        }
      : {}),
  },
});

/** A resource's drift. */
export const driftWords = (s: Stack, d: ResourceDrift): Record<string, unknown> => ({
  StackId: s.id,
  LogicalResourceId: d.logicalId,
  PhysicalResourceId: d.physicalId,
  ResourceType: d.type,
  ResourceDriftStatus: d.status,
  DriftDetectionTime: rosTime(d.time),
  ...(d.expected === undefined ? {} : { ExpectedProperties: d.expected }),
  ...(d.actual === undefined ? {} : { ActualProperties: d.actual }),
  PropertyDifferences: d.differences.map((p) => ({
    PropertyPath: p.path,
    ExpectedValue: p.expected,
    ActualValue: p.actual,
    DifferenceType: p.type,
  })),
});
