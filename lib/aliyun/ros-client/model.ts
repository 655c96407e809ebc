/** What ROS says and is told, by our names; every type is what one call gives or takes. */

/** A stack as `ListStacks` shows it. */
export interface StackSummary {
  readonly stackId: string;
  readonly name: string;
  /** `CREATE_COMPLETE`; see `status.ts`. */
  readonly status: string;
  readonly statusReason: string;
  readonly created?: Date;
  readonly updated?: Date;
  readonly deletionProtection: boolean;
}

/** A stack as `GetStack` shows it. */
export interface Stack extends StackSummary {
  readonly parameters: Readonly<Record<string, string>>;
  /** Empty when they weren't asked for. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly ramRoleName?: string;
  readonly disableRollback: boolean;
  /** What another product said when the last operation failed. */
  readonly operation?: {
    readonly code: string;
    readonly message: string;
    readonly logicalId?: string;
    readonly requestId?: string;
  };
}

/** Something that happened to a resource, or to the stack itself. */
export interface StackEvent {
  readonly id: string;
  readonly time?: Date;
  readonly logicalId: string;
  readonly physicalId?: string;
  /** `ALIYUN::ECS::Instance`; `ALIYUN::ROS::Stack` for the stack itself. */
  readonly type: string;
  /** `CREATE_IN_PROGRESS`. */
  readonly status: string;
  readonly reason: string;
}

/** A resource of a stack. */
export interface StackResource {
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  /** `IN_SYNC`, `MODIFIED`, `DELETED`, `NOT_CHECKED`. */
  readonly driftStatus?: string;
}

/** What is deployed as one stack. */
export interface StackRequest {
  readonly name: string;
  /** The template itself: 1 to 524,288 bytes (ROS, "CreateStack"). */
  readonly template: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** At most 20. */
  readonly tags?: Readonly<Record<string, string>>;
  /** 10 to 1440. @default 60 */
  readonly timeoutMinutes?: number;
  /** A failed create is left as it stands. @default false */
  readonly disableRollback?: boolean;
  /** The stack can't be deleted while this stands. @default false */
  readonly deletionProtection?: boolean;
  /** Role that ROS works with, for this and all later operations. @default - the caller's own permissions */
  readonly ramRoleName?: string;
  /** 1 to 16,384 bytes. @default - what the stack has */
  readonly stackPolicy?: string;
  /** How many resources are worked on at once; ROS remembers it. @default - as last time, or no limit */
  readonly parallelism?: number;
  /** Logical ids of resources that may be deleted and created anew, as shown to and agreed by a person. @default - none */
  readonly replace?: readonly string[];
}

/** `CREATE` makes the stack itself (REVIEW_IN_PROGRESS until it is executed). */
export type ChangeSetType = 'CREATE' | 'UPDATE';

/** A change set and what it would do. */
export interface ChangeSet {
  readonly changeSetId: string;
  readonly name: string;
  readonly stackId: string;
  readonly stackName: string;
  /** `CREATE_PENDING`, `CREATE_IN_PROGRESS`, `CREATE_COMPLETE`, `CREATE_FAILED`. */
  readonly status: string;
  readonly statusReason: string;
  /** `AVAILABLE`, `UNAVAILABLE`, `EXECUTE_IN_PROGRESS`, `EXECUTE_COMPLETE`, `EXECUTE_FAILED`, `OBSOLETE`. */
  readonly executionStatus: string;
  readonly changes: readonly ResourceChange[];
}

/** What a change set would do to one resource. */
export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove' | string;
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  /** Deleted and created anew: yes, no, or only ROS will know. */
  readonly replacement: 'True' | 'False' | 'Conditional';
}

/** How far a look for drift has come. */
export interface DriftDetection {
  /** `DETECTION_IN_PROGRESS`, `DETECTION_COMPLETE`, `DETECTION_FAILED`: at least one resource couldn't be looked at. */
  readonly status: string;
  readonly reason: string;
  /** `DRIFTED`, `IN_SYNC`, `NOT_CHECKED`. */
  readonly stackStatus: string;
  readonly driftedResources: number;
}

/** One resource that isn't as its template says. */
export interface ResourceDrift {
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  /** `MODIFIED`, `DELETED`, `IN_SYNC`, `NOT_CHECKED`. */
  readonly status: string;
  readonly differences: readonly PropertyDrift[];
}

/** One property of it. */
export interface PropertyDrift {
  /** `/Tags/0/Value`. */
  readonly path: string;
  /** `ADD`, `REMOVE`, `NOT_EQUAL`. */
  readonly kind: string;
  readonly expected: string;
  readonly actual: string;
}
