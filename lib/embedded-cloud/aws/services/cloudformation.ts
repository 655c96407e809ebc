import { detectDrift, driftedCount } from '../../../engine/drift';
import { uuid } from '../../../engine/ids';
import { parsePolicy } from '../../../engine/policy';
import type { Target } from '../../../engine/scope';
import type { StackRequest } from '../../../engine/stack';
import { liveStacks, type Stack } from '../../../engine/stack';
import { unknown } from '../../../engine/unknown';
import type { Backend } from '../../backend';
import { type Form, flag, records, text, texts } from '../../http/form';
import type { XmlValue } from '../../http/xml';
import type { Region } from '../../store/world';
import { AwsError, validationError } from '../aws-error';
import { checkCall } from '../checks/at-call';
import { signalResource } from '../dialect/creation-policy';
import { findExport, importersOf } from '../dialect/exports';
import { INLINE_LIMIT, parseTemplate, URL_LIMIT } from '../dialect/template';
import { validateTemplate } from '../dialect/validate';
import { createChangeSet, execute, findChangeSet, mustChangeSet } from './cloudformation-changes';
import { describeChangeSet, describeDrift, describeEvent, describeResource, describeStack, PAGE } from './cloudformation-words';
import { objectByUrl } from './s3-urls';

type Fields = Record<string, Form>;
type Action = (backend: Backend, region: Region, form: Fields) => XmlValue | Promise<XmlValue>;

/** The template of a request: inline, by URL, or the one that stands. */
async function body(backend: Backend, region: Region, form: Fields): Promise<string> {
  const inline = text(form, 'TemplateBody');
  const url = text(form, 'TemplateURL');
  if (inline) {
    if (Buffer.byteLength(inline) > INLINE_LIMIT) {
      throw validationError(
        `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${INLINE_LIMIT}`,
      );
    }
    return inline;
  }
  if (url) {
    const found = objectByUrl(backend, url);
    if (!found)
      throw validationError(
        'S3 error: The specified key does not exist.\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html',
      );
    if (found.length > URL_LIMIT) throw validationError(`Template may not exceed ${URL_LIMIT} bytes in size.`);
    return found.toString('utf8');
  }
  if (flag(form, 'UsePreviousTemplate')) return backend.engine.stack(region, text(form, 'StackName') ?? '').template;
  throw validationError('Either Template URL or Template Body must be specified.');
}

async function request(backend: Backend, region: Region, form: Fields): Promise<StackRequest> {
  const policy = text(form, 'StackPolicyBody');
  if (policy) parsePolicy(policy);
  return {
    name: text(form, 'StackName') ?? '',
    body: await body(backend, region, form),
    parameters: records(form, 'Parameters').map((p) => ({
      key: text(p, 'ParameterKey') ?? '',
      value: text(p, 'ParameterValue'),
      usePrevious: flag(p, 'UsePreviousValue'),
    })),
    tags:
      'Tags' in form
        ? Object.fromEntries(records(form, 'Tags').map((t) => [text(t, 'Key') ?? '', text(t, 'Value') ?? '']))
        : undefined,
    capabilities: texts(form, 'Capabilities'),
    notificationArns: texts(form, 'NotificationARNs'),
    roleArn: text(form, 'RoleARN'),
    disableRollback: flag(form, 'DisableRollback') || text(form, 'OnFailure') === 'DO_NOTHING',
    terminationProtection: 'EnableTerminationProtection' in form ? flag(form, 'EnableTerminationProtection') : undefined,
    policy: policy || undefined,
    token: text(form, 'ClientRequestToken') ?? text(form, 'ClientToken'),
  };
}

/** What a call brings is refused before anything is made. */
const checked = (b: Backend) => (stack: Stack, target: Target) =>
  checkCall(b.engine.machine.dialect, b.world.partition, stack, target);

const name = (form: Fields): string => text(form, 'StackName') ?? '';

