/** The CDK toolkit as a library: it publishes templates, makes change sets, executes them and watches. */
import type { IIoHost, IoMessage, IoRequest, StackActivity, Toolkit } from '@aws-cdk/toolkit-lib';
import type { EngineStack, OnProgress } from '../engine';
import { progressOf } from './wait';

/** How often the stack's events are asked for, ms: ten regions at once stay far below CloudFormation's limits. */
const POLL = 3000;

export interface ToolkitDeploy {
  /** Name of the change set: the run's own, so that no other run takes it for its. */
  readonly changeSetName: string;
  readonly rollback: boolean;
  /** Whether a stack that failed half-way may be rolled back first, where CloudFormation asks for it. */
  readonly mayRollBack: boolean;
}

/** Deploys one stack of a cloud assembly; whether anything changed. */
export async function toolkitDeploy(
  assembly: string,
  place: EngineStack,
  { changeSetName, rollback, mayRollBack }: ToolkitDeploy,
  progress: OnProgress,
): Promise<{ changed: boolean }> {
  const { StackSelectionStrategy, Toolkit } = await import('@aws-cdk/toolkit-lib');
  const host = new Host(progress, mayRollBack);
  const toolkit = new Toolkit({ ioHost: host, color: false, emojis: false });
  await toolkit.deploy(await source(toolkit, assembly), {
    stacks: { strategy: StackSelectionStrategy.PATTERN_MUST_MATCH_SINGLE, patterns: [place.path] },
    deploymentMethod: { method: 'change-set', changeSetName },
    rollback,
    stackEventPollingInterval: POLL,
  });
  return { changed: !host.unchanged };
}

/** @param environment `aws://<account>/<region>` */
export async function toolkitBootstrap(environment: string, qualifier: string): Promise<void> {
  const { BootstrapEnvironments, BootstrapStackParameters, Toolkit } = await import('@aws-cdk/toolkit-lib');
  const toolkit = new Toolkit({ ioHost: new Host(() => undefined, false), color: false, emojis: false });
  const parameters = BootstrapStackParameters.withExisting({ qualifier });
  await toolkit.bootstrap(BootstrapEnvironments.fromList([environment]), { parameters });
}

function source(toolkit: Toolkit, assembly: string) {
  return toolkit.fromAssemblyDirectory(assembly, { failOnMissingContext: true });
}

/** Hears events, says nothing, and answers the toolkit's questions: a person has been asked already. */
class Host implements IIoHost {
  unchanged = false;

  constructor(
    private readonly progress: OnProgress,
    private readonly mayRollBack: boolean,
  ) {}

  async notify(message: IoMessage<unknown>): Promise<void> {
    if (message.code === 'CDK_TOOLKIT_I5900') this.unchanged = (message.data as { noOp?: boolean }).noOp === true;
    if (message.code !== 'CDK_TOOLKIT_I5502') return;
    const { event } = message.data as StackActivity;
    this.progress({ ...progressOf(event), at: (event.Timestamp ?? message.time).toISOString() });
  }

  async requestResponse<T>(request: IoRequest<unknown, T>): Promise<T> {
    if (typeof request.defaultResponse !== 'boolean') return request.defaultResponse;
    // I5050: "perform a deployment with rollback"; everything else was agreed to when the deploy was.
    return (request.code === 'CDK_TOOLKIT_I5050' ? this.mayRollBack : true) as T;
  }
}
