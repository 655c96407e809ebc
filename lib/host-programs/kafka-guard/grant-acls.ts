/** Gives the planned rights. */
import {
  type Acl,
  AclOperations,
  AclPermissionTypes,
  createAclsV3,
  describeAclsV3,
  ResourcePatternTypes,
  ResourceTypes,
} from '@platformatic/kafka';
import type { Grant } from './acls';
import { BROKER_PORT, type KafkaLink } from './kafka-link';

/** Adds what is missing. What somebody else has added stays. */
export async function grantAcls(link: KafkaLink, address: string, grants: readonly Grant[]): Promise<void> {
  const planned = grants.flatMap(aclsOf);
  await link.ask(address, BROKER_PORT, async (connection) => {
    const any = { resourceType: ResourceTypes.ANY, resourceName: null, resourcePatternType: ResourcePatternTypes.ANY };
    const filter = { ...any, principal: null, host: null, operation: AclOperations.ANY, permissionType: AclPermissionTypes.ANY };
    const { resources } = await describeAclsV3.api.async(connection, filter);
    const known = new Set(
      resources.flatMap(({ acls, ...target }) => acls.map((permission) => key({ ...target, ...permission }))),
    );
    const missing = planned.filter((acl) => !known.has(key(acl)));
    if (missing.length > 0) await createAclsV3.api.async(connection, missing);
  });
}

function aclsOf({ principal, resource, name, operations }: Grant): Acl[] {
  return operations.map((operation) => ({
    resourceType: ResourceTypes[resource],
    resourceName: name,
    resourcePatternType: ResourcePatternTypes.LITERAL,
    principal: `User:${principal}`,
    host: '*',
    operation: AclOperations[operation],
    permissionType: AclPermissionTypes.ALLOW,
  }));
}

function key(acl: Acl): string {
  const { resourceType, resourceName, resourcePatternType, principal, host, operation, permissionType } = acl;
  return [resourceType, resourceName, resourcePatternType, principal, host, operation, permissionType].join(' ');
}