/** A page of a list, a hundred at a time, and where the next one begins. */
function pageOf<T>(all: readonly T[], form: Fields): { readonly page: T[]; readonly NextToken: string | undefined } {
  const from = Number(text(form, 'NextToken') ?? 0);
  if (!Number.isSafeInteger(from) || from < 0) throw validationError('Token already expired or invalid');
  const next = from + PAGE;
  return { page: all.slice(from, next), NextToken: next < all.length ? String(next) : undefined };
}

/** A deleted stack is only found by its id, as on AWS. */
const described = (backend: Backend, region: Region, form: Fields): Stack => backend.engine.stack(region, name(form));

/** `DeploymentMode`, whose one value is this. Nested change sets and types of change sets beside updates know no drift. */
function revertsDrift(form: Fields): boolean {
  const mode = text(form, 'DeploymentMode');
  if (mode === undefined) return false;
  if (mode !== 'REVERT_DRIFT')
    throw validationError(
      `1 validation error detected: Value '${mode}' at 'deploymentMode' failed to satisfy constraint: Member must satisfy enum value set: [REVERT_DRIFT]`,
    );
  if ((text(form, 'ChangeSetType') ?? 'UPDATE') !== 'UPDATE')
    throw validationError('DeploymentMode REVERT_DRIFT is supported for change sets of type UPDATE only.');
  return true;
}

