/**
 * Puts a stack back to what its own template says, by a change set that knows drift. Source: AWS CloudFormation, "Using drift-aware change
 * sets" (DeploymentMode REVERT_DRIFT). The template, parameters and tags are those that stand: a description that has changed meanwhile is
 * no part of it.
 */
import {
  type Change,
  type CloudFormationClient,
  CreateChangeSetCommand,
  DescribeChangeSetCommand,
  type DescribeChangeSetCommandOutput,
  ExecuteChangeSetCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { DeployError } from '../deploy-error';
import type { DriftedResource, EngineStack, OnProgress } from '../engine';
import { changeSetName, type DeployRun } from '../lease/run';
import { deleteChangeSet } from './other-runs';
import { describe, settled } from './wait';

/** Pause between two questions, ms. */
const PAUSE = 1500;

export interface Revert {
  readonly run: DeployRun;
  readonly drifted: readonly DriftedResource[];
  /** A failure leaves it as it is: voters are not touched twice. */
  readonly disableRollback: boolean;
  readonly hold?: () => Promise<void>;
}

export async function revertDrift(
  client: CloudFormationClient,
  place: EngineStack,
  { run, drifted, disableRollback, hold }: Revert,
  progress: OnProgress,
): Promise<void> {
  const name = changeSetName(run);
  const stack = await describe(client, place.name);
  if (stack === undefined)
    throw new DeployError('STACK_ABSENT', `${place.path} does not stand`, `meissa deploy ${place.path.split('/')[0]}`);
  await hold?.();
  await client.send(
    new CreateChangeSetCommand({
      StackName: place.name,
      ChangeSetName: name,
      ChangeSetType: 'UPDATE',
      DeploymentMode: 'REVERT_DRIFT',
      UsePreviousTemplate: true,
      Parameters: previous(stack),
      Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    }),
  );
  try {
    const { Status, StatusReason, changes } = await made(client, place, name);
    if (Status !== 'CREATE_COMPLETE')
      throw new DeployError(
        'REPAIR_REFUSED',
        `${place.path}: CloudFormation puts nothing back: ${StatusReason ?? Status}`,
        byHand(place, drifted),
      );
    refuseOthers(place, changes, drifted);
    await hold?.();
    await client.send(
      new ExecuteChangeSetCommand({ StackName: place.name, ChangeSetName: name, DisableRollback: disableRollback }),
    );
  } catch (error) {
    await deleteChangeSet(client, place.name, name).catch(() => undefined);
    throw error;
  }
  const failed: string[] = [];
  const after = await settled(client, stack.StackId ?? place.name, (event) => {
    if (event.status.endsWith('_FAILED') && event.type !== 'AWS::CloudFormation::Stack')
      failed.push(`${event.logicalId}: ${event.reason ?? event.status}`);
    progress(event);
  });
  if (after?.StackStatus === 'UPDATE_COMPLETE') return;
  throw new DeployError(
    'REPAIR_FAILED',
    `${place.path} is ${after?.StackStatus ?? 'gone'}: ${[...new Set(failed)].slice(0, 5).join('; ') || (after?.StackStatusReason ?? 'no reason given')}`,
    byHand(place, drifted),
  );
}

const previous = ({ Parameters = [] }: Stack) => Parameters.map(({ ParameterKey }) => ({ ParameterKey, UsePreviousValue: true }));

/** What CloudFormation doesn't put back for a member has a way of its own. */
function byHand({ path }: EngineStack, drifted: readonly DriftedResource[]): string {
  const gone = drifted.some(({ type, drift }) => type === 'AWS::EC2::Instance' && drift === 'deleted');
  const region = path.split('/')[0];
  return gone
    ? 'a member that is gone comes back in two deploys as well: meissa replace <host>; everything else: set it back by hand as meissa drift says it, then look again'
    : `set it back by hand as meissa drift ${region} says it, then look again`;
}

/** Nothing else than what was shown, and what follows from its new id; nothing that stands is replaced. */
function refuseOthers({ path }: EngineStack, changes: readonly Change[], drifted: readonly DriftedResource[]): void {
  const deleted = new Set(drifted.filter(({ drift }) => drift === 'deleted').map(({ logicalId }) => logicalId));
  const replaced = changes.flatMap(({ ResourceChange: change }) => {
    const { LogicalResourceId: id = '', Action, Replacement } = change ?? {};
    const loses = Action === 'Remove' || (Action === 'Modify' && Replacement === 'True' && !deleted.has(id));
    return loses ? [id] : [];
  });
  if (replaced.length === 0) return;
  throw new DeployError(
    'REPAIR_REPLACES',
    `${path}: putting it back would replace ${replaced.join(', ')}; nothing was touched`,
    'set it back by hand, or describe it as it is now, and deploy',
  );
}

async function made(client: CloudFormationClient, place: EngineStack, name: string) {
  for (;;) {
    const changes: Change[] = [];
    let page: DescribeChangeSetCommandOutput | undefined;
    do {
      const NextToken = page?.NextToken;
      page = await client.send(
        new DescribeChangeSetCommand({
          StackName: place.name,
          ChangeSetName: name,
          ...(NextToken === undefined ? {} : { NextToken }),
        }),
      );
      changes.push(...(page.Changes ?? []));
    } while (page.NextToken !== undefined);
    if (!/_(PENDING|IN_PROGRESS)$/.test(page.Status ?? '')) return { ...page, changes };
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
