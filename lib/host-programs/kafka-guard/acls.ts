/** Who may do what besides the super users, which are the region's brokers and controllers. */
import type { GuardConfiguration } from './configuration';

/** What every host of a role may do. */
export interface Grant {
  /** As Kafka names it after the certificate: `<region>.<role>`. */
  readonly principal: string;
  readonly resource: 'TOPIC' | 'GROUP' | 'CLUSTER' | 'TRANSACTIONAL_ID';
  /** `*`: any. */
  readonly name: string;
  readonly operations: readonly Operation[];
}

export type Operation =
  | 'READ'
  | 'WRITE'
  | 'CREATE'
  | 'ALTER'
  | 'DESCRIBE'
  | 'DESCRIBE_CONFIGS'
  | 'ALTER_CONFIGS'
  | 'IDEMPOTENT_WRITE';

/** Kafka's name of the cluster as a resource. */
const CLUSTER = { resource: 'CLUSTER', name: 'kafka-cluster' } as const;

/**
 * Front ends write the region's topics and read nothing. Mirrors of the region that collects read everything here and write nothing; where topics
 * end, the region's own mirrors make and write the topics that they carry, their offsets and their groups (Kafka, "Authorization and ACLs").
 */
export function plannedGrants({ region, into, topics }: Pick<GuardConfiguration, 'region' | 'into' | 'topics'>): Grant[] {
  const frontEnd = `${region}.front-end`;
  const mirror = `${into || region}.kafka-mirror`;
  const read: Operation[] = ['READ', 'DESCRIBE', 'DESCRIBE_CONFIGS'];
  return [
    ...topics.map(({ name }): Grant => ({ principal: frontEnd, resource: 'TOPIC', name, operations: ['WRITE', 'DESCRIBE'] })),
    { principal: frontEnd, ...CLUSTER, operations: ['IDEMPOTENT_WRITE'] },
    { principal: mirror, resource: 'GROUP', name: '*', operations: ['READ', 'DESCRIBE'] },
    ...(into
      ? ([
          { principal: mirror, resource: 'TOPIC', name: '*', operations: read },
          { principal: mirror, ...CLUSTER, operations: ['DESCRIBE', 'DESCRIBE_CONFIGS'] },
        ] as const)
      : ([
          { principal: mirror, resource: 'TOPIC', name: '*', operations: [...read, 'CREATE', 'WRITE', 'ALTER', 'ALTER_CONFIGS'] },
          { principal: mirror, resource: 'TRANSACTIONAL_ID', name: '*', operations: ['WRITE', 'DESCRIBE'] },
          { principal: mirror, ...CLUSTER, operations: ['DESCRIBE', 'DESCRIBE_CONFIGS', 'CREATE', 'IDEMPOTENT_WRITE'] },
        ] as const)),
  ];
}
