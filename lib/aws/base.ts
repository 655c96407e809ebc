/** What a region has before its first host: artifact bucket, key, instance profiles. */
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { RoleNeeds } from '../plan/model';
import { artifactBucket, artifactBucketPolicy } from './artifact-bucket';
import { Block } from './fleet/block';
import { hostRole, roleId } from './fleet/roles';
import { regionKey } from './key';
import { type LinksRole, linksRole } from './links/links-role';
import { baseOutput } from './names';
import type { Place } from './partition';
import { exported, getAtt, KEPT, ref, type TemplateFragment, type TemplateOutput, type TemplateResource } from './template';

export interface RegionBaseProps extends RegionBaseOptions {
  readonly place: Place;
  /** Name of the bucket of host artifacts. Planned: user-data names it. */
  readonly artifactBucket: string;
  /** Alias of the key for volumes, with `alias/` before it. */
  readonly keyAlias: string;
  /** One role and instance profile each. */
  readonly fleets: readonly FleetRole[];
}

interface RegionBaseOptions {
  /**
   * What other accounts may do here for their links with this region.
   *
   * @default - no link leads to another account
   */
  readonly links?: LinksRole;
  /**
   * ARN of the managed policy that bounds every role.
   *
   * @default - no boundary
   */
  readonly permissionsBoundary?: string;
  /**
   * Emit L1 constructs instead of one block; the same template.
   *
   * @default false
   */
  readonly expand?: boolean;
}

/** The role that a fleet's hosts have. */
export interface FleetRole {
  /** `<Cluster><Fleet>`: part of logical ids. */
  readonly id: string;
  /** Name of the instance profile. */
  readonly instanceProfile: string;
  /** What the role may do, nothing else. */
  readonly needs: RoleNeeds;
}

/**
 * Artifact bucket, the key of all volumes, and a least-privilege role with instance profile a fleet. Bucket and key are
 * kept when the stack goes: without them data volumes can't be read.
 */
export class RegionBase extends Construct {
  private readonly block: Block;

  constructor(scope: Construct, id: string, props: RegionBaseProps) {
    super(scope, id);
    const stackName = Stack.of(this).stackName;
    this.block = new Block(this, 'Block', {
      fragment: () => baseFragment(props, stackName),
      inputs: props,
      tagged: ['AWS::IAM::Role', 'AWS::KMS::Key', 'AWS::S3::Bucket'],
      expand: props.expand,
    });
  }

  /** Name of the bucket of host artifacts. */
  get bucketName(): string {
    return this.block.refOf(BUCKET);
  }

  /** Id of the key of all volumes. */
  get keyId(): string {
    return this.block.refOf(KEY);
  }

  /** Name of a fleet's instance profile. @param fleetId `<Cluster><Fleet>` */
  instanceProfileName(fleetId: string): string {
    return this.block.refOf(profileId(fleetId));
  }
}

const BUCKET = 'ArtifactBucket';
const KEY = 'Key';

function profileId(fleetId: string): string {
  return `InstanceProfile${fleetId}`;
}

export function baseFragment(props: RegionBaseProps, stackName: string): TemplateFragment {
  const resources: Record<string, TemplateResource> = {
    [BUCKET]: artifactBucket(props.artifactBucket),
    ArtifactBucketPolicy: artifactBucketPolicy(BUCKET),
    [KEY]: regionKey(props.place),
    KeyAlias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: props.keyAlias, TargetKeyId: ref(KEY) }, ...KEPT },
  };
  if (props.links !== undefined) resources.LinksRole = linksRole(props.links, props.place, props.permissionsBoundary);
  const outputs: Record<string, TemplateOutput> = {};
  const output = (name: string, value: TemplateOutput['Value'], description: string) => {
    outputs[name] = exported(stackName, name, value, description);
  };
  output(baseOutput.artifactBucket, ref(BUCKET), 'bucket of host artifacts');
  output(baseOutput.keyArn, getAtt(KEY, 'Arn'), 'key of all volumes');
  for (const fleet of props.fleets) {
    resources[roleId(fleet.id)] = hostRole(fleet.needs, props.place, props.artifactBucket, props.permissionsBoundary);
    resources[profileId(fleet.id)] = {
      Type: 'AWS::IAM::InstanceProfile',
      Properties: { InstanceProfileName: fleet.instanceProfile, Roles: [ref(roleId(fleet.id))] },
    };
    output(baseOutput.instanceProfile(fleet.id), ref(profileId(fleet.id)), `instance profile ${fleet.instanceProfile}`);
    output(baseOutput.roleArn(fleet.id), getAtt(roleId(fleet.id), 'Arn'), `role of ${fleet.instanceProfile}`);
  }
  return { Resources: resources, Outputs: outputs };
}
