import type { Dialect } from '../../../engine/dialect';
import { evaluate, evaluateProperties, type Scope } from '../../../engine/evaluate';
import { uuid } from '../../../engine/ids';
import type { ResourceFailure } from '../../../engine/machine';
import { stackNames, type Target } from '../../../engine/scope';
import type { Output, Stack } from '../../../engine/stack';
import type { Template } from '../../../engine/template';
import { awsSeconds } from '../../../facts/aws/durations';
import { awsEffect } from '../../../facts/aws/updates';
import { awsUnanswered } from '../../../facts/unanswered';
import { type Region, regionOf, type World } from '../../store/world';
import { AwsError, validationError } from '../aws-error';
import { requestFaults } from '../checks/requests';
import { isCustom } from '../resources/custom';
import { parameterOf } from '../world/parameters';
import { creationSignals, signaled } from './creation-policy';
import { reasonOf } from './errors';
import { exportFault, importersOf } from './exports';
import { checkRules, parameterValues, resolveStored } from './parameters';
import type { SpecExtract } from './schema';
import { propertyFaults } from './schema-check';
import { scopeOf } from './scope';
import { parseTemplate } from './template';
import { checkCapabilities, validateTemplate } from './validate';

const USER = 'User Initiated';

/** CloudFormation's language and manners. */
export function cloudFormationDialect(world: World, spec: () => SpecExtract): Dialect {
  const regionOfStack = (stack: Stack) => regionOf(world, stack.account, stack.region);
  const dialect: Dialect = {
    stackType: 'AWS::CloudFormation::Stack',
    words: {
      begun: () => USER,
      done: () => undefined,
      initiated: 'Resource creation Initiated',
      failed: failureReason,
      createRollback: (reason) => `${reason} Rollback requested by user.`,
      reason: reasonOf,
      notDeleted: (resources) => `The following resource(s) failed to delete: [${resources.map((r) => r.logicalId).join(', ')}].`,
    },
    rollback: { create: 'ROLLBACK', update: 'UPDATE_ROLLBACK' },
    replacement: 'create-first',
    cleanup: true,
    notFound: (nameOrId) => validationError(`Stack with id ${nameOrId} does not exist`),
    exists: (name) => new AwsError('AlreadyExistsException', `Stack [${name}] already exists`),
    stackId: (place, name) => {
      if (!/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(name)) {
        throw validationError(
          `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
        );
      }
      return `arn:${world.partition}:cloudformation:${place.name}:${place.account}:stack/${name}/${uuid()}`;
    },
    takesOver: (status) => status === 'REVIEW_IN_PROGRESS',
    mayUpdate,
    mayDelete: (stack, retain) => mayDelete(regionOfStack(stack), stack, retain),
    target: (stack, request) => {
      const template = parseTemplate(request.body);
      validateTemplate(template, spec());
      const parameters = parameterValues(template, request.parameters, stack.parameters);
      const resolved = resolveStored(template, parameters, (name) => parameterOf(world, regionOfStack(stack), name)?.value);
      checkCapabilities(template, request.capabilities);
      const target: Target = { template, body: request.body, parameters, resolved, tags: request.tags ?? stack.tags };
      checkRules(template, scopeOf(world, stack, target, stackNames(stack, dialect), new Set()));
      const moved = Object.values(stack.resources).filter(
        (r) => template.Resources[r.logicalId] && template.Resources[r.logicalId]?.Type !== r.type,
      );
      if (moved.length > 0) {
        throw validationError(
          `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${moved.map((r) => r.logicalId).join(', ')}]`,
        );
      }
      return target;
    },
    scope: (stack, target, names, imports) => scopeOf(world, stack, target, names, imports),
    outputs: outputsOf,
    checkOutputs: (stack, outputs) => {
      const fault = exportFault(regionOfStack(stack), stack, outputs);
      if (fault) throw validationError(fault);
    },
    parse: parseTemplate,
    // What nobody knows is the worst that can happen; what a custom resource's function makes of a change, its handler asks it.
    effect: (type, property, before, after) => {
      if (isCustom(type)) return 'none';
      const effect = awsEffect(type, property, before, after);
      return effect === 'unknown' ? 'replace' : effect;
    },
    seconds: awsSeconds,
    unanswered: awsUnanswered,
    inUse: (code) => code.startsWith('DependencyViolation'),
    namesItself: isCustom,
    signaled,
    completes: creationSignals,
    tagProperty: (type) => spec().resources[type]?.tags,
    checkProperties: (resource) => {
      const own = isCustom(resource.type) ? undefined : spec().resources[resource.type];
      if (own === undefined) return;
      const faults = propertyFaults(resource.properties, own);
      if (faults.length > 0) {
        throw validationError(
          `Properties validation failed for resource ${resource.logicalId} with message:\n${faults.join('\n')}`,
        );
      }
      const refused = requestFaults(resource.type, resource.properties, own.tags);
      if (refused.length > 0) throw new AwsError('InvalidRequest', refused.join('\n'));
    },
    refusal: (resource) => validationError(`Update to resource type ${resource.type} is not supported.`),
    noAttribute: (stack, resource, name) =>
      validationError(
        isCustom(resource.type)
          ? `CustomResource attribute error: Vendor response doesn't contain ${name} attribute in object ${stack.id}|${resource.logicalId}`
          : `Attribute ${name} of ${resource.type} is not in the embedded cloud`,
      ),
  };
  return dialect;
}

function mayUpdate(stack: Stack, request: { disableRollback?: boolean }): void {
  if (/^(CREATE_FAILED|UPDATE_FAILED)$/.test(stack.status)) {
    if (request.disableRollback) return;
    throw validationError(
      `This stack is currently in a non-terminal [${stack.status}] state. To update the stack from this state, please use the disable-rollback parameter with update-stack API. To rollback to the last known good state, use the rollback-stack API`,
    );
  }
  if (!/^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT)_COMPLETE$/.test(stack.status)) {
    throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
  }
}

