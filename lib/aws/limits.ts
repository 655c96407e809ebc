/** Limits of AWS that the emitter checks, each with the page that states it. */

/** Resources a template. Source: AWS CloudFormation User Guide, "AWS CloudFormation quotas". */
export const RESOURCES_PER_STACK = 500;

/** Outputs a template. Source: AWS CloudFormation User Guide, "AWS CloudFormation quotas". */
export const OUTPUTS_PER_STACK = 200;

/** Bytes of a template that is uploaded to S3. Source: AWS CloudFormation User Guide, "AWS CloudFormation quotas" (1 MB). */
export const TEMPLATE_BYTES = 1_000_000;

/** Seconds that a rolling update waits for one batch. Source: CloudFormation, "UpdatePolicy attribute": PauseTime is at most PT1H. */
export const ROLLING_PAUSE_SECONDS = 3_600;

/** Seconds that a CreationPolicy waits for signals. Source: CloudFormation, "CreationPolicy attribute": Timeout is at most 12 hours. */
export const CREATION_TIMEOUT_SECONDS = 43_200;

/** Bytes of a stack policy. Source: CloudFormation API Reference, "SetStackPolicy": StackPolicyBody is at most 16,384. */
export const STACK_POLICY_BYTES = 16_384;

/** Metrics in one metric math alarm. Source: Amazon CloudWatch User Guide, "Alarm data queries": at most 10. */
export const METRICS_PER_MATH_ALARM = 10;

/** Length of a rule's description. Source: Amazon EC2 API Reference, "IpRange": at most 255, a-z A-Z 0-9 and ` ._-:/()#,@[]+=&;{}!$*`. */
export const RULE_DESCRIPTION_LENGTH = 255;

/** Length of names for people in Direct Connect. Source: CloudFormation Template Reference, "AWS::DirectConnect::DirectConnectGateway" (pattern). */
export const DIRECT_CONNECT_NAME_LENGTH = 100;

/** Bytes of user-data before base64. Source: Amazon EC2 User Guide, "Work with instance user data" (16 KB, raw). */
export const USER_DATA_BYTES = 16_384;
