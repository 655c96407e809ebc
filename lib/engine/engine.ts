import { deleteByHand } from './by-hand';
import { deleteResources } from './deletion';
import { deploy } from './deploy';
import type { Dialect } from './dialect';
import { refused } from './engine-error';
import { uuid } from './ids';
import { copied } from './json';
import { type Machine, Operation } from './machine';
import { rememberDrift } from './revert-drift';
import { rollbackCreate, rollbackUpdate } from './rollback';
import type { Target } from './scope';
import { liveStacks, type Place, type Stack, type StackRequest } from './stack';

const USER = 'User Initiated';

/** The CDK CLI reads a rollback's events only from the moment it was answered: nothing may have happened by then. */
const moment = (operation: Operation): Promise<void> => operation.machine.clock.wait(60);

/** The stack engine: a dialect's verbs over the world. */
export class Engine {
  private readonly running = new Map<string, { operation: Operation; done: Promise<void> }>();
  private stop = (): void => undefined;
  private readonly stopped = new Promise<void>((resolve) => {
    this.stop = resolve;
  });

  constructor(readonly machine: Machine) {}

  private get dialect(): Dialect {
    return this.machine.dialect;
  }

  /** A stack by name or id; a deleted one only by its id. */
  find(place: Place, nameOrId: string): Stack | undefined {
    return place.stacks[nameOrId] ?? liveStacks(place).find((s) => s.name === nameOrId);
  }

  /** A stack, or the dialect's error. */
  stack(place: Place, nameOrId: string): Stack {
    const found = this.find(place, nameOrId);
    if (!found) throw this.dialect.notFound(nameOrId);
    return found;
  }

  /** Reads and checks everything that a create or an update (or a change set for one) can be refused for at once. */
  target(stack: Stack, request: StackRequest): Target {
    return this.dialect.target(stack, request);
  }

  /** A stack's record with nothing in it. */
  blank(place: Place, name: string): Stack {
    const id = this.dialect.stackId(place, name);
    return {
      id,
      type: this.dialect.stackType,
      name,
      account: place.account,
      region: place.name,
      status: 'REVIEW_IN_PROGRESS',
      created: this.machine.clock.now(),
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
  create(place: Place, request: StackRequest): Stack {
    const existing = this.find(place, request.name);
    if (existing && !this.dialect.takesOver(existing.status)) throw this.dialect.exists(request.name);
    const stack = existing ?? this.blank(place, request.name);
    const target = this.target(stack, request);
    place.stacks[stack.id] = stack;
    stack.terminationProtection = request.terminationProtection ?? stack.terminationProtection;
    this.begin(stack, target, request, true);
    return stack;
  }

  /** `UpdateStack`. */
  update(place: Place, request: StackRequest): Stack {
    const stack = this.stack(place, request.name);
    this.mayUpdate(stack, request);
    this.begin(stack, this.target(stack, request), request, false);
    return stack;
  }

  /** Whether a stack's status allows an update. */
  mayUpdate(stack: Stack, request: { disableRollback?: boolean }): void {
    this.dialect.mayUpdate(stack, request);
  }

  /** Starts a create or an update. */
  begin(stack: Stack, target: Target, request: StackRequest, creating: boolean): void {
    const whole = /_COMPLETE$/.test(stack.status);
    if (!creating && whole) {
      const { template, parameters, resolved, tags, description, outputs, imports } = stack;
      const resources = copied(stack.resources);
      stack.before = { template, parameters, resolved, tags, description, outputs, imports, resources };
    }
    if (request.revertDrift) rememberDrift(this.machine, stack);
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
      parallelism: request.parallelism ?? stack.parallelism,
      timeout: request.timeout ?? stack.timeout,
      notificationUrls: request.notificationUrls ?? stack.notificationUrls,
      policy: request.policy ?? stack.policy,
      ...(creating ? {} : { updated: this.machine.clock.now() }),
    });
    this.run(stack, request.token, creating ? 'CREATE' : 'UPDATE', (operation) => deploy(operation, target, creating));
  }

  /** `DeleteStack`; what isn't there is no error. */
  delete(place: Place, nameOrId: string, retain: string[], token?: string): void {
    const stack = this.find(place, nameOrId);
    if (!stack || stack.status === 'DELETE_COMPLETE') return;
    this.dialect.mayDelete(stack, retain);
    this.run(stack, token, 'DELETE', async (operation) => {
      const resources = [...(stack.leftovers ?? []), ...Object.values(stack.resources)];
      const failures = await deleteResources(
        operation,
        resources,
        (r) => retain.includes(r.logicalId) || r.deletionPolicy.startsWith('Retain'),
        (r) => {
          if (stack.resources[r.logicalId] === r) delete stack.resources[r.logicalId];
        },
      );
      if (failures.length > 0) {
        operation.status('DELETE_FAILED', this.dialect.words.notDeleted(failures));
        return;
      }
      Object.assign(stack, {
        outputs: [],
        imports: [],
        leftovers: undefined,
        before: undefined,
        changeSets: {},
        deleted: this.machine.clock.now(),
      });
      operation.status('DELETE_COMPLETE', this.dialect.words.done('DELETE'));
    });
  }

