/** What a stack engine does when a service did what it was asked for, and the answer never came. */
export interface Unanswered {
  /** How long it waits for the answer. */
  readonly seconds: number;
  /** It asks again with its token, and is told what was made; otherwise it fails. */
  readonly asksAgain: boolean;
}

/**
 * "A create handler MUST always return a ProgressEvent object within 60 seconds", and MUST NOT create a second resource for the same token
 * (CloudFormation, "Resource type handler contract").
 */
const HANDLER: Unanswered = { seconds: 60, asksAgain: true };

/** Who answers for a custom resource is asked once ("ServiceTimeout": 3600 seconds by default; AWS::CloudFormation::CustomResource). */
const CUSTOM: Unanswered = { seconds: 3600, asksAgain: false };

export const awsUnanswered = (type: string): Unanswered =>
  type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource' ? CUSTOM : HANDLER;

/** ROS passes a ClientToken ("How to ensure idempotence", ECS and VPC); the wait is an ESTIMATE of 2026-11. */
export const rosUnanswered = (_type: string): Unanswered => ({ seconds: 30, asksAgain: true });
