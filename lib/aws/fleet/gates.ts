/** Gates between members. */
import { createHash } from 'node:crypto';
import { GATED_PROPERTIES } from '../../facts/aws/updates';
import { memberId } from '../names';
import { isoSeconds, type TemplateResource } from '../template';

/** Hex digits of the digest in a gate's id: 2^40, and two gates of one member must meet to be mistaken. */
const DIGITS = 10;

/**
 * Logical id of a member's gate. It holds a hash of every property whose change interrupts the instance, so that such a
 * change makes a new gate, which waits for a new signal; any other change leaves the gate that has been passed.
 *
 * @param properties what the instance is emitted with
 * @param sent digest of the user-data that the instance gets
 */
export function gateId(number: number, instanceId: string, properties: Readonly<Record<string, unknown>>, sent: string): string {
  const hash = createHash('sha256').update(instanceId);
  for (const name of GATED_PROPERTIES) {
    const value = name === 'UserData' ? sent : properties[name];
    if (value !== undefined) hash.update(`\n${name}=${JSON.stringify(value)}`);
  }
  return memberId.gate(number, hash.digest('hex').slice(0, DIGITS));
}

/**
 * A wait condition without a handle: with a CreationPolicy it waits for `SignalResource`, which a host calls with its own
 * role. Source: CloudFormation Template Reference, "CreationPolicy attribute" (supported for AWS::CloudFormation::WaitCondition).
 */
export function gate(instanceId: string, timeoutSeconds: number): TemplateResource {
  return {
    Type: 'AWS::CloudFormation::WaitCondition',
    DependsOn: [instanceId],
    CreationPolicy: { ResourceSignal: { Count: 1, Timeout: isoSeconds(timeoutSeconds) } },
  };
}

/** What the host reads from its tag `meissa:gate`: `<StackName>/<LogicalId>`. */
export function gateTag(stackName: string, logicalId: string): string {
  return `${stackName}/${logicalId}`;
}

/** Key of that tag. */
export const GATE_TAG = 'meissa:gate';
