import { AliyunError, AlreadyExists, Busy, NotFound, Refused } from '../cloud/errors';
import type { RosClient } from './client';
import { clientToken, intentOf } from './client-token';
import type { StackEvent, StackRequest, StackSummary } from './model';
import { type ApplyOutcome, notAgreed, problemOf, reasonsOf, standing } from './outcome';
import { ChangeSetFailed, prepareChanges, replacedBy } from './replacements';
import { settle, type Watching } from './settle';
import { StackEvents } from './stack-events';
import { isBusy, isGone, isUndone, isUpdatable, isWell, UNEXECUTED } from './status';

/** How a stack is applied. */
export interface ApplyOptions {
  /** Told each event once, oldest first. */
  readonly onEvent?: (event: StackEvent) => void;
  /** Awaited right before every write; what it throws ends the whole. @default - nothing is asked */
  readonly beforeWrite?: () => Promise<void>;
  readonly watching?: Watching;
}

/** More steps than any sequence of states needs: wait, clear away, wait, act, wait; twice over. */
const STEPS = 12;

/**
 * Brings a stack to what is asked: creates, updates, goes on with, or finds it as it should be. It reads what is there before each step, so
 * it can be killed at any moment and run again: an operation that is under way is waited for, a create that timed out although it happened
 * is found by its name, and every write carries a token of its intent.
 *
 * A stack that a change set left unexecuted, or whose creation was taken back whole, holds nothing: it is deleted and made anew. A failed
 * create that was left as it stands is gone on with (ContinueCreateStack). A stack whose update failed is updated forward.
 * @returns how it ended; a stack that ended badly is an outcome, not an error
 * @throws an `AliyunError` when Aliyun can't be talked to
 */
export async function applyStack(client: RosClient, request: StackRequest, options: ApplyOptions = {}): Promise<ApplyOutcome> {
  return new Application(client, request, options).run();
}

class Application {
  readonly #client: RosClient;
  readonly #request: StackRequest;
  readonly #watching: Watching;
  readonly #onEvent?: (event: StackEvent) => void;
  readonly #mayWrite: () => Promise<void>;
  readonly #intent: string;
  /** Stacks of this name that are no more, as far as we met them. */
  readonly #stale = new Set<string>();
  /** A write of ours whose answer never came. */
  #unsure?: 'created' | 'updated';

  constructor(client: RosClient, request: StackRequest, options: ApplyOptions) {
    this.#client = client;
    this.#request = request;
    this.#watching = options.watching ?? {};
    this.#onEvent = options.onEvent;
    this.#mayWrite = options.beforeWrite ?? (async () => {});
    this.#intent = intentOf(request);
  }

  async run(): Promise<ApplyOutcome> {
    for (let step = 0; step < STEPS; step++) {
      const stack = await this.#client.findStack(this.#request.name);
      const outcome = stack ? await this.#withStack(stack) : await this.#create();
      if (outcome) return outcome;
    }
    const problem = {
      code: 'UNSETTLED',
      message: `stack ${this.#request.name}: it changes under our hands`,
      reasons: [],
      wayOn: 'see who else deploys it',
    };
    return { kind: 'failed', status: 'UNKNOWN', problem };
  }

