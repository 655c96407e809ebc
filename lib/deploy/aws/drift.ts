/** CloudFormation's own drift detection. Source: AWS CloudFormation, "Detecting unmanaged configuration changes". */
import {
  type CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  type StackResourceDrift,
} from '@aws-sdk/client-cloudformation';
import { DeployError } from '../deploy-error';
import type { DriftedResource } from '../engine';

/** Pause between two questions, ms. */
const PAUSE = 1500;

/** Times that a detection is begun: together a minute. */
const TRIES = 10;

export async function detectDrift(client: CloudFormationClient, name: string): Promise<DriftedResource[]> {
  const id = await begun(client, name);
  for (;;) {
    const answer = await client.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId: id }));
    if (answer.DetectionStatus === 'DETECTION_COMPLETE') break;
    // What could be looked at is told all the same; a stack of which nothing could be looked at is an error.
    if (answer.DetectionStatus === 'DETECTION_FAILED') {
      if ((answer.DriftedStackResourceCount ?? 0) > 0) break;
      throw new DeployError(
        'DRIFT_UNKNOWN',
        `drift of ${name} could not be detected: ${answer.DetectionStatusReason ?? 'no reason given'}`,
        'run again when the stack is complete',
      );
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  const drifted: DriftedResource[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new DescribeStackResourceDriftsCommand({
        StackName: name,
        StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'],
        ...(NextToken === undefined ? {} : { NextToken }),
      }),
    );
    drifted.push(...(page.StackResourceDrifts ?? []).filter(isDrift).map(driftedResource));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return drifted;
}

/** One at a time of a stack: that of somebody else is waited for. Source: AWS CloudFormation, "DetectStackDrift". */
async function begun(client: CloudFormationClient, name: string): Promise<string | undefined> {
  for (let tried = 1; ; tried++) {
    try {
      return (await client.send(new DetectStackDriftCommand({ StackName: name }))).StackDriftDetectionId;
    } catch (error) {
      if (tried >= TRIES || !/already in progress/i.test((error as Error).message)) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE * 4));
    }
  }
}

/** The filter is a wish: an emulator may answer with every resource. */
function isDrift({ StackResourceDriftStatus: status }: StackResourceDrift): boolean {
  return status === 'MODIFIED' || status === 'DELETED';
}

function driftedResource(drift: StackResourceDrift): DriftedResource {
  return {
    logicalId: drift.LogicalResourceId ?? '',
    type: drift.ResourceType ?? '',
    ...(drift.PhysicalResourceId === undefined ? {} : { physicalId: drift.PhysicalResourceId }),
    drift: drift.StackResourceDriftStatus === 'DELETED' ? 'deleted' : 'modified',
    differences: (drift.PropertyDifferences ?? []).map((difference) => ({
      property: (difference.PropertyPath ?? '').replace(/^\//, '').replaceAll('/', '.'),
      ...(difference.ExpectedValue === undefined ? {} : { expected: difference.ExpectedValue }),
      ...(difference.ActualValue === undefined ? {} : { actual: difference.ActualValue }),
    })),
  };
}