const actions: Record<string, Action> = {
  async CreateStack(b, r, f) {
    const asked = await request(b, r, f);
    if (!b.engine.find(r, asked.name)) {
      const stack = b.engine.blank(r, asked.name);
      checked(b)(stack, b.engine.target(stack, asked));
    }
    return { StackId: b.engine.create(r, asked).id };
  },
  async UpdateStack(b, r, f) {
    const asked = await request(b, r, f);
    const stack = b.engine.stack(r, asked.name);
    b.engine.mayUpdate(stack, asked);
    // The same check a change set makes, so that an empty update is refused at the door.
    const set = { ...asked, changeSetName: `update-${uuid()}`, type: 'UPDATE' };
    const { changeSet } = createChangeSet(b.engine, r, set, checked(b));
    delete stack.changeSets[changeSet.name];
    if (changeSet.status === 'FAILED') throw validationError('No updates are to be performed.');
    const updated = b.engine.update(r, asked);
    delete updated.changeSetId;
    return { StackId: updated.id };
  },
  DeleteStack(b, r, f) {
    b.engine.delete(r, name(f), texts(f, 'RetainResources'), text(f, 'ClientRequestToken'));
    return {};
  },
  async DescribeStacks(b, r, f) {
    if (!name(f)) {
      const { page, NextToken } = pageOf(liveStacks(r), f);
      return { Stacks: page.map(describeStack), NextToken };
    }
    const stack = described(b, r, f);
    // Held until the operation ends: the CDK CLI asks every five seconds, and would sleep through the end of it.
    if (/_IN_PROGRESS$/.test(stack.status)) await b.engine.settled(stack.id, b.patience);
    return { Stacks: [describeStack(described(b, r, f))] };
  },
  ListStacks: (_b, r, f) => {
    const wanted = texts(f, 'StackStatusFilter');
    const all = Object.values(r.stacks).filter((s) => wanted.length === 0 || wanted.includes(s.status));
    const { page, NextToken } = pageOf(all, f);
    return {
      StackSummaries: page.map((s) => ({
        StackId: s.id,
        StackName: s.name,
        CreationTime: s.created,
        LastUpdatedTime: s.updated,
        DeletionTime: s.deleted,
        StackStatus: s.status,
        StackStatusReason: s.reason,
      })),
      NextToken,
    };
  },
  DescribeStackEvents(b, r, f) {
    const stack = b.engine.find(r, name(f));
    if (!stack) throw validationError(`Stack [${name(f)}] does not exist`);
    const { page, NextToken } = pageOf([...stack.events].reverse(), f);
    return { StackEvents: page.map((e) => describeEvent(stack, e)), NextToken };
  },
  DescribeStackResources: (b, r, f) => {
    const stack = described(b, r, f);
    const only = text(f, 'LogicalResourceId');
    return {
      StackResources: Object.values(stack.resources)
        .filter((x) => !only || x.logicalId === only)
        .map((x) => describeResource(stack, x)),
    };
  },
  DescribeStackResource(b, r, f) {
    const stack = described(b, r, f);
    const found = stack.resources[text(f, 'LogicalResourceId') ?? ''];
    if (!found) throw validationError(`Resource ${text(f, 'LogicalResourceId')} does not exist for stack ${stack.name}`);
    return { StackResourceDetail: describeResource(stack, found) };
  },
  ListStackResources: (b, r, f) => {
    const stack = described(b, r, f);
    const { page, NextToken } = pageOf(Object.values(stack.resources), f);
    return { StackResourceSummaries: page.map((x) => describeResource(stack, x)), NextToken };
  },
  GetTemplate(b, r, f) {
    const set = text(f, 'ChangeSetName');
    const template = set ? mustChangeSet(b.engine, r, set, name(f)).changeSet.template : described(b, r, f).template;
    return { TemplateBody: template || '{}', StagesAvailable: ['Original', 'Processed'] };
  },
  async GetTemplateSummary(b, r, f) {
    const template = parseTemplate(name(f) ? described(b, r, f).template : await body(b, r, f));
    return {
      Parameters: Object.entries(template.Parameters).map(([key, p]) => ({
        ParameterKey: key,
        DefaultValue: p.Default === undefined ? undefined : String(p.Default),
        ParameterType: String(p.Type),
      })),
      Description: template.Description,
      ResourceTypes: [...new Set(Object.values(template.Resources).map((x) => x.Type))],
    };
  },
  async ValidateTemplate(b, r, f) {
    const asked = await body(b, r, f);
    const template = parseTemplate(asked);
    validateTemplate(template, b.spec());
    const values = Object.entries(template.Parameters).map(([key, p]) => [key, String(p.Default ?? unknown(key))]);
    const target = { template, body: asked, parameters: Object.fromEntries(values), resolved: {}, tags: {} };
    checked(b)(b.engine.blank(r, 'validated'), target);
    return {
      Parameters: Object.entries(template.Parameters).map(([key, p]) => ({
        ParameterKey: key,
        DefaultValue: p.Default === undefined ? undefined : String(p.Default),
        NoEcho: false,
      })),
      Description: template.Description,
    };
  },
  async CreateChangeSet(b, r, f) {
    const asked = {
      ...(await request(b, r, f)),
      changeSetName: text(f, 'ChangeSetName') ?? '',
      type: text(f, 'ChangeSetType') ?? 'UPDATE',
      description: text(f, 'Description'),
      revertDrift: revertsDrift(f),
    };
    const made = createChangeSet(b.engine, r, asked, checked(b));
    return { Id: made.changeSet.id, StackId: made.stack.id };
  },
  DescribeChangeSet(b, r, f) {
    const { stack, changeSet } = mustChangeSet(b.engine, r, text(f, 'ChangeSetName') ?? '', name(f) || undefined);
    return describeChangeSet(stack, changeSet, flag(f, 'IncludePropertyValues'));
  },
  ListChangeSets: (b, r, f) => {
    const stack = described(b, r, f);
    return {
      Summaries: Object.values(stack.changeSets).map((c) => ({
        StackId: stack.id,
        StackName: stack.name,
        ChangeSetId: c.id,
        ChangeSetName: c.name,
        ExecutionStatus: c.execution,
        Status: c.status,
        StatusReason: c.reason,
        CreationTime: c.created,
        Description: c.description,
      })),
    };
  },
  ExecuteChangeSet(b, r, f) {
    const found = mustChangeSet(b.engine, r, text(f, 'ChangeSetName') ?? '', name(f) || undefined);
    const disableRollback = flag(f, 'DisableRollback') || found.changeSet.disableRollback === true;
    execute(b.engine, found, disableRollback, text(f, 'ClientRequestToken'));
    return {};
  },
  DeleteChangeSet(b, r, f) {
    const found = findChangeSet(b.engine, r, text(f, 'ChangeSetName') ?? '', name(f) || undefined);
    if (found) delete found.stack.changeSets[found.changeSet.name];
    b.changed();
    return {};
  },
  SignalResource(b, r, f) {
    signalResource(
      b.engine.machine.signals,
      described(b, r, f),
      text(f, 'LogicalResourceId') ?? '',
      text(f, 'UniqueId') ?? '',
      text(f, 'Status') ?? '',
    );
    return {};
  },
  CancelUpdateStack(b, r, f) {
    b.engine.cancel(r, name(f));
    return {};
  },
  RollbackStack: (b, r, f) => ({
    StackId: b.engine.rollback(r, name(f), flag(f, 'RetainExceptOnCreate'), text(f, 'ClientRequestToken')).id,
  }),
  ContinueUpdateRollback(b, r, f) {
    b.engine.continueRollback(r, name(f), texts(f, 'ResourcesToSkip'), text(f, 'ClientRequestToken'));
    return {};
  },
  UpdateTerminationProtection(b, r, f) {
    const stack = described(b, r, f);
    stack.terminationProtection = flag(f, 'EnableTerminationProtection');
    b.changed();
    return { StackId: stack.id };
  },
  SetStackPolicy(b, r, f) {
    const policy = text(f, 'StackPolicyBody');
    if (!policy) throw validationError('Either StackPolicyBody or StackPolicyURL must be specified');
    parsePolicy(policy);
    described(b, r, f).policy = policy;
    b.changed();
    return {};
  },
  GetStackPolicy: (b, r, f) => ({ StackPolicyBody: described(b, r, f).policy }),
  ListExports: (_b, r) => ({
    Exports: liveStacks(r).flatMap((s) =>
      s.outputs.filter((o) => o.exportName).map((o) => ({ ExportingStackId: s.id, Name: o.exportName, Value: o.value })),
    ),
  }),
  ListImports(_b, r, f) {
    const wanted = text(f, 'ExportName') ?? '';
    if (!findExport(r, wanted)) throw validationError(`No export named ${wanted} found.`);
    const users = importersOf(r, wanted);
    if (users.length === 0) throw validationError(`Export '${wanted}' is not imported by any stack.`);
    return { Imports: users.map((s) => s.name) };
  },
  DetectStackDrift(b, r, f) {
    const stack = described(b, r, f);
    detectDrift(b.engine.machine, stack);
    b.changed();
    return { StackDriftDetectionId: stack.driftId };
  },
  DescribeStackDriftDetectionStatus(_b, r, f) {
    const id = text(f, 'StackDriftDetectionId') ?? '';
    const stack = Object.values(r.stacks).find((s) => s.driftId === id || s.driftIdsBefore?.includes(id));
    if (!stack) throw validationError('Drift detection operation does not exist');
    return {
      StackId: stack.id,
      StackDriftDetectionId: id,
      StackDriftStatus: stack.driftStatus,
      DetectionStatus: 'DETECTION_COMPLETE',
      DriftedStackResourceCount: driftedCount(stack),
      Timestamp: stack.driftTime,
    };
  },
  DescribeStackResourceDrifts: (b, r, f) => {
    const stack = described(b, r, f);
    return { StackResourceDrifts: Object.values(stack.drifts).map((d) => describeDrift(stack, d)) };
  },
  DescribeEvents: () => ({ OperationEvents: [] }),
  ListHookResults: () => ({ HookResults: [] }),
  DescribeAccountLimits: () => ({
    AccountLimits: [
      { Name: 'StackLimit', Value: 2000 },
      { Name: 'ConcurrentResourcesLimit', Value: 2500 },
    ],
  }),
};

/** One CloudFormation call. */
export async function cloudFormation(backend: Backend, region: Region, action: string, form: Fields): Promise<XmlValue> {
  const run = actions[action];
  if (!run) throw new AwsError('InvalidAction', `${action} is not in the embedded cloud`);
  return run(backend, region, form);
}
