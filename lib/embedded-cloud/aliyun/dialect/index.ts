import type { Dialect } from '../../../engine/dialect';
import { EngineError } from '../../../engine/engine-error';
import { evaluate } from '../../../engine/evaluate';
import { uuid } from '../../../engine/ids';
import type { ResourceFailure } from '../../../engine/machine';
import { parsePolicy } from '../../../engine/policy';
import type { Output, Stack } from '../../../engine/stack';
import { rosSeconds } from '../../../facts/aliyun/durations';
import { rosEffect } from '../../../facts/aliyun/updates';
import { rosUnanswered } from '../../../facts/unanswered';
import type { World } from '../../store/world';
import { AliyunError } from '../aliyun-error';
import { asRos, invalid, invalidParameter, notSupported, stackNotFound } from './errors';
import { rosParameters } from './parameters';
import { type RosSchema, rosFaults } from './schema';
import { rosScope } from './scope';
import { parseRosTemplate } from './template';
import { validateRosTemplate } from './validate';

/** Statuses from which a stack can be updated ("Update a stack by using a change set"). */
const UPDATABLE =
  /^((CREATE|UPDATE|ROLLBACK|CHECK)_COMPLETE|(UPDATE|ROLLBACK)_FAILED|IMPORT_(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE)$/;

/** ROS's language and manners. */
export function rosDialect(world: World, schema: () => RosSchema, handled: (type: string) => boolean): Dialect {
  return {
    stackType: 'ALIYUN::ROS::Stack',
    words: {
      begun: (action) => `Stack ${action} started`,
      done: (action) => `Stack ${action} completed successfully`,
      failed: failureReason,
      createRollback: (reason) => reason,
      reason: (error) => (error instanceof EngineError ? reasonOf(error) : `Internal Failure: ${String(error)}`),
      notDeleted: (resources) =>
        `Resource DELETE failed: ${resources.map((r) => `${r.logicalId}: ${r.reason ?? ''}`).join('; ')}`,
    },
    rollback: { create: 'CREATE_ROLLBACK', update: 'ROLLBACK' },
    replacement: 'delete-first',
    cleanup: false,
    notFound: stackNotFound,
    exists: (name) => new AliyunError('StackExists', `The Stack (${name}) already exists.`, 409),
    stackId: (_place, name) => {
      if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,254}$/.test(name))
        throw invalidParameter(
          'StackName',
          'it can be up to 255 characters, must start with a digit or letter, and holds digits, letters, hyphens and underscores',
        );
      return uuid();
    },
    takesOver: () => false,
    mayUpdate: (stack) => {
      checkIdle(stack);
      if (!UPDATABLE.test(stack.status)) throw notSupported(`Updating a stack when its status is ${stack.status}`);
    },
    mayDelete: (stack) => {
      if (stack.terminationProtection)
        throw new AliyunError(
          'StackDeletionProtected',
          `The Stack (${stack.name}) can not be deleted: deletion protection is enabled.`,
          409,
        );
      checkIdle(stack);
    },
    target: (stack, request) => {
      const template = parseRosTemplate(request.body);
      validateRosTemplate(template, schema(), handled);
      const parameters = rosParameters(template, request.parameters, stack.parameters);
      if (request.policy !== undefined) asRos(() => parsePolicy(request.policy as string));
      const moved = Object.values(stack.resources).find(
        (r) => template.Resources[r.logicalId] && template.Resources[r.logicalId]?.Type !== r.type,
      );
      if (moved) throw notSupported(`Changing the type of resource ${moved.logicalId}`);
      return {
        template,
        body: request.body,
        parameters,
        resolved: {},
        tags: request.tags ?? stack.tags,
        replacements: request.replacements ?? false,
      };
    },
    scope: (stack, target, names) => rosScope(world, stack, target, names),
    outputs: (template, scope) =>
      asRos(() =>
        Object.entries(template.Outputs)
          .filter(([, o]) => o.Condition === undefined || scope.condition(String(o.Condition)))
          .map(([key, o]): Output => {
            const json = evaluate(o.Value ?? '', scope);
            return {
              key,
              value: typeof json === 'string' ? json : JSON.stringify(json),
              ...(typeof json === 'string' ? {} : { json }),
              ...(o.Description === undefined ? {} : { description: String(o.Description) }),
            };
          }),
      ),
    parse: parseRosTemplate,
    // The engine itself refuses a replacement that the request doesn't allow.
    effect: (type, property, before, after) => {
      const effect = rosEffect(type, property, before, after);
      return effect === 'refused' ? 'replace' : effect;
    },
    seconds: rosSeconds,
    unanswered: rosUnanswered,
    inUse: (code) => code.startsWith('DependencyViolation'),
    namesItself: () => false,
    tagProperty: (type) => (schema().resourceTypes[type]?.properties.Tags ? 'Tags' : undefined),
    checkProperties: (resource) => {
      const type = schema().resourceTypes[resource.type];
      const faults = type ? rosFaults(resource.properties, type) : [];
      if (faults.length > 0) throw invalid(`Property error: ${resource.logicalId}.${faults.join(`; ${resource.logicalId}.`)}`);
    },
    refusal: (resource, properties) =>
      notSupported(`Update to properties ${properties.join(', ')} of ${resource.logicalId} (${resource.type})`),
    noAttribute: (_stack, resource, name) =>
      new AliyunError('InvalidTemplateAttribute', `The Referenced Attribute (${resource.logicalId} ${name}) is incorrect.`),
  };
}

function checkIdle(stack: Stack): void {
  const going = /^(.*)_IN_PROGRESS$/.exec(stack.status)?.[1];
  if (going && going !== 'REVIEW')
    throw new AliyunError('ActionInProgress', `The Stack (${stack.name}) already has an action (${going}) in progress.`, 409);
}

const reasonOf = (error: EngineError): string =>
  error.code === 'NotSupported' || error.code === 'StackValidationFailed' || error.code === 'ValidationError'
    ? `${error.code === 'ValidationError' ? 'StackValidationFailed' : error.code}: ${error.message}`
    : `${error.code}: ${error.message} (HTTP status ${error.status}, RequestId ${uuid().toUpperCase()})`;

function failureReason(failures: ResourceFailure[], stack: Stack): string {
  const first = failures.find((f) => !f.cancelled) ?? failures[0];
  if (!first) return 'Unknown failure';
  if (first.logicalId === '') return first.message;
  const status = stack.resources[first.logicalId]?.status ?? '';
  const verb = /^(CREATE|UPDATE|DELETE)/.exec(status)?.[1] ?? 'UPDATE';
  return `Resource ${verb} failed: ${first.logicalId}: ${first.message}`;
}
