import { AwsError, validationError } from '../aws-error';
import { uuid } from '../ids';
import type { Region } from '../world/world';
import { now } from './clock';
import { handlerFor } from './custom-types';
import { deleteResources } from './deletion';
import { deploy } from './deploy';
import { stackStatus } from './events';
import { importersOf, liveStacks } from './exports';
import { type Machine, Operation } from './machine';
import { checkRules, type ParameterInput, parameterValues, resolveStored } from './parameters';
import { failedToDelete, rollbackCreate, rollbackUpdate } from './rollback';
import { scopeOf, type Target } from './scope';
import type { Stack } from './stack';
import { stackNames } from './stack-names';
import { parseTemplate } from './template';
import { checkCapabilities, validateTemplate } from './validate';

/** What a create or an update is asked for. */
export interface StackRequest {
  name: string;
  body: string;
  parameters: ParameterInput[];
  tags?: Record<string, string>;
  capabilities: string[];
  notificationArns?: string[];
  roleArn?: string;
  disableRollback?: boolean;
  terminationProtection?: boolean;
  policy?: string;
  token?: string;
}

const USER = 'User Initiated';

/** The CDK CLI reads a rollback's events only from the moment it was answered: nothing may have happened by then. */
const moment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60));

/** The stack engine: CloudFormation's verbs over the world. */
export class Engine {
  private readonly running = new Map<string, { operation: Operation; done: Promise<void> }>();

  constructor(readonly machine: Machine) {}

  /** A stack by name or id; a deleted one only by its id. */
  find(region: Region, nameOrId: string): Stack | undefined {
    return region.stacks[nameOrId] ?? liveStacks(region).find((s) => s.name === nameOrId);
  }

  /** A stack, or CloudFormation's error. */
  stack(region: Region, nameOrId: string): Stack {
    const found = this.find(region, nameOrId);
    if (!found) throw validationError(`Stack with id ${nameOrId} does not exist`);
    return found;
  }

  /** Reads and checks everything that a create or an update (or a change set for one) can be refused for at once. */
  target(region: Region, stack: Stack, request: StackRequest): Target {
    const template = parseTemplate(request.body);
    validateTemplate(template, this.machine.spec(), (type) => handlerFor(this.machine.handlers, type) !== undefined);
    const parameters = parameterValues(template, request.parameters, stack.parameters);
    const resolved = resolveStored(template, parameters, (name) => region.parameters[name]?.value);
    checkCapabilities(template, request.capabilities);
    const target: Target = { template, body: request.body, parameters, resolved, tags: request.tags ?? stack.tags };
    checkRules(template, scopeOf(this.machine.world, region, stack, target, stackNames(stack), new Set()));
    const moved = Object.values(stack.resources).filter(
      (r) => template.Resources[r.logicalId] && template.Resources[r.logicalId]?.Type !== r.type,
    );
    if (moved.length > 0) {
      throw validationError(
        `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${moved.map((r) => r.logicalId).join(', ')}]`,
      );
    }
    return target;
  }

