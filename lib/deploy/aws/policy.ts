/** A stack's policy: set before every update, so that what an update may not do is known to CloudFormation when it begins. */
import { readFileSync } from 'node:fs';
import { type CloudFormationClient, GetStackPolicyCommand, SetStackPolicyCommand } from '@aws-sdk/client-cloudformation';
import type { DeployStack } from '../engine';

export function wantedPolicy(stack: Pick<DeployStack, 'policy'>): string | undefined {
  return stack.policy === undefined ? undefined : readFileSync(stack.policy, 'utf8').trim();
}

/** Whether the stack has the policy that it should have; a stack that should have none is left as it is. */
export async function hasPolicy(client: CloudFormationClient, stack: DeployStack): Promise<boolean> {
  const wanted = wantedPolicy(stack);
  if (wanted === undefined) return true;
  const { StackPolicyBody: stands } = await client.send(new GetStackPolicyCommand({ StackName: stack.name }));
  return stands !== undefined && sameJson(stands, wanted);
}

/**
 * Sets the policy of a stack that stands. The role that `cdk bootstrap` makes for who deploys may not
 * (its rights hold no `cloudformation:SetStackPolicy`), so that this is a warning with the way on, not a failure.
 *
 * @returns a warning where it could not be set
 */
export async function setPolicy(client: CloudFormationClient, stack: DeployStack): Promise<string | undefined> {
  try {
    if (await hasPolicy(client, stack)) return undefined;
    await client.send(new SetStackPolicyCommand({ StackName: stack.name, StackPolicyBody: wantedPolicy(stack) }));
    return undefined;
  } catch (error) {
    if (!/AccessDenied|UnauthorizedOperation/.test((error as Error).name)) throw error;
    return `${stack.path} has no stack policy: these credentials lack cloudformation:SetStackPolicy. meissa synth, then: aws cloudformation set-stack-policy --region ${stack.cloudRegion} --stack-name ${stack.name} --stack-policy-body file://cdk.out/stack-policies/${stack.name}.json`;
  }
}

export function sameJson(a: string, b: string): boolean {
  try {
    return JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b));
  } catch {
    return a === b;
  }
}
