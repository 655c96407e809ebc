/** References from CDK code to resources that are emitted as a block. */
import { CfnRefElement, type Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/**
 * Stands for one resource of a block. Its `ref` is a token whose target is this element, so CDK sees which stack the
 * resource is in: in the same stack it is `{ Ref }`, in another stack CDK exports and imports it. A raw `{ Ref }` would be
 * written into the other stack as it is, and name nothing there.
 */
export class ResourceReference extends CfnRefElement {
  constructor(scope: Construct, id: string, logicalId: string) {
    super(scope, id);
    this.overrideLogicalId(logicalId);
  }

  /** Nothing: the block writes the resource. */
  override _toCloudFormation(): object {
    return {};
  }
}

/** Children that CDK adds to a stack when something of it is used in another stack by itself. */
const AUTOMATIC = ['Exports', 'Publish'];

/** Makes a synthesis fail where another stack reads a resource of this one without a hand-named output. */
export function refuseAutomaticExports(stack: Stack): void {
  const refusal = (id: string) =>
    `AUTOMATIC_EXPORT ${id}: another stack reads a resource of this one without a hand-named output`;
  stack.node.addValidation({ validate: () => automaticExports(stack).map(refusal) });
}

/** Outputs that CDK invented because a stack reads another one's resource without a name; empty when there are none. */
export function automaticExports(stack: Stack): string[] {
  return AUTOMATIC.flatMap((id) => {
    const exports = stack.node.tryFindChild(id);
    return exports === undefined ? [] : exports.node.children.map((child) => child.node.id);
  });
}