  /** One step with what is there; nothing when there is another one to take. */
  async #withStack(stack: StackSummary): Promise<ApplyOutcome | undefined> {
    if (isBusy(stack.status)) {
      await settle(this.#client, stack.stackId, this.#events(), this.#watching);
      return undefined;
    }
    if (isUpdatable(stack.status)) return this.#update(stack);
    if (stack.status === UNEXECUTED || stack.status === 'CREATE_ROLLBACK_COMPLETE' || stack.status === 'CREATE_FAILED') {
      if (standing(await this.#client.listStackResources(stack.stackId)).length === 0) return this.#clearAway(stack);
      if (stack.status === 'CREATE_FAILED') return this.#continue(stack);
    }
    return this.#failed(stack, stack.status, this.#events());
  }

  async #create(): Promise<ApplyOutcome | undefined> {
    const deleted = await this.#client.listStacks(this.#request.name, ['DELETE_COMPLETE']);
    for (const stack of deleted) if (isGone(stack.status)) this.#stale.add(stack.stackId);
    const events = this.#events();
    const scope = [...this.#stale].sort().join(' ');
    const token = clientToken('CreateStack', this.#client.region, this.#request.name, scope, this.#intent);
    let stackId: string;
    await this.#mayWrite();
    try {
      stackId = await this.#client.createStack(this.#request, token);
    } catch (error) {
      if (error instanceof AlreadyExists || error instanceof Busy) return this.#soon();
      return this.#notDone('created', error);
    }
    const { stack, seen } = await settle(this.#client, stackId, events, this.#watching);
    if (stack) return this.#ended('created', stack, events);
    if (seen) return this.#failed({ stackId }, 'DELETE_COMPLETE', events);
    // A stack of an earlier life was answered to the same token: the next token is another one.
    this.#stale.add(stackId);
    return undefined;
  }

  async #update(stack: StackSummary): Promise<ApplyOutcome | undefined> {
    const events = this.#events();
    // Before the state is read: nobody changes it from here on.
    await this.#mayWrite();
    const state = await events.skipPast(stack.stackId);
    try {
      const begun = this.#request.replace?.length ? await this.#replacing(stack, state) : await this.#inPlace(stack, state);
      if (begun === 'unchanged') return this.#unchanged(stack);
      if (begun !== 'started') return begun;
    } catch (error) {
      if (error instanceof Busy || isDeleted(error)) return this.#soon();
      return this.#notDone('updated', error, stack);
    }
    return this.#watch('updated', stack.stackId, events);
  }

  /**
   * What can't change in place is named before anything is begun: ROS would refuse it when it comes to it, and what came before would have
   * been changed (and, with rollback off, stay so). A stack that stands between two states is updated forward unasked.
   */
  async #inPlace(stack: StackSummary, state: string): Promise<'started' | 'unchanged' | ApplyOutcome> {
    const whole = isWell(stack.status) || isUndone(stack.status);
    if (whole && (await this.#client.getTemplate(stack.stackId)) !== this.#request.template) {
      const prepared = await this.#prepared(stack, state).catch((error) => {
        // ROS says by itself what is wrong with it.
        if (error instanceof ChangeSetFailed) return 'unchanged' as const;
        throw error;
      });
      if (prepared !== 'unchanged') {
        await this.#client.deleteChangeSet(prepared.changeSetId);
        // Those that may follow are named too: who agrees wants to agree once.
        if (replacedBy(prepared.changes, 'surely').length > 0) return this.#notAgreed(stack, replacedBy(prepared.changes));
      }
      await this.#mayWrite();
    }
    return this.#updating(stack, state);
  }

  /** A change set that would replace what must be replaced. */
  #prepared(stack: StackSummary, state: string) {
    const options = { stackId: stack.stackId, state, replacement: true, watching: this.#watching };
    return prepareChanges(this.#client, 'UPDATE', this.#request, options);
  }

  #notAgreed(stack: StackSummary, reasons: readonly string[]): ApplyOutcome {
    const problem = notAgreed(this.#request.name, reasons);
    return { kind: 'failed', stackId: stack.stackId, status: stack.status, problem };
  }

  /** @param state the last that happened to the stack: the same intent is a new one once something has */
  #updating(stack: StackSummary, state: string): Promise<'started' | 'unchanged'> {
    const token = clientToken('UpdateStack', this.#client.region, stack.stackId, state, this.#intent);
    return this.#client.updateStack(stack.stackId, this.#request, token);
  }

  /** Replacements are seen before they happen: only those that were agreed to by name go through. */
  async #replacing(stack: StackSummary, state: string): Promise<'started' | 'unchanged' | ApplyOutcome> {
    const prepared = await this.#prepared(stack, state);
    if (prepared === 'unchanged') return prepared;
    const agreed = new Set(this.#request.replace);
    const others = replacedBy(prepared.changes).filter((logicalId) => !agreed.has(logicalId));
    if (others.length > 0) {
      await this.#client.deleteChangeSet(prepared.changeSetId);
      return this.#notAgreed(stack, others);
    }
    await this.#mayWrite();
    await this.#client.executeChangeSet(prepared.changeSetId);
    return 'started';
  }

  async #continue(stack: StackSummary): Promise<ApplyOutcome | undefined> {
    const events = this.#events();
    await events.skipPast(stack.stackId);
    await this.#mayWrite();
    try {
      await this.#client.continueCreateStack(stack.stackId, this.#request);
    } catch (error) {
      if (error instanceof Busy || isDeleted(error)) return this.#soon();
      return this.#notDone('created', error, stack);
    }
    return this.#watch('created', stack.stackId, events);
  }

  /** Deletes a stack that holds nothing, so that one can be made in its place. */
  async #clearAway(stack: StackSummary): Promise<ApplyOutcome | undefined> {
    await this.#mayWrite();
    if (stack.deletionProtection) await this.#client.setDeletionProtection(stack.stackId, false);
    await this.#client.deleteStack(stack.stackId, { ramRoleName: this.#request.ramRoleName });
    const events = this.#events();
    const { stack: left } = await settle(this.#client, stack.stackId, events, this.#watching);
    if (left) return this.#failed(left, left.status, events);
    this.#stale.add(stack.stackId);
    return undefined;
  }

  async #unchanged(stack: StackSummary): Promise<ApplyOutcome> {
    if (!isWell(stack.status) && !isUndone(stack.status))
      return this.#failed(stack, stack.status, this.#events(), 'ROS sees nothing to change');
    return this.#well(this.#unsure ?? 'unchanged', stack.stackId);
  }

