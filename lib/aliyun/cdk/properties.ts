/** What the custom resource is told: written by the construct, read by the handler. CloudFormation passes texts, lists and maps. */

/** A file in the assets' bucket, under its content's digest. */
export interface FileProperty {
  readonly Bucket: string;
  readonly Key: string;
  /** SHA-256, hex. */
  readonly Digest: string;
}

export interface RosStackProperties {
  readonly Region: string;
  /** ROS's name of the stack. */
  readonly StackName: string;
  /** UID that the access key must belong to. @default - not checked */
  readonly Account?: string;
  readonly Template: FileProperty;
  readonly Parameters?: Readonly<Record<string, string>>;
  /** Parameters whose values are read from other stacks of ROS right before this one is applied. */
  readonly ParametersFrom?: Readonly<Record<string, OutputProperty>>;
  readonly Tags?: Readonly<Record<string, string>>;
  readonly TimeoutMinutes: string;
  /** `true` or `false`. */
  readonly DisableRollback: string;
  /** `true` or `false`. */
  readonly DeletionProtection: string;
  readonly Configurations?: readonly ConfigurationProperty[];
  /** Logical ids of instances whose source/destination check is switched off. */
  readonly OpenInstances?: readonly string[];
  /** Logical ids of security groups whose hosts reach each other by rule only. */
  readonly IsolatedGroups?: readonly string[];
  /** Border routers whose BFD is set. */
  readonly BorderRouters?: readonly BorderRouterProperty[];
  /** Names of outputs that become attributes. */
  readonly Outputs?: readonly string[];
  /** How a person rolls members' configuration: `meissa deploy cn-beijing`. */
  readonly RollCommand: string;
  /** For who reads `cdk diff`; the handler doesn't. */
  readonly Contents?: Readonly<Record<string, unknown>>;
}

export interface OutputProperty {
  /** ROS's name of the stack. */
  readonly Stack: string;
  readonly Region: string;
  readonly Output: string;
}

/** A fleet's configuration. */
export interface ConfigurationProperty {
  /** `<cluster>/<fleet>`. */
  readonly Fleet: string;
  readonly Bucket: string;
  /** @default - elastic: its hosts' user-data names the digest */
  readonly ManifestKey?: string;
  readonly ObjectKey: string;
  readonly Text: FileProperty;
}

/** BFD of a border router; times in milliseconds. */
export interface BorderRouterProperty {
  /** Logical id. */
  readonly Resource: string;
  readonly MinTxInterval: string;
  readonly MinRxInterval: string;
  readonly DetectMultiplier: string;
}

/** Attributes that every stack has beside its outputs. */
export const ATTRIBUTES = { stackId: 'StackId', configurationDue: 'ConfigurationDue' } as const;

/** What `ConfigurationDue` says when none is. */
export const NOTHING_DUE = 'none';
