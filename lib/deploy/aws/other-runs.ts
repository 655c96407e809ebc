/** Change sets of other runs: who else is deploying, and what those that died left behind. */
import { type CloudFormationClient, DeleteChangeSetCommand, ListChangeSetsCommand } from '@aws-sdk/client-cloudformation';
import { DeployError } from '../deploy-error';
import type { EngineStack } from '../engine';
import { LEASE_TIMES, LOOK_AGAIN, whoIs } from '../lease/lease';
import { type DeployRun, lifeOfNamed, type NamedRun, runOfChangeSet } from '../lease/run';
import { describe } from './wait';

/** What no run of ours needs any more, whichever machine made it, milliseconds: none deploys a stack for longer. */
const OLD = 24 * 3_600_000;

interface OtherSet {
  readonly name: string;
  readonly run: NamedRun;
  /** Milliseconds since the run began. */
  readonly age: number;
}

/**
 * Refuses where another run that may live works on the stack: by the change set that is being executed, or one that waits. Runs keep each
 * other out by their leases; this is for those that may not write one.
 *
 * @throws DeployError DEPLOYING_ALREADY
 */
export async function refuseOtherRuns(client: CloudFormationClient, place: EngineStack, own: DeployRun): Promise<void> {
  const stack = await describe(client, place.name);
  if (stack === undefined) return;
  const { ChangeSetId: executed, StackStatus: status = '' } = stack;
  const working = status.endsWith('_IN_PROGRESS') && executed !== undefined ? runOfChangeSet(nameIn(executed)) : undefined;
  if (working !== undefined && working.id !== own.id && lifeOfNamed(working) === 'lives')
    throw refused(place, working, `${place.name} is ${status}`);
  for (const { name, run, age } of await others(client, place, own)) {
    const life = lifeOfNamed(run);
    if (life === 'lives' || (life === 'elsewhere' && age < LEASE_TIMES.runsOut))
      throw refused(place, run, `its change set ${name} waits on ${place.name}`);
  }
}

function refused({ path }: EngineStack, run: NamedRun, how: string): DeployError {
  return new DeployError(
    'DEPLOYING_ALREADY',
    `${path}: ${whoIs(run)} (${how}); nothing was touched`,
    `wait until it has ended, then ${LOOK_AGAIN}`,
  );
}

/** Deletes change sets of runs that are certainly dead, or so old that they must be: a stack has room for few. */
export async function clearLeftovers(client: CloudFormationClient, place: EngineStack, own: DeployRun): Promise<void> {
  for (const { name, run, age } of await others(client, place, own))
    if (lifeOfNamed(run) === 'gone' || age > OLD) await deleteChangeSet(client, place.name, name);
}

export async function deleteChangeSet(client: CloudFormationClient, stack: string, name: string): Promise<void> {
  await client.send(new DeleteChangeSetCommand({ StackName: stack, ChangeSetName: name }));
}

/** Change sets that other runs of ours made; none where the credentials may not list them (the role of `cdk bootstrap` may not). */
async function others(client: CloudFormationClient, { name: stack }: EngineStack, own: DeployRun): Promise<OtherSet[]> {
  const found: OtherSet[] = [];
  let NextToken: string | undefined;
  do {
    const page = await list(client, stack, NextToken);
    for (const { ChangeSetName: name = '' } of page?.Summaries ?? []) {
      const run = runOfChangeSet(name);
      if (run !== undefined && run.id !== own.id) found.push({ name, run, age: Date.now() - Date.parse(run.since) });
    }
    NextToken = page?.NextToken;
  } while (NextToken !== undefined);
  return found;
}

async function list(client: CloudFormationClient, StackName: string, NextToken?: string) {
  try {
    return await client.send(new ListChangeSetsCommand({ StackName, ...(NextToken === undefined ? {} : { NextToken }) }));
  } catch (error) {
    const { name, message } = error as Error;
    if (/AccessDenied/.test(name) || (name === 'ValidationError' && /does not exist/.test(message))) return undefined;
    throw error;
  }
}

/** `arn:aws:cloudformation:<region>:<account>:changeSet/<name>/<uuid>`. */
function nameIn(id: string): string {
  return id.split('/')[1] ?? '';
}
