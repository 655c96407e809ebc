/** As much of ROS as the client's decisions need: stacks with a status that moves on as it is looked at, events, tokens, names. */
import type { Answer, Call } from '../cloud/fake-rpc';

export interface FakeStack {
  id: string;
  name: string;
  status: string;
  /** Status after the operation under way, and how many looks it takes. */
  next?: { status: string; looks: number };
  template: string;
  created: string;
  updated?: string;
  protected?: boolean;
  role?: string;
  events: Record<string, string>[];
  resources: Record<string, string>[];
  changes?: Record<string, unknown>[];
}

const error = (status: number, Code: string, Message: string): Answer => ({
  status,
  json: { Code, Message, RequestId: 'R-ros' },
});
const ok = (json: object): Answer => ({ json: { RequestId: 'R-ros', ...json } });

export class FakeRos {
  readonly stacks: FakeStack[] = [];
  readonly tokens = new Map<string, string>();
  readonly changeSets = new Map<string, { stack: FakeStack; call: Call; changes: object[] }>();
  /** What the next creates and updates come to. */
  createEnds = 'CREATE_COMPLETE';
  updateEnds = 'UPDATE_COMPLETE';
  deleteEnds = 'DELETE_COMPLETE';
  /** What the engine would replace. */
  replaces: string[] = [];
  #tick = 0;

  /** A stack that is there already. */
  add(name: string, status: string, more: Partial<FakeStack> = {}): FakeStack {
    const stack: FakeStack = {
      id: `id-${this.stacks.length + 1}`,
      name,
      status,
      template: '{}',
      created: this.#time(),
      events: [],
      resources: [
        { LogicalResourceId: 'Vpc', PhysicalResourceId: 'vpc-1', ResourceType: 'ALIYUN::ECS::VPC', Status: 'CREATE_COMPLETE' },
      ],
      ...more,
    };
    this.stacks.push(stack);
    return stack;
  }

  live(name: string): FakeStack[] {
    return this.stacks.filter((stack) => stack.name === name && stack.status !== 'DELETE_COMPLETE');
  }

  handle = (call: Call): Answer => {
    const stack = this.stacks.find((one) => one.id === call.StackId);
    if (call.StackId && !stack) return error(404, 'StackNotFound', `The Stack (${call.StackId}) could not be found.`);
    const act = this.#actions[call.Action ?? ''];
    return act ? act(call, stack as FakeStack) : error(404, 'InvalidAction.NotFound', 'no such action');
  };

