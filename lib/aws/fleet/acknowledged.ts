/** Rules of CloudFormation Validate and cdk-nag that the emitter breaks on purpose. */
import { type App, type Stack, Validations } from 'aws-cdk-lib/core';
import type { StackPlan } from '../../plan/model';

/** By rule, why. */
export const ACKNOWLEDGED: Readonly<Record<string, string>> = {
  W3010: 'zones are planned: the fixed address of a member follows from the zone that it stands in',
  W9010: "images are pinned by the estate's lock files, and a member keeps the one that it was created with",
};

/**
 * Acknowledges them for the whole app. Resources of a block have no construct of their own, and a finding without a
 * construct is only met by what is acknowledged at the root.
 */
export function acknowledgeRules(app: App): void {
  for (const [rule, reason] of Object.entries(ACKNOWLEDGED)) {
    Validations.of(app).acknowledge({ id: `CloudFormation-Validate::${rule}`, reason });
  }
}

/** Kinds of stacks: those of a region, and those of links. */
export type StackKind = StackPlan['kind'] | 'link';

/** Rules of cdk-nag's AwsSolutions pack that a kind of stack breaks on purpose. By rule, why. */
export const ACKNOWLEDGED_NAG: Readonly<Record<StackKind, Readonly<Record<string, string>>>> = {
  base: {
    'AwsSolutions-S1':
      'the bucket holds public files under their digests: reading them says nothing, and hosts refuse one whose digest is another. Who reads or writes is told only where the account keeps data events of S3 in a trail',
  },
  network: {},
  transit: {},
  entry: {
    'AwsSolutions-ELB2':
      "a Network Load Balancer logs TLS listeners only, and these pass TCP and UDP on; the network's flow logs see the connections",
  },
  elastic: {
    'AwsSolutions-AS3': 'scaling is everyday; alarms tell when hosts fail or are missing',
  },
  members: {
    'AwsSolutions-EC28': 'status checks are measured every minute anyway; the rest is measured on the hosts',
    'AwsSolutions-EC29':
      'CloudFormation does not lift termination protection, so a member could never be replaced. Nothing here stops who may call TerminateInstances: stack policy and termination protection of the stack hold back changes of the stack only, and the volumes of data are kept',
  },
  link: {
    'AwsSolutions-IAM5[Resource::*]':
      'describing attachments takes no resource; what the function may accept is the one attachment of its stack',
  },
};

/** Acknowledges them for a stack that is emitted as L1 constructs, which is when cdk-nag can see it. @param patterns of ARNs, and why */
export function acknowledgeNag(stack: Stack, kind: StackKind, patterns: Readonly<Record<string, string>> = {}): void {
  const validations = Validations.of(stack);
  for (const [id, reason] of Object.entries(ACKNOWLEDGED_NAG[kind])) validations.acknowledge({ id, reason });
  for (const [pattern, reason] of Object.entries(patterns)) {
    validations.acknowledge({ id: `AwsSolutions-IAM5[Resource::${pattern}]`, reason });
  }
}
