/** RAM roles of hosts: least privilege, from what their profiles need. */
import type { CloudRegion } from '../../estate/model/model';
import type { FleetPlan } from '../../plan/model';
import { type RosResourceJson, resource } from '../ros';

/** What the statements of a fleet's role speak of. */
export interface RolePlace {
  readonly account: string;
  readonly region: CloudRegion;
  readonly bucket: string;
}

interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/** Logical id of a fleet's role. */
export function roleId(fleetId: string): string {
  return `Role${fleetId}`;
}

/** The role that ECS gives to a fleet's hosts. Source: ECS, "Instance RAM roles". @param name of the role and of its one policy: policies are global in an account, too */
export function hostRole(name: string, fleet: FleetPlan, place: RolePlace): RosResourceJson {
  return resource('ALIYUN::RAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: ['ecs.aliyuncs.com'] } }],
      Version: '1',
    },
    // A role that lost its policies can still be deleted: the hosts are gone by then.
    DeletionForce: true,
    Description: `hosts of ${fleet.context.fleet.hostPrefix}`,
    Policies: [{ PolicyDocument: { Statement: roleStatements(fleet, place), Version: '1' }, PolicyName: name }],
    RoleName: name,
  });
}

/**
 * Artifacts by digest; the fleet's own configuration, each version of it, because hosts of an elastic fleet keep theirs; the certificates of
 * its hosts; the formed marker; signals to stacks of the region, whose ids nobody knows before they stand; reports and heartbeats of hosts;
 * tags of instances, which the metadata service doesn't tell.
 */
export function roleStatements(fleet: FleetPlan, { account, region, bucket }: RolePlace): Statement[] {
  const statements: Statement[] = [];
  const allow = (Action: readonly string[], Resource: readonly string[]): void => {
    if (Resource.length > 0) statements.push({ Effect: 'Allow', Action, Resource });
  };
  const object = (key: string): string => `acs:oss:*:${account}:${bucket}/${key}`;
  // RAM has no variable for the host that asks: below its fleet's name a host could write another one's report, too.
  allow(['oss:PutObject'], [object(`${fleet.needs.reports}*`)]);
  // CloudMonitor knows no resource of it.
  if (fleet.needs.heartbeat === true) allow(['cms:PutCustomMetric'], ['*']);
  // Each host of a group looks after the next one: who is in service (no group's id is known before it stands), and whether it reports.
  const looks = fleet.needs.heartbeat === true && fleet.kind === 'elastic';
  if (looks) allow(['ess:DescribeScalingInstances'], ['*']);
  const read = [
    ...(looks ? [object(`${fleet.needs.reports}*`)] : []),
    ...fleet.needs.artifactDigests.map(object),
    object(`config/${fleet.id}/*`),
  ];
  read.push(...(fleet.needs.secrets ?? []).map((prefix) => object(`secret${prefix}/*`)));
  allow(['oss:GetObject'], read);
  if (fleet.needs.formedMarker !== undefined) {
    const { name, write } = fleet.needs.formedMarker;
    allow(['oss:GetObject', ...(write ? ['oss:PutObject'] : [])], [object(`marker${name}`)]);
  }
  // Who may not list a bucket may be told "forbidden" of an object that isn't there, and of markers and secrets a host has to know that surely.
  if (fleet.needs.formedMarker !== undefined || fleet.needs.secrets !== undefined)
    allow(['oss:ListObjects'], [`acs:oss:*:${account}:${bucket}`]);
  if (fleet.needs.signalStacks.length > 0) allow(['ros:SignalResource'], [`acs:ros:${region}:${account}:stack/*`]);
  allow(['ecs:ListTagResources'], [`acs:ecs:${region}:${account}:instance/*`]);
  return statements;
}