  /** `CancelUpdateStack`. */
  cancel(place: Place, nameOrId: string): void {
    const stack = this.stack(place, nameOrId);
    if (stack.status !== 'UPDATE_IN_PROGRESS') throw refused('CancelUpdateStack cannot be called from current stack status');
    this.running.get(stack.id)?.operation.cancel();
  }

  /** Ends an operation that is going on, as if it had failed. */
  abort(stackId: string): void {
    this.running.get(stackId)?.operation.cancel();
  }

  /** `RollbackStack`, after a failure with rollback off. */
  rollback(place: Place, nameOrId: string, retainExceptOnCreate: boolean, token?: string): Stack {
    const stack = this.stack(place, nameOrId);
    if (!/^(CREATE_FAILED|UPDATE_FAILED)$/.test(stack.status)) {
      throw refused(`Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`);
    }
    const { update, create } = this.dialect.rollback;
    this.run(stack, token, stack.before ? update : create, async (operation) => {
      await moment(operation);
      await (stack.before ? rollbackUpdate(operation, USER, [], []) : rollbackCreate(operation, USER, retainExceptOnCreate));
    });
    return stack;
  }

  /** `ContinueUpdateRollback`. */
  continueRollback(place: Place, nameOrId: string, skip: string[], token?: string): void {
    const stack = this.stack(place, nameOrId);
    if (stack.status !== 'UPDATE_ROLLBACK_FAILED')
      throw refused(`Stack:${stack.id} is in ${stack.status} state and can not continue rollback.`);
    this.run(stack, token, 'UPDATE_ROLLBACK', async (operation) => {
      await moment(operation);
      await rollbackUpdate(operation, USER, [], skip);
    });
  }

  /** Deletes a resource behind its stack's back. */
  deleteByHand(place: Place, nameOrId: string, logicalId: string): Promise<void> {
    return deleteByHand(this.machine, this.stack(place, nameOrId), logicalId);
  }

  /** Ends with the stack's operation. */
  async over(stackId: string): Promise<void> {
    await this.running.get(stackId)?.done;
  }

  /** Whether the stack's operation has ended within some time. */
  async settled(stackId: string, milliseconds: number): Promise<boolean> {
    const running = this.running.get(stackId);
    const over = new AbortController();
    await Promise.race([running?.done, this.machine.clock.wait(milliseconds, over.signal)]);
    over.abort();
    return this.running.get(stackId) !== running || running === undefined;
  }

  /** Leaves everything that is going on where it is; nobody waits for it any more. */
  halt(): void {
    this.machine.halted = true;
    for (const { operation } of this.running.values()) operation.cancel();
    this.stop();
  }

  private run(
    stack: Stack,
    token: string | undefined,
    action: 'CREATE' | 'UPDATE' | 'DELETE' | 'ROLLBACK' | 'CREATE_ROLLBACK' | 'UPDATE_ROLLBACK',
    work: (operation: Operation) => Promise<void>,
  ): void {
    const operation = new Operation(this.machine, stack, uuid(), token);
    // "An OBSOLETE state because the stack was already updated" (CloudFormation, "ChangeSetSummary"; ROS the same): what was planned
    // against another state is never applied.
    for (const set of Object.values(stack.changeSets)) if (set.execution === 'AVAILABLE') set.execution = 'OBSOLETE';
    const begun = this.dialect.words.begun(action.endsWith('ROLLBACK') ? 'ROLLBACK' : (action as 'CREATE'));
    operation.status(`${action}_IN_PROGRESS`, begun);
    const done = (async () => {
      try {
        await work(operation);
      } catch (e) {
        this.machine.unexpected?.(e);
        operation.status(stack.status.replace(/_IN_PROGRESS$/, '_FAILED'), `Internal Failure: ${String(e)}`);
      } finally {
        this.running.delete(stack.id);
        if (this.machine.save && !this.machine.halted) this.machine.save();
        else this.machine.changed();
      }
    })();
    this.running.set(stack.id, { operation, done: Promise.race([done, this.stopped]) });
    this.machine.changed();
  }
}
