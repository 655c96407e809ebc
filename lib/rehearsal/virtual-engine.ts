/** What `meissa deploy` does to a stack, done to the embedded clouds in virtual time. */

import { standingOf, stuck } from '../deploy/aws/status';
import { failureOf } from '../deploy/causes';
import { DeployError } from '../deploy/deploy-error';
import type { Applied, ApplyInput, DeployingEngine, DeployStack, EngineStack, StandingStack } from '../deploy/engine';
import { sameRecord } from '../deploy/same';
import { type Region, regionOf } from '../embedded-cloud/store/world';
import type { VirtualCloud } from '../embedded-cloud/virtual';
import type { Engine } from '../engine/engine';
import type { Stack, StackRequest } from '../engine/stack';
import type { Step } from './model';
import { plannedSteps } from './planned';
import type { RehearsedStack } from './stack';

/** What a cloud does beside its stacks, before and after one is touched. Returns how much was done. */
export interface Beside {
  /** Refuses an update by what it would do, before anything is touched. */
  mayUpdate?(stack: RehearsedStack, steps: readonly Step[], replace: readonly string[]): void;
  before(stack: RehearsedStack): Promise<number>;
  after(stack: RehearsedStack, stands: Stack, input: ApplyInput): Promise<number>;
}

const NOTHING: Beside = { before: async () => 0, after: async () => 0 };

export class VirtualEngine implements DeployingEngine {
  constructor(
    readonly provider: DeployStack['provider'],
    private readonly cloud: Pick<VirtualCloud, 'world'>,
    private readonly engine: Engine,
    private readonly accountOf: (place: EngineStack) => string,
    private readonly beside: Beside = NOTHING,
  ) {}

  async read(place: EngineStack): Promise<StandingStack | undefined> {
    const stack = this.find(place);
    if (stack === undefined) return undefined;
    const { status, outputs, parameters, tags, terminationProtection } = stack;
    const values = Object.fromEntries(outputs.map(({ key, value }) => [key, value]));
    return { status, outputs: values, parameters, tags, deletionProtection: terminationProtection };
  }

  async apply(given: DeployStack, input: ApplyInput): Promise<Applied> {
    const stack = given as RehearsedStack;
    const stands = await this.settled(stack);
    let done = await this.beside.before(stack);
    const whole = stands !== undefined && /_COMPLETE$/.test(stands.status) && !/^(CREATE_)?ROLLBACK_/.test(stands.status);
    let outcome: Applied['outcome'] = 'unchanged';
    if (whole && this.beside.mayUpdate && this.differs(stack, stands, input))
      this.beside.mayUpdate(stack, this.plan(stack, input.parameters), input.replace);
    if (stands === undefined || !whole || this.differs(stack, stands, input)) {
      outcome = stands === undefined ? 'created' : 'updated';
      await this.deploy(stack, stands, input);
      done++;
    }
    if (!input.signal?.aborted) done += await this.beside.after(stack, this.find(stack)!, input);
    return { outcome: outcome === 'unchanged' && done > 0 ? 'updated' : outcome, warnings: [] };
  }

  /** What is left to do of an update that its engine did not come to the end of, or did not begin, as far as it can know before. */
  plan(stack: RehearsedStack, parameters?: ApplyInput['parameters']): Step[] {
    const stands = this.find(stack);
    if (stands === undefined) return [];
    return plannedSteps(this.engine, stands, requestOf(stack, stands, parameters ?? stands.parameters), stack.path);
  }

  explain(error: unknown, place: EngineStack): DeployError {
    return error instanceof DeployError ? error : failureOf(place, (error as Error).message, { kept: false });
  }

  private region(place: EngineStack) {
    return regionOf(this.cloud.world, this.accountOf(place), place.cloudRegion);
  }

  private find(place: EngineStack): Stack | undefined {
    return this.engine.find(this.region(place), place.name);
  }

