/**
 * What an update does to each property of the types that are emitted, and of a little more. Source: AWS CloudFormation Template Reference,
 * the page of each type, "Update requires".
 *
 * Only what the published specification can't say, or says otherwise, has to stand in these tables: that something interrupts, what
 * depends on the values, what is refused. That something replaces is said here too, so that a newer specification that eases it is read by
 * somebody (`test/facts/aws-updates.test.ts` compares both).
 */
import { effectIn, type Json, type KnownEffect, propertiesWith, type UpdateTables } from '../../effect';
import { balancingUpdates } from './balancing';
import { computeUpdates } from './compute';
import { linkUpdates } from './links';
import { networkUpdates } from './network';
import published from './published.json';
import { serviceUpdates } from './services';

export const awsUpdates: UpdateTables = {
  ...balancingUpdates,
  ...computeUpdates,
  ...linkUpdates,
  ...networkUpdates,
  ...serviceUpdates,
};

/** Cut from `@aws-cdk/aws-service-spec` by `scripts/aws-updates.mjs`: `unknown` is what it calls "maybe". */
export const publishedUpdates: UpdateTables = published.types;

const CUSTOM = 'AWS::CloudFormation::CustomResource';

/** From the table, else from the published specification. What a custom resource's function makes of a change only it knows. */
export function awsEffect(type: string, property: string, before: Json | undefined, after: Json | undefined): KnownEffect {
  const general = type.startsWith('Custom::') ? CUSTOM : type;
  return (
    effectIn(awsUpdates[type], property, before, after) ??
    effectIn(awsUpdates[general], property, before, after) ??
    effectIn(publishedUpdates[general], property, before, after) ??
    'unknown'
  );
}

/**
 * Properties of an instance whose change a quorum waits for, in order of name: whatever may stop it, and its volumes. Those come and go
 * while it runs, but what is on them comes and goes too.
 */
export const GATED_PROPERTIES: readonly string[] = [
  ...propertiesWith('interrupt', awsUpdates['AWS::EC2::Instance']),
  'Tenancy',
  'Volumes',
].sort();
