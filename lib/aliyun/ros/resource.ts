/** A resource as a construct; the classes in `types/` name its properties and attributes. */
import type { Construct } from 'constructs';
import type { Condition } from './condition';
import { Element } from './element';
import { getAtt, ref } from './functions';
import { own } from './owners';
import { plainResource } from './plain';
import type { DeletionPolicy, GetAttFunction, RefFunction, RosResourceJson } from './template';

export interface ResourceOptions {
  /** @default from the construct's path */
  readonly logicalId?: string;
  /** Made before this one and deleted after it: resources of this stack, or logical ids. */
  readonly dependsOn?: readonly (AnyResource | string)[];
  /** @default 'Delete' */
  readonly deletionPolicy?: DeletionPolicy;
  readonly condition?: Condition;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** A resource of whichever type. */
export type AnyResource = RosResource<object, string>;

export class RosResource<Properties extends object, Attribute extends string> extends Element {
  private readonly dependencies = new Set<string>();

  constructor(
    scope: Construct,
    id: string,
    readonly type: string,
    readonly properties: Properties,
    private readonly options: ResourceOptions = {},
  ) {
    super(scope, id, 'Resources', options.logicalId);
    this.addDependency(...(options.dependsOn ?? []));
  }

  /** The resource's id. */
  get ref(): RefFunction {
    return own(ref(this.logicalId), this.stack);
  }

  getAtt(attribute: Attribute): GetAttFunction {
    return own(getAtt(this.logicalId, attribute), this.stack);
  }

  /** @throws when a resource stands in another stack */
  addDependency(...resources: readonly (AnyResource | string)[]): void {
    for (const other of resources) {
      if (typeof other !== 'string' && other.stack !== this.stack) {
        throw new Error(
          `${this.node.path} can't depend on ${other.node.path}: it stands in stack ${other.stack.stackName}. Order the stacks instead.`,
        );
      }
      this.dependencies.add(typeof other === 'string' ? other : other.logicalId);
    }
  }

  protected toJson(): RosResourceJson {
    const { deletionPolicy, condition, metadata } = this.options;
    const dependsOn = [...this.dependencies].sort();
    return plainResource(this.type, this.properties, {
      dependsOn,
      deletionPolicy,
      condition: this.conditionId(condition),
      metadata,
    });
  }
}
