/** Who may do what besides the super users, which are the region's brokers and controllers. */
import {
  type Acl,
  AclOperations,
  AclPermissionTypes,
  createAclsV3,
  describeAclsV3,
  ResourcePatternTypes,
  ResourceTypes,
} from '@platformatic/kafka';
import type { GuardConfiguration } from './configuration';
import { BROKER_PORT, type KafkaLink } from './kafka-link';

type Resource = Exclude<keyof typeof ResourceTypes, 'UNKNOWN' | 'ANY'>;
type Operation = Exclude<keyof typeof AclOperations, 'UNKNOWN' | 'ANY'>;

/** What every host of a role may do: principal, resource, its name (`*`: any), operations. */
type Grant = readonly [role: string, resource: Resource, name: string, operations: readonly Operation[]];

/**
 * Front ends write the region's topics and read nothing. Mirrors of the region that collects read everything here and write nothing; where topics
 * end, the region's own mirrors make and write the topics that they carry, their offsets and their groups (Kafka, "Geo-Replication", "Authorization using ACLs").
 */
export function plannedAcls({ region, into, topics }: Pick<GuardConfiguration, 'region' | 'into' | 'topics'>): Acl[] {
  const written = topics.map(({ name }): Grant => [`${region}.front-end`, 'TOPIC', name, ['WRITE', 'DESCRIBE']]);
  const mirror = `${into || region}.kafka-mirror`;
  const carried: Grant[] = into
    ? [
        [mirror, 'TOPIC', '*', ['READ', 'DESCRIBE', 'DESCRIBE_CONFIGS']],
        [mirror, 'GROUP', '*', ['READ', 'DESCRIBE']],
        [mirror, 'CLUSTER', 'kafka-cluster', ['DESCRIBE', 'DESCRIBE_CONFIGS']],
      ]
    : [
        [mirror, 'TOPIC', '*', ['CREATE', 'WRITE', 'READ', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'ALTER', 'ALTER_CONFIGS']],
        [mirror, 'GROUP', '*', ['READ', 'DESCRIBE']],
        [mirror, 'TRANSACTIONAL_ID', '*', ['WRITE', 'DESCRIBE']],
        [mirror, 'CLUSTER', 'kafka-cluster', ['DESCRIBE', 'DESCRIBE_CONFIGS', 'IDEMPOTENT_WRITE', 'CREATE']],
      ];
  const idempotent: Grant = [`${region}.front-end`, 'CLUSTER', 'kafka-cluster', ['IDEMPOTENT_WRITE']];
  return [...written, idempotent, ...carried].flatMap(([role, resource, name, operations]) =>
    operations.map((operation) => ({
      resourceType: ResourceTypes[resource],
      resourceName: name,
      resourcePatternType: ResourcePatternTypes.LITERAL,
      principal: `User:${role}`,
      host: '*',
      operation: AclOperations[operation],
      permissionType: AclPermissionTypes.ALLOW,
    })),
  );
}

/** Adds what is missing; returns how many. What somebody else has added stays. */
export async function grantAcls(link: KafkaLink, address: string, planned: readonly Acl[]): Promise<number> {
  return link.ask(address, BROKER_PORT, async (connection) => {
    const any = { resourceType: ResourceTypes.ANY, resourceName: null, resourcePatternType: ResourcePatternTypes.ANY };
    const filter = { ...any, principal: null, host: null, operation: AclOperations.ANY, permissionType: AclPermissionTypes.ANY };
    const { resources } = await describeAclsV3.api.async(connection, filter);
    const known = new Set(
      resources.flatMap(({ acls, ...target }) => acls.map((permission) => key({ ...target, ...permission }))),
    );
    const missing = planned.filter((acl) => !known.has(key(acl)));
    if (missing.length > 0) await createAclsV3.api.async(connection, missing);
    return missing.length;
  });
}

function key(acl: Acl): string {
  const { resourceType, resourceName, resourcePatternType, principal, host, operation, permissionType } = acl;
  return [resourceType, resourceName, resourcePatternType, principal, host, operation, permissionType].join(' ');
}