  /** A stack's record with nothing in it. */
  blank(region: Region, name: string): Stack {
    if (!/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(name)) {
      throw validationError(
        `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
      );
    }
    const id = `arn:${this.machine.world.partition}:cloudformation:${region.name}:${region.account}:stack/${name}/${uuid()}`;
    return {
      id,
      name,
      account: region.account,
      region: region.name,
      status: 'REVIEW_IN_PROGRESS',
      created: now(),
      template: '',
      parameters: {},
      resolved: {},
      tags: {},
      capabilities: [],
      notificationArns: [],
      disableRollback: false,
      terminationProtection: false,
      mode: 'STANDARD',
      resources: {},
      outputs: [],
      imports: [],
      events: [],
      changeSets: {},
      drifts: {},
    };
  }

  /** `CreateStack`. */
  create(region: Region, request: StackRequest): Stack {
    const existing = this.find(region, request.name);
    if (existing && existing.status !== 'REVIEW_IN_PROGRESS')
      throw new AwsError('AlreadyExistsException', `Stack [${request.name}] already exists`);
    const stack = existing ?? this.blank(region, request.name);
    const target = this.target(region, stack, request);
    region.stacks[stack.id] = stack;
    stack.terminationProtection = request.terminationProtection ?? stack.terminationProtection;
    this.begin(stack, target, request, true);
    return stack;
  }

  /** `UpdateStack`. */
  update(region: Region, request: StackRequest): Stack {
    const stack = this.stack(region, request.name);
    this.mayUpdate(stack, request.disableRollback ?? false);
    this.begin(stack, this.target(region, stack, request), request, false);
    return stack;
  }

  /** Whether a stack's status allows an update. */
  mayUpdate(stack: Stack, disableRollback: boolean): void {
    if (/^(CREATE_FAILED|UPDATE_FAILED)$/.test(stack.status)) {
      if (disableRollback) return;
      throw validationError(
        `This stack is currently in a non-terminal [${stack.status}] state. To update the stack from this state, please use the disable-rollback parameter with update-stack API. To rollback to the last known good state, use the rollback-stack API`,
      );
    }
    if (!/^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT)_COMPLETE$/.test(stack.status)) {
      throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
    }
  }

  /** Starts a create or an update. */
  begin(stack: Stack, target: Target, request: StackRequest, creating: boolean): void {
    const whole = /_COMPLETE$/.test(stack.status);
    if (!creating && whole) {
      const { template, parameters, resolved, tags, description, outputs, imports } = stack;
      stack.before = {
        template,
        parameters,
        resolved,
        tags,
        description,
        outputs,
        imports,
        resources: structuredClone(stack.resources),
      };
    }
    Object.assign(stack, {
      template: target.body,
      description: target.template.Description,
      parameters: target.parameters,
      resolved: target.resolved,
      tags: target.tags,
      capabilities: request.capabilities,
      notificationArns: request.notificationArns ?? stack.notificationArns,
      roleArn: request.roleArn ?? stack.roleArn,
      disableRollback: request.disableRollback ?? false,
      policy: request.policy ?? stack.policy,
      ...(creating ? {} : { updated: now() }),
    });
    this.run(stack, request.token, creating ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS', USER, (operation) =>
      deploy(operation, target, creating),
    );
  }

  /** `DeleteStack`; what isn't there is no error. */
  delete(region: Region, nameOrId: string, retain: string[], token?: string): void {
    const stack = this.find(region, nameOrId);
    if (!stack || stack.status === 'DELETE_COMPLETE') return;
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
    this.run(stack, token, 'DELETE_IN_PROGRESS', USER, async (operation) => {
      const resources = [...(stack.leftovers ?? []), ...Object.values(stack.resources)];
      const failures = await deleteResources(
        operation,
        resources,
        { retain: (r) => retain.includes(r.logicalId) || r.deletionPolicy.startsWith('Retain') },
        (r) => {
          if (stack.resources[r.logicalId] === r) delete stack.resources[r.logicalId];
        },
      );
      if (failures.length > 0) {
        stackStatus(stack, 'DELETE_FAILED', operation.id, token, failedToDelete(failures));
        return;
      }
      Object.assign(stack, { outputs: [], imports: [], leftovers: undefined, before: undefined, changeSets: {}, deleted: now() });
      stackStatus(stack, 'DELETE_COMPLETE', operation.id, token);
    });
  }

  /** `CancelUpdateStack`. */
  cancel(region: Region, nameOrId: string): void {
    const stack = this.stack(region, nameOrId);
    if (stack.status !== 'UPDATE_IN_PROGRESS')
      throw validationError('CancelUpdateStack cannot be called from current stack status');
    this.running.get(stack.id)?.operation.cancel();
  }

  /** `RollbackStack`, after a failure with rollback off. */
  rollback(region: Region, nameOrId: string, retainExceptOnCreate: boolean, token?: string): Stack {
    const stack = this.stack(region, nameOrId);
    if (!/^(CREATE_FAILED|UPDATE_FAILED)$/.test(stack.status)) {
      throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`);
    }
    const status = stack.before ? 'UPDATE_ROLLBACK_IN_PROGRESS' : 'ROLLBACK_IN_PROGRESS';
    this.run(stack, token, status, USER, async (operation) => {
      await moment();
      await (stack.before ? rollbackUpdate(operation, USER, [], []) : rollbackCreate(operation, USER, retainExceptOnCreate));
    });
    return stack;
  }

  /** `ContinueUpdateRollback`. */
  continueRollback(region: Region, nameOrId: string, skip: string[], token?: string): void {
    const stack = this.stack(region, nameOrId);
    if (stack.status !== 'UPDATE_ROLLBACK_FAILED')
      throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not continue rollback.`);
    this.run(stack, token, 'UPDATE_ROLLBACK_IN_PROGRESS', USER, async (operation) => {
      await moment();
      await rollbackUpdate(operation, USER, [], skip);
    });
  }

  /** Ends when the stack's operation has ended, or after some time. */
  async settled(stackId: string, milliseconds: number): Promise<void> {
    const running = this.running.get(stackId);
    if (!running) return;
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([running.done, new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)))]);
    clearTimeout(timer);
  }

  /** Leaves everything that is going on where it is. */
  halt(): void {
    this.machine.halted = true;
    for (const { operation } of this.running.values()) operation.cancel();
  }

  private run(
    stack: Stack,
    token: string | undefined,
    status: string,
    reason: string,
    work: (operation: Operation) => Promise<void>,
  ): void {
    const operation = new Operation(this.machine, stack, uuid(), token);
    stackStatus(stack, status, operation.id, token, reason);
    const done = (async () => {
      try {
        await work(operation);
      } catch (e) {
        this.machine.unexpected?.(e);
        stackStatus(
          stack,
          stack.status.replace(/_IN_PROGRESS$/, '_FAILED'),
          operation.id,
          token,
          `Internal Failure: ${String(e)}`,
        );
      } finally {
        this.running.delete(stack.id);
        this.machine.changed();
      }
    })();
    this.running.set(stack.id, { operation, done });
    this.machine.changed();
  }
}
