/** What happened to a stack since a call of the function looked at it: all that tells a later call what an earlier one began. */
import { begins, type RosClient, type StackEvent } from '../../ros-client';

const PAGE = 50;

/** Id of the last that happened. @default - nothing yet */
export async function markOf(ros: RosClient, stackId: string): Promise<string | undefined> {
  return (await ros.listStackEvents(stackId, 1, 1))[0]?.id;
}

/** Oldest first. @param mark what came before isn't told @default - all of it */
export async function eventsSince(ros: RosClient, stackId: string, mark?: string): Promise<StackEvent[]> {
  const found: StackEvent[] = [];
  for (let page = 1; ; page++) {
    const events = await ros.listStackEvents(stackId, page, PAGE);
    const end = mark === undefined ? -1 : events.findIndex((event) => event.id === mark);
    found.push(...(end === -1 ? events : events.slice(0, end)));
    if (end !== -1 || events.length < PAGE) return found.reverse();
  }
}

/** The stack itself has begun something: what an earlier call asked for. */
export const hasBegun = (events: readonly StackEvent[]): boolean => events.some(begins);
