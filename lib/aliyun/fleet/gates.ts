/** Gates between the members of a quorum fleet. */
import { createHash } from 'node:crypto';
import { memberId } from '../names';
import { type Intrinsic, join, type RosResourceJson, ref, resource, STACK_ID } from '../ros';
import { INTERRUPTING_INSTANCE_PROPERTIES } from './interrupting-properties';

/** Hex digits of the digest in a gate's id. */
const DIGITS = 12;

/**
 * Digest of a gate: of every property whose change interrupts the instance, so that such a change makes a new gate, which waits for a
 * new signal; any other change leaves the gate that has been passed.
 */
export function gateDigest(instanceId: string, properties: Readonly<Record<string, unknown>>): string {
  const hash = createHash('sha256').update(instanceId);
  for (const name of INTERRUPTING_INSTANCE_PROPERTIES) {
    const value = properties[name];
    if (value !== undefined) hash.update(`\n${name}=${JSON.stringify(value)}`);
  }
  return hash.digest('hex').slice(0, DIGITS);
}

/**
 * A handle that the host signals by `SignalResource` with its own role, and a condition that waits for that. Never by the handle's own
 * curl command: it holds a token, and would stand in user-data.
 *
 * @param after the instance and what it needs to be well
 */
export function gate(
  number: number,
  digest: string,
  after: readonly string[],
  timeoutSeconds: number,
): Record<string, RosResourceJson> {
  const handle = memberId.handle(number, digest);
  return {
    [handle]: resource('ALIYUN::ROS::WaitConditionHandle', { Count: 1 }),
    [memberId.gate(number, digest)]: resource(
      'ALIYUN::ROS::WaitCondition',
      { Count: 1, Handle: ref(handle), Timeout: timeoutSeconds },
      { dependsOn: after },
    ),
  };
}

/** What the host reads from its tag `meissa:gate`: `<stack id>/<logical id of the handle>`. */
export function gateTag(number: number, digest: string): Intrinsic {
  return join('/', [STACK_ID, memberId.handle(number, digest)]);
}