  async #watch(kind: 'created' | 'updated', stackId: string, events: StackEvents): Promise<ApplyOutcome> {
    const { stack } = await settle(this.#client, stackId, events, this.#watching);
    return stack ? this.#ended(kind, stack, events) : this.#failed({ stackId }, 'DELETE_COMPLETE', events);
  }

  async #ended(kind: 'created' | 'updated', stack: StackSummary, events: StackEvents): Promise<ApplyOutcome> {
    return isWell(stack.status) ? this.#well(kind, stack.stackId) : this.#failed(stack, stack.status, events);
  }

  async #well(kind: 'created' | 'updated' | 'unchanged', stackId: string): Promise<ApplyOutcome> {
    const stack = await this.#client.getStack(stackId);
    const wanted = this.#request.deletionProtection ?? false;
    if (stack.deletionProtection !== wanted) await this.#client.setDeletionProtection(stackId, wanted);
    return { kind, stackId, status: stack.status, outputs: stack.outputs };
  }

  async #failed(
    { stackId }: { stackId: string },
    status: string,
    events: StackEvents,
    more?: string,
  ): Promise<ApplyOutcome & { kind: 'failed' }> {
    let reasons = reasonsOf(events.all);
    if (reasons.length === 0 && status !== 'DELETE_COMPLETE') {
      const bad = (await this.#client.listStackResources(stackId)).filter((resource) => resource.status.endsWith('_FAILED'));
      reasons = bad.map((resource) => `${resource.logicalId} (${resource.type}): ${resource.reason || resource.status}`);
      if (reasons.length === 0) reasons = reasonsOf([], await this.#client.getStack(stackId, false));
    }
    return { kind: 'failed', stackId, status, problem: problemOf(this.#request.name, status, reasons, more) };
  }

  /**
   * A write that failed. What ROS refuses is an outcome. What has no answer may have been done: look once more; the second time it is
   * passed on, as is everything else.
   */
  #notDone(what: 'created' | 'updated', error: unknown, stack?: StackSummary): ApplyOutcome | undefined {
    if (error instanceof ChangeSetFailed) return this.#refused(stack, 'CHANGE_SET_FAILED', error.message);
    if (error instanceof Refused || (error instanceof NotFound && !isDeleted(error)))
      return this.#refused(stack, error.code, error.message);
    if (!(error instanceof AliyunError) || error.untouched || this.#unsure) throw error;
    this.#unsure = what;
    return undefined;
  }

  #refused(stack: StackSummary | undefined, code: string, message: string): ApplyOutcome {
    const stands = stack ? problemOf(this.#request.name, stack.status, []) : undefined;
    const well = !stack || isWell(stack.status) || isUndone(stack.status);
    const problem = {
      code,
      message: `stack ${this.#request.name}: ROS refuses it${well ? '' : `; before this, ${stands?.message}`}`,
      reasons: [message],
      wayOn: well
        ? 'correct what ROS names; nothing was changed'
        : 'correct what ROS names; if it goes on refusing, go back to the template that stood, or destroy the stack and deploy anew',
    };
    return { kind: 'failed', ...(stack ? { stackId: stack.stackId } : {}), status: stack?.status ?? 'NONE', problem };
  }

  /** Somebody else was quicker: look again in a while. */
  async #soon(): Promise<undefined> {
    await this.#client.rpc.clock.sleep(this.#watching.firstMs ?? 1000);
    return undefined;
  }

  #events(): StackEvents {
    return new StackEvents(this.#client, this.#onEvent);
  }
}

/** The stack itself is gone, not something that its template names. */
const isDeleted = (error: unknown): boolean => error instanceof NotFound && error.code === 'StackNotFound';