  readonly #actions: Record<string, (call: Call, stack: FakeStack) => Answer> = {
    CreateStack: (call) => {
      const known = this.tokens.get(call.ClientToken!);
      if (known) return ok({ StackId: known });
      if (this.live(call.StackName!).length > 0)
        return error(409, 'StackExists', `The Stack (${call.StackName}) already exists.`);
      const stack = this.add(call.StackName!, '', {
        template: call.TemplateBody!,
        protected: call.DeletionProtection === 'Enabled',
      });
      this.begin(stack, 'CREATE_IN_PROGRESS', this.createEnds);
      this.tokens.set(call.ClientToken!, stack.id);
      return ok({ StackId: stack.id });
    },
    UpdateStack: (call, stack) => this.#update(call, stack),
    ContinueCreateStack: (call, stack) => {
      if (stack.status !== 'CREATE_FAILED') return error(400, 'NotSupported', 'Continue is not supported.');
      stack.template = call.TemplateBody!;
      this.begin(stack, 'CREATE_IN_PROGRESS', this.createEnds);
      return ok({ StackId: stack.id });
    },
    DeleteStack: (call, stack) => {
      if (stack.protected) return error(400, 'DeletionProtected', 'The stack is protected.');
      stack.role = call.RamRoleName;
      this.begin(stack, 'DELETE_IN_PROGRESS', this.deleteEnds);
      return ok({});
    },
    SetDeletionProtection: (call, stack) => {
      stack.protected = call.DeletionProtection === 'Enabled';
      return ok({});
    },
    ListStacks: (call) => {
      const found = this.stacks.filter((stack) => stack.name.startsWith(call['StackName.1']!));
      const from = (Number(call.PageNumber) - 1) * Number(call.PageSize);
      return ok({ Stacks: found.slice(from, from + Number(call.PageSize)).map(summary) });
    },
    GetStack: (_call, stack) => {
      if (stack.next && --stack.next.looks <= 0) {
        stack.status = stack.next.status;
        stack.next = undefined;
        if (stack.status.endsWith('_FAILED'))
          this.event(stack, 'Vpc', 'ALIYUN::ECS::VPC', stack.status, 'Quota exceeded: see https://a.b/c?Signature=x');
        this.event(stack, stack.name, 'ALIYUN::ROS::Stack', stack.status, 'done');
        if (stack.status.startsWith('CREATE_ROLLBACK') || stack.status === 'DELETE_COMPLETE') stack.resources = [];
      }
      return ok({ ...summary(stack), Outputs: [{ OutputKey: 'VpcIdG1', OutputValue: 'vpc-1' }], RamRoleName: 'stack-role' });
    },
    ListStackEvents: (call, stack) => {
      const from = (Number(call.PageNumber) - 1) * Number(call.PageSize);
      return ok({ Events: [...stack.events].reverse().slice(from, from + Number(call.PageSize)) });
    },
    ListStackResources: (_call, stack) => ok({ Resources: stack.resources }),
    CreateChangeSet: (call, stack) => {
      if (call.ChangeSetType === 'UPDATE' && call.TemplateBody === stack.template) return same();
      const made = stack ?? this.add(call.StackName!, 'REVIEW_IN_PROGRESS', { resources: [] });
      const change = (id: string, Replacement: string) => ({
        Type: 'Resource',
        ResourceChange: { Action: 'Modify', LogicalResourceId: id, ResourceType: 'ALIYUN::ECS::Instance', Replacement },
      });
      const changes = [
        change('Kept', 'False'),
        ...(call.ReplacementOption === 'Enabled' ? this.replaces.map((id) => change(id, 'True')) : []),
      ];
      const id = `cs-${this.changeSets.size + 1}`;
      this.changeSets.set(id, { stack: made, call, changes });
      return ok({ ChangeSetId: id, StackId: made.id });
    },
    GetChangeSet: (call) => {
      const set = this.changeSets.get(call.ChangeSetId!);
      return set
        ? ok({
            ChangeSetId: call.ChangeSetId,
            Status: 'CREATE_COMPLETE',
            ExecutionStatus: 'AVAILABLE',
            StackId: set.stack.id,
            Changes: set.changes,
          })
        : gone();
    },
    ExecuteChangeSet: (call) => {
      const set = this.changeSets.get(call.ChangeSetId!);
      return set ? this.#update(set.call, set.stack) : gone();
    },
    DeleteChangeSet: (call) => (this.changeSets.delete(call.ChangeSetId!) ? ok({}) : gone()),
    GetTemplate: (_call, stack) => ok({ TemplateBody: stack.template }),
    DetectStackDrift: () => ok({ DriftDetectionId: 'd-1' }),
    GetStackDriftDetectionStatus: () =>
      ok({ DriftDetectionStatus: 'DETECTION_COMPLETE', StackDriftStatus: 'DRIFTED', DriftedStackResourceCount: 1 }),
    ListStackResourceDrifts: (call) =>
      call.NextToken
        ? ok({ ResourceDrifts: [{ LogicalResourceId: 'Two', ResourceDriftStatus: 'DELETED' }] })
        : ok({
            NextToken: 'more',
            ResourceDrifts: [
              {
                LogicalResourceId: 'One',
                ResourceDriftStatus: 'MODIFIED',
                PropertyDifferences: [
                  { PropertyPath: '/VpcName', DifferenceType: 'NOT_EQUAL', ExpectedValue: 'a', ActualValue: 'b' },
                ],
              },
            ],
          }),
  };

  /** An operation begins. */
  begin(stack: FakeStack, status: string, ends: string, looks = 2): void {
    stack.status = status;
    stack.next = { status: ends, looks };
    stack.updated = this.#time();
    this.event(stack, stack.name, 'ALIYUN::ROS::Stack', status, 'started');
    this.event(stack, 'Vpc', 'ALIYUN::ECS::VPC', status, 'state changed');
  }

  event(stack: FakeStack, logicalId: string, type: string, status: string, reason: string): void {
    const EventId = `e-${stack.id}-${stack.events.length + 1}`;
    stack.events.push({
      EventId,
      LogicalResourceId: logicalId,
      ResourceType: type,
      Status: status,
      StatusReason: reason,
      CreateTime: this.#time(),
    });
  }

  #update(call: Call, stack: FakeStack): Answer {
    if (stack.status.endsWith('_IN_PROGRESS'))
      return error(409, 'ActionInProgress', `Stack ${stack.id} already has an action in progress.`);
    if (call.TemplateBody === stack.template) return same();
    stack.template = call.TemplateBody!;
    this.begin(stack, 'UPDATE_IN_PROGRESS', this.updateEnds);
    return ok({ StackId: stack.id });
  }

  /** Without a Z, as ROS writes it. */
  #time(): string {
    return new Date(Date.parse('2026-11-25T00:00:00Z') + 1000 * ++this.#tick).toISOString().slice(0, 19);
  }
}

const same = (): Answer => error(400, 'NotSupported', 'Update the completely same stack is not supported.');
const gone = (): Answer => error(404, 'ChangeSetNotFound', 'The change set could not be found.');

const summary = (stack: FakeStack) => ({
  StackId: stack.id,
  StackName: stack.name,
  Status: stack.status,
  StatusReason: '',
  CreateTime: stack.created,
  UpdateTime: stack.updated,
  DeletionProtection: stack.protected ? 'Enabled' : 'Disabled',
});
