import type { RosClient } from './client';
import type { ResourceDrift } from './model';
import type { Watching } from './settle';

/** What a look for drift found. */
export interface StackDrift {
  readonly status: 'IN_SYNC' | 'DRIFTED' | 'NOT_CHECKED' | string;
  /** Why some resources couldn't be looked at. @default - all could that support it */
  readonly incomplete?: string;
  readonly drifts: readonly ResourceDrift[];
}

/** Asks ROS to compare a stack with its resources and waits for what it finds; types without drift detection aren't looked at. */
export async function stackDrift(client: RosClient, stackId: string, watching: Watching = {}): Promise<StackDrift> {
  const detection = await client.detectStackDrift(stackId);
  for (let wait = watching.firstMs ?? 1000; ; wait = Math.min(wait * 1.5, watching.longestMs ?? 10_000)) {
    const found = await client.getStackDriftDetectionStatus(detection);
    if (found.status !== 'DETECTION_IN_PROGRESS') {
      return {
        status: found.stackStatus,
        ...(found.status === 'DETECTION_FAILED' ? { incomplete: found.reason || 'ROS does not say why' } : {}),
        drifts: await client.listStackResourceDrifts(stackId),
      };
    }
    await client.rpc.clock.sleep(Math.round(wait));
  }
}
