/** CDK tags on resources that are emitted as a block. */
import { TagManager, TagType } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { TemplateTag, Value } from './template';

/**
 * Where `Tags.of(scope).add()` and `.remove()` land for all resources of one type in a block. `includeResourceTypes`,
 * `excludeResourceTypes` and priorities hold as they do for CDK's own constructs.
 */
export class TagCollector extends Construct {
  /** What CDK's tag aspect looks for. */
  readonly cdkTagManager: TagManager;

  constructor(
    scope: Construct,
    readonly resourceType: string,
  ) {
    super(scope, resourceType.replace(/::/g, ''));
    const group = resourceType === 'AWS::AutoScaling::AutoScalingGroup';
    this.cdkTagManager = new TagManager(group ? TagType.AUTOSCALING_GROUP : TagType.STANDARD, resourceType);
  }

  /**
   * How the tags of one resource are made from its own: in order of key, a collected tag wins over the resource's own when
   * its priority is at least 50, as it would on an L1 construct whose `tags` property holds the own ones.
   *
   * @param ownKeys keys that some resource of the type has by itself
   * @returns undefined when every resource keeps exactly its own
   */
  renderer(ownKeys: ReadonlySet<string>): TagRenderer | undefined {
    // Just under 50: what was added at 50 by an aspect came after the resource's own, and wins.
    for (const key of ownKeys) this.cdkTagManager.setTag(key, OWN, 49.99);
    const plan = (this.cdkTagManager.renderTags() ?? []) as readonly RenderedTag[];
    if (plan.length === ownKeys.size && plan.every((tag) => tag.value === OWN)) return undefined;
    return (own) => {
      const values = new Map(own.map((tag) => [tag.Key, tag]));
      return plan.flatMap((tag) => (tag.value === OWN ? (values.get(tag.key) ?? []) : templateTag(tag)));
    };
  }
}

export type TagRenderer = (own: readonly TemplateTag[]) => readonly TemplateTag[];

/** Stands for "what the resource itself says", which differs from member to member. */
const OWN = '\u0000own';

interface RenderedTag {
  readonly key: string;
  readonly value: Value;
  readonly propagateAtLaunch?: boolean;
}

function templateTag({ key, value, propagateAtLaunch }: RenderedTag): TemplateTag {
  return propagateAtLaunch === undefined
    ? { Key: key, Value: value }
    : { Key: key, PropagateAtLaunch: propagateAtLaunch, Value: value };
}
