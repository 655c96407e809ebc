/** Watches operations that somebody else started, or that the toolkit does not watch. */
import {
  type CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type Stack,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { withoutRequest } from '../../encode/echoed-request';
import type { OnProgress } from '../engine';

/** Pause between two questions, ms. */
const PAUSE = 2000;

/** @returns undefined where no stack of that name stands */
export async function describe(client: CloudFormationClient, name: string): Promise<Stack | undefined> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks?.[0];
  } catch (error) {
    // The one answer that CloudFormation has for "there is none" is a general one.
    if (error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

/** Waits until no operation goes on; passes on the events meanwhile. */
export async function settled(client: CloudFormationClient, name: string, progress: OnProgress): Promise<Stack | undefined> {
  let seen: string | undefined;
  let stack = await describe(client, name);
  // After a deletion a stack is only found by its id.
  const id = stack?.StackId ?? name;
  while (stack !== undefined && isBusy(stack.StackStatus)) {
    seen = await passOn(client, id, seen, progress);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    stack = await describe(client, id);
  }
  if (seen !== undefined) await passOn(client, id, seen, progress);
  return stack;
}

function isBusy(status: string | undefined): boolean {
  return status?.endsWith('_IN_PROGRESS') === true && status !== 'REVIEW_IN_PROGRESS';
}

/** Events after the one seen last, oldest first; returns the newest. The first call only takes its place. */
async function passOn(client: CloudFormationClient, name: string, seen: string | undefined, progress: OnProgress) {
  const { StackEvents: page = [] } = await client.send(new DescribeStackEventsCommand({ StackName: name }));
  const until = seen === undefined ? 0 : page.findIndex((event) => event.EventId === seen);
  for (const event of page.slice(0, until === -1 ? page.length : until).reverse()) progress(progressOf(event));
  return page[0]?.EventId;
}

export function progressOf(event: StackEvent) {
  return {
    at: (event.Timestamp ?? new Date(0)).toISOString(),
    logicalId: event.LogicalResourceId ?? '',
    type: event.ResourceType ?? '',
    status: event.ResourceStatus ?? '',
    ...(event.ResourceStatusReason === undefined ? {} : { reason: withoutRequest(event.ResourceStatusReason) }),
  };
}