function mayDelete(region: Region, stack: Stack, retain: string[]): void {
  if (stack.terminationProtection) {
    throw validationError(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
  }
  if (stack.status.endsWith('_IN_PROGRESS') && stack.status !== 'REVIEW_IN_PROGRESS') {
    throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be deleted.`);
  }
  for (const output of stack.outputs) {
    const users = output.exportName ? importersOf(region, output.exportName).filter((s) => s.id !== stack.id) : [];
    if (users.length > 0)
      throw validationError(
        `Export ${output.exportName} cannot be deleted as it is in use by ${users.map((s) => s.name).join(', ')}`,
      );
  }
  if (retain.length > 0 && stack.status !== 'DELETE_FAILED') {
    throw validationError(
      `Invalid operation on stack [${stack.id}]. Cannot retain resources while the stack is not in DELETE_FAILED state`,
    );
  }
}

function failureReason(failures: ResourceFailure[], stack: Stack): string {
  const named = failures.filter((f) => f.logicalId !== '' && !f.cancelled);
  const without = failures.find((f) => f.logicalId === '');
  if (without) return without.message;
  const created = named.filter((f) => stack.resources[f.logicalId]?.status.startsWith('CREATE'));
  const updated = named.filter((f) => !created.includes(f));
  const list = (fs: ResourceFailure[]) => fs.map((f) => f.logicalId).join(', ');
  return [
    created.length > 0 ? `The following resource(s) failed to create: [${list(created)}].` : '',
    updated.length > 0 ? `The following resource(s) failed to update: [${list(updated)}].` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** A template's outputs, evaluated. */
function outputsOf(template: Template, scope: Scope): Output[] {
  return Object.entries(template.Outputs)
    .filter(([, o]) => o.Condition === undefined || scope.condition(String(o.Condition)))
    .map(([key, o]) => {
      const value = evaluate(o.Value ?? '', scope);
      if (typeof value === 'object')
        throw validationError('Template format error: The Value field of every Outputs member must evaluate to a String.');
      const exported = evaluateProperties({ Export: o.Export ?? {} }, scope).Export as { Name?: unknown };
      return {
        key,
        value: String(value),
        ...(o.Description === undefined ? {} : { description: String(o.Description) }),
        ...(exported.Name === undefined ? {} : { exportName: String(exported.Name) }),
      };
    });
}