  /** What stands when nothing goes on any more; what its failed creation left is cleared away first, as the real engines' clients do. */
  private async settled(stack: RehearsedStack): Promise<Stack | undefined> {
    const stands = this.find(stack);
    if (stands === undefined) return undefined;
    await this.engine.over(stands.id);
    const { status } = stands;
    if (status === 'UPDATE_ROLLBACK_FAILED' || status === 'DELETE_FAILED') throw stuck(stack, status);
    if (!this.nothingStands(status)) return stands;
    stands.terminationProtection = false;
    this.engine.delete(this.region(stack), stands.id, []);
    await this.engine.over(stands.id);
    return this.settled(stack);
  }

  private nothingStands(status: string): boolean {
    return this.provider === 'aws' ? standingOf(status) === 'failed-creation' : status === 'CREATE_ROLLBACK_COMPLETE';
  }

  private differs(stack: RehearsedStack, stands: Stack, { parameters }: Pick<ApplyInput, 'parameters'>): boolean {
    return (
      stack.body !== stands.template ||
      !sameRecord(stack.tags, stands.tags) ||
      stack.holdsData !== stands.terminationProtection ||
      Object.entries(parameters).some(([name, value]) => stands.parameters[name] !== value)
    );
  }

  private async deploy(stack: RehearsedStack, stands: Stack | undefined, { parameters, replace }: ApplyInput): Promise<void> {
    const region = this.region(stack);
    // The policy stands before the update begins.
    if (stands !== undefined && stack.policyBody !== undefined) stands.policy = stack.policyBody;
    const request = requestOf(stack, stands, parameters, replace);
    const made = this.begin(region, stands, request);
    await this.engine.over(made.id);
    if (!/^(CREATE|UPDATE)_COMPLETE$/.test(made.status)) throw failureOf(stack, reasonOf(made), { kept: stack.disableRollback });
    Object.assign(made, { terminationProtection: stack.holdsData, policy: stack.policyBody ?? made.policy });
  }

  private begin(region: Region, stands: Stack | undefined, request: StackRequest): Stack {
    if (stands === undefined) return this.engine.create(region, request);
    if (this.provider === 'aws' || stands.status !== 'CREATE_FAILED') return this.engine.update(region, request);
    // ROS goes on with a creation ("ContinueCreateStack").
    this.engine.begin(stands, this.engine.target(stands, request), request, true);
    return stands;
  }
}

function requestOf(
  stack: RehearsedStack,
  stands: Stack | undefined,
  parameters: ApplyInput['parameters'],
  replace: readonly string[] = [],
): StackRequest {
  const halfMade = stands !== undefined && /^(CREATE|UPDATE)_FAILED$/.test(stands.status);
  return {
    name: stack.name,
    body: stack.body,
    parameters: Object.entries(parameters).map(([key, value]) => ({ key, value })),
    tags: { ...stack.tags },
    capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    disableRollback: stack.disableRollback || halfMade,
    ...(stack.ros === undefined ? {} : { timeout: stack.ros.timeoutMinutes, replacements: replace.length > 0 }),
  };
}

/** What failed first says more than that something failed. */
function reasonOf(stack: Stack): string {
  const last = stack.events.findLastIndex(
    ({ logicalId, status }) => logicalId === stack.name && /^(CREATE|UPDATE)_IN_PROGRESS$/.test(status),
  );
  const events = stack.events.slice(Math.max(0, last));
  const first = events.find(
    ({ logicalId, status, reason }) => logicalId !== stack.name && /_FAILED$/.test(status) && !/cancelled/.test(reason ?? ''),
  );
  // Outputs that others read, a time limit: no resource fails, the stack itself turns back.
  const own = events.find(
    ({ logicalId, status, reason }) => logicalId === stack.name && /ROLLBACK_IN_PROGRESS$|_FAILED$/.test(status) && reason,
  );
  const said = own?.reason ?? stack.reason;
  if (first === undefined) return `${stack.status}${said === undefined ? '' : `: ${said}`}`;
  return `${first.logicalId} (${first.type}): ${first.reason ?? first.status}`;
}
