import type { Json, JsonObject } from './json';

/** What a resource of a stack is, as the engine remembers it. */
export interface StackResource {
  logicalId: string;
  type: string;
  physicalId: string;
  /** What `Ref` gives. */
  ref: string;
  /** What `Fn::GetAtt` gives. */
  attributes: Record<string, Json>;
  /** Properties as they were last applied, with nothing left to evaluate. */
  properties: JsonObject;
  /** Properties that an update which failed tried to apply: a rollback can't know how far it came. */
  attempted?: JsonObject;
  /** The stack's tags as they were last applied to it. */
  stackTags: Record<string, string>;
  /** Its UpdatePolicy, evaluated: a rollback goes by it too. */
  updatePolicy?: JsonObject;
  metadata?: Json;
  deletionPolicy: string;
  updateReplacePolicy: string;
  /** Logical ids it was made after. */
  after: string[];
  status: string;
  reason?: string;
  changed: string;
}

/** One line of a stack's history. */
export interface StackEvent {
  id: string;
  operation: string;
  logicalId: string;
  physicalId: string;
  type: string;
  status: string;
  reason?: string;
  properties?: string;
  time: string;
  token?: string;
}

/** An output. */
export interface Output {
  key: string;
  value: string;
  /** The value where it isn't a text. */
  json?: Json;
  description?: string;
  exportName?: string;
}

/** What a stack was before an update began: what a rollback goes back to. */
export interface Snapshot {
  template: string;
  parameters: Record<string, string>;
  resolved: Record<string, string>;
  tags: Record<string, string>;
  description?: string;
  resources: Record<string, StackResource>;
  outputs: Output[];
  imports: string[];
}

/** One change of a change set, as `DescribeChangeSet` tells it. */
export interface Change {
  action: 'Add' | 'Modify' | 'Remove';
  logicalId: string;
  physicalId?: string;
  type: string;
  replacement?: 'True' | 'False' | 'Conditional';
  policyAction?: string;
  scope: string[];
  details: ChangeDetail[];
  /** How it had drifted, in a change set that puts drift back. */
  drift?: ResourceDrift['status'];
  /** Whole contexts, before and after. */
  before?: string;
  after?: string;
}

/** One property of a change. */
export interface ChangeDetail {
  attribute: string;
  name?: string;
  recreation: 'Never' | 'Conditionally' | 'Always';
  evaluation: 'Static' | 'Dynamic';
  source: string;
  cause?: string;
  before?: string;
  after?: string;
}

/** A change set. */
export interface ChangeSet {
  id: string;
  name: string;
  type: string;
  status: string;
  reason?: string;
  execution: string;
  created: string;
  description?: string;
  template: string;
  parameters: Record<string, string>;
  tags: Record<string, string>;
  capabilities: string[];
  notificationArns: string[];
  roleArn?: string;
  disableRollback?: boolean;
  /** Properties that can't be changed may replace their resource (ROS's ReplacementOption). */
  replacements?: boolean;
  /** It puts back what was changed behind the stack's back too (CloudFormation's DeploymentMode). */
  revertDrift?: boolean;
  parallelism?: number;
  timeout?: number;
  changes: Change[];
}

/** A drift of one resource. */
export interface ResourceDrift {
  logicalId: string;
  physicalId: string;
  type: string;
  status: 'IN_SYNC' | 'MODIFIED' | 'DELETED' | 'NOT_CHECKED';
  expected?: string;
  actual?: string;
  differences: { path: string; expected: string; actual: string; type: string }[];
  time: string;
}

/** A stack. */
export interface Stack {
  id: string;
  /** Its own type, in its history. */
  type: string;
  name: string;
  account: string;
  region: string;
  status: string;
  reason?: string;
  created: string;
  updated?: string;
  deleted?: string;
  template: string;
  description?: string;
  /** Parameter values as given. */
  parameters: Record<string, string>;
  /** Values of parameters that stand for something else, as they were read. */
  resolved: Record<string, string>;
  tags: Record<string, string>;
  capabilities: string[];
  notificationArns: string[];
  roleArn?: string;
  disableRollback: boolean;
  terminationProtection: boolean;
  policy?: string;
  mode: string;
  /** At most so many resources at once; undefined: no limit. */
  parallelism?: number;
  /** Its time limit, minutes. */
  timeout?: number;
  notificationUrls?: string[];
  resources: Record<string, StackResource>;
  outputs: Output[];
  /** Exports it reads. */
  imports: string[];
  events: StackEvent[];
  changeSets: Record<string, ChangeSet>;
  /** The change set that was executed last. */
  changeSetId?: string;
  /** What replacements left behind while rollback was off. */
  leftovers?: StackResource[];
  /** The last state that was whole; kept while an update is open or has failed without rollback. */
  before?: Snapshot;
  drifts: Record<string, ResourceDrift>;
  driftId?: string;
  /** Of detections before it: whoever began one may still ask for it. */
  driftIdsBefore?: string[];
  driftStatus?: string;
  driftTime?: string;
}

/** Where stacks stand: one region of one account. */
export interface Place {
  account: string;
  name: string;
  stacks: Record<string, Stack>;
}

/** The stacks of a place that exist. */
export const liveStacks = (place: Place): Stack[] => Object.values(place.stacks).filter((s) => s.status !== 'DELETE_COMPLETE');

/** What a stack operation says about one parameter. */
export interface ParameterInput {
  key: string;
  value?: string;
  usePrevious?: boolean;
}

/** What a create or an update is asked for. */
export interface StackRequest {
  name: string;
  body: string;
  parameters: ParameterInput[];
  tags?: Record<string, string>;
  capabilities: string[];
  notificationArns?: string[];
  roleArn?: string;
  disableRollback?: boolean;
  terminationProtection?: boolean;
  policy?: string;
  token?: string;
  /** At most so many resources at once; kept for later operations. */
  parallelism?: number;
  /** Its time limit, minutes. */
  timeout?: number;
  notificationUrls?: string[];
  /** Properties that can't be changed may replace their resource; the default is the dialect's. */
  replacements?: boolean;
  /** Puts back what was changed behind the stack's back too. */
  revertDrift?: boolean;
}
